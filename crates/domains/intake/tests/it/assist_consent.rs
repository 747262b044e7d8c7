//! Consent to an assistant, what he can do by it, and what he has filled in.

use serde_json::{Value, json};

use crate::assist::{
    ASKED, DESK, NO_CONSENT, NOT_FOUND, consent, help, kinds, let_in, of, ours, readings, taken, to,
};
use crate::town::{PDF, Town, fields, look, path};

#[tokio::test]
async fn without_consent_nothing_of_a_draft_is_seen() {
    let town = Town::new().await;
    let (mine, desk, draft, _) = taken(&town).await;
    desk.get(&to(&draft, "")).await.refused(403, NO_CONSENT);
    let form = json!({"version": draft["version"], "form": draft["form"]});
    desk.put(&to(&draft, "/form"), &form)
        .await
        .refused(403, NO_CONSENT);
    // Who has nothing to do with it does not hear that there is one.
    ours(&town, 42)
        .get(&to(&draft, ""))
        .await
        .refused(404, NOT_FOUND);
    // The ways of the applicant are closed to him, with consent too.
    consent(&mine, &draft, "fill").await;
    desk.get(&path(&draft, ""))
        .await
        .refused(403, "http.forbidden");
    let submit = json!({"version": draft["version"]});
    desk.post(&path(&draft, "/submit"), &submit)
        .await
        .refused(403, "http.forbidden");
    desk.get("/api/v1/intake/applications")
        .await
        .refused(403, "http.forbidden");
    let other = crate::town::draft(&town.person(2)).await;
    desk.get(&to(&other, "")).await.refused(404, NOT_FOUND);
}

#[tokio::test]
async fn consent_to_look_is_no_consent_to_fill_in() {
    let town = Town::new().await;
    let (mine, desk, draft, _) = let_in(&town, "look").await;
    let seen = desk.get(&to(&draft, "")).await.ok();
    assert_eq!(seen["assist"]["may"], "look");
    assert_eq!(
        readings(&town, "intake.assist.fill").await,
        1,
        "the reading is recorded"
    );
    let only = "intake.assist_look_only";
    let form = json!({"version": draft["version"], "form": draft["form"]});
    desk.put(&to(&draft, "/form"), &form)
        .await
        .refused(403, only);
    let file = ("file", "补.pdf", PDF);
    let fields = [("requirement_id", "extra")];
    let refused = desk
        .multipart(&to(&draft, "/materials"), &fields, file)
        .await;
    refused.refused(403, only);
    // It may be widened, and ends at once by either side.
    consent(&mine, &draft, "fill").await;
    desk.put(&to(&draft, "/form"), &form).await.ok();
    mine.post(&path(&draft, "/assist-consent/end"), &json!({}))
        .await
        .ok();
    desk.get(&to(&draft, "")).await.refused(403, NO_CONSENT);
    mine.post(&path(&draft, "/assist-consent/end"), &json!({}))
        .await
        .refused(403, NO_CONSENT);
}

#[tokio::test]
async fn consent_has_a_last_day_and_is_for_the_applicant_to_give() {
    let town = Town::new().await;
    let (mine, desk, draft, _) = taken(&town).await;
    for day in ["2020-01-01", "2030-01-01"] {
        let body = json!({"may": "fill", "until_on": day});
        let refused = mine.put(&path(&draft, "/assist-consent"), &body).await;
        assert_eq!(
            fields(&refused.refused(422, "intake.assist_invalid")),
            ["/until_on"]
        );
    }
    let today = tb_kernel::office_time::day(town.app.now());
    let body = json!({"may": "fill", "until_on": today});
    town.person(2)
        .put(&path(&draft, "/assist-consent"), &body)
        .await
        .refused(404, NOT_FOUND);
    mine.put(&path(&draft, "/assist-consent"), &body).await.ok();
    desk.get(&to(&draft, "")).await.ok();
    town.app.clock().advance(chrono::Duration::days(1));
    desk.get(&to(&draft, "")).await.refused(403, NO_CONSENT);
    assert_eq!(look(&mine, &draft).await["assist"]["may"], Value::Null);
    // Nobody has taken it: there is nobody to let in.
    let bare = crate::town::draft(&mine).await;
    mine.post(ASKED, &help(json!({"application_id": bare["id"]})))
        .await
        .ok();
    let again = json!({"may": "fill", "until_on": tb_kernel::office_time::day(town.app.now())});
    mine.put(&path(&bare, "/assist-consent"), &again)
        .await
        .refused(409, "intake.assist_not_taken");
}

