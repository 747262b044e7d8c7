//! A city with two offices, whose cases come and go.

use chrono::{DateTime, Utc};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use tb_calendar::Calendar;
use tb_contract::events::{
    CalendarPublished, CaseChanged, CaseFacts, DepartmentPublished, FedBack, Holder, ItemPublished,
    PaperRef, RatingGiven, RatingInvited,
};
use tb_contract::topics;
use tb_kernel::{ApplicationId, Region, RequestId};
use tb_storage::{NewEvent, Origin};
use tb_testkit::{Client, TestApp, citizen, department, head, operator};
use uuid::Uuid;

/// An office.
pub const OURS: &str = "11430102TB00000871";
/// Another, of another district.
pub const OTHERS: &str = "11430104TB00000999";
/// A permit.
pub const PERMIT: &str = "11430102TB0000108H4430199007000";
/// A benefit of persons.
pub const BENEFIT: &str = "11430102TB000008714432099001000";
/// Base of the paths.
pub const API: &str = "/api/v1/insight";
/// Name of an organisation, whole.
pub const FIRM: &str = "长沙样例餐饮管理有限公司";

pub struct World {
    pub app: TestApp,
}

/// A moment by the office's wall clock.
pub fn at(text: &str) -> DateTime<Utc> {
    format!("{text}:00+08:00").parse().unwrap()
}

impl World {
    pub async fn new() -> Self {
        let app = TestApp::new(vec![tb_insight::manifest()], |edge, _| {
            vec![tb_insight::module(edge)]
        })
        .await;
        let world = Self { app };
        let calendar = CalendarPublished {
            calendar: Calendar::embedded().unwrap().document().clone(),
        };
        let kind = "catalogue.calendar.published";
        world
            .emit(topics::CATALOGUE, "calendar", kind, 1, &calendar)
            .await;
        for (code, name, region) in [
            (OURS, "芙蓉区市场监督管理局", "430102"),
            (OTHERS, "天心区民政局", "430103"),
        ] {
            let said = DepartmentPublished {
                id: department(code).id,
                code: code.to_owned(),
                name: name.to_owned(),
                region: Region::parse(region).unwrap(),
                enabled: true,
            };
            let kind = "catalogue.department.published";
            world.emit(topics::CATALOGUE, code, kind, 1, &said).await;
        }
        world.item(PERMIT, "食品经营许可", "01", "enterprise").await;
        world
            .item(BENEFIT, "失业金申领", "05", "natural_person")
            .await;
        world
    }

    /// An item is published.
    pub async fn item(&self, code: &str, name: &str, kind: &str, audience: &str) {
        let item = json!({
            "code": code, "name": name, "item_type": kind, "department_code": OURS,
            "department_name": "芙蓉区市场监督管理局", "region": "430102",
            "audience": [audience], "case_kind": "promised", "sample": true,
        });
        let said = ItemPublished {
            code: code.to_owned(),
            version: 1,
            item: serde_json::from_value(item).unwrap(),
        };
        let kind = "catalogue.item.published";
        self.emit(topics::CATALOGUE, code, kind, 1, &said).await;
        self.app.run_events().await;
    }

    pub async fn emit<T: serde::Serialize>(
        &self,
        topic: &str,
        key: &str,
        kind: &str,
        version: i64,
        payload: &T,
    ) {
        let origin = Origin::system("test", RequestId(Uuid::nil()));
        let mut tx = self.app.store().begin(origin).await.unwrap();
        tx.emit(NewEvent {
            topic,
            key,
            kind,
            version,
            causation_id: None,
            department_code: None,
            region_path: None,
            payload,
        })
        .unwrap();
        tx.commit(&()).await.unwrap();
    }

    /// The centre hands a change on.
    pub async fn tell(&self, case: &Case) {
        self.tell_as(case, &case.0.state).await;
    }

    /// The centre hands on what happened to a case, or beside it.
    pub async fn tell_as(&self, case: &Case, what: &str) {
        let said = FedBack {
            kind: format!("approval.case.{what}"),
            original: case.0.clone(),
        };
        let kind = "governance.application.fed_back";
        let (key, version) = (&case.0.case_number, case.0.version);
        self.emit(topics::INTAKE_FEEDBACK, key, kind, version, &said)
            .await;
        self.app.run_events().await;
    }

    /// A case from submission to closure, two office days and a half later.
    pub async fn whole(&self, number: &str, case: Case) -> Case {
        let mut case = case.numbered(number);
        self.tell(&case).await;
        case.accepted("2026-11-16T10:00");
        self.tell(&case).await;
        case.decided("2026-11-18T13:30");
        self.tell(&case).await;
        case.closed("2026-11-18T15:00");
        self.tell(&case).await;
        case
    }

