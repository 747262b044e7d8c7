//! Off the straight way: special procedures, extension, suspension, and the rarer ends.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::world::{API, REGISTRATION, REVIEWED, WITH_ORIGINALS, World, allowed, command};

fn clock<'a>(case: &'a Value, kind: &str) -> &'a Value {
    let clocks = case["clocks"]["clocks"].as_array().unwrap();
    clocks.iter().find(|clock| clock["kind"] == kind).unwrap()
}

fn last_paper(case: &Value) -> &str {
    case["papers"].as_array().unwrap().last().unwrap()["title"]
        .as_str()
        .unwrap()
}

/// A case accepted on Tuesday 2026-11-24: promised for 12-01, legal until 12-08.
async fn accepted(world: &World, number: &str) -> Uuid {
    world.on("2026-11-24");
    let id = world.submit(number, REGISTRATION).await;
    command(&world.clerk(), id, "accept", json!({})).await;
    id
}

#[tokio::test(flavor = "multi_thread")]
async fn an_expert_review_moves_the_due_dates_and_says_so() {
    let world = World::new().await;
    let number = "430102202611240000018";
    let id = accepted(&world, number).await;
    let (clerk, head) = (world.clerk(), world.head());
    world.on("2026-11-25");
    let case = world.case(id).await;
    assert_eq!(
        allowed(&case, "start_special_procedure").unwrap_err(),
        "approval.head_approves"
    );
    assert_eq!(case["procedures"][0]["until"], "2026-12-09");
    let start = json!({
        "procedure": "expert_review", "planned_end": "2026-12-02", "reason": "需要专家评审选址"
    });
    let path = format!("{API}/cases/{id}/start-special-procedure");
    let mut body = start.clone();
    body["version"] = case["version"].clone();
    clerk
        .post(&path, &body)
        .await
        .refused(403, "approval.head_approves");
    body["procedure"] = "tender".into();
    head.post(&path, &body)
        .await
        .refused(409, "approval.procedure_not_listed");

    let case = command(&head, id, "start-special-procedure", start).await;
    assert_eq!(
        (&case["state"], &case["light"], last_paper(&case)),
        (
            &json!("special_procedure"),
            &json!("grey"),
            "特别程序告知书"
        )
    );
    assert_eq!(case["procedure"]["planned_end"], "2026-12-02");
    assert_eq!(case["procedure"]["overdue"], false);
    assert_eq!(clock(&case, "legal")["open_pause"], "2026-11-25");
    assert_eq!(case["step"]["name"], "初审", "the step only rests");

    world.on("2026-12-03");
    let case = world.case(id).await;
    assert_eq!(
        (&case["light"], &case["procedure"]["overdue"]),
        (&json!("grey"), &json!(true)),
        "its time does not count, but the plan is overrun"
    );
    let list = clerk.get(&format!("{API}/cases?todo=true")).await.ok();
    assert_eq!(list["items"][0]["due_kind"], "procedure");
    assert_eq!(list["items"][0]["due"], "2026-12-02");
    assert_eq!(list["items"][0]["procedure_overdue"], true);

    let finding = json!({"finding": "选址符合要求"});
    let case = command(&clerk, id, "end-special-procedure", finding).await;
    assert_eq!(case["state"], "examining");
    // 11-25 to 12-03 do not count: the first counted day is 12-04.
    assert_eq!(clock(&case, "promised")["due"], "2026-12-10");
    assert_eq!(clock(&case, "legal")["due"], "2026-12-17");
    let lines = clock(&case, "legal")["lines"].to_string();
    assert!(lines.contains("选址专家评审"), "{lines}");
    assert!(lines.contains("2026-11-25"), "{lines}");

    let said = world.said(number).await;
    let (kind, changed, _) = said.last().unwrap();
    assert_eq!(kind, "approval.case.special_procedure_ended");
    assert_eq!(changed.reason, "选址符合要求");
    assert_eq!(changed.legal_due.unwrap().to_string(), "2026-12-17");
    assert!(
        changed
            .derivation
            .as_ref()
            .unwrap()
            .to_string()
            .contains("选址专家评审")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_extension_moves_the_legal_date_and_the_promise_not_past_the_old_one() {
    let world = World::new().await;
    let id = accepted(&world, "430102202611240000026").await;
    let head = world.head();
    world.on("2026-11-30");
    let extend = json!({"days": 10, "reason": "需要向外省核实"});
    let case = command(&head, id, "extend", extend.clone()).await;
    assert_eq!(
        (&case["state"], last_paper(&case)),
        (&json!("examining"), "延期告知书")
    );
    assert_eq!(clock(&case, "legal")["due"], "2026-12-22");
    assert_eq!(clock(&case, "promised")["due"], "2026-12-08");
    assert_eq!(
        allowed(&case, "extend").unwrap_err(),
        "approval.extended_before"
    );
    let mut again = extend;
    again["version"] = case["version"].clone();
    head.post(&format!("{API}/cases/{id}/extend"), &again)
        .await
        .refused(409, "approval.extended_before");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_suspended_case_is_grey_until_it_is_resumed() {
    let world = World::new().await;
    let id = accepted(&world, "430102202611240000034").await;
    let head = world.head();
    world.on("2026-11-26");
    let suspend = json!({
        "ground": "court", "basis": "《行政许可法》第四十五条", "reason": "劳动关系正在诉讼中"
    });
    let case = command(&head, id, "suspend", suspend).await;
    assert_eq!(
        (&case["state"], &case["light"], last_paper(&case)),
        (&json!("suspended"), &json!("grey"), "中止通知书")
    );
    let event = case["timeline"].as_array().unwrap().last().unwrap();
    assert_eq!(event["basis"], "《行政许可法》第四十五条");
    assert_eq!(allowed(&case, "step").unwrap_err(), "approval.wrong_state");
    world.on("2026-12-15");
    let todo = head.get(&format!("{API}/cases?todo=true")).await.ok();
    assert_eq!(todo["items"][0]["id"], json!(id), "a head has to resume it");
    let case = command(&head, id, "resume", json!({"reason": "判决已经生效"})).await;
    assert_eq!(case["state"], "examining");
    // One day was counted before: 11-25.
    assert_eq!(clock(&case, "promised")["due"], "2026-12-21");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_rarer_ends_stop_every_clock() {
    let world = World::new().await;
    let (clerk, head) = (world.clerk(), world.head());
    let id = accepted(&world, "430102202611240000042").await;
    let ended = json!({"ground": "applicant_gone", "reason": "申请人已经去世"});
    let case = command(&head, id, "terminate", ended).await;
    assert_eq!(
        (&case["state"], &case["light"], last_paper(&case)),
        (&json!("terminated"), &json!(null), "终止通知书")
    );
    assert_eq!(clock(&case, "legal")["stopped_on"], "2026-11-24");

    let id = world.submit("430102202611240000050", REVIEWED).await;
    let path = format!("{API}/cases/{id}/transfer");
    let nameless = json!({"version": 1, "organ": " ", "reason": "常住地在天心区"});
    clerk
        .post(&path, &nameless)
        .await
        .refused(422, "approval.organ_missing");
    let moved = json!({"organ": "天心区人力资源和社会保障局", "reason": "常住地在天心区"});
    let case = command(&clerk, id, "transfer", moved).await;
    assert_eq!(case["state"], "transferred");
    let said = world.said("430102202611240000050").await;
    assert_eq!(
        said.last().unwrap().1.reason,
        "接收机关：天心区人力资源和社会保障局。常住地在天心区"
    );

    let id = accepted(&world, "430102202611240000069").await;
    command(&clerk, id, "step", json!({"outcome": "pass"})).await;
    command(&head, id, "step", json!({"outcome": "pass"})).await;
    let up = json!({"organ": "长沙市人力资源和社会保障局", "reason": "初审同意"});
    let case = command(&head, id, "report-up", up).await;
    assert_eq!(
        (&case["state"], &case["light"]),
        (&json!("reported_up"), &json!(null))
    );
    let open = clerk.get(&format!("{API}/counts")).await.ok();
    assert_eq!(open["lights"]["green"], 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_notices_open_as_pdf() {
    let world = World::new().await;
    let head = world.head();
    let id = accepted(&world, "430102202611240000077").await;
    let start = json!({
        "procedure": "expert_review", "planned_end": "2026-11-30", "reason": "需要评审"
    });
    command(&head, id, "start-special-procedure", start).await;
    command(
        &head,
        id,
        "end-special-procedure",
        json!({"finding": "通过"}),
    )
    .await;
    command(
        &head,
        id,
        "extend",
        json!({"days": 3, "reason": "案情复杂"}),
    )
    .await;
    let suspend = json!({"ground": "missing_input", "basis": "某规定", "reason": "等待函复"});
    command(&head, id, "suspend", suspend).await;
    let ended = json!({"ground": "object_gone", "reason": "已经拆除"});
    let case = command(&head, id, "terminate", ended).await;
    let papers = case["papers"].as_array().unwrap();
    let titles: Vec<&str> = papers
        .iter()
        .map(|paper| paper["title"].as_str().unwrap())
        .collect();
    assert_eq!(
        titles[2..],
        ["特别程序告知书", "延期告知书", "中止通知书", "终止通知书"]
    );
    assert_eq!(papers[2]["number"], "芙人社特字〔2026〕第00001号");
    for paper in papers {
        let path = format!("{API}/cases/{id}/papers/{}", paper["id"].as_str().unwrap());
        let answer = head.get(&path).await;
        assert_eq!(answer.headers["content-type"], "application/pdf");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_is_void_only_by_two_persons() {
    let world = World::new().await;
    let number = "430102202611240000122";
    let id = accepted(&world, number).await;
    let (clerk, head) = (world.clerk(), world.head());
    let why = json!({"reason": "重复录入"});
    let case = world.case(id).await;
    assert_eq!(
        allowed(&case, "void").unwrap_err(),
        "approval.head_approves"
    );
    let case = command(&head, id, "propose-void", why.clone()).await;
    assert_eq!(case["void"]["reason"], "重复录入");
    let path = format!("{API}/cases/{id}/void");
    let own = json!({"version": case["version"], "reason": "重复录入"});
    head.post(&path, &own)
        .await
        .refused(403, "approval.second_person_voids");
    command(&head, id, "reject-void", json!({"reason": "提错了"})).await;

    command(&clerk, id, "propose-void", why.clone()).await;
    let todo = head.get(&format!("{API}/cases?todo=true")).await.ok();
    assert_eq!(todo["items"][0]["id"], json!(id), "a head has to answer");
    let case = command(&head, id, "void", why).await;
    assert_eq!(
        (&case["state"], &case["void"], &case["light"]),
        (&json!("voided"), &json!(null), &json!(null))
    );
    let said = world.said(number).await;
    let told: Vec<(&str, &str)> = said
        .iter()
        .map(|(kind, changed, _)| {
            (
                kind.trim_start_matches("approval.case."),
                changed.reason.as_str(),
            )
        })
        .collect();
    assert_eq!(
        told[2..5],
        [
            ("void_proposed", ""),
            ("void_rejected", ""),
            ("void_proposed", "")
        ]
    );
    assert_eq!(told[5], ("voided", "重复录入"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proposal_to_void_is_forgotten_when_the_case_ends_otherwise() {
    let world = World::new().await;
    let id = accepted(&world, "430102202611240000130").await;
    let (clerk, head) = (world.clerk(), world.head());
    command(&clerk, id, "propose-void", json!({"reason": "重复录入"})).await;
    let ended = json!({"ground": "object_gone", "reason": "已经拆除"});
    let case = command(&head, id, "terminate", ended).await;
    assert_eq!(
        (&case["state"], &case["void"]),
        (&json!("terminated"), &json!(null))
    );
    let todo = head.get(&format!("{API}/cases?todo=true")).await.ok();
    assert_eq!(todo["items"], json!([]), "nothing is left to answer");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_system_of_the_ministry_handles_it_under_its_own_number_and_the_terms_run() {
    let world = World::new().await;
    let number = "430102202611240000722";
    world.on("2026-11-24");
    let id = world.submit(number, WITH_ORIGINALS).await;
    let clerk = world.clerk();
    command(&clerk, id, "pass-pre-review", json!({})).await;
    let verified = json!({"materials": ["proof"], "note": ""});
    command(&clerk, id, "verify-originals", verified).await;
    let before = command(&clerk, id, "accept", json!({})).await;
    assert_eq!(allowed(&before, "handle_externally"), Ok(()));
    assert_eq!(before["external"], Value::Null);
    let path = format!("{API}/cases/{id}/handle-externally");
    let with = |organ: &str, there: &str| json!({"version": before["version"], "organ": organ, "number": there, "reason": "已在国家系统提交"});
    clerk
        .post(&path, &with(" ", "HS-1"))
        .await
        .refused(422, "approval.organ_missing");
    clerk
        .post(&path, &with("国家卫生健康委", " "))
        .await
        .refused(422, "approval.external_number_wrong");
    clerk
        .post(&path, &with("国家卫生健康委", &"1".repeat(61)))
        .await
        .refused(422, "approval.external_number_wrong");
    let case = clerk
        .post(&path, &with("国家卫生健康委", " HS-2026-0001 "))
        .await
        .ok();
    assert_eq!(
        (&case["state"], &case["external"]["number"]),
        (&json!("examining"), &json!("HS-2026-0001"))
    );
    assert_eq!(case["clocks"], before["clocks"], "the terms run on");
    let (kind, said, _) = world.said(number).await.pop().unwrap();
    assert_eq!(kind, "approval.case.handled_externally");
    assert!(said.reason.contains("国家卫生健康委") && said.reason.contains("HS-2026-0001"));

    // A number that was wrong is noted anew; the decision is marked as that system's.
    let right = json!({"organ": "国家卫生健康委", "number": "HS-2026-0002", "reason": "更正编号"});
    command(&clerk, id, "handle-externally", right).await;
    let pass = json!({"outcome": "pass", "opinion": ""});
    command(&clerk, id, "step", pass.clone()).await;
    command(&world.head(), id, "step", pass).await;
    let granted = json!({"result": "granted", "reason": "国家系统已准予"});
    let case = command(&world.head(), id, "decide", granted).await;
    let decided = case["timeline"].as_array().unwrap().last().unwrap();
    assert_eq!(
        (&decided["organ"], &decided["external_number"]),
        (&json!("国家卫生健康委"), &json!("HS-2026-0002"))
    );

    // Of an item that is handled here nothing of it is offered.
    let other = accepted(&world, "430102202611240000730").await;
    let case = world.case(other).await;
    assert_eq!(
        allowed(&case, "handle_externally").unwrap_err(),
        "approval.handled_here"
    );
}
