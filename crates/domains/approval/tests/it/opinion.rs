//! Opinions of other departments: asked, shown what they are shown, given, declined, taken back, and of
//! no use once the case is decided.

use serde_json::{Value, json};
use tb_contract::access::ROLES;
use tb_testkit::{Client, clerk};
use uuid::Uuid;

use crate::world::{API, INSTANT, OTHERS, OURS, REGISTRATION, World, command, department};

const NUMBER: &str = "430102202611240000714";
const PDF: &[u8] = b"%PDF-1.7\n%%EOF";
const NO_FILES: [(&str, &str, &[u8]); 0] = [];

/// A clerk of the department that is asked.
fn other(world: &World) -> Client {
    world.app.as_actor(clerk(8, &department(OTHERS)))
}

async fn accepted(world: &World) -> Uuid {
    world.on("2026-11-24");
    let blobs = world.app.store().blobs();
    blobs.put_named("blob1", PDF).await.unwrap();
    let id = world.submit(NUMBER, REGISTRATION).await;
    command(&world.clerk(), id, "accept", json!({})).await;
    id
}

fn question() -> Value {
    json!({
        "departments": [OTHERS],
        "words": "请核实张示例是否领取低保",
        "days": 3,
        "with_form": true,
        "materials": ["proof"],
    })
}

async fn ask(world: &World, id: Uuid) -> Value {
    let url = format!("{API}/cases/{id}/opinions");
    world.clerk().post(&url, &question()).await.ok()[0].clone()
}

async fn waiting(client: &Client) -> (i64, usize) {
    let counts = client.get(&format!("{API}/counts")).await.ok();
    let page = client.get(&format!("{API}/opinions")).await.ok();
    (
        counts["opinions"].as_i64().unwrap(),
        page["items"].as_array().unwrap().len(),
    )
}

