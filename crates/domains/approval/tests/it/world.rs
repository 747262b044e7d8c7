//! A city with two departments, a few items and applicants: what every test here starts from.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};
use tb_approval::{PaymentPlatform, Ports, Press, Settings};
use tb_calendar::Calendar;
use tb_contract::events::{
    Applicant, ApplicationNotice, ApplicationSubmitted, CalendarPublished, CaseChanged, Channel,
    DepartmentPublished, ItemPublished, MaterialRef,
};
use tb_contract::item::ItemDocument;
use tb_contract::topics;
use tb_http::Edge;
use tb_kernel::{AccountId, ApplicationId, DepartmentRef, Event, MaterialId, Region, RequestId};
use tb_storage::entity::outbox;
use tb_storage::{NewEvent, Origin, Tx, open_event};
use tb_testkit::{TestApp, clerk, head};
use uuid::Uuid;

use crate::charging::{COUNTED, charging};
use crate::wire::Wire;

/// Credit code of the department that most tests are about.
pub const OURS: &str = "11430102TB00000871";
/// Another one.
pub const OTHERS: &str = "11430104TB00000999";
/// A promised item with two steps.
pub const REGISTRATION: &str = "11430102TB000008714432099001000";
/// The same with a pre-review.
pub const REVIEWED: &str = "11430102TB000008714432099002000";
/// An instant item without steps.
pub const INSTANT: &str = "11430102TB000008714432099003000";
/// One with a pre-review whose originals are to be shown.
pub const WITH_ORIGINALS: &str = "11430102TB000008714432099004000";
/// One that can be accepted before its drivers are named.
pub const DEFERRABLE: &str = "11430102TB000008714432099007000";
/// One that is decided on a promise, or takes one in the place of a material.
pub const COMMITTED: &str = "11430102TB000008714432099008000";
/// An item of the other department.
pub const FOREIGN: &str = "11430104TB000009994432099001000";
/// Base of the paths.
pub const API: &str = "/api/v1/approval";

/// The city under test.
pub struct World {
    /// The app.
    pub app: TestApp,
    /// The register of licences.
    pub register: std::sync::Arc<crate::staff::Register>,
    /// The way to the payment platform.
    pub wire: std::sync::Arc<Wire>,
}

/// A department with its name as papers write it.
pub fn department(code: &str) -> DepartmentRef {
    let name = if code == OURS {
        "芙蓉区人力资源和社会保障局"
    } else {
        "天心区民政局"
    };
    DepartmentRef {
        name: name.to_owned(),
        ..tb_testkit::department(code)
    }
}

/// What an applicant sends; changed by tests at will.
#[derive(Clone)]
pub struct Sent {
    /// Kind of the change.
    pub kind: &'static str,
    /// The payload.
    pub body: ApplicationSubmitted,
}

impl World {
    /// A city whose catalogue has been read.
    pub async fn new() -> Self {
        let register = std::sync::Arc::new(crate::staff::Register::default());
        let wire = std::sync::Arc::new(Wire::default());
        let app = TestApp::new(vec![tb_approval::manifest()], |edge, _| {
            let payments = Some(wire.platform(edge.store()));
            vec![tb_approval::module(edge, ports(edge, &register, payments))]
        })
        .await;
        let world = Self {
            app,
            register,
            wire,
        };
        let mut tx = world.tx().await;
        for (code, region) in [(OURS, "430102"), (OTHERS, "430104")] {
            let department = department(code);
            let published = DepartmentPublished {
                id: department.id,
                code: code.to_owned(),
                name: department.name,
                region: Region::parse(region).unwrap(),
                enabled: true,
            };
            publish(&mut tx, code, "catalogue.department.published", &published);
        }
        let calendar = Calendar::embedded().unwrap().document().clone();
        publish(
            &mut tx,
            &calendar.version.clone(),
            "catalogue.calendar.published",
            &CalendarPublished { calendar },
        );
        for item in items() {
            let code = item.code.clone();
            publish(
                &mut tx,
                &code,
                "catalogue.item.published",
                &ItemPublished {
                    code: code.clone(),
                    version: 1,
                    item,
                },
            );
        }
        tx.commit(&()).await.unwrap();
        world.app.run_events().await;
        world
    }

    /// The same city after fees are charged there no more.
    pub fn without_payments(self) -> Self {
        let register = self.register.clone();
        let app = self
            .app
            .restarted(|edge, _| vec![tb_approval::module(edge, ports(edge, &register, None))]);
        Self { app, ..self }
    }

