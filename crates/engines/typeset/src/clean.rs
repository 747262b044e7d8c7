//! Makes text from people fit for print without changing what it says.

use serde_json::Value;

/// Longer stretches without a place to break would run off the page.
const MAX_UNBROKEN: usize = 24;

/// How many characters of such a stretch stay together.
const PART: usize = 8;

/// Invisible permission to break a line.
const BREAK: char = '\u{200b}';

/// Cleans every text in the data.
pub(crate) fn clean(data: &mut Value) {
    match data {
        Value::String(text) => *text = printable(text),
        Value::Array(values) => values.iter_mut().for_each(clean),
        Value::Object(fields) => fields.values_mut().for_each(clean),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// One line per non-empty line of the text, without characters that cannot be
/// seen but change what a reader sees, and with places to break long words.
fn printable(text: &str) -> String {
    let text = text
        .replace("\r\n", "\n")
        .replace(['\r', '\u{2028}', '\u{2029}', '\u{85}'], "\n");
    let visible: String = text
        .chars()
        .map(blank)
        .filter(|unit| !is_hidden(*unit))
        .collect();
    let lines: Vec<String> = visible
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(breakable)
        .collect();
    lines.join("\n")
}

fn blank(unit: char) -> char {
    if matches!(unit, '\t' | '\u{b}' | '\u{c}') {
        ' '
    } else {
        unit
    }
}

/// Control characters, and those that turn the direction of writing: with them
/// a paper could show another text than it holds.
fn is_hidden(unit: char) -> bool {
    (unit.is_control() && unit != '\n')
        || matches!(unit, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// Codes and addresses have no blanks; Chinese can break anywhere by itself.
/// The invisible breaks are copied with the text, so words of usual length, a
/// case number above all, stay untouched.
fn breakable(line: &str) -> String {
    let mut broken = String::with_capacity(line.len());
    let mut word: Vec<char> = Vec::new();
    for unit in line.chars() {
        if unit.is_ascii_graphic() || is_alphabetic_script(unit) {
            word.push(unit);
        } else {
            push_word(&mut broken, &word);
            word.clear();
            broken.push(unit);
        }
    }
    push_word(&mut broken, &word);
    broken
}

fn push_word(line: &mut String, word: &[char]) {
    let part = if word.len() > MAX_UNBROKEN {
        PART
    } else {
        MAX_UNBROKEN
    };
    for (number, letters) in word.chunks(part).enumerate() {
        if number > 0 {
            line.push(BREAK);
        }
        line.extend(letters);
    }
}

/// Letters of the scripts between Latin and the Chinese symbols: they too form
/// words that do not break.
fn is_alphabetic_script(unit: char) -> bool {
    matches!(unit, '\u{a1}'..='\u{2e7f}') && unit.is_alphanumeric()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_can_be_seen_is_lost() {
        let text = "#set $x$ *粗* \\ @引用 <标签> `码` _下_ 𠮷㙍😀 “引号”";
        assert_eq!(printable(text), text);
    }

    #[test]
    fn lines_stay_lines_and_blank_ones_go() {
        assert_eq!(
            printable("一\r\n\r\n  二\r三\u{2028}四\n"),
            "一\n二\n三\n四"
        );
    }

    #[test]
    fn hidden_characters_go() {
        assert_eq!(printable("a\u{0}b\u{202e}c\u{feff}d\u{7}"), "abcd");
    }

    #[test]
    fn a_long_code_can_break() {
        let code = "X".repeat(60);
        let printed = printable(&code);
        assert_eq!(printed.replace(BREAK, ""), code);
        assert_eq!(printed.matches(BREAK).count(), 7);
        assert_eq!(printable("430102202602100000017"), "430102202602100000017");
        assert!(!printable(&"长".repeat(60)).contains(BREAK));
    }
}
