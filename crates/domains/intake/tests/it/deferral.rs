//! Materials that may follow later: promised at the submission, owed after the acceptance, supplied.

use serde_json::{Value, json};
use tb_testkit::Client;

use crate::town::{PDF, Town, answers, fields, item, look, number, path, upload};

/// A town whose item lets the photograph follow within ten working days.
async fn town() -> Town {
    let town = Town::without_item().await;
    let mut item = item();
    item["materials"][3]["necessity"] = "deferrable".into();
    item["deferral_term"] = json!({"length": 10, "unit": "working_days"});
    town.publish(item, 1).await;
    town
}

/// A draft that lacks nothing but the deferrable material.
async fn filled(mine: &Client) -> Value {
    let body = json!({"item_code": crate::town::ITEM, "situation_answers": {"reason": "resigned"}, "channel": "pc"});
    let draft = mine.post("/api/v1/intake/applications", &body).await.ok();
    let body = json!({"version": draft["version"], "form": answers()});
    let draft = mine.put(&path(&draft, "/form"), &body).await.ok();
    upload(mine, &draft, "proof", "证明.pdf", PDF).await;
    look(mine, &draft).await
}

fn promise(draft: &Value, requirement: &str, by: &str) -> Value {
    json!({"version": draft["version"], "deferred": [{"requirement_id": requirement, "by": by}]})
}

fn extra(view: &Value) -> &Value {
    let materials = view["materials"].as_array().unwrap();
    materials.iter().find(|one| one["id"] == "extra").unwrap()
}

#[tokio::test]
async fn what_is_neither_there_nor_promised_is_asked_for() {
    let town = town().await;
    let mine = town.person(1);
    let draft = filled(&mine).await;
    let latest = extra(&draft)["deferral"]["latest"]
        .as_str()
        .unwrap()
        .to_owned();
    let refused = mine
        .post(
            &path(&draft, "/submit"),
            &json!({"version": draft["version"]}),
        )
        .await
        .refused(422, "intake.application_invalid");
    assert_eq!(fields(&refused), ["/materials/extra"]);
    assert_eq!(
        refused["fields"][0]["code"],
        "intake.field.promise_required"
    );

    for (requirement, by, code) in [
        ("extra", "2020-01-01", "intake.field.promise_day"),
        ("extra", "2099-01-01", "intake.field.promise_day"),
        ("proof", latest.as_str(), "intake.field.not_deferrable"),
        ("nothing", latest.as_str(), "intake.field.not_deferrable"),
    ] {
        let refused = mine
            .put(
                &path(&draft, "/deferred"),
                &promise(&draft, requirement, by),
            )
            .await
            .refused(422, "intake.application_invalid");
        assert_eq!(refused["fields"][0]["code"], code, "{requirement} {by}");
    }
    let kept = mine
        .put(
            &path(&draft, "/deferred"),
            &promise(&draft, "extra", &latest),
        )
        .await
        .ok();
    assert_eq!(extra(&kept)["deferral"]["by"], latest);
    // A file takes the promise's place.
    upload(&mine, &kept, "extra", "其他.pdf", PDF).await;
    let done = mine
        .post(
            &path(&kept, "/submit"),
            &json!({"version": kept["version"]}),
        )
        .await
        .ok();
    let change = crate::feed::last(&town).await;
    assert_eq!(change.payload["deferred"], json!([]));
    assert_eq!(done["state"], "submitted");
}

#[tokio::test]
async fn what_was_promised_is_supplied_after_the_acceptance() {
    let town = town().await;
    let mine = town.person(1);
    let draft = filled(&mine).await;
    let latest = extra(&draft)["deferral"]["latest"]
        .as_str()
        .unwrap()
        .to_owned();
    let kept = mine
        .put(
            &path(&draft, "/deferred"),
            &promise(&draft, "extra", &latest),
        )
        .await
        .ok();
    let done = mine
        .post(
            &path(&kept, "/submit"),
            &json!({"version": kept["version"]}),
        )
        .await
        .ok();
    let owed = json!([{"requirement_id": "extra", "by": latest}]);
    assert_eq!(crate::feed::last(&town).await.payload["deferred"], owed);
    // Before the acceptance nothing can be brought.
    let early = json!({"version": done["version"]});
    mine.post(&path(&done, "/supply"), &early)
        .await
        .refused(409, "intake.nothing_owed");

    let accepted = json!({"deferred": owed, "promised_due": "2026-12-30"});
    town.feed_back(number(&done), 1, "accepted", "examining", accepted)
        .await;
    let view = look(&mine, &done).await;
    assert_eq!(view["editable"], "owed");
    assert_eq!(view["next_action"]["key"], "intake.next.supply");
    assert_eq!(extra(&view)["editable"], true);
    mine.post(
        &path(&view, "/supply"),
        &json!({"version": view["version"]}),
    )
    .await
    .refused(422, "intake.nothing_supplied");
    let proof = [("requirement_id", "proof")];
    mine.multipart(&path(&view, "/materials"), &proof, ("file", "a.pdf", PDF))
        .await
        .refused(422, "intake.material_not_asked");
    upload(&mine, &view, "extra", "其他.pdf", PDF).await;
    let sent = mine
        .post(
            &path(&view, "/supply"),
            &json!({"version": view["version"]}),
        )
        .await
        .ok();
    assert_eq!(extra(&sent)["deferral"]["sent"], true);
    assert_eq!(sent["editable"], "nothing");
    let change = crate::feed::last(&town).await;
    assert_eq!(change.kind, "intake.application.supplied");
    assert_eq!(change.payload["changed"], json!(["extra"]));
    assert_eq!(change.payload["materials"].as_array().unwrap().len(), 2);

    // What the department said before it heard of it does not ask again.
    let step = json!({"deferred": [{"requirement_id": "extra", "by": latest}], "step": "初审"});
    town.feed_back(number(&done), 2, "step_completed", "examining", step)
        .await;
    assert_eq!(look(&mine, &done).await["editable"], "nothing");
    town.feed_back(
        number(&done),
        3,
        "deferred_supplied",
        "examining",
        json!({}),
    )
    .await;
    let view = look(&mine, &done).await;
    assert_eq!(extra(&view)["deferral"], Value::Null);
    mine.post(
        &path(&view, "/supply"),
        &json!({"version": view["version"]}),
    )
    .await
    .refused(409, "intake.nothing_owed");
}
