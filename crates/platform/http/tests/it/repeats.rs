//! What counts as the same request under one idempotency key.

use crate::edges::{Edges, from, send, with};

#[tokio::test]
async fn a_key_means_one_request_with_all_it_says() {
    let edges = Edges::new().await;
    let (_, router) = edges.facing();
    let keep = async |query: &str| {
        let request = from("203.0.113.1", "POST", &format!("/api/v1/test/keep{query}"));
        let request = with(request, "cookie", "tb_session=any");
        send(&router, with(request, "idempotency-key", "one-and-only")).await
    };
    let first = keep("?dry_run=true").await;
    assert_eq!(first.status, 200);
    let again = keep("?dry_run=true").await;
    assert_eq!(again.body, first.body);
    assert_eq!(again.headers["idempotency-replayed"], "true");
    // The dry run must not stand for the real one.
    for other in ["?dry_run=false", ""] {
        let refused = keep(other).await;
        assert_eq!(refused.body["code"], "http.idempotency_mismatch", "{other}");
    }
}
