//! Lists take `limit` and `cursor` as text in the query, wherever they are.

use tb_testkit::administrator;

use crate::product;

#[tokio::test(flavor = "multi_thread")]
async fn every_list_takes_a_limit() {
    let app = product::open().await;
    let client = app.as_actor(administrator(1));
    for path in [
        "/api/v1/governance/channel?limit=5",
        "/api/v1/governance/audit?limit=5",
        "/api/v1/governance/event-log/dead-letters?limit=5",
        "/api/v1/governance/event-log/parked?group=approval&limit=5",
        "/api/v1/identity/accounts?limit=5",
        "/api/v1/catalogue/manage/items?limit=5",
    ] {
        let page = client.get(path).await.ok();
        assert!(page["items"].is_array(), "{path}: {page}");
        assert!(
            page["next_cursor"].is_null() || page["next_cursor"].is_string(),
            "{path}"
        );
    }
}
