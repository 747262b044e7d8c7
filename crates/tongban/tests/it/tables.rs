//! The migrations of all domains apply to an empty database of each kind, twice without harm, every
//! table belongs to the domain that its name says, and tables and entities say the same.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::{ColumnType, ConnectionTrait, DatabaseConnection, DbBackend, Statement};
use tb_storage::migration::{MigrationSet, migrate};
use tb_testkit::TestDatabase;

use crate::entities::{self, Column};

fn sets() -> Vec<MigrationSet> {
    let mut sets: Vec<_> = tongban::wiring::manifests()
        .into_iter()
        .map(|manifest| manifest.migrations)
        .collect();
    sets.extend([tb_events::MIGRATIONS, tb_jobs::MIGRATIONS]);
    sets
}

/// A migrated database, and a connection to it.
async fn migrated() -> (TestDatabase, DatabaseConnection) {
    let unique = tb_kernel::id::new_v7(
        chrono::DateTime::UNIX_EPOCH,
        &tb_testkit::SeededEntropy::default(),
    );
    let database = TestDatabase::open(&sets(), unique).await;
    let conn = sea_orm::Database::connect(&database.config.url)
        .await
        .unwrap();
    (database, conn)
}

/// Names of all tables.
async fn tables(conn: &DatabaseConnection) -> BTreeSet<String> {
    let sql = match conn.get_database_backend() {
        DbBackend::Sqlite => {
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        }
        _ => "SELECT tablename::text AS name FROM pg_tables WHERE schemaname = 'public'",
    };
    let rows = conn
        .query_all_raw(Statement::from_string(conn.get_database_backend(), sql))
        .await
        .unwrap();
    rows.iter()
        .map(|row| row.try_get("", "name").unwrap())
        .collect()
}

/// A column as the database has it.
#[derive(Debug)]
struct Found {
    nullable: bool,
    /// PostgreSQL's name of the type; SQLite's types bind nobody.
    kind: Option<String>,
}

async fn columns(conn: &DatabaseConnection, table: &str) -> BTreeMap<String, Found> {
    let backend = conn.get_database_backend();
    // A primary key is never NULL, whatever SQLite says of it.
    let sql = match backend {
        DbBackend::Sqlite => format!(
            "SELECT name, CASE WHEN \"notnull\" = 0 AND pk = 0 THEN 'YES' ELSE 'NO' END AS nullable, \
             NULL AS kind FROM pragma_table_info('{table}')"
        ),
        _ => format!(
            "SELECT column_name::text AS name, is_nullable::text AS nullable, data_type::text AS kind \
             FROM information_schema.columns WHERE table_schema = 'public' AND table_name = '{table}'"
        ),
    };
    let rows = conn
        .query_all_raw(Statement::from_string(backend, sql))
        .await
        .unwrap();
    rows.iter()
        .map(|row| {
            let nullable: String = row.try_get("", "nullable").unwrap();
            let found = Found {
                nullable: nullable == "YES",
                kind: row.try_get("", "kind").unwrap(),
            };
            (row.try_get("", "name").unwrap(), found)
        })
        .collect()
}

/// What PostgreSQL calls the type of an entity's column.
fn kind_of(kind: &ColumnType) -> &'static str {
    match kind {
        ColumnType::Uuid => "uuid",
        ColumnType::Text => "text",
        ColumnType::String(_) => "character varying",
        ColumnType::SmallInteger => "smallint",
        ColumnType::Integer => "integer",
        ColumnType::BigInteger => "bigint",
        ColumnType::Boolean => "boolean",
        ColumnType::Date => "date",
        ColumnType::TimestampWithTimeZone => "timestamp with time zone",
        ColumnType::Json => "json",
        ColumnType::JsonBinary => "jsonb",
        ColumnType::Binary(_) | ColumnType::VarBinary(_) | ColumnType::Blob => "bytea",
        other => panic!("{other:?}: say here what PostgreSQL calls it"),
    }
}

/// Where entities and database differ.
async fn differences(conn: &DatabaseConnection) -> Vec<String> {
    let mut differences = Vec::new();
    let mut unknown = tables(conn).await;
    unknown.retain(|name| !name.ends_with("_migration"));
    for table in entities::all() {
        let name = &table.name;
        if !unknown.remove(name) {
            differences.push(format!(
                "{name}: no migration makes it, or two entities name it"
            ));
            continue;
        }
        let mut found = columns(conn, name).await;
        for (column, described) in &table.columns {
            match found.remove(column) {
                None => differences.push(format!("{name}.{column}: only the entity has it")),
                Some(found) => {
                    differences.extend(difference(&format!("{name}.{column}"), described, &found));
                }
            }
        }
        let surplus = found.keys();
        differences
            .extend(surplus.map(|column| format!("{name}.{column}: only the database has it")));
    }
    differences.extend(
        unknown
            .iter()
            .map(|name| format!("{name}: it has no entity")),
    );
    differences
}

fn difference(place: &str, described: &Column, found: &Found) -> Option<String> {
    if described.nullable != found.nullable {
        let who = if found.nullable { "database" } else { "entity" };
        return Some(format!("{place}: only the {who} lets it be NULL"));
    }
    let kind = kind_of(&described.kind);
    let other = found.kind.as_deref().filter(|found| {
        // The same to everybody who reads and writes.
        let texts = ["text", "character varying"];
        *found != kind && !(texts.contains(found) && texts.contains(&kind))
    })?;
    Some(format!(
        "{place}: {kind} to the entity, {other} to the database"
    ))
}

#[tokio::test(flavor = "multi_thread")]
async fn migrations_apply_once_and_tables_bear_their_domain() {
    let (database, conn) = migrated().await;
    migrate(&database.database, &sets()).await.unwrap();
    let names = tables(&conn).await;
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

#[tokio::test(flavor = "multi_thread")]
async fn tables_and_entities_say_the_same() {
    let (_database, conn) = migrated().await;
    let differences = differences(&conn).await;
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_difference_is_found() {
    let (_database, conn) = migrated().await;
    let meddle = async |sql: &str| conn.execute_unprepared(sql).await.unwrap();
    meddle("ALTER TABLE intake_rating ADD COLUMN surplus TEXT").await;
    meddle("ALTER TABLE governance_department RENAME COLUMN name TO title").await;
    meddle("CREATE TABLE intake_surplus (id INTEGER NOT NULL PRIMARY KEY)").await;
    meddle("DROP TABLE catalogue_theme").await;
    let mut expected = vec![
        "catalogue_theme: no migration makes it, or two entities name it",
        "governance_department.name: only the entity has it",
        "governance_department.title: only the database has it",
        "intake_rating.surplus: only the database has it",
        "intake_surplus: it has no entity",
    ];
    if conn.get_database_backend() == DbBackend::Postgres {
        meddle("ALTER TABLE identity_session ALTER COLUMN created_at DROP NOT NULL").await;
        meddle("ALTER TABLE approval_item ALTER COLUMN version TYPE INTEGER").await;
        expected.push("approval_item.version: bigint to the entity, integer to the database");
        expected.push("identity_session.created_at: only the database lets it be NULL");
    }
    let mut found = differences(&conn).await;
    found.sort();
    expected.sort_unstable();
    assert_eq!(found, expected);
}
