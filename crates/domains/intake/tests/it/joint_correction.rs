//! The one correction of a joint matter that is answered as one, its course and its messages.

use serde_json::{Value, json};
use tb_testkit::Client;

use crate::joint::{
    answers, begun, filled, handed_in, matter, number_of, part, told, town, town_of,
};
use crate::town::{PDF, Town, fields, look, path, upload};

/// A town whose matter is answered as one.
async fn merged_town() -> Town {
    let mut one = matter();
    one["merged"] = true.into();
    town_of(one).await
}

/// Two departments ask for corrections in the same moment: the same answer and file, and one of its own.
async fn asked(town: &Town, mine: &Client) -> Value {
    let done = handed_in(mine, "large", "no").await;
    let list = |fields: Value, reason: &str, due: &str| json!({"fields": fields, "materials": ["proof"], "reason": reason, "applicant_due": due, "joint": done["case_number"]});
    let food = list(json!(["/skill"]), "写明工种", "2026-12-14");
    let fire = list(json!(["/skill", "/family"]), "补充家庭成员", "2026-12-11");
    for (name, list) in [("食品经营许可", food), ("消防安全检查", fire)] {
        let number = number_of(&done, name);
        town.say(&number, 1, "correction_requested", "correcting", list)
            .await;
    }
    town.app.run_events().await;
    look(mine, &done).await
}

async fn inbox(mine: &Client) -> Vec<String> {
    let all = mine.get("/api/v1/intake/messages?limit=100").await.ok();
    let all = all["items"].as_array().unwrap().iter();
    all.map(|one| one["kind"].as_str().unwrap().to_owned())
        .collect()
}

/// The draft with another file in the place of the one that was found wanting.
async fn with_another_proof(mine: &Client, saved: &Value) -> Value {
    let mut materials = saved["materials"].as_array().unwrap().iter();
    let old = materials.find(|one| one["id"] == "proof").unwrap();
    let file = old["files"][0]["id"].as_str().unwrap();
    let _gone = mine
        .delete(&path(saved, &format!("/materials/{file}")))
        .await;
    upload(mine, saved, "proof", "新证明.pdf", PDF).await;
    look(mine, saved).await
}

#[tokio::test]
async fn what_several_departments_want_is_corrected_in_one_go() {
    let town = merged_town().await;
    let mine = town.person(1);
    let whole = asked(&town, &mine).await;
    let correction = &whole["correction"];
    assert_eq!(correction["fields"], json!(["/skill", "/fire_family"]));
    assert_eq!(correction["materials"], json!(["proof"]), "once");
    assert_eq!(correction["due"], "2026-12-11", "the first last day");
    assert_eq!(
        (&whole["editable"], &whole["next_action"]["key"]),
        (&json!("listed"), &json!("intake.next.correct"))
    );
    let reason = correction["reason"].as_str().unwrap();
    assert!(
        reason.contains("【食品经营许可·食品经营许可的局】\n写明工种"),
        "{reason}"
    );

    let child = look(&mine, part(&whole, "消防安全检查")).await;
    assert_eq!(
        (&child["editable"], &child["next_action"]["key"]),
        (&json!("nothing"), &json!("intake.next.joint_correct"))
    );
    let alone = json!({"version": child["version"], "form": child["form"], "remark": "改了"});
    mine.post(&path(&child, "/correct"), &alone)
        .await
        .refused(409, "intake.joint_correct_whole");

    // Nobody asked for the name.
    let mut form = whole["form"].clone();
    form["skill"] = "一级厨".into();
    form["fire_family"] = json!([{"name": "李四"}]);
    let mut strange = form.clone();
    strange["name"] = "别人".into();
    let body = json!({"version": whole["version"], "form": strange});
    mine.put(&path(&whole, "/form"), &body)
        .await
        .refused(422, "intake.form_invalid");
    let saved = mine
        .put(
            &path(&whole, "/form"),
            &json!({"version": whole["version"], "form": form}),
        )
        .await
        .ok();
    let left = mine
        .post(
            &path(&saved, "/correct"),
            &json!({"version": saved["version"]}),
        )
        .await;
    assert_eq!(
        fields(&left.refused(422, "intake.correction_incomplete")),
        ["/materials/proof"]
    );
    let now = with_another_proof(&mine, &saved).await;
    let sent = mine
        .post(&path(&now, "/correct"), &json!({"version": now["version"]}))
        .await
        .ok();
    assert_eq!(
        (&sent["editable"], &sent["form"]["skill"]),
        (&json!("nothing"), &json!("一级厨"))
    );
    goes_to_each(&town, &sent).await;

    // Later it is as it was corrected, also where one is asked again.
    let fire = number_of(&sent, "消防安全检查");
    town.feed_back(
        &fire,
        2,
        "corrected",
        "received",
        json!({"joint": sent["case_number"]}),
    )
    .await;
    let after = look(&mine, &sent).await;
    assert_eq!(
        after["correction"],
        Value::Null,
        "nothing is asked any more"
    );
}

