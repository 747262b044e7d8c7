//! Levels and tags of ratings, as every channel offers them: tags praise at levels 5 to 3 and name
//! what went wrong at 2 and 1 (GB/T 39735).

/// Longest free words, in characters.
pub const MAX_WORDS: usize = 500;

/// The lowest level that counts as good: 基本满意.
pub const GOOD_FROM: u8 = 3;

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
pub fn tags(level: u8) -> &'static [&'static str] {
    match level {
        3..=5 => PRAISE,
        1 | 2 => BLAME,
        _ => &[],
    }
}

/// Whether `chosen` are tags of the level, each once.
pub fn are_tags_of(level: u8, chosen: &[String]) -> bool {
    chosen.iter().enumerate().all(|(at, tag)| {
        let earlier = chosen.iter().take(at).any(|other| other == tag);
        !earlier && tags(level).contains(&tag.as_str())
    })
}
