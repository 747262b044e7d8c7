//! Applications of an organisation for many persons at once: the sheet, its trial, the submission, and
//! whose it is.

use serde_json::{Value, json};
use tb_testkit::Client;

use crate::town::{ITEM, PDF, Town, agent, fields};

pub const HIRING: &str = "1143010200612345674300101002000";
pub const BATCHES: &str = "/api/v1/intake/batches";
const HEAD: &str = "姓名,公民身份号码,手机号码,用工形式,工作地点,起始日期";

/// An item that an employer applies for, person by person.
pub fn hiring() -> Value {
    let form = json!({"key": "hiring", "title": "就业登记表", "sections": [
        {"key": "employer", "title": "单位", "fields": [
            {"key": "employer", "label": "单位名称", "kind": "text", "required": true, "prefill": "enterprise.name"},
            {"key": "employer_code", "label": "信用代码", "kind": "credit_code", "required": true, "prefill": "enterprise.credit_code"}]},
        {"key": "person", "title": "人员", "fields": [
            {"key": "name", "label": "姓名", "kind": "text", "required": true, "sensitive": true},
            {"key": "citizen_id", "label": "公民身份号码", "kind": "citizen_id", "required": true, "sensitive": true},
            {"key": "phone", "label": "手机号码", "kind": "phone", "required": true, "sensitive": true},
            {"key": "contract", "label": "用工形式", "kind": "dictionary", "required": true, "options": [
                {"value": "fixed", "label": "固定期限"}, {"value": "open", "label": "无固定期限"}]},
            {"key": "place", "label": "工作地点", "kind": "division", "depth": "village"},
            {"key": "from", "label": "起始日期", "kind": "date", "required": true, "max": "today"}]}]});
    json!({
        "code": HIRING, "name": "用人单位就业登记", "item_type": "20", "department_code": crate::town::DEPARTMENT,
        "department_name": "芙蓉区人力资源和社会保障局", "region": "430102", "audience": ["enterprise"],
        "case_kind": "promised", "sample": true, "form": form, "handling": {"batch_rows": 1000},
        "materials": [{"id": "roster", "name": "花名册", "necessity": "required", "source": "applicant", "form": "electronic", "reuse_days": 0}]
    })
}

/// The citizen id of the `n`th of these people.
pub fn citizen_id(n: usize) -> String {
    let first = format!("43010219900101{n:03}", n = n % 1_000);
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let digits = first.bytes().map(|digit| u32::from(digit - b'0'));
    let sum: u32 = digits
        .zip(weights)
        .map(|(digit, weight)| digit * weight)
        .sum();
    format!("{first}{}", char::from(b"10X98765432"[(sum % 11) as usize]))
}

/// A row of the sheet.
pub fn row(n: usize) -> String {
    format!(
        "测示{n},{},13907310001,固定期限,文艺路街道识字里社区,2026-11-01",
        citizen_id(n)
    )
}

pub fn sheet(rows: &[String]) -> Vec<u8> {
    format!("\u{feff}{HEAD}\r\n{}\r\n", rows.join("\r\n")).into_bytes()
}

pub fn path(batch: &Value, rest: &str) -> String {
    format!("{BATCHES}/{}{rest}", batch["id"].as_str().unwrap())
}

pub async fn begin(client: &Client) -> Value {
    client
        .post(BATCHES, &json!({"item_code": HIRING}))
        .await
        .ok()
}

pub async fn try_rows(client: &Client, batch: &Value, rows: &[String]) -> Value {
    let sheet = sheet(rows);
    let file = ("file", "人员.csv", sheet.as_slice());
    client
        .multipart(&path(batch, "/rows"), &[], file)
        .await
        .ok()
}

/// A batch that can be submitted.
pub async fn ready(client: &Client, rows: &[String]) -> Value {
    let batch = begin(client).await;
    try_rows(client, &batch, rows).await;
    let fields = [("requirement_id", "roster")];
    let file = ("file", "花名册.pdf", PDF);
    client
        .multipart(&path(&batch, "/materials"), &fields, file)
        .await
        .ok()
}

