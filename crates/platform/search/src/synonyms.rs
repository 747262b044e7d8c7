//! Words that count as the same. What is typed is asked for in other words too, so that a change of
//! the list is in force with the next search and nothing has to be indexed anew.

use std::collections::HashMap;

use crate::reading::spelled;
use crate::text::{is_han, units};

/// Other ways to ask for the same that one search tries.
const MOST: usize = 6;

/// The longest word that counts, in characters.
const LONGEST: usize = 24;

/// The shortest pinyin that stands for a word: shorter letters are part of too much else.
const LETTERS: usize = 4;

/// Groups of words.
#[derive(Debug, Default)]
pub(crate) struct Synonyms {
    groups: Vec<Vec<Vec<char>>>,
    /// The groups of a word, as typed or as its pinyin.
    by_word: HashMap<Vec<char>, Vec<usize>>,
    /// The longest key, in characters.
    longest: usize,
}

impl Synonyms {
    /// Groups as people wrote them; what holds nothing to search for is passed over.
    pub(crate) fn new(groups: &[Vec<String>]) -> Self {
        let mut synonyms = Self::default();
        for group in groups {
            let words: Vec<Vec<char>> = group
                .iter()
                .map(|word| units(word))
                .filter(|word| !word.is_empty() && word.len() <= LONGEST)
                .collect();
            let number = synonyms.groups.len();
            for word in &words {
                synonyms.name(word.clone(), number);
                if let Some(letters) = pinyin(word) {
                    synonyms.name(letters, number);
                }
            }
            synonyms.groups.push(words);
        }
        synonyms
    }

    fn name(&mut self, word: Vec<char>, group: usize) {
        self.longest = self.longest.max(word.len());
        let groups = self.by_word.entry(word).or_default();
        if !groups.contains(&group) {
            groups.push(group);
        }
    }

    /// The same question in other words, the nearest first. One word of it is replaced at a time,
    /// and the longest that stands at a place: 社会保险 is not asked for as 社会 and something.
    pub(crate) fn alternatives(&self, typed: &str) -> Vec<String> {
        let typed = units(typed);
        let own: String = typed.iter().collect();
        let mut found: Vec<String> = Vec::new();
        let mut at = 0;
        while at < typed.len() && found.len() < MOST {
            let Some((length, groups)) = self.longest_at(&typed, at) else {
                at += 1;
                continue;
            };
            let words = groups.iter().filter_map(|group| self.groups.get(*group));
            for word in words.flatten() {
                let (before, after) = (typed.get(..at), typed.get(at + length..));
                let parts = [before, Some(word.as_slice()), after];
                let asked: String = parts.into_iter().flatten().flatten().collect();
                if asked != own && !found.contains(&asked) {
                    found.push(asked);
                }
            }
            at += length;
        }
        found.truncate(MOST);
        found
    }

    fn longest_at(&self, typed: &[char], at: usize) -> Option<(usize, &[usize])> {
        let most = self.longest.min(typed.len() - at);
        (1..=most).rev().find_map(|length| {
            let word = typed.get(at..at + length)?;
            let groups = self.by_word.get(word)?;
            stands_alone(typed, at, length).then_some((length, groups.as_slice()))
        })
    }
}

/// Letters are a word only where no further letter stands beside them: `ic` is not in `nice`.
fn stands_alone(typed: &[char], at: usize, length: usize) -> bool {
    let is_letter = |at: usize| typed.get(at).is_some_and(char::is_ascii_alphanumeric);
    let inner = |at: usize, beside: usize| is_letter(at) && is_letter(beside);
    let begins = at.checked_sub(1).is_none_or(|before| !inner(at, before));
    begins && !inner(at + length - 1, at + length)
}

fn pinyin(word: &[char]) -> Option<Vec<char>> {
    let letters: String = word.iter().map(|unit| spelled(*unit)).collect();
    let is_chinese = word.iter().all(|unit| is_han(*unit));
    (is_chinese && letters.len() >= LETTERS).then(|| letters.chars().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn synonyms() -> Synonyms {
        let group = |words: &str| words.split(' ').map(str::to_owned).collect();
        Synonyms::new(&[
            group("社保 社会保险 社会保障"),
            group("驾照 驾驶证 机动车驾驶证"),
            group("IC卡 社会保障卡"),
        ])
    }

    #[test]
    fn a_word_is_replaced_by_the_others_of_its_group() {
        let synonyms = synonyms();
        let expected = ["社会保险缴费", "社会保障缴费"];
        assert_eq!(synonyms.alternatives("社保 缴费"), expected);
        assert_eq!(synonyms.alternatives("失业登记"), [""; 0]);
        assert_eq!(synonyms.alternatives(""), [""; 0]);
    }

    #[test]
    fn the_longest_word_counts() {
        let synonyms = synonyms();
        assert_eq!(synonyms.alternatives("社会保障卡"), ["ic卡"]);
        let of_licence = synonyms.alternatives("机动车驾驶证补领");
        assert_eq!(of_licence, ["驾照补领", "驾驶证补领"]);
    }

    #[test]
    fn pinyin_stands_for_a_word_and_letters_stand_alone() {
        let synonyms = synonyms();
        assert_eq!(synonyms.alternatives("jiazhao").len(), 3);
        assert_eq!(synonyms.alternatives("jiazhaoo"), [""; 0]);
    }
}
