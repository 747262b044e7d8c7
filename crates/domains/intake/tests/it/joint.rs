//! A joint matter: filled in once, split to its departments, followed as one.

use serde_json::{Value, json};
use tb_contract::events::JointItemPublished;
use tb_contract::joint::JointItem;
use tb_contract::topics;
use tb_kernel::Event;
use tb_storage::Position;
use tb_testkit::{Client, citizen};

use crate::town::{CITIZEN_ID, NAME, PDF, PHONE, Town, fields, item, look, path, upload};

pub const JOINT: &str = "YJS-TEST-1";
const ITEMS: [(&str, &str, &str); 3] = [
    ("food", "食品经营许可", "114301020061234567"),
    ("fire", "消防安全检查", "114301020061234568"),
    ("sign", "户外招牌", "114301020061234569"),
];

pub fn code(key: &str) -> String {
    format!("TEST-{}", key.to_uppercase())
}

/// Three items of three departments: one asks for the common and its own, the others likewise.
pub fn member(at: usize) -> Value {
    let (key, name, department) = ITEMS[at];
    let mut one = item();
    one["code"] = code(key).into();
    one["name"] = name.into();
    one["department_code"] = department.into();
    one["department_name"] = format!("{name}的局").into();
    if key != "sign" {
        one["handling"] = json!({"delivery": ["pick_up", "courier", "online"]});
    }
    if key == "food" {
        one["promised_term"] = json!({"length": 3, "unit": "working_days"});
        // Hidden from those who say so; another member asks it of everybody, and so does the whole.
        let skill = &mut one["form"]["sections"][0]["fields"][4];
        skill["visible_when"] = json!({"field": "name", "op": "not_equals", "value": "无技能"});
    }
    if key == "fire" {
        let skill = &mut one["form"]["sections"][0]["fields"][4];
        skill["required"] = true.into();
        // Shorter than the whole's own form allows: only this member finds out.
        skill["max_length"] = 4.into();
    }
    one
}

pub fn matter() -> Value {
    let member = |key: &str, when: Value, after: Value| json!({"key": key, "item_code": code(key), "when": when, "after": after, "answers": {"reason": "resigned"}});
    let shared = |key: &str, own: &str| {
        let parts: Vec<Value> = ITEMS
            .iter()
            .map(|(member, ..)| json!({"member": member, "key": own}))
            .collect();
        json!({"key": key, "parts": parts})
    };
    json!({
        "code": JOINT, "name": "开办餐饮店", "lead_department_code": ITEMS[0].2, "lead_department_name": "牵头局",
        "region": "430102", "audience": ["natural_person"], "sample": true,
        "promised_term": {"length": 8, "unit": "working_days"},
        "situations": [{"id": "size", "question": "多大？", "options": [{"id": "small", "label": "小"}, {"id": "large", "label": "大"}]},
            {"id": "sign", "question": "要招牌吗？", "options": [{"id": "no", "label": "不要"}, {"id": "yes", "label": "要"}]}],
        "members": [member("food", json!([]), json!([])),
            member("fire", json!([{"question": "size", "options": ["large"]}]), json!([])),
            member("sign", json!([{"question": "sign", "options": ["yes"]}]), json!(["food"]))],
        "shared_fields": [shared("name", "name"), shared("id_number", "id_number"), shared("phone", "phone"), shared("home", "home"),
            {"key": "skill", "parts": [{"member": "food", "key": "skill"}, {"member": "fire", "key": "skill"}]}],
        "shared_materials": [shared("proof", "proof")]
    })
}

pub async fn town() -> Town {
    town_of(matter()).await
}

pub async fn town_of(matter: Value) -> Town {
    let town = Town::without_item().await;
    for at in 0..ITEMS.len() {
        town.publish(member(at), 1).await;
    }
    let item: JointItem = serde_json::from_value(matter).unwrap();
    let payload = JointItemPublished {
        code: JOINT.to_owned(),
        version: 1,
        item,
    };
    let kind = "catalogue.joint_item.published";
    town.emit(topics::CATALOGUE, JOINT, kind, 1, &payload).await;
    town.app.run_events().await;
    town
}

pub async fn begun(mine: &Client, size: &str, sign: &str) -> Value {
    let body = json!({"item_code": JOINT, "situation_answers": {"size": size, "sign": sign}, "channel": "pc"});
    mine.post("/api/v1/intake/applications", &body).await.ok()
}

