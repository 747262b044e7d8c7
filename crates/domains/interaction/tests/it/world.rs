//! A city with two offices, where services end and are rated.

use std::sync::Arc;

use chrono::Duration;
use serde_json::{Value, json};
use tb_calendar::Calendar;
use tb_contract::events::{
    ApplicantTold, CalendarPublished, DepartmentPublished, RatingGiven, RatingInvited, RatingTaken,
    RectificationTold,
};
use tb_contract::ports::{ApplicantProfile, Applicants, Identified, PortResult};
use tb_contract::sms::SmsKind;
use tb_contract::topics;
use tb_interaction::{Operator, Ports, Settings, Simulator};
use tb_kernel::{AccountId, ApplicationId, Event, Region, RequestId};
use tb_storage::{NewEvent, Origin, Position, Store};
use tb_testkit::{Client, TestApp, administrator, citizen, clerk, department, head, operator};
use uuid::Uuid;

/// The office that is rated.
pub const OURS: &str = "11430102TB00000871";
/// Another one, of another district.
pub const OTHERS: &str = "11430104TB00000999";
/// Base of the paths.
pub const API: &str = "/api/v1/interaction";
/// Words with a number of somebody in them.
pub const WORDS: &str = "跑了三趟才办好，打 13907310001 没人接";

/// The mobile number of account 1.
pub const PHONE: &str = "13907310001";
/// Its citizen id.
pub const CITIZEN_ID: &str = "430102199307169986";

struct People;

