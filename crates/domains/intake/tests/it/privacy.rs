//! Whose applications are whose, and what the tables give away.

use sea_orm::{ConnectionTrait, DbBackend, Statement};
use serde_json::{Value, json};

use crate::town::{
    CITIZEN_ID, NAME, PDF, PHONE, Town, draft, look, number, path, submitted, upload,
};

#[tokio::test]
async fn other_peoples_applications_do_not_exist() {
    let town = Town::new().await;
    let (mine, other) = (town.person(1), town.person(2));
    let done = submitted(&mine).await;
    let open = draft(&mine).await;
    let file = done["materials"][1]["files"][0]["id"].as_str().unwrap();
    let gone = "intake.application_not_found";
    other.get(&path(&done, "")).await.refused(404, gone);
    other
        .get(&path(&done, &format!("/materials/{file}")))
        .await
        .refused(404, gone);
    other
        .get(&path(&done, "/papers/0193a000-0000-7000-8000-000000000001"))
        .await
        .refused(404, gone);
    other.delete(&path(&open, "")).await.refused(404, gone);
    other
        .delete(&path(&done, &format!("/materials/{file}")))
        .await
        .refused(404, gone);
    other
        .put(&path(&open, "/form"), &json!({"version": 1, "form": {}}))
        .await
        .refused(404, gone);
    other
        .put(
            &path(&open, "/situation"),
            &json!({"version": 1, "situation_answers": {}}),
        )
        .await
        .refused(404, gone);
    for (verb, body) in [
        ("submit", json!({"version": 1})),
        ("correct", json!({"version": 1})),
        ("withdraw", json!({"version": 1, "reason": "不办了"})),
        ("rating", json!({"level": 5})),
    ] {
        other
            .post(&path(&open, &format!("/{verb}")), &body)
            .await
            .refused(404, gone);
    }
    let fields = [("requirement_id", "proof")];
    other
        .multipart(&path(&open, "/materials"), &fields, ("file", "a.pdf", PDF))
        .await
        .refused(404, gone);
    assert_eq!(
        other.get("/api/v1/intake/applications").await.ok()["items"],
        json!([])
    );
    // One's own file under another of one's own applications is not there either.
    mine.get(&path(&open, &format!("/materials/{file}")))
        .await
        .refused(404, "intake.material_not_found");
    town.app
        .client()
        .get(&path(&done, ""))
        .await
        .refused(401, "http.unauthenticated");
    let clerk = town.app.as_actor(tb_testkit::clerk(
        5,
        &tb_testkit::department("114301020061234567"),
    ));
    clerk
        .get(&path(&done, ""))
        .await
        .refused(403, "http.forbidden");
    assert_eq!(look(&mine, &open).await["state"], "draft");
}

#[tokio::test]
async fn the_tables_hold_no_personal_data_in_clear() {
    let town = Town::new().await;
    let mine = town.person(1);
    let open = submitted(&mine).await;
    upload(
        &mine,
        &draft(&mine).await,
        "proof",
        "欧阳测甲的证明.pdf",
        format!("%PDF-1.7 {NAME} {CITIZEN_ID}").as_bytes(),
    )
    .await;
    let notice = json!({"fields": ["/skill"], "reason": "欧阳测甲的电话13907310001打不通"});
    town.feed_back(
        number(&open),
        1,
        "correction_requested",
        "correcting",
        notice,
    )
    .await;
    let asked = look(&mine, &open).await;
    let mut form = crate::town::answers();
    form["skill"] = "欧阳测甲会焊接".into();
    mine.put(
        &path(&open, "/form"),
        &json!({"version": asked["version"], "form": form}),
    )
    .await
    .ok();
    let reason =
        json!({"version": asked["version"].as_i64().unwrap() + 1, "reason": "13907310001不办了"});
    mine.post(&path(&open, "/withdraw"), &reason).await.ok();

    let dump = dump(&town).await;
    assert!(
        dump.contains("失业登记") && dump.contains(number(&open)),
        "the dump does hold the tables"
    );
    let password = open["query_password"].as_str().unwrap();
    let mut values = dump.split(|c: char| !c.is_ascii_alphanumeric());
    assert!(
        values.all(|value| value != password),
        "the query password is kept as a hash only"
    );
    for canary in [NAME, CITIZEN_ID, PHONE, "打不通"] {
        assert!(!dump.contains(canary), "{canary} stands in clear");
    }
    let blobs = town.app.database().folder.path().join("blobs");
    for file in files(&blobs) {
        let content = std::fs::read(file).unwrap();
        assert!(
            !content
                .windows(NAME.len())
                .any(|window| window == NAME.as_bytes()),
            "a file lies in clear"
        );
    }
}

