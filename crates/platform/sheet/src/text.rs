//! Text of lists as other systems hand them out: in one of two encodings, with HTML entities encoded
//! once or twice, and now and then an error page where a row should be.

use std::borrow::Cow;

use encoding_rs::GB18030;

/// Entities encoded twice, and once more for good measure.
const MOST_ROUNDS: usize = 3;
/// What only a page of HTML begins with.
const MARKUP: [&str; 7] = [
    "<!doctype",
    "<html",
    "<head",
    "<body",
    "<title",
    "<script",
    "</",
];

/// The text of a file: UTF-8, else GB 18030 (with GBK and GB 2312 in it), as spreadsheets save it.
/// `None` where it is neither.
pub fn decode(bytes: &[u8]) -> Option<Cow<'_, str>> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Some(Cow::Borrowed(text.trim_start_matches('\u{feff}')));
    }
    let (text, _, had_errors) = GB18030.decode(bytes);
    // A binary file decodes by chance, but not without control characters.
    let is_text = !had_errors && !text.contains(|c: char| c.is_control() && !"\r\n\t".contains(c));
    is_text.then_some(text)
}

/// The text of a field with its entities opened, however often they were encoded.
pub(crate) fn opened(field: &str) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(field);
    for _ in 0..MOST_ROUNDS {
        let next = html_escape::decode_html_entities(&text).replace('\u{a0}', " ");
        if next == text {
            break;
        }
        text = Cow::Owned(next);
    }
    text
}

/// Whether a field holds a page of HTML, or its beginning or end.
pub(crate) fn is_markup(field: &str) -> bool {
    let start: String = field
        .trim_start()
        .chars()
        .take(12)
        .collect::<String>()
        .to_ascii_lowercase();
    MARKUP.iter().any(|tag| start.starts_with(tag)) || field.to_ascii_lowercase().contains("<html")
}

#[cfg(test)]
mod tests {
    use super::{decode, is_markup, opened};

    #[test]
    fn both_encodings_are_read_and_binaries_are_not() {
        let text = "事项名称,失业登记\n";
        assert_eq!(decode(text.as_bytes()).unwrap(), text);
        assert_eq!(decode(format!("\u{feff}{text}").as_bytes()).unwrap(), text);
        let (gbk, ..) = encoding_rs::GBK.encode(text);
        assert_eq!(decode(&gbk).unwrap(), text);
        assert!(decode(b"PK\x03\x04\x14\x00\x06\xff").is_none());
        assert!(decode(&[0x81, 0xff, 0xff]).is_none());
    }

    #[test]
    fn entities_are_opened_however_often_they_were_encoded() {
        for encoded in ["《A&B》", "《A&amp;B》", "《A&amp;amp;B》"] {
            assert_eq!(opened(encoded), "《A&B》");
        }
        assert_eq!(opened("&amp;lt;办法&amp;gt;&nbsp;&#31532;"), "<办法> 第");
        assert_eq!(opened("A & B"), "A & B");
    }

    #[test]
    fn pages_are_told_from_names() {
        assert!(is_markup(" <!DOCTYPE html><html>"));
        assert!(is_markup("502 <HTML>"));
        assert!(!is_markup("企业（<50人）登记"));
    }
}
