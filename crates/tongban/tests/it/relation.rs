//! Route × relation: what belongs to somebody else does not exist. A real application and a real
//! case are called by their owner and by strangers of the same roles, on every route that the
//! matrix marks as belonging to one account or one department.

use axum::body::Body;
use axum::http::{Method, Request, header};
use serde_json::Value;
use tb_testkit::{Client, clerk, counter_clerk, department, head, operator};

use crate::matrix_rows::{Relation, rows};
use crate::product;

#[tokio::test(flavor = "multi_thread")]
async fn what_belongs_to_others_does_not_exist() {
    let (app, office) = product::open_with_item().await;
    let owner = product::citizen(&app, "citizen1", "430102199307169986").await;
    let (application, number) = product::submit(&owner).await;
    app.run_events().await;
    let ours = app.as_actor(clerk(11, &office));
    let page = ours
        .get(&format!("/api/v1/approval/cases?q={number}"))
        .await
        .ok();
    let case = page["items"][0]["id"].as_str().unwrap().to_owned();

    let draft = begun(&ours).await;
    // The owner himself, once it is handed in, reaches it by his own way and not by the counter's.
    let strangers_of_counters = [
        app.as_actor(clerk(15, &department("11430102TB0000108H"))),
        app.as_actor(counter_clerk(16, "430102")),
        product::citizen(&app, "citizen3", "430102198511099992").await,
    ];
    let strangers_of_applications =
        [product::citizen(&app, "citizen2", "430102195803129993").await];
    let other_office = department("11430102TB0000108H");
    let strangers_of_cases = [
        app.as_actor(clerk(12, &other_office)),
        app.as_actor(head(13, &other_office)),
        app.as_actor(operator(14, "430103")),
    ];
    for (route, relation) in rows() {
        let (id, owner, strangers): (&str, &Client, &[Client]) = match relation {
            Relation::Application => (&application, &owner, &strangers_of_applications),
            Relation::Counter => (&draft, &ours, &strangers_of_counters),
            Relation::Case => (&case, &ours, &strangers_of_cases),
            _ => continue,
        };
        for stranger in strangers {
            let (status, body) = call(stranger, route, id).await;
            let blind = status == 404 || (status == 403 && body["code"] == "http.forbidden");
            assert!(blind, "{route} to a stranger: {status} {body}");
        }
        // Safe methods only: the owner's other commands would change what the next row needs.
        if route.starts_with("GET ") && route.ends_with("{id}") {
            let (status, body) = call(owner, route, id).await;
            assert_eq!(status, 200, "{route} to its owner: {body}");
        }
    }
}

/// A draft that the office's counter has begun.
async fn begun(counter: &Client) -> String {
    let item: Value = serde_json::from_str(product::ITEM).unwrap();
    let body = serde_json::json!({
        "item_code": item["code"], "id_checked": true,
        "applicant": {"organisation": false, "name": "张示例", "id_number": "430102199307169986", "phone": "19900000001"},
    });
    let draft = counter.post("/api/v1/intake/counter/applications", &body);
    draft.await.ok()["id"].as_str().unwrap().to_owned()
}

async fn call(client: &Client, route: &str, id: &str) -> (u16, Value) {
    let (method, path) = route.split_once(' ').unwrap();
    let nothing = "01900000-0000-7000-8000-000000000000";
    // The first parameter names the object, further ones its parts.
    let path = path.replacen("{id}", id, 1);
    let path: Vec<&str> = path
        .split('/')
        .map(|part| if part.starts_with('{') { nothing } else { part })
        .collect();
    let request = Request::builder()
        .method(method.parse::<Method>().unwrap())
        .uri(path.join("/"));
    let body = r#"{"version":1,"format":"json","form":{},"reason":"测试","situation_answers":{},"level":5,"tags":[],"comment":"","kind":"refused","fields":["/name"],"materials":[],"outcome":"pass","opinion":"同意","result":"granted","way":"online","granted":true,"procedure":"hearing","planned_end":"2026-12-01","finding":"通过","days":1,"ground":"court","basis":"某规定","organ":"某局","number":"X-1","successor_id":"01900000-0000-7000-8000-000000000000","persons":[{"name":"李示例","contact":"1"}],"held_at":"2026-12-20T01:00:00Z","place":"会议室","retreat":"all","presider_id":"01900000-0000-7000-8000-000000000000","method":"现场核查","words":"请尽快办理","seen":1,"what":"refund","sum":1,"lines":[],"to":"head","reply_days":2,"mend_by":"2026-12-20","answer_days":5,"bar_months":12,"company":"邮政速递","tracking_number":"EM1","whole":false,"statement":"说明","deferred":[],"requirement_id":"id_card","document_id":"01900000-0000-7000-8000-000000000000","papers":[],"departments":["x"],"contents":"results","cases":["01900000-0000-7000-8000-000000000000"],"collector":{"name":"张示例","document":"citizen_id","id_number":"430102199307169986","relation":"own"},"id_checked":true,"applicant":{"organisation":false,"name":"张示例","id_number":"430102199307169986","phone":"19900000001"},"licence_id":"01900000-0000-7000-8000-000000000000","co_applicants":[],"digest":"","signature":"张示例","may":"look","until_on":"2026-12-20"}"#;
    // The one word that two commands spell differently.
    let body = if route.ends_with("/terminate") {
        body.replace("court", "object_gone")
    } else {
        body.to_owned()
    };
    let request = request
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from(body))
        .unwrap();
    let answer = client.send(request).await;
    (answer.status.as_u16(), answer.json())
}
