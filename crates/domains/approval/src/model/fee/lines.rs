//! The lines of a fee order: what the item charges for what the form says. Whole fen only.

use serde_json::Value;
use tb_contract::events::FeeLine;
use tb_contract::item::{Fee, ItemDocument};

/// The largest sum of an order in fen: ten million yuan, as the largest fee of an item.
pub(crate) const MOST_AMOUNT: i64 = 1_000_000_000;
/// The largest number that a form may ask to be charged.
const MOST_QUANTITY: i64 = 100_000;

/// A fee that the item charges for what the form says.
pub(crate) struct Charge<'a> {
    /// Its place on the item.
    pub at: usize,
    /// The fee.
    pub fee: &'a Fee,
    /// How many; none where the form gives no number that can be charged.
    pub quantity: Option<i64>,
}

impl Charge<'_> {
    /// How many, where nothing of it is left for a clerk to fix.
    fn fixed(&self) -> Option<i64> {
        self.quantity.filter(|_| !self.fee.assessed)
    }

    fn line(&self, quantity: i64) -> FeeLine {
        let fee = self.fee;
        FeeLine {
            name: fee.name.clone(),
            basis: fee.basis.clone(),
            standard: fee.standard.clone(),
            unit_amount: fee.amount,
            quantity,
        }
    }
}

/// What the item charges for these answers.
pub(crate) fn charges<'a>(item: &'a ItemDocument, answers: &Value) -> Vec<Charge<'a>> {
    let fees = item.fees.iter().enumerate();
    fees.filter(|(_, fee)| is_charged(fee, answers) && (fee.assessed || fee.amount > 0))
        .map(|(at, fee)| Charge {
            at,
            fee,
            quantity: quantity(fee, answers),
        })
        .collect()
}

/// What is left to be charged beside what was charged before, and what was charged too much.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Rest {
    /// Lines of the next order.
    pub more: Vec<FeeLine>,
    /// Lines that were charged and are not to be.
    pub less: Vec<FeeLine>,
    /// A clerk has to fix the sum: the item says so, or the form gives no number that can be charged.
    pub assess: bool,
}

impl Rest {
    /// Whether what was charged is what is to be charged.
    pub(crate) fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}

/// Compares what the item charges for these answers with what was charged. What a clerk has fixed
/// stands, as long as its fee is charged at all.
pub(crate) fn rest(item: &ItemDocument, answers: &Value, before: &[FeeLine]) -> Rest {
    let (mut rest, charges) = (Rest::default(), charges(item, answers));
    for charge in &charges {
        let had = before.iter().filter(|line| is_of(line, charge.fee));
        match charge.fixed() {
            Some(wanted) => {
                let more = wanted - had.map(|line| line.quantity).sum::<i64>();
                if more > 0 {
                    rest.more.push(charge.line(more));
                }
                if more < 0 {
                    rest.less.push(charge.line(-more));
                }
            }
            None => rest.assess |= had.count() == 0,
        }
    }
    let strange = before
        .iter()
        .filter(|line| charges.iter().all(|charge| !is_of(line, charge.fee)));
    rest.less.extend(strange.cloned());
    rest
}

/// Takes out of lines what is charged no more, as far as it is among them: what was taken, which is then
/// gone from both.
pub(super) fn take_off(lines: &mut Vec<FeeLine>, less: &mut Vec<FeeLine>) -> Vec<FeeLine> {
    let mut taken = Vec::new();
    for line in lines.iter_mut() {
        for gone in less.iter_mut() {
            let quantity = line.quantity.min(gone.quantity);
            if quantity > 0 && is_alike(line, gone) {
                line.quantity -= quantity;
                gone.quantity -= quantity;
                taken.push(FeeLine {
                    quantity,
                    ..line.clone()
                });
            }
        }
    }
    for left in [lines, less] {
        left.retain(|line| line.quantity > 0);
    }
    taken
}

/// Whether lines that a clerk has chosen charge what the form says: nothing more, and of what is not
/// his to fix nothing less.
pub(crate) fn agrees(
    item: &ItemDocument,
    answers: &Value,
    before: &[FeeLine],
    lines: &[FeeLine],
) -> bool {
    let wanted = rest(item, answers, before);
    let found = rest(item, answers, &[before, lines].concat());
    found.more.is_empty() && found.less == wanted.less
}

/// Whether two lines differ in their number alone.
fn is_alike(one: &FeeLine, other: &FeeLine) -> bool {
    let but_number = |line: &FeeLine| FeeLine {
        quantity: 1,
        ..line.clone()
    };
    but_number(one) == but_number(other)
}

