//! One slip of the finger: the titles that people may have meant. The distinct titles are kept
//! beside the index (a province has many items of few names) and looked through when what was typed
//! is in no title: one character of four or more too many, missing, wrong or swapped with its
//! neighbour, or one letter of pinyin.

use std::collections::{BTreeMap, HashMap};

use crate::reading::spelled;
use crate::text::{is_han, units};

/// Titles kept; further ones are found, but are no help against slips.
const MOST_TITLES: usize = 200_000;

/// The shortest text in which a slip is forgiven: in Chinese characters, and in letters.
const CHARACTERS: usize = 4;
const LETTERS: usize = 3;

/// The longest text that is looked through for slips.
const LONGEST: usize = 40;

/// Corrections tried by one search.
const MOST: usize = 6;

/// The distinct titles.
#[derive(Debug, Default)]
pub(crate) struct Vocabulary {
    titles: HashMap<String, Spelling>,
}

/// A title's pinyin in one row, and where in it each character begins; the last entry is the end.
#[derive(Debug)]
struct Spelling {
    letters: String,
    starts: Vec<u16>,
}

impl Vocabulary {
    /// Keeps a title.
    pub(crate) fn add(&mut self, title: &str) {
        let units = units(title);
        let title: String = units.iter().collect();
        if units.len() < 2 || self.titles.len() >= MOST_TITLES || self.titles.contains_key(&title) {
            return;
        }
        let mut spelling = Spelling {
            letters: String::new(),
            starts: vec![0],
        };
        for unit in units {
            spelling.letters.push_str(&spelled(unit));
            let end = u16::try_from(spelling.letters.len()).unwrap_or(u16::MAX);
            spelling.starts.push(end);
        }
        self.titles.insert(title, spelling);
    }

    /// Forgets all titles.
    pub(crate) fn clear(&mut self) {
        self.titles.clear();
    }

    /// What may have been meant by a text that is in no title: pieces of titles, the likeliest
    /// first.
    pub(crate) fn corrections(&self, typed: &str) -> Vec<String> {
        let typed = units(typed);
        if typed.len() > LONGEST {
            return Vec::new();
        }
        let pattern = Pattern::new(typed.iter().collect());
        let mut found = Found::default();
        if typed.iter().all(char::is_ascii_lowercase) && typed.len() >= LETTERS {
            for (title, spelling) in &self.titles {
                spelling.look(title, &pattern, &mut found);
            }
        } else if typed.iter().filter(|unit| is_han(**unit)).count() >= CHARACTERS {
            for title in self.titles.keys() {
                let all = |_: usize| true;
                pattern.near(title, all, |_, piece, slip| {
                    found.take(piece.to_owned(), slip);
                });
            }
        }
        found.likeliest()
    }
}

impl Spelling {
    /// Letters are those of whole characters, two at least.
    fn look(&self, title: &str, pattern: &Pattern, found: &mut Found) {
        let place = |at: usize| {
            let at = u16::try_from(at).ok()?;
            self.starts.binary_search(&at).ok()
        };
        pattern.near(
            &self.letters,
            |at| place(at).is_some(),
            |from, piece, slip| {
                let (Some(first), Some(behind)) = (place(from), place(from + piece.len())) else {
                    return;
                };
                if behind >= first + 2 {
                    let meant = title.chars().skip(first).take(behind - first);
                    found.take(meant.collect(), slip);
                }
            },
        );
    }
}

/// How a piece differs from what was typed; the likelier slip first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Slip {
    /// One wrong, or two swapped.
    Wrong,
    /// One left out.
    Missing,
    /// One too many.
    Surplus,
}

/// Pieces with how many titles hold them.
#[derive(Debug, Default)]
struct Found(BTreeMap<String, (Slip, usize)>);

impl Found {
    fn take(&mut self, piece: String, slip: Slip) {
        let entry = self.0.entry(piece).or_insert((slip, 0));
        entry.1 += 1;
    }

    /// Corrections of the likeliest kind of slip, those of most titles first.
    fn likeliest(self) -> Vec<String> {
        let mut all: Vec<(String, (Slip, usize))> = self.0.into_iter().collect();
        all.sort_by(|(_, (one, many)), (_, (other, fewer))| one.cmp(other).then(fewer.cmp(many)));
        let best = all.first().map(|(_, (slip, _))| *slip);
        let same = all.into_iter().filter(|(_, (slip, _))| Some(*slip) == best);
        same.take(MOST).map(|(piece, _)| piece).collect()
    }
}

/// A text in two halves: after one slip one of them still stands there as it was typed, unless the
/// two characters at the seam were swapped.
#[derive(Debug)]
struct Pattern {
    whole: Vec<char>,
    first: String,
    second: String,
    swapped: String,
}

