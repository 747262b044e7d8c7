//! Pinyin: the tokens by which a character can be typed, and the ways in which
//! typed letters can be cut into such tokens.
//!
//! A character is indexed under itself, each reading in full (`deng`), its
//! initial (`d`, and `zh` beside `z`) and the unfinished reading (`de~`, `den~`)
//! that is only asked for at the end of what has been typed so far. All share
//! one position, so that polyphones need no enumeration of whole titles.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use pinyin::{ToPinyin, ToPinyinMulti};

use crate::text::is_han;

/// How many ways to cut the same letters are tried, fewest tokens first.
const MAX_CUTS: usize = 12;

/// The longest syllables are `zhuang`, `chuang`, `shuang`.
const MAX_SYLLABLE: usize = 6;

/// Every syllable that some character of the basic block is read by.
static SYLLABLES: LazyLock<BTreeSet<String>> =
    LazyLock::new(|| ('\u{4E00}'..='\u{9FFF}').flat_map(readings).collect());

/// Every true beginning of a syllable, two letters at least.
static BEGINNINGS: LazyLock<BTreeSet<String>> =
    LazyLock::new(|| SYLLABLES.iter().flat_map(|full| beginnings(full)).collect());

/// The letters by which each character of a name can be typed in short, `长` by `c` or `z`; what is
/// neither Chinese nor a letter or digit is left out.
pub fn initials_of(name: &str) -> Vec<String> {
    name.chars()
        .filter_map(|unit| {
            let letters: BTreeSet<char> = if is_han(unit) {
                let first = |full: String| full.chars().next();
                readings(unit).into_iter().filter_map(first).collect()
            } else {
                let letter = unit.is_ascii_alphanumeric();
                letter
                    .then(|| unit.to_ascii_lowercase())
                    .into_iter()
                    .collect()
            };
            (!letters.is_empty()).then(|| letters.into_iter().collect())
        })
        .collect()
}

/// The tokens under which one unit of a title is found.
pub(crate) fn tokens(unit: char) -> BTreeSet<String> {
    let mut tokens = BTreeSet::from([unit.to_string()]);
    if is_han(unit) {
        for full in readings(unit) {
            tokens.extend(initials(&full));
            tokens.extend(beginnings(&full).map(unfinished));
            tokens.insert(full);
        }
    }
    tokens
}

/// The ways to read units as tokens, the likeliest (fewest tokens) first.
/// There is always at least one: every unit by itself.
pub(crate) fn cuts(units: &[char]) -> Vec<Vec<String>> {
    let mut reached: Vec<Vec<Vec<String>>> = vec![Vec::new(); units.len() + 1];
    if let Some(start) = reached.first_mut() {
        start.push(Vec::new());
    }
    for at in 0..units.len() {
        let paths = reached.get_mut(at).map(std::mem::take).unwrap_or_default();
        for (length, token) in steps(units.get(at..).unwrap_or_default()) {
            let Some(target) = reached.get_mut(at + length) else {
                continue;
            };
            for path in &paths {
                let mut longer = path.clone();
                longer.push(token.clone());
                target.push(longer);
            }
        }
        if let Some(next) = reached.get_mut(at + 1) {
            next.sort_by_key(Vec::len);
            next.truncate(MAX_CUTS);
        }
    }
    reached.pop().unwrap_or_default()
}

/// What the first token of the rest can be, as `(units taken, token)`, longest
/// first.
fn steps(rest: &[char]) -> Vec<(usize, String)> {
    let letters: String = rest
        .iter()
        .take(MAX_SYLLABLE)
        .take_while(|unit| unit.is_ascii_lowercase())
        .collect();
    let mut steps = Vec::new();
    for length in (2..=letters.len()).rev() {
        let Some(part) = letters.get(..length) else {
            continue;
        };
        if SYLLABLES.contains(part) || matches!(part, "zh" | "ch" | "sh") {
            steps.push((length, part.to_owned()));
        }
        // Only what the user is still typing may be unfinished.
        if length == rest.len() && BEGINNINGS.contains(part) {
            steps.push((length, unfinished(part.to_owned())));
        }
    }
    steps.extend(rest.first().map(|unit| (1, unit.to_string())));
    steps
}