fn is_of(line: &FeeLine, fee: &Fee) -> bool {
    line.name == fee.name && line.basis == fee.basis && line.standard == fee.standard
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

    use super::{MOST_AMOUNT, Rest, agrees, rest, take_off, total};

    fn item(fees: &Value) -> ItemDocument {
        serde_json::from_value(json!({ "code": "c", "name": "n", "item_type": "01",
            "department_code": "d", "department_name": "o", "region": "430102",
            "audience": ["natural_person"], "case_kind": "promised", "sample": true, "fees": fees }))
        .unwrap()
    }

    /// The sum; what a clerk has to fix as -1, what is free as 0.
    fn sum(fees: &Value, answers: &Value) -> i64 {
        let found = rest(&item(fees), answers, &[]);
        if found.assess {
            return -1;
        }
        total(&found.more).unwrap_or_default()
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

    fn line(name: &str, unit_amount: i64, quantity: i64) -> FeeLine {
        FeeLine {
            name: name.to_owned(),
            basis: "b".to_owned(),
            standard: String::new(),
            unit_amount,
            quantity,
        }
    }

    #[test]
    fn what_was_charged_is_compared_with_what_the_form_says_now() {
        let item = item(&json!([
            { "name": "工本费", "amount": 1000, "basis": "b", "quantity_field": "copies" },
            { "name": "补领费", "amount": 2000, "basis": "b",
              "charged_if": { "field": "kind", "values": ["again"] } },
            { "name": "评审费", "amount": 0, "basis": "b", "assessed": true,
              "charged_if": { "field": "kind", "values": ["review"] } }]));
        let of = |copies: i64, kind: &str, before: &[FeeLine]| {
            rest(&item, &json!({ "copies": copies, "kind": kind }), before)
        };
        let two = [line("工本费", 1000, 2)];
        assert!(of(2, "first", &two).is_nothing());
        let more = of(5, "again", &two).more;
        assert_eq!(more, [line("工本费", 1000, 3), line("补领费", 2000, 1)]);
        let less = Rest {
            less: vec![line("工本费", 1000, 1)],
            ..Rest::default()
        };
        assert_eq!(of(1, "first", &two), less);
        let again = [line("工本费", 1000, 2), line("补领费", 2000, 1)];
        assert_eq!(of(2, "first", &again).less, again[1..], "charged no more");
        let both = of(3, "first", &again);
        assert_eq!((both.more.len(), both.less), (1, again[1..].to_vec()));
        assert!(of(2, "review", &two).assess);
        let fixed = [line("工本费", 1000, 2), line("评审费", 777, 3)];
        assert!(
            of(2, "review", &fixed).is_nothing(),
            "what a clerk fixed stands"
        );
        assert_eq!(of(2, "first", &fixed).less, fixed[1..]);
    }

    #[test]
    fn what_is_charged_no_more_is_taken_out_once() {
        let mut charged = vec![line("工本费", 1000, 3), line("补领费", 2000, 1)];
        let mut less = vec![line("补领费", 2000, 1), line("工本费", 1000, 2)];
        let taken = take_off(&mut charged, &mut less);
        assert_eq!(taken, [line("工本费", 1000, 2), line("补领费", 2000, 1)]);
        assert_eq!(
            (&*charged, &*less),
            (&[line("工本费", 1000, 1)][..], &[][..])
        );
        let mut more = vec![line("工本费", 1000, 4), line("评审费", 777, 1)];
        take_off(&mut charged, &mut more);
        assert_eq!((charged.len(), more.len()), (0, 2));
        assert_eq!(more[0].quantity, 3, "left for another order");
    }

    #[test]
    fn a_clerk_fixes_what_is_his_and_nothing_else() {
        let item = item(&json!([
            { "name": "工本费", "amount": 1000, "basis": "b", "quantity_field": "copies" },
            { "name": "评审费", "amount": 0, "basis": "b", "assessed": true },
            { "name": "补领费", "amount": 2000, "basis": "b",
              "charged_if": { "field": "kind", "values": ["again"] } }]));
        let answers = json!({ "copies": "2", "kind": "first" });
        let fits = |lines: &[FeeLine]| agrees(&item, &answers, &[], lines);
        let copies = line("工本费", 1000, 2);
        assert!(fits(&[copies.clone(), line("评审费", 5, 1)]));
        assert!(fits(&[line("评审费", 900, 7), copies.clone()]));
        assert!(
            fits(std::slice::from_ref(&copies)),
            "the review costs nothing"
        );
        assert!(
            !fits(&[line("工本费", 1000, 1), line("评审费", 5, 1)]),
            "fewer"
        );
        assert!(
            !fits(&[line("工本费", 1000, 3), line("评审费", 5, 1)]),
            "more"
        );
        assert!(!fits(&[line("评审费", 5, 1)]), "one left out");
        assert!(
            !fits(&[copies.clone(), line("补领费", 2000, 1)]),
            "not charged"
        );
        // Beside what was paid, only the rest.
        let paid = [line("工本费", 1000, 1)];
        let beside = |lines: &[FeeLine]| agrees(&item, &answers, &paid, lines);
        assert!(beside(&[line("工本费", 1000, 1)]) && !beside(&[copies]));
        let unknown = json!({ "copies": "很多" });
        assert!(agrees(&item, &unknown, &[], &[line("工本费", 1000, 9)]));
    }

    #[test]
    fn no_sum_overflows() {
        let line = |unit_amount, quantity| line("", unit_amount, quantity);
        assert_eq!(total(&[line(MOST_AMOUNT, 1)]), Some(MOST_AMOUNT));
        assert_eq!(total(&[line(MOST_AMOUNT, 1), line(1, 1)]), None);
        assert_eq!(total(&[line(i64::MAX, 2)]), None);
        assert_eq!(total(&[line(-5, 1), line(10, 1)]), None);
        assert_eq!(total(&[line(5, 0), line(10, 1)]), None);
    }
}
