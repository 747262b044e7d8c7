//! Commands that write: `migrate`, `account`, `import`, and `audit verify` over what they wrote.

use sea_orm::ConnectionTrait;

use super::Place;

const PASSWORD: &str = "A long enough password 2026\n";

#[test]
fn a_database_is_migrated_once_and_a_second_time_without_harm() {
    let place = Place::with_keys();
    for _ in 0..2 {
        let out = place.run(&["migrate"]).good();
        assert_eq!(out, "数据库结构已是最新 / the database is up to date\n");
    }
    assert!(place.path().join("data/tongban.db").exists());
}

#[test]
fn keys_are_made_once() {
    let place = Place::new();
    let made = place.run(&["keys", "new"]).good();
    assert!(
        made.contains("已生成密钥文件") && made.contains("made"),
        "{made}"
    );
    let before = std::fs::read(place.path().join("data/keys")).unwrap();
    let kept = place.run(&["keys", "new"]).good();
    assert!(kept.contains("未改动") && kept.contains("kept"), "{kept}");
    assert_eq!(
        std::fs::read(place.path().join("data/keys")).unwrap(),
        before
    );
    place.file("data/keys", "root nonsense\n");
    place
        .run(&["keys", "new"])
        .failed(1, &["密钥文件不能使用", "a key has 32 bytes"]);
}

#[test]
fn an_administrator_is_created_once() {
    let place = Place::with_keys();
    let create =
        |name: &str, password: &str| place.run_told(password, &["account", "create-admin", name]);
    let err = create("root", "short\n").failed(1, &["密码至少", "A password has at least"]);
    assert_eq!(err.lines().count(), 1, "said once: {err}");
    let out = create("root", PASSWORD).good();
    assert!(
        out.contains("已创建管理员 root") && out.contains("created"),
        "{out}"
    );
    create("root", PASSWORD).failed(1, &["已被使用", "is in use"]);
    create("root2", "").failed(1, &["密码至少"]);
    // Nothing printed repeats the password.
    assert!(!out.contains("long enough"));
}

#[test]
fn bad_rows_are_reported_and_good_ones_imported() {
    let place = Place::with_keys();
    let list = "department,category,name,item_code,item_type,office_code,area_code
区民政局,未分类,慈善组织登记,511A0138000000-430102000000-000-11430102TB00000871-1-00,01,11430102TB00000871,430102000000
区民政局,未分类,,511A0138000001-430102000000-000-11430102TB00000871-1-00,01,11430102TB00000871,430102000000
区民政局,未分类,养老机构备案,511A0138000002-430102000000-000-11430102TB00000871-1-00,77,11430102TB00000871,430102000000
区民政局,未分类,社会团体登记,511A0138000003-430102000000-000-11430102TB00000871-1-00,07,11430102TB00000871,430102000000
区民政局,未分类,社会团体注销,511A0138000003-430102000000-000-11430102TB00000871-1-00,07,11430102TB00000871,430102000000
";
    let file = place.file("items.csv", list);
    let dry = place.run(&["import", "items", file, "--dry-run"]).good();
    let out = place.run(&["import", "items", file]).good();
    assert_eq!(dry, out, "a dry run says the same");
    let rejected: Vec<&str> = out
        .lines()
        .filter(|line| line.starts_with("rejected: "))
        .collect();
    let reasons = [
        ("row 3", "名称", "The name is missing"),
        ("row 4", "77", "is unknown"),
        ("row 6", "511A0138000003", "stands twice"),
    ];
    assert_eq!(rejected.len(), reasons.len(), "{out}");
    for (line, (row, chinese, english)) in rejected.iter().zip(reasons) {
        for words in [row, chinese, english] {
            assert!(line.contains(words), "no “{words}” in {line}");
        }
    }
    assert!(
        out.contains("导入 2，") && out.contains("2 imported,"),
        "{out}"
    );
    assert!(out.trim_end().ends_with("3 rejected"), "{out}");
    let again = place.run(&["import", "items", file]).good();
    assert!(
        again.contains("0 imported, 0 updated, 2 unchanged"),
        "{again}"
    );
}

#[test]
fn a_list_that_cannot_be_read_is_refused() {
    let place = Place::with_keys();
    place
        .run(&["import", "items", "none.csv"])
        .failed(1, &["文件读不出来", "cannot be read", "none.csv"]);
    let file = place.file("other.csv", "a,b\n1,2\n");
    place
        .run(&["import", "items", file])
        .failed(1, &["不是区划代码", "--region"]);
    let err = place
        .run(&["import", "items", file, "--region", "430102"])
        .failed(
            1,
            &["文件缺少这些列", "The file lacks these columns", "实施部门"],
        );
    assert!(!err.contains("catalogue."), "words, not codes: {err}");
}

#[tokio::test]
async fn the_audit_trail_is_sound_until_somebody_meddles() {
    let place = Place::with_keys();
    for name in ["first", "second"] {
        place
            .run_told(PASSWORD, &["account", "create-admin", name])
            .good();
    }
    let out = place.run(&["audit", "verify"]).good();
    assert!(
        out.starts_with("审计记录完好 / the audit trail is sound: "),
        "{out}"
    );
    assert!(out.contains("2 not yet sealed, 0 faults"), "{out}");
    let file = place.path().join("data/tongban.db");
    let database = sea_orm::Database::connect(format!("sqlite://{}", file.display()))
        .await
        .unwrap();
    let meddle = async |sql: &str| database.execute_unprepared(sql).await.unwrap();
    let verify = || {
        let ended = place.run(&["audit", "verify"]);
        assert_eq!(ended.status, 1, "{ended:?}");
        assert!(
            ended
                .out
                .starts_with("审计记录有问题 / the audit trail is damaged"),
            "{ended:?}"
        );
        let faults = ended.out.lines().filter(|line| line.starts_with("FAULT "));
        faults.map(str::to_owned).collect::<Vec<_>>()
    };
    // A row that is not sealed yet.
    meddle("UPDATE platform_audit SET acting_as = 'nobody' WHERE seq = 2").await;
    let faults = verify();
    assert!(
        faults.len() == 1 && faults[0].contains("row 2") && faults[0].contains("altered"),
        "{faults:?}"
    );
    meddle("UPDATE platform_audit SET acting_as = 'identity.seed' WHERE seq = 2").await;
    place.run(&["audit", "verify"]).good();
    // The server seals; afterwards a missing row shows too.
    super::serving::Server::start(&place).stop();
    let out = place.run(&["audit", "verify"]).good();
    assert!(out.contains("in 1 segments, 0 not yet sealed"), "{out}");
    meddle("DELETE FROM platform_audit WHERE seq = 1").await;
    let faults = verify();
    assert!(
        faults.iter().any(|fault| fault.contains("segment 1")),
        "{faults:?}"
    );
}
