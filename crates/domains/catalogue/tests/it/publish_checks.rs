//! What stands against publishing, located.

use serde_json::{Value, json};
use tb_testkit::TestApp;

use crate::{MANAGE, PERMIT, UNEMPLOYMENT, admin, draft, items, submit, with_departments};

/// Path and code of everything that stands against publishing 失业登记 with one thing changed.
pub async fn faults(
    app: &TestApp,
    n: usize,
    change: impl FnOnce(&mut Value),
) -> Vec<(String, String)> {
    let code = format!("TEST-{n:04}");
    let mut item = draft(&code);
    change(&mut item);
    let admin = admin(app);
    admin.post(MANAGE, &json!({"item": item})).await.ok();
    let answer = submit(app, &code, 1).await;
    if answer.status.is_success() {
        return Vec::new();
    }
    let problem = answer.refused(422, "catalogue.not_publishable");
    let fields = problem["fields"].as_array().unwrap();
    for field in fields {
        let message = field["message"].as_str().unwrap();
        assert!(
            !message.is_empty() && !message.contains("catalogue."),
            "{field} has no text"
        );
    }
    fields
        .iter()
        .map(|f| {
            (
                f["path"].as_str().unwrap().to_owned(),
                f["code"].as_str().unwrap().to_owned(),
            )
        })
        .collect()
}

/// One thing made wrong in an item.
pub type Change = fn(&mut Value);