    /// A transaction of the system.
    pub async fn tx(&self) -> Tx {
        self.app
            .store()
            .begin(Origin::system("test", RequestId(Uuid::nil())))
            .await
            .unwrap()
    }

    /// A clerk of our department.
    pub fn clerk(&self) -> tb_testkit::Client {
        self.app.as_actor(clerk(1, &department(OURS)))
    }

    /// The head of our department.
    pub fn head(&self) -> tb_testkit::Client {
        self.app.as_actor(head(2, &department(OURS)))
    }

    /// An application for an item as it is first submitted, now.
    pub fn sent(&self, number: &str, item: &str) -> Sent {
        let department_code = if item == FOREIGN { OTHERS } else { OURS };
        let region = if item == FOREIGN { "430104" } else { "430102" };
        let mut body = ApplicationSubmitted {
            application_id: ApplicationId(Uuid::from_u128(77)),
            case_number: number.to_owned(),
            version: 3,
            item_code: item.to_owned(),
            item_version: 1,
            item_name: items()
                .into_iter()
                .find(|one| one.code == item)
                .unwrap()
                .name,
            calendar_version: Calendar::embedded().unwrap().version().to_owned(),
            department_code: department_code.to_owned(),
            region: Region::parse(region).unwrap(),
            channel: Channel::Pc,
            submitted_at: self.app.now(),
            applicant: Applicant {
                account_id: AccountId(Uuid::from_u128(42)),
                name: "张示例".to_owned(),
                id_number: "430102199307169986".to_owned(),
                phone: "19900000001".to_owned(),
                agent_name: String::new(),
            },
            situation_answers: [("reason".to_owned(), "employer".to_owned())].into(),
            form: json!({ "name": "张示例", "id": "430102199307169986", "job": "教师" }),
            materials: vec![material(1, "proof", "解除劳动合同证明张示例.pdf")],
            deferred: Vec::new(),
            commitment: None,
            delivery: None,
            changed: Vec::new(),
            remark: String::new(),
            joint: None,
            counter: None,
            batch: None,
            proxy: None,
            co_applicants: Vec::new(),
        };
        if COUNTED.contains(&item) {
            body.form["copies"] = json!("2");
        }
        Sent {
            kind: "intake.application.submitted",
            body,
        }
    }

    /// Writes payload and notice, as the centre does.
    pub async fn send(&self, sent: &Sent) {
        let mut tx = self.tx().await;
        emit_payload(&mut tx, sent);
        emit_notice(&mut tx, sent);
        tx.commit(&()).await.unwrap();
    }

    /// Submits an application, lets it arrive, and returns the id of its case.
    pub async fn submit(&self, number: &str, item: &str) -> Uuid {
        self.send(&self.sent(number, item)).await;
        self.app.run_events().await;
        self.id_of(number, item).await
    }

    /// The id of a case by its number.
    pub async fn id_of(&self, number: &str, item: &str) -> Uuid {
        let code = if item == FOREIGN { OTHERS } else { OURS };
        let client = self.app.as_actor(clerk(1, &department(code)));
        let page = client.get(&format!("{API}/cases?q={number}")).await.ok();
        page["items"][0]["id"]
            .as_str()
            .unwrap_or_else(|| panic!("no case {number}: {page}"))
            .parse()
            .unwrap()
    }

    /// A case as a clerk sees it.
    pub async fn case(&self, id: Uuid) -> Value {
        self.clerk().get(&format!("{API}/cases/{id}")).await.ok()
    }

    /// What has been published of a case, in the order of its versions.
    pub async fn said(&self, number: &str) -> Vec<(String, CaseChanged, Event)> {
        let rows = outbox::Entity::find()
            .filter(outbox::Column::Key.eq(number))
            .filter(outbox::Column::Topic.is_in([topics::ACCEPTANCE, topics::APPROVAL]))
            .order_by_asc(outbox::Column::Seq)
            .all(&self.app.store().read())
            .await
            .unwrap();
        let open = |row| open_event(row, self.app.store().sealer()).unwrap();
        let parse = |event: Event| {
            let changed: CaseChanged = serde_json::from_value(event.payload.clone()).unwrap();
            assert_eq!(changed.version, event.version);
            (event.kind.clone(), changed, event)
        };
        rows.into_iter().map(open).map(parse).collect()
    }

    /// Sets the clock to ten in the morning of a day in Shanghai.
    pub fn on(&self, day: &str) {
        self.app
            .clock()
            .set(format!("{day}T02:00:00Z").parse::<DateTime<Utc>>().unwrap());
    }
}

