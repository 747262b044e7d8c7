//! One answer for a joint matter: parts of the departments, the lead office that sends them, and what goes
//! out by itself where it does not.

use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};
use tb_testkit::{Client, clerk, head};
use uuid::Uuid;

use crate::world::{API, FOREIGN, OTHERS, OURS, REGISTRATION, World, command, department};

const WHOLE: &str = "430102202611220000390";
const OWN: &str = "430102202611220000399";
const OTHER: &str = "430102202611220000406";

/// Led by our department; a case with us and one with the others.
fn joint() -> Value {
    json!({"number": WHOLE, "name": "开办餐饮店", "lead_department_code": OURS, "lead_department_name": "牵头局",
        "merged": true, "due": "2026-12-02", "cases": [
            {"case_number": OWN, "item_name": "失业登记", "department_code": OURS, "department_name": "本局", "state": "submitted"},
            {"case_number": OTHER, "item_name": "低保申请", "department_code": OTHERS, "department_name": "另一个局", "state": "submitted"}]})
}

struct Matter {
    world: World,
    own: Uuid,
    other: Uuid,
}

impl Matter {
    async fn new() -> Self {
        let world = World::new().await;
        for (number, item) in [(OWN, REGISTRATION), (OTHER, FOREIGN)] {
            let mut sent = world.sent(number, item);
            sent.body.joint = Some(serde_json::from_value(joint()).unwrap());
            world.send(&sent).await;
        }
        world.app.run_events().await;
        let own = world.id_of(OWN, REGISTRATION).await;
        let other = world.id_of(OTHER, FOREIGN).await;
        Self { world, own, other }
    }

    fn ours(&self) -> Client {
        self.world.clerk()
    }

    fn others(&self) -> Client {
        self.world.app.as_actor(clerk(11, &department(OTHERS)))
    }

    async fn part(&self, client: &Client, id: Uuid) -> Value {
        client
            .get(&format!("{API}/cases/{id}/joint-part"))
            .await
            .ok()
    }

    async fn case(&self, client: &Client, id: Uuid) -> Value {
        client.get(&format!("{API}/cases/{id}")).await.ok()
    }

    async fn matter(&self) -> Value {
        let path = format!("{API}/joint-matters/{WHOLE}");
        self.ours().get(&path).await.ok()
    }

    async fn send(&self, body: Value) -> Value {
        let path = format!("{API}/joint-matters/{WHOLE}/send");
        self.ours().post(&path, &body).await.ok()
    }

    async fn refused(&self, body: Value, status: u16, code: &str) -> Value {
        let path = format!("{API}/joint-matters/{WHOLE}/send");
        self.ours().post(&path, &body).await.refused(status, code)
    }

    /// Both departments ask for corrections, one of them the same material.
    async fn both_list(&self) {
        let reason = "解除劳动关系证明：不清晰";
        let list = json!({"fields": ["/job"], "materials": ["proof"], "reason": reason});
        command(&self.ours(), self.own, "request-correction", list).await;
        let list = json!({"fields": [], "materials": ["proof", "photo"], "reason": reason});
        command(&self.others(), self.other, "request-correction", list).await;
    }

    /// The applicant's correction arrives at both.
    async fn corrected(&self) {
        for (number, item) in [(OWN, REGISTRATION), (OTHER, FOREIGN)] {
            let mut sent = self.world.sent(number, item);
            sent.kind = "intake.application.corrected";
            sent.body.version += 1;
            sent.body.materials[0].id = tb_kernel::MaterialId(Uuid::from_u128(9));
            self.world.send(&sent).await;
        }
        self.world.app.run_events().await;
    }
}

