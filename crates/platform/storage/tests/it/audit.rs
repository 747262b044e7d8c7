//! The audit trail: rows are chained, and whatever is altered, taken out or cut off shows.

use tb_kernel::PageRequest;
use tb_storage::{
    AuditEntry, AuditFilter, Store, audit_reason, audit_rows, seal_audit, verify_audit,
};

use crate::fresh::{Fresh, meddle, origin};

async fn record(store: &Store, object: &str) {
    let mut tx = store.begin(origin()).await.unwrap();
    tx.done("approval.case.accepted", "case", object);
    tx.commit(&()).await.unwrap();
}

/// Three segments of two rows and one row not yet sealed.
async fn trail() -> (Fresh, Store) {
    let fresh = Fresh::new(&[]).await;
    let store = fresh.store().await;
    for segment in 0..3 {
        record(&store, &format!("{segment}-a")).await;
        record(&store, &format!("{segment}-b")).await;
        assert_eq!(seal_all(&store).await, 2);
    }
    record(&store, "tail").await;
    (fresh, store)
}

/// On PostgreSQL other databases of the server may hold rows back for a moment.
async fn seal_all(store: &Store) -> usize {
    let mut sealed = 0;
    for _ in 0..200 {
        sealed += seal_audit(store).await.unwrap();
        if sealed == 2 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    sealed
}

async fn faults(store: &Store) -> Vec<String> {
    verify_audit(store).await.unwrap().faults
}

#[tokio::test]
async fn an_untouched_trail_is_whole() {
    let (_fresh, store) = trail().await;
    let report = verify_audit(&store).await.unwrap();
    assert_eq!(
        (report.segments, report.sealed_rows, report.tail_rows),
        (3, 6, 1)
    );
    assert!(report.faults.is_empty(), "{:?}", report.faults);
}

#[tokio::test]
async fn an_altered_row_shows() {
    let (_fresh, store) = trail().await;
    meddle(
        &store,
        "UPDATE platform_audit SET object_id = 'x' WHERE object_id = '1-a'",
    )
    .await;
    assert!(
        faults(&store)
            .await
            .iter()
            .any(|fault| fault.contains("altered"))
    );
}

#[tokio::test]
async fn an_altered_row_of_the_tail_shows() {
    let (_fresh, store) = trail().await;
    meddle(
        &store,
        "UPDATE platform_audit SET result = 'refused' WHERE object_id = 'tail'",
    )
    .await;
    assert!(
        faults(&store)
            .await
            .iter()
            .any(|fault| fault.contains("altered"))
    );
}

#[tokio::test]
async fn a_row_taken_out_shows() {
    let (_fresh, store) = trail().await;
    meddle(&store, "DELETE FROM platform_audit WHERE object_id = '1-b'").await;
    assert!(
        faults(&store)
            .await
            .iter()
            .any(|fault| fault.starts_with("segment 2:"))
    );
}

#[tokio::test]
async fn exchanged_rows_show() {
    let (_fresh, store) = trail().await;
    for (from, to) in [(1, -1), (2, 1), (-1, 2)] {
        meddle(
            &store,
            &format!("UPDATE platform_audit SET seq = {to} WHERE seq = {from}"),
        )
        .await;
    }
    assert!(
        faults(&store)
            .await
            .iter()
            .any(|fault| fault.contains("the chain is broken"))
    );
}

#[tokio::test]
async fn a_segment_taken_out_shows() {
    for number in [1, 2] {
        let (_fresh, store) = trail().await;
        meddle(
            &store,
            &format!("DELETE FROM platform_audit_segment WHERE number = {number}"),
        )
        .await;
        assert!(
            faults(&store)
                .await
                .contains(&format!("segment {number} is missing"))
        );
    }
}

#[tokio::test]
async fn another_key_does_not_make_a_trail() {
    let (fresh, store) = trail().await;
    drop(store);
    let forger = fresh
        .store_with(&tb_storage::KeyRing::generate(&crate::fresh::Hashes))
        .await;
    record(&forger, "forged").await;
    let store = fresh.store().await;
    assert!(
        faults(&store)
            .await
            .iter()
            .any(|fault| fault.contains("altered"))
    );
}

#[tokio::test]
async fn a_sealing_job_that_stands_still_shows() {
    let (fresh, store) = trail().await;
    fresh.clock.advance(chrono::Duration::minutes(6));
    assert!(
        faults(&store)
            .await
            .iter()
            .any(|fault| fault.contains("stands still"))
    );
}

#[tokio::test]
async fn a_read_is_recorded() {
    let fresh = Fresh::new(&[]).await;
    let store = fresh.store().await;
    let object_id = "C1".to_owned();
    let entry = AuditEntry {
        action: "approval.case.unmask",
        object_kind: "case",
        object_id,
        result: "",
        reason: None,
    };
    store.record_read(origin(), entry).await.unwrap();
    let report = verify_audit(&store).await.unwrap();
    assert_eq!((report.tail_rows, report.faults.len()), (1, 0));
}

#[tokio::test]
async fn a_reason_is_sealed_and_part_of_what_the_row_says() {
    let fresh = Fresh::new(&[]).await;
    let store = fresh.store().await;
    let entry = |n: &str| AuditEntry {
        action: "approval.case.export",
        object_kind: "case",
        object_id: n.to_owned(),
        result: "",
        reason: Some(format!("应张示例要求移交 {n}")),
    };
    let entries = vec![entry("C1"), entry("C2")];
    store.record_reads(origin(), entries).await.unwrap();
    assert!(faults(&store).await.is_empty());
    let (filter, page) = (AuditFilter::default(), PageRequest::default());
    let rows = audit_rows(&store, &filter, &page).await.unwrap().items;
    let told: Vec<_> = rows
        .iter()
        .map(|row| audit_reason(row, store.sealer()).unwrap().unwrap())
        .collect();
    assert_eq!(told, ["应张示例要求移交 C2", "应张示例要求移交 C1"]);
    let sealed = format!("{:?}", rows[0].reason);
    assert!(sealed.starts_with("Some(SealedBytes("), "{sealed}");
    meddle(&store, "UPDATE platform_audit SET reason = NULL").await;
    let faults = faults(&store).await;
    assert_eq!(
        faults.iter().filter(|one| one.contains("altered")).count(),
        2
    );
}

#[tokio::test]
async fn sealing_twice_at_once_makes_one_chain() {
    let fresh = Fresh::new(&[]).await;
    let (one, two) = (fresh.store().await, fresh.store().await);
    for n in 0..20 {
        record(&one, &n.to_string()).await;
        let (a, b) = tokio::join!(seal_audit(&one), seal_audit(&two));
        a.unwrap();
        b.unwrap();
    }
    for _ in 0..200 {
        seal_audit(&one).await.unwrap();
        if verify_audit(&one).await.unwrap().tail_rows == 0 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    let report = verify_audit(&one).await.unwrap();
    assert_eq!((report.sealed_rows, report.tail_rows), (20, 0));
    assert!(report.faults.is_empty(), "{:?}", report.faults);
}

/// Checks are made while the product works and seals.
#[tokio::test]
async fn a_check_beside_the_sealing_job_finds_no_fault() {
    let fresh = Fresh::new(&[]).await;
    let (working, checking) = (fresh.store().await, fresh.store().await);
    let work = async {
        for n in 0..150 {
            record(&working, &n.to_string()).await;
            seal_audit(&working).await.unwrap();
        }
    };
    let checks = async {
        for _ in 0..150 {
            assert_eq!(faults(&checking).await, Vec::<String>::new());
        }
    };
    tokio::join!(work, checks);
}

/// The one question that the trail is asked by object, on a table that only grows.
#[tokio::test]
async fn the_trail_of_an_object_is_found_by_an_index() {
    let fresh = Fresh::new(&[]).await;
    let store = fresh.store().await;
    let plan = crate::begins::plan(
        &store,
        "SELECT * FROM platform_audit WHERE object_id = 'C1' ORDER BY seq DESC LIMIT 21",
    )
    .await;
    assert!(plan.contains("platform_audit_1"), "{plan}");
    assert!(
        !plan.contains("TEMP B-TREE") && !plan.contains("Sort"),
        "{plan}"
    );
}
