//! A correction changes what its notice lists, all of it, and nothing else.

use serde_json::{Value, json};
use tb_testkit::Client;

use crate::town::{NAME, PDF, Town, answers, fields, look, number, path, submitted, upload};

async fn asked(town: &Town, mine: &Client, kind: &str, state: &str) -> Value {
    let done = submitted(mine).await;
    let notice = json!({"fields": ["/skill", "/family"], "materials": ["proof"], "reason": "请补充", "applicant_due": "2026-12-04"});
    town.feed_back(number(&done), 1, kind, state, notice).await;
    look(mine, &done).await
}

fn with(key: &str, value: Value) -> Value {
    let mut form = answers();
    form[key] = value;
    form
}

#[tokio::test]
async fn only_listed_parts_may_differ() {
    let town = Town::new().await;
    let mine = town.person(1);
    let asked = asked(&town, &mine, "correction_requested", "correcting").await;
    let body = json!({"version": asked["version"], "form": with("phone", "13907310099".into())});
    let refused = mine
        .put(&path(&asked, "/form"), &body)
        .await
        .refused(422, "intake.form_invalid");
    assert_eq!(fields(&refused), ["/form/phone"]);
    assert_eq!(refused["fields"][0]["code"], "form.not_editable");
    assert_ne!(refused["fields"][0]["message"], "");
    mine.post(&path(&asked, "/correct"), &body)
        .await
        .refused(422, "intake.form_invalid");
    let other = [("requirement_id", "extra")];
    mine.multipart(&path(&asked, "/materials"), &other, ("file", "a.pdf", PDF))
        .await
        .refused(422, "intake.material_not_asked");
    let situation = json!({"version": asked["version"], "situation_answers": {"reason": "closed"}});
    mine.put(&path(&asked, "/situation"), &situation)
        .await
        .refused(409, "intake.not_draft");
    assert_eq!(look(&mine, &asked).await["form"]["phone"], "13907310001");
}

#[tokio::test]
async fn what_offices_say_among_themselves_stops_no_correction() {
    let town = Town::new().await;
    let mine = town.person(1);
    let asked = asked(&town, &mine, "correction_requested", "correcting").await;
    for (version, kind) in [(2, "opinion_asked"), (3, "opinion_given"), (4, "urged")] {
        let said = json!({"reason": "请核实"});
        town.feed_back(number(&asked), version, kind, "correcting", said)
            .await;
    }
    let body = json!({"version": asked["version"], "form": with("skill", "钳工".into())});
    let saved = mine.put(&path(&asked, "/form"), &body).await.ok();
    assert_eq!(saved["timeline"], asked["timeline"]);
    // The mirror has moved all the same: what comes next is the next.
    let due = json!({"fields": ["/skill"], "materials": [], "reason": "请补充", "applicant_due": "2026-12-08"});
    town.feed_back(number(&asked), 5, "correction_requested", "correcting", due)
        .await;
    let seen = look(&mine, &asked).await;
    assert_eq!(seen["applicant_due"], "2026-12-08");
}

