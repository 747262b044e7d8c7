//! The product under test: all modules, with one department, one item and one case in it.

use std::sync::Arc;

use serde_json::{Value, json};
use tb_testkit::{Client, TestApp};
use tongban::fonts::Fonts;
use tongban::wiring::{self, Ports};

/// The item: 失业登记 of the demo city.
pub const ITEM: &str = include_str!("../../demo/items/unemployment_registration.json");

/// All modules over a fresh database.
pub async fn open() -> TestApp {
    let app = TestApp::new(wiring::manifests(), |edge, log| {
        let paths = ["Regular", "Bold"].map(|weight| {
            std::path::PathBuf::from(format!(
                "/usr/share/fonts/opentype/noto/NotoSerifCJK-{weight}.ttc"
            ))
        });
        let ports = Ports::local(edge, log, Fonts::new(paths.to_vec())).unwrap();
        wiring::modules(edge, &ports, |_| true).unwrap()
    })
    .await;
    app.use_sessions(tb_identity::sessions(app.store()));
    app
}

/// The same with the item published and its department known to everybody.
pub async fn open_with_item() -> (TestApp, tb_kernel::DepartmentRef) {
    use tb_catalogue::seed;
    let app = open().await;
    let by = tb_storage::Origin::system("test", tb_kernel::RequestId(app.store().new_id()));
    let departments: Vec<seed::DepartmentSeed> =
        serde_json::from_str(include_str!("../../demo/departments.json")).unwrap();
    seed::seed_departments(app.store(), &by, &departments)
        .await
        .unwrap();
    let divisions: seed::CityDivisions =
        serde_json::from_str(include_str!("../../demo/divisions.changsha.json")).unwrap();
    seed::seed_divisions(app.store(), &by, divisions.rows())
        .await
        .unwrap();
    let item: tb_contract::item::ItemDocument = serde_json::from_str(ITEM).unwrap();
    let code = item.department_code.clone();
    seed::seed_items(app.store(), &by, vec![item])
        .await
        .unwrap();
    seed::seed_calendar(app.store(), &by).await.unwrap();
    app.run_events().await;
    let types = tb_licence::types(app.store());
    let catalogue = Arc::new(tb_catalogue::Catalogue::new(app.store(), types).unwrap());
    let department = tb_contract::ports::Departments::by_code(catalogue.as_ref(), &code)
        .await
        .unwrap()
        .unwrap();
    (app, department)
}

/// A citizen whose real name is known, signed in as people are.
pub async fn citizen(app: &TestApp, account: &str, citizen_id: &str) -> Client {
    let seed = tb_identity::SeedAccount {
        account: account.to_owned(),
        kind: tb_kernel::AccountKind::Person,
        name: "张示例".to_owned(),
        citizen_id: Some(citizen_id.to_owned()),
        phone: Some("19900000001".to_owned()),
        roles: vec!["citizen".to_owned()],
        department: None,
        region: None,
        enterprise: None,
    };
    tb_identity::seed_account(app.store(), seed, tongban::DEMO_PASSWORD)
        .await
        .unwrap();
    let client = app.client();
    let body = json!({"account": account, "password": tongban::DEMO_PASSWORD});
    client.post("/api/v1/identity/session", &body).await.ok();
    client
}

/// Applies for the item and hands in: the application's id and the case number.
pub async fn submit(citizen: &Client) -> (String, String) {
    const INTAKE: &str = "/api/v1/intake/applications";
    let item: Value = serde_json::from_str(ITEM).unwrap();
    let answers = json!({"status": "jobless", "residence": "local", "reason": "other"});
    let body = json!({"item_code": item["code"], "situation_answers": answers, "channel": "pc"});
    let draft = citizen.post(INTAKE, &body).await.ok();
    let id = draft["id"].as_str().unwrap().to_owned();
    let form = json!({
        "name": "张示例", "citizen_id": "430102199307169986", "phone": "19900000001",
        "household": "local", "residence": {"code": "430102001001"}, "address": "样例路 1 号",
        "education": "bachelor", "worked_before": "no", "reason": "graduated",
    });
    let body = json!({"version": draft["version"], "form": form});
    let saved = citizen
        .put(&format!("{INTAKE}/{id}/form"), &body)
        .await
        .ok();
    let submitted = citizen
        .post(
            &format!("{INTAKE}/{id}/submit"),
            &json!({"version": saved["version"]}),
        )
        .await
        .ok();
    (id, submitted["case_number"].as_str().unwrap().to_owned())
}
