//! The desk's list: scope, search, lights, paging, counts, masks.

use serde_json::{Value, json};
use tb_testkit::{Client, citizen, clerk, operator};

use crate::world::{
    API, FOREIGN, INSTANT, OTHERS, REGISTRATION, REVIEWED, World, command, department,
};

async fn numbers(client: &Client, query: &str) -> Vec<String> {
    let page = client.get(&format!("{API}/cases?{query}")).await.ok();
    let rows = page["items"].as_array().unwrap().clone();
    rows.iter()
        .map(|row| row["number"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn cases_are_within_reach_of_their_department_and_region_only() {
    let world = World::new().await;
    let ours = world.submit("430102202611220000148", REGISTRATION).await;
    let theirs = world.submit("430104202611220000155", FOREIGN).await;
    let (clerk_ours, clerk_theirs) = (
        world.clerk(),
        world.app.as_actor(clerk(5, &department(OTHERS))),
    );
    assert_eq!(numbers(&clerk_ours, "").await, ["430102202611220000148"]);
    assert_eq!(numbers(&clerk_theirs, "").await, ["430104202611220000155"]);
    clerk_ours
        .get(&format!("{API}/cases/{theirs}"))
        .await
        .refused(404, "approval.case_not_found");
    let accept = json!({ "version": 1 });
    clerk_ours
        .post(&format!("{API}/cases/{theirs}/accept"), &accept)
        .await
        .refused(404, "approval.case_not_found");
    let paper = world.case(ours).await["papers"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let path = format!("{API}/cases/{ours}/papers/{paper}");
    clerk_theirs
        .get(&path)
        .await
        .refused(404, "approval.case_not_found");
    clerk_theirs
        .get(&format!("{API}/cases/{theirs}/papers/{paper}"))
        .await
        .refused(404, "approval.paper_not_found");

    let (city, district) = (
        world.app.as_actor(operator(6, "430100")),
        world.app.as_actor(operator(7, "430104")),
    );
    assert_eq!(numbers(&city, "").await.len(), 2);
    assert_eq!(numbers(&district, "").await, ["430104202611220000155"]);
    district
        .get(&format!("{API}/cases/{ours}"))
        .await
        .refused(404, "approval.case_not_found");
    // Operators read, masked; everything else is not theirs.
    let case = city.get(&format!("{API}/cases/{ours}")).await.ok();
    assert!(
        case["commands"]
            .as_array()
            .unwrap()
            .iter()
            .all(|one| one["code"] == "approval.not_yours")
    );
    city.get(&format!("{API}/cases/{ours}?unmask=true"))
        .await
        .refused(403, "http.forbidden");
    city.post(&format!("{API}/cases/{ours}/accept"), &accept)
        .await
        .refused(403, "http.forbidden");
    city.get(&path).await.refused(403, "http.forbidden");
    let anybody = world.app.client();
    anybody
        .get(&format!("{API}/cases"))
        .await
        .refused(401, "http.unauthenticated");
    world
        .app
        .as_actor(citizen(9))
        .get(&format!("{API}/cases"))
        .await
        .refused(403, "http.forbidden");
}

#[tokio::test(flavor = "multi_thread")]
async fn search_finds_numbers_words_and_exact_personal_data() {
    let world = World::new().await;
    let mut other = world.sent("430102202611220000163", INSTANT);
    other.body.applicant.name = "李示例".to_owned();
    other.body.applicant.id_number = "43010219580312999x".to_owned();
    other.body.applicant.phone = "0731-84560000".to_owned();
    world.send(&other).await;
    world.submit("430102202611220000171", REGISTRATION).await;
    let clerk = world.clerk();
    let one = ["430102202611220000171".to_owned()];
    let two = ["430102202611220000163".to_owned()];
    assert_eq!(numbers(&clerk, "q=43010220261122").await.len(), 2);
    assert_eq!(numbers(&clerk, "q=430102202611220000171").await, one);
    assert_eq!(numbers(&clerk, "q=%E5%A4%B1%E4%B8%9A").await, one, "失业");
    assert_eq!(
        numbers(&clerk, "q=%E5%BC%A0%E7%A4%BA%E4%BE%8B").await,
        one,
        "张示例"
    );
    assert_eq!(
        numbers(&clerk, "q=%E5%BC%A0%E7%A4%BA").await.len(),
        0,
        "part of a name finds nobody"
    );
    assert_eq!(numbers(&clerk, "q=430102199307169986").await, one);
    assert_eq!(
        numbers(&clerk, "q=43010219580312999X").await,
        two,
        "small x or large"
    );
    assert_eq!(numbers(&clerk, "q=199-0000-0001").await, one);
    assert_eq!(numbers(&clerk, "q=073184560000").await, two);
    assert_eq!(
        numbers(&clerk, "q=%25").await.len(),
        0,
        "a wildcard is a character"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_is_ordered_by_urgency_and_paged_without_gaps() {
    let world = World::new().await;
    for (day, n) in [
        ("2026-11-23", 1),
        ("2026-11-24", 2),
        ("2026-11-25", 3),
        ("2026-11-26", 4),
        ("2026-11-27", 5),
    ] {
        world.on(day);
        for half in 0..2 {
            world
                .send(&world.sent(&format!("43010220261123000{n}{half}0"), REGISTRATION))
                .await;
        }
    }
    world.app.run_events().await;
    let clerk = world.clerk();
    let whole = numbers(&clerk, "limit=100").await;
    assert_eq!(whole.len(), 10);
    let days: String = whole
        .iter()
        .filter_map(|number| number.chars().nth(17))
        .collect();
    assert_eq!(days, "1122334455", "by the end of the acceptance term");
    let (mut paged, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = clerk
            .get(&format!("{API}/cases?limit=3&cursor={cursor}"))
            .await
            .ok();
        paged.extend(
            page["items"]
                .as_array()
                .unwrap()
                .iter()
                .map(|row| row["number"].as_str().unwrap().to_owned()),
        );
        match page["next_cursor"].as_str() {
            Some(next) => next.clone_into(&mut cursor),
            None => break,
        }
    }
    assert_eq!(paged, whole);
    clerk
        .get(&format!("{API}/cases?cursor=x"))
        .await
        .refused(422, "approval.wrong_cursor");
    clerk
        .get(&format!("{API}/cases?state=nonsense"))
        .await
        .refused(422, "approval.unknown_filter");
    clerk
        .get(&format!("{API}/cases?light=pink"))
        .await
        .refused(422, "approval.unknown_filter");
}

#[tokio::test(flavor = "multi_thread")]
async fn lights_filters_and_counts_go_together() {
    let world = World::new().await;
    world.on("2026-11-23");
    let accepted = world.submit("430102202611230000180", REGISTRATION).await;
    world.submit("430102202611230000198", REVIEWED).await;
    let asked = world.submit("430102202611230000201", REGISTRATION).await;
    let clerk = world.clerk();
    command(&clerk, accepted, "accept", json!({})).await;
    command(
        &clerk,
        asked,
        "request-correction",
        json!({ "fields": ["/job"] }),
    )
    .await;
    let lights = async |day: &str| -> Value {
        world.on(day);
        let counts = clerk.get(&format!("{API}/counts")).await.ok();
        for (light, n) in counts["lights"].as_object().unwrap() {
            let rows = clerk.get(&format!("{API}/cases?light={light}")).await.ok();
            let rows = rows["items"].as_array().unwrap().clone();
            assert_eq!(json!(rows.len()), *n, "{light} on {day}");
            assert!(rows.iter().all(|row| row["light"] == *light));
        }
        counts["lights"].clone()
    };
    let count = |green: i64, yellow: i64, red: i64, purple: i64| json!({ "green": green, "yellow": yellow, "red": red, "purple": purple, "grey": 1 });
    assert_eq!(lights("2026-11-23").await, count(2, 0, 0, 0));
    assert_eq!(
        lights("2026-11-27").await,
        count(0, 2, 0, 0),
        "one working day is left of promise and acceptance term"
    );
    assert_eq!(
        lights("2026-12-01").await,
        count(0, 0, 1, 1),
        "past the promise; past the term of acceptance"
    );
    assert_eq!(
        lights("2026-12-08").await,
        count(0, 0, 0, 2),
        "past the legal date"
    );
    let counts = clerk.get(&format!("{API}/counts")).await.ok();
    assert_eq!(
        counts["states"],
        json!({ "examining": 1, "submitted": 1, "correcting": 1 })
    );
    assert_eq!(counts["mine"], 2);
    assert_eq!(numbers(&clerk, "state=submitted,correcting").await.len(), 2);
    assert_eq!(
        numbers(&clerk, "mine=true&state=examining").await,
        ["430102202611230000180"]
    );
    let row = clerk
        .get(&format!("{API}/cases?state=examining"))
        .await
        .ok()["items"][0]
        .clone();
    assert_eq!(
        (&row["due"], &row["remaining_working_days"]),
        (&json!("2026-11-30"), &json!(-6))
    );
    assert_eq!(
        (&row["step"], &row["step_overdue"], &row["handler"]),
        (&json!("初审"), &json!(true), &json!("测试1"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn personal_data_is_masked_until_it_is_asked_for_and_recorded() {
    let world = World::new().await;
    let id = world.submit("430102202611220000219", REGISTRATION).await;
    let clerk = world.clerk();
    let row = clerk.get(&format!("{API}/cases")).await.ok()["items"][0].clone();
    assert_eq!(row["applicant"], "张*例");
    let case = world.case(id).await;
    let party = &case["parties"][0];
    assert_eq!(
        (&party["name"], &party["phone"]),
        (&json!("张*例"), &json!("199****0001"))
    );
    assert_eq!(party["id_number"], "4301**********9986");
    assert_eq!(
        (&case["answers"]["name"], &case["answers"]["job"]),
        (&json!("张*例"), &json!("教师"))
    );
    assert_eq!(case["materials"][1]["files"][0]["file_name"], "***.pdf");
    assert!(
        !case.to_string().contains("张示例") && !case.to_string().contains("430102199307169986")
    );
    let audited = async || {
        use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
        use tb_storage::entity::audit::{Column, Entity};
        let rows = Entity::find().filter(Column::Action.eq("approval.case.unmask"));
        rows.filter(Column::Result.eq("read"))
            .count(&world.app.store().read())
            .await
            .unwrap()
    };
    assert_eq!(audited().await, 0, "masked answers record nothing");
    let case = clerk
        .get(&format!("{API}/cases/{id}?unmask=true"))
        .await
        .ok();
    assert_eq!(
        (&case["parties"][0]["name"], &case["masked"]),
        (&json!("张示例"), &json!(false))
    );
    assert_eq!(audited().await, 1);

    let content = world.app.store().blobs().put(b"%PDF").await.unwrap();
    let mut sent = world.sent("430102202611220000227", REGISTRATION);
    sent.body.materials[0].blob = content;
    world.send(&sent).await;
    world.app.run_events().await;
    let id = world.id_of("430102202611220000227", REGISTRATION).await;
    let file = world.case(id).await["materials"][1]["files"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let answer = clerk
        .get(&format!("{API}/cases/{id}/materials/{file}"))
        .await;
    assert_eq!(
        (
            &answer.bytes[..],
            answer.headers["content-type"].to_str().unwrap()
        ),
        (&b"%PDF"[..], "application/pdf")
    );
    assert_eq!(audited().await, 2, "so is a file");
    let nowhere = format!("{API}/cases/{id}/materials/{id}");
    clerk
        .get(&nowhere)
        .await
        .refused(404, "approval.material_not_found");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_to_do_list_holds_what_waits_for_ones_own_post() {
    let world = World::new().await;
    let (clerk, head) = (world.clerk(), world.head());
    let number = "430102202611220000148";
    let id = world.submit(number, REGISTRATION).await;
    let waits = async |post: &str| {
        for (client, name) in [(&clerk, "clerk"), (&head, "head")] {
            let counts = client.get(&format!("{API}/counts?todo=true")).await.ok();
            let listed = numbers(client, "todo=true").await;
            let counted = counts["states"].as_object().unwrap().len();
            let expected = usize::from(name == post);
            assert_eq!(
                (listed.len(), counted),
                (expected, expected),
                "{post}, {name}"
            );
        }
        let all = numbers(&head, "").await;
        assert_eq!(
            all,
            [number],
            "whoever's turn it is, the case is within reach"
        );
    };
    waits("clerk").await;
    command(
        &clerk,
        id,
        "request-correction",
        json!({ "fields": ["/job"] }),
    )
    .await;
    waits("nobody: it is the applicant's turn").await;

    let other = "430102202611220000155";
    let id = world.submit(other, REGISTRATION).await;
    let turns = async |clerk_has: usize, head_has: usize| {
        let of = async |client| numbers(client, "todo=true").await.len();
        assert_eq!((of(&clerk).await, of(&head).await), (clerk_has, head_has));
    };
    turns(1, 0).await;
    command(&clerk, id, "accept", json!({})).await;
    turns(1, 0).await;
    let pass = || json!({ "outcome": "pass", "opinion": "" });
    command(&clerk, id, "step", pass()).await;
    turns(0, 1).await;
    command(&head, id, "step", pass()).await;
    turns(0, 1).await;
    command(
        &head,
        id,
        "decide",
        json!({ "result": "granted", "reason": "" }),
    )
    .await;
    turns(1, 0).await;
    command(&clerk, id, "close", json!({})).await;
    command(&clerk, id, "deliver", json!({ "way": "online" })).await;
    turns(0, 0).await;
}
