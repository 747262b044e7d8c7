//! The migrations of all domains apply to an empty database of each kind, twice without harm, and
//! every table belongs to the domain that its name says.

use sea_orm::{ConnectionTrait, Statement};
use tb_storage::migration::{MigrationSet, migrate};
use tb_testkit::TestDatabase;

fn sets() -> Vec<MigrationSet> {
    let mut sets: Vec<_> = tongban::wiring::manifests()
        .into_iter()
        .map(|manifest| manifest.migrations)
        .collect();
    sets.extend([tb_events::MIGRATIONS, tb_jobs::MIGRATIONS]);
    sets
}

#[tokio::test(flavor = "multi_thread")]
async fn migrations_apply_once_and_tables_bear_their_domain() {
    let unique = tb_kernel::id::new_v7(
        chrono::DateTime::UNIX_EPOCH,
        &tb_testkit::SeededEntropy::default(),
    );
    let database = TestDatabase::open(&sets(), unique).await;
    migrate(&database.database, &sets()).await.unwrap();
    let sql = if database.config.url.starts_with("sqlite") {
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    } else {
        "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'"
    };
    let conn = sea_orm::Database::connect(&database.config.url)
        .await
        .unwrap();
    let rows = conn
        .query_all_raw(Statement::from_string(conn.get_database_backend(), sql))
        .await
        .unwrap();
    let names: Vec<String> = rows
        .iter()
        .map(|row| row.try_get("", "name").unwrap())
        .collect();
    assert!(names.len() > 20, "{names:?}");
    let domains: Vec<&str> = sets()
        .iter()
        .map(|set| set.domain)
        .chain(["platform"])
        .collect();
    for name in &names {
        let owned = domains
            .iter()
            .any(|domain| name.starts_with(&format!("{domain}_")));
        assert!(owned, "{name} belongs to no domain of {domains:?}");
    }
}
