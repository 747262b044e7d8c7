//! Exchange records through HTTP: what is in them, who may take them, what is recorded.

use serde_json::{Value, json};
use tb_approval::exchange::{CaseRecords, ExchangeFile, read_json, read_xml};
use tb_kernel::PageRequest;
use tb_storage::{AuditFilter, audit_reason, audit_rows};
use tb_testkit::Client;
use uuid::Uuid;

use crate::world::{API, OTHERS, REGISTRATION, World, command, department, material};

const WHY: &str = "应市数据局要求移交办件数据（张示例除外不行）";

async fn take(client: &Client, id: Uuid, format: &str) -> ExchangeFile {
    let body = json!({ "format": format, "reason": WHY });
    let answer = client
        .post(&format!("{API}/cases/{id}/exchange"), &body)
        .await;
    assert_eq!(answer.status, 200, "{}", answer.code());
    read(std::str::from_utf8(&answer.bytes).unwrap(), format)
}

fn read(text: &str, format: &str) -> ExchangeFile {
    if format == "json" {
        read_json(text).unwrap()
    } else {
        read_xml(text).unwrap()
    }
}

pub async fn records(world: &World, id: Uuid) -> CaseRecords {
    let json = take(&world.head(), id, "json").await;
    let xml = take(&world.head(), id, "xml").await;
    assert_eq!(json, xml);
    json.cases.into_iter().next().unwrap()
}

