//! The lines of a fee order: what the item charges for what the form says. Whole fen only.

use serde_json::Value;
use tb_contract::events::FeeLine;
use tb_contract::item::{Fee, ItemDocument};

/// The largest sum of an order in fen: ten million yuan, as the largest fee of an item.
pub(crate) const MOST_AMOUNT: i64 = 1_000_000_000;
/// The largest number that a form may ask to be charged.
const MOST_QUANTITY: i64 = 100_000;

/// What the item charges for these answers; `None` where a clerk has to fix the sum: the item says so,
/// or the form gives no number that can be charged.
pub(crate) fn lines(item: &ItemDocument, answers: &Value) -> Option<Vec<FeeLine>> {
    let charged = item.fees.iter().filter(|fee| is_charged(fee, answers));
    charged
        .filter(|fee| fee.assessed || fee.amount > 0)
        .map(|fee| {
            let quantity = (!fee.assessed).then(|| quantity(fee, answers))??;
            Some(FeeLine {
                name: fee.name.clone(),
                basis: fee.basis.clone(),
                standard: fee.standard.clone(),
                unit_amount: fee.amount,
                quantity,
            })
        })
        .collect()
}

/// The sum of lines; `None` where it is nothing, or more than an order can be over.
pub(crate) fn total(lines: &[FeeLine]) -> Option<i64> {
    let mut sum: i64 = 0;
    for line in lines {
        let is_sound = line.unit_amount >= 0 && line.quantity > 0;
        let one = line.unit_amount.checked_mul(line.quantity)?;
        sum = sum.checked_add(one).filter(|_| is_sound)?;
    }
    Some(sum).filter(|sum| (1..=MOST_AMOUNT).contains(sum))
}

fn is_charged(fee: &Fee, answers: &Value) -> bool {
    let Some(condition) = &fee.charged_if else {
        return true;
    };
    let is_one = |value: &Value| {
        value
            .as_str()
            .is_some_and(|word| condition.values.iter().any(|one| one == word))
    };
    match answers.get(&condition.field) {
        Some(Value::Array(values)) => values.iter().any(is_one),
        Some(value) => is_one(value),
        None => false,
    }
}

/// How many; forms keep numbers as texts, so that none is ever a floating number.
fn quantity(fee: &Fee, answers: &Value) -> Option<i64> {
    if fee.quantity_field.is_empty() {
        return Some(1);
    }
    let number = match answers.get(&fee.quantity_field)? {
        Value::Number(number) => number.as_i64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    };
    number.filter(|number| (1..=MOST_QUANTITY).contains(number))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};
    use tb_contract::events::FeeLine;
    use tb_contract::item::{Fee, ItemDocument};

    use super::{MOST_AMOUNT, lines, total};

    fn item(fees: &Value) -> ItemDocument {
        serde_json::from_value(json!({ "code": "c", "name": "n", "item_type": "01",
            "department_code": "d", "department_name": "o", "region": "430102",
            "audience": ["natural_person"], "case_kind": "promised", "sample": true, "fees": fees }))
        .unwrap()
    }

    /// The sum; what a clerk has to fix as -1, what is free as 0.
    fn sum(fees: &Value, answers: &Value) -> i64 {
        let found = lines(&item(fees), answers);
        found.map_or(-1, |lines| total(&lines).unwrap_or_default())
    }

    #[test]
    fn the_form_says_whether_and_how_many() {
        let fees = json!([
            { "name": "工本费", "amount": 1000, "basis": "b", "quantity_field": "copies" },
            { "name": "补领费", "amount": 2000, "basis": "b",
              "charged_if": { "field": "kind", "values": ["again"] } }]);
        let of = |copies: Value, kind: &str| sum(&fees, &json!({ "copies": copies, "kind": kind }));
        assert_eq!(of(json!("3"), "first"), 3000);
        assert_eq!(of(json!(3), "again"), 5000);
        for wrong in [
            json!("3.5"),
            json!(2.5),
            json!(0),
            json!("-1"),
            json!("很多"),
            json!(100_001),
            Value::Null,
        ] {
            assert_eq!(of(wrong, "first"), -1);
        }
        let free = json!([{ "name": "补领费", "amount": 2000, "basis": "b",
            "charged_if": { "field": "kind", "values": ["again"] } }]);
        assert_eq!(sum(&free, &json!({ "kind": "first" })), 0);
        assert_eq!(sum(&free, &json!({ "kind": ["first", "again"] })), 2000);
        assert_eq!(sum(&json!([]), &json!({})), 0);
    }

    #[test]
    fn an_assessed_fee_is_fixed_by_a_clerk() {
        let fees = json!([{ "name": "评审费", "amount": 0, "basis": "b", "assessed": true }]);
        assert_eq!(sum(&fees, &json!({})), -1);
        let fee: Fee =
            serde_json::from_value(json!({ "name": "n", "amount": 1, "basis": "b" })).unwrap();
        assert!(!fee.assessed && fee.quantity_field.is_empty() && fee.charged_if.is_none());
    }

    #[test]
    fn no_sum_overflows() {
        let line = |unit_amount, quantity| FeeLine {
            name: String::new(),
            basis: String::new(),
            standard: String::new(),
            unit_amount,
            quantity,
        };
        assert_eq!(total(&[line(MOST_AMOUNT, 1)]), Some(MOST_AMOUNT));
        assert_eq!(total(&[line(MOST_AMOUNT, 1), line(1, 1)]), None);
        assert_eq!(total(&[line(i64::MAX, 2)]), None);
        assert_eq!(total(&[line(-5, 1), line(10, 1)]), None);
        assert_eq!(total(&[line(5, 0), line(10, 1)]), None);
    }
}
