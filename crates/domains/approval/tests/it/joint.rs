//! A case that is part of a joint matter: the desk sees how the other departments stand.

use serde_json::{Value, json};
use tb_testkit::clerk;

use crate::world::{API, OTHERS, REGISTRATION, World, command, send_other};

const NUMBER: &str = "430102202611220000199";
const OTHER: &str = "430102202611220000206";

fn joint(state: &str, result: Value) -> Value {
    json!({"number": "430102202611220000190", "name": "开办餐饮店", "lead_department_code": OTHERS, "lead_department_name": "牵头局",
        "due": "2026-12-02", "cases": [
            {"case_number": NUMBER, "item_name": "失业登记", "department_code": "d", "department_name": "本局", "state": "submitted"},
            {"case_number": OTHER, "item_name": "户外招牌", "department_code": OTHERS, "department_name": "另一个局", "state": state, "result": result}]})
}

#[tokio::test]
async fn the_desk_sees_how_the_others_stand() {
    let world = World::new().await;
    let mut sent = world.sent(NUMBER, REGISTRATION);
    sent.body.joint = Some(serde_json::from_value(joint("submitted", Value::Null)).unwrap());
    world.send(&sent).await;
    world.app.run_events().await;
    let id = world.id_of(NUMBER, REGISTRATION).await;
    let case = world.case(id).await;
    assert_eq!(case["joint"]["name"], "开办餐饮店");
    assert_eq!(case["joint"]["cases"][1]["state"], "submitted");
    let page = world
        .clerk()
        .get(&format!("{API}/cases?q={NUMBER}"))
        .await
        .ok();
    assert_eq!(page["items"][0]["joint"], "开办餐饮店");

    let before = command(&world.clerk(), id, "accept", json!({})).await;
    sent.kind = "intake.application.joint_moved";
    sent.body.version += 1;
    let told = json!({"case_number": NUMBER, "version": sent.body.version, "joint": joint("closed", json!("granted"))});
    send_other(&world, &sent, told).await;
    let case = world.case(id).await;
    assert_eq!(case["joint"]["cases"][1]["result"], "granted");
    assert_eq!(
        (&case["version"], &case["state"]),
        (&before["version"], &before["state"]),
        "what others do does not move the case"
    );
    // The applicant's next change follows without a gap.
    sent.kind = "intake.application.withdrawn";
    sent.body.version += 1;
    let asked = json!({"case_number": NUMBER, "version": sent.body.version, "reason": "不办了"});
    send_other(&world, &sent, asked).await;
    assert_eq!(world.case(id).await["withdrawal"]["reason"], "不办了");

    let stranger = world
        .app
        .as_actor(clerk(9, &tb_testkit::department(OTHERS)));
    let found = stranger.get(&format!("{API}/cases/{id}")).await;
    assert_eq!(
        found.status.as_u16(),
        404,
        "to be joined is not to see each other's cases"
    );
}
