//! Who applied beside the applicant: on the case masked and in clear, on the receipt, found by number.

use serde_json::json;
use tb_contract::events::CoApplicant;

use crate::export::records;
use crate::world::{API, REGISTRATION, World};

const NUMBER: &str = "430102202611230000710";
const FELLOW: &str = "11010519491231002X";

#[tokio::test(flavor = "multi_thread")]
async fn the_desk_sees_everybody_who_signed() {
    let world = World::new().await;
    let mut sent = world.sent(NUMBER, REGISTRATION);
    sent.body.co_applicants = vec![CoApplicant {
        role: "合伙人,乙".to_owned(),
        organisation: false,
        name: "独孤测乙".to_owned(),
        id_number: FELLOW.to_owned(),
        phone: "19900000002".to_owned(),
        signature: "独孤测乙".to_owned(),
        signed_at: world.app.now(),
        digest: "5".repeat(64),
    }];
    world.send(&sent).await;
    world.app.run_events().await;
    let id = world.id_of(NUMBER, REGISTRATION).await;
    let clerk = world.clerk();
    let case = clerk.get(&format!("{API}/cases/{id}")).await.ok();
    let party = &case["parties"][1];
    assert_eq!(party["role"], "co_applicant");
    assert_eq!(party["name"], "独**乙");
    assert_eq!(party["id_number"], "1101**********002X");
    assert_eq!(party["signed"]["title"], "合伙人,乙");
    assert_eq!(party["signed"]["signature"], "独**乙");
    let clear = clerk
        .get(&format!("{API}/cases/{id}?unmask=true"))
        .await
        .ok();
    assert_eq!(clear["parties"][1]["id_number"], FELLOW);
    assert_eq!(clear["parties"][1]["signed"]["signature"], "独孤测乙");

    let sent = &records(&world, id).await.application.co_applicants;
    let fellow: serde_json::Value = serde_json::from_str(&sent[0]).unwrap();
    assert_eq!(
        (&fellow["role"], &fellow["name"], &fellow["id_number"]),
        (&json!("合伙人,乙"), &json!("独孤测乙"), &json!(FELLOW))
    );

    let found = |page: &serde_json::Value| page["items"].as_array().unwrap().len();
    let by_number = clerk.get(&format!("{API}/cases?q={FELLOW}")).await.ok();
    assert_eq!(found(&by_number), 1, "{by_number}");
    let by_other = clerk
        .get(&format!("{API}/cases?q=430102199001010016"))
        .await
        .ok();
    assert_eq!(found(&by_other), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn cases_of_one_applicant_are_as_before() {
    let world = World::new().await;
    world.send(&world.sent(NUMBER, REGISTRATION)).await;
    world.app.run_events().await;
    let id = world.id_of(NUMBER, REGISTRATION).await;
    let case = world.clerk().get(&format!("{API}/cases/{id}")).await.ok();
    assert_eq!(case["parties"].as_array().unwrap().len(), 1);
    assert_eq!(case["parties"][0]["signed"], json!(null));
}