/// What is made wrong, and the place and code of the fault that must follow.
const TABLE: &[(Change, &str, &str)] = &[
    (
        |i| i["steps"][1]["post"] = "headd".into(),
        "/steps/1/post",
        "catalogue.field.post",
    ),
    (
        |i| i["materials"][1]["licence_types"] = json!([{"code": "X-1", "name": "没有的证"}]),
        "/materials/1/licence_types",
        "catalogue.field.licence_type",
    ),
    (
        |i| i["materials"][0]["licence_types"] = json!([{"code": PERMIT.0}]),
        "/materials/0/licence_types",
        "catalogue.field.licence_no_upload",
    ),
    (
        |i| {
            i["materials"][1]["licence_types"] = json!([{"code": PERMIT.0}, {"code": PERMIT.0}]);
        },
        "/materials/1/licence_types/1/code",
        "catalogue.field.duplicate",
    ),
    (
        |i| i["steps"][0]["post"] = "citizen".into(),
        "/steps/0/post",
        "catalogue.field.post",
    ),
    (
        |i| i["steps"][0]["post"] = "administrator".into(),
        "/steps/0/post",
        "catalogue.field.post",
    ),
    (
        |i| {
            let review = json!({ "kind": "expert_review", "name": "评审", "term": { "length": 0, "unit": "working_days" } });
            i["special_procedures"] = json!([review]);
        },
        "/special_procedures/0/term",
        "catalogue.field.term",
    ),
    (
        |i| {
            let hearing = json!({ "kind": "hearing", "name": "听证", "term": { "length": 5, "unit": "working_days" } });
            i["special_procedures"] = json!([hearing, hearing]);
        },
        "/special_procedures/1/kind",
        "catalogue.field.duplicate",
    ),
    (
        |i| i["promised_term"]["length"] = 11.into(),
        "/promised_term",
        "catalogue.field.promised_too_late",
    ),
    (
        |i| i["promised_term"]["length"] = 0.into(),
        "/promised_term",
        "catalogue.field.term",
    ),
    (
        |i| i["promised_term"]["unit"] = "on_the_spot".into(),
        "/promised_term",
        "catalogue.field.instant",
    ),
    (
        |i| i["promised_term"]["length"] = 1.into(),
        "/steps",
        "catalogue.field.steps_too_long",
    ),
    (
        |i| i["item_type"] = "02".into(),
        "/form",
        "catalogue.field.ex_officio",
    ),
    (
        |i| i["conditions"] = json!([]),
        "/conditions",
        "catalogue.field.required",
    ),
    (
        |i| i["audience"] = json!([]),
        "/audience",
        "catalogue.field.required",
    ),
    (
        |i| i["steps"] = json!([]),
        "/steps",
        "catalogue.field.required",
    ),
    (
        |i| i["result"] = Value::Null,
        "/result",
        "catalogue.field.required",
    ),
    (
        |i| i["legal_bases"] = json!([]),
        "/legal_bases",
        "catalogue.field.required",
    ),
    (
        |i| i["materials"][1]["id"] = i["materials"][0]["id"].clone(),
        "/materials/1/id",
        "catalogue.field.duplicate",
    ),
    (
        |i| i["materials"][0]["name"] = "".into(),
        "/materials/0/name",
        "catalogue.field.required",
    ),
    (
        |i| i["situations"][1]["options"][1]["materials"] = json!(["nothing"]),
        "/situations/1/options/1/materials/0",
        "catalogue.field.material",
    ),
    (
        |i| i["situations"][0]["options"][0]["barred"] = "不行".into(),
        "/situations/0/options",
        "catalogue.field.no_way_through",
    ),
    (
        |i| i["fees"] = json!([{"name": "工本费", "amount": -1, "basis": "某文"}]),
        "/fees/0/amount",
        "catalogue.field.range",
    ),
    (
        |i| {
            i["fees"] =
                json!([{"name": "工本费", "amount": 1, "basis": "某文", "quantity_field": "none"}]);
        },
        "/fees/0/quantity_field",
        "catalogue.field.form_field",
    ),
    (
        |i| {
            i["fees"] = json!([{"name": "工本费", "amount": 1, "basis": "某文",
                "charged_if": {"field": "none", "values": ["a"]}}]);
        },
        "/fees/0/charged_if",
        "catalogue.field.form_field",
    ),
    (
        |i| {
            i["fees"] = json!([{"name": "工本费", "amount": 1, "basis": "某文", "quantity_field": "worked_before"}]);
        },
        "/fees/0/quantity_field",
        "catalogue.field.fee_quantity",
    ),
    (
        |i| {
            i["fees"] = json!([{"name": "工本费", "amount": 1, "basis": "某文",
                "charged_if": {"field": "worked_before", "values": ["yes", "maybe"]}}]);
        },
        "/fees/0/charged_if",
        "catalogue.field.fee_condition",
    ),
    (
        |i| {
            i["fees"] = json!([{"name": "工本费", "amount": 1, "basis": "某文",
                "charged_if": {"field": "employer", "values": ["某公司"]}}]);
        },
        "/fees/0/charged_if",
        "catalogue.field.fee_condition",
    ),
    (
        |i| i["online_depth"] = 0.into(),
        "/online_depth",
        "catalogue.field.range",
    ),
    (
        |i| i["visits"] = 1.into(),
        "/handling/visit_reason",
        "catalogue.field.required",
    ),
    (
        |i| i["handling"]["ways"] = json!(["counter"]),
        "/handling/ways",
        "catalogue.field.way_online_missing",
    ),
    (
        |i| i["handling"]["fee_gate"] = "before_issue".into(),
        "/handling/fee_gate",
        "catalogue.field.fee_gate",
    ),
    (
        |i| i["handling"]["co_applicants"] = json!({"min": 1, "max": 21, "role": "合伙人"}),
        "/handling/co_applicants/max",
        "catalogue.field.range",
    ),
    (
        |i| i["handling"]["co_applicants"] = json!({"min": 3, "max": 2, "role": "合伙人"}),
        "/handling/co_applicants/min",
        "catalogue.field.range",
    ),
    (
        |i| i["handling"]["co_applicants"] = json!({"min": 1, "max": 2, "role": " "}),
        "/handling/co_applicants/role",
        "catalogue.field.required",
    ),
    (
        |i| {
            i["handling"]["co_applicants"] = json!({"min": 1, "max": 2, "role": "合伙人",
                "term": {"length": 2, "unit": "hours"}});
        },
        "/handling/co_applicants/term",
        "catalogue.field.signing_term",
    ),
    (
        |i| i["handling"]["batch_rows"] = 1_001.into(),
        "/handling/batch_rows",
        "catalogue.field.range",
    ),
    (
        |i| i["handling"]["batch_rows"] = 100.into(),
        "/handling/batch_rows",
        "catalogue.field.batch_commitment",
    ),
    (
        |i| {
            i["handling"]["batch_rows"] = 100.into();
            i["handling"]["co_applicants"] = json!({"min": 1, "max": 2, "role": "合伙人"});
        },
        "/handling/batch_rows",
        "catalogue.field.batch_signers",
    ),
    (
        |i| {
            i["materials"][0]["commitment"] = true.into();
            i["commitment"] = json!({"whole": true, "told": "条件", "promised": "属实",
                "check_term": {"length": 20, "unit": "working_days"}, "method": "现场核查"});
        },
        "/commitment/for_materials",
        "catalogue.field.promise_words",
    ),
    (
        |i| {
            i["commitment"] = json!({"told": "条件", "promised": " ",
                "check_term": {"length": 20, "unit": "working_days"}, "method": "现场核查"});
        },
        "/commitment/promised",
        "catalogue.field.required",
    ),
    (
        |i| {
            i["handling"]["batch_rows"] = 100.into();
            i["handling"]["proxy"] = false.into();
        },
        "/handling/batch_rows",
        "catalogue.field.batch_audience",
    ),
    (
        |i| {
            i["handling"]["batch_rows"] = 100.into();
            let files = json!({"key": "scan", "label": "扫描件", "kind": "attachment"});
            i["form"]["sections"][0]["fields"]
                .as_array_mut()
                .unwrap()
                .push(files);
        },
        "/handling/batch_rows",
        "catalogue.field.batch_field",
    ),
    (
        |i| {
            i["handling"]["batch_rows"] = 100.into();
            i["form"]["sections"][0]["fields"][1]["required"] = false.into();
        },
        "/handling/batch_rows",
        "catalogue.field.batch_nobody",
    ),
    (
        |i| {
            i["handling"]["batch_rows"] = 100.into();
            i["form"] = Value::Null;
        },
        "/handling/batch_rows",
        "catalogue.field.batch_offline",
    ),
    (
        |i| i["handling"]["addresses"] = json!([{"name": "省平台", "url": "javascript:alert(1)"}]),
        "/handling/addresses/0/url",
        "catalogue.field.url",
    ),
    (
        |i| i["handling"]["intermediaries"] = json!([{"name": "检测", "basis": ""}]),
        "/handling/intermediaries/0/basis",
        "catalogue.field.required",
    ),
    (
        |i| i["handling"]["annual_inspection"] = json!({"period": " "}),
        "/handling/annual_inspection/period",
        "catalogue.field.required",
    ),
    (
        |i| i["authority"]["nature"] = "delegated".into(),
        "/authority/delegated_by",
        "catalogue.field.required",
    ),
    (
        |i| i["authority"]["quota"] = json!({"number": 0}),
        "/authority/quota/number",
        "catalogue.field.range",
    ),
    (
        |i| i["authority"]["joint_offices"] = json!(["甲局", "甲局"]),
        "/authority/joint_offices/1",
        "catalogue.field.duplicate",
    ),
    (
        |i| i["links"]["life_events"] = json!(["失业", ""]),
        "/links/life_events/1",
        "catalogue.field.required",
    ),
    (
        |i| i["links"]["preceding"] = json!([i["code"].clone()]),
        "/links/preceding/0",
        "catalogue.field.itself",
    ),
    (
        |i| i["situations"][0]["options"][1]["condition"] = "没有这一条".into(),
        "/situations/0/options/1/condition",
        "catalogue.field.condition",
    ),
    (
        |i| i["form"]["sections"][0]["fields"][0]["key"] = "1".into(),
        "/form/sections/0/fields/0/key",
        "document.key",
    ),
];