/// The course of an application, in words.
fn course(seen: &Value) -> Vec<&str> {
    let entries = seen["timeline"].as_array().unwrap().iter();
    entries.map(|one| one["text"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn what_is_filled_in_is_shown_place_by_place_and_checked_before_the_hand_in() {
    let town = Town::new().await;
    let (mine, desk, draft, _) = let_in(&town, "fill").await;
    let mut form = draft["form"].clone();
    form["skill"] = "电工".into();
    form["family"] = json!([{"name": "欧阳测乙"}]);
    let saved = desk
        .put(
            &to(&draft, "/form"),
            &json!({"version": draft["version"], "form": form}),
        )
        .await
        .ok();
    let file = ("file", "补充.pdf", PDF);
    desk.multipart(
        &to(&draft, "/materials"),
        &[("requirement_id", "extra")],
        file,
    )
    .await
    .ok();

    let seen = look(&mine, &draft).await;
    let changes = seen["assist"]["changes"].as_array().unwrap();
    let places: Vec<(&str, &Value, &Value)> = changes
        .iter()
        .map(|one| (one["path"].as_str().unwrap(), &one["before"], &one["after"]))
        .collect();
    assert!(
        places.contains(&("/form/skill", &json!("焊工"), &json!("电工"))),
        "{places:?}"
    );
    assert!(
        places.contains(&("/materials/extra", &Value::Null, &json!(["补充.pdf"]))),
        "{places:?}"
    );
    assert!(
        places
            .iter()
            .any(|(path, ..)| path.starts_with("/form/family")),
        "{places:?}"
    );
    assert_eq!(changes[0]["by"], "测试41");
    assert_eq!(
        course(&seen),
        ["授权帮办员协助填写", "帮办员测试41代为填写"]
    );

    // Whoever writes from what he had before is told who was faster.
    let late = json!({"version": draft["version"], "form": draft["form"]});
    let problem = mine
        .put(&path(&draft, "/form"), &late)
        .await
        .refused(409, "intake.stale_version");
    assert_eq!(problem["args"]["by"], "测试41");
    let submit = json!({"version": saved["version"]});
    let refused = mine.post(&path(&draft, "/submit"), &submit).await;
    assert_eq!(
        refused.refused(409, "intake.assist_unchecked")["args"]["count"],
        places.len().to_string()
    );
    mine.post(
        &path(&draft, "/assist-check"),
        &json!({"version": draft["version"]}),
    )
    .await
    .refused(409, "intake.stale_version");
    let checked = mine
        .post(&path(&draft, "/assist-check"), &submit)
        .await
        .ok();
    assert!(
        checked["assist"]["changes"]
            .as_array()
            .unwrap()
            .iter()
            .all(|one| one["checked"] == true)
    );
    let done = mine.post(&path(&draft, "/submit"), &submit).await.ok();
    assert_eq!(done["assist"], Value::Null);
    // With the hand-in everything of the assistant's ends.
    desk.get(&to(&draft, "")).await.refused(404, NOT_FOUND);
    let over = desk.get(&format!("{DESK}?show=closed")).await.ok();
    assert_eq!(over["items"][0]["outcome"], "submitted");
}

#[tokio::test]
async fn what_the_applicant_writes_himself_is_not_the_assistants() {
    let town = Town::new().await;
    let (mine, desk, draft, _) = let_in(&town, "fill").await;
    let with = |skill: &str, version: &Value| {
        let mut form = draft["form"].clone();
        form["skill"] = skill.into();
        json!({"version": version, "form": form})
    };
    let paths = async || {
        let seen = look(&mine, &draft).await;
        seen["assist"]["changes"].as_array().unwrap().len()
    };
    let one = desk
        .put(&to(&draft, "/form"), &with("电工", &draft["version"]))
        .await
        .ok();
    assert_eq!(paths().await, 1);
    let own = mine
        .put(&path(&draft, "/form"), &with("厨师", &one["version"]))
        .await
        .ok();
    assert_eq!(paths().await, 0, "his own words now");
    let two = desk
        .put(&to(&draft, "/form"), &with("司机", &own["version"]))
        .await
        .ok();
    let seen = look(&mine, &draft).await;
    assert_eq!(seen["assist"]["changes"][0]["before"], "厨师");
    let three = desk
        .put(&to(&draft, "/form"), &with("厨师", &two["version"]))
        .await
        .ok();
    assert_eq!(paths().await, 0, "as it was before");
    let answers = json!({"version": three["version"], "situation_answers": {"reason": "closed"}});
    desk.put(&to(&draft, "/situation"), &answers).await.ok();
    let seen = look(&mine, &draft).await;
    let change = &seen["assist"]["changes"][0];
    assert_eq!(
        (&change["path"], &change["after"]),
        (&json!("/situation_answers/reason"), &json!("closed"))
    );
}

#[tokio::test]
async fn consent_on_a_signed_paper_is_kept_and_told_at_once() {
    let town = Town::new().await;
    let (mine, desk, draft, request) = taken(&town).await;
    let version = request["version"].as_i64().unwrap();
    let at = |rest: &str| of(&request, &format!("/consent?version={version}{rest}"));
    let page = || ("file", "授权书.pdf", PDF);
    let words = [("words", "本人到窗口签字")];
    let refused = desk
        .multipart(&at("&until_on=2026-11-30"), &words, page())
        .await;
    assert_eq!(
        fields(&refused.refused(422, "intake.assist_invalid")),
        ["/may"]
    );
    let kept = desk
        .multipart(&at("&may=fill&until_on=2026-11-30"), &words, page())
        .await
        .ok();
    let paper = kept["consents"][0]["paper"][0].clone();
    assert_eq!(paper["file_name"], "授权书.pdf");
    desk.get(&to(&draft, "")).await.ok();
    let file = format!("/papers/{}", paper["id"].as_str().unwrap());
    desk.get(&of(&request, &file)).await;
    let own = format!("{ASKED}/{}{file}", request["id"].as_str().unwrap());
    assert_eq!(mine.get(&own).await.status, 200);
    ours(&town, 42)
        .get(&of(&request, &file))
        .await
        .refused(404, "intake.material_not_found");
    town.person(2)
        .get(&own)
        .await
        .refused(404, "intake.assist_not_found");
    assert_eq!(kinds(&mine).await, ["assist_paper", "assist_taken"]);
    mine.post(&path(&draft, "/assist-consent/end"), &json!({}))
        .await
        .ok();
    desk.get(&to(&draft, "")).await.refused(403, NO_CONSENT);
}