#[async_trait::async_trait]
impl Applicants for People {
    /// Account 1 has a mobile, account 2 a landline, account 3 a mobile that is switched off; nothing is
    /// known of others.
    async fn profile(&self, account: AccountId) -> PortResult<Option<ApplicantProfile>> {
        let phones = [PHONE, "0731-84560000", "13907310000"];
        let known = phones.iter().zip(1..);
        let mut known = known.filter(|(_, n)| citizen(*n).id == account);
        Ok(known.next().map(|(phone, _)| ApplicantProfile {
            account_id: account,
            name: "张示例".to_owned(),
            citizen_id: CITIZEN_ID.to_owned(),
            phone: (*phone).to_owned(),
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

pub struct World {
    pub app: TestApp,
}

impl World {
    pub async fn new() -> Self {
        Self::with(|store| Some(Simulator::operator(store, "通办", 7))).await
    }

    /// With another operator than the simulated one, or none.
    pub async fn with(operator: impl Fn(&Store) -> Option<Operator>) -> Self {
        let world = Self::started(operator).await;
        let calendar = Calendar::embedded().unwrap();
        let calendar = CalendarPublished {
            calendar: calendar.document().clone(),
        };
        world
            .emit(
                topics::CATALOGUE,
                "calendar",
                "catalogue.calendar.published",
                &calendar,
            )
            .await;
        for (code, name, region) in [
            (OURS, "芙蓉区人力资源和社会保障局", "430102"),
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
            world.emit(topics::CATALOGUE, code, kind, &said).await;
        }
        world.app.run_events().await;
        world
    }

    /// Started a moment ago, so that the catalogue has told nothing yet.
    pub async fn untold() -> Self {
        Self::started(|_| None).await
    }

    async fn started(operator: impl Fn(&Store) -> Option<Operator>) -> Self {
        let app = TestApp::new(vec![tb_interaction::manifest()], |edge, _| {
            vec![tb_interaction::module(Ports {
                applicants: Arc::new(People),
                operator: operator(edge.store()),
                settings: Settings::default(),
            })]
        })
        .await;
        Self { app }
    }

    pub async fn emit<T: serde::Serialize>(&self, topic: &str, key: &str, kind: &str, payload: &T) {
        let origin = Origin::system("test", RequestId(Uuid::nil()));
        let mut tx = self.app.store().begin(origin).await.unwrap();
        tx.emit(NewEvent {
            topic,
            key,
            kind,
            version: 1,
            causation_id: None,
            department_code: Some(OURS),
            region_path: None,
            payload,
        })
        .unwrap();
        tx.commit(&()).await.unwrap();
    }

    fn service(&self, number: &str, office: &str) -> RatingInvited {
        RatingInvited {
            application_id: ApplicationId(Uuid::from_u128(1)),
            account_id: citizen(1).id,
            case_number: number.to_owned(),
            item_code: format!("{office}4432099001000"),
            item_name: "失业登记".to_owned(),
            department_code: office.to_owned(),
            region: Region::parse(if office == OURS { "430102" } else { "430103" }).unwrap(),
            at: self.app.now(),
            joint: false,
        }
    }

    /// A service of an office ends.
    pub async fn end(&self, number: &str, office: &str) {
        let said = self.service(number, office);
        self.emit(topics::RATING, number, "intake.rating.invited", &said)
            .await;
        self.app.run_events().await;
    }

    /// One that is part of a joint matter ends.
    pub async fn end_as_part(&self, number: &str, office: &str) {
        let mut said = self.service(number, office);
        said.joint = true;
        self.emit(topics::RATING, number, "intake.rating.invited", &said)
            .await;
        self.app.run_events().await;
    }

    /// A service ends and is rated.
    pub async fn rate(&self, number: &str, office: &str, level: u8, words: &str) {
        self.end(number, office).await;
        let tags: &[&str] = if level < 3 { &["several_visits"] } else { &[] };
        let said = RatingGiven {
            service: self.service(number, office),
            channel: "online".to_owned(),
            level,
            tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
            comment: words.to_owned(),
        };
        self.emit(topics::RATING, number, "intake.rating.given", &said)
            .await;
        self.app.run_events().await;
    }

    /// What the applicant was told: last words of the kinds, with what they said.
    pub async fn told(&self) -> Vec<(String, RectificationTold)> {
        self.app.settle().await;
        let all = self
            .app
            .log()
            .read(topics::INTERACTION, Position::default(), 100)
            .await
            .unwrap();
        let told = all.into_iter().map(|(_, event): (_, Event)| {
            let kind = event.kind.rsplit('.').next().unwrap().to_owned();
            (kind, serde_json::from_value(event.payload).unwrap())
        });
        told.collect()
    }

    /// Accounts are told of a case by a message that may go out.
    pub async fn tell(&self, accounts: &[u128], kind: SmsKind) {
        // In the order of their telling: ids of one moment are in none.
        self.app.clock().advance(Duration::seconds(1));
        let told = ApplicantTold {
            accounts: accounts.iter().map(|n| citizen(*n).id).collect(),
            case_number: "430102202611220000019".to_owned(),
            item_name: "失业登记".to_owned(),
            kind,
            at: self.app.now(),
        };
        let key = told.case_number.clone();
        self.emit(topics::TOLD, &key, "intake.applicant.told", &told)
            .await;
        self.app.run_events().await;
    }

    /// Short messages, the newest first.
    pub async fn sms(&self) -> Vec<Value> {
        let page = self.administrator().get(&format!("{API}/sms")).await.ok();
        page["items"].as_array().unwrap().clone()
    }

    /// Account 1 wishes for these.
    pub async fn wish(&self, progress: bool, result: bool, rating: bool) {
        let body = json!({"progress": progress, "result": result, "rating": rating});
        let url = format!("{API}/sms-wishes");
        self.citizen(1).put(&url, &body).await.ok();
    }

    /// Ratings that intake was told of: channel and level.
    pub async fn taken(&self) -> Vec<(String, u8)> {
        self.app.settle().await;
        let log = self.app.log();
        let all = log
            .read(topics::INTERACTION, Position::default(), 100)
            .await;
        let taken = all.unwrap().into_iter().map(|(_, event)| event);
        let taken = taken.filter(|event| event.kind == "interaction.rating.taken");
        let said = taken.map(|event| serde_json::from_value::<RatingTaken>(event.payload).unwrap());
        said.map(|one| (one.channel, one.level)).collect()
    }

    pub fn administrator(&self) -> Client {
        self.app.as_actor(administrator(14))
    }

    pub fn clerk(&self) -> Client {
        self.app.as_actor(clerk(11, &department(OURS)))
    }

    pub fn head(&self) -> Client {
        self.app.as_actor(head(12, &department(OURS)))
    }

    pub fn centre(&self) -> Client {
        self.app.as_actor(operator(13, "4301"))
    }

    pub fn citizen(&self, n: u128) -> Client {
        self.app.as_actor(citizen(n))
    }

    /// The only task that somebody sees, in full.
    pub async fn task(&self, by: &Client) -> Value {
        let all = format!("{API}/tasks?state=open,contacted,rectified,closed,excluded");
        let page = by.get(&all).await.ok();
        assert_eq!(page["items"].as_array().unwrap().len(), 1, "{page}");
        let id = page["items"][0]["id"].as_str().unwrap();
        by.get(&format!("{API}/tasks/{id}")).await.ok()
    }
}

/// A command on a task as it was seen.
pub async fn act(by: &Client, task: &Value, verb: &str, mut body: Value) -> tb_testkit::Answer {
    body["version"] = task["version"].clone();
    let id = task["id"].as_str().unwrap();
    by.post(&format!("{API}/tasks/{id}/{verb}"), &body).await
}

/// What a contact says.
pub fn reached() -> Value {
    json!({"way": "phone", "reached": true, "words": "已致歉，约定补办。"})
}

/// What a rectification says.
pub fn mended() -> Value {
    json!({"findings": "窗口未一次告知材料。", "measures": "重新培训，修改告知单。", "result": "已上门补办，并修改了一次性告知单。"})
}
