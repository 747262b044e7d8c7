//! A register with two types, a person and an enterprise: what every test here starts from.

use std::collections::HashMap;
use std::sync::Arc;

use async_trait::async_trait;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};
use tb_contract::events::{
    Applicant, FormAnswer, LicenceOrderRevoked, LicenceOrderVoided, LicenceOrdered,
};
use tb_contract::ports::{ApplicantProfile, Applicants, Identified, PortResult};
use tb_contract::topics;
use tb_kernel::{AccountId, DepartmentRef, Event, Region, RequestId};
use tb_licence::Ports;
use tb_storage::entity::outbox;
use tb_storage::{NewEvent, Origin, Tx, open_event};
use tb_testkit::{Client, TestApp, administrator, citizen, clerk, department};
use uuid::Uuid;

/// Base of the paths.
pub const API: &str = "/api/v1/licence";
/// The organ of the tests.
pub const OURS: &str = "11430102TB0000108H";
/// Another one.
pub const OTHERS: &str = "11430102TB0000095U";
/// An item that issues the permit.
pub const PERMIT_ITEM: &str = "11430102TB0000108H4430199008000";
/// An item that issues a card to somebody named in the form.
pub const CARD_ITEM: &str = "11430102TB0000095U4432099002000";
/// The person's id.
pub const CITIZEN_ID: &str = "430102199307169986";
/// The enterprise's code.
pub const CREDIT_CODE: &str = "91430102MA4L0TEST5";

struct People(HashMap<AccountId, ApplicantProfile>);

#[async_trait]
impl Applicants for People {
    async fn profile(&self, account: AccountId) -> PortResult<Option<ApplicantProfile>> {
        Ok(self.0.get(&account).cloned())
    }

    async fn account_of(&self, who: &Identified) -> PortResult<Option<AccountId>> {
        let mut all = self.0.values();
        let found = all.find(|known| known.citizen_id == who.citizen_id);
        Ok(found.map(|known| known.account_id))
    }

    async fn agents_of(&self, credit_code: &str) -> PortResult<Vec<AccountId>> {
        let all = self.0.values();
        let agents = all.filter(|known| known.credit_code == credit_code);
        Ok(agents.map(|known| known.account_id).collect())
    }
}

/// The register under test.
pub struct World {
    /// The app.
    pub app: TestApp,
}

/// The font of the sheets.
pub fn fonts() -> Vec<Vec<u8>> {
    let path = "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc";
    vec![std::fs::read(path).unwrap()]
}

fn profile(n: u128, citizen_id: &str, credit_code: &str) -> (AccountId, ApplicantProfile) {
    let account_id = citizen(n).id;
    let profile = ApplicantProfile {
        account_id,
        name: "张示例".to_owned(),
        citizen_id: citizen_id.to_owned(),
        phone: String::new(),
        enterprise_name: String::new(),
        credit_code: credit_code.to_owned(),
    };
    (account_id, profile)
}

/// The types of the demo city.
pub fn demo_types() -> Vec<tb_licence::seed::TypeSeed> {
    serde_json::from_str(include_str!("../../../../tongban/demo/licence-types.json")).unwrap()
}

impl World {
    /// With the types of the demo city.
    pub async fn new() -> Self {
        let people = People(HashMap::from([
            profile(1, CITIZEN_ID, ""),
            profile(2, "430102195803129993", ""),
            profile(3, "430102198001019995", CREDIT_CODE),
        ]));
        let app = TestApp::new(vec![tb_licence::manifest()], |edge, _| {
            let ports = Ports {
                applicants: Arc::new(people),
                typeroom: tb_typeset::Typeroom::new(fonts),
            };
            vec![tb_licence::module(edge, ports)]
        })
        .await;
        let by = Origin::system("test", RequestId(Uuid::nil()));
        let added = tb_licence::seed::seed_types(app.store(), &by, demo_types())
            .await
            .unwrap();
        assert!(added > 4);
        Self { app }
    }

    /// A transaction of the system.
    pub async fn tx(&self) -> Tx {
        let origin = Origin::system("test", RequestId(Uuid::nil()));
        self.app.store().begin(origin).await.unwrap()
    }

    /// A citizen: 1 holds what is made out to a person, 3 acts for the enterprise.
    pub fn holder(&self, n: u128) -> Client {
        self.app.as_actor(citizen(n))
    }

    /// A clerk of a department.
    pub fn clerk(&self, of: &str) -> Client {
        self.app.as_actor(clerk(11, &department(of)))
    }

    /// An administrator.
    pub fn admin(&self) -> Client {
        self.app.as_actor(administrator(1))
    }

    /// Orders a licence and lets it be issued.
    pub async fn order(&self, order: &LicenceOrdered) {
        let mut tx = self.tx().await;
        emit(&mut tx, order, "approval.licence.ordered", order);
        tx.commit(&()).await.unwrap();
        self.app.run_events().await;
    }

