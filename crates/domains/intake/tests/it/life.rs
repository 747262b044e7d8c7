//! The whole way of an application, with a department that answers.

use serde_json::{Value, json};

use tb_testkit::Client;

use crate::town::{
    CITIZEN_ID, MADE_PAPER, NAME, PDF, Town, answers, complete, draft, look, number, path,
    submitted, upload,
};

#[tokio::test]
async fn a_draft_is_pinned_and_prefilled() {
    let town = Town::new().await;
    let mine = town.person(1);
    let draft = draft(&mine).await;
    assert_eq!(draft["state"], "draft");
    assert_eq!(
        (&draft["item_version"], &draft["editable"]),
        (&json!(1), &json!("all"))
    );
    assert_eq!(
        draft["form"],
        json!({"name": NAME, "id_number": CITIZEN_ID, "phone": "13907310001"})
    );
    assert_eq!(draft["standing"]["text"], "尚未提交，填写的内容已保存。");
    let asked: Vec<&str> = draft["materials"]
        .as_array()
        .unwrap()
        .iter()
        .map(|m| m["id"].as_str().unwrap())
        .collect();
    assert_eq!(
        asked,
        ["id_card", "proof", "extra"],
        "the closure proof belongs to another situation"
    );
    assert_eq!(
        draft["materials"][0]["required"], false,
        "what is waived need not be handed in"
    );

    // A newer version does not move the draft, and new drafts take it.
    let mut newer = crate::town::item();
    newer["name"] = "失业登记（新）".into();
    town.publish(newer, 2).await;
    assert_eq!(look(&mine, &draft).await["item_name"], "失业登记");
    assert_eq!(
        crate::town::draft(&mine).await["item_name"],
        "失业登记（新）"
    );
}

const PAPER: &str = "0193a000-0000-7000-8000-000000000001";

#[tokio::test]
async fn from_draft_to_rating() {
    let town = Town::new().await;
    let mine = town.person(1);
    let done = submitted(&mine).await;
    let case = number(&done).to_owned();
    assert_eq!(case.len(), 21);
    assert!(case.starts_with("43010220261122"));
    assert_eq!(done["query_password"].as_str().unwrap().len(), 6);
    assert_eq!(done["state"], "submitted");
    assert!(
        look(&mine, &done).await.get("query_password").is_none(),
        "shown once"
    );

    town.feed_back(&case, 1, "received", "received", json!({}))
        .await;
    correct(&town, &mine, &done).await;
    town.feed_back(&case, 3, "corrected", "received", json!({}))
        .await;
    accept(&town, &mine, &done).await;
    town.feed_back(&case, 5, "decided", "decided", json!({"result": "granted"}))
        .await;
    town.feed_back(&case, 6, "closed", "closed", json!({}))
        .await;

    let body = json!({"level": 5, "tags": ["fully_online"], "comment": "很快"});
    let rated = mine.post(&path(&done, "/rating"), &body).await.ok();
    assert_eq!(
        (&rated["rating"]["level"], &rated["result"]),
        (&json!(5), &json!("granted"))
    );
    mine.post(&path(&done, "/rating"), &body)
        .await
        .refused(409, "intake.already_rated");
    assert_eq!(
        kinds(&rated),
        [
            "submitted",
            "received",
            "correction_requested",
            "corrected",
            "accepted",
            "decided",
            "closed",
            "rated"
        ]
    );
}

/// The department asks for a correction, also of parts that are not there; the applicant sends it.
async fn correct(town: &Town, mine: &Client, done: &Value) {
    let notice = json!({"fields": ["/skill", "/nonsense"], "materials": ["proof", "strange"], "reason": "证明不清晰", "applicant_due": "2026-12-04"});
    town.feed_back(
        number(done),
        2,
        "correction_requested",
        "correcting",
        notice,
    )
    .await;
    let asked = look(mine, done).await;
    assert_eq!(
        asked["correction"]["fields"],
        json!(["/skill"]),
        "unknown parts are left out"
    );
    assert_eq!(asked["correction"]["materials"], json!(["proof"]));
    assert_eq!(asked["editable"], "listed");
    assert_eq!(asked["standing"]["text"], "需要您补正。请在12月4日前办理。");

    let mut form = answers();
    form["skill"] = "电工".into();
    let old = asked["materials"][1]["files"][0]["id"].as_str().unwrap();
    assert_eq!(
        mine.delete(&path(&asked, &format!("/materials/{old}")))
            .await
            .status,
        204
    );
    upload(mine, &asked, "proof", "清晰.pdf", PDF).await;
    let body = json!({"version": asked["version"], "form": form});
    let fixed = mine.post(&path(&asked, "/correct"), &body).await.ok();
    assert_eq!(
        (&fixed["correction"]["open"], &fixed["editable"]),
        (&json!(false), &json!("nothing"))
    );
    assert_eq!(fixed["form"]["skill"], "电工");
}

