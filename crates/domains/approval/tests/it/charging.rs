//! Items that charge fees.

use serde_json::{Value, json};
use tb_contract::item::ItemDocument;

use crate::world::form;

/// One that charges a fee before its result is issued.
pub const CHARGED: &str = "11430102TB000008714432099011000";
/// One that charges it before it is accepted.
pub const CHARGED_FIRST: &str = "11430102TB000008714432099012000";
/// One whose fee a clerk has to fix.
pub const ASSESSED: &str = "11430102TB000008714432099013000";
/// One that charges before the acceptance, with a pre-review.
pub const CHARGED_REVIEWED: &str = "11430102TB000008714432099014000";

/// Those that charge by how many copies the form asks for.
pub const COUNTED: [&str; 3] = [CHARGED, CHARGED_FIRST, CHARGED_REVIEWED];

/// The items, made by the world's own way.
pub fn charging(item: &impl Fn(&str, &str, Value) -> ItemDocument) -> [ItemDocument; 4] {
    let fee = json!([{ "name": "工本费", "amount": 2_000, "basis": "某发改价〔2020〕1号",
        "standard": "每证20元", "reduction": "低保对象减半", "quantity_field": "copies" }]);
    let assessed = json!([{ "name": "评审费", "amount": 0, "basis": "某发改价〔2020〕2号", "assessed": true }]);
    let charged = |fees: &Value, gate: &str| {
        let mut form = form();
        let fields = form["sections"][0]["fields"].as_array_mut().unwrap();
        fields.push(json!({ "key": "copies", "label": "份数", "kind": "number" }));
        json!({ "fees": fees, "form": form, "handling": { "fee_gate": gate } })
    };
    let mut reviewed = charged(&fee, "before_acceptance");
    reviewed["pre_review_term"] = json!({ "length": 2, "unit": "working_days" });
    [
        item(CHARGED, "排污许可证补领", charged(&fee, "before_issue")),
        item(
            CHARGED_FIRST,
            "职业资格考试报名",
            charged(&fee, "before_acceptance"),
        ),
        item(
            ASSESSED,
            "占用挖掘城市道路许可",
            charged(&assessed, "before_issue"),
        ),
        item(CHARGED_REVIEWED, "无线电台执照核发", reviewed),
    ]
}
