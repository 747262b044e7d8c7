//! A small town: one item, a few divisions, applicants, and a department that speaks as it is told.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::{Value, json};
use tb_contract::divisions::{Division, DivisionKind, DivisionTree};
use tb_contract::events::{CaseChanged, FedBack, ItemPublished, ItemWithdrawn};
use tb_contract::item::ItemDocument;
use tb_contract::ports::{
    ApplicantProfile, Applicants, Colleague, Colleagues, Divisions, Identified, PortResult,
};
use tb_contract::topics;
use tb_events::EventLog;
use tb_kernel::{AccountId, AccountKind, Actor, DepartmentId, RequestId};
use tb_storage::{NewEvent, Origin};
use tb_testkit::{Client, TestApp, actor, citizen};
use uuid::Uuid;

use crate::register::Register;

pub const ITEM: &str = "1143010200612345674300101001000";
pub const DEPARTMENT: &str = "114301020061234567";
pub const NAME: &str = "欧阳测甲";
pub const CITIZEN_ID: &str = "11010519491231002X";
/// The number of account 2.
pub const OTHER_ID: &str = "430102199001010016";
/// The number of account 7, which identity does not know while somebody stands at the counter.
pub const LATER_ID: &str = "430102198003120011";
/// The number of account 8, who acts for [`ENTERPRISE`].
pub const AGENT_ID: &str = "430102197510201110";
pub const ENTERPRISE: &str = "91430102MATB000187";
pub const PHONE: &str = "13907310001";
pub const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF";

#[derive(Default)]
struct Profiles {
    renamed: Arc<AtomicBool>,
}

#[async_trait::async_trait]
impl Applicants for Profiles {
    async fn profile(&self, account: AccountId) -> PortResult<Option<ApplicantProfile>> {
        // Account 9 exists, but nothing is known of it.
        let known = account != citizen(9).id;
        Ok(known.then(|| ApplicantProfile {
            account_id: account,
            name: NAME.to_owned(),
            citizen_id: number_of(account).to_owned(),
            phone: PHONE.to_owned(),
            enterprise_name: if self.renamed.load(Ordering::Relaxed) {
                "长沙更名商贸有限公司"
            } else {
                "长沙测试商贸有限公司"
            }
            .to_owned(),
            credit_code: if [citizen(8).id, citizen(10).id].contains(&account) {
                ENTERPRISE.to_owned()
            } else {
                "91430102MA4L0TEST1".to_owned()
            },
        }))
    }

    async fn account_of(&self, who: &Identified) -> PortResult<Option<AccountId>> {
        let is_known = who.citizen_id == CITIZEN_ID && who.credit_code.is_none();
        Ok(is_known.then(|| citizen(1).id))
    }

    async fn agents_of(&self, _: &str) -> PortResult<Vec<AccountId>> {
        Ok(Vec::new())
    }
}

fn number_of(account: AccountId) -> &'static str {
    match account {
        id if id == citizen(2).id => OTHER_ID,
        id if id == citizen(7).id => LATER_ID,
        id if id == citizen(8).id => AGENT_ID,
        _ => CITIZEN_ID,
    }
}

struct Tree;

#[async_trait::async_trait]
impl Divisions for Tree {
    async fn tree(&self) -> PortResult<Arc<DivisionTree>> {
        let rows = [
            ("430000", "湖南省"),
            ("430100", "长沙市"),
            ("430102", "芙蓉区"),
            ("430102001", "文艺路街道"),
            ("430102001001", "识字里社区"),
        ];
        let division = |(code, name): (&str, &str)| Division {
            code: code.into(),
            name: name.into(),
            kind: DivisionKind::Division,
        };
        Ok(Arc::new(DivisionTree::new(rows.map(division))))
    }
}

/// An agent of an enterprise.
pub fn agent(n: u128) -> Actor {
    actor(n, AccountKind::EnterpriseAgent, &["enterprise_agent"])
}

