//! 办结上传结果: results that are papers of the office's own are attached before a case is closed, go where the case
//! goes, and are put right with a reason.

use std::io::Cursor;
use std::sync::atomic::Ordering;

use serde_json::{Value, json};
use tb_contract::events::ItemPublished;
use tb_contract::item::ItemDocument;
use tb_testkit::{Answer, Client, clerk};
use uuid::Uuid;

use crate::archive::{checked, package, packed, shown, world as archive_world};
use crate::batch::{draft, number, start};
use crate::export::records;
use crate::world::{API, INSTANT, OTHERS, World, allowed, command, department, items, publish};

const CARD: &str = "社会保障卡";
const PDF: &[u8] = b"%PDF-1.4\n%%EOF\n";

/// The item as it is from its second version on: its result is a paper of the office's own.
async fn with_card(world: World) -> World {
    let item = items().into_iter().find(|item| item.code == INSTANT);
    let mut item = serde_json::to_value(item.unwrap()).unwrap();
    item["result"] = json!({"name": CARD, "kind": "证照", "issue": "office"});
    let item: ItemDocument = serde_json::from_value(item).unwrap();
    let mut tx = world.tx().await;
    let published = ItemPublished {
        code: INSTANT.to_owned(),
        version: 2,
        item,
    };
    publish(&mut tx, INSTANT, "catalogue.item.published", &published);
    tx.commit(&()).await.unwrap();
    world.app.run_events().await;
    world
}

async fn submitted(world: &World, number: &str) -> Uuid {
    let mut sent = world.sent(number, INSTANT);
    sent.body.item_version = 2;
    world.send(&sent).await;
    world.app.run_events().await;
    world.id_of(number, INSTANT).await
}

async fn granted(world: &World, number: &str) -> Uuid {
    let id = submitted(world, number).await;
    let clerk = world.clerk();
    command(&clerk, id, "accept", json!({})).await;
    command(&clerk, id, "decide", json!({"result": "granted"})).await;
    id
}

