//! What may be wrong with a rating (好差评).

use tb_contract::rating::{MAX_WORDS as MAX_COMMENT, tags};
use tb_kernel::FieldFault;

use crate::error::{fault_at, field};

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