/// The item as JSON, to be bent by tests.
pub fn item() -> Value {
    let material = |id: &str, name: &str, necessity: &str| json!({"id": id, "name": name, "necessity": necessity, "source": "applicant", "form": "electronic"});
    let mut id_card = material("id_card", "居民身份证", "required");
    let papers = json!({"key": "papers", "label": "证件", "kind": "repeat", "fields": [ {"key": "number", "label": "编号", "kind": "text", "required": true}, {"key": "scan", "label": "扫描件", "kind": "attachment", "types": ["png"]}]});
    id_card["waived"] = "公安人口信息可在线核验，不用提交。".into();
    json!({
        "code": ITEM, "name": "失业登记", "item_type": "20", "department_code": DEPARTMENT,
        "department_name": "芙蓉区人力资源和社会保障局", "region": "430102", "audience": ["natural_person"],
        "case_kind": "promised", "sample": true,
        "situations": [{"id": "reason", "question": "失业原因是什么？", "options": [
            {"id": "closed", "label": "单位停业", "materials": ["closure_proof"]},
            {"id": "resigned", "label": "本人辞职", "materials": []},
            {"id": "retired", "label": "已经退休", "materials": [], "barred": "已退休的不用办理失业登记。"}]}],
        "materials": [id_card, material("proof", "解除劳动合同证明", "required"),
            material("closure_proof", "停业证明", "required"), material("extra", "其他材料", "optional")],
        "form": {"key": "unemployment", "title": "失业登记表", "sections": [{"key": "person", "title": "申请人", "fields": [
            {"key": "name", "label": "姓名", "kind": "text", "required": true, "prefill": "account.name", "sensitive": true},
            {"key": "id_number", "label": "身份证号码", "kind": "citizen_id", "required": true, "prefill": "account.citizen_id", "sensitive": true},
            {"key": "phone", "label": "手机号码", "kind": "phone", "required": true, "prefill": "account.phone", "sensitive": true},
            {"key": "home", "label": "住址", "kind": "division", "depth": "village", "required": true},
            {"key": "skill", "label": "技能", "kind": "text"},
            {"key": "photo", "label": "照片", "kind": "attachment", "types": ["png"]},
            {"key": "family", "label": "家庭成员", "kind": "repeat", "max_rows": 3, "fields": [
                {"key": "name", "label": "姓名", "kind": "text", "required": true},
                papers]}]}]}
    })
}

/// Answers with which the item can be handed in.
pub fn answers() -> Value {
    json!({"name": NAME, "id_number": CITIZEN_ID, "phone": PHONE, "home": {"code": "430102001001"}, "skill": "焊工"})
}

/// A department that renders [`MADE_PAPER`] when asked, and knows no other paper.
struct Office(tb_storage::Store);

pub const MADE_PAPER: &str = "0193a000-0000-7000-8000-0000000000ff";

#[async_trait::async_trait]
impl tb_contract::ports::Papers for Office {
    async fn ready(&self, paper_id: Uuid) -> PortResult<bool> {
        if paper_id.to_string() != MADE_PAPER {
            return Ok(false);
        }
        let name = tb_contract::papers::blob(paper_id);
        self.0.blobs().put_named(&name, PDF).await?;
        Ok(true)
    }
}

/// Account 42 helps there besides whoever asks, and account 20 takes in.
#[async_trait::async_trait]
impl Colleagues for Office {
    async fn of_department(&self, _: DepartmentId) -> PortResult<Vec<Colleague>> {
        let one = |n: u128, name: &str, role: &str| Colleague {
            id: citizen(n).id,
            name: name.to_owned(),
            roles: vec![role.to_owned()],
        };
        Ok(vec![
            one(41, "测试41", "assistant"),
            one(42, "测试42", "assistant"),
            one(20, "测试20", "clerk"),
        ])
    }
}

/// The app with its town.
pub struct Town {
    pub app: TestApp,
    /// The licences of its people.
    pub register: Arc<Register>,
    /// Set: the enterprises of its agents have another name.
    pub renamed: Arc<AtomicBool>,
    log: Arc<dyn EventLog>,
}

impl Town {
    pub async fn new() -> Self {
        let town = Self::without_item().await;
        town.publish(item(), 1).await;
        town
    }

    pub async fn without_item() -> Self {
        let (mut kept, mut register) = (None, None);
        let renamed = Arc::<AtomicBool>::default();
        let app = TestApp::new(vec![tb_intake::manifest()], |edge, log| {
            kept = Some(log);
            let licences = Arc::new(Register::new(edge.store()));
            register = Some(licences.clone());
            let ports = tb_intake::Ports {
                applicants: Arc::new(Profiles {
                    renamed: renamed.clone(),
                }),
                divisions: Arc::new(Tree),
                papers: Arc::new(Office(edge.store().clone())),
                licences,
                colleagues: Arc::new(Office(edge.store().clone())),
                settings: tb_intake::Settings::default(),
                typeroom: tb_typeset::Typeroom::new(fonts),
            };
            vec![tb_intake::module(edge, ports)]
        })
        .await;
        Self {
            app,
            renamed,
            register: register.unwrap(),
            log: kept.unwrap(),
        }
    }

    pub fn log(&self) -> Arc<dyn EventLog> {
        self.log.clone()
    }

    /// Publishes a version of an item and lets intake hear of it.
    pub async fn publish(&self, item: Value, version: i64) {
        let item: ItemDocument = serde_json::from_value(item).unwrap();
        let code = item.code.clone();
        let payload = ItemPublished {
            code: code.clone(),
            version,
            item,
        };
        self.emit(
            topics::CATALOGUE,
            &code,
            "catalogue.item.published",
            version,
            &payload,
        )
        .await;
        self.app.run_events().await;
    }

