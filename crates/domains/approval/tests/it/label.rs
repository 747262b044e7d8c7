//! Labels: the head makes them, clerks put them on, the list is filtered by them.

use serde_json::{Value, json};
use tb_testkit::{Client, head};
use uuid::Uuid;

use crate::world::{API, FOREIGN, OTHERS, REGISTRATION, World, department};

async fn label(client: &Client, name: &str) -> Value {
    let body = json!({"name": name, "tone": "amber"});
    client.post(&format!("{API}/labels"), &body).await.ok()
}

fn id(label: &Value) -> &str {
    label["id"].as_str().unwrap()
}

async fn bearing(client: &Client, label: &Value) -> Vec<String> {
    let path = format!("{API}/cases?label={}", id(label));
    let page = client.get(&path).await.ok();
    let rows = page["items"].as_array().unwrap().iter();
    rows.map(|row| row["number"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn clerks_label_cases_and_find_them() {
    let world = World::new().await;
    let (one, two) = ("430102202611220000611", "430102202611220000612");
    let case = world.submit(one, REGISTRATION).await;
    world.submit(two, REGISTRATION).await;
    let before = world.case(case).await;
    let (visit, lawyer) = (
        label(&world.head(), "待现场核查").await,
        label(&world.head(), "需法务").await,
    );
    let path = format!("{API}/cases/{case}/labels");
    let clerk = world.clerk();

    let put = json!({"put": [id(&visit), id(&lawyer), id(&visit)]});
    let borne = clerk.post(&path, &put).await.ok();
    assert_eq!(borne.as_array().unwrap().len(), 2);
    clerk.post(&path, &put).await.ok();
    assert_eq!(bearing(&clerk, &visit).await, [one]);
    let list = clerk.get(&format!("{API}/cases?q={one}")).await.ok();
    let names: Vec<&Value> = list["items"][0]["labels"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["name"])
        .collect();
    assert_eq!(names.len(), 2);
    let left = clerk.post(&path, &json!({"off": [id(&visit)]})).await.ok();
    assert_eq!(left[0]["name"], "需法务");
    assert_eq!(clerk.get(&path).await.ok(), left);
    assert!(bearing(&clerk, &visit).await.is_empty());
    let after = world.case(case).await;
    assert_eq!(
        (&after["version"], &after["timeline"]),
        (&before["version"], &before["timeline"])
    );

    // A batch takes the same filter.
    let pick = json!({"pick": {"by": "filter", "label": id(&lawyer)}});
    let options = clerk
        .post(&format!("{API}/batches/options"), &pick)
        .await
        .ok();
    assert_eq!(options["total"], 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_head_makes_changes_and_removes_labels() {
    let world = World::new().await;
    let case = world.submit("430102202611220000613", REGISTRATION).await;
    let head_of_ours = world.head();
    let made = label(&head_of_ours, " 加急 ").await;
    assert_eq!(made["name"], "加急");
    let path = format!("{API}/labels/{}", id(&made));
    let put = json!({"put": [id(&made)]});
    world
        .clerk()
        .post(&format!("{API}/cases/{case}/labels"), &put)
        .await
        .ok();

    let taken = json!({"name": "加急", "tone": "blue"});
    head_of_ours
        .post(&format!("{API}/labels"), &taken)
        .await
        .refused(409, "approval.label_name_taken");
    let long = json!({"name": "十三个字的标签名称实在太长了", "tone": "blue"});
    head_of_ours
        .post(&format!("{API}/labels"), &long)
        .await
        .refused(422, "approval.label_name_wrong");
    let red = json!({"name": "红", "tone": "red"});
    let refused = head_of_ours.post(&format!("{API}/labels"), &red).await;
    assert!(refused.status.is_client_error());
    assert_eq!(
        world
            .clerk()
            .post(&format!("{API}/labels"), &taken)
            .await
            .status,
        403
    );

    let change = json!({"version": 1, "name": "特急", "tone": "purple"});
    assert_eq!(head_of_ours.put(&path, &change).await.ok()["version"], 2);
    head_of_ours
        .put(&path, &change)
        .await
        .refused(409, "approval.label_moved");
    let stranger = world.app.as_actor(head(12, &department(OTHERS)));
    let next = json!({"version": 2, "name": "特急", "tone": "blue"});
    stranger
        .put(&path, &next)
        .await
        .refused(404, "approval.label_not_found");
    head_of_ours
        .post(&format!("{path}/remove"), &json!({"version": 2}))
        .await
        .ok();
    let list = world.clerk().get(&format!("{API}/labels")).await.ok();
    assert_eq!(list, json!([]));
    let row = world.clerk().get(&format!("{API}/cases")).await.ok();
    assert_eq!(row["items"][0]["labels"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn labels_stay_within_their_department_and_within_number() {
    let world = World::new().await;
    let ours = world.submit("430102202611220000614", REGISTRATION).await;
    let theirs = world.submit("430104202611220000615", FOREIGN).await;
    let mut ids = Vec::new();
    for n in 0..11 {
        ids.push(id(&label(&world.head(), &format!("标签{n}")).await).to_owned());
    }
    let clerk = world.clerk();
    let path = |case: Uuid| format!("{API}/cases/{case}/labels");
    clerk
        .post(&path(ours), &json!({"put": ids}))
        .await
        .refused(409, "approval.case_full_of_labels");
    assert_eq!(
        clerk.get(&path(ours)).await.ok(),
        json!([]),
        "nothing is half put on"
    );
    clerk
        .post(&path(theirs), &json!({"put": [ids[0]]}))
        .await
        .refused(404, "approval.case_not_found");
    let stranger = world.app.as_actor(head(12, &department(OTHERS)));
    stranger
        .post(&path(theirs), &json!({"put": [ids[0]]}))
        .await
        .refused(404, "approval.label_not_found");
    assert_eq!(stranger.get(&format!("{API}/labels")).await.ok(), json!([]));
    for n in 11..50 {
        label(&world.head(), &format!("标签{n}")).await;
    }
    let more = json!({"name": "再来一个", "tone": "grey"});
    world
        .head()
        .post(&format!("{API}/labels"), &more)
        .await
        .refused(409, "approval.too_many_labels");
}
