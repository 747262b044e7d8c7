//! Archiving through HTTP: what waits, lists and their packages, hand-over and receipt, faults.

use std::io::{Cursor, Read};

use serde_json::{Value, json};
use tb_approval::archive::{Report, verify};
use tb_kernel::{AccountKind, PageRequest};
use tb_storage::{AuditFilter, audit_reason, audit_rows};
use tb_testkit::{Client, actor};
use uuid::Uuid;

use crate::proxy::proxy;
use crate::world::{API, INSTANT, OTHERS, OURS, REGISTRATION, World, command, department};

pub const WHY: &str = "市档案馆年度接收前抽检";
pub const PATTERN: &str = "{fonds}-{category}·{year}-{retention}-{serial:4}";

/// Somebody of a department with these roles.
pub fn staff(world: &World, n: u128, of: &str, roles: &[&str]) -> Client {
    let mut somebody = actor(n, AccountKind::Staff, roles);
    somebody.department = Some(department(of));
    world.app.as_actor(somebody)
}

pub fn archivist(world: &World) -> Client {
    staff(world, 7, OURS, &["archivist"])
}

/// A world whose files lie in the store, and whose department has a fonds.
pub async fn world() -> World {
    let world = World::new().await;
    world.on("2026-11-23");
    let blobs = world.app.store().blobs();
    blobs.put_named("blob1", b"%PDF").await.unwrap();
    blobs.put_named("licence/1", b"%PDF-licence").await.unwrap();
    let fonds = json!({ "version": 0, "fonds": "Z109", "category": "ZW", "pattern": PATTERN });
    archivist(&world)
        .put(&format!("{API}/archive/fonds"), &fonds)
        .await
        .ok();
    world
}

/// A case that was granted on the spot and handed out.
pub async fn delivered(world: &World, n: u32) -> Uuid {
    let number = format!("430102202611230{n:06}");
    let id = world.submit(&number, INSTANT).await;
    let clerk = world.clerk();
    command(&clerk, id, "accept", json!({})).await;
    command(&clerk, id, "decide", json!({ "result": "granted" })).await;
    command(&clerk, id, "close", json!({})).await;
    let own = json!({ "way": "pick_up", "collector": { "name": "张示例", "document": "citizen_id",
        "id_number": "430102199307169986", "relation": "own" } });
    command(&clerk, id, "deliver", own).await;
    id
}

pub async fn make(client: &Client, ids: &[Uuid]) -> Value {
    client
        .post(&format!("{API}/archive/lists"), &json!({ "ids": ids }))
        .await
        .ok()
}

pub fn path(list: &Value) -> String {
    format!("{API}/archive/lists/{}", list["id"].as_str().unwrap())
}

/// The list with its entries as they are now.
pub async fn shown(world: &World, list: &Value) -> Value {
    world.clerk().get(&path(list)).await.ok()
}

/// The case of an entry.
pub fn case_of(entry: &Value) -> Uuid {
    entry["case_id"].as_str().unwrap().parse().unwrap()
}

/// A step of the list as it is now.
pub async fn step(
    world: &World,
    client: &Client,
    list: &Value,
    verb: &str,
    mut body: Value,
) -> tb_testkit::Answer {
    body["version"] = shown(world, list).await["list"]["version"].clone();
    client.post(&format!("{}/{verb}", path(list)), &body).await
}

pub async fn packed(world: &World, ids: &[Uuid]) -> Value {
    let list = make(&world.clerk(), ids).await;
    world.app.run_events().await;
    let page = shown(world, &list).await;
    assert_eq!(page["list"]["state"], "built", "{page}");
    list
}

/// Handed over, and read back by the job.
pub async fn handed_over(world: &World, ids: &[Uuid]) -> Value {
    let list = packed(world, ids).await;
    step(world, &world.clerk(), &list, "hand-over", json!({}))
        .await
        .ok();
    world.app.run_events().await;
    list
}

pub async fn package(client: &Client, entry: &Value) -> Vec<u8> {
    let id = entry["id"].as_str().unwrap();
    let path = format!("{API}/archive/entries/{id}/package");
    let answer = client.post(&path, &json!({ "reason": WHY })).await;
    assert_eq!(answer.status, 200, "{}", answer.code());
    answer.bytes.to_vec()
}

