//! Publishing (P5, P6): the payload to the department concerned alone, the notice without personal
//! data.

use tb_contract::topics;

use crate::world::{Change, OTHERS, OURS, World, submitted};

const NUMBER: &str = "430102202611220001";

#[tokio::test(flavor = "multi_thread")]
async fn payload_and_notice_go_to_the_department_concerned() {
    let world = World::new().await;
    let foreign = Change {
        department: Some(OTHERS),
        region: Some("430104"),
        ..submitted("430104202611220002")
    };
    world.take([submitted(NUMBER), foreign]).await;
    let ours = world.events(&topics::application_data(OURS)).await;
    let others = world.events(&topics::application_data(OTHERS)).await;
    assert_eq!((ours.len(), others.len()), (1, 1));
    assert_eq!((ours[0].key.as_str(), ours[0].version), (NUMBER, 3));
    assert_eq!(ours[0].kind, "intake.application.submitted");
    assert_eq!(ours[0].payload["applicant"]["name"], "张示例");
    assert_eq!(others[0].key, "430104202611220002");
    assert_eq!(others[0].region_path.as_deref(), Some("43/4301/430104"));
    let change = &world.events(topics::APPLICATION_NOTICE).await[0];
    assert_eq!(change.payload["case_number"], NUMBER);
    assert_eq!(change.payload["change"], "intake.application.submitted");
    assert_eq!(
        change.payload["item_code"],
        "11430102TB000008714432099001000"
    );
    assert_eq!(change.payload["department_code"], OURS);
    assert_eq!(change.payload["region_path"], "43/4301/430102");
    assert_eq!(change.department_code.as_deref(), Some(OURS));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_holds_no_personal_data() {
    let world = World::new().await;
    world.take([submitted(NUMBER)]).await;
    for notice in world.events(topics::APPLICATION_NOTICE).await {
        let said = serde_json::to_string(&notice).unwrap();
        for secret in ["张示例", "430102199307169986", "applicant"] {
            assert!(!said.contains(secret), "{secret} in {said}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_payload_is_written_before_the_notice_and_both_say_their_cause() {
    let world = World::new().await;
    world.take([submitted(NUMBER)]).await;
    let log = world.app.log();
    let first = async |topic: &str| {
        let page = log.read(topic, tb_storage::Position::default(), 1).await;
        page.unwrap().remove(0)
    };
    let (payload_at, payload) = first(&topics::application_data(OURS)).await;
    let (notice_at, notice) = first(topics::APPLICATION_NOTICE).await;
    assert!(payload_at < notice_at);
    assert!(payload.causation_id.is_some());
    assert_eq!(payload.causation_id, notice.causation_id);
    assert_eq!(payload.correlation_id, NUMBER);
}

#[tokio::test(flavor = "multi_thread")]
async fn later_changes_of_a_case_follow_in_order_under_its_number() {
    let world = World::new().await;
    let later = [
        ("intake.application.corrected", 5),
        ("intake.application.rated", 8),
    ];
    world.take([submitted(NUMBER)]).await;
    let changes = later.map(|(kind, version)| Change {
        version,
        kind,
        ..submitted(NUMBER)
    });
    world.take(changes).await;
    let events = world.events(&topics::application_data(OURS)).await;
    let told: Vec<(&str, i64)> = events
        .iter()
        .map(|event| (event.kind.as_str(), event.version))
        .collect();
    assert_eq!(
        told,
        [
            ("intake.application.submitted", 3),
            ("intake.application.corrected", 5),
            ("intake.application.rated", 8)
        ]
    );
    let row = world.row(NUMBER).await;
    assert_eq!(row["application_version"], 8);
    assert_eq!(row["case_state"], "submitted");
}
