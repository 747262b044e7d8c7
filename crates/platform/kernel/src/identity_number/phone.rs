//! Telephone numbers: mainland mobiles (`13800001234`) and landlines with area code
//! (`0731-84560000`, with an extension `0731-84560000-801`). No table of number ranges: they are
//! given out faster than software is renewed.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Flaw, IdentityNumberError, LONGEST_INPUT, NumberKind, all_digits, half_width};

/// A valid telephone number in normal form.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Phone(String);

impl Phone {
    /// Reads a mainland mobile number; +86, blanks and hyphens are put right.
    pub fn parse_mobile(input: &str) -> Result<Self, IdentityNumberError> {
        let error = |flaw| IdentityNumberError::new(NumberKind::Mobile, flaw);
        if input.len() > LONGEST_INPUT {
            return Err(error(Flaw::Length));
        }
        let digits: String = written(input).chars().filter(|c| *c != '-').collect();
        if !all_digits(&digits) {
            return Err(error(Flaw::Characters));
        }
        if digits.len() != 11 {
            return Err(error(Flaw::Length));
        }
        if !is_mobile(&digits) {
            return Err(error(Flaw::Range));
        }
        Ok(Self(digits))
    }

    /// Reads a mobile number or a landline with area code.
    pub fn parse(input: &str) -> Result<Self, IdentityNumberError> {
        if let Ok(mobile) = Self::parse_mobile(input) {
            return Ok(mobile);
        }
        let error = |flaw| IdentityNumberError::new(NumberKind::Phone, flaw);
        if input.len() > LONGEST_INPUT {
            return Err(error(Flaw::Length));
        }
        let text = written(input);
        if !all_digits(&text.replace('-', "")) {
            return Err(error(Flaw::Characters));
        }
        landline(&text).map(Self).ok_or(error(Flaw::Range))
    }

    /// The number in normal form.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A mobile can take short messages, a landline cannot.
    pub fn is_mobile(&self) -> bool {
        is_mobile(&self.0)
    }

    /// `138****1234`; a landline keeps its area code and its last two: `0731-******00`.
    pub fn masked(&self) -> String {
        match self.0.split_once('-') {
            None => super::mask::keep_ends(&self.0, 3, 4),
            Some((area, rest)) => {
                let number = rest.split('-').next().unwrap_or(rest);
                format!("{area}-{}", super::mask::keep_ends(number, 0, 2))
            }
        }
    }
}

/// Half-width, without blanks and brackets, without the country code.
fn written(input: &str) -> String {
    let text: String = half_width(input)
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '(' | ')'))
        .map(|c| {
            if matches!(c, '\u{2010}'..='\u{2015}' | '\u{2212}') {
                '-'
            } else {
                c
            }
        })
        .collect();
    for country in ["+86", "0086"] {
        if let Some(rest) = text.strip_prefix(country) {
            return rest.trim_start_matches('-').to_owned();
        }
    }
    match text.strip_prefix("86") {
        Some(rest) if is_mobile(rest.trim_start_matches('-')) => {
            rest.trim_start_matches('-').to_owned()
        }
        _ => text,
    }
}

fn is_mobile(digits: &str) -> bool {
    digits.len() == 11
        && all_digits(digits)
        && digits.starts_with('1')
        && digits
            .as_bytes()
            .get(1)
            .is_some_and(|second| *second >= b'3')
}

/// Area code (010, 02x, else four digits), 7 or 8 digits not beginning with 0 or 1, extension.
fn landline(text: &str) -> Option<String> {
    let area_length = if text.starts_with("010") || text.starts_with("02") {
        3
    } else {
        4
    };
    let (area, rest) = (text.get(..area_length)?, text.get(area_length..)?);
    let fits_area = all_digits(area) && area.starts_with('0') && !area.starts_with("00");
    let mut parts = rest.strip_prefix('-').unwrap_or(rest).split('-');
    let number = parts.next()?;
    let extension = parts.next();
    let fits_number = all_digits(number)
        && matches!(number.len(), 7 | 8)
        && !number.starts_with(['0', '1'])
        && parts.next().is_none();
    match extension {
        _ if !fits_area || !fits_number => None,
        None => Some(format!("{area}-{number}")),
        Some(extension) if all_digits(extension) && extension.len() <= 6 => {
            Some(format!("{area}-{number}-{extension}"))
        }
        Some(_) => None,
    }
}

impl TryFrom<String> for Phone {
    type Error = IdentityNumberError;

    fn try_from(stored: String) -> Result<Self, IdentityNumberError> {
        Self::parse(&stored)
    }
}

impl From<Phone> for String {
    fn from(phone: Phone) -> Self {
        phone.0
    }
}

impl fmt::Debug for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Phone({})", self.masked())
    }
}