async fn attach(world: &World, who: &Client, id: Uuid, with: Value, files: usize) -> Answer {
    let mut data = json!({"version": world.case(id).await["version"], "of": CARD, "name": CARD,
                          "number": "A123", "valid_until": "2036-11-22"});
    for (key, value) in with.as_object().unwrap() {
        data[key] = value.clone();
    }
    let files = vec![("file", "卡.pdf", PDF); files];
    let path = format!("{API}/cases/{id}/results");
    let data = data.to_string();
    who.multipart_of(&path, &[("data", &data)], &files).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_granted_case_is_closed_once_its_result_is_there() {
    let world = with_card(World::new().await).await;
    let id = granted(&world, "430102202611220000375").await;
    let clerk = world.clerk();
    let case = world.case(id).await;
    assert_eq!(allowed(&case, "close").unwrap_err(), "approval.result_owed");
    assert_eq!(case["results"][0]["attached"], json!([]));
    let body = json!({"version": case["version"]});
    let path = format!("{API}/cases/{id}/close");
    let refused = clerk
        .post(&path, &body)
        .await
        .refused(409, "approval.result_owed");
    assert!(refused.to_string().contains(CARD), "{refused}");
    attach(&world, &clerk, id, json!({}), 1).await.ok();
    let case = command(&clerk, id, "close", json!({})).await;
    assert_eq!(case["state"], "closed");
    let attached = &case["results"][0]["attached"][0];
    assert_eq!(
        (&attached["number"], &attached["file"]["file_name"]),
        (&json!("A123"), &json!("卡.pdf"))
    );
    // Told with its file, so that the applicant gets it; its licence is ordered of nobody.
    let said = world.said("430102202611220000375").await;
    let told = said
        .iter()
        .find_map(|(_, case, _)| case.attached.clone())
        .unwrap();
    assert_eq!(told.file.unwrap().file_name, "卡.pdf");
    let facts = said.last().unwrap().1.facts.clone().unwrap();
    assert_eq!(facts.result_name, CARD);
    let decided = said
        .iter()
        .find(|(kind, ..)| kind == "approval.case.decided");
    let facts = decided.unwrap().1.facts.clone().unwrap();
    assert_eq!(facts.result_name, "", "nothing was issued yet");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_a_result_is_said_and_a_denial_owes_none() {
    let world = with_card(World::new().await).await;
    let id = granted(&world, "430102202611220000375").await;
    let clerk_here = world.clerk();
    let refused = async |with: Value, files: usize, status: u16, code: &str| {
        attach(&world, &clerk_here, id, with, files)
            .await
            .refused(status, code);
    };
    refused(json!({"of": "别的"}), 1, 422, "approval.result_unknown").await;
    refused(json!({"number": " "}), 1, 422, "approval.result_incomplete").await;
    refused(json!({}), 0, 422, "approval.result_file_missing").await;
    refused(json!({}), 2, 422, "approval.result_one_file").await;
    refused(json!({"version": 1}), 1, 409, "approval.stale_version").await;
    let theirs = world.app.as_actor(clerk(21, &department(OTHERS)));
    attach(&world, &theirs, id, json!({}), 1)
        .await
        .refused(404, "approval.case_not_found");
    // Handed over on paper it has no file, and the case can be closed all the same.
    attach(&world, &clerk_here, id, json!({"copies": 2}), 0)
        .await
        .ok();
    let case = command(&clerk_here, id, "close", json!({})).await;
    assert_eq!(case["results"][0]["attached"][0]["copies"], 2);

    let denied = submitted(&world, "430102202611220000383").await;
    command(&clerk_here, denied, "accept", json!({})).await;
    let no = json!({"result": "denied", "reason": "不符合条件"});
    command(&clerk_here, denied, "decide", no).await;
    attach(&world, &clerk_here, denied, json!({}), 1)
        .await
        .refused(409, "approval.result_too_late");
    let case = command(&clerk_here, denied, "close", json!({})).await;
    assert_eq!(case["results"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_file_is_replaced_with_a_reason_until_the_applicant_has_it() {
    let world = with_card(World::new().await).await;
    let id = granted(&world, "430102202611220000375").await;
    let clerk = world.clerk();
    attach(&world, &clerk, id, json!({"number": "B1"}), 1)
        .await
        .ok();
    command(&clerk, id, "close", json!({})).await;
    attach(&world, &clerk, id, json!({"number": "B2"}), 1)
        .await
        .refused(422, "approval.reason_missing");
    let right = json!({"number": "B2", "reason": "扫描错了一页"});
    attach(&world, &clerk, id, right.clone(), 1).await.ok();
    let case = world.case(id).await;
    let all = case["results"][0]["attached"].as_array().unwrap();
    let numbers: Vec<_> = all
        .iter()
        .map(|one| one["number"].as_str().unwrap())
        .collect();
    assert_eq!(numbers, ["B2", "B1"]);
    assert_eq!(all[0]["reason"], "扫描错了一页");
    for one in all {
        let file = one["file"]["id"].as_str().unwrap();
        let path = format!("{API}/cases/{id}/results/files/{file}");
        let opened = clerk.get(&path).await;
        assert!(
            opened.bytes.starts_with(b"%PDF"),
            "also the one that was replaced"
        );
    }
    let own = json!({ "way": "pick_up", "collector": { "name": "张示例", "document": "citizen_id",
        "id_number": "430102199307169986", "relation": "own" } });
    command(&clerk, id, "deliver", own).await;
    attach(&world, &clerk, id, right, 1)
        .await
        .refused(409, "approval.result_too_late");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_says_of_each_case_what_it_owes() {
    let world = with_card(World::new().await).await;
    let ids = [
        granted(&world, &number(1)).await,
        granted(&world, &number(2)).await,
    ];
    let clerk = world.clerk();
    attach(&world, &clerk, ids[1], json!({}), 1).await.ok();
    let batch = draft(
        &clerk,
        json!({"by": "cases", "ids": ids}),
        "close",
        json!({}),
    )
    .await;
    let path = crate::batch::path(&batch);
    let rows = clerk.get(&format!("{path}/rows?limit=100")).await.ok();
    let row = |id: &Uuid| {
        let mut rows = rows["items"].as_array().unwrap().iter();
        rows.find(|row| row["case_id"] == id.to_string())
            .unwrap()
            .clone()
    };
    assert_eq!(row(&ids[0])["code"], "approval.result_owed");
    assert!(row(&ids[0]).to_string().contains(CARD));
    assert_eq!(row(&ids[0])["state"], "barred");
    start(&clerk, &batch).await;
    world.app.run_events().await;
    assert_eq!(world.case(ids[1]).await["state"], "closed");
    assert_eq!(world.case(ids[0]).await["state"], "decided");
}

#[tokio::test(flavor = "multi_thread")]
async fn archive_and_exchange_records_hold_the_result() {
    let world = with_card(archive_world().await).await;
    world.register.late.store(true, Ordering::SeqCst);
    let id = granted(&world, "430102202611230000375").await;
    let clerk = world.clerk();
    attach(&world, &clerk, id, json!({"number": "C1"}), 1)
        .await
        .ok();
    attach(
        &world,
        &clerk,
        id,
        json!({"number": "C2", "reason": "换了一张"}),
        1,
    )
    .await
    .ok();
    command(&clerk, id, "close", json!({})).await;
    let own = json!({ "way": "pick_up", "collector": { "name": "张示例", "document": "citizen_id",
        "id_number": "430102199307169986", "relation": "own" } });
    command(&clerk, id, "deliver", own).await;
    let list = packed(&world, &[id]).await;
    let page = shown(&world, &list).await;
    assert_eq!(
        page["list"]["packed"], 1,
        "no licence is waited for: {page}"
    );
    let package = package(&world.head(), &page["entries"][0]).await;
    checked(&package);
    let mut names = names_in(&package);
    names.retain(|name| name.contains("办理结果/"));
    assert_eq!(names.len(), 2, "also the one that was replaced: {names:?}");
    let end = records(&world, id).await.completions.remove(0);
    let told = (end.result_name.as_str(), end.result_number.as_str());
    assert_eq!(told, (CARD, "C2"), "the last counts");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_licence_that_the_organ_issues_elsewhere_keeps_no_case_from_the_archive() {
    let world = archive_world().await;
    let id = crate::archive::delivered(&world, 1).await;
    world.register.late.store(true, Ordering::SeqCst);
    world.register.elsewhere.store(true, Ordering::SeqCst);
    let list = packed(&world, &[id]).await;
    assert_eq!(shown(&world, &list).await["list"]["packed"], 1);
}

/// Names of what is in a package.
fn names_in(package: &[u8]) -> Vec<String> {
    let zip = zip::ZipArchive::new(Cursor::new(package)).unwrap();
    zip.file_names()
        .map(|name| name.unwrap().into_owned())
        .collect()
}
