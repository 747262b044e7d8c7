//! Administrative penalties: entered, checked by a second person, shown, ended.

use std::fmt::Write;

use chrono::Duration;
use serde_json::{Value, json};
use tb_sheet::{Column, Kind, Workbook};
use tb_testkit::{Client, clerk, department, head};

use crate::world::{API, OTHERS, OURS, World};

fn fields(number: &str) -> Value {
    json!({
        "party": "长沙样例餐饮管理有限公司", "party_kind": "organisation",
        "party_code": "91430102MATB000187", "legal_person": "李样例",
        "document_number": number, "offence": "经营超过保质期的食品",
        "facts": "在售食品超过保质期 3 天。", "basis": "《食品安全法》第一百二十四条",
        "kinds": "罚款、没收违法所得", "content": "罚款 5000 元，没收违法所得 120.50 元。",
        "fine": "5000", "confiscated": "120.50", "licences": "",
        "decided_on": "2026-11-20", "valid_to": "", "shown_until": "2027-11-19",
    })
}

fn person(number: &str) -> Value {
    let mut fields = fields(number);
    let map = fields.as_object_mut().unwrap();
    for (name, value) in [
        ("party", "欧阳样例"),
        ("party_kind", "person"),
        ("party_code", ""),
        ("legal_person", ""),
    ] {
        map.insert(name.to_owned(), json!(value));
    }
    fields
}

/// A city that knows its calendar and its offices.
async fn world() -> World {
    let world = World::new().await;
    world.app.run_events().await;
    world
}

fn our_clerk(world: &World) -> Client {
    world.app.as_actor(clerk(31, &department(OURS)))
}

async fn entered(world: &World, fields: Value) -> Value {
    let body = json!({ "fields": fields });
    let url = format!("{API}/manage/penalties");
    our_clerk(world).post(&url, &body).await.ok()
}

async fn command(by: &Client, of: &Value, command: &str, reason: &str) -> tb_testkit::Answer {
    let id = of.pointer("/entry/id").unwrap().as_str().unwrap();
    let body = json!({"version": of["version"], "command": command, "reason": reason});
    by.post(&format!("{API}/manage/penalties/{id}/commands"), &body)
        .await
}

/// A penalty that the public sees.
pub async fn published(world: &World, number: &str) -> Value {
    let one = entered(world, fields(number)).await;
    command(&world.head(), &one, "publish", "").await.ok()
}

