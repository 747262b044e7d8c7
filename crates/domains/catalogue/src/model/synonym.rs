//! Words that count as the same: what a group has to be like, and the list that comes with the
//! program.

use std::collections::HashMap;

use tb_kernel::FieldFault;

use crate::error::field;
use crate::model::publish_check::fault;

/// Most words of a group, and most characters of a word.
pub(crate) const MOST_WORDS: usize = 12;
pub(crate) const LONGEST: usize = 20;

/// Common words, as people type them beside what items are called.
const COMMON: &str = include_str!("synonyms.txt");

/// Words as they are kept: without blanks around them, each once.
pub(crate) fn tidy(words: Vec<String>) -> Vec<String> {
    let mut tidy: Vec<String> = Vec::new();
    for word in words {
        let word = word.trim().to_owned();
        if !word.is_empty() && tidy.iter().all(|other| key(other) != key(&word)) {
            tidy.push(word);
        }
    }
    tidy
}

/// A word as it is compared: width, case and punctuation make no difference.
pub(crate) fn key(word: &str) -> String {
    let half = |unit: char| match unit {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(unit) - 0xFEE0).unwrap_or(unit),
        _ => unit,
    };
    let units = word.chars().map(half).filter(|unit| unit.is_alphanumeric());
    units.flat_map(char::to_lowercase).collect()
}

/// What stands against a group. `known` are the words of the other groups.
pub(crate) fn check(words: &[String], known: &HashMap<String, String>) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    if words.len() < 2 {
        faults.push(fault("/words", field::SYNONYM_FEW));
    }
    if words.len() > MOST_WORDS {
        let mut many = fault("/words", field::SYNONYM_MANY);
        many.args.insert("max".to_owned(), MOST_WORDS.to_string());
        faults.push(many);
    }
    for (at, word) in words.iter().enumerate() {
        let path = format!("/words/{at}");
        let key = key(word);
        let named = |code| {
            let mut fault = fault(path.clone(), code);
            fault.args.insert("word".to_owned(), word.clone());
            fault
        };
        if key.chars().count() < 2 || word.chars().count() > LONGEST {
            faults.push(named(field::SYNONYM_LENGTH));
        } else if let Some(group) = known.get(&key) {
            let mut taken = named(field::SYNONYM_TAKEN);
            taken.args.insert("group".to_owned(), group.clone());
            faults.push(taken);
        }
    }
    faults
}

/// The groups that come with the program: one a line.
pub(crate) fn common() -> Vec<Vec<String>> {
    let lines = COMMON.lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| line.split_whitespace().map(str::to_owned).collect())
        .filter(|words: &Vec<String>| !words.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(words: &[&str], known: &[&str]) -> Vec<String> {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        let known = known.iter().map(|word| (key(word), "某组".to_owned()));
        let faults = check(&words, &known.collect());
        faults.into_iter().map(|fault| fault.code).collect()
    }

    #[test]
    fn a_group_has_words_of_its_own() {
        assert_eq!(codes(&["社保", "社会保险"], &["驾照"]), [""; 0]);
        assert_eq!(codes(&["社保"], &[]), [field::SYNONYM_FEW]);
        assert_eq!(codes(&["社保", "卡"], &[]), [field::SYNONYM_LENGTH]);
        assert_eq!(
            codes(&["社保", "ＩＣ卡"], &["ic卡"]),
            [field::SYNONYM_TAKEN]
        );
    }

    #[test]
    fn what_is_kept_stands_once() {
        let words = ["社保 ", "", "IC卡", "ic卡"].map(str::to_owned).to_vec();
        assert_eq!(tidy(words), ["社保", "IC卡"]);
    }

    #[test]
    fn the_common_groups_are_fit_to_be_taken_in() {
        let mut known = HashMap::new();
        let groups = common();
        assert!(groups.len() >= 40, "{}", groups.len());
        for words in groups {
            assert_eq!(tidy(words.clone()), words);
            assert_eq!(check(&words, &known), [], "{words:?}");
            known.extend(words.iter().map(|word| (key(word), words.join("、"))));
        }
    }
}