pub async fn filled(mine: &Client, draft: &Value, form: Value) -> Value {
    let body = json!({"version": draft["version"], "form": form});
    let saved = mine.put(&path(draft, "/form"), &body).await.ok();
    upload(mine, &saved, "proof", "证明.pdf", PDF).await;
    saved
}

pub fn answers() -> Value {
    json!({"name": NAME, "id_number": CITIZEN_ID, "phone": PHONE, "home": {"code": "430102001001"}, "skill": "厨师"})
}

pub async fn handed_in(mine: &Client, size: &str, sign: &str) -> Value {
    let draft = begun(mine, size, sign).await;
    let ready = filled(mine, &draft, answers()).await;
    let body = json!({"version": ready["version"]});
    mine.post(&path(&ready, "/submit"), &body).await.ok()
}

pub async fn told(town: &Town) -> Vec<Event> {
    town.app.settle().await;
    let log = town.app.log();
    let all = log.read(topics::INTAKE_CHANGE, Position::default(), 500);
    all.await.unwrap().into_iter().map(|(_, one)| one).collect()
}

pub fn part<'a>(whole: &'a Value, name: &str) -> &'a Value {
    let all = whole["parts"].as_array().unwrap();
    all.iter().find(|one| one["item_name"] == name).unwrap()
}

pub fn number_of(whole: &Value, name: &str) -> String {
    part(whole, name)["case_number"]
        .as_str()
        .unwrap()
        .to_owned()
}

#[tokio::test]
async fn one_form_becomes_a_case_for_each_department() {
    let town = town().await;
    let mine = town.person(1);
    let draft = begun(&mine, "large", "yes").await;
    assert_eq!(
        draft["form"],
        json!({"name": NAME, "id_number": CITIZEN_ID, "phone": PHONE})
    );
    let asked: Vec<&str> = draft["materials"]
        .as_array()
        .unwrap()
        .iter()
        .map(|m| m["id"].as_str().unwrap())
        .collect();
    assert_eq!(
        asked.iter().filter(|id| **id == "proof").count(),
        1,
        "asked for once: {asked:?}"
    );
    assert_eq!(
        draft["materials"][1]["notes"],
        "用于：食品经营许可、消防安全检查、户外招牌。"
    );

    let photo = upload(
        &mine,
        &draft,
        "form.fire_photo",
        "照片.png",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    )
    .await;
    let mut form = answers();
    form["fire_photo"] = json!([photo["id"]]);
    let ready = filled(&mine, &draft, form).await;
    let once = town.app.as_actor(citizen(1)).once("hand-in-1");
    let body = json!({"version": ready["version"]});
    let done = once.post(&path(&ready, "/submit"), &body).await.ok();
    let again = once.post(&path(&ready, "/submit"), &body).await.ok();
    assert_eq!(done, again, "the same key, the same answer");

    assert_eq!(done["parts"].as_array().unwrap().len(), 3);
    assert_eq!(part(&done, "户外招牌")["state"], "waiting");
    assert_eq!(part(&done, "户外招牌")["after"], json!(["食品经营许可"]));
    assert_eq!(done["promised_due"], "2026-12-02");
    let events = told(&town).await;
    assert_eq!(
        events.len(),
        2,
        "who waits is not sent yet, and nothing is sent twice"
    );
    for (event, (_, name, department)) in events.iter().zip(ITEMS) {
        assert_eq!(event.kind, "intake.application.submitted");
        assert_eq!(event.department_code.as_deref(), Some(department));
        assert_eq!(event.payload["form"]["name"], NAME);
        let files = event.payload["materials"].as_array().unwrap();
        assert!(files.iter().any(|file| file["requirement_id"] == "proof"));
        assert_eq!(event.payload["joint"]["number"], done["case_number"]);
        assert_eq!(event.payload["joint"]["cases"].as_array().unwrap().len(), 3);
        assert_eq!(event.key, number_of(&done, name));
    }
    // The file of the form's own field went along under a name of its own.
    let of_fire = &events[1].payload;
    let photo_of_fire = of_fire["materials"]
        .as_array()
        .unwrap()
        .iter()
        .find(|m| m["requirement_id"] == "form.photo")
        .unwrap();
    assert_eq!(of_fire["form"]["photo"], json!([photo_of_fire["id"]]));
    assert_ne!(photo_of_fire["id"], photo["id"]);
    assert!(events[0].payload["form"].get("photo").is_none());

    stands_as_one(&town, &mine, &done).await;
}

