//! The counter (窗口收件): a clerk takes an application in for whoever stands there.

use serde_json::{Value, json};
use tb_testkit::{Client, clerk, counter_clerk, department};

use crate::feed;
use crate::town::{
    CITIZEN_ID, DEPARTMENT, ITEM, NAME, OTHER_ID, PDF, PHONE, Town, answers, draft, fields, item,
    look, number, path,
};

pub const COUNTER: &str = "/api/v1/intake/counter/applications";

/// The item with a proof whose original is shown, and a form that comes on paper alone.
pub fn with_papers() -> Value {
    let mut bent = item();
    bent["materials"][1]["original"] = true.into();
    bent["materials"][3] = json!({"id": "extra", "name": "签字的申请表", "necessity": "required", "source": "applicant", "form": "paper"});
    bent
}

/// A town whose item is taken in with papers.
pub async fn town() -> Town {
    let town = Town::new().await;
    town.publish(with_papers(), 2).await;
    town
}

pub fn our_counter(town: &Town, n: u128) -> Client {
    town.app.as_actor(clerk(n, &department(DEPARTMENT)))
}

pub fn at(application: &Value, rest: &str) -> String {
    format!("{COUNTER}/{}{rest}", application["id"].as_str().unwrap())
}

pub fn person(id_number: &str) -> Value {
    json!({"organisation": false, "name": NAME, "id_number": id_number, "phone": PHONE})
}

pub fn body(applicant: Value) -> Value {
    json!({"item_code": ITEM, "situation_answers": {"reason": "resigned"}, "applicant": applicant, "id_checked": true})
}

/// A draft of the counter, filled in with everything but its papers.
pub async fn filled(counter: &Client, applicant: Value) -> Value {
    let begun = counter.post(COUNTER, &body(applicant)).await.ok();
    let form = json!({"version": begun["version"], "form": answers()});
    let saved = counter.put(&at(&begun, "/form"), &form).await.ok();
    let fields = [("requirement_id", "proof")];
    let scan = ("file", "扫描件.pdf", PDF);
    counter
        .multipart(&at(&begun, "/materials"), &fields, scan)
        .await
        .ok();
    saved
}

/// Takes an application in from beginning to end.
pub async fn taken_in(counter: &Client, applicant: Value) -> Value {
    let ready = filled(counter, applicant).await;
    let papers = json!({"version": ready["version"], "papers": ["proof", "extra"]});
    let marked = counter.put(&at(&ready, "/papers"), &papers).await.ok();
    let hand_in = json!({"version": marked["version"], "consented": true});
    counter.post(&at(&marked, "/submit"), &hand_in).await.ok()
}

#[tokio::test]
async fn a_clerk_takes_in_for_whoever_stands_there() {
    let town = town().await;
    let counter = our_counter(&town, 20);
    let found = counter
        .get("/api/v1/intake/counter/items?q=失业")
        .await
        .ok();
    assert_eq!(found["items"][0]["code"], ITEM);
    assert_eq!(found["items"][0]["for_another"], false);
    let none = counter
        .get("/api/v1/intake/counter/items?q=100%")
        .await
        .ok();
    assert_eq!(none["items"], json!([]));

    let ready = filled(&counter, person(CITIZEN_ID)).await;
    assert_eq!(
        (&ready["channel"], &ready["counter"]["clerk"]),
        (&json!("counter"), &json!("测试20"))
    );
    let proof = &ready["materials"][1];
    assert_eq!(
        (&proof["paper"], &ready["materials"][0]["paper"]),
        (&json!(false), &Value::Null),
        "what is waived is not shown either"
    );

    // Consent and papers are wanted; nothing is lost meanwhile.
    let bare = json!({"version": ready["version"]});
    counter
        .post(&at(&ready, "/submit"), &bare)
        .await
        .refused(422, "intake.consent_missing");
    let agreed = json!({"version": ready["version"], "consented": true});
    let refused = counter.post(&at(&ready, "/submit"), &agreed).await;
    let problem = refused.refused(422, "intake.application_invalid");
    assert_eq!(fields(&problem), ["/materials/extra"]);
    let strange = json!({"version": ready["version"], "papers": ["id_card"]});
    counter
        .put(&at(&ready, "/papers"), &strange)
        .await
        .refused(422, "intake.application_invalid");
    let papers = json!({"version": ready["version"], "papers": ["proof", "extra"]});
    let marked = counter.put(&at(&ready, "/papers"), &papers).await.ok();
    assert_eq!(marked["materials"][1]["paper"], true);
    let hand_in = json!({"version": marked["version"], "consented": true});
    let done = counter.post(&at(&marked, "/submit"), &hand_in).await.ok();
    assert_eq!(done["state"], "submitted");
    assert_eq!(done["query_password"].as_str().unwrap().len(), 6);

    let told = feed::last(&town).await;
    assert_eq!(told.payload["channel"], "counter");
    assert_eq!(told.payload["counter"]["clerk_name"], "测试20");
    assert_eq!(told.payload["counter"]["papers"], json!(["extra", "proof"]));
    assert_eq!(
        told.payload["applicant"]["account_id"],
        json!(tb_testkit::citizen(1).id),
        "the person has an account: it is his from the beginning"
    );
    is_his(&town, &done).await;
    counter_keeps_the_receipt_only(&town, &counter, &done).await;
}

