//! What lies in a region is found by a range over an index.

use sea_orm::{ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait, Statement};
use tb_kernel::Region;
use tb_storage::entity::audit;
use tb_storage::{Store, begins_with, lies_in};

use crate::fresh::{Fresh, origin};

/// How the database would answer a question if it had enough rows to want an index.
pub async fn plan(store: &Store, sql: &str) -> String {
    let tx = store.begin(origin()).await.unwrap();
    let conn = tx.conn();
    let (explain, column) = if conn.is_sqlite() {
        ("EXPLAIN QUERY PLAN", "detail")
    } else {
        let no_scans = "SET LOCAL enable_seqscan = off";
        conn.execute_unprepared(no_scans).await.unwrap();
        ("EXPLAIN", "QUERY PLAN")
    };
    let question = format!("{explain} {sql}");
    let question = Statement::from_string(conn.get_database_backend(), question);
    let rows = conn.query_all_raw(question).await.unwrap();
    let line = |row: &sea_orm::QueryResult| row.try_get::<String>("", column).unwrap();
    rows.iter().map(line).collect::<Vec<_>>().join("; ")
}

async fn found(store: &Store, wanted: sea_orm::Condition) -> Vec<String> {
    let mut found: Vec<String> = audit::Entity::find()
        .select_only()
        .column(audit::Column::ObjectId)
        .filter(wanted)
        .into_tuple()
        .all(&store.read())
        .await
        .unwrap();
    found.sort();
    found
}

#[tokio::test]
async fn a_region_holds_what_begins_with_its_code() {
    let fresh = Fresh::new(&[]).await;
    let store = fresh.store().await;
    let mut tx = store.begin(origin()).await.unwrap();
    for code in [
        "43",
        "4301",
        "430102",
        "430199",
        "430199009",
        "4302",
        "44",
        "99",
        "9901",
    ] {
        tx.done("test.thing.done", "thing", code);
    }
    tx.commit(&()).await.unwrap();
    let within = async |code: &str| {
        let region = Region::parse(code).unwrap();
        found(&store, lies_in(audit::Column::ObjectId, &region)).await
    };
    assert_eq!(
        within("430100").await,
        ["4301", "430102", "430199", "430199009"]
    );
    assert_eq!(within("430199").await, ["430199", "430199009"]);
    assert_eq!(within("99").await, ["99", "9901"]);
    assert_eq!(
        found(&store, begins_with(audit::Column::ObjectId, ""))
            .await
            .len(),
        9
    );
}

#[tokio::test]
async fn an_index_serves_it() {
    let fresh = Fresh::new(&[]).await;
    let store = fresh.store().await;
    let region = Region::parse("4301").unwrap();
    let query = audit::Entity::find()
        .filter(lies_in(audit::Column::ObjectId, &region))
        .build(store.read().get_database_backend());
    let plan = plan(&store, &query.to_string()).await;
    let by_range = [
        "object_id>? AND object_id<?",
        "Index Cond: (((object_id)::text >= '4301'::text) AND ((object_id)::text < '4302'::text))",
    ];
    assert!(by_range.iter().any(|range| plan.contains(range)), "{plan}");
}
