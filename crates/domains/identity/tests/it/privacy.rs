//! Personal data: sealed at rest, masked in answers, in no `Debug`, unmasked on record only.

use sea_orm::{ConnectionTrait, Statement};
use serde_json::json;
use tb_testkit::TestApp;

use crate::{app, audit_rows, citizen, clerk, seed, signed_in};

const PROFILE: &str = "/api/v1/identity/profile";
const CANARIES: [&str; 4] = ["张示例", "430102199307169986", "19900000001", "19900000004"];

/// Everything that lies in the database: the file and its log, or all rows as text.
pub(crate) async fn dump(app: &TestApp) -> Vec<u8> {
    let conn = app.store().read();
    if conn.is_sqlite() {
        let folder = app.database().folder.path();
        let files = ["test.db", "test.db-wal"]
            .map(|name| std::fs::read(folder.join(name)).unwrap_or_default());
        return files.concat();
    }
    let mut all = Vec::new();
    let tables = [
        "account",
        "credential",
        "session",
        "attempt",
        "proxy",
        "kiosk",
    ]
    .map(|name| format!("identity_{name}"));
    for table in tables
        .iter()
        .map(String::as_str)
        .chain(["platform_audit", "platform_idempotency"])
    {
        let sql = format!("SELECT row_to_json(t)::text AS line FROM {table} t");
        let rows = conn
            .query_all_raw(Statement::from_string(conn.get_database_backend(), sql))
            .await
            .unwrap();
        for row in rows {
            all.extend_from_slice(row.try_get::<String>("", "line").unwrap().as_bytes());
        }
    }
    all
}

/// PostgreSQL writes bytes in hexadecimal digits.
fn hexadecimal(bytes: &[u8]) -> Vec<u8> {
    let digit = |n: u8| if n < 10 { b'0' + n } else { b'a' + n - 10 };
    bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 15)])
        .collect()
}

/// Whether bytes hold others, as they are or in hexadecimal digits.
pub(crate) fn holds(haystack: &[u8], needle: &[u8]) -> bool {
    let found = |needle: &[u8]| {
        haystack
            .windows(needle.len())
            .any(|window| window == needle)
    };
    found(needle) || found(&hexadecimal(needle))
}

#[tokio::test]
async fn nothing_personal_lies_open_in_the_database() {
    let app = app().await;
    seed(&app, citizen("19900000001")).await;
    seed(&app, clerk("clerk_hr")).await;
    let client = signed_in(&app, "19900000001").await;
    client.get(&format!("{PROFILE}?unmasked=true")).await.ok();
    let dump = dump(&app).await;
    // The names of staff are no secret: they prove that the dump has the rows.
    assert!(holds(&dump, "周示例".as_bytes()) && holds(&dump, b"clerk_hr"));
    for canary in CANARIES {
        assert!(!holds(&dump, canary.as_bytes()), "{canary}");
    }
    assert!(
        !holds(&dump, client.cookie().unwrap().as_bytes()),
        "the token itself is stored"
    );
    assert!(!holds(&dump, crate::PASSWORD.as_bytes()));
    assert!(holds(&dump, b"$argon2id$v=19$m=19456,t=2,p=1$"));
}

#[tokio::test]
async fn a_profile_is_masked_unless_asked_for_in_full_and_then_on_record() {
    let app = app().await;
    let id = seed(&app, citizen("19900000001")).await;
    let client = signed_in(&app, "19900000001").await;
    let read = (
        "identity.profile.read".to_owned(),
        id.to_string(),
        "read".to_owned(),
    );
    let masked = client.get(PROFILE).await.ok();
    let shown =
        ["account", "name", "citizen_id", "phone", "unmasked"].map(|key| masked[key].clone());
    assert_eq!(
        shown,
        [
            json!("199****0001"),
            json!("张*例"),
            json!("4301**********9986"),
            json!("199****0001"),
            json!(false)
        ]
    );
    assert!(!audit_rows(&app).await.contains(&read));
    let full = client.get(&format!("{PROFILE}?unmasked=true")).await.ok();
    let shown = ["account", "name", "citizen_id", "phone", "unmasked"].map(|key| full[key].clone());
    assert_eq!(
        shown,
        [
            json!("19900000001"),
            json!("张示例"),
            json!("430102199307169986"),
            json!("19900000001"),
            json!(true)
        ]
    );
    assert!(audit_rows(&app).await.contains(&read));
    app.client()
        .get(PROFILE)
        .await
        .refused(401, "http.unauthenticated");
}

#[tokio::test]
async fn debug_output_holds_no_personal_data() {
    let app = app().await;
    seed(&app, citizen("19900000001")).await;
    let client = signed_in(&app, "19900000001").await;
    let sessions = tb_identity::sessions(app.store());
    let session = sessions
        .authenticate(&client.cookie().unwrap(), None, true)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(session.actor.name, "张示例");
    let text = format!(
        "{session:?} {:?} {:?}",
        session.actor,
        citizen("19900000001")
    );
    for canary in CANARIES {
        assert!(!text.contains(canary), "{text}");
    }
}