    /// A rating is given.
    pub async fn rate(&self, case: &Case, level: u8) {
        let facts = case.0.facts.as_ref().unwrap();
        let said = RatingGiven {
            service: RatingInvited {
                application_id: ApplicationId(Uuid::from_u128(1)),
                account_id: citizen(1).id,
                case_number: case.0.case_number.clone(),
                item_code: case.0.item_code.clone(),
                item_name: facts.item_name.clone(),
                department_code: facts.department_code.clone(),
                region: facts.region.clone(),
                at: at("2026-11-19T09:00"),
                joint: false,
            },
            channel: "online".to_owned(),
            level,
            tags: Vec::new(),
            comment: String::new(),
        };
        let key = &case.0.case_number;
        self.emit(topics::RATING, key, "intake.rating.given", 1, &said)
            .await;
        self.app.run_events().await;
    }

    /// Changes rows behind the program's back.
    pub async fn spoil(&self, sql: &str) {
        let origin = Origin::system("test", RequestId(Uuid::nil()));
        let tx = self.app.store().begin(origin).await.unwrap();
        tx.conn().execute_unprepared(sql).await.unwrap();
        tx.commit(&()).await.unwrap();
    }

    /// Adds up what waits.
    pub async fn fold(&self) {
        self.app.run_periodic("insight.fold").await;
    }

    pub async fn get(&self, by: &Client, path: &str) -> Value {
        by.get(&format!("{API}/{path}")).await.ok()
    }

    pub fn anybody(&self) -> Client {
        self.app.client()
    }

    pub fn head(&self) -> Client {
        self.app.as_actor(head(12, &department(OURS)))
    }

    pub fn centre(&self) -> Client {
        self.app.as_actor(operator(13, "4301"))
    }

    pub fn administrator(&self) -> Client {
        self.app.as_actor(tb_testkit::administrator(14))
    }
}

/// A case as approval tells it.
#[derive(Clone)]
pub struct Case(pub CaseChanged);

impl Case {
    /// A permit for an organisation, submitted on a Monday morning.
    pub fn permit() -> Self {
        Self::of(PERMIT, "食品经营许可", true)
    }

    /// A benefit for a person.
    pub fn benefit() -> Self {
        Self::of(BENEFIT, "失业金申领", false)
    }

    fn of(item_code: &str, name: &str, organisation: bool) -> Self {
        let submitted_at = at("2026-11-16T09:00");
        let said = json!({
            "case_number": "", "item_code": item_code, "version": 1, "state": "received",
            "from": "draft", "at": submitted_at, "office": "芙蓉区市场监督管理局",
        });
        let mut said: CaseChanged = serde_json::from_value(said).unwrap();
        said.facts = Some(CaseFacts {
            item_name: name.to_owned(),
            permit: organisation,
            result_name: "食品经营许可证".to_owned(),
            validity: "5年".to_owned(),
            department_code: OURS.to_owned(),
            region: Region::parse("430102").unwrap(),
            channel: "pc".to_owned(),
            organisation,
            applicant: if organisation {
                "长沙样例***有限公司".to_owned()
            } else {
                "王**".to_owned()
            },
            sample: true,
            running: true,
            submitted_at,
            accepted_at: None,
            decided_at: None,
            paused_since: None,
            yellow_from: Some(at("2026-11-26T00:00")),
            promised_until: Some(at("2026-11-28T00:00")),
            legal_until: Some(at("2026-12-12T00:00")),
            holder: None,
        });
        Self(said)
    }

    pub fn numbered(mut self, number: &str) -> Self {
        number.clone_into(&mut self.0.case_number);
        self
    }

    pub fn facts(&mut self) -> &mut CaseFacts {
        self.0.facts.as_mut().unwrap()
    }

    /// Something beside the case: its state stays.
    pub fn beside(&mut self, when: &str) {
        let state = self.0.state.clone();
        self.next(&state, when);
    }

    fn next(&mut self, state: &str, when: &str) {
        self.0.version += 1;
        self.0.from = std::mem::replace(&mut self.0.state, state.to_owned());
        self.0.at = at(when);
    }

    pub fn accepted(&mut self, when: &str) {
        self.next("examining", when);
        self.facts().accepted_at = Some(at(when));
    }

    pub fn paused(&mut self, when: &str) {
        self.next("special_procedure", when);
        self.facts().paused_since = Some(at(when));
    }

    pub fn resumed(&mut self, when: &str) {
        self.next("examining", when);
        self.facts().paused_since = None;
    }

    pub fn decided(&mut self, when: &str) {
        self.next("decided", when);
        self.0.result = Some("granted".to_owned());
        let number = format!("芙市监许〔2026〕{}号", &self.0.case_number[17..]);
        self.0.papers = vec![PaperRef {
            id: Uuid::from_u128(7),
            kind: "decision".to_owned(),
            number,
            title: "准予行政许可决定书".to_owned(),
        }];
        let organisation = self.facts().organisation;
        let facts = self.facts();
        facts.running = false;
        facts.decided_at = Some(at(when));
        facts.holder = organisation.then(|| Holder {
            name: FIRM.to_owned(),
            code: "91430102TB0000001X".to_owned(),
        });
    }

    pub fn closed(&mut self, when: &str) {
        self.next("closed", when);
        self.0.papers.clear();
    }

    /// Another end than closure.
    pub fn ended(&mut self, state: &str, when: &str) {
        self.next(state, when);
        self.facts().running = false;
    }

    pub fn voided(&mut self, when: &str) {
        self.next("voided", when);
    }
}
