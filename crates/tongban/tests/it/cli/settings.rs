//! `config` and `doctor`: settings that can be read back and show no secret; what is wrong, in one
//! line each.

use sea_orm::ConnectionTrait;

use super::Place;

#[test]
fn the_settings_printed_are_settings_again() {
    let place = Place::new();
    let printed = place.run(&["config"]).good();
    let file = place.file("mine.toml", &printed);
    assert_eq!(place.run(&["--config", file, "config"]).good(), printed);
    let defaults = place.run(&["config", "--defaults"]).good();
    assert!(defaults.contains("# "), "with comments");
    let file = place.file("defaults.toml", &defaults);
    assert_eq!(place.run(&["--config", file, "config"]).good(), printed);
    // Every key is in the defaults with its comment.
    let table = |text: &str| text.parse::<toml::Table>().unwrap();
    let keys = |table: &toml::Table| {
        let mut keys: Vec<String> = Vec::new();
        for (name, value) in table {
            match value.as_table() {
                Some(inner) => keys.extend(inner.keys().map(|key| format!("{name}.{key}"))),
                None => keys.push(name.clone()),
            }
        }
        keys
    };
    assert_eq!(keys(&table(&defaults)), keys(&table(&printed)));
}

#[test]
fn the_environment_wins_over_the_file() {
    let place = Place::new();
    let file = place.file(
        "mine.toml",
        "[server]\nlisten = \"127.0.0.1:9001\"\n[sessions]\nidle_minutes = 5\n",
    );
    let out = place
        .run_with(
            &[("TONGBAN__SERVER__LISTEN", "127.0.0.1:9002")],
            &["--config", file, "config"],
        )
        .good();
    assert!(out.contains("listen = \"127.0.0.1:9002\""), "{out}");
    assert!(out.contains("idle_minutes = 5"), "{out}");
}

#[test]
fn no_secret_is_printed() {
    let place = Place::new();
    let secrets = [
        (
            "TONGBAN__DATABASE__URL",
            "postgres://tongban:hunter2@db.example/tongban",
        ),
        ("TONGBAN__BLOBS__ACCESS_KEY_ID", "AKIAEXAMPLE"),
        ("TONGBAN__BLOBS__SECRET_ACCESS_KEY", "hunter3"),
    ];
    let out = place.run_with(&secrets, &["config"]).good();
    assert!(!out.contains("hunter"), "{out}");
    assert!(
        out.contains("postgres://tongban:***@db.example/tongban"),
        "{out}"
    );
    assert!(out.contains("AKIAEXAMPLE"), "{out}");
}

#[test]
fn wrong_settings_are_named() {
    let place = Place::new();
    for (text, named) in [
        ("nonsense = 1", "nonsense"),
        ("mode = \"staging\"", "mode"),
        ("[sessions]\nidle_minutes = 0", "idle_minutes"),
        ("[server]\nlisten = \"everywhere\"", "listen"),
    ] {
        let file = place.file("wrong.toml", text);
        place
            .run(&["--config", file, "config"])
            .failed(1, &["设置有误", "the settings are wrong", named]);
    }
    place
        .run(&["--config", "none.toml", "config"])
        .failed(1, &["设置有误", "none.toml"]);
}

#[test]
fn the_doctor_finds_a_fresh_installation_well() {
    let place = Place::with_keys();
    let out = place.run(&["doctor"]).good();
    for found in [
        "clock",
        "fonts",
        "calendar",
        "keys",
        "blobs",
        "database: SQLite",
        "event log",
    ] {
        let line = out.lines().find(|line| line.contains(found));
        let line = line.unwrap_or_else(|| panic!("no {found} in {out}"));
        assert!(
            line.starts_with("ok    ") || line.starts_with("warn  "),
            "{line}"
        );
    }
    assert!(!out.contains("CoverageAlarm"), "words, not types: {out}");
}

#[tokio::test]
async fn the_doctor_warns_of_orders_that_nobody_can_pay() {
    let place = Place::with_keys();
    place.run(&["migrate"]).good();
    let url = format!(
        "sqlite://{}",
        place.path().join("data/tongban.db").display()
    );
    let database = sea_orm::Database::connect(&url).await.unwrap();
    let sql = "INSERT INTO approval_fee_order (id, case_id, case_number, department_id, department_code, state, \
               lines, amount, due, paid, refunded, refunding, revision, billed, issuer, created_at, version) \
               VALUES (x'01', x'02', '4301', x'03', '1143', 'noticed', '[]', 1, 1, 0, 0, 0, 1, 1, '', \
               '2026-03-01T01:00:00+00:00', 1)";
    database.execute_unprepared(sql).await.unwrap();
    database.close().await.unwrap();
    let out = place.run(&["doctor"]).good();
    let line = out.lines().find(|line| line.contains("fees")).unwrap();
    assert!(
        line.starts_with("warn  ") && line.contains("1 orders"),
        "{line}"
    );
    let connected = [
        ("TONGBAN__MODE", "demo"),
        ("TONGBAN__APPROVAL__PAYMENTS", "simulator"),
    ];
    let out = place.run_with(&connected, &["doctor"]).good();
    assert!(!out.contains("fees"), "{out}");
}

#[test]
fn the_doctor_names_what_is_missing_and_goes_on() {
    let place = Place::new();
    let ended = place.run(&["doctor"]);
    assert_eq!(ended.status, 1);
    let bad = |out: &str| -> Vec<String> {
        let bad = out.lines().filter(|line| line.starts_with("FAIL  "));
        bad.map(str::to_owned).collect()
    };
    let lines = bad(&ended.out);
    assert_eq!(lines.len(), 1, "{ended:?}");
    for words in ["keys", "tongban keys new", "密钥", "./data/keys"] {
        assert!(lines[0].contains(words), "{lines:?}");
    }
    place.run(&["keys", "new"]).good();
    let broken = [("TONGBAN__DATABASE__URL", "sqlite:///proc/none/tongban.db")];
    let ended = place.run_with(&broken, &["doctor"]);
    assert_eq!(ended.status, 1);
    let lines = bad(&ended.out);
    assert_eq!(lines.len(), 1, "{ended:?}");
    for words in ["数据库打不开", "cannot be opened", "/proc/none/tongban.db"] {
        assert!(lines[0].contains(words), "{lines:?}");
    }
    assert!(ended.out.contains("ok    文件 blobs"), "{ended:?}");
    let broken = [("TONGBAN__BLOBS__URL", "/proc/none")];
    let ended = place.run_with(&broken, &["doctor"]);
    assert!(bad(&ended.out)[0].contains("文件存储打不开"), "{ended:?}");
    let file = place.file("fonts.toml", "[fonts]\npaths = [\"/none.ttc\"]");
    let ended = place.run(&["--config", file, "doctor"]);
    assert!(bad(&ended.out)[0].contains("fonts-noto-cjk"), "{ended:?}");
}

#[test]
fn the_doctor_shows_no_password() {
    let place = Place::with_keys();
    // Nobody listens on port 1.
    let nobody = [(
        "TONGBAN__DATABASE__URL",
        "postgres://u:hunter2@127.0.0.1:1/d",
    )];
    let ended = place.run_with(&nobody, &["doctor"]);
    assert_eq!(ended.status, 1);
    assert!(
        ended.out.contains("postgres://u:***@127.0.0.1:1/d"),
        "{ended:?}"
    );
    assert!(!format!("{ended:?}").contains("hunter2"), "{ended:?}");
}