/// Every row of every table as text, bytes as the text they would be.
pub async fn dump(town: &Town) -> String {
    let conn = town.app.store().read();
    let (sqlite, tables) = match conn.get_database_backend() {
        DbBackend::Sqlite => (
            true,
            "SELECT name AS name FROM sqlite_master WHERE type = 'table'",
        ),
        _ => (
            false,
            "SELECT tablename::text AS name FROM pg_tables WHERE schemaname = 'public'",
        ),
    };
    let query =
        |sql: String| conn.query_all_raw(Statement::from_string(conn.get_database_backend(), sql));
    let mut text = String::new();
    for table in query(tables.to_owned()).await.unwrap() {
        let table: String = table.try_get("", "name").unwrap();
        if sqlite {
            let columns = query(format!(
                "SELECT name AS name FROM pragma_table_info('{table}')"
            ))
            .await
            .unwrap();
            let all: Vec<String> = columns
                .iter()
                .map(|c| {
                    format!(
                        "CAST(\"{}\" AS BLOB)",
                        c.try_get::<String>("", "name").unwrap()
                    )
                })
                .collect();
            for (at, column) in all.iter().enumerate() {
                for row in query(format!("SELECT {column} AS c{at} FROM \"{table}\""))
                    .await
                    .unwrap()
                {
                    let bytes: Option<Vec<u8>> = row.try_get("", &format!("c{at}")).unwrap();
                    text += &String::from_utf8_lossy(&bytes.unwrap_or_default());
                    text.push('\n');
                }
            }
        } else {
            for row in query(format!("SELECT t::text AS row FROM \"{table}\" t"))
                .await
                .unwrap()
            {
                let row: String = row.try_get("", "row").unwrap();
                text += &unhex(&row);
                text.push('\n');
            }
        }
    }
    text
}

/// PostgreSQL writes bytes as `\x…`: a canary in them must be found too.
fn unhex(row: &str) -> String {
    let mut text = row.to_owned();
    for part in row.split("\\x").skip(1) {
        let digits: String = part.chars().take_while(char::is_ascii_hexdigit).collect();
        let bytes: Vec<u8> = (0..digits.len() / 2)
            .map(|at| u8::from_str_radix(&digits[at * 2..at * 2 + 2], 16).unwrap())
            .collect();
        text += &String::from_utf8_lossy(&bytes);
    }
    text
}

fn files(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found
}

#[tokio::test]
async fn reading_ones_own_data_leaves_a_trace() {
    let town = Town::new().await;
    let mine = town.person(1);
    let open = draft(&mine).await;
    let count = async || {
        let conn = town.app.store().read();
        let sql = "SELECT COUNT(*) AS n FROM platform_audit WHERE object_kind = 'application' AND result = 'read'";
        let row = conn
            .query_one_raw(Statement::from_string(conn.get_database_backend(), sql))
            .await
            .unwrap();
        row.unwrap().try_get::<i64>("", "n").unwrap()
    };
    let before = count().await;
    let view: Value = look(&mine, &open).await;
    assert_eq!(
        view["applicant"]["id_number"], CITIZEN_ID,
        "one's own data is shown as it is"
    );
    assert_eq!(count().await, before + 1);
}
