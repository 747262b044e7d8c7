//! Views of the list: one's own, shared ones, their order, and the orders of the list itself.

use serde_json::{Value, json};
use tb_testkit::{Client, clerk, head, operator};

use crate::world::{API, OTHERS, OURS, REGISTRATION, World, department};

fn view(name: &str, shared: bool) -> Value {
    let content = json!({"place": "todo", "state": "received", "q": "独孤示例", "only": "mine", "sort": "newest", "columns": ["light", "number"]});
    json!({"name": name, "shared": shared, "content": content})
}

async fn names(client: &Client) -> Vec<String> {
    let list = client.get(&format!("{API}/views")).await.ok();
    let views = list.as_array().unwrap().iter();
    views
        .map(|one| one["name"].as_str().unwrap().to_owned())
        .collect()
}

async fn keep(client: &Client, name: &str, shared: bool) -> Value {
    let path = format!("{API}/views");
    client.post(&path, &view(name, shared)).await.ok()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_view_is_there_on_any_device_and_colleagues_see_what_is_shared() {
    let world = World::new().await;
    let mine = world.clerk();
    let kept = keep(&mine, " 我的  待办 ", false).await;
    assert_eq!(kept["name"], "我的 待办");
    assert_eq!(kept["content"]["q"], "独孤示例");
    assert_eq!(kept["content"]["columns"], json!(["light", "number"]));
    keep(&mine, "科室共用", true).await;
    assert_eq!(names(&world.clerk()).await, ["我的 待办", "科室共用"]);

    let colleague = world.app.as_actor(clerk(3, &department(OURS)));
    assert_eq!(names(&colleague).await, ["科室共用"]);
    let theirs = colleague.get(&format!("{API}/views")).await.ok();
    assert_eq!(
        (&theirs[0]["own"], &theirs[0]["owner"]),
        (&json!(false), &json!("测试1"))
    );
    let stranger = world.app.as_actor(head(12, &department(OTHERS)));
    assert!(names(&stranger).await.is_empty());
    // A shared view is still its owner's alone to change.
    let path = format!("{API}/views/{}/remove", theirs[0]["id"].as_str().unwrap());
    let refused = colleague.post(&path, &json!({"version": 1})).await;
    refused.refused(404, "approval.view_not_found");
    let over = world.app.as_actor(operator(13, "430102"));
    over.post(&format!("{API}/views"), &view("全区", true))
        .await
        .refused(422, "approval.nobody_to_share_with");
    keep(&over, "全区", false).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_opens_with_the_view_that_was_chosen_for_it() {
    let world = World::new().await;
    let mine = world.clerk();
    let path = format!("{API}/views");
    let opening = |name: &str, place: &str| {
        let mut body = view(name, false);
        body["opens"] = true.into();
        body["content"]["place"] = place.into();
        body
    };
    let opened = async || {
        let list = mine.get(&path).await.ok();
        let views = list.as_array().unwrap().iter();
        let opened = views.filter(|one| one["opens"] == true);
        opened
            .map(|one| one["name"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    keep(&mine, "甲", false).await;
    assert!(opened().await.is_empty(), "nobody chose one");
    let second = mine.post(&path, &opening("乙", "todo")).await.ok();
    mine.post(&path, &opening("丙", "cases")).await.ok();
    assert_eq!(opened().await, ["乙", "丙"], "one for each list");
    mine.post(&path, &opening("丁", "todo")).await.ok();
    assert_eq!(opened().await, ["丙", "丁"]);
    // Chosen again, and then nothing any more.
    let one = format!("{path}/{}", second["id"].as_str().unwrap());
    let mut change = opening("乙", "todo");
    change["version"] = json!(1);
    mine.put(&one, &change).await.ok();
    assert_eq!(opened().await, ["乙", "丙"]);
    change["version"] = json!(2);
    change["opens"] = false.into();
    mine.put(&one, &change).await.ok();
    assert_eq!(opened().await, ["丙"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn views_are_changed_ordered_and_removed_by_their_owner() {
    let world = World::new().await;
    let mine = world.clerk();
    let first = keep(&mine, "甲", false).await;
    let second = keep(&mine, "乙", false).await;
    let id = |one: &Value| one["id"].as_str().unwrap().to_owned();
    let order = json!({"ids": [id(&second)]});
    let ordered = mine.post(&format!("{API}/views/order"), &order).await.ok();
    assert_eq!(
        (&ordered[0]["name"], &ordered[1]["name"]),
        (&json!("乙"), &json!("甲"))
    );
    assert_eq!(names(&mine).await, ["乙", "甲"]);
    keep(&mine, "丙", false).await;
    assert_eq!(
        names(&mine).await,
        ["乙", "甲", "丙"],
        "a new one comes last"
    );

    let path = format!("{API}/views/{}", id(&first));
    let mut change = view("乙", false);
    change["version"] = json!(1);
    mine.put(&path, &change)
        .await
        .refused(409, "approval.view_name_taken");
    change["name"] = json!("丁");
    assert_eq!(mine.put(&path, &change).await.ok()["version"], 2);
    mine.put(&path, &change)
        .await
        .refused(409, "approval.view_moved");
    let gone = format!("{path}/remove");
    mine.post(&gone, &json!({"version": 1}))
        .await
        .refused(409, "approval.view_moved");
    mine.post(&gone, &json!({"version": 2})).await.ok();
    assert_eq!(names(&mine).await, ["乙", "丙"]);

    let path = format!("{API}/views");
    mine.post(&path, &view("乙", false))
        .await
        .refused(409, "approval.view_name_taken");
    mine.post(&path, &view("", false))
        .await
        .refused(422, "approval.view_name_wrong");
    let mut odd = view("怪", false);
    odd["content"]["state"] = json!("nowhere");
    mine.post(&path, &odd)
        .await
        .refused(422, "approval.unknown_filter");
    for n in 2..30 {
        keep(&mine, &format!("第{n}个"), false).await;
    }
    mine.post(&path, &view("太多", false))
        .await
        .refused(409, "approval.too_many_views");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_comes_by_submission_too_page_by_page() {
    let world = World::new().await;
    let numbers = [
        "430102202611220000621",
        "430102202611220000622",
        "430102202611220000623",
    ];
    for number in numbers {
        world.app.clock().advance(chrono::TimeDelta::minutes(5));
        world.submit(number, REGISTRATION).await;
    }
    for (sort, wanted) in [("newest", [2, 1, 0]), ("oldest", [0, 1, 2])] {
        let (mut found, mut cursor) = (Vec::new(), String::new());
        loop {
            let path = format!("{API}/cases?sort={sort}&limit=1&cursor={cursor}");
            let page = world.clerk().get(&path).await.ok();
            found.push(page["items"][0]["number"].as_str().unwrap().to_owned());
            match page["next_cursor"].as_str() {
                Some(next) => cursor = next.to_owned(),
                None => break,
            }
        }
        assert_eq!(found, wanted.map(|n: usize| numbers[n]), "{sort}");
    }
    let odd = world.clerk().get(&format!("{API}/cases?sort=size")).await;
    odd.refused(422, "approval.unknown_filter");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_view_says_that_its_label_is_gone_and_a_head_takes_back_what_is_shared() {
    let world = World::new().await;
    let mine = world.clerk();
    let labels = format!("{API}/labels");
    let body = json!({"name": "重点", "tone": "blue"});
    let label = world.head().post(&labels, &body).await.ok();
    let views = format!("{API}/views");
    let mut labelled = view("重点件", true);
    labelled["content"]["label"] = label["id"].clone();
    labelled["content"]["columns"] = json!(["light", "light", "due"]);
    let kept = mine.post(&views, &labelled).await.ok();
    assert_eq!(kept["label_gone"], false);
    assert_eq!(kept["content"]["columns"], json!(["light", "due"]));
    labelled["name"] = json!("查无此签");
    labelled["content"]["label"] = json!("00000000-0000-7000-8000-000000000009");
    let unknown = mine.post(&views, &labelled).await;
    unknown.refused(404, "approval.label_not_found");
    labelled["content"]["label"] = json!(null);
    labelled["content"]["q"] = json!("长".repeat(501));
    let long = mine.post(&views, &labelled).await;
    long.refused(422, "approval.text_too_long");

    let path = format!("{labels}/{}/remove", label["id"].as_str().unwrap());
    let gone = json!({"version": label["version"]});
    world.head().post(&path, &gone).await.ok();
    let list = mine.get(&views).await.ok();
    assert_eq!(list[0]["label_gone"], true);
    // Its name can still be changed.
    let path = format!("{views}/{}", kept["id"].as_str().unwrap());
    let mut change = json!({"name": "旧的重点件", "shared": true, "content": list[0]["content"]});
    change["version"] = json!(1);
    assert_eq!(mine.put(&path, &change).await.ok()["label_gone"], true);

    let back = format!("{path}/unshare");
    mine.post(&back, &json!({"version": 2}))
        .await
        .refused(403, "http.forbidden");
    let stranger = world.app.as_actor(head(12, &department(OTHERS)));
    let refused = stranger.post(&back, &json!({"version": 2})).await;
    refused.refused(404, "approval.view_not_found");
    let refused = world.head().post(&back, &json!({"version": 1})).await;
    refused.refused(409, "approval.view_moved");
    world.head().post(&back, &json!({"version": 2})).await.ok();
    assert!(names(&world.head()).await.is_empty());
    assert_eq!(names(&mine).await, ["旧的重点件"]);
}