impl Pattern {
    fn new(typed: String) -> Self {
        let whole: Vec<char> = typed.chars().collect();
        let half = whole.len() / 2;
        let mut swapped = whole.clone();
        if half > 0 && half < swapped.len() {
            swapped.swap(half - 1, half);
        }
        Self {
            first: whole.iter().take(half).collect(),
            second: whole.iter().skip(half).collect(),
            swapped: swapped.into_iter().collect(),
            whole,
        }
    }

    /// Tells where each piece of a text begins that is one slip away. `is_edge` says where a piece
    /// may begin and end, in bytes.
    fn near<'a>(
        &self,
        text: &'a str,
        is_edge: impl Fn(usize) -> bool,
        mut tell: impl FnMut(usize, &'a str, Slip),
    ) {
        if self.first.is_empty() {
            return;
        }
        for (at, piece) in text.match_indices(self.swapped.as_str()) {
            if self.swapped.chars().ne(self.whole.iter().copied())
                && is_edge(at)
                && is_edge(at + piece.len())
            {
                tell(at, piece, Slip::Wrong);
            }
        }
        let mut check = |from: usize, to: usize| {
            let Some(piece) = text.get(from..to).filter(|_| is_edge(from) && is_edge(to)) else {
                return;
            };
            if let Some(slip) = slip(&self.whole, piece) {
                tell(from, piece, slip);
            }
        };
        for (at, _) in text.match_indices(self.first.as_str()) {
            for length in self.lengths() {
                let rest = text.get(at..).unwrap_or_default();
                if let Some(length) = bytes_of(rest, length) {
                    check(at, at + length);
                }
            }
        }
        for (at, half) in text.match_indices(self.second.as_str()) {
            let end = at + half.len();
            for length in self.lengths() {
                let until = text.get(..end).unwrap_or_default();
                if let Some(length) = bytes_before(until, length) {
                    check(end - length, end);
                }
            }
        }
    }

    fn lengths(&self) -> [usize; 3] {
        let own = self.whole.len();
        [own, own + 1, own - 1]
    }
}

/// Bytes of the first characters of a text.
fn bytes_of(text: &str, characters: usize) -> Option<usize> {
    let mut ends = text.char_indices().map(|(at, unit)| at + unit.len_utf8());
    ends.nth(characters.checked_sub(1)?)
}

/// Bytes of its last characters.
fn bytes_before(text: &str, characters: usize) -> Option<usize> {
    let mut begins = text.char_indices().rev().map(|(at, _)| at);
    let begin = begins.nth(characters.checked_sub(1)?)?;
    Some(text.len() - begin)
}

/// The one slip by which `typed` differs from `meant`; none where there is none, or more.
fn slip(typed: &[char], meant: &str) -> Option<Slip> {
    let meant: Vec<char> = meant.chars().collect();
    let same = typed.iter().zip(&meant).take_while(|(a, b)| a == b).count();
    let (typed, meant) = (typed.get(same..)?, meant.get(same..)?);
    match (typed, meant) {
        ([_, left @ ..], [_, right @ ..]) if left == right => Some(Slip::Wrong),
        ([a, b, left @ ..], [c, d, right @ ..]) if a == d && b == c && left == right => {
            Some(Slip::Wrong)
        }
        (left, [_, right @ ..]) if left == right => Some(Slip::Missing),
        ([_, left @ ..], right) if left == right => Some(Slip::Surplus),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vocabulary() -> Vocabulary {
        let mut vocabulary = Vocabulary::default();
        for title in [
            "失业登记",
            "注销失业登记",
            "食品经营许可",
            "户口迁移",
            "护士执业注册",
        ] {
            vocabulary.add(title);
        }
        vocabulary
    }

    fn first(typed: &str) -> Option<String> {
        vocabulary().corrections(typed).into_iter().next()
    }

    #[test]
    fn one_slip_in_four_characters_is_forgiven() {
        for typed in [
            "失业登计",
            "失业等记",
            "实业登记",
            "失叶登记",
            "业失登记",
            "失登业记",
            "失业记登",
        ] {
            assert_eq!(first(typed).as_deref(), Some("失业登记"), "{typed}");
        }
        for typed in ["食品营许可", "食品经经营许可", "食品经营许个可"] {
            assert_eq!(first(typed).as_deref(), Some("食品经营许可"), "{typed}");
        }
    }

    #[test]
    fn one_slip_in_pinyin_is_forgiven_within_whole_characters() {
        for typed in [
            "shiyedengi",
            "shiyedenhji",
            "shiyedenjgi",
            "shiiyedengji",
            "hsiyedengji",
        ] {
            assert_eq!(first(typed).as_deref(), Some("失业登记"), "{typed}");
        }
        assert_eq!(first("hushj").as_deref(), Some("护士"));
        assert_eq!(first("huko").as_deref(), Some("户口"));
    }

    #[test]
    fn two_slips_and_short_words_are_not() {
        for typed in ["失也登计", "失液", "登计记", "xiyedengii", "ab", ""] {
            assert_eq!(first(typed), None, "{typed}");
        }
    }
}
