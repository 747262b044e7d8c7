//! Levels and tags of ratings (好差评). Tags praise at levels 5 to 3 and name what went wrong at 2 and 1.

use tb_kernel::FieldFault;

use crate::error::{fault_at, field};

/// Longest free words.
pub(crate) const MAX_COMMENT: usize = 500;

const PRAISE: &[&str] = &[
    "warm_service",
    "clear_guidance",
    "one_list_of_materials",
    "fully_online",
    "no_proof_asked",
    "one_form",
    "faster_than_promised",
    "one_visit_at_most",
];
const BLAME: &[&str] = &[
    "cold_service",
    "unskilled",
    "unclear_guidance",
    "extra_materials",
    "repeated_materials",
    "slower_than_promised",
    "several_visits",
    "system_hard_to_use",
];

/// The tags of a level.
pub(crate) fn tags(level: u8) -> &'static [&'static str] {
    match level {
        3..=5 => PRAISE,
        1 | 2 => BLAME,
        _ => &[],
    }
}

/// What is wrong with a rating.
pub(crate) fn faults(level: u8, chosen: &[String], comment: &str) -> Vec<FieldFault> {
    if !(1..=5).contains(&level) {
        return vec![fault_at("/level".to_owned(), field::RATING_LEVEL, &[])];
    }
    let mut faults: Vec<FieldFault> = chosen
        .iter()
        .enumerate()
        .filter(|(at, tag)| {
            let earlier = chosen.iter().take(*at).any(|other| other == *tag);
            earlier || !tags(level).contains(&tag.as_str())
        })
        .map(|(at, _)| fault_at(format!("/tags/{at}"), field::RATING_TAG, &[]))
        .collect();
    if comment.chars().count() > MAX_COMMENT {
        faults.push(fault_at(
            "/comment".to_owned(),
            field::TOO_LONG,
            &[("max", &MAX_COMMENT.to_string())],
        ));
    }
    faults
}