#[tokio::test]
async fn each_fault_has_its_place() {
    let app = with_departments().await;
    for (n, (change, path, code)) in TABLE.iter().enumerate() {
        let found = faults(&app, n, change).await;
        assert!(
            found.contains(&((*path).to_owned(), (*code).to_owned())),
            "{path} {code}: {found:?}"
        );
    }
}

#[tokio::test]
async fn a_sound_item_and_a_bare_guide_are_published() {
    let app = with_departments().await;
    assert_eq!(faults(&app, 100, |_| ()).await, []);
    let bare = |item: &mut Value| {
        for key in ["form", "result", "promised_term", "legal_term"] {
            item[key] = Value::Null;
        }
        for key in [
            "conditions",
            "materials",
            "situations",
            "steps",
            "legal_bases",
            "audience",
        ] {
            item[key] = json!([]);
        }
        item["handling"]["ways"] = json!(["counter"]);
        item["handling"]["cross_region"] = Value::Null;
    };
    let without_a_form = |item: &mut Value| {
        item["form"] = Value::Null;
        item["handling"]["cross_region"] = Value::Null;
    };
    let refused = ("/handling/addresses", "catalogue.field.required");
    assert_eq!(
        faults(&app, 102, without_a_form).await,
        [(refused.0.to_owned(), refused.1.to_owned())],
        "online, but nowhere to apply"
    );
    assert_eq!(faults(&app, 101, bare).await, []);
    let for_many = |item: &mut Value| {
        item["handling"]["batch_rows"] = 500.into();
        item["commitment"] = Value::Null;
        for material in item["materials"].as_array_mut().unwrap() {
            material.as_object_mut().unwrap().remove("commitment");
        }
    };
    assert_eq!(faults(&app, 103, for_many).await, []);
    // Every item of the demo city passes; seeding would fail otherwise.
    assert_eq!(items().len(), 12);
}

