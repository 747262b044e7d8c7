//! What the register says of licences reaches the inbox of the holder, and that of the applicant only where
//! the holder has no account.

use serde_json::{Value, json};
use tb_contract::events::{LicenceChangeTold, LicenceChanged};
use tb_contract::topics;
use tb_kernel::AccountId;
use tb_testkit::{Client, citizen};

use crate::town::{Town, number, submitted};

fn said(case_number: &str, accounts: Vec<AccountId>) -> LicenceChanged {
    LicenceChanged {
        id: uuid::Uuid::nil(),
        mark: "1.2.156.3005.2".to_owned(),
        type_code: "11430102TB0000108H001".to_owned(),
        type_name: "食品经营许可证".to_owned(),
        version: 2,
        state: "valid".to_owned(),
        from: "valid".to_owned(),
        at: "2026-11-22T02:00:00Z".parse().unwrap(),
        case_number: case_number.to_owned(),
        change: Some(LicenceChangeTold {
            kind: "renew".to_owned(),
            organ: "芙蓉区市场监督管理局".to_owned(),
            answer_until: "2026-11-27".parse().ok(),
            due_on: "2026-12-11".parse().ok(),
            accounts,
        }),
    }
}

async fn tell(town: &Town, step: &str, version: i64, said: &LicenceChanged) {
    let kind = format!("licence.change.{step}");
    let key = &said.case_number;
    town.emit(topics::LICENCE, key, &kind, version, said).await;
    town.app.run_events().await;
}

/// The messages of somebody about licences.
async fn inbox(who: &Client) -> Vec<Value> {
    let page = who.get("/api/v1/intake/messages").await.ok();
    let all = page["items"].as_array().unwrap().iter();
    let about = all.filter(|one| one["kind"].as_str().unwrap().starts_with("licence_"));
    about.cloned().collect()
}

#[tokio::test]
async fn the_holder_reads_it_and_the_applicant_only_where_there_is_no_account() {
    let town = Town::new().await;
    let (applied, holds) = (town.person(1), town.person(2));
    let done = submitted(&applied).await;
    let case = number(&done);
    tell(&town, "proposed", 2, &said(case, vec![citizen(2).id])).await;
    assert_eq!(inbox(&applied).await, [] as [Value; 0]);
    let told = inbox(&holds).await;
    assert_eq!(told.len(), 1);
    assert!(
        told[0]["application_id"].is_null(),
        "he has no such application"
    );
    let body = told[0]["body"].as_str().unwrap();
    assert!(body.contains("11月27日"), "{body}");

    let both = vec![citizen(1).id, citizen(2).id];
    tell(&town, "granted", 3, &said(case, both)).await;
    assert_eq!(inbox(&holds).await.len(), 2);
    let told = inbox(&applied).await;
    assert_eq!(told.len(), 1);
    assert_eq!(told[0]["application_id"], done["id"], "his own leads there");

    tell(&town, "rejected", 4, &said(case, Vec::new())).await;
    assert_eq!(inbox(&holds).await.len(), 2);
    assert_eq!(inbox(&applied).await.len(), 2);
}

#[tokio::test]
async fn a_renewal_by_silence_is_told_in_words_without_an_application_here() {
    let town = Town::new().await;
    let said = said("430102202611220000999", vec![citizen(2).id]);
    tell(&town, "deemed_granted", 2, &said).await;
    let told = inbox(&town.person(2)).await;
    assert_eq!(told.len(), 1);
    assert_eq!(told[0]["title"], "证照视为准予延续");
    assert_eq!(
        told[0]["body"],
        "芙蓉区市场监督管理局在《食品经营许可证》有效期届满前没有对您的延续申请作出决定，依照行政许可法第五十条视为准予延续。新的证照已经签发，请到“我的证照”查看。"
    );
    assert_eq!(told[0]["kind"], json!("licence_deemed_granted"));
}
