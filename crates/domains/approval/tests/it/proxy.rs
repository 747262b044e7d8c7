//! Who acts for the applicant, as the desk sees it: masked, with the proof, until he does so no longer.

use serde_json::json;
use tb_contract::events::{Proxy, ProxyEnded, ProxyRelation};
use tb_kernel::{AccountId, MaterialId, office_time};
use uuid::Uuid;

use crate::world::{API, REGISTRATION, Sent, World, send_other};

const NUMBER: &str = "430102202611230000610";

pub fn proxy(world: &World, mandate_id: Option<Uuid>) -> Proxy {
    let today = office_time::day(world.app.now());
    Proxy {
        account_id: AccountId(Uuid::from_u128(43)),
        name: "独孤测乙".to_owned(),
        id_number: "11010519491231002X".to_owned(),
        phone: "19900000002".to_owned(),
        relation: ProxyRelation::Proxy,
        mandate_id,
        from: today,
        until: today + chrono::Days::new(9),
        ended_on: None,
    }
}

async fn begun(world: &World, mandate_id: Option<Uuid>) -> (Uuid, Sent) {
    let mut sent = world.sent(NUMBER, REGISTRATION);
    sent.body.proxy = Some(proxy(world, mandate_id));
    if mandate_id.is_none() {
        let mut letter = sent.body.materials[0].clone();
        letter.id = MaterialId(Uuid::from_u128(900));
        "proxy.letter".clone_into(&mut letter.requirement_id);
        sent.body.materials.push(letter);
    }
    world.send(&sent).await;
    world.app.run_events().await;
    (world.id_of(NUMBER, REGISTRATION).await, sent)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_desk_sees_both_and_that_it_ended() {
    let world = World::new().await;
    let (id, mut sent) = begun(&world, Some(Uuid::from_u128(7))).await;
    let path = format!("{API}/cases/{id}");
    let case = world.clerk().get(&path).await.ok();
    let party = &case["parties"][1];
    assert_eq!(
        (
            &party["role"],
            &party["name"],
            &party["id_number"],
            &party["phone"]
        ),
        (
            &json!("proxy"),
            &json!("独**乙"),
            &json!("1101**********002X"),
            &json!("199****0002")
        )
    );
    assert_eq!(
        (&party["proof"]["material"], &party["proof"]["over"]),
        (&json!(null), &json!(false)),
        "authorised online"
    );
    let clear = world.clerk().get(&format!("{path}?unmask=true")).await.ok();
    assert_eq!(clear["parties"][1]["name"], "独孤测乙");
    let on = office_time::day(world.app.now());
    sent.kind = "intake.application.proxy_ended";
    sent.body.version += 1;
    let told = ProxyEnded {
        case_number: NUMBER.to_owned(),
        version: sent.body.version,
        on,
    };
    send_other(&world, &sent, serde_json::to_value(&told).unwrap()).await;
    world.app.run_events().await;
    let after = world.clerk().get(&path).await.ok();
    assert_eq!(after["state"], case["state"], "the case stays where it is");
    let proof = &after["parties"][1]["proof"];
    assert_eq!(
        (&proof["over"], &proof["ended_on"]),
        (&json!(true), &json!(on))
    );
    let happened = after["timeline"].as_array().unwrap();
    assert!(happened.iter().any(|event| event["kind"] == "proxy_ended"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_letter_is_checked_and_corrected_like_any_material() {
    let world = World::new().await;
    let (id, _) = begun(&world, None).await;
    let path = format!("{API}/cases/{id}");
    let case = world.clerk().get(&path).await.ok();
    assert_eq!(case["parties"][1]["proof"]["material"], "proxy.letter");
    let letter = &case["materials"][0];
    assert_eq!(
        (&letter["requirement_id"], &letter["name"]),
        (&json!("proxy.letter"), &json!("授权委托书"))
    );
    let defects = json!({"version": case["version"], "fields": [], "materials": ["proxy.letter"],
        "reason": "请委托人签名后重新上传"});
    let asked = world
        .clerk()
        .post(&format!("{path}/request-correction"), &defects)
        .await
        .ok();
    assert_eq!(asked["state"], "correcting");
}
