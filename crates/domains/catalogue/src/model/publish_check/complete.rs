//! What an item must say before anybody is asked to apply for it online.

use tb_contract::item::{CaseKind, ItemDocument};

use super::Faults;
use crate::error::field;

pub(super) fn check(item: &ItemDocument, faults: &mut Faults) {
    let is_instant = item.case_kind == CaseKind::Instant;
    let lacking = [
        ("/audience", item.audience.is_empty()),
        ("/conditions", item.conditions.is_empty()),
        ("/promised_term", item.promised_term.is_none()),
        ("/steps", item.steps.is_empty() && !is_instant),
        ("/legal_bases", item.legal_bases.is_empty()),
        ("/result", item.result.is_none()),
        ("/consultation", item.consultation.trim().is_empty()),
        ("/complaint", item.complaint.trim().is_empty()),
        ("/remedies", item.remedies.trim().is_empty()),
    ];
    for (path, _) in lacking.iter().filter(|(_, is_lacking)| *is_lacking) {
        faults.add(*path, field::REQUIRED);
    }
    for (at, basis) in item.legal_bases.iter().enumerate() {
        faults.require(format!("/legal_bases/{at}/name"), &basis.name);
    }
    if let Some(result) = &item.result {
        faults.require("/result/name", &result.name);
    }
    if item.online_depth == 0 {
        faults.add_with("/online_depth", field::RANGE, &[("min", &1), ("max", &4)]);
    }
}
