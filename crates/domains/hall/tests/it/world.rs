//! A district with one office, its place, and people who come.

use std::sync::Arc;

use async_trait::async_trait;
use serde_json::{Value, json};
use tb_calendar::{Calendar, CalendarDocument};
use tb_contract::collections::{Collectable, Collections};
use tb_contract::events::{AppointmentTold, CalendarPublished, DepartmentPublished, ItemPublished};
use tb_contract::item::ItemDocument;
use tb_contract::ports::{ApplicantProfile, Applicants, Identified, PortResult};
use tb_contract::topics;
use tb_hall::{Ports, Settings};
use tb_kernel::{AccountId, ApplicationId, Region, RequestId};
use tb_storage::{NewEvent, Origin, Position};
use tb_testkit::{Client, TestApp, administrator, citizen, clerk, department, operator};
use uuid::Uuid;

/// The office.
pub const OURS: &str = "11430102TB00000871";
/// Another one of the district.
pub const OTHERS: &str = "11430102TB0000095U";
/// The item that can be booked.
pub const ITEM: &str = "11430102TB000008714432099001000";
/// A case whose result waits, of citizen 1.
pub const CASE: &str = "430102202611200000018";
/// Base of the paths.
pub const API: &str = "/api/v1/hall";

struct People;

#[async_trait]
impl Applicants for People {
    async fn profile(&self, account: AccountId) -> PortResult<Option<ApplicantProfile>> {
        let n = account.0.as_u128() & 0xff;
        Ok(Some(ApplicantProfile {
            account_id: account,
            name: "张示例".to_owned(),
            citizen_id: String::new(),
            phone: format!("199{n:08}"),
            enterprise_name: String::new(),
            credit_code: String::new(),
        }))
    }

    async fn account_of(&self, _: &Identified) -> PortResult<Option<AccountId>> {
        Ok(None)
    }

    async fn agents_of(&self, _: &str) -> PortResult<Vec<AccountId>> {
        Ok(Vec::new())
    }
}

#[async_trait]
impl Collections for People {
    async fn waiting(&self, account: AccountId, number: &str) -> PortResult<Option<Collectable>> {
        let waits = account == citizen(1).id && number == CASE;
        Ok(waits.then(|| Collectable {
            application_id: ApplicationId(Uuid::from_u128(77)),
            case_number: number.to_owned(),
            item_code: ITEM.to_owned(),
            item_name: "失业登记".to_owned(),
            department_code: OURS.to_owned(),
            region: Region::parse("430102").unwrap(),
        }))
    }
}

/// The hall under test. It is Sunday 2026-11-22, 10:00.
pub struct World {
    pub app: TestApp,
    /// The place.
    pub site: String,
}

impl World {
    /// With a place where staff confirms.
    pub async fn new() -> Self {
        let app = TestApp::new(vec![tb_hall::manifest()], |_, _| {
            vec![tb_hall::module(Ports {
                applicants: Arc::new(People),
                collections: Arc::new(People),
                settings: Settings::default(),
            })]
        })
        .await;
        let mut world = Self {
            app,
            site: String::new(),
        };
        world.publish().await;
        let body = json!({"department_code": OURS, "document": document()});
        let sites = format!("{API}/manage/sites");
        let made = world.keeper().post(&sites, &body).await;
        world.site = id(&made.ok());
        world
    }

    async fn publish(&self) {
        let embedded = Calendar::embedded().unwrap();
        self.publish_calendar(embedded.document()).await;
        for (code, name) in [(OURS, "芙蓉区人社局"), (OTHERS, "芙蓉区民政局")] {
            let said = DepartmentPublished {
                id: department(code).id,
                code: code.to_owned(),
                name: name.to_owned(),
                region: Region::parse("430102").unwrap(),
                enabled: true,
            };
            self.emit(code, "catalogue.department.published", &said)
                .await;
        }
        let item: ItemDocument = serde_json::from_str(include_str!(
            "../../../../tongban/demo/items/unemployment_registration.json"
        ))
        .unwrap();
        assert_eq!(item.code, ITEM);
        let said = ItemPublished {
            code: item.code.clone(),
            version: 1,
            item,
        };
        self.emit(ITEM, "catalogue.item.published", &said).await;
        self.app.run_events().await;
    }

    /// A calendar is published, and heard of.
    pub async fn publish_calendar(&self, calendar: &CalendarDocument) {
        let calendar = calendar.clone();
        let said = CalendarPublished { calendar };
        self.emit("calendar", "catalogue.calendar.published", &said)
            .await;
        self.app.run_events().await;
    }

    /// An event of the catalogue.
    pub async fn emit<T: serde::Serialize>(&self, key: &str, kind: &str, payload: &T) {
        let origin = Origin::system("test", RequestId(Uuid::nil()));
        let mut tx = self.app.store().begin(origin).await.unwrap();
        tx.emit(NewEvent {
            topic: topics::CATALOGUE,
            key,
            kind,
            version: 1,
            causation_id: None,
            department_code: None,
            region_path: None,
            payload,
        })
        .unwrap();
        tx.commit(&()).await.unwrap();
    }

