//! Administrators and accounts: who may, what is checked, lists, versions, locks.

use serde_json::{Value, json};
use tb_identity::SeedAccount;
use tb_kernel::AccountKind;
use tb_kernel::EnterpriseRef;

use crate::{
    ACCOUNTS, DEPARTMENT, PASSWORD, SESSION, app, as_administrator, audit_rows, citizen, clerk,
    field_codes, seed, sign_in, signed_in,
};

fn new_account() -> Value {
    json!({
        "account": "Clerk_New", "name": " 冯示例 ", "phone": "199 0000 0008", "roles": ["clerk"],
        "department_code": DEPARTMENT, "region": "430102", "password": PASSWORD,
    })
}

fn names(list: &Value) -> Vec<&str> {
    list["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["account"].as_str().unwrap())
        .collect()
}

#[tokio::test]
async fn only_administrators_may() {
    let app = app().await;
    let id = seed(&app, citizen("citizen1")).await;
    seed(&app, clerk("clerk_hr")).await;
    let one = format!("{ACCOUNTS}/{id}");
    for account in ["citizen1", "clerk_hr"] {
        let client = signed_in(&app, account).await;
        let read = client.get(ACCOUNTS).await.refused(403, "http.forbidden");
        assert_eq!(read["args"]["permission"], "identity.account.read");
        client.get(&one).await.refused(403, "http.forbidden");
        let write = client
            .post(ACCOUNTS, &new_account())
            .await
            .refused(403, "http.forbidden");
        assert_eq!(write["args"]["permission"], "identity.account.write");
        client
            .put(&one, &json!({}))
            .await
            .refused(403, "http.forbidden");
        for verb in ["lock", "unlock", "reset-password"] {
            client
                .post(&format!("{one}/{verb}"), &json!({}))
                .await
                .refused(403, "http.forbidden");
        }
        client
            .get("/api/v1/identity/roles")
            .await
            .refused(403, "http.forbidden");
    }
    app.client()
        .get(ACCOUNTS)
        .await
        .refused(401, "http.unauthenticated");
}

#[tokio::test]
async fn an_account_is_created_once_and_on_record() {
    let app = app().await;
    let admin = as_administrator(&app).await;
    let created = admin
        .clone()
        .once("create-a-clerk")
        .post(ACCOUNTS, &new_account())
        .await
        .ok();
    assert_eq!(created["account"], "clerk_new");
    assert_eq!(created["name"], "冯示例");
    assert_eq!(created["kind"], "staff");
    assert_eq!(created["phone"], "199****0008");
    assert_eq!(created["department"]["code"], DEPARTMENT);
    assert_eq!(created["updated_by"], "平台管理员");
    assert_eq!(
        admin
            .clone()
            .once("create-a-clerk")
            .post(ACCOUNTS, &new_account())
            .await
            .ok(),
        created
    );
    admin
        .post(ACCOUNTS, &new_account())
        .await
        .refused(409, "identity.account_taken");
    let id = created["id"].as_str().unwrap();
    assert_eq!(admin.get(&format!("{ACCOUNTS}/{id}")).await.ok(), created);
    let row = (
        "identity.account.created".to_owned(),
        id.to_owned(),
        "done".to_owned(),
    );
    assert_eq!(
        audit_rows(&app)
            .await
            .iter()
            .filter(|found| **found == row)
            .count(),
        1
    );
    sign_in(&app.client(), "clerk_new", PASSWORD).await.ok();
}

#[tokio::test]
async fn everything_wrong_is_told_at_once() {
    let app = app().await;
    let admin = as_administrator(&app).await;
    let body = json!({
        "account": "1", "name": "", "phone": "12", "roles": ["clerk", "citizen"], "department_code": "unknown",
        "password": "short",
    });
    let problem = admin
        .post(ACCOUNTS, &body)
        .await
        .refused(422, "identity.invalid_account");
    let mut found = field_codes(&problem);
    found.sort();
    let expected = [
        ("/account", "login_malformed"),
        ("/department_code", "department_unknown"),
        ("/name", "name_malformed"),
        ("/password", "password_short"),
        ("/phone", "phone_malformed"),
        ("/roles/1", "role_unknown"),
    ];
    assert_eq!(
        found,
        expected.map(|(path, code)| (path.to_owned(), format!("identity.{code}")))
    );
    admin
        .post(ACCOUNTS, &json!({ "region": "abc" }))
        .await
        .refused(422, "http.malformed");
}

#[tokio::test]
async fn a_stale_version_names_who_was_quicker_and_when() {
    let app = app().await;
    let admin = as_administrator(&app).await;
    let id = seed(&app, clerk("clerk_hr")).await;
    let one = format!("{ACCOUNTS}/{id}");
    let body =
        json!({ "version": 1, "name": "周改名", "roles": ["head"], "department_code": DEPARTMENT });
    let changed = admin.put(&one, &body).await.ok();
    assert_eq!(
        (&changed["version"], &changed["name"]),
        (&json!(2), &json!("周改名"))
    );
    assert_eq!(changed["roles"], json!(["head"]));
    assert_eq!(changed["region"], Value::Null);
    // The phone is shown masked, so what is left out stays.
    assert_eq!(changed["phone"], "199****0004");
    let problem = admin
        .put(&one, &body)
        .await
        .refused(409, "identity.stale_version");
    assert_eq!(
        problem["args"],
        json!({ "by": "平台管理员", "at": "2026-11-22T02:00:00Z" })
    );
    assert!(problem["detail"].as_str().unwrap().contains("平台管理员"));
}

#[tokio::test]
async fn citizens_are_not_changed_here_and_unknown_ids_are_not_found() {
    let app = app().await;
    let admin = as_administrator(&app).await;
    let id = seed(&app, citizen("citizen1")).await;
    let body = json!({ "version": 1, "name": "某人", "roles": ["administrator"] });
    admin
        .put(&format!("{ACCOUNTS}/{id}"), &body)
        .await
        .refused(422, "identity.not_staff");
    let nobody = "01900000-0000-7000-8000-000000000000";
    admin
        .put(&format!("{ACCOUNTS}/{nobody}"), &body)
        .await
        .refused(404, "identity.account_not_found");
    admin
        .get(&format!("{ACCOUNTS}/{nobody}"))
        .await
        .refused(404, "identity.account_not_found");
    admin
        .get(&format!("{ACCOUNTS}/no-id"))
        .await
        .refused(404, "http.not_found");
}

#[tokio::test]
async fn an_administrator_cannot_lock_himself_out() {
    let app = app().await;
    let admin = as_administrator(&app).await;
    let id = admin.get(SESSION).await.ok()["account_id"]
        .as_str()
        .unwrap()
        .to_owned();
    admin
        .post(&format!("{ACCOUNTS}/{id}/lock"), &json!({}))
        .await
        .refused(422, "identity.own_account");
    let body =
        json!({ "version": 1, "name": "我", "roles": ["clerk"], "department_code": DEPARTMENT });
    admin
        .put(&format!("{ACCOUNTS}/{id}"), &body)
        .await
        .refused(422, "identity.own_account");
}

#[tokio::test]
async fn a_locked_account_tells_only_who_knows_the_password() {
    let app = app().await;
    let admin = as_administrator(&app).await;
    let id = seed(&app, citizen("citizen1")).await;
    let client = signed_in(&app, "citizen1").await;
    let view = admin
        .post(&format!("{ACCOUNTS}/{id}/lock"), &json!({}))
        .await
        .ok();
    assert_eq!(
        (&view["locked"], &view["version"]),
        (&json!(true), &json!(2))
    );
    client
        .get(SESSION)
        .await
        .refused(401, "http.session_expired");
    sign_in(&client, "citizen1", "wrong password")
        .await
        .refused(401, "identity.wrong_credentials");
    sign_in(&client, "citizen1", PASSWORD)
        .await
        .refused(403, "identity.account_locked");
    assert_eq!(
        admin
            .post(&format!("{ACCOUNTS}/{id}/unlock"), &json!({}))
            .await
            .ok()["locked"],
        false
    );
    client
        .get(SESSION)
        .await
        .refused(401, "http.session_expired");
    sign_in(&client, "citizen1", PASSWORD).await.ok();
}

#[tokio::test]
async fn unlocking_lifts_a_lock_out_too() {
    let app = app().await;
    let admin = as_administrator(&app).await;
    let id = seed(&app, clerk("clerk_hr")).await;
    for _ in 0..5 {
        sign_in(&app.client(), "clerk_hr", "wrong password").await;
    }
    let view = admin.get(&format!("{ACCOUNTS}/{id}")).await.ok();
    assert_eq!(
        (&view["locked"], &view["locked_until"]),
        (&json!(false), &json!("2026-11-22T02:15:00Z"))
    );
    admin
        .post(&format!("{ACCOUNTS}/{id}/unlock"), &json!({}))
        .await
        .ok();
    sign_in(&app.client(), "clerk_hr", PASSWORD).await.ok();
}

#[tokio::test]
async fn lists_are_masked_filtered_and_paged() {
    let app = app().await;
    let admin = as_administrator(&app).await;
    seed(&app, citizen("19900000001")).await;
    let agent = SeedAccount {
        kind: AccountKind::EnterpriseAgent,
        name: "陈示例".to_owned(),
        citizen_id: Some("430102198511099992".to_owned()),
        phone: Some("19900000003".to_owned()),
        roles: vec!["enterprise_agent".to_owned()],
        enterprise: Some(EnterpriseRef {
            name: "长沙样例餐饮管理有限公司".to_owned(),
            credit_code: "91430102MATB000187".to_owned(),
        }),
        ..citizen("agent1")
    };
    seed(&app, agent).await;
    for n in 1..=3 {
        // One millisecond apart, so that their order is that of their ids.
        app.clock().advance(chrono::Duration::milliseconds(1));
        seed(&app, clerk(&format!("clerk_{n}"))).await;
    }
    let list = admin.get(ACCOUNTS).await;
    let text = String::from_utf8(list.bytes.to_vec()).unwrap();
    for hidden in [
        "张示例",
        "陈示例",
        "19900000001",
        "430102199307169986",
        "19900000003",
        "19900000004",
    ] {
        assert!(!text.contains(hidden), "{hidden}");
    }
    for shown in [
        "张*例",
        "199****0001",
        "4301**********9986",
        "周示例",
        "长沙样例餐饮管理有限公司",
        "ag***",
    ] {
        assert!(text.contains(shown), "{shown} in {text}");
    }
    let list = list.ok();
    assert_eq!(list["items"].as_array().unwrap().len(), 6);
    assert_eq!(list["next_cursor"], Value::Null);

    let find = async |query: &str| admin.get(&format!("{ACCOUNTS}?{query}")).await.ok();
    assert_eq!(
        names(&find("q=CLERK_").await),
        ["clerk_3", "clerk_2", "clerk_1"]
    );
    assert_eq!(names(&find("q=%25").await), Vec::<&str>::new());
    assert_eq!(names(&find("q=%E5%91%A8").await).len(), 3);
    assert_eq!(
        names(&find("q=%E5%BC%A0%E7%A4%BA%E4%BE%8B").await),
        ["199****0001"]
    );
    assert_eq!(names(&find("q=%E5%BC%A0").await), Vec::<&str>::new());
    assert_eq!(names(&find("q=430102199307169986").await), ["199****0001"]);
    assert_eq!(names(&find("q=19900000003").await), ["ag***"]);
    assert_eq!(names(&find("kind=enterprise_agent").await), ["ag***"]);
    assert_eq!(
        names(&find(&format!("department={DEPARTMENT}&kind=staff")).await).len(),
        3
    );

    let first = find("limit=2&q=clerk").await;
    assert_eq!(names(&first), ["clerk_3", "clerk_2"]);
    let cursor = first["next_cursor"].as_str().unwrap();
    let second = find(&format!("limit=2&q=clerk&cursor={cursor}")).await;
    assert_eq!(
        (names(&second), &second["next_cursor"]),
        (vec!["clerk_1"], &Value::Null)
    );
    admin
        .get(&format!("{ACCOUNTS}?cursor=nonsense"))
        .await
        .refused(422, "http.bad_cursor");
}

#[tokio::test]
async fn the_registry_of_roles_can_be_read() {
    let app = app().await;
    let admin = as_administrator(&app).await;
    let roles = admin.get("/api/v1/identity/roles").await.ok();
    let clerk = roles["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|role| role["key"] == "clerk")
        .unwrap();
    assert_eq!(clerk["staff"], true);
    let grants = clerk["grants"].as_array().unwrap();
    assert!(
        grants.contains(&json!({ "permission": "approval.case.accept", "reach": "department" }))
    );
}