#[tokio::test]
async fn a_correction_is_autosaved_apart_and_sent_whole() {
    let town = Town::new().await;
    let mine = town.person(1);
    let asked = asked(&town, &mine, "correction_requested", "correcting").await;
    let saved = mine
        .put(
            &path(&asked, "/form"),
            &json!({"version": asked["version"], "form": with("skill", "钳工".into())}),
        )
        .await
        .ok();
    assert_eq!(saved["form"]["skill"], "钳工");

    let left = mine
        .post(
            &path(&asked, "/correct"),
            &json!({"version": saved["version"]}),
        )
        .await
        .refused(422, "intake.correction_incomplete");
    assert_eq!(fields(&left), ["/form/family", "/materials/proof"]);

    let mut form = with("skill", "钳工".into());
    form["family"] = json!([{"name": "家人"}]);
    upload(&mine, &saved, "proof", "补充.pdf", PDF).await;
    let sent = mine
        .post(
            &path(&asked, "/correct"),
            &json!({"version": saved["version"], "form": form}),
        )
        .await
        .ok();
    assert_eq!(sent["timeline"][2]["kind"], "corrected");
    let change = crate::feed::last(&town).await;
    assert_eq!(change.kind, "intake.application.corrected");
    assert_eq!(
        change.payload["changed"],
        json!(["/family/0", "/skill", "proof"])
    );
    assert_eq!(
        (change.version, &change.payload["form"]["name"]),
        (2, &json!(NAME))
    );
    assert_eq!(change.payload["materials"].as_array().unwrap().len(), 2);
    mine.post(
        &path(&asked, "/correct"),
        &json!({"version": sent["version"]}),
    )
    .await
    .refused(409, "intake.nothing_to_correct");
    mine.put(
        &path(&asked, "/form"),
        &json!({"version": sent["version"], "form": form}),
    )
    .await
    .refused(409, "intake.not_editable");
}

#[tokio::test]
async fn a_remark_explains_what_stays_and_a_pre_review_is_resubmitted() {
    let town = Town::new().await;
    let mine = town.person(1);
    let asked = asked(&town, &mine, "pre_review_returned", "pre_review_returned").await;
    let sent = mine
        .post(
            &path(&asked, "/correct"),
            &json!({"version": asked["version"], "remark": "原件就是这样"}),
        )
        .await
        .ok();
    assert_eq!(
        sent["state"], "pre_review_returned",
        "the department moves the state"
    );
    assert_eq!(sent["standing"]["key"], "intake.standing.correction_sent");
    let change = crate::feed::last(&town).await;
    assert_eq!(change.kind, "intake.application.resubmitted");
    assert_eq!(
        (&change.payload["remark"], &change.payload["changed"]),
        (&json!("原件就是这样"), &json!([]))
    );
}

#[tokio::test]
async fn a_required_material_cannot_be_corrected_away() {
    let town = Town::new().await;
    let mine = town.person(1);
    let asked = asked(&town, &mine, "correction_requested", "correcting").await;
    let file = asked["materials"][1]["files"][0]["id"].as_str().unwrap();
    assert_eq!(
        mine.delete(&path(&asked, &format!("/materials/{file}")))
            .await
            .status,
        204
    );
    let body = json!({"version": asked["version"], "remark": "没有了"});
    let left = mine
        .post(&path(&asked, "/correct"), &body)
        .await
        .refused(422, "intake.correction_incomplete");
    assert_eq!(fields(&left), ["/materials/proof"]);
}

#[tokio::test]
async fn a_second_notice_opens_its_own_list() {
    let town = Town::new().await;
    let mine = town.person(1);
    let first = asked(&town, &mine, "correction_requested", "correcting").await;
    let sent = mine
        .post(
            &path(&first, "/correct"),
            &json!({"version": first["version"], "remark": "见说明"}),
        )
        .await
        .ok();
    town.feed_back(number(&sent), 2, "corrected", "received", json!({}))
        .await;
    town.feed_back(
        number(&sent),
        3,
        "correction_requested",
        "correcting",
        json!({"fields": ["/skill"]}),
    )
    .await;
    let second = look(&mine, &sent).await;
    assert_eq!(
        (
            &second["correction"]["fields"],
            &second["correction"]["materials"]
        ),
        (&json!(["/skill"]), &json!([]))
    );
    let stale = json!({"version": first["version"], "form": with("skill", "木工".into())});
    mine.post(&path(&first, "/correct"), &stale)
        .await
        .refused(409, "intake.stale_version");
    let kinds: Vec<&Value> = second["timeline"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| &entry["kind"])
        .collect();
    assert_eq!(
        kinds.iter().filter(|kind| **kind == "corrected").count(),
        1,
        "an echo is not told twice"
    );
}
