//! `tongban jobs`: dead jobs are listed with their reason and put back to work.

use sea_orm::{ConnectionTrait, Statement};

use super::Place;

const IDS: [&str; 3] = [
    "0195b1a2-0000-7000-8000-000000000001",
    "0195b1a2-0000-7000-8000-000000000002",
    "0195b1a2-0000-7000-8000-000000000003",
];

/// Two dead jobs and one that waits, as the runner leaves them.
async fn meddle(place: &Place) {
    place.run(&["migrate"]).good();
    let url = format!(
        "sqlite://{}",
        place.path().join("data/tongban.db").display()
    );
    let database = sea_orm::Database::connect(&url).await.unwrap();
    let jobs = [("a.draw", "dead"), ("b.send", "dead"), ("b.send", "ready")];
    for (id, (kind, state)) in IDS.into_iter().zip(jobs) {
        let sql = "INSERT INTO job_queue (id, kind, key, args, generation, state, run_at, attempts, code, error, created_at) \
                   VALUES (?, ?, NULL, x'00', 1, ?, '2026-03-02T01:00:00+00:00', 12, 'test.no_fonts', 'no font was found', '2026-03-01T01:00:00+00:00')";
        let id: uuid::Uuid = id.parse().unwrap();
        let values = [id.into(), kind.into(), state.into()];
        let backend = database.get_database_backend();
        database
            .execute_raw(Statement::from_sql_and_values(backend, sql, values))
            .await
            .unwrap();
    }
    database.close().await.unwrap();
}

#[tokio::test]
async fn dead_jobs_are_listed_and_put_back() {
    let place = Place::with_keys();
    meddle(&place).await;
    let list = place.run(&["jobs", "list", "--dead"]).good();
    assert_eq!(list.lines().count(), 2, "{list}");
    let first = format!(
        "{} dead a.draw attempts=12 2026-03-01T01:00:00Z test.no_fonts: no font was found",
        IDS[0]
    );
    assert!(list.lines().any(|line| line == first), "{list}");
    assert_eq!(place.run(&["jobs", "list"]).good().lines().count(), 3);
    let of_kind = place.run(&["jobs", "list", "--kind", "b.send"]).good();
    assert_eq!(of_kind.lines().count(), 2, "{of_kind}");

    let doctor = place.run(&["doctor"]);
    assert!(doctor.out.contains("1 waiting, 2 dead"), "{doctor:?}");

    place.run(&["jobs", "requeue"]).failed(2, &["Usage"]);
    place
        .run(&["jobs", "requeue", "--kind", "c.none"])
        .failed(1, &["没有", "no such dead job"]);
    let said = place.run(&["jobs", "requeue", IDS[0]]).good();
    assert!(said.contains("1 jobs put back"), "{said}");
    place.run(&["jobs", "requeue", "--kind", "b.send"]).good();
    assert_eq!(place.run(&["jobs", "list", "--dead"]).good(), "");
    let audit = place.run(&["audit", "verify"]).good();
    assert!(
        audit.contains(" 2 not yet sealed"),
        "one row for each: {audit}"
    );
}
