//! What a reply by short message means: a level in digits or words, 退订, or nothing that we know.

/// What a reply means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// A level, 5 to 1.
    Level(u8),
    /// No more messages (TD).
    OptOut,
    /// Nothing that we know.
    Unreadable,
}

const WORDS: [(&str, u8); 14] = [
    ("非常满意", 5),
    ("十分满意", 5),
    ("很满意", 5),
    ("满意", 4),
    ("比较满意", 4),
    ("基本满意", 3),
    ("一般", 3),
    ("不满意", 2),
    ("不太满意", 2),
    ("不满", 2),
    ("非常不满意", 1),
    ("十分不满意", 1),
    ("很不满意", 1),
    ("极不满意", 1),
];
const OPT_OUT: [&str; 4] = ["td", "t", "退订", "td退订"];

/// Reads a reply. A digit and words that contradict it are nothing that we know: nobody guesses a rating.
pub(crate) fn meaning(reply: &str) -> Meaning {
    let plain: String = reply.chars().filter_map(plain).collect();
    if OPT_OUT.contains(&plain.as_str()) {
        return Meaning::OptOut;
    }
    let digits = plain.chars().take_while(char::is_ascii_digit).count();
    let (number, rest) = plain.split_at(digits);
    let rest = rest.strip_prefix('分').unwrap_or(rest);
    let in_words = WORDS.iter().find(|(words, _)| *words == rest);
    let in_words = in_words.map(|(_, level)| *level);
    let in_digits = number.parse().ok().filter(|level| (1..=5).contains(level));
    let level = match (number, rest) {
        ("", _) => in_words,
        (_, "") => in_digits,
        _ => in_digits.filter(|level| in_words == Some(*level)),
    };
    level.map_or(Meaning::Unreadable, Meaning::Level)
}

/// A character in half width and lower case; none for blanks and punctuation.
fn plain(c: char) -> Option<char> {
    let half = match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        other => other,
    };
    half.is_alphanumeric().then(|| half.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::Meaning::{Level, OptOut, Unreadable};
    use super::meaning;

    #[test]
    fn digits_and_words_in_every_guise() {
        for (reply, meant) in [
            ("5", Level(5)),
            (" ５ ", Level(5)),
            ("5。", Level(5)),
            ("5非常满意", Level(5)),
            ("５、非常满意！", Level(5)),
            ("很满意", Level(5)),
            ("4分", Level(4)),
            ("满意", Level(4)),
            ("3 基本满意", Level(3)),
            ("不满意", Level(2)),
            ("【1】非常不满意", Level(1)),
            ("TD", OptOut),
            ("ｔｄ", OptOut),
            ("退订", OptOut),
        ] {
            assert_eq!(meaning(reply), meant, "{reply}");
        }
    }

    #[test]
    fn nobody_guesses_a_rating() {
        for reply in [
            "",
            "0",
            "6",
            "55",
            "45",
            "5不满意",
            "1非常满意",
            "5 4",
            "好",
            "谢谢",
            "不",
            "请问几点开门",
            "99999999999999999999",
            "五",
        ] {
            assert_eq!(meaning(reply), Unreadable, "{reply}");
        }
    }
}
