//! What stands against publishing an item for applicants who are elsewhere (跨域通办).

use serde_json::json;

use crate::publish_checks::{Change, faults};
use crate::with_departments;

/// What is made wrong, and the place and code of the fault that must follow.
const TABLE: &[(Change, &str, &str)] = &[
    (
        |i| i["handling"]["cross_region"] = json!({"modes": []}),
        "/handling/cross_region/modes",
        "catalogue.field.required",
    ),
    (
        |i| {
            i["authority"]["scope"] = "none".into();
            i["handling"]["cross_region"] = json!({"modes": ["collect"]});
        },
        "/authority/scope",
        "catalogue.field.cross_scope",
    ),
    (
        |i| {
            i["authority"]["scope"] = "city".into();
            i["handling"]["cross_region"] = json!({"modes": ["collect"],
                "places": [{"division": "430602", "name": "岳阳楼区综合窗口"}]});
        },
        "/handling/cross_region/places/0/division",
        "catalogue.field.cross_place",
    ),
    (
        |i| {
            i["authority"]["scope"] = "city".into();
            i["handling"]["cross_region"] = json!({"modes": ["collect"],
                "places": [{"division": "430103", "name": " "}]});
        },
        "/handling/cross_region/places/0/name",
        "catalogue.field.required",
    ),
    (
        |i| {
            i["handling"]["delivery"] = json!(["pick_up"]);
            i["handling"]["cross_region"] = json!({"modes": ["online"]});
        },
        "/handling/delivery",
        "catalogue.field.cross_delivery",
    ),
    (
        |i| {
            i["visits"] = 1.into();
            i["handling"]["visit_reason"] = "核对原件".into();
            i["handling"]["delivery"] = json!(["online"]);
            i["handling"]["cross_region"] = json!({"modes": ["online"]});
        },
        "/handling/cross_region/modes",
        "catalogue.field.cross_visits",
    ),
];

#[tokio::test]
async fn whoever_is_elsewhere_can_apply_and_gets_the_result() {
    let app = with_departments().await;
    for (n, (change, path, code)) in TABLE.iter().enumerate() {
        let found = faults(&app, n, change).await;
        assert!(
            found.contains(&((*path).to_owned(), (*code).to_owned())),
            "{path} {code}: {found:?}"
        );
    }
    let sound: Change = |i| {
        i["authority"]["scope"] = "city".into();
        i["handling"]["delivery"] = json!(["online", "courier"]);
        i["visits"] = 0.into();
        i["handling"]["cross_region"] = json!({"modes": ["online", "collect"], "results": "office",
            "places": [{"division": "430103", "name": "天心区综合窗口"}]});
    };
    let found = faults(&app, TABLE.len(), sound).await;
    assert!(
        found.iter().all(|(path, _)| !path.contains("cross_region")),
        "{found:?}"
    );
}