#[tokio::test]
async fn parts_wait_for_the_lead_office_and_go_out_as_one() {
    let matter = Matter::new().await;
    let (ours, others) = (matter.ours(), matter.others());
    let open = matter.part(&ours, matter.own).await;
    assert_eq!(
        (&open["state"], &open["late"]),
        (&json!("open"), &json!(false))
    );
    matter
        .refused(json!({"version": 2}), 409, "approval.joint_parts_missing")
        .await;

    let given = command(&ours, matter.own, "accept", json!({})).await;
    assert_eq!(given["state"], "received", "nothing has gone out");
    assert_eq!(
        given["papers"].as_array().unwrap().len(),
        1,
        "but the receipt"
    );
    let todo = format!("{API}/cases?todo=true&q={OWN}");
    assert_eq!(
        ours.get(&todo).await.ok()["items"],
        json!([]),
        "it is the lead office's turn"
    );
    // Given anew, it takes the place of the first.
    let list = json!({"materials": ["proof"], "reason": "解除劳动关系证明：不清晰"});
    command(&ours, matter.own, "request-correction", list).await;
    command(&ours, matter.own, "accept", json!({})).await;
    command(
        &others,
        matter.other,
        "refuse",
        json!({"kind": "not_accepted", "reason": "不需要许可"}),
    )
    .await;
    others
        .get(&format!("{API}/joint-matters/{WHOLE}"))
        .await
        .refused(404, "approval.joint_not_found");

    let view = matter.matter().await;
    assert_eq!(
        (&view["ready"], &view["due"]),
        (&json!(true), &json!("2026-12-02"))
    );
    matter
        .refused(json!({"version": 1}), 409, "approval.joint_moved")
        .await;
    let sent = matter.send(json!({"version": view["version"]})).await;
    let mut parts = sent["parts"].as_array().unwrap().iter();
    assert!(parts.all(|part| part["state"] == "sent"));
    let own = matter.case(&ours, matter.own).await;
    assert_eq!(own["state"], "examining");
    assert_eq!(
        matter.case(&others, matter.other).await["state"],
        "not_accepted"
    );
    let said = matter.world.said(OWN).await;
    let (kind, changed, _) = said.last().unwrap();
    assert_eq!(kind, "approval.case.accepted");
    assert_eq!(
        (changed.papers.len(), changed.papers[0].kind.as_str()),
        (1, "acceptance_receipt")
    );
    assert!(changed.promised_due.is_some() && changed.papers[0].number.contains("受字"));
    let refusal = matter.world.said(OTHER).await.pop().unwrap().1;
    assert_eq!(
        refusal.papers[0].kind, "refusal",
        "with the remedies of its own department"
    );
    let paper = format!("{API}/cases/{}/papers/{}", matter.own, changed.papers[0].id);
    assert_eq!(ours.get(&paper).await.status.as_u16(), 200);
    matter
        .refused(
            json!({"version": sent["version"]}),
            409,
            "approval.joint_nothing_given",
        )
        .await;
}

#[tokio::test]
async fn one_notice_asks_for_all_and_nothing_is_left_out_without_a_reason() {
    let matter = Matter::new().await;
    matter.both_list().await;
    let view = matter.matter().await;
    assert_eq!(
        view["shared"][0]["items"].as_array().unwrap().len(),
        2,
        "{view}"
    );
    let edit = |part: &str, reason: &str| {
        let dropped = json!([{"part": part, "reason": reason}]);
        let parts = json!([{"case_id": matter.other, "reason": "请补正证明", "dropped": dropped}]);
        json!({"version": view["version"], "words": "请一并补正。", "parts": parts})
    };
    let refused = matter
        .refused(edit("photo", " "), 422, "approval.joint_edit_wrong")
        .await;
    assert_eq!(refused["fields"][0]["path"], "/parts/0/dropped/0/reason");
    assert_eq!(refused["fields"][0]["code"], "approval.reason_missing");
    matter.send(edit("photo", "可在线核验")).await;

    let mut numbers = Vec::new();
    for number in [OWN, OTHER] {
        let (kind, changed, _) = matter.world.said(number).await.pop().unwrap();
        assert_eq!(
            (kind.as_str(), changed.state.as_str()),
            ("approval.case.correction_requested", "correcting")
        );
        assert!(changed.applicant_due.is_some());
        numbers.push(changed.papers[0].number.clone());
    }
    assert_eq!(numbers[0], numbers[1], "one notice");
    assert!(
        numbers[0].starts_with("芙人社"),
        "of the lead office: {}",
        numbers[0]
    );
    let part = matter.part(&matter.others(), matter.other).await;
    assert_eq!(
        part["dropped"],
        json!([{"label": "近期照片", "reason": "可在线核验"}])
    );
    let case = matter.case(&matter.others(), matter.other).await;
    assert_eq!(case["correction"]["materials"].as_array().unwrap().len(), 1);
    assert_eq!(
        case["correction"]["notices"], 1,
        "the part given was no notice"
    );

    // What was corrected is examined anew, within terms of its own.
    matter.corrected().await;
    for (client, id) in [(matter.ours(), matter.own), (matter.others(), matter.other)] {
        assert_eq!(matter.part(&client, id).await["state"], "open");
        command(&client, id, "accept", json!({})).await;
    }
    let version = matter.matter().await["version"].clone();
    matter.send(json!({"version": version})).await;
    let accepted = [OWN, OTHER].map(|number| matter.world.said(number));
    let mut papers = Vec::new();
    for said in accepted {
        papers.push(said.await.pop().unwrap().1.papers[0].number.clone());
    }
    assert_eq!(papers[0], papers[1], "one notice of acceptance");
}

