//! 缴款通知书 as it is frozen.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use tb_contract::events::FeeLine;
use tb_kernel::Fen;
use tb_typeset as t;

/// 缴款通知书
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Charge {
    /// What is charged.
    pub lines: Vec<FeeLine>,
    /// Fen to be paid.
    pub sum: i64,
    /// 缴款码
    pub code: String,
    /// Name of the payment platform.
    pub platform: String,
    /// Last day for paying.
    pub pay_by: NaiveDate,
    /// Who pays less or nothing, as the item says.
    pub reduction: Vec<String>,
}

impl Charge {
    pub(super) fn template(&self) -> t::Template {
        let line = |line: &FeeLine| t::ChargedLine {
            name: line.name.clone(),
            basis: [line.basis.as_str(), line.standard.as_str()]
                .into_iter()
                .filter(|words| !words.is_empty())
                .collect::<Vec<_>>()
                .join("；"),
            unit: Fen(line.unit_amount).to_string(),
            quantity: line.quantity.to_string(),
            sum: Fen(line.sum()).to_string(),
        };
        t::Template::PaymentNotice(t::PaymentNotice {
            lines: self.lines.iter().map(line).collect(),
            sum: Fen(self.sum).to_string(),
            sum_in_words: in_words(self.sum),
            code: self.code.clone(),
            platform: self.platform.clone(),
            pay_by: self.pay_by,
            reduction: self.reduction.clone(),
        })
    }
}

const DIGITS: [&str; 10] = ["零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"];
const PLACES: [&str; 4] = ["", "拾", "佰", "仟"];
const GROUPS: [&str; 4] = ["", "万", "亿", "万亿"];

/// A sum as cheques and notices write it: 壹佰贰拾元伍角整.
fn in_words(fen: i64) -> String {
    let fen = fen.unsigned_abs();
    let (yuan, jiao, fen) = (fen / 100, fen / 10 % 10, fen % 10);
    let mut words = whole(yuan);
    let digit = |n: u64| DIGITS.get(usize::try_from(n).unwrap_or_default()).copied();
    if !words.is_empty() {
        words.push('元');
    }
    match (jiao, fen) {
        (0, 0) if words.is_empty() => words.push_str("零元整"),
        (0, 0) => words.push('整'),
        (jiao, 0) => {
            words.extend(digit(jiao));
            words.push_str("角整");
        }
        (0, fen) => {
            words.push_str(if words.is_empty() { "" } else { "零" });
            words.extend(digit(fen));
            words.push('分');
        }
        (jiao, fen) => {
            words.extend(digit(jiao));
            words.push('角');
            words.extend(digit(fen));
            words.push('分');
        }
    }
    words
}

/// Whole yuan; empty for none.
fn whole(mut yuan: u64) -> String {
    let mut groups = Vec::new();
    while yuan > 0 {
        groups.push(yuan % 10_000);
        yuan /= 10_000;
    }
    let mut words = String::new();
    let mut gap = false;
    for (place, group) in groups.iter().enumerate().rev() {
        if *group == 0 {
            gap = !words.is_empty();
            continue;
        }
        if !words.is_empty() && (gap || *group < 1_000) {
            words.push('零');
        }
        words.push_str(&four(*group));
        words.extend(GROUPS.get(place).copied());
        gap = false;
    }
    words
}

/// A number below ten thousand.
fn four(group: u64) -> String {
    let mut words = String::new();
    let mut gap = false;
    for place in (0..4_u32).rev() {
        let digit = usize::try_from(group / 10_u64.pow(place) % 10).unwrap_or_default();
        if digit == 0 {
            gap = !words.is_empty();
            continue;
        }
        if gap {
            words.push('零');
        }
        words.extend(DIGITS.get(digit).copied());
        words.extend(
            PLACES
                .get(usize::try_from(place).unwrap_or_default())
                .copied(),
        );
        gap = false;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::in_words;

    #[test]
    fn sums_are_written_as_on_a_cheque() {
        for (fen, words) in [
            (2_000, "贰拾元整"),
            (1, "壹分"),
            (10, "壹角整"),
            (101, "壹元零壹分"),
            (12_050, "壹佰贰拾元伍角整"),
            (100_523, "壹仟零伍元贰角叁分"),
            (1_000_000, "壹万元整"),
            (10_000_100, "壹拾万零壹元整"),
            (100_000_000, "壹佰万元整"),
            (1_000_010_000, "壹仟万零壹佰元整"),
            (10_000_000_500, "壹亿零伍元整"),
            (0, "零元整"),
        ] {
            assert_eq!(in_words(fen), words, "{fen}");
        }
    }
}
