//! A centre with an intake API in memory.

use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use tb_contract::events::DepartmentPublished;
use tb_contract::feed::ChangePage;
use tb_contract::ports::{IntakeChanges, PortResult};
use tb_contract::topics;
use tb_governance::Ports;
use tb_kernel::{ErrorKind, Event, Fault, Region, RequestId};
use tb_storage::{NewEvent, Origin, Position};
use tb_testkit::{Client, TestApp, department, operator};
use uuid::Uuid;

/// Credit codes of two departments.
pub const OURS: &str = "11430102TB00000871";
pub const OTHERS: &str = "11430104TB00000999";
/// Base of the paths.
pub const API: &str = "/api/v1/governance";

/// The intake API: changes by number, cursors that are numbers.
#[derive(Default)]
pub struct Intake {
    changes: Mutex<Vec<Event>>,
    asked: Mutex<Vec<String>>,
    down: Mutex<bool>,
}

#[async_trait::async_trait]
impl IntakeChanges for Intake {
    async fn changes(&self, cursor: &str, limit: u64) -> PortResult<ChangePage> {
        if *self.down.lock().unwrap() {
            return Err(Fault::new(ErrorKind::Unavailable, "http.busy"));
        }
        self.asked.lock().unwrap().push(cursor.to_owned());
        let from: usize = cursor.parse().unwrap_or_default();
        let all = self.changes.lock().unwrap();
        let page = all.iter().skip(from).take(usize::try_from(limit).unwrap());
        let changes: Vec<Event> = page.cloned().collect();
        let cursor = match changes.len() {
            0 => cursor.to_owned(),
            n => (from + n).to_string(),
        };
        Ok(ChangePage { changes, cursor })
    }
}

impl Intake {
    /// Every cursor it was asked with, each once, in order.
    pub fn cursors(&self) -> Vec<String> {
        let mut asked = self.asked.lock().unwrap().clone();
        asked.dedup();
        asked
    }

    pub fn fail(&self, down: bool) {
        *self.down.lock().unwrap() = down;
    }
}

/// The one account whose name is known.
pub const KNOWN: uuid::Uuid = uuid::Uuid::from_u128(77);
/// What it is called.
pub const KNOWN_NAME: &str = "刘洋（clerk_hr）";

struct Names;

#[async_trait::async_trait]
impl tb_contract::ports::AccountNames for Names {
    async fn names(
        &self,
        asked: &[tb_kernel::AccountId],
    ) -> tb_contract::ports::PortResult<std::collections::HashMap<tb_kernel::AccountId, String>>
    {
        let known = asked.iter().filter(|account| account.0 == KNOWN);
        Ok(known
            .map(|account| (*account, KNOWN_NAME.to_owned()))
            .collect())
    }
}

pub struct World {
    pub app: TestApp,
    pub intake: Arc<Intake>,
}

/// A change of an application.
pub struct Change {
    pub number: String,
    pub version: i64,
    pub kind: &'static str,
    pub department: Option<&'static str>,
    pub region: Option<&'static str>,
}

/// The first submission of an application to our department.
pub fn submitted(number: &str) -> Change {
    Change {
        number: number.to_owned(),
        version: 3,
        kind: "intake.application.submitted",
        department: Some(OURS),
        region: Some("430102"),
    }
}

impl World {
    pub async fn new() -> Self {
        let intake = Arc::new(Intake::default());
        let changes: Arc<dyn IntakeChanges> = intake.clone();
        let app = TestApp::new(vec![tb_governance::manifest()], |edge, log| {
            let names = Arc::new(Names);
            vec![tb_governance::module(
                edge,
                Ports {
                    changes,
                    log,
                    names,
                },
            )]
        })
        .await;
        Self { app, intake }
    }

    /// Intake records changes.
    pub fn record(&self, changes: impl IntoIterator<Item = Change>) {
        for change in changes {
            let event = Event {
                id: self.app.store().new_id(),
                topic: topics::INTAKE_CHANGE.to_owned(),
                key: change.number.clone(),
                kind: change.kind.to_owned(),
                time: self.app.now(),
                version: change.version,
                correlation_id: change.number.clone(),
                causation_id: None,
                department_code: change.department.map(str::to_owned),
                region_path: change
                    .region
                    .map(|code| Region::parse(code).unwrap().path()),
                payload: json!({
                    "case_number": change.number, "version": change.version,
                    "item_code": "11430102TB000008714432099001000", "item_name": "失业登记",
                    "applicant": { "name": "张示例", "id_number": "430102199307169986" },
                }),
            };
            self.intake.changes.lock().unwrap().push(event);
        }
    }

    /// Intake records changes and the centre takes them.
    pub async fn take(&self, changes: impl IntoIterator<Item = Change>) {
        self.record(changes);
        self.app.run_events().await;
    }

    /// A department says what it did to a case.
    pub async fn say(&self, topic: &str, number: &str, version: i64, state: &str) {
        let payload = json!({
            "case_number": number, "version": version, "state": state, "from": "received",
            "at": self.app.now(), "office": "芙蓉区人力资源和社会保障局", "reason": "材料齐全",
        });
        self.emit(topic, "approval.case.accepted", number, version, &payload)
            .await;
    }

    pub async fn emit(&self, topic: &str, kind: &str, key: &str, version: i64, payload: &Value) {
        let origin = Origin::system("test", RequestId(Uuid::nil()));
        let mut tx = self.app.store().begin(origin).await.unwrap();
        tx.emit(NewEvent {
            topic,
            key,
            kind,
            version,
            causation_id: None,
            department_code: Some(OURS),
            region_path: Region::parse("430102").map(|region| region.path()),
            payload,
        })
        .unwrap();
        tx.commit(&()).await.unwrap();
    }

    /// The catalogue says that a department takes part.
    pub async fn publish_department(&self, code: &str, name: &str) {
        let said = DepartmentPublished {
            id: department(code).id,
            code: code.to_owned(),
            name: name.to_owned(),
            region: Region::parse("430102").unwrap(),
            enabled: true,
        };
        let said = serde_json::to_value(said).unwrap();
        let kind = "catalogue.department.published";
        self.emit(topics::CATALOGUE, kind, code, 1, &said).await;
    }

    /// All events of a topic.
    pub async fn events(&self, topic: &str) -> Vec<Event> {
        self.app.settle().await;
        let all = self.app.log().read(topic, Position::default(), 1000).await;
        all.unwrap().into_iter().map(|(_, event)| event).collect()
    }

    /// Versions handed back to intake for a case, in order.
    pub async fn handed_back(&self, number: &str) -> Vec<i64> {
        let events = self.events(topics::INTAKE_FEEDBACK).await;
        let of_case = events.iter().filter(|event| event.key == number);
        of_case.map(|event| event.version).collect()
    }

    /// The row of a case on the channel page.
    pub async fn row(&self, number: &str) -> Value {
        let page = self
            .city()
            .get(&format!("{API}/channel?q={number}"))
            .await
            .ok();
        page["items"][0].clone()
    }

    /// The operator of the whole city.
    pub fn city(&self) -> Client {
        self.operator("4301")
    }

    pub fn operator(&self, region: &str) -> Client {
        self.app.as_actor(operator(7, region))
    }
}