    pub fn citizen(&self, n: u128) -> Client {
        self.app.as_actor(citizen(n))
    }

    pub fn clerk(&self) -> Client {
        self.app.as_actor(clerk(101, &department(OURS)))
    }

    pub fn stranger(&self) -> Client {
        self.app.as_actor(clerk(102, &department(OTHERS)))
    }

    pub fn operator(&self, region: &str) -> Client {
        self.app.as_actor(operator(103, region))
    }

    pub fn keeper(&self) -> Client {
        self.app.as_actor(administrator(104))
    }

    /// What a booking of the item says.
    pub fn wish(&self, starts_at: &str) -> Value {
        json!({
            "site_id": self.site,
            "slot": {"counter": "c1", "starts_at": starts_at},
            "errand": {"item_code": ITEM},
        })
    }

    /// Books a slot.
    pub async fn book(&self, who: &Client, starts_at: &str) -> tb_testkit::Answer {
        who.post(&format!("{API}/appointments"), &self.wish(starts_at))
            .await
    }

    /// What is left of the slots of a day.
    pub async fn left(&self, day: &str) -> Vec<(String, u64)> {
        let path = format!("{API}/places/{}/slots?counter=c1", self.site);
        let days = self.app.client().get(&path).await.ok();
        let mut days = days.as_array().unwrap().iter();
        let found = days.find(|one| one["day"] == day).unwrap();
        let slots = found["slots"].as_array().unwrap().iter();
        slots
            .map(|slot| {
                let start = slot["starts_at"].as_str().unwrap().to_owned();
                (start, slot["left"].as_u64().unwrap())
            })
            .collect()
    }

    /// The site as it stands.
    pub async fn site(&self) -> Value {
        let path = format!("{API}/manage/sites/{}", self.site);
        self.keeper().get(&path).await.ok()
    }

    /// Saves the site; what else the body says.
    pub async fn save(&self, document: &Value, more: Value) -> tb_testkit::Answer {
        let mut body = json!({"version": self.site().await["version"], "document": document});
        for (key, value) in more.as_object().unwrap() {
            body[key] = value.clone();
        }
        let path = format!("{API}/manage/sites/{}", self.site);
        self.keeper().put(&path, &body).await
    }

    /// What people were told: last words of the kinds, with what they said.
    pub async fn told(&self) -> Vec<(String, AppointmentTold)> {
        self.app.settle().await;
        let log = self.app.log();
        let all = log.read(topics::HALL, Position::default(), 100);
        let all = all.await.unwrap().into_iter();
        all.map(|(_, event)| {
            let kind = event.kind.rsplit('.').next().unwrap().to_owned();
            (kind, serde_json::from_value(event.payload).unwrap())
        })
        .collect()
    }

    /// The last words of the kinds alone.
    pub async fn told_kinds(&self) -> Vec<String> {
        self.told()
            .await
            .into_iter()
            .map(|(kind, _)| kind)
            .collect()
    }

    /// Lets time do what is due.
    pub async fn tick(&self) {
        self.app.run_periodic("hall.appointments").await;
    }
}

/// An id in an answer.
pub fn id(answer: &Value) -> String {
    answer["id"].as_str().unwrap().to_owned()
}

/// A command of whoever booked, or of staff with `desk/` in front.
pub async fn act(by: &Client, seen: &Value, verb: &str, mut body: Value) -> tb_testkit::Answer {
    body["version"] = seen["version"].clone();
    let (end, verb) = match verb.strip_prefix("desk/") {
        Some(verb) => ("desk/", verb),
        None => ("", verb),
    };
    let path = format!("{API}/{end}appointments/{}/{verb}", id(seen));
    by.post(&path, &body).await
}

/// Mondays to Fridays 9 to 11 and 14 to 15, an hour a slot, two places each.
pub fn document() -> Value {
    let worked = json!({
        "morning": {"from": "09:00", "until": "11:00"},
        "afternoon": {"from": "14:00", "until": "15:00"},
    });
    let rest = json!({"morning": null, "afternoon": null});
    let week = [&worked, &worked, &worked, &worked, &worked, &rest, &rest];
    json!({
        "name": "芙蓉区社保服务大厅", "address": "样例路 1 号", "phone": "0731-00001008",
        "centre": false, "open": true, "week": week, "exceptions": [],
        "slot_minutes": 60, "ahead_days": 7, "close_minutes": 60,
        "confirmation": "staff", "answer_hours": 4,
        "counters": [
            {"key": "c1", "name": "社保综合窗口", "morning": 2, "afternoon": 2, "all_items": true, "items": [], "pickup": false},
            {"key": "c2", "name": "结果领取窗口", "morning": 1, "afternoon": 1, "all_items": false, "items": [], "pickup": true},
        ],
    })
}