/// The person finds it among his own, and goes on with it himself.
async fn is_his(town: &Town, done: &Value) {
    let mine = town.person(1);
    let seen = look(&mine, done).await;
    assert_eq!(seen["counter"]["office"], department(DEPARTMENT).name);
    let words: Vec<&str> = seen["timeline"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["text"].as_str().unwrap())
        .collect();
    let entered = format!("由{}窗口工作人员代为录入", department(DEPARTMENT).name);
    assert_eq!(words, [entered.as_str(), "已提交申请"]);
    let inbox = mine.get("/api/v1/intake/messages").await.ok();
    assert_eq!(inbox["items"][0]["application_id"], done["id"]);
    let why = json!({"version": seen["version"], "reason": "不办了"});
    mine.post(&path(done, "/withdraw"), &why).await.ok();
}

/// What was handed in is the office's; the counter hands its receipt over and sees no more of it.
async fn counter_keeps_the_receipt_only(town: &Town, counter: &Client, done: &Value) {
    counter
        .get(&at(done, ""))
        .await
        .refused(404, "intake.application_not_found");
    let handed = counter.get(&at(done, "/handed")).await.ok();
    assert_eq!(handed["case_number"], done["case_number"]);
    assert_eq!(handed["applicant"], "欧**甲", "masked in lists");
    assert_eq!(handed["receipt"], Value::Null);
    counter
        .get(&at(done, "/receipt"))
        .await
        .refused(404, "intake.paper_not_found");
    let paper = |kind: &str, title: &str| json!({"id": crate::town::MADE_PAPER, "kind": kind, "number": "1", "title": title});
    let more = json!({"papers": [paper("material_receipt", "申请材料接收凭证")]});
    town.feed_back(number(done), 1, "received", "received", more)
        .await;
    let handed = counter.get(&at(done, "/handed")).await.ok();
    assert_eq!(handed["receipt"]["title"], "申请材料接收凭证");
    let opened = counter.get(&at(done, "/receipt")).await;
    assert_eq!(opened.headers["content-type"], "application/pdf");
    let list = counter.get(&format!("{COUNTER}?handed=true")).await.ok();
    assert_eq!(list["items"][0]["id"], done["id"]);
    let drafts = counter.get(COUNTER).await.ok();
    assert_eq!(drafts["items"], json!([]));
}

#[tokio::test]
async fn what_the_clerk_enters_is_checked() {
    let town = town().await;
    let counter = our_counter(&town, 20);
    let mut unchecked = body(person(CITIZEN_ID));
    unchecked["id_checked"] = false.into();
    counter
        .post(COUNTER, &unchecked)
        .await
        .refused(422, "intake.id_unchecked");
    let wrong = json!({"organisation": false, "name": " ", "id_number": "110105194912310021", "phone": "1"});
    let refused = counter.post(COUNTER, &body(wrong)).await;
    let problem = refused.refused(422, "intake.present_invalid");
    assert_eq!(
        fields(&problem),
        [
            "/applicant/id_number",
            "/applicant/name",
            "/applicant/phone"
        ]
    );
    assert!(
        !problem.to_string().contains("110105"),
        "a number is never repeated"
    );
    let company = json!({"organisation": true, "name": "长沙样例餐饮管理有限公司", "id_number": crate::town::ENTERPRISE,
        "phone": PHONE, "agent_name": "陈示例", "agent_id_number": CITIZEN_ID});
    counter
        .post(COUNTER, &body(company))
        .await
        .refused(422, "intake.audience_mismatch");

    // A name misread is entered anew; the form stays.
    let ready = filled(&counter, person(CITIZEN_ID)).await;
    let mut other = person(CITIZEN_ID);
    other["name"] = "欧阳测丙".into();
    let change = json!({"version": ready["version"], "applicant": other, "id_checked": true});
    let changed = counter.put(&at(&ready, "/applicant"), &change).await.ok();
    assert_eq!(changed["applicant"]["name"], "欧阳测丙");
    assert_eq!(changed["form"], ready["form"]);
}

#[tokio::test]
async fn somebody_else_finds_neither_files_nor_papers_of_the_first() {
    let town = town().await;
    let counter = our_counter(&town, 20);
    let ready = filled(&counter, person(CITIZEN_ID)).await;
    let papers = json!({"version": ready["version"], "papers": ["proof"]});
    let marked = counter.put(&at(&ready, "/papers"), &papers).await.ok();
    let change = async |version: &Value, name: &str, number: &str| {
        let mut other = person(number);
        other["name"] = name.into();
        let body = json!({"version": version, "applicant": other, "id_checked": true});
        counter.put(&at(&ready, "/applicant"), &body).await.ok()
    };
    let there = |view: &Value| {
        let materials = view["materials"].as_array().unwrap();
        let proof = materials.iter().find(|one| one["id"] == "proof").unwrap();
        let files = proof["files"].as_array().unwrap().len();
        (files, proof["paper"].clone())
    };
    assert_eq!(there(&marked), (1, json!(true)));
    // A number mistyped is his own all the same.
    let mended = change(&marked["version"], NAME, OTHER_ID).await;
    assert_eq!(there(&mended), (1, json!(true)));
    let another = change(&mended["version"], "欧阳测丙", CITIZEN_ID).await;
    assert_eq!(there(&another), (0, json!(false)));
    assert_eq!(another["form"], ready["form"]);
}