/// One line in the list, one password, and nothing for strangers.
async fn stands_as_one(town: &Town, mine: &Client, done: &Value) {
    let list = mine.get("/api/v1/intake/applications").await.ok();
    assert_eq!(
        list["items"].as_array().unwrap().len(),
        1,
        "one matter, one line"
    );
    assert_eq!(list["items"][0]["is_joint"], true);
    let child = look(mine, part(done, "消防安全检查")).await;
    assert_eq!(child["joint"]["number"], done["case_number"]);
    let stranger = town.person(2);
    stranger
        .get(&path(&child, ""))
        .await
        .refused(404, "intake.application_not_found");
    // One password opens the whole and each of its cases.
    for number in [
        done["case_number"].as_str().unwrap(),
        &number_of(done, "食品经营许可"),
    ] {
        let body = json!({"case_number": number, "password": done["query_password"]});
        town.app
            .client()
            .post("/api/v1/intake/progress", &body)
            .await
            .ok();
    }
}

#[tokio::test]
async fn what_does_not_apply_is_neither_asked_nor_sent() {
    let town = town().await;
    let mine = town.person(1);
    let draft = begun(&mine, "large", "yes").await;
    let mut form = answers();
    form["fire_family"] = json!([{"name": "张三"}]);
    let saved = filled(&mine, &draft, form).await;
    let change = |size: &str, version: &Value| json!({"version": version, "situation_answers": {"size": size, "sign": "no"}});
    let small = mine
        .put(
            &path(&saved, "/situation"),
            &change("small", &saved["version"]),
        )
        .await
        .ok();
    assert!(small["form"].get("fire_family").is_none(), "not asked now");
    assert_ne!(small["form_document"]["key"], draft["form_document"]["key"]);
    // Saved meanwhile without it, it comes back with the situation that asks for it.
    let body = json!({"version": small["version"], "form": small["form"]});
    let small = mine.put(&path(&small, "/form"), &body).await.ok();
    let large = mine
        .put(
            &path(&small, "/situation"),
            &change("large", &small["version"]),
        )
        .await
        .ok();
    assert_eq!(large["form"]["fire_family"], json!([{"name": "张三"}]));
    let small = mine
        .put(
            &path(&large, "/situation"),
            &change("small", &large["version"]),
        )
        .await
        .ok();
    let done = mine
        .post(
            &path(&small, "/submit"),
            &json!({"version": small["version"]}),
        )
        .await
        .ok();
    assert_eq!(done["parts"].as_array().unwrap().len(), 1);
    assert_eq!(told(&town).await.len(), 1);
}

#[tokio::test]
async fn one_that_fails_hands_in_none() {
    let town = town().await;
    let mine = town.person(1);
    let draft = begun(&mine, "large", "no").await;
    let mut form = answers();
    form["name"] = "无技能".into();
    form["skill"] = "中式烹调师".into();
    let ready = filled(&mine, &draft, form).await;
    let body = json!({"version": ready["version"]});
    let refused = mine
        .post(&path(&ready, "/submit"), &body)
        .await
        .refused(422, "intake.application_invalid");
    assert_eq!(fields(&refused), ["/form/skill"]);
    let message = refused["fields"][0]["message"].as_str().unwrap();
    assert!(message.starts_with("消防安全检查："), "{message}");
    let fields = &ready["form_document"]["sections"][0]["fields"];
    let trade = fields
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["key"] == "skill");
    assert_eq!(
        trade.unwrap().get("visible_when"),
        None,
        "asked of everybody"
    );
    let still = look(&mine, &ready).await;
    assert_eq!(
        (&still["state"], &still["parts"]),
        (&json!("draft"), &json!([]))
    );
    assert!(told(&town).await.is_empty());
}

