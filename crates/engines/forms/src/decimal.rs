//! Decimals as strings: read strictly, written canonically, compared exactly. No binary
//! floating point ever touches them.

use rust_decimal::Decimal;

/// Most digits before the point; more is a slip of the finger.
pub(crate) const MOST_WHOLE_DIGITS: usize = 18;

/// A plain decimal: sign, digits, optional point and digits. No exponent, no plus, no grouping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Plain {
    negative: bool,
    whole: String,
    /// Without trailing zeros.
    fraction: String,
}

impl Plain {
    /// Reads `-?digits(.digits)?`; leading zeros, trailing zeros and the sign of zero are dropped.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, fraction) = match digits.split_once('.') {
            Some((_, "")) => return None,
            Some(parts) => parts,
            None => (digits, ""),
        };
        let plain = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || !plain(whole) || !plain(fraction) {
            return None;
        }
        let whole = match whole.trim_start_matches('0') {
            "" => "0",
            rest => rest,
        };
        let fraction = fraction.trim_end_matches('0');
        let is_zero = whole == "0" && fraction.is_empty();
        Some(Self {
            negative: negative && !is_zero,
            whole: whole.to_owned(),
            fraction: fraction.to_owned(),
        })
    }

    /// Digits before the point.
    pub(crate) fn whole_digits(&self) -> usize {
        self.whole.len()
    }

    /// Digits after the point that matter.
    pub(crate) fn scale(&self) -> usize {
        self.fraction.len()
    }

    /// Shortest form: `12.5`.
    pub(crate) fn canonical(&self) -> String {
        self.padded(0)
    }

    /// With at least so many digits after the point: `12.50`.
    pub(crate) fn padded(&self, digits: usize) -> String {
        let sign = if self.negative { "-" } else { "" };
        let fraction = format!("{:0<digits$}", self.fraction);
        let point = if fraction.is_empty() { "" } else { "." };
        format!("{sign}{}{point}{fraction}", self.whole)
    }

    /// As a number to compare; `None` beyond 28 digits.
    pub(crate) fn number(&self) -> Option<Decimal> {
        Decimal::from_str_exact(&self.canonical()).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::Plain;

    #[test]
    fn decimals_have_one_form() {
        let canonical = |text: &str| Plain::read(text).map(|plain| plain.canonical());
        for (text, wanted) in [
            ("0", "0"),
            ("-0", "0"),
            ("-0.00", "0"),
            ("007", "7"),
            ("0.10", "0.1"),
            ("-12.500", "-12.5"),
            ("100", "100"),
        ] {
            assert_eq!(canonical(text).as_deref(), Some(wanted), "{text}");
        }
        for bad in [
            "", "-", ".", ".5", "5.", "1e5", "+1", "1,000", "0x1", "1.2.3", "--1", "NaN",
        ] {
            assert_eq!(canonical(bad), None, "{bad}");
        }
    }
}