pub fn checked(package: &[u8]) -> Report {
    verify(Cursor::new(package)).unwrap()
}

pub fn text(package: &[u8], path: &str) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(package)).unwrap();
    let mut text = String::new();
    zip.by_name(path)
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    text
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_case_is_listed_packed_handed_over_and_received() {
    let world = world().await;
    let id = delivered(&world, 1).await;
    let (clerk, archivist) = (world.clerk(), archivist(&world));
    let overview = clerk.get(&format!("{API}/archive")).await.ok();
    assert_eq!(overview["cases"], 1);
    assert_eq!(overview["years"], json!([2026]));
    assert_eq!(overview["fonds"]["example"], "Z109-ZW·2026-D30-0001");
    let list = packed(&world, &[id]).await;
    assert_eq!(list["number"], "芙人社档移〔2026〕第001号");
    let entry = shown(&world, &list).await["entries"][0].clone();
    assert_eq!(entry["archive_number"], "Z109-ZW·2026-D10-0001");
    assert_eq!(clerk.get(&format!("{API}/archive")).await.ok()["cases"], 0);
    step(&world, &clerk, &list, "hand-over", json!({}))
        .await
        .ok();
    world.app.run_events().await;
    let page = shown(&world, &list).await;
    assert_eq!(
        (&page["list"]["checked"], &page["list"]["failed"]),
        (&json!(1), &json!(0))
    );
    let refused = step(&world, &clerk, &list, "receive", json!({})).await;
    assert_eq!(refused.status, 403);
    let page = step(&world, &archivist, &list, "receive", json!({}))
        .await
        .ok();
    assert_eq!(page["list"]["state"], "received");
    let mark = clerk.get(&format!("{API}/cases/{id}/archive")).await.ok();
    assert_eq!(mark["state"], "received");
    assert_eq!(mark["archive_number"], "Z109-ZW·2026-D10-0001");
    assert_eq!(mark["moved"], false);
    let paper = archivist.get(&format!("{}/paper", path(&list))).await;
    assert_eq!(paper.status, 200);
    assert!(paper.bytes.starts_with(b"%PDF"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_package_holds_what_was_handed_in_done_and_issued() {
    let world = world().await;
    let id = delivered(&world, 1).await;
    let list = packed(&world, &[id]).await;
    let entry = shown(&world, &list).await["entries"][0].clone();
    let package = package(&world.head(), &entry).await;
    let report = checked(&package);
    assert_eq!(entry["sum"], report.seal.as_str());
    assert_eq!(entry["files"], report.manifest.files.len());
    let paths: Vec<&str> = report
        .manifest
        .files
        .iter()
        .map(|file| file.path.as_str())
        .collect();
    for wanted in [
        "申请表/申请表.html",
        "申请表/申请表数据.json",
        "申请材料/01-解除劳动关系证明.pdf",
        "历次提交/第1次/提交数据.json",
        "审查意见/审查意见.html",
        "电子证照/01-生育登记证.pdf",
        "办理过程/办理过程.html",
        "办理过程/办理过程数据.json",
        "办理过程/办件数据.xml",
    ] {
        assert!(paths.contains(&wanted), "{wanted} is not in {paths:?}");
    }
    let papers = paths.iter().filter(|path| path.starts_with("文书/"));
    assert!(papers.count() >= 3, "{paths:?}");
    let fact = |name| report.manifest.fact(name).unwrap_or_default().to_owned();
    assert_eq!(fact("办件编号"), "430102202611230000001");
    assert_eq!(
        (fact("保管期限"), fact("办理结果")),
        ("定期10年".to_owned(), "准予".to_owned())
    );
    assert_eq!(
        (fact("申请人"), fact("办结日期")),
        ("张示例".to_owned(), "2026-11-23".to_owned())
    );
    assert_eq!(text(&package, "申请材料/01-解除劳动关系证明.pdf"), "%PDF");
    let form = text(&package, "申请表/申请表.html");
    assert!(form.contains("原职业") && form.contains("教师"), "{form}");
    assert!(text(&package, "办理过程/办理过程.html").contains("送达"));
    let records =
        tb_approval::exchange::read_xml(&text(&package, "办理过程/办件数据.xml")).unwrap();
    assert_eq!(records.cases[0].application.applicant_name, "张示例");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_package_says_who_acted_for_the_applicant() {
    let world = world().await;
    let mut sent = world.sent("430102202611230000017", REGISTRATION);
    sent.body.proxy = Some(proxy(&world, Some(Uuid::from_u128(7))));
    world.send(&sent).await;
    world.app.run_events().await;
    let id = world.id_of("430102202611230000017", REGISTRATION).await;
    let refuse = json!({ "kind": "refused", "reason": "不属于本机关职权" });
    command(&world.clerk(), id, "refuse", refuse).await;
    let list = packed(&world, &[id]).await;
    let entry = shown(&world, &list).await["entries"][0].clone();
    let package = package(&world.head(), &entry).await;
    let form = text(&package, "申请表/申请表.html");
    for said in [
        "委托代理人",
        "独孤测乙",
        "11010519491231002X",
        "19900000002",
        "网上授权",
        "2026-11-23至2026-12-02",
    ] {
        assert!(form.contains(said), "{said} is not in {form}");
    }
    let report = checked(&package);
    assert_eq!(report.manifest.fact("委托代理人"), Some("独孤测乙"));
    for path in ["申请表/申请表数据.json", "历次提交/第1次/提交数据.json"] {
        let data: Value = serde_json::from_str(&text(&package, path)).unwrap();
        assert_eq!(data["proxy"]["id_number"], "11010519491231002X", "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_package_holds_what_another_department_was_asked_and_answered() {
    let world = world().await;
    let id = world.submit("430102202611230000018", INSTANT).await;
    let clerk = world.clerk();
    command(&clerk, id, "accept", json!({})).await;
    let question = json!({ "departments": [OTHERS], "words": "请核实是否领取低保", "days": 3,
        "with_form": false, "materials": [] });
    let asked = clerk
        .post(&format!("{API}/cases/{id}/opinions"), &question)
        .await
        .ok();
    let other = staff(&world, 8, OTHERS, &["clerk"]);
    let asked = asked[0]["id"].as_str().unwrap();
    let give = format!("{API}/opinions/{asked}/give?stance=agree");
    let sheet: [(&str, &str, &[u8]); 1] = [("file", "核实单.pdf", b"%PDF-1.7 x")];
    let words = [("words", "经核实，未领取低保")];
    other.multipart_of(&give, &words, &sheet).await.ok();
    command(
        &clerk,
        id,
        "decide",
        json!({ "result": "denied", "reason": "不符合条件" }),
    )
    .await;
    command(&clerk, id, "close", json!({})).await;
    let own = json!({ "way": "pick_up", "collector": { "name": "张示例", "document": "citizen_id",
        "id_number": "430102199307169986", "relation": "own" } });
    command(&clerk, id, "deliver", own).await;
    let list = packed(&world, &[id]).await;
    let entry = shown(&world, &list).await["entries"][0].clone();
    let package = package(&world.head(), &entry).await;
    let files = checked(&package).manifest.files;
    let sheets = files.iter().filter(|file| file.original == "核实单.pdf");
    assert_eq!(sheets.count(), 1);
    for (page, said) in [
        ("审查意见/审查意见.html", words[0].1),
        ("办理过程/办理过程.html", words[0].1),
        ("办理过程/办理过程.html", "请核实是否领取低保"),
    ] {
        let page = text(&package, page);
        assert_eq!(page.matches(said).count(), 1, "{said} in {page}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_case_gives_the_same_bytes_and_keeps_its_number() {
    let world = world().await;
    let ids = [delivered(&world, 1).await, delivered(&world, 2).await];
    let (clerk, head) = (world.clerk(), world.head());
    let list = packed(&world, &ids).await;
    let entries = shown(&world, &list).await["entries"].clone();
    let first = package(&head, &entries[1]).await;
    step(&world, &clerk, &list, "cancel", json!({})).await.ok();
    world.on("2026-12-05");
    let list = packed(&world, &[case_of(&entries[1])]).await;
    let entry = shown(&world, &list).await["entries"][0].clone();
    assert_eq!(entry["archive_number"], "Z109-ZW·2026-D10-0002");
    assert_eq!(package(&head, &entry).await, first);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_hands_over_does_not_receive_and_a_receipt_is_taken_back_with_a_reason() {
    let world = world().await;
    let id = delivered(&world, 1).await;
    let both = staff(&world, 8, OURS, &["clerk", "archivist"]);
    let list = packed(&world, &[id]).await;
    step(&world, &both, &list, "hand-over", json!({}))
        .await
        .ok();
    world.app.run_events().await;
    let same = step(&world, &both, &list, "receive", json!({})).await;
    same.refused(403, "approval.archive_same_person");
    let others = staff(&world, 9, OTHERS, &["archivist"]);
    assert_eq!(
        step(&world, &others, &list, "receive", json!({}))
            .await
            .status,
        404
    );
    let archivist = archivist(&world);
    step(&world, &archivist, &list, "receive", json!({}))
        .await
        .ok();
    let none = step(&world, &archivist, &list, "void", json!({ "reason": " " })).await;
    none.refused(422, "approval.export_reason_missing");
    let why = json!({ "reason": "接收时点错了清单" });
    let page = step(&world, &archivist, &list, "void", why).await.ok();
    assert_eq!(page["list"]["state"], "handed_over");
    assert_eq!(page["list"]["void_reason"], "接收时点错了清单");
    let mark = world
        .clerk()
        .get(&format!("{API}/cases/{id}/archive"))
        .await
        .ok();
    assert_eq!(
        (&mark["state"], &mark["received_at"]),
        (&json!("handed_over"), &Value::Null)
    );
    let stale = json!({ "version": 1 });
    let stale = archivist
        .post(&format!("{}/receive", path(&list)), &stale)
        .await;
    stale.refused(409, "approval.archive_list_moved");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_package_leaves_with_a_reason_that_is_recorded() {
    let world = world().await;
    let ids = [delivered(&world, 1).await, delivered(&world, 2).await];
    let list = packed(&world, &ids).await;
    let entry = shown(&world, &list).await["entries"][0].clone();
    let one = format!(
        "{API}/archive/entries/{}/package",
        entry["id"].as_str().unwrap()
    );
    let all = format!("{}/packages", path(&list));
    let head = world.head();
    for path in [&one, &all] {
        let asked = json!({ "reason": WHY });
        assert_eq!(world.clerk().post(path, &asked).await.status, 403);
        let others = staff(&world, 9, OTHERS, &["archivist"]);
        assert_eq!(others.post(path, &asked).await.status, 404);
        let short = head.post(path, &json!({ "reason": "看看" })).await;
        short.refused(422, "approval.export_reason_missing");
    }
    let answer = head.post(&all, &json!({ "reason": WHY })).await;
    let outer = checked(&answer.bytes);
    assert_eq!(outer.manifest.files.len(), 2);
    assert_eq!(outer.manifest.fact("移交清单"), list["number"].as_str());
    let mut zip = zip::ZipArchive::new(Cursor::new(answer.bytes.to_vec())).unwrap();
    let mut inner = Vec::new();
    zip.by_name("Z109-ZW·2026-D10-0001.zip")
        .unwrap()
        .read_to_end(&mut inner)
        .unwrap();
    assert_eq!(inner, package(&head, &entry).await);
    let filter = AuditFilter {
        object_id: entry["case_id"].as_str().map(str::to_owned),
    };
    let store = world.app.store();
    let rows = audit_rows(store, &filter, &PageRequest::default())
        .await
        .unwrap();
    let taken = rows
        .items
        .iter()
        .filter(|row| row.action == "approval.archive.take");
    let reasons: Vec<_> = taken
        .map(|row| audit_reason(row, store.sealer()).unwrap())
        .collect();
    assert_eq!(reasons, [Some(WHY.to_owned()), Some(WHY.to_owned())]);
}
