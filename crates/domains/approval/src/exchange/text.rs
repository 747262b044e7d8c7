//! Text in XML: what has a meaning there is escaped, and what XML forbids altogether is spelled out.

use std::borrow::Cow;

/// The attribute of an element whose text is spelled: `\u{1}` for a character that XML cannot hold,
/// `\\` for a backslash.
pub(super) const SPELLED: &str = "spelled";

/// Whether XML 1.0 can hold a character.
fn is_allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{fffd}' | '\u{10000}'..)
}

/// The text of an element, and whether it is spelled.
pub(super) fn spell(text: &str) -> (Cow<'_, str>, bool) {
    if text.chars().all(is_allowed) {
        return (Cow::Borrowed(text), false);
    }
    let mut spelled = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '\\' => spelled.push_str("\\\\"),
            c if is_allowed(c) => spelled.push(c),
            c => spelled.extend(["\\u{", &format!("{:x}", u32::from(c)), "}"]),
        }
    }
    (Cow::Owned(spelled), true)
}

/// The text that was spelled; `None` where it was not spelled by us.
pub(super) fn unspell(spelled: &str) -> Option<String> {
    let (mut text, mut rest) = (String::with_capacity(spelled.len()), spelled);
    while let Some((before, after)) = rest.split_once('\\') {
        text.push_str(before);
        rest = if let Some(after) = after.strip_prefix('\\') {
            text.push('\\');
            after
        } else {
            let (digits, after) = after.strip_prefix("u{")?.split_once('}')?;
            text.push(char::from_u32(u32::from_str_radix(digits, 16).ok()?)?);
            after
        };
    }
    text.push_str(rest);
    Some(text)
}

/// Text between tags. A carriage return would be read as the end of a line, so it is written as a
/// reference.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\r' => escaped.push_str("&#13;"),
            c => escaped.push(c),
        }
    }
    escaped
}