pub async fn submit(client: &Client, batch: &Value) -> Value {
    let body = json!({"version": batch["version"]});
    client.post(&path(batch, "/submit"), &body).await.ok()
}

/// The batch, once all its rows have had their turn.
pub async fn through(client: &Client, batch: &Value) -> Value {
    for _ in 0..3_000 {
        let now = client.get(&path(batch, "")).await.ok();
        if now["state"] == "submitted" {
            return now;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("the batch does not go on");
}

/// A town with the item.
pub async fn town() -> Town {
    let town = Town::without_item().await;
    town.publish(hiring(), 1).await;
    town
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sheet_is_tried_whole_and_another_one_mends_it() {
    let town = town().await;
    let agent = town.app.as_actor(agent(8));
    let batch = begin(&agent).await;
    assert_eq!(
        batch["columns"],
        json!(HEAD.split(',').collect::<Vec<_>>()),
        "what is the employer's has no column"
    );
    let template = agent.get(&path(&batch, "/template")).await;
    assert!(template.bytes.starts_with(b"PK"));

    let mut rows: Vec<String> = (1..=4).map(row).collect();
    rows[1] = row(2)
        .replace("固定期限", "口头约定")
        .replace("2026-11-01", "2027-01-01");
    rows[3] = row(1);
    let tried = try_rows(&agent, &batch, &rows).await;
    assert_eq!(tried["state"], "draft");
    assert_eq!(tried["row_states"], json!({"faulty": 2, "ready": 2}));
    let wrong = agent.get(&path(&batch, "/rows?state=faulty")).await.ok();
    let [second, fourth] = [&wrong["items"][0], &wrong["items"][1]];
    assert_eq!((&second["row"], &second["line"]), (&json!(2), &json!(3)));
    let columns: Vec<&str> = second["faults"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["column"].as_str().unwrap())
        .collect();
    assert_eq!(columns, ["用工形式", "起始日期"], "all at once");
    assert!(
        fourth["faults"][0]["message"]
            .as_str()
            .unwrap()
            .contains("第 2 行")
    );
    assert_eq!(fourth["name"], "测*1", "masked");
    let report = agent.get(&path(&batch, "/report?format=csv")).await;
    let report = String::from_utf8(report.bytes.to_vec()).unwrap();
    assert_eq!(report.lines().count(), 4, "{report}");
    let body = json!({"version": tried["version"]});
    agent
        .post(&path(&batch, "/submit"), &body)
        .await
        .refused(409, "intake.batch_unchecked");

    rows[1] = row(2);
    rows[3] = row(4);
    let mended = try_rows(&agent, &batch, &rows).await;
    assert_eq!(
        (&mended["state"], &mended["rows"]),
        (&json!("checked"), &json!(4))
    );
    let body = json!({"version": mended["version"]});
    let problem = agent
        .post(&path(&batch, "/submit"), &body)
        .await
        .refused(422, "intake.batch_invalid");
    assert_eq!(
        fields(&problem),
        ["/materials/roster"],
        "said once for all rows"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_becomes_an_application_for_each_row_received_at_its_submission() {
    let town = town().await;
    let agent = town.app.as_actor(agent(8));
    let batch = ready(&agent, &[row(1), row(2), row(3)]).await;
    let given = submit(&agent, &batch).await;
    assert_eq!(given["state"], "submitting", "the receipt is there at once");
    let number = given["number"].as_str().unwrap();
    assert!(number.starts_with("PL430102202611220"), "{number}");
    assert_eq!(given["query_password"].as_str().unwrap().len(), 6);
    let done = through(&agent, &given).await;
    assert_eq!(done["row_states"], json!({"made": 3}));
    assert_eq!(done["application_states"], json!({"submitted": 3}));

    let rows = agent.get(&path(&batch, "/rows")).await.ok();
    let second = &rows["items"][1]["application"];
    let one = agent
        .get(&format!(
            "/api/v1/intake/applications/{}",
            second["id"].as_str().unwrap()
        ))
        .await
        .ok();
    assert_eq!(
        one["batch"],
        json!({"id": batch["id"], "number": number, "row": 2, "rows": 3})
    );
    assert_eq!(one["submitted_at"], done["submitted_at"]);
    assert_eq!(one["applicant"]["name"], "长沙测试商贸有限公司");
    assert_eq!(
        (&one["form"]["name"], &one["form"]["employer"]),
        (&json!("测示2"), &json!("长沙测试商贸有限公司"))
    );
    assert_eq!(
        one["form"]["place"]["code"], "430102001001",
        "found by its names"
    );
    assert_eq!(one["materials"][0]["files"][0]["file_name"], "花名册.pdf");

    let told = crate::feed::last(&town).await;
    assert_eq!(
        told.payload["batch"],
        json!({"number": number, "row": 3, "rows": 3})
    );
    assert_eq!(told.payload["submitted_at"], done["submitted_at"]);
    let list = agent.get("/api/v1/intake/applications").await.ok();
    assert_eq!(list["items"], json!([]), "a batch is one entry of its own");
    let batches = agent.get(BATCHES).await.ok();
    assert_eq!(batches["items"][0]["number"], number);
    let progress = json!({"case_number": one["case_number"], "password": given["query_password"]});
    agent.post("/api/v1/intake/progress", &progress).await.ok();
    let receipt = agent.get(&path(&batch, "/receipt")).await;
    assert!(receipt.bytes.starts_with(b"%PDF"));
    let results = agent.get(&path(&batch, "/results?format=csv")).await;
    let results = String::from_utf8(results.bytes.to_vec()).unwrap();
    assert!(
        results.contains(one["case_number"].as_str().unwrap()),
        "{results}"
    );
    agent
        .delete(&path(&batch, ""))
        .await
        .refused(409, "intake.batch_submitted");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_is_corrected_on_its_own_page_like_any_application() {
    let town = town().await;
    let agent = town.app.as_actor(agent(8));
    let batch = ready(&agent, &[row(1), row(2)]).await;
    let given = submit(&agent, &batch).await;
    through(&agent, &given).await;
    let rows = agent.get(&path(&batch, "/rows")).await.ok();
    let number = rows["items"][0]["application"]["case_number"]
        .as_str()
        .unwrap();
    let notice = json!({"fields": ["/phone"], "materials": [], "reason": "号码是空号", "applicant_due": "2026-12-04"});
    town.feed_back(number, 1, "correction_requested", "correcting", notice)
        .await;
    let waiting = agent
        .get(&path(&batch, "/rows?state=correcting"))
        .await
        .ok();
    assert_eq!(waiting["items"].as_array().unwrap().len(), 1);
    assert_eq!(waiting["items"][0]["application"]["needs_action"], true);
    let batch = agent.get(&path(&batch, "")).await.ok();
    assert_eq!(
        batch["application_states"],
        json!({"correcting": 1, "submitted": 1})
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_is_for_organisations_and_for_items_that_take_them() {
    let town = town().await;
    town.publish(crate::town::item(), 1).await;
    let agent8 = town.app.as_actor(agent(8));
    let other = json!({"item_code": ITEM, "situation_answers": {"reason": "resigned"}});
    agent8
        .post(BATCHES, &other)
        .await
        .refused(409, "intake.batch_not_offered");
    let hiring = json!({"item_code": HIRING});
    town.person(1)
        .post(BATCHES, &hiring)
        .await
        .refused(403, "intake.batch_organisations");
    let batch = begin(&agent8).await;
    // Of the same enterprise, but another account: an application would not be his either.
    let stranger = town.app.as_actor(agent(10));
    for place in ["", "/rows", "/template", "/report", "/results", "/receipt"] {
        stranger
            .get(&path(&batch, place))
            .await
            .refused(404, "intake.batch_not_found");
    }
    let body = json!({"version": 1});
    stranger
        .post(&path(&batch, "/submit"), &body)
        .await
        .refused(404, "intake.batch_not_found");
    stranger
        .delete(&path(&batch, ""))
        .await
        .refused(404, "intake.batch_not_found");
    assert_eq!(stranger.get(BATCHES).await.ok()["items"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_are_handed_in_by_whom_they_were_tried_for() {
    let town = town().await;
    let agent = town.app.as_actor(agent(8));
    let batch = ready(&agent, &[row(1)]).await;
    town.renamed
        .store(true, std::sync::atomic::Ordering::Relaxed);
    let body = json!({"version": batch["version"]});
    agent
        .post(&path(&batch, "/submit"), &body)
        .await
        .refused(409, "intake.batch_applicant_changed");
    // Tried anew, the rows say what is so now.
    let batch = try_rows(&agent, &batch, &[row(1)]).await;
    let given = submit(&agent, &batch).await;
    through(&agent, &given).await;
    let sent = crate::feed::last(&town).await.payload.clone();
    assert_eq!(sent["applicant"]["name"], "长沙更名商贸有限公司");
    assert_eq!(sent["form"]["employer"], "长沙更名商贸有限公司");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_handed_a_batch_in_hears_how_it_came_out() {
    let town = town().await;
    let agent = town.app.as_actor(agent(8));
    let given = submit(&agent, &ready(&agent, &[row(1), row(2)]).await).await;
    through(&agent, &given).await;
    let told = agent.get("/api/v1/intake/messages").await.ok();
    let message = &told["items"][0];
    assert_eq!(message["kind"], "batch_finished");
    assert_eq!(
        message["application_id"], given["id"],
        "its page is the batch's"
    );
    let body = message["body"].as_str().unwrap();
    assert!(
        body.contains("共 2 件") && body.contains(given["number"].as_str().unwrap()),
        "{body}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_is_for_its_person_where_the_form_wants_a_verified_one() {
    let town = Town::without_item().await;
    let mut item = hiring();
    let person = &mut item["form"]["sections"][1]["fields"];
    for (at, source) in ["account.name", "account.citizen_id"]
        .into_iter()
        .enumerate()
    {
        person[at]["prefill"] = source.into();
        person[at]["verified"] = true.into();
    }
    town.publish(item, 1).await;
    let agent = town.app.as_actor(agent(8));
    let batch = ready(&agent, &[row(1), row(2)]).await;
    let rows = agent.get(&path(&batch, "/rows?state=faulty")).await.ok();
    assert_eq!(rows["items"], json!([]));
    let given = submit(&agent, &batch).await;
    let done = through(&agent, &given).await;
    assert_eq!(done["row_states"], json!({"made": 2}));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_several_sign_is_not_applied_for_in_batches() {
    let town = Town::without_item().await;
    let mut item = hiring();
    item["handling"]["co_applicants"] = json!({"min": 1, "max": 2, "role": "合伙人"});
    town.publish(item, 1).await;
    let body = json!({"item_code": HIRING});
    town.app
        .as_actor(agent(8))
        .post(BATCHES, &body)
        .await
        .refused(409, "intake.batch_not_offered");
}

#[tokio::test(flavor = "multi_thread")]
async fn files_that_are_no_sheet_are_refused_and_lose_nothing() {
    let town = town().await;
    let agent = town.app.as_actor(agent(8));
    let batch = begin(&agent).await;
    let rows = path(&batch, "/rows");
    try_rows(&agent, &batch, &[row(1)]).await;
    let send = async |content: &[u8]| {
        agent
            .multipart(&rows, &[], ("file", "人员.csv", content))
            .await
    };
    send(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
        .await
        .refused(422, "intake.sheet_old");
    send("姓名\r\n张三\r\n".as_bytes())
        .await
        .refused(422, "intake.sheet_columns");
    send(&sheet(&[])).await.refused(422, "intake.sheet_empty");
    let many: Vec<String> = (0..1_001).map(row).collect();
    send(&sheet(&many)).await.refused(422, "intake.sheet_rows");
    let now = agent.get(&path(&batch, "")).await.ok();
    assert_eq!(
        (&now["state"], &now["rows"]),
        (&json!("checked"), &json!(1))
    );
    agent.delete(&path(&batch, "")).await;
    agent
        .get(&path(&batch, ""))
        .await
        .refused(404, "intake.batch_not_found");
}
