//! Hand-back (P11, P15): acceptance and approval data to intake, each version once and in order.

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::json;
use tb_contract::events::FedBack;
use tb_contract::topics;
use tb_kernel::RequestId;
use tb_storage::entity::audit;
use tb_storage::{AuditEntry, Origin};

use crate::world::{KNOWN, KNOWN_NAME, OURS, World, submitted};

const NUMBER: &str = "430102202611220001";

async fn with_case() -> World {
    let world = World::new().await;
    world.take([submitted(NUMBER)]).await;
    world
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_department_says_is_handed_back_as_it_was_said() {
    let world = with_case().await;
    world.say(topics::ACCEPTANCE, NUMBER, 1, "accepted").await;
    world.app.run_events().await;
    let events = world.events(topics::INTAKE_FEEDBACK).await;
    assert_eq!(events.len(), 1);
    let event = &events[0];
    assert_eq!(event.kind, "governance.application.fed_back");
    assert_eq!((event.key.as_str(), event.version), (NUMBER, 1));
    assert_eq!(event.department_code.as_deref(), Some(OURS));
    let said: FedBack = serde_json::from_value(event.payload.clone()).unwrap();
    assert_eq!(said.kind, "approval.case.accepted");
    assert_eq!(said.original.state, "accepted");
    assert_eq!(said.original.reason, "材料齐全");
    let original = world.events(topics::ACCEPTANCE).await;
    assert_eq!(event.causation_id, Some(original[0].id));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gap_waits_for_what_comes_before_it() {
    let world = with_case().await;
    // The two topics of a department are ordered each, but not between them.
    world.say(topics::APPROVAL, NUMBER, 3, "decided").await;
    world.say(topics::APPROVAL, NUMBER, 4, "closed").await;
    world.app.run_events().await;
    assert!(world.handed_back(NUMBER).await.is_empty());
    assert_eq!(world.row(NUMBER).await["case_version"], 0);
    world.say(topics::ACCEPTANCE, NUMBER, 1, "accepted").await;
    world.app.run_events().await;
    assert_eq!(world.handed_back(NUMBER).await, [1]);
    world.say(topics::ACCEPTANCE, NUMBER, 2, "examining").await;
    world.app.run_events().await;
    assert_eq!(world.handed_back(NUMBER).await, [1, 2, 3, 4]);
    let row = world.row(NUMBER).await;
    assert_eq!(
        (&row["case_state"], &row["case_version"]),
        (&"closed".into(), &4.into())
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_said_twice_is_handed_back_once() {
    let world = with_case().await;
    for version in [1, 2, 2, 1, 3] {
        world
            .say(topics::ACCEPTANCE, NUMBER, version, "examining")
            .await;
    }
    world.app.run_events().await;
    assert_eq!(world.handed_back(NUMBER).await, [1, 2, 3]);
    assert_eq!(world.row(NUMBER).await["case_version"], 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gap_in_one_case_holds_up_no_other() {
    let world = World::new().await;
    let other = "430102202611220002";
    world.take([submitted(NUMBER), submitted(other)]).await;
    world.say(topics::ACCEPTANCE, NUMBER, 2, "examining").await;
    world.say(topics::ACCEPTANCE, other, 1, "accepted").await;
    world.app.run_events().await;
    assert_eq!(world.handed_back(other).await, [1]);
    assert!(world.handed_back(NUMBER).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn every_step_leaves_an_audit_row() {
    let world = with_case().await;
    world.say(topics::ACCEPTANCE, NUMBER, 1, "accepted").await;
    world.app.run_events().await;
    let administrator = world.app.as_actor(tb_testkit::administrator(1));
    let path = format!("/api/v1/governance/audit?object_id={NUMBER}");
    let page = administrator.get(&path).await.ok();
    let rows = page["items"].as_array().unwrap();
    let actions: Vec<&str> = rows
        .iter()
        .map(|row| row["action"].as_str().unwrap())
        .collect();
    assert_eq!(
        json!(actions),
        json!([
            "governance.application.fed_back",
            "governance.application.taken_in"
        ])
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_whose_reason_cannot_be_opened_hides_no_other() {
    let world = World::new().await;
    let store = world.app.store();
    let origin = || Origin::system("test.export", RequestId(store.new_id()));
    let entry = || AuditEntry {
        action: "approval.case.export",
        object_kind: "case",
        object_id: "C1".to_owned(),
        result: "read",
        reason: Some("应审计机关要求移交".to_owned()),
    };
    let entries = vec![entry(), entry()];
    store.record_reads(origin(), entries).await.unwrap();
    let rows = audit::Entity::find().filter(audit::Column::ObjectId.eq("C1"));
    let first = rows.order_by_asc(audit::Column::Seq);
    let first = first.one(&store.read()).await.unwrap().unwrap();
    let tx = store.begin(origin()).await.unwrap();
    audit::Entity::update_many()
        .col_expr(audit::Column::Reason, Expr::value(vec![7_u8; 40]))
        .filter(audit::Column::Seq.eq(first.seq))
        .exec(tx.conn())
        .await
        .unwrap();
    tx.commit(&()).await.unwrap();
    let administrator = world.app.as_actor(tb_testkit::administrator(1));
    let path = "/api/v1/governance/audit?object_id=C1";
    let page = administrator.get(path).await.ok();
    let told: Vec<_> = page["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["reason"].as_str().unwrap())
        .collect();
    assert_eq!(told, ["应审计机关要求移交", "?"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_that_something_was_done_to_is_named() {
    let world = World::new().await;
    let store = world.app.store();
    for (object_kind, object_id) in [
        ("account", KNOWN.to_string()),
        ("account", uuid::Uuid::from_u128(78).to_string()),
        ("case", KNOWN.to_string()),
    ] {
        let origin = Origin::system("test.lock", RequestId(store.new_id()));
        let entry = AuditEntry {
            action: "identity.account.locked",
            object_kind,
            object_id,
            result: "read",
            reason: None,
        };
        store.record_read(origin, entry).await.unwrap();
    }
    let administrator = world.app.as_actor(tb_testkit::administrator(1));
    let page = administrator
        .get("/api/v1/governance/audit?limit=3")
        .await
        .ok();
    let rows = page["items"].as_array().unwrap();
    let names: Vec<_> = rows.iter().map(|row| row["object_name"].as_str()).collect();
    assert_eq!(names, [None, None, Some(KNOWN_NAME)], "newest first");
}
