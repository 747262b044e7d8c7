//! Identity through HTTP on a real database.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

mod accounts;
mod delegation;
mod kiosk;
mod kiosk_card;
mod passwords;
mod privacy;
mod proxy;
mod seeding;
mod sessions;
mod sign_in;

use std::sync::Arc;

use async_trait::async_trait;
use sea_orm::{EntityTrait, QueryOrder};
use serde_json::{Value, json};
use tb_contract::ports::{Departments, PortResult};
use tb_identity::{Ports, SeedAccount, Settings};
use tb_kernel::{AccountId, AccountKind, DepartmentRef, Region};
use tb_storage::entity::audit;
use tb_testkit::{Answer, Client, TestApp, department};

pub(crate) const SESSION: &str = "/api/v1/identity/session";
pub(crate) const ACCOUNTS: &str = "/api/v1/identity/accounts";
pub(crate) const PASSWORD: &str = "river stone lamp";
pub(crate) const DEPARTMENT: &str = "11430102TB00000871";

/// A catalogue that knows one department.
struct OneDepartment;

#[async_trait]
impl Departments for OneDepartment {
    async fn by_code(&self, code: &str) -> PortResult<Option<DepartmentRef>> {
        Ok((code == DEPARTMENT).then(|| department(code)))
    }
}

/// Identity alone, with sign-ins as often as a test likes.
pub(crate) async fn app() -> TestApp {
    app_with(Settings {
        sign_ins_per_minute: 0,
        ..Settings::default()
    })
    .await
}

pub(crate) async fn app_with(settings: Settings) -> TestApp {
    let ports = Ports {
        departments: Arc::new(OneDepartment),
    };
    let app = TestApp::new(vec![tb_identity::manifest()], |edge, _| {
        vec![tb_identity::module_with(edge, ports, settings)]
    })
    .await;
    app.use_sessions(tb_identity::sessions_with(app.store(), settings));
    app
}

pub(crate) fn citizen(account: &str) -> SeedAccount {
    SeedAccount {
        account: account.to_owned(),
        kind: AccountKind::Person,
        name: "张示例".to_owned(),
        citizen_id: Some("430102199307169986".to_owned()),
        phone: Some("19900000001".to_owned()),
        roles: vec!["citizen".to_owned()],
        department: None,
        region: None,
        enterprise: None,
    }
}

pub(crate) fn clerk(account: &str) -> SeedAccount {
    SeedAccount {
        account: account.to_owned(),
        kind: AccountKind::Staff,
        name: "周示例".to_owned(),
        citizen_id: None,
        phone: Some("19900000004".to_owned()),
        roles: vec!["clerk".to_owned()],
        department: Some(department(DEPARTMENT)),
        region: Region::parse("430102"),
        enterprise: None,
    }
}

pub(crate) fn administrator(account: &str) -> SeedAccount {
    SeedAccount {
        kind: AccountKind::Administrator,
        name: "平台管理员".to_owned(),
        roles: vec!["administrator".to_owned()],
        department: None,
        region: None,
        ..clerk(account)
    }
}

pub(crate) async fn seed(app: &TestApp, account: SeedAccount) -> AccountId {
    tb_identity::seed_account(app.store(), account, PASSWORD)
        .await
        .unwrap()
}

pub(crate) async fn sign_in(client: &Client, account: &str, password: &str) -> Answer {
    client
        .post(
            SESSION,
            &json!({ "account": account, "password": password }),
        )
        .await
}

/// A client that has signed in as `account`.
pub(crate) async fn signed_in(app: &TestApp, account: &str) -> Client {
    let client = app.client();
    sign_in(&client, account, PASSWORD).await.ok();
    client
}

/// An administrator who has signed in.
pub(crate) async fn as_administrator(app: &TestApp) -> Client {
    seed(app, administrator("admin")).await;
    signed_in(app, "admin").await
}

/// Audit rows as (action, object, result), oldest first.
pub(crate) async fn audit_rows(app: &TestApp) -> Vec<(String, String, String)> {
    let rows = audit::Entity::find()
        .order_by_asc(audit::Column::Seq)
        .all(&app.store().read())
        .await
        .unwrap();
    rows.into_iter()
        .map(|row| (row.action, row.object_id, row.result))
        .collect()
}

/// The codes of the faults beside fields.
pub(crate) fn field_codes(problem: &Value) -> Vec<(String, String)> {
    let text = |field: &Value, key: &str| field[key].as_str().unwrap().to_owned();
    let fields = problem["fields"].as_array().unwrap();
    fields
        .iter()
        .map(|field| (text(field, "path"), text(field, "code")))
        .collect()
}

#[test]
fn every_code_has_its_texts() {
    tb_testkit::assert_texts(&tb_identity::manifest());
}

#[test]
fn every_operation_names_its_permission() {
    let document = serde_json::to_value(tb_identity::api_document()).unwrap();
    let mut operations: Vec<_> = document["paths"]
        .as_object()
        .unwrap()
        .iter()
        .flat_map(|(path, item)| {
            item.as_object()
                .unwrap()
                .iter()
                .map(move |(method, it)| (path, method, it))
        })
        .map(|(path, method, it)| {
            format!(
                "{method} {path} {}",
                it["x-permission"].as_str().unwrap_or("-")
            )
        })
        .collect();
    let expected = [
        "delete /session identity.session.use",
        "get /accounts identity.account.read",
        "get /accounts/{id} identity.account.read",
        "get /delegations identity.delegation.keep",
        "get /delegations/people identity.delegation.keep",
        "get /kiosk identity.kiosk.use",
        "get /kiosks identity.kiosk.manage",
        "get /profile identity.profile.read",
        "get /proxies identity.proxy.keep",
        "get /roles identity.role.read",
        "get /session identity.session.use",
        "post /accounts identity.account.write",
        "post /accounts/{id}/lock identity.account.write",
        "post /accounts/{id}/reset-password identity.account.write",
        "post /accounts/{id}/unlock identity.account.write",
        "post /delegations identity.delegation.keep",
        "post /delegations/{id}/end identity.delegation.keep",
        "post /kiosk/card identity.kiosk.use",
        "post /kiosk/card/simulate identity.kiosk.use",
        "post /kiosk/pair identity.kiosk.use",
        "post /kiosks identity.kiosk.manage",
        "post /kiosks/{id}/open identity.kiosk.manage",
        "post /kiosks/{id}/renew identity.kiosk.manage",
        "post /kiosks/{id}/shut identity.kiosk.manage",
        "post /password identity.password.change",
        "post /proxies identity.proxy.keep",
        "post /proxies/{id}/accept identity.proxy.keep",
        "post /proxies/{id}/end identity.proxy.keep",
        "post /session identity.session.use",
        "post /session/renew identity.session.use",
        "put /accounts/{id} identity.account.write",
    ];
    operations.sort();
    assert_eq!(operations, expected);
}
