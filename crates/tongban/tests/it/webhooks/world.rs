//! A centre that speaks, and another system that listens on a real socket.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use serde_json::{Value, json};
use tb_contract::topics;
use tb_gateway::{OutboundClient, OutboundRules};
use tb_kernel::{Region, RequestId};
use tb_storage::{NewEvent, Origin};
use tb_testkit::{Client, TestApp, administrator};

pub const API: &str = "/api/v1/apps";
pub const ITEM: &str = "11430102TB000008714432099001000";
pub const OFFICE: &str = "11430102TB00000871";

/// A message as it arrived.
#[derive(Clone, Debug)]
pub struct Arrived {
    pub id: String,
    pub timestamp: i64,
    pub signature: String,
    pub body: String,
}

impl Arrived {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    pub fn number(&self) -> String {
        self.json()["data"]["case_number"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    pub fn version(&self) -> i64 {
        self.json()["data"]["version"].as_i64().unwrap_or_default()
    }
}

/// What the other system does with the next message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    Good,
    Answer(u16),
    Hang,
}

/// The other system.
#[derive(Clone)]
pub struct Receiver {
    pub url: String,
    arrived: Arc<Mutex<Vec<Arrived>>>,
    mood: Arc<Mutex<Mood>>,
    /// It ends with the last of these.
    serving: Option<Arc<tb_jobs::Task<()>>>,
}

impl Receiver {
    pub async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/hook", listener.local_addr().unwrap());
        let mut receiver = Self {
            url,
            arrived: Arc::default(),
            mood: Arc::new(Mutex::new(Mood::Good)),
            serving: None,
        };
        let own = receiver.clone();
        let take = move |headers: HeaderMap, body: String| {
            let own = own.clone();
            async move { own.take(&headers, body).await }
        };
        let router = Router::new()
            .route("/hook", post(take.clone()))
            .route("/moved", post(take));
        let serving = tb_jobs::spawn("receiver", async move {
            axum::serve(listener, router).await.unwrap();
        });
        receiver.serving = Some(Arc::new(serving));
        receiver
    }

    async fn take(&self, headers: &HeaderMap, body: String) -> Response {
        let header = |name: &str| headers[name].to_str().unwrap().to_owned();
        self.arrived.lock().unwrap().push(Arrived {
            id: header("webhook-id"),
            timestamp: header("webhook-timestamp").parse().unwrap(),
            signature: header("webhook-signature"),
            body,
        });
        let mood = *self.mood.lock().unwrap();
        match mood {
            Mood::Good => StatusCode::NO_CONTENT.into_response(),
            Mood::Answer(status) => (
                StatusCode::from_u16(status).unwrap(),
                [("location", "/moved")],
            )
                .into_response(),
            Mood::Hang => std::future::pending().await,
        }
    }

    pub fn is(&self, mood: Mood) {
        *self.mood.lock().unwrap() = mood;
    }

    pub fn arrived(&self) -> Vec<Arrived> {
        self.arrived.lock().unwrap().clone()
    }

    /// Waits until so many messages have arrived, and a moment longer: not one more comes.
    pub async fn wait_for(&self, count: usize) -> Vec<Arrived> {
        for _ in 0..400 {
            if self.arrived().len() >= count {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(25)).await;
        }
        tokio::time::sleep(std::time::Duration::from_millis(400)).await;
        let arrived = self.arrived();
        assert_eq!(arrived.len(), count, "{arrived:#?}");
        arrived
    }
}

pub struct World {
    pub app: TestApp,
    pub receiver: Receiver,
    pub admin: Client,
}

impl World {
    pub async fn new() -> Self {
        Self::with(&["127.0.0.1"]).await
    }

    /// With these addresses within the house open.
    pub async fn with(allow: &[&str]) -> Self {
        let rules = OutboundRules {
            allow_http: true,
            allow: allow.iter().map(|entry| (*entry).to_owned()).collect(),
        };
        let outbound = Arc::new(OutboundClient::new(rules).unwrap());
        let app = TestApp::new(vec![tb_apps::manifest()], |edge, _| {
            vec![tb_apps::module(
                edge,
                tb_apps::Ports {
                    outbound,
                    settings: tb_apps::Settings::default(),
                },
            )]
        })
        .await;
        let admin = app.as_actor(administrator(1));
        Self {
            app,
            receiver: Receiver::start().await,
            admin,
        }
    }

    /// Registers the receiver: the endpoint's id and its secret.
    pub async fn register(&self, more: Value) -> (String, String) {
        let mut body = json!({"name": "市大数据局", "url": self.receiver.url, "active": true});
        for (key, value) in more.as_object().unwrap() {
            body[key] = value.clone();
        }
        let made = self
            .admin
            .post(&format!("{API}/endpoints"), &body)
            .await
            .ok();
        (
            made["endpoint"]["id"].as_str().unwrap().to_owned(),
            made["secret"].as_str().unwrap().to_owned(),
        )
    }

    /// The centre hands on what a department did to a case.
    pub async fn say(&self, number: &str, version: i64, kind: &str) {
        let original = json!({
            "case_number": number, "item_code": ITEM, "version": version, "state": "accepted", "from": "received",
            "at": self.app.now(), "office": "芙蓉区人力资源和社会保障局", "reason": "张示例的材料齐全",
            "step": "李办事员初审",
        });
        let payload = json!({"kind": format!("approval.{kind}"), "original": original});
        let origin = Origin::system("test", RequestId(self.app.store().new_id()));
        let mut tx = self.app.store().begin(origin).await.unwrap();
        tx.emit(NewEvent {
            topic: topics::INTAKE_FEEDBACK,
            key: number,
            kind: "governance.application.fed_back",
            version,
            causation_id: None,
            department_code: Some(OFFICE),
            region_path: Region::parse("430102").map(|region| region.path()),
            payload: &payload,
        })
        .unwrap();
        tx.commit(&()).await.unwrap();
    }

    /// One case with so many versions.
    pub async fn case(&self, number: &str, versions: i64) {
        for version in 1..=versions {
            let kind = match version {
                1 => "case.accepted",
                _ => "case.step_completed",
            };
            self.say(number, version, kind).await;
        }
    }

    pub async fn deliveries(&self, endpoint: &str, query: &str) -> Vec<Value> {
        let path = format!("{API}/endpoints/{endpoint}/deliveries?limit=100{query}");
        let page = self.admin.get(&path).await.ok();
        page["items"].as_array().unwrap().clone()
    }

    pub async fn endpoint(&self, id: &str) -> Value {
        self.admin.get(&format!("{API}/endpoints/{id}")).await.ok()
    }

    /// Time passes, and what comes due is noticed.
    pub fn pass(&self, seconds: i64) {
        self.app.clock().advance(chrono::Duration::seconds(seconds));
    }
}
