//! A licence of ours in the place of an upload: the desk sees which one, and how it stands now.

use serde_json::{Value, json};
use tb_contract::events::{LicenceChanged, MaterialRef};
use tb_contract::licences::{HeldLicence, ReusedLicence};
use tb_contract::topics;
use tb_storage::NewEvent;
use uuid::Uuid;

use crate::archive;
use crate::export::records;
use crate::world::{API, INSTANT, REGISTRATION, WITH_ORIGINALS, World, allowed, command, material};

const NUMBER: &str = "JY4301020000001";

fn licence_file(n: u128, requirement: &str) -> MaterialRef {
    let day = |text: &str| text.parse().unwrap();
    let licence = HeldLicence {
        id: Uuid::from_u128(77),
        type_code: "11430102TB0000108H001".to_owned(),
        type_name: "食品经营许可证".to_owned(),
        number: NUMBER.to_owned(),
        mark: "1.2.156.3005.2.77".to_owned(),
        organ: "芙蓉区市场监督管理局".to_owned(),
        issued_on: day("2026-11-01"),
        valid_until: Some(day("2031-10-31")),
    };
    let taken_at = "2026-11-22T02:00:00Z".parse().unwrap();
    MaterialRef {
        licence: Some(ReusedLicence { licence, taken_at }),
        ..material(n, requirement, "食品经营许可证.pdf")
    }
}

/// A case whose proof is a licence of ours.
async fn case(world: &World, number: &str, item: &str) -> Uuid {
    world.on("2026-11-23");
    let mut sent = world.sent(number, item);
    sent.body.materials = vec![licence_file(1, "proof")];
    world.send(&sent).await;
    world.app.run_events().await;
    world.id_of(number, item).await
}

async fn becomes(world: &World, state: &str, version: i64) {
    let mut tx = world.tx().await;
    let payload = LicenceChanged {
        id: Uuid::from_u128(77),
        mark: "1.2.156.3005.2.77".to_owned(),
        type_code: "11430102TB0000108H001".to_owned(),
        type_name: "食品经营许可证".to_owned(),
        version,
        state: state.to_owned(),
        from: "valid".to_owned(),
        at: tx.now(),
        change: None,
        case_number: "430102202611010000017".to_owned(),
    };
    tx.emit(NewEvent {
        topic: topics::LICENCE,
        key: &payload.case_number,
        kind: &format!("licence.licence.{state}"),
        version,
        causation_id: None,
        department_code: None,
        region_path: None,
        payload: &payload,
    })
    .unwrap();
    tx.commit(&()).await.unwrap();
    world.app.run_events().await;
}

async fn proof(world: &World, id: Uuid) -> Value {
    let view = world.clerk().get(&format!("{API}/cases/{id}")).await.ok();
    let materials = view["materials"].as_array().unwrap();
    let found = materials
        .iter()
        .find(|one| one["requirement_id"] == "proof");
    found.unwrap()["licences"][0].clone()
}

#[tokio::test]
async fn the_desk_sees_the_licence_and_that_it_was_revoked_since() {
    let world = World::new().await;
    let id = case(&world, "430102202611220000017", REGISTRATION).await;
    let seen = proof(&world, id).await;
    assert_eq!(seen["number"], NUMBER);
    assert_eq!(seen["type_name"], "食品经营许可证");
    assert_eq!(
        (&seen["standing"], &seen["ended_on"]),
        (&json!("valid"), &Value::Null)
    );
    becomes(&world, "issued", 1).await;
    assert_eq!(proof(&world, id).await["standing"], "valid");
    world.on("2026-11-24");
    becomes(&world, "revoked", 2).await;
    let seen = proof(&world, id).await;
    assert_eq!(
        (&seen["standing"], &seen["ended_on"]),
        (&json!("revoked"), &json!("2026-11-24"))
    );
    // It is one material among others: the applicant may be asked for another.
    let listed = json!({ "fields": [], "materials": ["proof"], "reason": "许可证已被撤销" });
    let view = command(&world.clerk(), id, "request-correction", listed).await;
    assert_eq!(view["correction"]["materials"][0]["key"], "proof");
}

#[tokio::test]
async fn a_licence_runs_out_by_itself() {
    let world = World::new().await;
    let id = case(&world, "430102202611220000025", REGISTRATION).await;
    world.on("2031-10-31");
    assert_eq!(proof(&world, id).await["standing"], "valid");
    world.on("2031-11-01");
    let seen = proof(&world, id).await;
    assert_eq!(
        (&seen["standing"], &seen["ended_on"]),
        (&json!("expired"), &json!("2031-11-01"))
    );
}

#[tokio::test]
async fn a_licence_has_no_original_to_be_shown() {
    let world = World::new().await;
    let id = case(&world, "430102202611220000033", WITH_ORIGINALS).await;
    let view = world.clerk().get(&format!("{API}/cases/{id}")).await.ok();
    assert_eq!(view["originals"], json!([]));
    let view = command(&world.clerk(), id, "receive", json!({})).await;
    assert_eq!(view["state"], "received");
    assert_eq!(allowed(&view, "accept"), Ok(()));
}

#[tokio::test]
async fn exchange_records_name_the_licence() {
    let world = World::new().await;
    let id = case(&world, "430102202611220000041", REGISTRATION).await;
    let given = records(&world, id).await.materials;
    let material = given.iter().find(|one| one.code == "proof").unwrap();
    assert_eq!(material.licence_number, NUMBER);
    assert_eq!(material.licence_mark, "1.2.156.3005.2.77");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_archive_package_names_the_licence() {
    let world = archive::world().await;
    let id = case(&world, "430102202611230000058", INSTANT).await;
    let clerk = world.clerk();
    command(&clerk, id, "accept", json!({})).await;
    command(&clerk, id, "decide", json!({ "result": "granted" })).await;
    command(&clerk, id, "close", json!({})).await;
    let own = json!({ "way": "pick_up", "collector": { "name": "张示例", "document": "citizen_id",
        "id_number": "430102199307169986", "relation": "own" } });
    command(&clerk, id, "deliver", own).await;
    let list = archive::packed(&world, &[id]).await;
    let entry = archive::shown(&world, &list).await["entries"][0].clone();
    let package = archive::package(&world.head(), &entry).await;
    let files = archive::checked(&package).manifest.files;
    let titles: Vec<&str> = files.iter().map(|file| file.title.as_str()).collect();
    assert!(
        titles
            .iter()
            .any(|title| title.contains("电子证照《食品经营许可证》") && title.contains(NUMBER)),
        "{titles:?}"
    );
}
