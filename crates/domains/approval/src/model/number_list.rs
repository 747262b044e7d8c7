//! Lists of case numbers as offices keep them: a text or CSV file in one of the usual encodings, or
//! what was pasted. One number a line, in the column that is named so, else in the first.

use std::collections::BTreeSet;

use encoding_rs::{Encoding, GB18030};
use tb_kernel::identity_number::half_width;

/// Digits of a case number.
const DIGITS: usize = 21;
/// Heads of the column with the numbers.
const HEADS: [&str; 6] = [
    "办件编号",
    "受理编号",
    "编号",
    "业务流水号",
    "case_number",
    "number",
];

/// A line of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    /// Its place in the file, from 1.
    pub line: u32,
    /// The number, or why there is none. What else stands in the line is never kept, but for a hint by which
    /// whoever has the list finds the line.
    pub number: Result<String, Flaw>,
}

impl Line {
    /// The number as it is shown; nothing where there is none.
    pub(crate) fn shown(&self) -> &str {
        match &self.number {
            Ok(number) | Err(Flaw::Twice(number)) => number,
            Err(_) => "",
        }
    }
}

/// Why a line gives no case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Flaw {
    /// No case number: what stands in its place, masked.
    Malformed(String),
    /// A spreadsheet has shortened the number to a power of ten.
    Shortened,
    /// The number stood in an earlier line.
    Twice(String),
}

/// The text of a file, and its encoding: UTF-8 or UTF-16 with a byte order mark, UTF-8, else GB 18030
/// (with GBK in it). `None` where it is no text.
pub(crate) fn decode(bytes: &[u8]) -> Option<(String, &'static str)> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let (text, had_errors) = encoding.decode_without_bom_handling(bytes.get(mark..)?);
        return (!had_errors).then(|| (text.into_owned(), encoding.name()));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return is_text(text).then(|| (text.to_owned(), "UTF-8"));
    }
    let (text, _, had_errors) = GB18030.decode(bytes);
    (!had_errors && is_text(&text)).then(|| (text.into_owned(), "GB18030"))
}

/// A binary file decodes by chance, but not without control characters.
fn is_text(text: &str) -> bool {
    !text.contains(|c: char| c.is_control() && !"\r\n\t".contains(c))
}

/// The lines that say something, without the head of the table.
pub(crate) fn lines(text: &str) -> Vec<Line> {
    let mut seen = BTreeSet::new();
    let mut column = 0;
    let mut found = Vec::new();
    let said = (1_u32..)
        .zip(text.lines())
        .map(|(line, text)| (line, fields(text)));
    for (line, fields) in said.filter(|(_, fields)| fields.iter().any(|field| !field.is_empty())) {
        if found.is_empty()
            && let Some(at) = head(&fields)
        {
            column = at;
            continue;
        }
        let number = number(fields.get(column).map_or("", String::as_str));
        let number = match number {
            Ok(number) if !seen.insert(number.clone()) => Err(Flaw::Twice(number)),
            other => other,
        };
        found.push(Line { line, number });
    }
    found
}

fn head(fields: &[String]) -> Option<usize> {
    HEADS.iter().find_map(|head| {
        fields
            .iter()
            .position(|field| field.eq_ignore_ascii_case(head))
    })
}

/// The fields of a line, without quotes and the tricks by which spreadsheets are kept from
/// calculating (`="…"`, a leading apostrophe).
fn fields(line: &str) -> Vec<String> {
    line.split([',', '\t', ';', '，', '；'])
        .map(|field| {
            let bare = field.trim().trim_start_matches('=').trim_matches('"');
            half_width(bare.trim().trim_start_matches('\'').trim())
        })
        .collect()
}

fn number(field: &str) -> Result<String, Flaw> {
    // As pages show it: in groups.
    let closed: String = field.split_whitespace().collect();
    if closed.len() == DIGITS && closed.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(closed);
    }
    let is_power = field.split_once(['E', 'e']).is_some_and(|(_, power)| {
        power.starts_with('+') && field.starts_with(|c: char| c.is_ascii_digit())
    });
    Err(if is_power {
        Flaw::Shortened
    } else {
        Flaw::Malformed(hint(field))
    })
}

/// The first third of a text, six characters at most, and of a long one the last two: enough to know the
/// line by, and no name or number of a person.
fn hint(text: &str) -> String {
    const BEHIND: usize = 2;
    let characters: Vec<char> = text.chars().take(DIGITS + 3).collect();
    let before = characters.len().div_ceil(3).min(6);
    let behind = if characters.len() > 8 { BEHIND } else { 0 };
    let hidden = before..characters.len() - behind;
    let shown = characters.iter().enumerate();
    shown
        .map(|(at, one)| if hidden.contains(&at) { '*' } else { *one })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Flaw, Line, decode, lines};

    const ONE: &str = "430102202611220000148";
    const TWO: &str = "430102202611220000163";

    fn read(text: &str) -> Vec<(u32, Result<String, Flaw>)> {
        lines(text)
            .into_iter()
            .map(|Line { line, number }| (line, number))
            .collect()
    }

    #[test]
    fn numbers_are_found_in_the_named_column_else_in_the_first() {
        let named =
            format!("序号,申请人,办件编号\r\n1,张示例,{ONE}\r\n\r\n2,\"李示例\",\"{TWO}\"\r\n");
        assert_eq!(
            read(&named),
            [(2, Ok(ONE.to_owned())), (4, Ok(TWO.to_owned()))]
        );
        let bare = format!("{ONE}\n=\"{TWO}\"\n");
        assert_eq!(
            read(&bare),
            [(1, Ok(ONE.to_owned())), (2, Ok(TWO.to_owned()))]
        );
        let grouped = "430102 20261122 000014 8\n";
        assert_eq!(read(grouped), [(1, Ok(ONE.to_owned()))]);
        let wide = "４３０１０２２０２６１１２２００００１４８\t备注\n";
        assert_eq!(read(wide), [(1, Ok(ONE.to_owned()))]);
    }

    #[test]
    fn doubles_shortened_and_malformed_lines_are_told_apart() {
        let text = format!("{ONE}\n'{ONE}\n4.30102E+20\n43010220261122\n张示例\n");
        let flaws: Vec<_> = read(&text).into_iter().map(|(_, one)| one.err()).collect();
        assert_eq!(
            flaws,
            [
                None,
                Some(Flaw::Twice(ONE.to_owned())),
                Some(Flaw::Shortened),
                Some(Flaw::Malformed("43010*******22".to_owned())),
                Some(Flaw::Malformed("张**".to_owned()))
            ]
        );
    }

    #[test]
    fn the_encodings_of_spreadsheets_are_read_and_binaries_are_not() {
        let text = format!("办件编号\n{ONE}\n");
        let (gbk, ..) = encoding_rs::GBK.encode(&text);
        let mut utf16 = vec![0xFF, 0xFE];
        utf16.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
        let marked = format!("\u{feff}{text}");
        for (bytes, name) in [
            (text.as_bytes(), "UTF-8"),
            (marked.as_bytes(), "UTF-8"),
            (&gbk, "GB18030"),
            (&utf16, "UTF-16LE"),
        ] {
            assert_eq!(decode(bytes), Some((text.clone(), name)));
        }
        assert_eq!(decode(b"PK\x03\x04\x00\xff\xfe"), None);
    }
}