    /// Takes the order of a case back.
    pub async fn void(&self, order: &LicenceOrdered) {
        let voided = LicenceOrderVoided {
            case_number: order.case_number.clone(),
        };
        let mut tx = self.tx().await;
        emit(&mut tx, order, "approval.licence.order_voided", &voided);
        tx.commit(&()).await.unwrap();
        self.app.run_events().await;
    }

    /// Says that the decision of a case was revoked.
    pub async fn revoke(&self, order: &LicenceOrdered) {
        let revoked = LicenceOrderRevoked {
            case_number: order.case_number.clone(),
            reason: "承诺不实".to_owned(),
            basis: "某规定".to_owned(),
        };
        let mut tx = self.tx().await;
        emit(&mut tx, order, "approval.licence.order_revoked", &revoked);
        tx.commit(&()).await.unwrap();
        self.app.run_events().await;
    }

    /// The licences that a holder sees.
    pub async fn mine(&self, n: u128) -> Vec<Value> {
        let page = self.holder(n).get(&format!("{API}/mine")).await.ok();
        page["items"].as_array().unwrap().clone()
    }

    /// The one licence of holder 1 in full.
    pub async fn one(&self) -> Value {
        let id = self.mine(1).await[0]["id"].as_str().unwrap().to_owned();
        self.holder(1).get(&format!("{API}/mine/{id}")).await.ok()
    }

    /// What the register said to the world.
    pub async fn said(&self) -> Vec<Event> {
        let rows = outbox::Entity::find()
            .filter(outbox::Column::Topic.eq(topics::LICENCE))
            .order_by_asc(outbox::Column::Seq)
            .all(&self.app.store().read())
            .await
            .unwrap();
        let sealer = self.app.store().sealer();
        rows.into_iter()
            .map(|row| open_event(row, sealer).unwrap())
            .collect()
    }
}

fn emit<T: serde::Serialize>(tx: &mut Tx, order: &LicenceOrdered, kind: &str, payload: &T) {
    tx.emit(NewEvent {
        topic: topics::LICENCE_ORDER,
        key: &order.case_number,
        kind,
        version: 1,
        causation_id: None,
        department_code: Some(&order.department_code),
        region_path: Some(order.region.path()),
        payload,
    })
    .unwrap();
}

fn answer(key: &str, text: &str) -> FormAnswer {
    FormAnswer {
        key: key.to_owned(),
        label: key.to_owned(),
        text: text.to_owned(),
    }
}

fn ordered(item: &str, of: &DepartmentRef, number: &str, account: u128) -> LicenceOrdered {
    LicenceOrdered {
        case_number: number.to_owned(),
        item_code: item.to_owned(),
        item_name: "某事项".to_owned(),
        result_name: "某证".to_owned(),
        department_id: of.id,
        department_code: of.code.clone(),
        office: "芙蓉区某局".to_owned(),
        region: Region::parse("430102").unwrap(),
        applicant: Applicant {
            account_id: citizen(account).id,
            name: "长沙市示例餐饮有限公司".to_owned(),
            id_number: CREDIT_CODE.to_owned(),
            phone: "19900000001".to_owned(),
            agent_name: "李示例".to_owned(),
        },
        organisation: true,
        decided_on: chrono::NaiveDate::from_ymd_opt(2026, 11, 20).unwrap(),
        sample: true,
        answers: vec![
            answer("responsible_name", "李示例"),
            answer("site_division", "长沙市芙蓉区"),
            answer("site_address", "八一路 1 号"),
        ],
    }
}

/// An order for the enterprise's permit.
pub fn permit(number: &str) -> LicenceOrdered {
    ordered(PERMIT_ITEM, &department(OURS), number, 3)
}

/// An order for a card that citizen 2 asked for on behalf of citizen 1.
pub fn card(number: &str) -> LicenceOrdered {
    let mut order = ordered(CARD_ITEM, &department(OTHERS), number, 2);
    order.organisation = false;
    "王代办".clone_into(&mut order.applicant.name);
    "430102195803129993".clone_into(&mut order.applicant.id_number);
    order.applicant.agent_name = String::new();
    order.answers = vec![
        answer("name", "张示例"),
        answer("citizen_id", CITIZEN_ID),
        answer("sex", "女"),
    ];
    order
}

/// A type that no item of the demo issues.
pub fn new_type() -> Value {
    json!({"code": "11430102TB0000108H009", "document": {
        "name": "测试证", "items": ["4430199999999"], "holder": {"kind": "applicant"},
        "number_rule": "T{year}{serial}", "validity": {"kind": "years", "years": 3},
        "face": [{"label": "名称", "source": {"kind": "holder_name"}, "public": true}],
        "layout": "portrait", "seal": true}})
}