/// What approval is given.
fn ports(
    edge: &Edge,
    register: &std::sync::Arc<crate::staff::Register>,
    payments: Option<PaymentPlatform>,
) -> Ports {
    Ports {
        press: Press::new(edge.store(), tb_typeset::Typeroom::new(fonts)),
        colleagues: std::sync::Arc::new(crate::staff::Staff),
        licences: register.clone(),
        payments,
        settings: Settings::default(),
    }
}

/// Gives a command and returns the case.
pub async fn command(client: &tb_testkit::Client, id: Uuid, verb: &str, mut body: Value) -> Value {
    if body.get("version").is_none() {
        let case = client.get(&format!("{API}/cases/{id}")).await.ok();
        body["version"] = case["version"].clone();
    }
    client
        .post(&format!("{API}/cases/{id}/{verb}"), &body)
        .await
        .ok()
}

/// Whether a case's view allows a command; else the code that says why not.
pub fn allowed(case: &Value, verb: &str) -> Result<(), String> {
    let commands = case["commands"].as_array().unwrap();
    let found = commands
        .iter()
        .find(|command| command["command"] == verb)
        .unwrap();
    if found["allowed"] == true {
        Ok(())
    } else {
        Err(found["code"].as_str().unwrap().to_owned())
    }
}

/// A file.
pub fn material(n: u128, requirement: &str, name: &str) -> MaterialRef {
    MaterialRef {
        id: MaterialId(Uuid::from_u128(n)),
        requirement_id: requirement.to_owned(),
        file_name: name.to_owned(),
        media_type: "application/pdf".to_owned(),
        size: 4,
        blob: format!("blob{n}"),
        licence: None,
    }
}

/// Publishes something of the catalogue.
pub fn publish<T: serde::Serialize>(tx: &mut Tx, key: &str, kind: &str, payload: &T) {
    let (causation_id, department_code, region_path) = (None, None, None);
    let topic = topics::CATALOGUE;
    tx.emit(NewEvent {
        topic,
        key,
        kind,
        version: 1,
        causation_id,
        department_code,
        region_path,
        payload,
    })
    .unwrap();
}

/// Writes the payload on the department's own topic.
pub fn emit_payload(tx: &mut Tx, sent: &Sent) {
    emit(
        tx,
        &topics::application_data(&sent.body.department_code),
        sent,
        &sent.body,
    );
}

/// Writes the notice.
pub fn emit_notice(tx: &mut Tx, sent: &Sent) {
    let notice = ApplicationNotice {
        case_number: sent.body.case_number.clone(),
        version: sent.body.version,
        change: sent.kind.to_owned(),
        item_code: sent.body.item_code.clone(),
        department_code: sent.body.department_code.clone(),
        region_path: sent.body.region.path(),
    };
    emit(tx, topics::APPLICATION_NOTICE, sent, &notice);
}

/// Writes another payload under the head of an application, with its notice.
pub async fn send_other(world: &World, sent: &Sent, payload: Value) {
    let mut tx = world.tx().await;
    emit(
        &mut tx,
        &topics::application_data(&sent.body.department_code),
        sent,
        &payload,
    );
    emit_notice(&mut tx, sent);
    tx.commit(&()).await.unwrap();
    world.app.run_events().await;
}

fn emit<T: serde::Serialize>(tx: &mut Tx, topic: &str, sent: &Sent, payload: &T) {
    tx.emit(NewEvent {
        topic,
        key: &sent.body.case_number,
        kind: sent.kind,
        version: sent.body.version,
        causation_id: None,
        department_code: Some(&sent.body.department_code),
        region_path: Some(sent.body.region.path()),
        payload,
    })
    .unwrap();
}

/// The fonts of Debian's fonts-noto-cjk, as the default configuration names them.
fn fonts() -> Vec<Vec<u8>> {
    let folder = std::path::Path::new("/usr/share/fonts/opentype/noto");
    let names = [
        "NotoSerifCJK-Regular.ttc",
        "NotoSerifCJK-Bold.ttc",
        "NotoSansCJK-Regular.ttc",
        "NotoSansCJK-Bold.ttc",
    ];
    names
        .iter()
        .filter_map(|name| std::fs::read(folder.join(name)).ok())
        .collect()
}

