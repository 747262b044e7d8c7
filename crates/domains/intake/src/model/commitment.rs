//! Promises in the place of an examination or of materials (告知承诺): what an item offers, and what
//! may be chosen of it.

use std::collections::BTreeSet;

use tb_contract::item::{ItemDocument, MaterialRequirement, SituationAnswers};
use tb_kernel::FieldFault;

use crate::error::{fault_at, field};

/// Materials of this situation whose place a promise may take; none where the item has no rule.
pub(crate) fn offered<'a>(
    item: &'a ItemDocument,
    answers: &SituationAnswers,
) -> Vec<&'a MaterialRequirement> {
    if item.commitment.is_none() {
        return Vec::new();
    }
    let mut asked = item.materials_for(answers);
    asked.retain(|one| one.commitment && one.waived.is_none());
    asked
}

/// Whether the item offers any promise in this situation.
pub(crate) fn is_offered(item: &ItemDocument, answers: &SituationAnswers) -> bool {
    item.commitment.as_ref().is_some_and(|rule| rule.whole) || !offered(item, answers).is_empty()
}

/// What is wrong with a choice: the item does not offer it, or it is none at all.
pub(crate) fn faults(
    item: &ItemDocument,
    answers: &SituationAnswers,
    whole: bool,
    materials: &[String],
) -> Vec<FieldFault> {
    let offered = offered(item, answers);
    let mut faults: Vec<FieldFault> = materials
        .iter()
        .filter(|id| !offered.iter().any(|one| one.id == **id))
        .map(|id| {
            fault_at(
                format!("/materials/{id}"),
                field::COMMITMENT_NOT_OFFERED,
                &[],
            )
        })
        .collect();
    if whole && !item.commitment.as_ref().is_some_and(|rule| rule.whole) {
        faults.push(fault_at(
            "/whole".to_owned(),
            field::COMMITMENT_NOT_OFFERED,
            &[],
        ));
    }
    faults
}

/// The materials for which a promise stands: chosen, still offered, and not there.
pub(crate) fn standing_for(
    item: &ItemDocument,
    answers: &SituationAnswers,
    chosen: &[String],
    present: &BTreeSet<&str>,
) -> Vec<String> {
    offered(item, answers)
        .into_iter()
        .filter(|one| chosen.contains(&one.id) && !present.contains(one.id.as_str()))
        .map(|one| one.id.clone())
        .collect()
}

/// A name as it is compared when somebody signs with it.
pub(crate) fn is_his_name(written: &str, name: &str) -> bool {
    let plain = |text: &str| -> String {
        tb_kernel::identity_number::half_width(text)
            .chars()
            .filter(|c| !c.is_whitespace())
            .collect()
    };
    !name.trim().is_empty() && plain(written) == plain(name)
}

#[cfg(test)]
mod tests {
    use super::is_his_name;

    #[test]
    fn a_signature_is_the_name_but_for_blanks_and_width() {
        assert!(is_his_name(" 李 示例", "李示例"));
        assert!(is_his_name("阿依古丽·买买提", "阿依古丽·买买提"));
        assert!(!is_his_name("李例示", "李示例"));
        assert!(!is_his_name("", ""));
    }
}