/// The department accepts, with dates and a paper.
async fn accept(town: &Town, mine: &Client, done: &Value) {
    let accepted = json!({"promised_due": "2026-11-27", "legal_due": "2026-12-18", "derivation": {"steps": []},
        "papers": [{"id": MADE_PAPER, "kind": "acceptance_receipt", "number": "芙人社受〔2026〕1号", "title": "受理通知书"},
            {"id": PAPER, "kind": "decision", "number": "芙人社决〔2026〕1号", "title": "决定书"}]});
    town.feed_back(number(done), 4, "accepted", "examining", accepted)
        .await;
    let examining = look(mine, done).await;
    assert_eq!(
        examining["standing"]["text"],
        "已受理，正在审查。预计11月27日前办结。"
    );
    assert_eq!(examining["standing"]["args"]["promised_on"], "2026-11-27");
    assert_eq!(examining["derivation"], json!({"steps": []}));

    let paper = path(done, &format!("/papers/{PAPER}"));
    mine.get(&paper)
        .await
        .refused(503, "intake.paper_not_ready");
    let opened = mine
        .get(&path(done, &format!("/papers/{MADE_PAPER}")))
        .await;
    assert_eq!((opened.status.as_u16(), &opened.bytes[..]), (200, PDF));
    assert_eq!(opened.headers["content-type"], "application/pdf");
    let other = path(done, "/papers/0193a000-0000-7000-8000-000000000002");
    mine.get(&other)
        .await
        .refused(404, "intake.paper_not_found");
    mine.post(&path(done, "/rating"), &json!({"level": 5}))
        .await
        .refused(409, "intake.not_ratable");
}

fn kinds(view: &Value) -> Vec<String> {
    view["timeline"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["kind"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn a_draft_is_deleted_and_a_submitted_application_withdrawn() {
    let town = Town::new().await;
    let mine = town.person(1);
    let ready = complete(&mine).await;
    mine.post(
        &path(&ready, "/withdraw"),
        &json!({"version": ready["version"], "reason": "不办了"}),
    )
    .await
    .refused(409, "intake.draft_not_withdrawable");
    assert_eq!(mine.delete(&path(&ready, "")).await.status, 204);
    mine.get(&path(&ready, ""))
        .await
        .refused(404, "intake.application_not_found");

    let done = submitted(&mine).await;
    mine.delete(&path(&done, ""))
        .await
        .refused(409, "intake.not_draft");
    mine.post(
        &path(&done, "/withdraw"),
        &json!({"version": done["version"], "reason": " "}),
    )
    .await
    .refused(422, "intake.reason_invalid");
    let asked = mine
        .post(
            &path(&done, "/withdraw"),
            &json!({"version": done["version"], "reason": "不办了"}),
        )
        .await
        .ok();
    assert_eq!(
        (&asked["withdrawal_pending"], &asked["state"]),
        (&json!(true), &json!("submitted"))
    );
    mine.post(
        &path(&done, "/withdraw"),
        &json!({"version": asked["version"], "reason": "不办了"}),
    )
    .await
    .refused(409, "intake.withdrawal_pending");

    town.feed_back(
        number(&done),
        1,
        "withdrawal_rejected",
        "received",
        json!({"reason": "已进入审查"}),
    )
    .await;
    let back = look(&mine, &done).await;
    assert_eq!(back["withdrawal_pending"], false);
    let again = mine
        .post(
            &path(&done, "/withdraw"),
            &json!({"version": back["version"], "reason": "还是不办了"}),
        )
        .await
        .ok();
    assert_eq!(again["withdrawal_pending"], true);
    town.feed_back(number(&done), 2, "withdrawn", "withdrawn", json!({}))
        .await;
    let gone = look(&mine, &done).await;
    assert_eq!(
        (&gone["withdrawal_pending"], &gone["state"]),
        (&json!(false), &json!("withdrawn"))
    );
    mine.post(
        &path(&done, "/withdraw"),
        &json!({"version": gone["version"], "reason": "再撤"}),
    )
    .await
    .refused(409, "intake.not_withdrawable");
}

#[tokio::test]
async fn the_list_pages_and_filters() {
    let town = Town::new().await;
    let mine = town.person(1);
    for _ in 0..3 {
        draft(&mine).await;
        town.app.clock().advance(chrono::Duration::seconds(1));
    }
    let done = submitted(&mine).await;
    let first = mine.get("/api/v1/intake/applications?limit=2").await.ok();
    assert_eq!(first["items"][0]["id"], done["id"], "newest first");
    let cursor = first["next_cursor"].as_str().unwrap();
    let second = mine
        .get(&format!(
            "/api/v1/intake/applications?limit=2&cursor={cursor}"
        ))
        .await
        .ok();
    assert_eq!(
        (
            second["items"].as_array().unwrap().len(),
            &second["next_cursor"]
        ),
        (2, &Value::Null)
    );
    let drafts = mine
        .get("/api/v1/intake/applications?state=draft")
        .await
        .ok();
    assert_eq!(drafts["items"].as_array().unwrap().len(), 3);
    let both = mine
        .get("/api/v1/intake/applications?state=draft,submitted")
        .await
        .ok();
    assert_eq!(both["items"].as_array().unwrap().len(), 4);
    let none = mine
        .get("/api/v1/intake/applications?state=strange")
        .await
        .ok();
    assert!(none["items"].as_array().unwrap().is_empty());
    let code = done["item_code"].as_str().unwrap();
    for (item, many) in [(code, 1), ("11430102TB0000000", 0)] {
        let query = format!("/api/v1/intake/applications?state=submitted&item={item}");
        let found = mine.get(&query).await.ok();
        assert_eq!(found["items"].as_array().unwrap().len(), many, "{item}");
    }
    mine.get("/api/v1/intake/applications?cursor=x")
        .await
        .refused(422, "http.bad_cursor");
}