async fn shown(world: &World) -> Vec<Value> {
    let page = world.get(&world.anybody(), "penalties").await;
    page.get("items").unwrap().as_array().unwrap().clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_person_publishes_what_somebody_has_entered() {
    let world = world().await;
    let one = entered(&world, fields("芙市监罚〔2026〕12号")).await;
    assert_eq!(
        (&one["state"], &one["made_by_me"], &one["due_on"]),
        (&json!("proposed"), &json!(true), &json!("2026-12-01"))
    );
    assert!(shown(&world).await.is_empty());
    command(&our_clerk(&world), &one, "publish", "")
        .await
        .refused(403, "http.forbidden");
    // A head who has entered it himself finds somebody else.
    let body = json!({"fields": fields("芙市监罚〔2026〕13号")});
    let url = format!("{API}/manage/penalties");
    let own = world.head().post(&url, &body).await.ok();
    command(&world.head(), &own, "publish", "")
        .await
        .refused(403, "insight.second_person");
    let done = command(&world.head(), &one, "publish", "").await.ok();
    assert_eq!(
        (&done["state"], &done["light"]),
        (&json!("published"), &Value::Null)
    );
    command(&world.head(), &done, "publish", "")
        .await
        .refused(409, "insight.penalty_state");
    command(&world.head(), &one, "withdraw", "错")
        .await
        .refused(409, "insight.stale_version");
    let shown = shown(&world).await;
    assert_eq!(shown.len(), 1);
    assert_eq!(shown[0]["fields"]["party_code"], "91430102MATB000187");
    assert_eq!(shown[0]["office"], "芙蓉区市场监督管理局");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_is_masked_and_no_number_is_kept() {
    let world = world().await;
    let one = entered(&world, person("芙市监罚〔2026〕14号")).await;
    assert_eq!(one["entry"]["fields"]["party"], "欧阳样例");
    command(&world.head(), &one, "publish", "").await.ok();
    let public = shown(&world).await.remove(0);
    assert_eq!(public["fields"]["party"], "欧**例");
    assert!(!public.to_string().contains("欧阳样例"));
    let rows = world
        .get(&world.anybody(), "open-data/penalties.json")
        .await;
    let row = &rows["rows"][0];
    assert_eq!(
        (&row["xzxdr_mc"], &row["xzxdr_lb"], &row["cf_nr_wfff"]),
        (&json!("欧**例"), &json!("自然人"), &json!("0.012050"))
    );
    for (field, value) in [
        ("party_code", "430102199307169986"),
        ("facts", "欧阳样例占道"),
    ] {
        let mut wrong = person("芙市监罚〔2026〕15号");
        wrong[field] = json!(value);
        let url = format!("{API}/manage/penalties");
        let body = json!({ "fields": wrong });
        let refused = our_clerk(&world).post(&url, &body).await;
        let refused = refused.refused(422, "insight.penalty_invalid");
        assert_eq!(
            refused["fields"][0]["path"],
            format!("/fields/{field}"),
            "{refused}"
        );
        assert!(!refused["fields"][0]["message"].as_str().unwrap().is_empty());
    }
}

/// What somebody finds under these words.
async fn found(world: &World, by: &Client, path: &str, words: &str) -> usize {
    let path = format!("{path}?q={}", urlencoding(words));
    let page = world.get(by, &path).await;
    page.get("items").and_then(Value::as_array).unwrap().len()
}

fn urlencoding(words: &str) -> String {
    let mut encoded = String::new();
    for byte in words.bytes() {
        write!(encoded, "%{byte:02X}").unwrap();
    }
    encoded
}

#[tokio::test(flavor = "multi_thread")]
async fn the_public_does_not_find_a_person_by_the_name() {
    let world = world().await;
    let one = entered(&world, person("芙市监罚〔2026〕30号")).await;
    command(&world.head(), &one, "publish", "").await.ok();
    published(&world, "芙市监罚〔2026〕31号").await;
    let (anybody, head) = (world.anybody(), world.head());
    for (words, public, staff) in [
        ("欧阳样例", 0, 1),
        ("长沙样例餐饮管理有限公司", 1, 1),
        ("芙市监罚〔2026〕30号", 1, 1),
        ("超过保质期", 2, 2),
        ("超%期", 0, 0),
    ] {
        assert_eq!(
            found(&world, &anybody, "penalties", words).await,
            public,
            "{words}"
        );
        assert_eq!(
            found(&world, &head, "manage/penalties", words).await,
            staff,
            "{words}"
        );
    }
}

async fn edit(world: &World, of: &Value, fields: Value, reason: &str) -> tb_testkit::Answer {
    let id = of.pointer("/entry/id").unwrap().as_str().unwrap();
    let body = json!({"version": of["version"], "fields": fields, "reason": reason});
    let url = format!("{API}/manage/penalties/{id}");
    our_clerk(world).put(&url, &body).await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_second_person_says_stays_inside() {
    let world = world().await;
    let number = "芙市监罚〔2026〕32号";
    let one = entered(&world, person(number)).await;
    let inside = "欧阳样例身份证号430102199307169986与决定书不符，先核实";
    let back = command(&world.head(), &one, "return", inside).await.ok();
    assert_eq!(back["note"], inside);
    let again = edit(&world, &back, person(number), "").await.ok();
    let done = command(&world.head(), &again, "publish", "").await.ok();
    assert_eq!(shown(&world).await.remove(0)["remark"], "");
    // Why it was corrected is told, and stays where the correction is returned once.
    let named = "更正欧阳样例的罚款金额";
    edit(&world, &done, person(number), named)
        .await
        .refused(422, "insight.reason_names");
    let mended = edit(&world, &done, person(number), "金额录入错误");
    let mended = mended.await.ok();
    let back = command(&world.head(), &mended, "return", inside).await.ok();
    let again = edit(&world, &back, person(number), "").await.ok();
    command(&world.head(), &again, "publish", "").await.ok();
    assert_eq!(shown(&world).await.remove(0)["remark"], "金额录入错误");
    let rows = world
        .get(&world.anybody(), "open-data/penalties.json")
        .await;
    assert_eq!(rows["rows"][0]["bz"], "金额录入错误");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_correction_hides_it_until_it_is_checked_and_a_repair_ends_it() {
    let world = world().await;
    let one = published(&world, "芙市监罚〔2026〕16号").await;
    let url = format!(
        "{API}/manage/penalties/{}",
        one["entry"]["id"].as_str().unwrap()
    );
    let mut mended = fields("芙市监罚〔2026〕16号");
    mended["fine"] = json!("4000");
    let mut body = json!({"version": one["version"], "fields": mended, "reason": " "});
    let clerk = our_clerk(&world);
    clerk
        .put(&url, &body)
        .await
        .refused(422, "insight.reason_missing");
    body["reason"] = json!("金额录入错误");
    let edited = clerk.put(&url, &body).await.ok();
    assert_eq!(edited["state"], "proposed");
    assert!(shown(&world).await.is_empty());
    let again = command(&world.head(), &edited, "publish", "").await.ok();
    let public = shown(&world).await.remove(0);
    assert_eq!(
        (&public["fields"]["fine"], &public["remark"]),
        (&json!("4000.00"), &json!("金额录入错误"))
    );
    command(&world.head(), &again, "repair", "")
        .await
        .refused(422, "insight.reason_missing");
    let ended = command(&world.head(), &again, "repair", "信用修复决定〔2026〕3号")
        .await
        .ok();
    assert_eq!(ended["state"], "repaired");
    assert!(shown(&world).await.is_empty());
    let rows = world
        .get(&world.anybody(), "open-data/penalties.json")
        .await;
    assert_eq!(rows["rows"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_decision_that_no_longer_stands_the_public_reads_why_and_no_more() {
    let world = world().await;
    let head = world.head();
    let number = "芙市监罚〔2026〕34号";
    let waits = entered(&world, fields(number)).await;
    command(&head, &waits, "revoke", "无")
        .await
        .refused(409, "insight.penalty_state");
    let one = command(&head, &waits, "publish", "").await.ok();
    for named in ["对长沙样例餐饮管理有限公司处罚有误", "李样例已起诉"] {
        command(&head, &one, "revoke", named)
            .await
            .refused(422, "insight.reason_names");
    }
    // Late in its display: the reason is read for three months all the same.
    world
        .app
        .clock()
        .set("2027-11-19T02:00:00Z".parse().unwrap());
    let why = "行政复议决定撤销原处罚决定";
    let done = command(&head, &one, "revoke", why).await.ok();
    assert_eq!(done["state"], "revoked");
    world
        .app
        .clock()
        .set("2028-02-19T02:00:00Z".parse().unwrap());
    let public = shown(&world).await.remove(0);
    assert_eq!(
        (&public["revoked"], &public["remark"], &public["office"]),
        (&json!(true), &json!(why), &json!("芙蓉区市场监督管理局"))
    );
    assert_eq!(public["fields"]["document_number"], number);
    for told in ["长沙样例", "91430102MATB000187", "李样例", "食品", "5000"] {
        assert!(!public.to_string().contains(told), "{told}");
    }
    let anybody = world.anybody();
    for (words, many) in [("长沙样例餐饮管理有限公司", 0), ("保质期", 0), (number, 1)]
    {
        let found = found(&world, &anybody, "penalties", words).await;
        assert_eq!(found, many, "{words}");
    }
    let rows = world.get(&anybody, "open-data/penalties.json").await;
    let row = &rows["rows"][0];
    assert_eq!(
        (&row["dqzt"], &row["bz"], &row["xzxdr_mc"]),
        (&json!("已撤回"), &json!(why), &json!(""))
    );
    world.app.clock().advance(Duration::days(1));
    assert!(shown(&world).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_correction_waits_under_a_light_of_its_own() {
    let world = world().await;
    let number = "芙市监罚〔2026〕33号";
    let one = published(&world, number).await;
    world
        .app
        .clock()
        .set("2026-12-03T02:00:00Z".parse().unwrap());
    let edited = edit(&world, &one, fields(number), "金额录入错误");
    let edited = edited.await.ok();
    assert_eq!(
        (&edited["light"], &edited["due_on"]),
        (&json!("green"), &json!("2026-12-08"))
    );
    world
        .app
        .clock()
        .set("2026-12-09T02:00:00Z".parse().unwrap());
    let again = edit(&world, &edited, fields(number), "").await.ok();
    assert_eq!(again["light"], "red", "a second edit wins no days");
    let done = command(&world.head(), &again, "publish", "").await.ok();
    assert_eq!(
        (&done["light"], &done["due_on"]),
        (&Value::Null, &json!("2026-12-01"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn display_ends_by_its_day_and_what_is_late_is_red() {
    let world = world().await;
    published(&world, "芙市监罚〔2026〕17号").await;
    let waits = entered(&world, fields("芙市监罚〔2026〕18号")).await;
    let light = async || {
        let page = world
            .get(&world.head(), "manage/penalties?state=proposed")
            .await;
        page["items"][0]["light"].clone()
    };
    assert_eq!(light().await, "green");
    world
        .app
        .clock()
        .set("2026-11-30T02:00:00Z".parse().unwrap());
    assert_eq!(light().await, "yellow");
    world
        .app
        .clock()
        .set("2026-12-02T02:00:00Z".parse().unwrap());
    assert_eq!(light().await, "red");
    let late = command(&world.head(), &waits, "publish", "").await.ok();
    assert_eq!(late["light"], "late");
    world
        .app
        .clock()
        .set("2027-11-19T02:00:00Z".parse().unwrap());
    assert_eq!(shown(&world).await.len(), 2, "the last day counts");
    world.app.clock().advance(Duration::days(1));
    assert!(shown(&world).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn another_office_sees_and_does_nothing() {
    let world = world().await;
    let one = entered(&world, fields("芙市监罚〔2026〕19号")).await;
    let other = world.app.as_actor(head(41, &department(OTHERS)));
    command(&other, &one, "publish", "")
        .await
        .refused(404, "insight.penalty_not_found");
    assert_eq!(
        world.get(&other, "manage/penalties").await["items"],
        json!([])
    );
    let body = json!({"fields": fields("芙市监罚〔2026〕19号")});
    let url = format!("{API}/manage/penalties");
    our_clerk(&world)
        .post(&url, &body)
        .await
        .refused(409, "insight.penalty_known");
    // The number of another office is its own.
    other.post(&url, &body).await.ok();
}

/// A list as its file.
fn list(rows: &[Value]) -> Vec<u8> {
    let names: Vec<String> = fields("").as_object().unwrap().keys().cloned().collect();
    let columns: Vec<Column<'_>> = names.iter().map(|name| text(name)).collect();
    let cell = |row: &Value, name: &String| row.get(name).unwrap().as_str().unwrap().to_owned();
    let rows: Vec<Vec<String>> = rows
        .iter()
        .map(|row| names.iter().map(|name| cell(row, name)).collect())
        .collect();
    let list = Workbook {
        title: "行政处罚信息",
        columns: &columns,
        rows: &rows,
        remarks: &[],
        written_at: "2026-11-23T02:00:00Z".parse().unwrap(),
    };
    tb_sheet::workbook(&list).unwrap()
}

fn text(name: &str) -> Column<'_> {
    Column {
        name,
        title: name,
        kind: Kind::Code,
        required: false,
        about: "",
    }
}

async fn import(world: &World, file: &[u8], dry_run: bool) -> tb_testkit::Answer {
    let flag = if dry_run { "true" } else { "false" };
    let url = format!("{API}/manage/penalty-imports");
    let parts = [("dry_run", flag)];
    our_clerk(world)
        .multipart(&url, &parts, ("file", "penalties.xlsx", file))
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_tried_before_it_is_taken_in_whole() {
    let world = world().await;
    entered(&world, fields("芙市监罚〔2026〕20号")).await;
    let mut wrong = fields("芙市监罚〔2026〕22号");
    wrong["fine"] = json!("");
    let numbers = ["芙市监罚〔2026〕20号", "芙市监罚〔2026〕21号"];
    let good: Vec<Value> = numbers.iter().map(|number| fields(number)).collect();
    let file = list(&[good.as_slice(), &[wrong]].concat());
    for dry_run in [true, false] {
        let report = import(&world, &file, dry_run).await.ok();
        assert_eq!(
            (
                &report["rows"],
                &report["fresh"],
                &report["known"],
                &report["imported"]
            ),
            (&json!(3), &json!(1), &json!(1), &json!(0))
        );
        let problem = &report["problems"][0];
        assert_eq!(
            (
                &problem["document_number"],
                &problem["column"],
                &problem["message"]
            ),
            (
                &json!("芙市监罚〔2026〕22号"),
                &json!("罚款金额（元）"),
                &json!("请填写。")
            )
        );
    }
    let twice = list(&[good[1].clone(), good[1].clone()]);
    let report = import(&world, &twice, false).await.ok();
    assert_eq!(report["problems"][0]["message"], "文件中有重复的文号。");
    let report = import(&world, &list(&good), true).await.ok();
    assert_eq!(
        (&report["problems"], &report["imported"]),
        (&json!([]), &json!(0))
    );
    let report = import(&world, &list(&good), false).await.ok();
    assert_eq!(report["imported"], 1);
    let all = world
        .get(&world.head(), "manage/penalties?state=proposed")
        .await;
    assert_eq!(all["items"].as_array().unwrap().len(), 2);
    import(&world, b"no list at all", true)
        .await
        .refused(422, "insight.columns_missing");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_template_takes_what_it_asks_for() {
    let world = world().await;
    let url = format!("{API}/manage/penalty-template");
    let file = our_clerk(&world).get(&url).await;
    assert_eq!(file.status, 200);
    let report = import(&world, &file.bytes, true).await.ok();
    assert_eq!(
        (&report["rows"], &report["problems"]),
        (&json!(0), &json!([]))
    );
}