/// Each department gets its own parts, and no other's.
async fn goes_to_each(town: &Town, whole: &Value) {
    let events = told(town).await;
    for (name, family) in [("食品经营许可", false), ("消防安全检查", true)] {
        let number = number_of(whole, name);
        let sent = events
            .iter()
            .rfind(|one| one.key == number && one.kind == "intake.application.corrected");
        let payload = &sent.unwrap().payload;
        assert_eq!(payload["form"]["skill"], "一级厨", "{name}");
        assert_eq!(
            payload["form"]
                .get("family")
                .is_some_and(|rows| rows[0]["name"] == "李四"),
            family,
            "{name}"
        );
        let proofs: Vec<&Value> = payload["materials"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|one| one["requirement_id"] == "proof")
            .collect();
        assert_eq!(
            (proofs.len(), &proofs[0]["file_name"]),
            (1, &json!("新证明.pdf")),
            "{name}"
        );
        assert!(
            payload["changed"]
                .as_array()
                .unwrap()
                .contains(&json!("proof")),
            "{name}"
        );
    }
}

#[tokio::test]
async fn what_one_item_finds_wrong_sends_none() {
    let town = merged_town().await;
    let mine = town.person(1);
    let whole = asked(&town, &mine).await;
    let mut form = whole["form"].clone();
    // Too long for the fire brigade alone.
    form["skill"] = "高级中式烹调师".into();
    form["fire_family"] = json!([{"name": "李四"}]);
    let body = json!({"version": whole["version"], "form": form, "remark": "证明没有变化"});
    let refused = mine
        .post(&path(&whole, "/correct"), &body)
        .await
        .refused(422, "intake.correction_incomplete");
    assert_eq!(fields(&refused), ["/form/skill"]);
    assert!(
        refused["fields"][0]["message"]
            .as_str()
            .unwrap()
            .starts_with("消防安全检查：")
    );
    let events = told(&town).await;
    assert!(
        events
            .iter()
            .all(|one| one.kind != "intake.application.corrected"),
        "all or none"
    );
    assert_eq!(look(&mine, &whole).await["correction"]["open"], true);
}

#[tokio::test]
async fn the_course_of_the_whole_names_item_and_office_and_tells_a_fact_once() {
    let town = merged_town().await;
    let mine = town.person(1);
    let whole = asked(&town, &mine).await;
    let entries = whole["timeline"].as_array().unwrap();
    let items: Vec<&str> = entries
        .iter()
        .filter(|one| one["kind"] == "correction_requested")
        .map(|one| one["item"].as_str().unwrap())
        .collect();
    assert_eq!(items, ["食品经营许可", "消防安全检查"]);
    assert!(
        entries
            .iter()
            .filter(|one| one["item"].is_string())
            .all(|one| one["office"] != ""),
        "the office did it"
    );
    let told = |kinds: &[String], kind: &str| kinds.iter().filter(|one| *one == kind).count();
    let kinds = inbox(&mine).await;
    assert_eq!(
        (
            told(&kinds, "joint_correction"),
            told(&kinds, "correction_requested")
        ),
        (1, 0),
        "{kinds:?}"
    );

    // Where each department answers by itself, each asks by itself.
    let apart = crate::joint::town().await;
    let mine = apart.person(1);
    let whole = asked(&apart, &mine).await;
    let kinds = inbox(&mine).await;
    assert_eq!(
        (
            told(&kinds, "joint_correction"),
            told(&kinds, "correction_requested")
        ),
        (0, 2),
        "{kinds:?}"
    );
    assert_eq!(whole["editable"], "nothing");
}

#[tokio::test]
async fn one_choice_of_delivery_counts_for_all_items() {
    let town = town().await;
    let mine = town.person(1);
    let draft = begun(&mine, "large", "no").await;
    let ready = filled(&mine, &draft, answers()).await;
    let ready = look(&mine, &ready).await;
    assert_eq!(
        ready["delivery"]["offered"],
        json!(["pick_up", "courier", "online"])
    );
    let to = |view: &Value, way: &str| json!({"version": view["version"], "way": way});
    let choice = to(&ready, "pick_up");
    let chosen = mine.put(&path(&ready, "/delivery"), &choice).await.ok();
    let body = json!({"version": chosen["version"]});
    let done = mine.post(&path(&chosen, "/submit"), &body).await.ok();
    let events = told(&town).await;
    let first: Vec<&Value> = events
        .iter()
        .map(|one| &one.payload["delivery"]["way"])
        .collect();
    assert_eq!(
        first,
        [&json!("pick_up"), &json!("pick_up")],
        "it goes with each"
    );
    // Changed on the whole, it is changed for each item whose result is not on its way.
    let online = mine
        .put(&path(&done, "/delivery"), &to(&done, "online"))
        .await
        .ok();
    assert_eq!(online["delivery"]["way"], "online");
    let events = told(&town).await;
    let changed = events
        .iter()
        .filter(|one| one.kind == "intake.application.delivery_chosen");
    assert_eq!(changed.count(), 2);
    let child = look(&mine, part(&online, "消防安全检查")).await;
    assert_eq!(child["delivery"]["way"], "online");
    // An item that offers no choice leaves none for the whole.
    let all = begun(&town.person(2), "large", "yes").await;
    assert_eq!(all["delivery"], Value::Null);
}

#[tokio::test]
async fn some_of_the_items_are_promised_for_what_they_need() {
    let town = merged_town().await;
    let mine = town.person(1);
    let all = handed_in(&mine, "large", "yes").await;
    let some = handed_in(&town.person(2), "small", "no").await;
    // The whole has eight working days, the one that is left three.
    assert_eq!(all["promised_due"], "2026-12-02");
    assert_eq!(some["promised_due"], "2026-11-25");
}
