//! Anybody verifies a licence by the code on it, and learns no more than he should.

use serde_json::{Value, json};

use crate::world::{API, CITIZEN_ID, World, card, permit};

async fn path_of(world: &World) -> String {
    let full = world.one().await;
    let address = full["verify_address"].as_str().unwrap().to_owned();
    let code = address.strip_prefix("http://localhost/verify/").unwrap();
    assert_eq!(code.len(), 24);
    format!("{API}/verify/{code}")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_code_tells_anybody_how_the_licence_stands_and_masks_its_holder() {
    let world = World::new().await;
    world.order(&card("430102202611220000317")).await;
    let path = path_of(&world).await;
    let answer = world.app.client().get(&path).await;
    let text = String::from_utf8(answer.bytes.to_vec()).unwrap();
    assert!(
        !text.contains("张示例") && !text.contains(CITIZEN_ID),
        "{text}"
    );
    let said: Value = answer.ok();
    assert_eq!(said["standing"], "valid");
    assert_eq!(said["genuine"], true);
    assert_eq!(said["holder_name"], "张*例");
    assert_eq!(said["sample"], true);
    let line = |label: &str| {
        let face = said["face"].as_array().unwrap();
        let found = face.iter().find(|line| line["label"] == label);
        found.unwrap()["value"].as_str().unwrap().to_owned()
    };
    assert_eq!(line("性别"), "***");
    assert_eq!(line("有效期"), "长期");
    assert_eq!(line("公民身份号码"), "4301**********9986");
    assert_eq!(said["history"][0]["kind"], "issued");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_ours_is_said_to_be_so() {
    let world = World::new().await;
    let client = world.app.client();
    for code in ["AAAAAAAAAAAAAAAAAAAAAAAA", "short", "..%2F..%2Fetc", "张"] {
        let answer = client.get(&format!("{API}/verify/{code}")).await;
        answer.refused(404, "licence.not_ours");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_voided_or_expired_licence_is_said_to_be_so() {
    let world = World::new().await;
    let order = permit("430102202611220000325");
    world.order(&order).await;
    let id = world.mine(3).await[0]["id"].as_str().unwrap().to_owned();
    let full = world.holder(3).get(&format!("{API}/mine/{id}")).await.ok();
    let code = full["verify_address"]
        .as_str()
        .unwrap()
        .rsplit('/')
        .next()
        .unwrap()
        .to_owned();
    let path = format!("{API}/verify/{code}");
    let standing = async || world.app.client().get(&path).await.ok()["standing"].clone();
    assert_eq!(standing().await, "valid");
    // 2031-11-21 still counts; the day after does not.
    let last = chrono::DateTime::parse_from_rfc3339("2031-11-21T23:59:59+08:00").unwrap();
    world.app.clock().set(last.to_utc());
    assert_eq!(standing().await, "valid");
    world.app.clock().advance(chrono::TimeDelta::seconds(1));
    assert_eq!(standing().await, "expired");
    world.void(&order).await;
    assert_eq!(standing().await, "voided");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_alone_tells_nothing() {
    let world = World::new().await;
    world.order(&card("430102202611220000333")).await;
    let number = world.one().await["number"].clone();
    let ask = async |name_end: &str| {
        let body = json!({"number": number, "name_end": name_end});
        world
            .app
            .client()
            .post(&format!("{API}/verify"), &body)
            .await
    };
    assert_eq!(ask("例").await.ok()["standing"], "valid");
    for wrong in ["张", "", "示例"] {
        ask(wrong).await.refused(404, "licence.no_match");
    }
    // Ten a number, then it is enough: nobody tries all characters.
    let mut limited = false;
    for _ in 0..12 {
        limited |= ask("王").await.status == 429;
    }
    assert!(limited);
}