/// Corrected, a special procedure and a suspension, granted, closed, delivered.
async fn long_case(world: &World, number: &str) -> Uuid {
    world.on("2026-11-23");
    let mut sent = world.sent(number, REGISTRATION);
    sent.body.form["job"] = json!("教师\u{1}<a&b>\r\n");
    world.send(&sent).await;
    world.app.run_events().await;
    let id = world.id_of(number, REGISTRATION).await;
    let (clerk, head) = (world.clerk(), world.head());
    let listed = json!({ "fields": ["/job"], "materials": ["proof"], "reason": "看不清\u{0}" });
    command(&clerk, id, "request-correction", listed).await;
    sent.kind = "intake.application.corrected";
    sent.body.version += 1;
    sent.body.form["job"] = json!("工人");
    sent.body.form["name"] = json!("李换名");
    sent.body.materials = vec![material(2, "proof", "新证明.pdf")];
    sent.body.changed = vec!["/job".to_owned(), "/name".to_owned(), "proof".to_owned()];
    world.send(&sent).await;
    world.app.run_events().await;
    command(&clerk, id, "accept", json!({})).await;
    let procedure =
        json!({ "procedure": "expert_review", "planned_end": "2026-12-04", "reason": "需要评审" });
    command(&head, id, "start-special-procedure", procedure).await;
    world.on("2026-11-25");
    let finding = json!({ "finding": "评审通过" });
    command(&clerk, id, "end-special-procedure", finding).await;
    let suspended = json!({ "ground": "court", "basis": "民法典某条", "reason": "等待判决" });
    command(&head, id, "suspend", suspended).await;
    command(&head, id, "resume", json!({ "reason": "判决已生效" })).await;
    command(
        &head,
        id,
        "extend",
        json!({ "days": 5, "reason": "案情复杂" }),
    )
    .await;
    command(
        &clerk,
        id,
        "step",
        json!({ "outcome": "pass", "opinion": "材料属实" }),
    )
    .await;
    command(&head, id, "step", json!({ "outcome": "pass" })).await;
    command(&head, id, "decide", json!({ "result": "granted" })).await;
    command(&clerk, id, "close", json!({})).await;
    let own = json!({ "way": "pick_up", "collector": { "name": "张示例", "document": "citizen_id",
        "id_number": "430102199307169986", "relation": "own" } });
    command(&clerk, id, "deliver", own).await;
    id
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_comes_to_a_record_for_each_thing_that_happened() {
    let world = World::new().await;
    let id = long_case(&world, "430102202611230000251").await;
    let case = records(&world, id).await;
    let application = &case.application;
    assert_eq!(application.applicant_name, "张示例");
    assert_eq!(application.applicant_number, "430102199307169986");
    assert_eq!(application.applicant_document, "citizen_id");
    assert_eq!(application.contact_phone, "19900000001");
    assert_eq!(application.department_name, "芙蓉区人力资源和社会保障局");
    let form: Value = serde_json::from_str(&application.form).unwrap();
    assert_eq!(
        (&form["job"], &form["name"]),
        (&json!("工人"), &json!("张示例"))
    );
    let got: Vec<_> = case
        .materials
        .iter()
        .map(|one| {
            (
                one.code.as_str(),
                one.obtained.as_str(),
                one.file_name.as_str(),
            )
        })
        .collect();
    assert_eq!(
        got,
        [
            ("id_card", "waived", ""),
            ("proof", "submitted", "新证明.pdf"),
            ("photo", "absent", "")
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_office_did_stands_in_its_order_with_the_numbers_of_its_papers() {
    let world = World::new().await;
    let id = long_case(&world, "430102202611230000251").await;
    let case = records(&world, id).await;
    assert_eq!(case.pre_acceptances.len(), 1);
    let notice = &case.correction_notices[0];
    assert_eq!(notice.reason, "看不清\u{0}");
    assert_eq!(
        (&notice.fields[0], &notice.materials[0]),
        (&"原职业".to_owned(), &"解除劳动关系证明".to_owned())
    );
    assert!(notice.document_number.contains("第00001号"), "{notice:?}");
    let corrected = &case.correction_acceptances[0];
    assert_eq!(corrected.kind, "corrected");
    assert_eq!(corrected.ignored, ["姓名"]);
    let accepted = &case.acceptances[0];
    assert_eq!(
        (accepted.result.as_str(), case.acceptances.len()),
        ("accepted", 1)
    );
    assert!(accepted.document_number.contains("受"), "{accepted:?}");
    assert!(accepted.legal_due.is_some() && accepted.promised_due.is_some());
    let kinds: Vec<_> = case
        .special_requests
        .iter()
        .map(|one| one.kind.as_str())
        .collect();
    assert_eq!(kinds, ["expert_review", "suspension", "extension"]);
    let ends: Vec<_> = case.special_results.iter().map(|one| one.request).collect();
    assert_eq!(
        ends,
        [
            Some(case.special_requests[0].sequence),
            Some(case.special_requests[1].sequence)
        ]
    );
    let steps: Vec<_> = case
        .approvals
        .iter()
        .map(|one| (one.step.as_str(), one.result.as_str()))
        .collect();
    assert_eq!(steps, [("初审", "pass"), ("复核", "pass"), ("", "granted")]);
    let end = &case.completions[0];
    assert_eq!(
        (end.result.as_str(), end.result_name.as_str()),
        ("granted", "失业登记凭证")
    );
    assert_eq!(end.document_number, case.approvals[2].document_number);
    let collected = &case.collections[0];
    assert_eq!(
        (collected.way.as_str(), collected.collector_number.as_str()),
        ("pick_up", "430102199307169986")
    );
    assert!(!collected.document_number.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_did_not_happen_has_no_record() {
    let world = World::new().await;
    let id = world.submit("430102202611220000243", REGISTRATION).await;
    let case = records(&world, id).await;
    let empty = CaseRecords {
        application: case.application.clone(),
        materials: case.materials.clone(),
        pre_acceptances: case.pre_acceptances.clone(),
        ..CaseRecords::default()
    };
    assert_eq!(case, empty);
    // Received without anybody's doing.
    assert_eq!(case.pre_acceptances[0].handler, "系统");
    let refuse = json!({ "kind": "refused", "reason": "不属于本机关职权" });
    command(&world.clerk(), id, "refuse", refuse).await;
    let case = records(&world, id).await;
    assert_eq!(
        (
            case.acceptances[0].result.as_str(),
            case.completions[0].result.as_str()
        ),
        ("refused", "refused")
    );
    assert_eq!(
        case.acceptances[0].document_number,
        case.completions[0].document_number
    );
    assert!(!case.acceptances[0].document_number.is_empty());
}

async fn read_rows(world: &World, id: Uuid) -> Vec<Option<String>> {
    let filter = AuditFilter {
        object_id: Some(id.to_string()),
    };
    let store = world.app.store();
    let rows = audit_rows(store, &filter, &PageRequest::default())
        .await
        .unwrap();
    rows.items
        .iter()
        .filter(|row| row.action == "approval.case.export")
        .map(|row| audit_reason(row, store.sealer()).unwrap())
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn it_needs_a_head_and_a_reason_that_is_recorded() {
    let world = World::new().await;
    let id = world.submit("430102202611220000243", REGISTRATION).await;
    let path = format!("{API}/cases/{id}/exchange");
    let whole = |reason: &str| json!({ "format": "json", "reason": reason, "filter": {} });
    let asked = whole(WHY);
    for path in [&path, &format!("{API}/exchange")] {
        assert_eq!(world.clerk().post(path, &asked).await.status, 403);
        for reason in ["", "   ", "四个字啊"] {
            let answer = world.head().post(path, &whole(reason)).await;
            assert_eq!(answer.code(), "approval.export_reason_missing");
        }
        let long = "字".repeat(501);
        assert_eq!(
            world.head().post(path, &whole(&long)).await.code(),
            "approval.text_too_long"
        );
    }
    assert!(read_rows(&world, id).await.is_empty());
    let other = world.app.as_actor(tb_testkit::head(9, &department(OTHERS)));
    assert_eq!(other.post(&path, &asked).await.status, 404);
    assert_eq!(
        other.post(&format!("{API}/exchange"), &asked).await.code(),
        "approval.export_empty"
    );
    take(&world.head(), id, "xml").await;
    assert_eq!(read_rows(&world, id).await, [Some(WHY.to_owned())]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_filter_is_one_file_over_many_pages_and_each_case_is_recorded() {
    let world = World::new().await;
    let mut ids = Vec::new();
    for n in 0..120 {
        let number = format!("430102202611220{n:06}");
        world.send(&world.sent(&number, REGISTRATION)).await;
    }
    world.app.run_events().await;
    for n in [0, 119] {
        ids.push(
            world
                .id_of(&format!("430102202611220{n:06}"), REGISTRATION)
                .await,
        );
    }
    let refuse = json!({ "kind": "refused", "reason": "不属于本机关职权" });
    command(&world.clerk(), ids[0], "refuse", refuse).await;
    for format in ["json", "xml"] {
        let body = json!({ "format": format, "reason": WHY, "filter": { "state": "received" } });
        let answer = world.head().post(&format!("{API}/exchange"), &body).await;
        assert_eq!(answer.status, 200);
        let file = read(std::str::from_utf8(&answer.bytes).unwrap(), format);
        let mut numbers: Vec<_> = file
            .cases
            .iter()
            .map(|one| one.application.case_number.clone())
            .collect();
        numbers.sort_unstable();
        numbers.dedup();
        assert_eq!((numbers.len(), file.failed.len()), (119, 0));
    }
    assert_eq!(read_rows(&world, ids[0]).await.len(), 0);
    assert_eq!(read_rows(&world, ids[1]).await.len(), 2);
}
