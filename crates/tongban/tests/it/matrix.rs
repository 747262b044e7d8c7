//! Route × role: every operation of the API document, called by nobody, by every role, and judged
//! against the registry. A route without a row in `matrix_rows` fails, and so does a row without a
//! route. Relations (whose row it is) are walked in `relation`.

use std::collections::BTreeMap;

use axum::body::Body;
use axum::http::{Method, Request, header};
use serde_json::Value;
use tb_contract::access::{Door, PERMISSIONS, ROLES, scope_of};
use tb_kernel::{AccountKind, Actor, Region};
use tb_testkit::{Client, department};

use crate::matrix_rows::{Relation, rows};
use crate::product;

/// One operation of the API document.
struct Operation {
    method: Method,
    path: String,
    permission: String,
}

fn operations() -> Vec<Operation> {
    let documents = tongban::wiring::api_documents();
    let mut all = Vec::new();
    for (_, document) in documents {
        let json = serde_json::to_value(&document).unwrap();
        for (path, item) in json["paths"].as_object().unwrap() {
            for (method, operation) in item.as_object().unwrap() {
                let permission = operation["x-permission"].as_str();
                let permission =
                    permission.unwrap_or_else(|| panic!("{method} {path} names no permission"));
                all.push(Operation {
                    method: method.to_uppercase().parse().unwrap(),
                    path: path.clone(),
                    permission: permission.to_owned(),
                });
            }
        }
    }
    all
}

#[test]
fn every_route_has_a_row_and_every_row_a_route() {
    let table: BTreeMap<String, Relation> = rows()
        .map(|(route, relation)| ((*route).to_owned(), *relation))
        .collect();
    assert_eq!(table.len(), rows().count(), "a row stands twice");
    let routes: BTreeMap<String, String> = operations()
        .into_iter()
        .map(|o| (format!("{} {}", o.method, o.path), o.permission))
        .collect();
    let missing: Vec<_> = routes
        .keys()
        .filter(|route| !table.contains_key(*route))
        .collect();
    assert!(
        missing.is_empty(),
        "routes without a row in matrix_rows.rs: {missing:#?}"
    );
    let idle: Vec<_> = table
        .keys()
        .filter(|route| !routes.contains_key(*route))
        .collect();
    assert!(idle.is_empty(), "rows without a route: {idle:#?}");
    for (route, relation) in &table {
        let permission = &routes[route];
        let door = PERMISSIONS
            .iter()
            .find(|(key, _)| key == permission)
            .unwrap()
            .1;
        assert_eq!(
            door == Door::Public,
            *relation == Relation::Anybody,
            "{route}: {permission} is {door:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_role_meets_exactly_what_the_registry_says() {
    let app = product::open().await;
    let nobody = app.client();
    let people: Vec<Actor> = ROLES
        .iter()
        .zip(1..)
        .map(|(role, n)| somebody(n, role.key))
        .collect();
    for operation in operations() {
        let door = PERMISSIONS
            .iter()
            .find(|(key, _)| *key == operation.permission)
            .unwrap()
            .1;
        let label = format!("{} {}", operation.method, operation.path);
        let answer = call(&nobody, &operation).await;
        let turned_away = answer.0 == 401 && answer.1["code"] == "http.unauthenticated";
        assert_eq!(
            turned_away,
            door != Door::Public,
            "{label} to nobody: {} {}",
            answer.0,
            answer.1
        );
        for actor in &people {
            // Signing out is an operation too: each call is made by somebody who has just come.
            let client = app.as_actor(actor.clone());
            let allowed = scope_of(actor, &operation.permission, door).is_some();
            let (status, body) = call(&client, &operation).await;
            let refused = status == 403 && body["code"] == "http.forbidden";
            assert_eq!(
                refused, !allowed,
                "{label} to {:?}: {status} {body}",
                actor.roles
            );
            if refused {
                assert_eq!(body["args"]["permission"], operation.permission, "{label}");
            }
            assert!(
                status < 500,
                "{label} to {:?}: {status} {body}",
                actor.roles
            );
        }
    }
}

fn somebody(n: u128, role: &str) -> Actor {
    let kind = match role {
        "citizen" => AccountKind::Person,
        "enterprise_agent" => AccountKind::EnterpriseAgent,
        "administrator" => AccountKind::Administrator,
        _ => AccountKind::Staff,
    };
    Actor {
        department: Some(department("11430102TB00000871")),
        region: Region::parse("430102"),
        ..tb_testkit::actor(n, kind, &[role])
    }
}

/// Calls an operation with ids of nothing and an empty body: who may pass meets 404 or 422 behind
/// the guard, never 401 or 403. Live streams are not read.
async fn call(client: &Client, operation: &Operation) -> (u16, Value) {
    let nothing = "01900000-0000-7000-8000-000000000000";
    let path: Vec<&str> = operation
        .path
        .split('/')
        .map(|part| if part.starts_with('{') { nothing } else { part })
        .collect();
    let request = Request::builder()
        .method(operation.method.clone())
        .uri(path.join("/"));
    let request = if operation.method == Method::GET || operation.method == Method::DELETE {
        request.body(Body::empty())
    } else {
        request
            .header(header::CONTENT_TYPE, "application/json")
            .body(Body::from("{}"))
    };
    if operation.path.ends_with("/live") {
        return client.head_of(request.unwrap()).await;
    }
    let answer = client.send(request.unwrap()).await;
    (answer.status.as_u16(), answer.json())
}