#[tokio::test]
async fn a_draft_belongs_to_the_counter_alone() {
    let town = town().await;
    let (first, second) = (our_counter(&town, 20), our_counter(&town, 21));
    let ready = filled(&first, person(CITIZEN_ID)).await;
    let drafts = second.get(COUNTER).await.ok();
    assert_eq!(drafts["items"][0]["begun_by"], "测试20");
    // Another clerk of the same counter goes on, and who is late is told so by name.
    let papers = json!({"version": ready["version"], "papers": ["proof"]});
    second.put(&at(&ready, "/papers"), &papers).await.ok();
    let late = first.put(&at(&ready, "/papers"), &papers).await;
    let problem = late.refused(409, "intake.stale_version");
    assert_eq!(problem["args"]["by"], "测试21");

    let gone = "intake.application_not_found";
    let other = town
        .app
        .as_actor(clerk(22, &department("114301020061234999")));
    other.get(&at(&ready, "")).await.refused(404, gone);
    other
        .put(&at(&ready, "/papers"), &papers)
        .await
        .refused(404, gone);
    other.get(&at(&ready, "/handed")).await.refused(404, gone);
    assert_eq!(other.get(COUNTER).await.ok()["items"], json!([]));
    // Not even the person sees it before it is handed in.
    let mine = town.person(1);
    mine.get(&path(&ready, "")).await.refused(404, gone);
    let own = mine.get("/api/v1/intake/applications").await.ok();
    assert_eq!(own["items"], json!([]));

    second.delete(&at(&ready, "")).await;
    assert_eq!(first.get(COUNTER).await.ok()["items"], json!([]));
    first.get(&at(&ready, "")).await.refused(404, gone);
}

#[tokio::test]
async fn a_counter_takes_in_its_own_and_the_comprehensive_one_for_all() {
    let town = town().await;
    let centre = town.app.as_actor(counter_clerk(30, "430102"));
    let elsewhere = town.app.as_actor(counter_clerk(31, "430103"));
    let stranger = town
        .app
        .as_actor(clerk(32, &department("114301020061234999")));
    let items = "/api/v1/intake/counter/items";
    assert_eq!(centre.get(items).await.ok()["items"], json!([]));
    centre
        .post(COUNTER, &body(person(CITIZEN_ID)))
        .await
        .refused(422, "intake.counter_item");

    let mut open = with_papers();
    open["handling"] = json!({"front_desk": "comprehensive"});
    town.publish(open, 3).await;
    let found = centre.get(items).await.ok();
    assert_eq!(found["items"][0]["for_another"], true);
    // A comprehensive counter is told that the item is not let out of its division.
    let refusals = [
        (&elsewhere, "intake.cross_region_item"),
        (&stranger, "intake.counter_item"),
    ];
    for (other, code) in refusals {
        assert_eq!(other.get(items).await.ok()["items"], json!([]));
        other
            .post(COUNTER, &body(person(CITIZEN_ID)))
            .await
            .refused(422, code);
    }
    let done = taken_in(&centre, person(CITIZEN_ID)).await;
    let told = feed::last(&town).await;
    assert_eq!(told.payload["department_code"], DEPARTMENT);
    assert_eq!(
        told.payload["counter"]["office"],
        department("11430102TB00001322").name
    );
    // The office's own counter has not taken it in.
    our_counter(&town, 20)
        .get(&at(&done, "/handed"))
        .await
        .refused(404, "intake.application_not_found");

    town.withdraw_item(3).await;
    assert_eq!(centre.get(items).await.ok()["items"], json!([]));
}

#[tokio::test]
async fn nobody_poses_as_a_counter() {
    let town = town().await;
    let mine = town.person(1);
    let posing = json!({"item_code": ITEM, "situation_answers": {"reason": "resigned"}, "channel": "counter"});
    mine.post("/api/v1/intake/applications", &posing)
        .await
        .refused(422, "intake.channel_reserved");
    let own = draft(&mine).await;
    let consented = json!({"version": own["version"], "consented": true});
    mine.post(&path(&own, "/submit"), &consented)
        .await
        .refused(422, "intake.channel_reserved");
    mine.get(COUNTER).await.refused(403, "http.forbidden");
    // A clerk has no way to what people fill in themselves.
    let counter = our_counter(&town, 20);
    counter
        .get(&path(&own, ""))
        .await
        .refused(403, "http.forbidden");
    counter
        .get(&at(&own, ""))
        .await
        .refused(404, "intake.application_not_found");
    counter
        .put(&at(&own, "/form"), &json!({"version": 1, "form": {}}))
        .await
        .refused(404, "intake.application_not_found");
}
