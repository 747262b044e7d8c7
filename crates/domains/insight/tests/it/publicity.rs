//! Cases as anybody may see them.

use serde_json::json;

use crate::world::{API, BENEFIT, Case, FIRM, PERMIT, World};

#[tokio::test(flavor = "multi_thread")]
async fn accepted_cases_are_shown_masked_and_benefits_of_persons_are_not() {
    let world = World::new().await;
    let number = "430102202611160000061";
    let mut case = Case::permit().numbered(number);
    world.tell(&case).await;
    let anybody = world.anybody();
    assert_eq!(
        world.get(&anybody, "published-cases").await["items"],
        json!([]),
        "not accepted yet"
    );
    case.accepted("2026-11-16T10:00");
    world.tell(&case).await;
    world.whole("430102202611160000062", Case::benefit()).await;
    let page = anybody.get(&format!("{API}/published-cases")).await;
    let text = String::from_utf8(page.bytes.to_vec()).unwrap();
    assert!(!text.contains(number) && !text.contains(FIRM), "{text}");
    let page = page.ok();
    assert_eq!(page["items"].as_array().unwrap().len(), 1, "{page}");
    let row = &page["items"][0];
    assert_eq!(
        (&row["number"], &row["applicant"]),
        (&json!("430102****0061"), &json!("长沙样例***有限公司"))
    );
    assert_eq!(
        (&row["state"], &row["accepted_on"]),
        (&json!("examining"), &json!("2026-11-16"))
    );
    for (query, many) in [
        ("q=食品", 1),
        ("q=失业", 0),
        ("state=running", 1),
        ("state=ended", 0),
        ("q=430102202611160000061", 1),
        ("q=430102", 0),
        ("department=11430104TB00000999", 0),
    ] {
        let found = world
            .get(&anybody, &format!("published-cases?{query}"))
            .await;
        assert_eq!(found["items"].as_array().unwrap().len(), many, "{query}");
    }
    anybody
        .get(&format!("{API}/published-cases?state=odd"))
        .await
        .refused(422, "insight.unknown_word");
    anybody
        .get(&format!("{API}/published-cases?cursor=odd"))
        .await
        .refused(422, "insight.wrong_cursor");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_withholds_and_shows_and_his_word_stands() {
    let world = World::new().await;
    let case = world.whole("430102202611160000071", Case::permit()).await;
    let (anybody, administrator) = (world.anybody(), world.administrator());
    let shown = async || {
        world.get(&anybody, "published-cases").await["items"]
            .as_array()
            .unwrap()
            .len()
    };
    assert_eq!(shown().await, 1);
    let path = format!("{API}/items/{PERMIT}/publicity");
    administrator
        .put(&path, &json!({"withheld": true}))
        .await
        .ok();
    assert_eq!(shown().await, 0);
    // A new version of the item leaves what a person has said.
    world.item(PERMIT, "食品经营许可", "01", "enterprise").await;
    assert_eq!(shown().await, 0);
    let withheld = world.get(&administrator, "items?withheld=true").await;
    assert_eq!(
        withheld["items"].as_array().unwrap().len(),
        2,
        "this one and the benefit by its nature"
    );
    administrator
        .put(&path, &json!({"withheld": false}))
        .await
        .ok();
    assert_eq!(shown().await, 1);
    // Taken back, the rule holds again: this item is shown by it, the benefit is not.
    let back = administrator
        .put(&path, &json!({"withheld": null}))
        .await
        .ok();
    assert_eq!(
        (&back["withheld"], &back["decided_by_hand"]),
        (&json!(false), &json!(false))
    );
    let benefits = format!("{API}/items/{BENEFIT}/publicity");
    let set = administrator
        .put(&benefits, &json!({"withheld": false}))
        .await
        .ok();
    assert_eq!(
        (&set["withheld"], &set["decided_by_hand"]),
        (&json!(false), &json!(true))
    );
    let back = administrator
        .put(&benefits, &json!({"withheld": null}))
        .await
        .ok();
    assert_eq!(
        (&back["withheld"], &back["decided_by_hand"]),
        (&json!(true), &json!(false))
    );
    assert_eq!(shown().await, 1);
    let mut voided = case;
    voided.voided("2026-11-20T09:00");
    world.tell(&voided).await;
    assert_eq!(shown().await, 0, "a voided case is shown no more");
    let centre = world.centre();
    centre
        .put(&benefits, &json!({"withheld": false}))
        .await
        .refused(403, "http.forbidden");
    let unknown = format!("{API}/items/11430102TB0000108H0000000000000/publicity");
    administrator
        .put(&unknown, &json!({"withheld": true}))
        .await
        .refused(404, "insight.item_not_found");
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_go_on_where_they_ended() {
    let world = World::new().await;
    for serial in 81..86 {
        world
            .whole(&format!("4301022026111600000{serial}"), Case::permit())
            .await;
    }
    let anybody = world.anybody();
    let (mut seen, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = world
            .get(
                &anybody,
                &format!("published-cases?limit=2&cursor={cursor}"),
            )
            .await;
        let rows = page["items"].as_array().unwrap();
        seen.extend(
            rows.iter()
                .map(|row| row["number"].as_str().unwrap().to_owned()),
        );
        match page["next_cursor"].as_str() {
            Some(next) => next.clone_into(&mut cursor),
            None => break,
        }
        assert!(
            !cursor.contains("4301022026"),
            "a cursor tells no number: {cursor}"
        );
    }
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), 5, "{seen:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_withheld_is_in_no_public_answer() {
    let world = World::new().await;
    for serial in 11..14 {
        let number = format!("4301022026111700000{serial}");
        world.whole(&number, Case::permit()).await;
    }
    world.fold().await;
    let (anybody, administrator) = (world.anybody(), world.administrator());
    let many = async || {
        // The board is kept for a moment.
        world.app.clock().advance(chrono::TimeDelta::seconds(5));
        let mut counts = Vec::new();
        for (path, rows) in [
            ("published-cases", "items"),
            ("permits", "items"),
            ("open-data/permits.json", "rows"),
            ("open-data/case-statistics.json", "rows"),
            ("board", "hot"),
            ("board", "feed"),
        ] {
            let answer = world.get(&anybody, path).await;
            counts.push(answer[rows].as_array().unwrap().len());
        }
        counts
    };
    assert_eq!(many().await, [3, 3, 3, 1, 1, 3]);
    let path = format!("{API}/items/{PERMIT}/publicity");
    let withheld = json!({"withheld": true});
    administrator.put(&path, &withheld).await.ok();
    assert_eq!(many().await, [0; 6]);
    // Granted meanwhile: entered, and shown with the rest.
    let number = "430102202611170000014";
    world.whole(number, Case::permit()).await;
    world.fold().await;
    assert_eq!(many().await, [0; 6]);
    let managed = world.get(&world.head(), "manage/permits").await;
    assert_eq!(managed["items"].as_array().unwrap().len(), 4);
    let shown = json!({"withheld": false});
    administrator.put(&path, &shown).await.ok();
    assert_eq!(many().await, [4, 4, 4, 1, 1, 4]);
}

#[tokio::test(flavor = "multi_thread")]
async fn cases_of_persons_are_published_of_permits_only_unless_somebody_says_so() {
    const SERVICE: &str = "11430102TB0000108H4432099002000";
    let world = World::new().await;
    world
        .item(SERVICE, "户外招牌设置", "20", "enterprise")
        .await;
    let of = |organisation: bool, item: &str| {
        let mut case = if organisation {
            Case::permit()
        } else {
            Case::benefit()
        };
        item.clone_into(&mut case.0.item_code);
        case.facts().permit = item == PERMIT;
        case
    };
    for (serial, case) in [
        (21, of(true, SERVICE)),
        (22, of(false, SERVICE)),
        (23, of(false, PERMIT)),
    ] {
        let number = format!("4301022026111700000{serial}");
        world.whole(&number, case).await;
    }
    let anybody = world.anybody();
    let shown = async || {
        let page = world.get(&anybody, "published-cases").await;
        let rows = page["items"].as_array().unwrap().iter();
        let mut numbers: Vec<_> = rows
            .map(|row| row["number"].as_str().unwrap().to_owned())
            .collect();
        numbers.sort_unstable();
        numbers
    };
    assert_eq!(shown().await, ["430102****0021", "430102****0023"]);
    let permits = world.get(&anybody, "permits").await;
    assert_eq!(permits["items"][0]["holder"], "王**");
    let path = format!("{API}/items/{SERVICE}/publicity");
    let administrator = world.administrator();
    let by_hand = json!({"withheld": false});
    administrator.put(&path, &by_hand).await.ok();
    assert_eq!(shown().await.len(), 3, "an administrator shows them all");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_does_not_move_the_day_of_an_end() {
    let world = World::new().await;
    let mut case = Case::permit().numbered("430102202611160000091");
    world.tell(&case).await;
    case.accepted("2026-11-16T10:00");
    world.tell(&case).await;
    case.ended("withdrawn", "2026-11-18T10:00");
    world.tell(&case).await;
    let anybody = world.anybody();
    let row = async || world.get(&anybody, "published-cases").await["items"][0].clone();
    let before = row().await;
    assert!(before.to_string().contains("2026-11-18"), "{before}");
    for what in [
        "message_sent",
        "message_received",
        "proxy_ended",
        "handed_over",
    ] {
        case.beside("2026-11-25T09:00");
        world.tell_as(&case, what).await;
        assert_eq!(row().await, before, "{what}");
    }
}