fn path(asked: &Value) -> String {
    format!("{API}/opinions/{}", asked["id"].as_str().unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_department_sees_what_it_is_shown_and_its_answer_comes_back() {
    let world = World::new().await;
    let id = accepted(&world).await;
    let before = world.case(id).await;
    let other = other(&world);
    assert_eq!(waiting(&other).await, (0, 0));
    let asked = ask(&world, id).await;
    assert_eq!(asked["answer_by"], "2026-11-27", "three working days");
    assert_eq!(asked["asked_office"], "天心区民政局");
    assert_eq!(waiting(&other).await, (1, 1));
    assert_eq!(waiting(&world.clerk()).await, (0, 0));
    let row = other.get(&format!("{API}/opinions")).await.ok()["items"][0].clone();
    assert!(!row.to_string().contains("张示例"), "a list names nobody");

    // The case itself stays closed to it; the form is masked, and only what is shown opens.
    other
        .get(&format!("{API}/cases/{id}"))
        .await
        .refused(404, "approval.case_not_found");
    let shown = other.get(&path(&asked)).await.ok();
    assert_eq!(shown["opinion"]["words"], "请核实张示例是否领取低保");
    assert_eq!(shown["answers"]["job"], "教师");
    assert_ne!(shown["answers"]["id"], "430102199307169986");
    assert_eq!(shown["materials"][0]["requirement_id"], "proof");
    let file = shown["materials"][0]["files"][0]["id"].as_str().unwrap();
    let opened = other.get(&format!("{}/files/{file}", path(&asked))).await;
    assert_eq!((opened.status.as_u16(), &opened.bytes[..]), (200, PDF));
    world
        .clerk()
        .get(&path(&asked))
        .await
        .refused(404, "approval.opinion_not_found");

    let give = |stance: &str| format!("{}/give?stance={stance}", path(&asked));
    let sheet: [(&str, &str, &[u8]); 1] = [("file", "核实单.pdf", PDF)];
    let words = [("words", "经核实，未领取低保")];
    let given = other
        .multipart_of(&give("conditions"), &words, &sheet)
        .await
        .ok();
    assert_eq!(given["state"], "given");
    other
        .multipart_of(&give("agree"), &words, &NO_FILES)
        .await
        .refused(409, "approval.opinion_settled");
    assert_eq!(waiting(&other).await, (0, 0));

    // It comes back to the case, which stands where it stood.
    let url = format!("{API}/cases/{id}/opinions");
    let back = world.clerk().get(&url).await.ok()[0].clone();
    assert_eq!(
        (&back["stance"], &back["answer"], &back["answerer"]),
        (&json!("conditions"), &json!(words[0].1), &json!("测试8"))
    );
    let sheet = back["files"][0]["id"].as_str().unwrap();
    let opened = world.clerk().get(&format!("{url}/files/{sheet}")).await;
    assert_eq!((opened.status.as_u16(), &opened.bytes[..]), (200, PDF));
    let case = world.case(id).await;
    for same in ["state", "clocks", "handler"] {
        assert_eq!(case[same], before[same], "{same}");
    }
    let last = case["timeline"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(
        (&last["kind"], &last["consulted"], &last["stance"]),
        (
            &json!("opinion_given"),
            &json!("天心区民政局"),
            &json!("conditions")
        )
    );

    // Told without its words, and what was shown is shut again; the own file stays.
    let (kind, said, _) = world.said(NUMBER).await.pop().unwrap();
    assert_eq!(kind, "approval.case.opinion_given");
    assert!(said.reason.is_empty() && said.letter.is_none());
    let shown = other.get(&path(&asked)).await.ok();
    assert_eq!(
        (&shown["answers"], &shown["materials"]),
        (&json!({}), &json!([]))
    );
    other
        .get(&format!("{}/files/{file}", path(&asked)))
        .await
        .refused(404, "approval.material_not_found");
    let own = other.get(&format!("{}/files/{sheet}", path(&asked))).await;
    assert_eq!(own.status.as_u16(), 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_clerks_who_ask_the_same_department_at_once_one_does() {
    let world = World::new().await;
    let id = accepted(&world).await;
    let url = format!("{API}/cases/{id}/opinions");
    let (clerk, question) = (world.clerk(), question());
    let (one, two) = tokio::join!(clerk.post(&url, &question), clerk.post(&url, &question));
    let mut all = [one, two].map(|answer| answer.status.as_u16());
    all.sort_unstable();
    assert_eq!(all, [200, 409]);
    assert_eq!(waiting(&other(&world)).await, (1, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn words_are_read_where_the_reading_is_recorded_alone() {
    let world = World::new().await;
    let id = accepted(&world).await;
    let other = other(&world);
    let asked = ask(&world, id).await;
    let decline = json!({"reason": "张示例不在本区，请问街道"});
    let path = format!("{}/decline", path(&asked));
    other.post(&path, &decline).await.ok();
    let asked = ask(&world, id).await;
    let give = format!("{}/give?stance=agree", self::path(&asked));
    let words = [("words", "张示例未领取低保")];
    other.multipart_of(&give, &words, &NO_FILES).await.ok();
    let seen = world.case(id).await.to_string();
    assert!(seen.contains("opinion_declined") && seen.contains("opinion_given"));
    for word in ["低保", "街道"] {
        assert!(!seen.contains(word), "{seen}");
    }
    let url = format!("{API}/cases/{id}/opinions");
    let read = world.clerk().get(&url).await.ok().to_string();
    for word in ["是否领取低保", "请问街道", "未领取低保"] {
        assert!(read.contains(word), "{read}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_says_what_is_thought_and_an_objection_says_why() {
    let world = World::new().await;
    let id = accepted(&world).await;
    let other = other(&world);
    let asked = ask(&world, id).await;
    let give = |stance: &str| format!("{}/give?stance={stance}", path(&asked));
    other
        .multipart_of(&give("object"), &[("words", " ")], &NO_FILES)
        .await
        .refused(422, "approval.reason_missing");
    other
        .multipart_of(&give("perhaps"), &[("words", "也许")], &NO_FILES)
        .await
        .refused(422, "http.malformed");
    other
        .multipart_of(
            &format!("{}/give", path(&asked)),
            &[("words", "好")],
            &NO_FILES,
        )
        .await
        .refused(422, "approval.opinion_stance_missing");
    let agreed = other
        .multipart_of(&give("agree"), &[("words", "")], &NO_FILES)
        .await
        .ok();
    assert_eq!(
        (&agreed["state"], &agreed["answer"]),
        (&json!("given"), &json!(""))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_not_concerned_declines_and_who_asked_takes_back() {
    let world = World::new().await;
    let id = accepted(&world).await;
    let other = other(&world);
    let asked = ask(&world, id).await;
    let url = format!("{API}/cases/{id}/opinions");
    world
        .clerk()
        .post(&url, &question())
        .await
        .refused(409, "approval.opinion_asked");
    let decline = format!("{}/decline", path(&asked));
    other
        .post(&decline, &json!({"reason": ""}))
        .await
        .refused(422, "approval.reason_missing");
    let declined = other
        .post(&decline, &json!({"reason": "低保由街道核定"}))
        .await
        .ok();
    assert_eq!(declined["state"], "declined");
    let back = format!("{url}/{}/withdraw", asked["id"].as_str().unwrap());
    world
        .clerk()
        .post(&back, &json!({}))
        .await
        .refused(409, "approval.opinion_settled");

    // Asked again, and not needed any more.
    let asked = ask(&world, id).await;
    let back = format!("{url}/{}/withdraw", asked["id"].as_str().unwrap());
    other
        .post(&back, &json!({}))
        .await
        .refused(404, "approval.case_not_found");
    world.clerk().post(&back, &json!({})).await.ok();
    other
        .multipart_of(
            &format!("{}/give?stance=agree", path(&asked)),
            &[("words", "")],
            &NO_FILES,
        )
        .await
        .refused(409, "approval.opinion_settled");
    let kinds: Vec<Value> = world.case(id).await["timeline"]
        .as_array()
        .unwrap()
        .iter()
        .rev()
        .take(4)
        .map(|one| one["kind"].clone())
        .collect();
    let expected = [
        "opinion_withdrawn",
        "opinion_asked",
        "opinion_declined",
        "opinion_asked",
    ];
    assert_eq!(kinds, expected.map(|kind| json!(kind)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decision_waits_for_no_opinion_and_nobody_need_answer_behind_it() {
    let world = World::new().await;
    world.on("2026-11-24");
    let id = world.submit(NUMBER, INSTANT).await;
    let other = other(&world);
    let url = format!("{API}/cases/{id}/opinions");
    let body = json!({"departments": [OTHERS], "words": "是否有异议", "days": 1});
    let asked = world.clerk().post(&url, &body).await.ok()[0].clone();
    world.on("2026-11-26");
    let late = other.get(&format!("{API}/opinions")).await.ok();
    assert_eq!(late["items"][0]["late"], true);
    command(&world.clerk(), id, "accept", json!({})).await;
    let granted = json!({"result": "granted", "reason": ""});
    command(&world.clerk(), id, "decide", granted).await;
    assert_eq!(waiting(&other).await, (0, 0));
    let lapsed = other
        .get(&format!("{API}/opinions?state=lapsed"))
        .await
        .ok();
    assert_eq!(lapsed["items"][0]["id"], asked["id"]);
    other
        .multipart_of(
            &format!("{}/give?stance=agree", path(&asked)),
            &[("words", "")],
            &NO_FILES,
        )
        .await
        .refused(409, "approval.opinion_settled");
    world
        .clerk()
        .post(&url, &body)
        .await
        .refused(409, "approval.nothing_to_ask");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_goes_to_other_departments_within_a_term() {
    let world = World::new().await;
    let id = accepted(&world).await;
    let url = format!("{API}/cases/{id}/opinions");
    let with = |change: Value| {
        let mut body = question();
        for (key, value) in change.as_object().unwrap() {
            body[key] = value.clone();
        }
        body
    };
    let clerk = world.clerk();
    for (change, code) in [
        (json!({"days": 0}), "approval.opinion_term_wrong"),
        (json!({"days": 21}), "approval.opinion_term_wrong"),
        (
            json!({"departments": []}),
            "approval.opinion_departments_wrong",
        ),
        (
            json!({"departments": [OURS]}),
            "approval.opinion_departments_wrong",
        ),
        (
            json!({"departments": ["x"]}),
            "approval.opinion_departments_wrong",
        ),
        (json!({"words": " "}), "approval.reason_missing"),
    ] {
        clerk.post(&url, &with(change)).await.refused(422, code);
    }
    clerk
        .post(&url, &with(json!({"materials": ["unknown"]})))
        .await
        .refused(404, "approval.material_not_found");
    assert_eq!(waiting(&other(&world)).await, (0, 0), "nothing half done");
    // Handling cases is what gives a voice, in one's own department.
    let asks = |role: &tb_contract::access::Role| {
        role.grants
            .iter()
            .any(|(key, _)| *key == "approval.opinion.ask")
    };
    let roles: Vec<&str> = ROLES
        .iter()
        .filter(|one| asks(one))
        .map(|one| one.key)
        .collect();
    assert_eq!(roles, ["clerk", "head"]);
}
