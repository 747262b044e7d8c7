//! Brings text into the one shape that is indexed and searched.

/// A stretch of one kind of writing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Run {
    /// Chinese characters.
    Han(String),
    /// Letters and digits of any other script.
    Other(String),
}

/// Full-width to half-width, upper to lower case.
pub(crate) fn fold(text: &str) -> String {
    text.chars()
        .map(half_width)
        .flat_map(char::to_lowercase)
        .collect()
}

/// The characters that carry meaning: no blanks, punctuation or symbols.
pub(crate) fn units(text: &str) -> Vec<char> {
    fold(text)
        .chars()
        .filter(|unit| unit.is_alphanumeric())
        .collect()
}

/// Splits text where the script changes and where something other than a
/// letter or digit stands.
pub(crate) fn runs(text: &str) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut broken = true;
    for unit in fold(text).chars() {
        if !unit.is_alphanumeric() {
            broken = true;
            continue;
        }
        match (runs.last_mut(), is_han(unit)) {
            (Some(Run::Han(run)), true) | (Some(Run::Other(run)), false) if !broken => {
                run.push(unit);
            }
            (_, true) => runs.push(Run::Han(unit.into())),
            (_, false) => runs.push(Run::Other(unit.into())),
        }
        broken = false;
    }
    runs
}

/// Whether a character is a Chinese one (unified ideographs and their
/// extensions, compatibility ideographs, and 〇).
pub(crate) fn is_han(unit: char) -> bool {
    matches!(unit, '\u{3007}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{323AF}')
}

fn half_width(unit: char) -> char {
    match unit {
        '\u{3000}' => ' ',
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(unit) - 0xFEE0).unwrap_or(unit),
        _ => unit,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn width_and_case_do_not_matter() {
        assert_eq!(fold("ＩＣ卡（Ａ）　３c"), "ic卡(a) 3c");
        assert_eq!(units(" IC-卡（甲）"), vec!['i', 'c', '卡', '甲']);
    }

    #[test]
    fn a_run_ends_where_script_or_punctuation_changes() {
        let expected = vec![
            Run::Han("失业".into()),
            Run::Other("dj2".into()),
            Run::Han("登记".into()),
            Run::Han("表".into()),
        ];
        assert_eq!(runs("失业DJ２登记（表）😀"), expected);
    }

    #[test]
    fn rare_characters_are_han() {
        assert!("𠮷㙍〇".chars().all(is_han));
        assert!(!is_han('a') && !is_han('。'));
    }
}