    /// Withdraws the item.
    pub async fn withdraw_item(&self, version: i64) {
        self.withdraw(ITEM, version).await;
    }

    /// Withdraws an item.
    pub async fn withdraw(&self, code: &str, version: i64) {
        let payload = ItemWithdrawn {
            code: code.to_owned(),
            version,
        };
        self.emit(
            topics::CATALOGUE,
            code,
            "catalogue.item.withdrawn",
            version,
            &payload,
        )
        .await;
        self.app.run_events().await;
    }

    /// Emits an event as another domain would.
    pub async fn emit<T: serde::Serialize>(
        &self,
        topic: &str,
        key: &str,
        kind: &str,
        version: i64,
        payload: &T,
    ) {
        let store = self.app.store();
        let mut tx = store
            .begin(Origin::system("test", RequestId(store.new_id())))
            .await
            .unwrap();
        let event = NewEvent {
            topic,
            key,
            kind,
            version,
            causation_id: None,
            department_code: None,
            region_path: None,
            payload,
        };
        tx.emit(event).unwrap();
        tx.commit(&()).await.unwrap();
    }

    /// Says something of a case, without waiting for it to arrive.
    pub async fn say(&self, number: &str, version: i64, kind: &str, state: &str, more: Value) {
        let mut case = json!({
            "case_number": number, "version": version, "state": state, "from": "", "at": self.app.now(),
            "office": "芙蓉区人力资源和社会保障局"
        });
        case.as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        let original: CaseChanged = serde_json::from_value(case).unwrap();
        let payload = FedBack {
            kind: format!("approval.case.{kind}"),
            original,
        };
        self.emit(
            topics::INTAKE_FEEDBACK,
            number,
            "governance.application.fed_back",
            version,
            &payload,
        )
        .await;
    }

    /// Says something of a case and lets intake hear it.
    pub async fn feed_back(
        &self,
        number: &str,
        version: i64,
        kind: &str,
        state: &str,
        more: Value,
    ) {
        self.say(number, version, kind, state, more).await;
        self.app.run_events().await;
    }

    pub fn person(&self, n: u128) -> Client {
        self.app.as_actor(citizen(n))
    }
}

pub fn path(application: &Value, rest: &str) -> String {
    format!(
        "/api/v1/intake/applications/{}{rest}",
        application["id"].as_str().unwrap()
    )
}

/// A draft.
pub async fn draft(client: &Client) -> Value {
    let body =
        json!({"item_code": ITEM, "situation_answers": {"reason": "resigned"}, "channel": "pc"});
    client.post("/api/v1/intake/applications", &body).await.ok()
}

/// A draft with everything that is needed to hand it in.
pub async fn complete(client: &Client) -> Value {
    let draft = draft(client).await;
    let body = json!({"version": draft["version"], "form": answers()});
    let saved = client.put(&path(&draft, "/form"), &body).await.ok();
    upload(client, &saved, "proof", "证明.pdf", PDF).await;
    saved
}

pub async fn upload(
    client: &Client,
    application: &Value,
    requirement: &str,
    name: &str,
    content: &[u8],
) -> Value {
    let fields = [("requirement_id", requirement)];
    client
        .multipart(
            &path(application, "/materials"),
            &fields,
            ("file", name, content),
        )
        .await
        .ok()
}

/// An application as handed in, with its query password.
pub async fn submitted(client: &Client) -> Value {
    let ready = complete(client).await;
    client
        .post(
            &path(&ready, "/submit"),
            &json!({"version": ready["version"]}),
        )
        .await
        .ok()
}

pub async fn look(client: &Client, application: &Value) -> Value {
    client.get(&path(application, "")).await.ok()
}

pub fn number(application: &Value) -> &str {
    application["case_number"].as_str().unwrap()
}

/// Paths of the fields that a problem names, sorted.
pub fn fields(problem: &Value) -> Vec<String> {
    let all = problem["fields"].as_array().unwrap();
    let mut paths: Vec<String> = all
        .iter()
        .map(|field| field["path"].as_str().unwrap().to_owned())
        .collect();
    paths.sort();
    paths
}

/// The fonts of Debian's fonts-noto-cjk, as the default configuration names them.
fn fonts() -> Vec<Vec<u8>> {
    let folder = std::path::Path::new("/usr/share/fonts/opentype/noto");
    let names = ["NotoSerifCJK-Regular.ttc", "NotoSansCJK-Regular.ttc"];
    names
        .iter()
        .filter_map(|name| std::fs::read(folder.join(name)).ok())
        .collect()
}
