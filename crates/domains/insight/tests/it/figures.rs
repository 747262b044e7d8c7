//! What is counted, once, and how long it took.

use serde_json::json;
use tb_testkit::citizen;

use crate::world::{API, Case, OTHERS, World, at};

const NOVEMBER: &str = "statistics?from=2026-11-01&to=2026-11-30";

#[tokio::test(flavor = "multi_thread")]
async fn a_case_is_counted_once_however_often_it_is_told() {
    let world = World::new().await;
    let case = world.whole("430102202611160000011", Case::permit()).await;
    // Told again, by a log that delivers at least once, and an older version besides.
    world.tell(&case).await;
    world
        .tell(&Case::permit().numbered("430102202611160000011"))
        .await;
    world.rate(&case, 2).await;
    world.rate(&case, 5).await;
    let head = world.head();
    let before = world.get(&head, NOVEMBER).await;
    assert_eq!(
        before["total"]["submitted"], 0,
        "differences wait for their sum"
    );
    world.fold().await;
    let found = world.get(&head, NOVEMBER).await;
    let total = &found["total"];
    for (what, many) in [
        ("submitted", 1),
        ("accepted", 1),
        ("ended", 1),
        ("granted", 1),
        ("late", 0),
        ("rated", 1),
    ] {
        assert_eq!(total[what], many, "{what}");
    }
    assert_eq!(
        (&total["in_time"], &total["good"]),
        (&json!(1000), &json!(0))
    );
    assert_eq!(found["rows"][0]["name"], "芙蓉区市场监督管理局");
    let days = found["days"].as_array().unwrap();
    assert_eq!(days.len(), 30);
    assert_eq!(
        (&days[15]["submitted"], &days[17]["ended"]),
        (&json!(1), &json!(1))
    );
    world.fold().await;
    assert_eq!(
        world.get(&head, NOVEMBER).await["total"]["ended"],
        1,
        "added up once"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn gross_time_counts_office_hours_and_net_time_leaves_pauses_out() {
    let world = World::new().await;
    world.whole("430102202611160000021", Case::permit()).await;
    let mut slow = Case::permit().numbered("430102202611160000022");
    world.tell(&slow).await;
    slow.accepted("2026-11-16T10:00");
    world.tell(&slow).await;
    slow.paused("2026-11-17T09:00");
    world.tell(&slow).await;
    slow.resumed("2026-11-19T09:00");
    world.tell(&slow).await;
    slow.decided("2026-11-30T17:00");
    world.tell(&slow).await;
    slow.closed("2026-11-30T17:00");
    world.tell(&slow).await;
    world.fold().await;
    let found = world.get(&world.centre(), NOVEMBER).await;
    let (total, times) = (&found["total"], &found["total"]["times"]);
    // Two days and a morning: 2 × 390 + 180; eleven days: 11 × 390, two of them paused.
    assert_eq!(
        (&times["gross_p50"], &times["gross_p90"]),
        (&json!(960), &json!(4_290))
    );
    assert_eq!(
        (&times["net_p50"], &times["net_p90"]),
        (&json!(960), &json!(3_510))
    );
    assert_eq!(times["net_mean"], 2_235);
    assert_eq!(
        (&total["late"], &total["in_time"]),
        (&json!(1), &json!(500)),
        "past the promise"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_see_their_own_reach_and_a_file_of_it() {
    let world = World::new().await;
    let ours = world.whole("430102202611160000031", Case::permit()).await;
    let mut theirs = Case::benefit();
    theirs.facts().department_code = OTHERS.to_owned();
    theirs.facts().region = tb_kernel::Region::parse("430103").unwrap();
    world.whole("430103202611160000032", theirs).await;
    world.rate(&ours, 5).await;
    world.fold().await;
    let (head, centre) = (world.head(), world.centre());
    assert_eq!(
        world.get(&head, NOVEMBER).await["rows"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    assert_eq!(
        world.get(&centre, NOVEMBER).await["rows"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
    let items = world.get(&centre, &format!("{NOVEMBER}&by=item")).await;
    let names: Vec<_> = items["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["name"].clone())
        .collect();
    assert!(names.contains(&json!("食品经营许可")) && names.contains(&json!("失业金申领")));
    let file = centre
        .get(&format!(
            "{API}/statistics/file?from=2026-11-01&to=2026-11-30"
        ))
        .await;
    let text = String::from_utf8(file.bytes.to_vec()).unwrap();
    assert!(
        text.starts_with("\u{feff}\"编码\",\"名称\",\"收件\""),
        "{text}"
    );
    assert!(
        text.contains("\"芙蓉区市场监督管理局\",\"1\",\"1\",\"1\""),
        "{text}"
    );
    assert!(
        text.contains("\"2.5\"") && text.contains("\"100.0\""),
        "days and shares: {text}"
    );
    for path in [
        "statistics",
        "statistics/file",
        "comparison",
        "items",
        "manage/permits",
    ] {
        let citizen = world.app.as_actor(citizen(5));
        citizen
            .get(&format!("{API}/{path}"))
            .await
            .refused(403, "http.forbidden");
    }
    for (query, code) in [
        ("by=person", "insight.unknown_word"),
        ("from=2026-11-02&to=2026-11-01", "insight.period_astray"),
        ("from=2016-11-02&to=2026-11-01", "insight.period_astray"),
    ] {
        head.get(&format!("{API}/statistics?{query}"))
            .await
            .refused(422, code);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_reads_how_much_was_done() {
    let world = World::new().await;
    let nothing = world.get(&world.anybody(), "efficiency").await;
    assert_eq!(
        (&nothing["total_ended"], &nothing["year_in_time"]),
        (&json!(0), &json!(null))
    );
    let case = world.whole("430102202611160000041", Case::permit()).await;
    world.rate(&case, 4).await;
    world.fold().await;
    let kept = world.get(&world.anybody(), "efficiency").await;
    assert_eq!(kept, nothing, "worked out once a minute");
    world.app.clock().advance(chrono::TimeDelta::seconds(60));
    let told = world.get(&world.anybody(), "efficiency").await;
    assert_eq!(
        (&told["year_accepted"], &told["total_ended"]),
        (&json!(1), &json!(1))
    );
    assert_eq!(
        (&told["year_good"], &told["year_times"]["net_p50"]),
        (&json!(1000), &json!(960))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn sums_that_differ_from_the_cases_are_reported() {
    let world = World::new().await;
    world.whole("430102202611160000051", Case::permit()).await;
    let administrator = world.administrator();
    assert_eq!(
        world.get(&administrator, "comparison").await["at"],
        json!(null)
    );
    // What waits to be added up counts as well.
    world.app.run_periodic("insight.compare").await;
    let report = world.get(&administrator, "comparison").await;
    assert_eq!(
        (&report["differences"], &report["compared"]),
        (&json!([]), &json!(3))
    );
    world.fold().await;
    world.app.run_periodic("insight.compare").await;
    assert_eq!(
        world.get(&administrator, "comparison").await["differences"],
        json!([])
    );
    world
        .spoil("UPDATE insight_day SET amount = 7 WHERE what = 'ended'")
        .await;
    world.app.run_periodic("insight.compare").await;
    let report = world.get(&administrator, "comparison").await;
    let difference = json!([{"what": "ended", "day": "2026-11-18", "sum": 7, "cases": 1}]);
    assert_eq!(report["differences"], difference);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_what_the_office_has_done_counts_as_ended() {
    let world = World::new().await;
    world.whole("430102202611160000061", Case::permit()).await;
    for (serial, state) in [
        "not_accepted",
        "refused",
        "withdrawn",
        "terminated",
        "returned",
        "transferred",
        "reported_up",
        "voided",
    ]
    .into_iter()
    .enumerate()
    {
        let number = format!("43010220261116000007{serial}");
        let mut case = Case::permit().numbered(&number);
        case.accepted("2026-11-16T10:00");
        world.tell(&case).await;
        case.ended(state, "2026-11-30T16:00");
        world.tell(&case).await;
    }
    world.fold().await;
    let found = world.get(&world.head(), NOVEMBER).await;
    let total = &found["total"];
    let counts = ["submitted", "ended", "granted", "late", "in_time"].map(|what| &total[what]);
    assert_eq!(counts, [9, 3, 1, 2, 333].map(|many| json!(many)).each_ref());
    // Eleven days less an hour twice, and two days and a half: what was taken back took no time.
    let mean = (2 * (11 * 390 - 60) + 960) / 3;
    assert_eq!(total["times"]["gross_mean"], mean);
    let withdrawn = "published-cases?q=430102202611160000072";
    let withdrawn = world.get(&world.anybody(), withdrawn).await;
    let row = &withdrawn["items"][0];
    assert_eq!(
        (&row["state"], &row["ended_on"]),
        (&json!("withdrawn"), &json!("2026-11-30"))
    );
    world.app.run_periodic("insight.compare").await;
    let report = world.get(&world.administrator(), "comparison").await;
    assert_eq!(report["differences"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn two_pauses_of_one_day_are_not_subtracted_twice() {
    let world = World::new().await;
    let mut case = Case::permit().numbered("430102202611160000081");
    case.accepted("2026-11-16T10:00");
    world.tell(&case).await;
    for (paused, resumed) in [
        ("2026-11-17T09:00", "2026-11-17T11:00"),
        ("2026-11-17T14:00", "2026-11-18T10:00"),
    ] {
        case.paused(paused);
        case.facts().paused_since = Some(at("2026-11-17T00:00"));
        world.tell(&case).await;
        case.resumed(resumed);
        world.tell(&case).await;
    }
    case.decided("2026-11-18T13:30");
    world.tell(&case).await;
    world.fold().await;
    let found = world.get(&world.head(), NOVEMBER).await;
    let times = &found["total"]["times"];
    // Paused from the morning of the 17th to ten the next day: a day and an hour, once.
    let both = (&times["gross_mean"], &times["net_mean"]);
    assert_eq!(both, (&json!(960), &json!(960 - 390 - 60)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rating_that_comes_before_its_case_waits_for_it() {
    let world = World::new().await;
    let case = Case::permit().numbered("430102202611160000082");
    world.rate(&case, 4).await;
    world.tell(&case).await;
    for _ in 0..3 {
        world.app.clock().advance(chrono::TimeDelta::minutes(1));
        world.app.run_events().await;
    }
    world.fold().await;
    let found = world.get(&world.head(), NOVEMBER).await;
    assert_eq!(found["total"]["rated"], 1);
}