#[tokio::test]
async fn where_the_lead_office_is_silent_each_answer_goes_out_by_itself() {
    let matter = Matter::new().await;
    command(&matter.ours(), matter.own, "accept", json!({})).await;
    let part = matter.part(&matter.ours(), matter.own).await;
    let by: chrono::NaiveDate = part["send_by"].as_str().unwrap().parse().unwrap();
    let until = matter.case(&matter.ours(), matter.own).await["clocks"]["clocks"][0]["due"].clone();
    assert!(
        part["send_by"].as_str() < until.as_str(),
        "before the term of the law: {until}"
    );
    matter.world.app.run_periodic("approval.joint_terms").await;
    assert_eq!(
        matter.part(&matter.ours(), matter.own).await["state"],
        "given"
    );

    matter.world.on(&(by + chrono::Days::new(1)).to_string());
    for _ in 0..2 {
        matter.world.app.run_periodic("approval.joint_terms").await;
    }
    let own = matter.case(&matter.ours(), matter.own).await;
    assert_eq!(own["state"], "examining");
    let timeline = own["timeline"].as_array().unwrap();
    let accepted = timeline
        .iter()
        .find(|event| event["kind"] == "accepted")
        .unwrap();
    assert_eq!(
        accepted["actor"],
        timeline
            .iter()
            .find(|event| event["kind"] == "joint_answered")
            .unwrap()["actor"]
    );
    assert!(
        timeline
            .iter()
            .all(|event| event["kind"] != "deemed_accepted")
    );
    // Who has given no part answers by himself now, and nobody waits for the lead office.
    let other = matter.part(&matter.others(), matter.other).await;
    assert_eq!(other["state"], "released");
    let done = command(&matter.others(), matter.other, "accept", json!({})).await;
    assert_eq!(done["state"], "examining");

    let head = matter.world.app.as_actor(head(2, &department(OURS)));
    let orders = head.get(&format!("{API}/supervisions")).await.ok();
    let orders = orders["items"].as_array().unwrap();
    assert_eq!(orders.len(), 1, "the head of the lead office is told once");
    assert_eq!(
        (&orders[0]["level"], &orders[0]["cause"]),
        (&json!("head"), &json!("joint_silence"))
    );
}

#[tokio::test]
async fn what_cannot_be_told_of_one_sends_none() {
    let matter = Matter::new().await;
    matter.both_list().await;
    let set = async |region: &str| {
        let tx = matter.world.tx().await;
        let sql = format!("UPDATE approval_case SET region = '{region}' WHERE number = '{OTHER}'");
        let statement = Statement::from_string(tx.conn().get_database_backend(), sql);
        tx.conn().execute_raw(statement).await.unwrap();
        tx.commit(&()).await.unwrap();
    };
    let before = matter.matter().await;
    // The second case fails when it is told, after the first has moved.
    set("nowhere").await;
    let path = format!("{API}/joint-matters/{WHOLE}/send");
    let failed = matter
        .ours()
        .post(&path, &json!({"version": before["version"]}))
        .await;
    assert_eq!(failed.status.as_u16(), 500);
    set("430104").await;
    assert_eq!(matter.matter().await, before, "nothing has moved");
    let own = matter.case(&matter.ours(), matter.own).await;
    assert_eq!(
        (&own["state"], own["papers"].as_array().unwrap().len()),
        (&json!("received"), 1)
    );
    assert_eq!(
        matter.world.said(OWN).await.last().unwrap().0,
        "approval.case.joint_answered"
    );
    matter.send(json!({"version": before["version"]})).await;
    let numbers = matter.world.said(OWN).await.pop().unwrap().1.papers;
    assert!(
        numbers[0].number.contains('1'),
        "the serial of what failed was given back: {}",
        numbers[0].number
    );
}

#[tokio::test]
async fn a_case_that_goes_otherwise_leaves_the_matter_and_late_parts_hold_up_nobody() {
    let matter = Matter::new().await;
    command(&matter.ours(), matter.own, "accept", json!({})).await;
    let transfer = json!({"organ": "省厅", "reason": "不属于本机关"});
    command(&matter.others(), matter.other, "transfer", transfer).await;
    assert_eq!(
        matter.part(&matter.others(), matter.other).await["state"],
        "ended"
    );
    let version = matter.matter().await["version"].clone();
    matter.send(json!({"version": version})).await;
    assert_eq!(
        matter.case(&matter.ours(), matter.own).await["state"],
        "examining"
    );

    let late = Matter::new().await;
    command(&late.ours(), late.own, "accept", json!({})).await;
    let part = late.part(&late.ours(), late.own).await;
    let by: chrono::NaiveDate = part["part_by"].as_str().unwrap().parse().unwrap();
    late.world.on(&(by + chrono::Days::new(1)).to_string());
    let view = late.matter().await;
    assert_eq!(view["ready"], true, "who is late holds up nobody");
    late.send(json!({"version": view["version"]})).await;
    assert_eq!(late.part(&late.others(), late.other).await["late"], true);
}
