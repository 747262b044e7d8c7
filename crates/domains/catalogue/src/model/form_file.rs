//! The files of a description: blank forms and samples of its materials.

use tb_contract::item::{FormFile, ItemDocument};

/// Each file of a description, with its place.
pub(crate) fn of(item: &mut ItemDocument) -> impl Iterator<Item = (String, &mut FormFile)> {
    item.materials.iter_mut().enumerate().flat_map(|(at, one)| {
        let blank = one.blank_form.as_mut().map(|file| ("blank_form", file));
        let sample = one.sample_form.as_mut().map(|file| ("sample_form", file));
        let both = blank.into_iter().chain(sample);
        both.map(move |(key, file)| (format!("/materials/{at}/{key}"), file))
    })
}

/// The sums of its files, each once, in order.
pub(crate) fn sums(item: &ItemDocument) -> Vec<String> {
    let files = item
        .materials
        .iter()
        .flat_map(|one| one.blank_form.iter().chain(&one.sample_form));
    let mut sums: Vec<String> = files.map(|file| file.sum.clone()).collect();
    sums.sort_unstable();
    sums.dedup();
    sums
}
