//! Money: whole fen everywhere but in forms, where it is a decimal string of yuan.

use std::fmt;

use serde::{Deserialize, Serialize};

/// An amount of money in fen (1/100 yuan).
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    utoipa::ToSchema,
)]
#[serde(transparent)]
pub struct Fen(pub i64);

impl Fen {
    /// Reads a decimal string of yuan with at most two places, such as `1234.5`; `None` where it
    /// is not one or does not fit.
    pub fn from_yuan(text: &str) -> Option<Self> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        let all_digits = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || part.len() > 2 || !all_digits(whole) || !all_digits(part) {
            return None;
        }
        if digits.ends_with('.') {
            return None;
        }
        let cents: i64 = format!("{part:0<2}").parse().ok()?;
        let fen = whole
            .parse::<i64>()
            .ok()?
            .checked_mul(100)?
            .checked_add(cents)?;
        Some(Self(if negative { -fen } else { fen }))
    }

    /// The decimal string of yuan with two places.
    pub fn to_yuan(self) -> String {
        let sign = if self.0 < 0 { "-" } else { "" };
        format!(
            "{sign}{}.{:02}",
            self.0.unsigned_abs() / 100,
            self.0.unsigned_abs() % 100
        )
    }
}

impl fmt::Display for Fen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "¥{}", self.to_yuan())
    }
}

#[cfg(test)]
mod tests {
    use super::Fen;

    #[test]
    fn yuan_and_fen_convert_exactly() {
        for (text, fen) in [
            ("0", 0),
            ("0.1", 10),
            ("0.10", 10),
            ("1234.56", 123_456),
            ("-3.05", -305),
        ] {
            assert_eq!(Fen::from_yuan(text), Some(Fen(fen)), "{text}");
        }
        for bad in ["", ".5", "1.", "1.234", "1e5", "１", "99999999999999999999"] {
            assert_eq!(Fen::from_yuan(bad), None, "{bad}");
        }
        assert_eq!(Fen(-305).to_yuan(), "-3.05");
    }
}
