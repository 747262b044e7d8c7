//! Whom a role believes: `web` the connection, or the proxy in front of it; a role behind `web` the
//! signed token alone.

use crate::edges::{Edges, caller, from, send, with};

const WHOAMI: &str = "/api/v1/test/whoami";
const WEB: &str = "10.0.0.1";

#[tokio::test]
async fn behind_web_address_and_request_come_with_the_token() {
    let mut edges = Edges::new().await;
    edges.config.behind_proxy = true;
    let (edge, behind) = edges.behind();
    let person = caller("198.51.100.7");
    let token = edge
        .tokens()
        .sign(&person, edge.store().clock().now())
        .unwrap();
    let request = with(
        from(WEB, "GET", WHOAMI),
        "authorization",
        &format!("Bearer {token}"),
    );
    let forged = with(request, "x-forwarded-for", "203.0.113.1");
    let answer = send(&behind, forged).await;
    assert_eq!(answer.body["address"], "198.51.100.7");
    assert_eq!(answer.body["request_id"], person.request_id.to_string());
    assert_eq!(answer.body["current"], person.request_id.to_string());
    assert_eq!(
        answer.headers["x-request-id"],
        person.request_id.to_string()
    );

    // Without a token nobody chooses his address, or the name of his request.
    let stranger = with(from(WEB, "GET", WHOAMI), "x-forwarded-for", "203.0.113.1");
    let stranger = with(stranger, "x-request-id", &person.request_id.to_string());
    let answer = send(&behind, stranger).await;
    assert_eq!(answer.body["address"], WEB);
    assert_eq!(answer.body["kind"], "anonymous");
    assert_ne!(answer.body["request_id"], person.request_id.to_string());
}

#[tokio::test]
async fn a_session_that_has_ended_is_known_behind_web_too() {
    let edges = Edges::new().await;
    let (edge, behind) = edges.behind();
    let mut person = caller("198.51.100.7");
    person.actor = tb_kernel::Actor::anonymous();
    for stale in [true, false] {
        person.stale = stale;
        let token = edge
            .tokens()
            .sign(&person, edge.store().clock().now())
            .unwrap();
        let request = with(
            from(WEB, "GET", WHOAMI),
            "authorization",
            &format!("Bearer {token}"),
        );
        assert_eq!(send(&behind, request).await.body["stale"], stale);
    }
}

#[tokio::test]
async fn a_token_says_nothing_where_cookies_do() {
    let edges = Edges::new().await;
    let (edge, facing) = edges.facing();
    let token = edge
        .tokens()
        .sign(&caller("198.51.100.7"), edge.store().clock().now())
        .unwrap();
    let request = with(
        from("203.0.113.1", "GET", WHOAMI),
        "authorization",
        &format!("Bearer {token}"),
    );
    let answer = send(&facing, request).await;
    assert_eq!(answer.body["kind"], "anonymous");
    assert_eq!(answer.body["address"], "203.0.113.1");
}

#[tokio::test]
async fn only_a_proxy_that_is_there_is_believed() {
    let mut edges = Edges::new().await;
    let request = || {
        let forged = "203.0.113.9, 198.51.100.7";
        with(
            from("203.0.113.1", "GET", WHOAMI),
            "x-forwarded-for",
            forged,
        )
    };
    let (_, alone) = edges.facing();
    assert_eq!(send(&alone, request()).await.body["address"], "203.0.113.1");
    edges.config.behind_proxy = true;
    let (_, proxied) = edges.facing();
    assert_eq!(
        send(&proxied, request()).await.body["address"],
        "198.51.100.7"
    );
    let nonsense = with(request(), "x-forwarded-for", "<script>");
    assert_eq!(
        send(&proxied, nonsense).await.body["address"],
        "203.0.113.1"
    );
}

#[tokio::test]
async fn files_of_the_pages_are_not_counted() {
    let mut edges = Edges::new().await;
    edges.config.requests_per_second = 1;
    let (_, facing) = edges.facing();
    for _ in 0..20 {
        let file = from("203.0.113.1", "GET", "/assets/a.js");
        assert_eq!(
            send(&facing, file).await.status,
            404,
            "nobody made that file"
        );
    }
    let answer = send(&facing, from("203.0.113.1", "GET", WHOAMI)).await;
    assert_eq!(answer.status, 200);
}

#[tokio::test]
async fn kiosks_that_share_an_address_are_counted_each_by_itself() {
    let mut edges = Edges::new().await;
    edges.config.requests_per_second = 1;
    let (_, facing) = edges.facing();
    let at = |kiosk: &str| {
        let cookie = format!("tb_kiosk={kiosk}");
        with(from("203.0.113.1", "GET", WHOAMI), "cookie", &cookie)
    };
    let ids = [1, 2].map(|n| uuid::Uuid::from_u128(n).to_string());
    let mut limited = 0;
    for _ in 0..20 {
        limited += usize::from(send(&facing, at(&ids[0])).await.status == 429);
    }
    assert!(limited >= 15, "{limited} of 20 limited");
    assert_eq!(send(&facing, at(&ids[1])).await.status, 200);
    // A kiosk that nobody knows counts by its address, like any browser.
    let mut limited = 0;
    for n in 0..20 {
        limited += usize::from(send(&facing, at(&format!("made up {n}"))).await.status == 429);
    }
    assert!(limited >= 15, "{limited} of 20 limited");
}

#[tokio::test]
async fn limits_are_held_where_browsers_come_in_and_nowhere_else() {
    let mut edges = Edges::new().await;
    edges.config.requests_per_second = 1;
    let (edge, facing) = edges.facing();
    let (_, behind) = edges.behind();
    let key = edge.service_key().header();
    let (mut limited, mut asked) = (0, 0);
    for _ in 0..20 {
        let status = send(&facing, from("203.0.113.1", "GET", WHOAMI))
            .await
            .status;
        limited += usize::from(status == 429);
        let internal = from("203.0.113.1", "GET", "/internal/v1/test/whoami");
        let internal = with(internal, "authorization", &key);
        asked += usize::from(send(&facing, internal).await.status == 200);
        assert_eq!(send(&behind, from(WEB, "GET", WHOAMI)).await.status, 200);
    }
    assert!(limited >= 15, "{limited} of 20 limited");
    assert_eq!(asked, 20, "a role of ours is not limited");
    assert_eq!(
        send(&facing, from("203.0.113.2", "GET", WHOAMI))
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn a_role_names_the_request_on_whose_behalf_it_asks() {
    let edges = Edges::new().await;
    let (edge, facing) = edges.facing();
    let id = caller("").request_id.to_string();
    let ask = |key: &str| {
        let request = from(WEB, "GET", "/internal/v1/test/whoami");
        with(with(request, "authorization", key), "x-request-id", &id)
    };
    let answer = send(&facing, ask(&edge.service_key().header())).await;
    assert_eq!(answer.body["request_id"], id);
    let refused = send(&facing, ask("Service 00")).await;
    assert_eq!(refused.status, 404);
    assert_ne!(refused.headers["x-request-id"], id.as_str());
}
