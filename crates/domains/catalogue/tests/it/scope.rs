//! Who sees and changes what.

use serde_json::json;
use tb_testkit::{citizen, clerk, head, operator};

use crate::{MANAGE, OFFICE, UNEMPLOYMENT, admin, city, draft, names, office};

#[tokio::test]
async fn a_head_sees_the_items_of_his_department_only() {
    let app = city().await;
    let own = office(&app, OFFICE).await;
    let other = office(&app, "11430100TB000001X1").await;
    admin(&app)
        .post(MANAGE, &json!({"item": draft("DRAFT-1")}))
        .await
        .ok();
    let mine = app.as_actor(head(2, &own));
    let list = mine.get(&format!("{MANAGE}?limit=100")).await.ok();
    assert!(
        list["items"]
            .as_array()
            .unwrap()
            .iter()
            .all(|item| item["department_code"] == OFFICE)
    );
    assert!(names(&list).len() >= 2);
    mine.get(&format!("{MANAGE}/DRAFT-1")).await.ok();
    let theirs = app.as_actor(head(3, &other));
    theirs
        .get(&format!("{MANAGE}/DRAFT-1"))
        .await
        .refused(404, "catalogue.item_not_found");
    theirs
        .get(&format!("{MANAGE}/{UNEMPLOYMENT}/versions"))
        .await
        .refused(404, "catalogue.item_not_found");
    theirs
        .get(&format!("{MANAGE}/{UNEMPLOYMENT}/compare"))
        .await
        .refused(404, "catalogue.item_not_found");
    mine.post(&format!("{MANAGE}/DRAFT-1/submit"), &json!({"version": 1}))
        .await
        .refused(403, "http.forbidden");
}

#[tokio::test]
async fn an_operator_sees_his_region() {
    let app = city().await;
    let count = async |region: &str| {
        let list = app
            .as_actor(operator(4, region))
            .get(&format!("{MANAGE}?limit=100"))
            .await
            .ok();
        list["items"].as_array().unwrap().len()
    };
    assert_eq!(count("430100").await, 12);
    let district = count("430102").await;
    assert!(district > 0 && district < 12);
    assert_eq!(count("430103").await, 0);
}

#[tokio::test]
async fn others_are_turned_away() {
    let app = city().await;
    let own = office(&app, OFFICE).await;
    app.client()
        .get(MANAGE)
        .await
        .refused(401, "http.unauthenticated");
    app.as_actor(citizen(5))
        .get(MANAGE)
        .await
        .refused(403, "http.forbidden");
    app.as_actor(clerk(6, &own))
        .get(MANAGE)
        .await
        .refused(403, "http.forbidden");
    app.as_actor(clerk(6, &own))
        .post(MANAGE, &json!({"item": draft("DRAFT-2")}))
        .await
        .refused(403, "http.forbidden");
}

#[tokio::test]
async fn lists_are_narrowed_and_paged() {
    let app = city().await;
    let admin = admin(&app);
    admin
        .post(MANAGE, &json!({"item": draft("DRAFT-1")}))
        .await
        .ok();
    let get = async |query: &str| admin.get(&format!("{MANAGE}?{query}")).await.ok();
    assert_eq!(names(&get("status=draft").await), ["失业登记"]);
    assert_eq!(names(&get("q=draft-").await), ["失业登记"]);
    assert_eq!(
        names(&get("q=%25").await),
        Vec::<&str>::new(),
        "a percent sign is a percent sign"
    );
    let of_office = get(&format!("department={OFFICE}")).await;
    assert!(
        of_office["items"]
            .as_array()
            .unwrap()
            .iter()
            .all(|item| item["department_code"] == OFFICE)
    );
    let mut seen = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = get(&format!("limit=5{cursor}")).await;
        seen.extend(
            page["items"]
                .as_array()
                .unwrap()
                .iter()
                .map(|item| item["code"].as_str().unwrap().to_owned()),
        );
        let Some(next) = page["next_cursor"].as_str() else {
            break;
        };
        cursor = format!("&cursor={next}");
    }
    let count = seen.len();
    seen.sort();
    seen.dedup();
    assert_eq!((count, seen.len()), (13, 13));
    admin
        .get(&format!("{MANAGE}?cursor=1"))
        .await
        .refused(422, "http.bad_cursor");
}