#[tokio::test]
async fn the_whole_follows_two_that_end_at_once() {
    let town = town().await;
    let mine = town.person(1);
    let done = handed_in(&mine, "large", "no").await;
    let (food, fire) = (
        number_of(&done, "食品经营许可"),
        number_of(&done, "消防安全检查"),
    );
    town.feed_back(&food, 1, "received", "received", json!({}))
        .await;
    mended(&town, &mine, &done, &fire).await;

    // A later promise of one moves the whole; then both decide in the same moment.
    town.feed_back(
        &food,
        2,
        "accepted",
        "accepted",
        json!({"promised_due": "2026-12-09", "derivation": {"date": "2026-12-09"}}),
    )
    .await;
    let later = look(&mine, &done).await;
    assert_eq!(
        (&later["promised_due"], &later["derivation"]["date"]),
        (&json!("2026-12-09"), &json!("2026-12-09"))
    );
    town.say(
        &food,
        3,
        "decided",
        "decided",
        json!({"result": "granted", "joint": done["case_number"]}),
    )
    .await;
    town.say(
        &fire,
        2,
        "decided",
        "decided",
        json!({"result": "denied", "joint": done["case_number"]}),
    )
    .await;
    for (number, version) in [(&food, 4), (&fire, 3)] {
        town.say(number, version, "closed", "closed", json!({}))
            .await;
    }
    town.app.run_events().await;
    let end = look(&mine, &done).await;
    assert_eq!(
        end["standing"]["text"],
        "全部办完：1 个事项已获批，1 个没有获批，结果见各事项。"
    );
    assert_eq!(
        (&end["state"], &end["result"]),
        (&json!("closed"), &Value::Null)
    );

    others_are_told(&town, &food, &fire).await;
    can_be_rated(&town).await;
    rated_once(&town, &mine, &end).await;
}

/// Each department hears how the other case stands, of no person, and without gaps.
async fn others_are_told(town: &Town, food: &str, fire: &str) {
    let events = told(town).await;
    let moved: Vec<&Event> = events
        .iter()
        .filter(|one| one.kind == "intake.application.joint_moved")
        .collect();
    let last = moved.iter().rfind(|one| one.key == food).unwrap();
    let states: Vec<&str> = last.payload["joint"]["cases"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["state"].as_str().unwrap())
        .collect();
    assert_eq!(
        states[1], "closed",
        "each department hears how the other case stands"
    );
    assert!(!last.payload.to_string().contains(NAME), "and of no person");
    for number in [food, fire] {
        let versions: Vec<i64> = events
            .iter()
            .filter(|one| one.key == number)
            .map(|one| one.version)
            .collect();
        assert_eq!(
            versions,
            (1..=i64::try_from(versions.len()).unwrap()).collect::<Vec<_>>(),
            "without gaps"
        );
    }
}

/// One item wants a correction: the whole says so, and the item's own page takes it.
async fn mended(town: &Town, mine: &Client, done: &Value, fire: &str) {
    let notice = json!({"fields": ["/skill"], "materials": [], "reason": "写明工种", "applicant_due": "2026-12-04"});
    town.feed_back(fire, 1, "correction_requested", "correcting", notice)
        .await;
    let turn = look(mine, done).await;
    assert_eq!(turn["standing"]["text"], "共 2 个事项，1 个需要您办理。");
    assert_eq!(
        (&turn["state"], &turn["editable"]),
        (&json!("correcting"), &json!("nothing"))
    );
    let child = look(mine, part(&turn, "消防安全检查")).await;
    let mut form = child["form"].clone();
    form["skill"] = "一级厨师".into();
    let body = json!({"version": child["version"], "form": form, "remark": ""});
    mine.post(&path(&child, "/correct"), &body).await.ok();
}

/// Each case counts among those that can be rated, before anybody has; its applicant is asked by the whole.
async fn can_be_rated(town: &Town) {
    let log = town.app.log();
    let all = log.read(topics::RATING, Position::default(), 100);
    let invited: Vec<Event> = all.await.unwrap().into_iter().map(|(_, one)| one).collect();
    assert_eq!(invited.len(), 2);
    for one in invited {
        assert_eq!(one.kind, "intake.rating.invited");
        assert_eq!(one.payload["joint"], true);
    }
}

/// One rating of the whole goes to each department.
async fn rated_once(town: &Town, mine: &Client, end: &Value) {
    let rating = json!({"level": 5, "tags": [], "comment": "快"});
    let child = part(end, "食品经营许可");
    mine.post(&path(child, "/rating"), &rating)
        .await
        .refused(409, "intake.joint_rated_whole");
    mine.post(&path(end, "/rating"), &rating).await.ok();
    mine.post(&path(end, "/rating"), &rating)
        .await
        .refused(409, "intake.already_rated");
    let rated = told(town).await;
    assert_eq!(
        rated
            .iter()
            .filter(|one| one.kind == "intake.application.rated")
            .count(),
        2
    );
}