#[tokio::test]
async fn a_draft_needs_a_name_a_code_and_a_department() {
    let app = with_departments().await;
    let mut item = draft("X");
    item["name"] = " ".into();
    item["department_code"] = "11430102TB0000NONE".into();
    let problem = admin(&app)
        .post(MANAGE, &json!({"item": item}))
        .await
        .refused(422, "catalogue.draft_invalid");
    let paths: Vec<_> = problem["fields"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| f["path"].as_str().unwrap())
        .collect();
    assert_eq!(paths, ["/name", "/code", "/department_code"]);
    let mut item = draft("11430102TB000008724432099001000");
    item["business_code"] = "11430102TB00000872443209900100".into();
    let problem = admin(&app)
        .post(MANAGE, &json!({"item": item}))
        .await
        .refused(422, "catalogue.draft_invalid");
    let codes: Vec<_> = problem["fields"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| f["code"].as_str().unwrap())
        .collect();
    assert_eq!(
        codes,
        [
            "catalogue.field.credit_code",
            "catalogue.field.business_code"
        ]
    );
}

#[tokio::test]
async fn the_31_digits_of_a_code_are_checked() {
    let app = with_departments().await;
    for (code, fault) in [
        ("11430102TB00000871443209900100", "code_length"),
        ("11430102TB0000087144320990010000", "code_length"),
        ("11430102TB000008719432099001000", "code_level"),
        ("11430102TB000008724432099001000", "credit_code"),
    ] {
        let problem = admin(&app)
            .post(MANAGE, &json!({"item": draft(code)}))
            .await
            .refused(422, "catalogue.draft_invalid");
        let field = &problem["fields"][0];
        assert_eq!(field["code"], format!("catalogue.field.{fault}"), "{code}");
        assert_eq!(field["path"], "/code");
    }
    let mut item = draft(UNEMPLOYMENT);
    item["authority"]["level"] = "city".into();
    let admin = admin(&app);
    admin.post(MANAGE, &json!({"item": item})).await.ok();
    let problem = submit(&app, UNEMPLOYMENT, 1)
        .await
        .refused(422, "catalogue.not_publishable");
    assert_eq!(problem["fields"][0]["path"], "/authority/level");
}
