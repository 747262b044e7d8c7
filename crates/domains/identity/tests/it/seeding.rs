//! What the command line makes: the first administrator, demo accounts; and what intake asks.

use tb_contract::ports::Identified;
use tb_identity::SeedAccount;
use tb_kernel::{AccountId, AccountKind, EnterpriseRef, ErrorKind};
use tb_testkit::administrator;

use crate::{PASSWORD, app, citizen, clerk, seed, sign_in};

#[tokio::test]
async fn the_first_administrator_comes_from_the_command_line() {
    let app = app().await;
    let create = async |account: &str, password: &str| {
        tb_identity::create_administrator(app.store(), account, password)
            .await
            .map_err(|fault| fault.code)
    };
    assert_eq!(create("a", PASSWORD).await, Err("identity.login_malformed"));
    assert_eq!(
        create("admin", "short").await,
        Err("identity.password_short")
    );
    assert_eq!(
        create("admin", "1234567890").await,
        Err("identity.password_common")
    );
    create("Admin", PASSWORD).await.unwrap();
    assert_eq!(
        create("admin", PASSWORD).await,
        Err("identity.account_taken")
    );
    let view = sign_in(&app.client(), "admin", PASSWORD).await.ok();
    assert_eq!(
        (&view["kind"], &view["must_change_password"]),
        (&"administrator".into(), &false.into())
    );
    assert!(!tb_identity::has_demo_accounts(app.store()).await.unwrap());
}

#[tokio::test]
async fn seeding_twice_changes_nothing() {
    let app = app().await;
    let first = seed(&app, clerk("clerk_hr")).await;
    assert!(tb_identity::has_demo_accounts(app.store()).await.unwrap());
    let again = tb_identity::seed_account(app.store(), citizen("CLERK_HR"), "another password")
        .await
        .unwrap();
    assert_eq!(first, again);
    let view = sign_in(&app.client(), "clerk_hr", PASSWORD).await.ok();
    assert_eq!(view["name"], "周示例");
    let mut broken = citizen("citizen1");
    broken.citizen_id = Some("430102199307169987".to_owned());
    let refused = tb_identity::seed_account(app.store(), broken, PASSWORD)
        .await
        .unwrap_err();
    assert_eq!(refused.kind, ErrorKind::Internal);
    assert!(!refused.to_string().contains("430102199307169987"));
}

#[tokio::test]
async fn intake_learns_what_it_prefills() {
    let app = app().await;
    let id = seed(&app, citizen("citizen1")).await;
    let applicants = tb_identity::applicants(app.store());
    let profile = applicants.profile(id).await.unwrap().unwrap();
    assert_eq!((profile.account_id, profile.name.as_str()), (id, "张示例"));
    assert_eq!(
        (profile.citizen_id.as_str(), profile.phone.as_str()),
        ("430102199307169986", "19900000001")
    );
    assert_eq!(profile.enterprise_name, "");
    let mut who = Identified {
        citizen_id: "430102199307169986".to_owned(),
        credit_code: None,
    };
    assert_eq!(applicants.account_of(&who).await.unwrap(), Some(id));
    who.credit_code = Some("91430102MATB000187".to_owned());
    assert_eq!(
        applicants.account_of(&who).await.unwrap(),
        None,
        "the person is not the agent"
    );
    assert!(
        applicants
            .profile(AccountId(administrator(1).id.0))
            .await
            .unwrap()
            .is_none()
    );
}

#[tokio::test]
async fn the_agents_of_an_enterprise_are_found_by_its_code() {
    let app = app().await;
    let agent = |login: &str, citizen_id: &str| SeedAccount {
        kind: AccountKind::EnterpriseAgent,
        citizen_id: Some(citizen_id.to_owned()),
        roles: vec!["enterprise_agent".to_owned()],
        enterprise: Some(EnterpriseRef {
            name: "长沙样例餐饮管理有限公司".to_owned(),
            credit_code: "91430102MATB000187".to_owned(),
        }),
        ..citizen(login)
    };
    seed(&app, citizen("citizen1")).await;
    let first = seed(&app, agent("agent1", "430102198511099992")).await;
    let second = seed(&app, agent("agent2", "430102195803129993")).await;
    let applicants = tb_identity::applicants(app.store());
    let mut found = applicants.agents_of("91430102MATB000187").await.unwrap();
    found.sort_unstable_by_key(|id| id.0);
    let mut both = [first, second];
    both.sort_unstable_by_key(|id| id.0);
    assert_eq!(found, both);
    let none = applicants.agents_of("91430102MA4L0TEST5").await.unwrap();
    assert_eq!(none, []);
}