/// The items of this world.
pub fn items() -> Vec<ItemDocument> {
    let days = |n: u32| json!({ "length": n, "unit": "working_days" });
    let two_steps = json!([
        { "id": "check", "name": "初审", "post": "clerk", "term": days(3) },
        { "id": "review", "name": "复核", "post": "head", "term": days(2) }
    ]);
    let item = |code: &str, name: &str, more: Value| {
        let mut item = json!({
            "code": code, "name": name, "item_type": "20", "department_code": code.get(..18).unwrap(),
            "department_name": "某局", "region": code.get(2..8).unwrap(), "audience": ["natural_person"],
            "case_kind": "promised", "sample": true, "legal_term": days(10), "promised_term": days(5),
            "correction_term": days(15), "steps": two_steps, "form": form(), "situations": situations(),
            "materials": materials(), "result": { "name": "失业登记凭证", "kind": "其他" },
            "remedies": "对办理结果不服的，可以自知道之日起六十日内向芙蓉区人民政府申请行政复议，也可以依法向有管辖权的人民法院提起行政诉讼。"
        });
        for (key, value) in more.as_object().unwrap() {
            item[key] = value.clone();
        }
        serde_json::from_value(item).unwrap()
    };
    vec![
        item(
            REGISTRATION,
            "失业登记",
            json!({ "handling": { "delivery": ["pick_up", "courier", "online"] }, "special_procedures": [
                { "kind": "expert_review", "name": "选址专家评审", "term": days(10) } ] }),
        ),
        item(
            REVIEWED,
            "就业创业证核发",
            json!({ "pre_review_term": days(2), "legal_term": null, "correction_lapses": true }),
        ),
        item(
            INSTANT,
            "生育登记",
            json!({ "case_kind": "instant", "steps": [], "result": { "name": "生育登记证", "kind": "证照" }, "legal_term": null,
                    "promised_term": { "length": 0, "unit": "on_the_spot" }, "correction_term": null }),
        ),
        item(
            WITH_ORIGINALS,
            "护士执业注册",
            json!({ "pre_review_term": days(2), "handling": { "system": "ministry" }, "materials": [
                { "id": "proof", "name": "毕业证书", "necessity": "required", "source": "applicant",
                  "form": "both", "original": true, "waived": null } ] }),
        ),
        item(
            DEFERRABLE,
            "道路货物运输经营许可",
            json!({ "materials": [
                { "id": "proof", "name": "车辆行驶证", "necessity": "required", "source": "applicant", "form": "electronic" },
                { "id": "drivers", "name": "拟聘驾驶员从业资格证", "necessity": "deferrable", "source": "applicant", "form": "electronic" } ] }),
        ),
        item(
            COMMITTED,
            "公共场所卫生许可",
            json!({ "result": { "name": "卫生许可证", "kind": "证照" }, "materials": [
                { "id": "proof", "name": "平面图", "necessity": "required", "source": "applicant", "form": "electronic" },
                { "id": "report", "name": "检测报告", "necessity": "required", "source": "applicant", "form": "electronic", "commitment": true } ],
                "commitment": { "whole": true, "told": "条件与后果", "promised": "所述属实", "check_term": days(20), "method": "现场核查" } }),
        ),
        item(FOREIGN, "低保申请", json!({})),
    ]
    .into_iter()
    .chain(charging(&item))
    .collect()
}

pub fn form() -> Value {
    json!({ "key": "form", "title": "失业登记表", "sections": [{ "key": "person", "title": "申请人", "fields": [
        { "key": "name", "label": "姓名", "required": true, "kind": "text", "sensitive": true },
        { "key": "id", "label": "公民身份号码", "required": true, "kind": "citizen_id", "sensitive": true },
        { "key": "job", "label": "原职业", "kind": "text" },
        { "key": "family", "label": "家庭成员", "kind": "repeat", "fields": [
            { "key": "name", "label": "姓名", "kind": "text", "sensitive": true } ] }
    ] }] })
}

fn situations() -> Value {
    json!([{ "id": "reason", "question": "您为什么失业？", "options": [
        { "id": "employer", "label": "与用人单位解除劳动关系", "materials": ["proof"] },
        { "id": "other", "label": "其他原因" } ] }])
}

fn materials() -> Value {
    let material = |id: &str, name: &str, necessity: &str, waived: Value| json!({ "id": id, "name": name, "necessity": necessity, "source": "applicant", "form": "electronic", "waived": waived });
    json!([
        material(
            "id_card",
            "居民身份证",
            "required",
            json!("在线核验，不用提交。")
        ),
        material("proof", "解除劳动关系证明", "required", Value::Null),
        material("photo", "近期照片", "optional", Value::Null)
    ])
}