/// The usual reading of a character in full, without tones; any other unit as it is.
pub(crate) fn spelled(unit: char) -> String {
    match unit.to_pinyin().filter(|_| is_han(unit)) {
        Some(reading) => reading.plain().replace('ü', "v"),
        None => unit.to_string(),
    }
}

/// All readings of a character without tones, polyphones included.
fn readings(unit: char) -> BTreeSet<String> {
    let mut readings = BTreeSet::new();
    for reading in unit.to_pinyin_multi().into_iter().flatten() {
        let full = reading.plain().replace('ü', "v");
        if full.contains('v') {
            // 旅 is typed lv, printed on passports as lyu; 略 is typed lue too.
            readings.insert(full.replace('v', "yu"));
            if full.contains("ve") {
                readings.insert(full.replace("ve", "ue"));
            }
        }
        readings.insert(full);
    }
    readings.retain(|full| !full.is_empty() && full.bytes().all(|byte| byte.is_ascii_lowercase()));
    readings
}

fn initials(full: &str) -> impl Iterator<Item = String> {
    let double = ["zh", "ch", "sh"]
        .into_iter()
        .find(|double| full.starts_with(double))
        .map(str::to_owned);
    full.chars()
        .next()
        .map(String::from)
        .into_iter()
        .chain(double)
}

fn beginnings(full: &str) -> impl Iterator<Item = String> {
    (2..full.len()).filter_map(|length| full.get(..length).map(str::to_owned))
}

/// Marks a token as an unfinished reading, so that a full `de` does not match
/// every `deng`.
fn unfinished(beginning: String) -> String {
    beginning + "~"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first_cut(text: &str) -> String {
        let units: Vec<char> = text.chars().collect();
        cuts(&units).first().cloned().unwrap_or_default().join(" ")
    }

    #[test]
    fn a_name_is_typed_by_the_initials_of_any_reading() {
        assert_eq!(
            initials_of("长沙市 3A(局)"),
            ["cz", "s", "fs", "3", "a", "j"]
        );
        assert!(initials_of("——").is_empty());
    }

    #[test]
    fn letters_are_cut_into_syllables_and_initials() {
        assert_eq!(first_cut("shiyedengji"), "shi ye deng ji");
        assert_eq!(first_cut("sydj"), "s y d j");
        assert_eq!(first_cut("sydengji"), "s y deng ji");
        assert_eq!(first_cut("失业dj"), "失 业 d j");
        assert_eq!(first_cut("shiyezhon"), "shi ye zhon~");
    }

    #[test]
    fn ambiguous_letters_keep_every_reading() {
        let cuts = cuts(&['x', 'i', 'a', 'n']);
        for expected in [vec!["xian"], vec!["xi", "an"], vec!["x", "i", "a", "n"]] {
            assert!(cuts.iter().any(|cut| cut == &expected), "{expected:?}");
        }
    }

    #[test]
    fn polyphones_have_all_their_readings() {
        for (unit, wanted) in [
            ('行', "hang"),
            ('行', "xing"),
            ('重', "chong"),
            ('重', "zhong"),
            ('长', "zhang"),
            ('长', "chang"),
            ('旅', "lv"),
            ('旅', "lyu"),
            ('略', "lue"),
        ] {
            assert!(tokens(unit).contains(wanted), "{unit} {wanted}");
        }
        assert!(tokens('中').contains("zh") && tokens('中').contains("z"));
    }

    #[test]
    fn a_long_input_stays_cheap() {
        let units: Vec<char> = "angeng".chars().cycle().take(100).collect();
        let cuts = cuts(&units);
        assert!(
            !cuts.is_empty()
                && cuts
                    .iter()
                    .all(|cut| cut.concat().replace('~', "").len() == 100)
        );
    }
}
