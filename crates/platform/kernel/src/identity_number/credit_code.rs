//! Unified social credit codes (统一社会信用代码, GB 32100): registering organ, kind, 6 division,
//! 9 organisation code (GB 11714, with a check character of its own), 1 check character.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Flaw, IdentityNumberError, LONGEST_INPUT, NumberKind, all_digits, compact};

/// Digits and capitals without I, O, S, V, Z; the place of a character is its value.
const ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";
/// 3^i mod 31.
const WEIGHTS: [usize; 17] = [
    1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28,
];
const ORGANISATION_WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];

/// A valid credit code in normal form.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CreditCode(String);

impl CreditCode {
    /// Reads what a person entered: blanks, full-width characters and small letters are put
    /// right. Checked in this order: length, characters, checksum, organisation code.
    pub fn parse(input: &str) -> Result<Self, IdentityNumberError> {
        let error = |flaw| IdentityNumberError::new(NumberKind::CreditCode, flaw);
        if input.len() > LONGEST_INPUT {
            return Err(error(Flaw::Length));
        }
        let code = compact(input);
        if code.chars().count() != 18 {
            return Err(error(Flaw::Length));
        }
        let known = code.chars().all(|c| ALPHABET.contains(c));
        if !known || !code.get(2..8).is_some_and(all_digits) {
            return Err(error(Flaw::Characters));
        }
        if check_character(&code) != code.chars().last() {
            return Err(error(Flaw::Checksum));
        }
        if !organisation_code_fits(&code) {
            return Err(error(Flaw::OrganisationCode));
        }
        Ok(Self(code))
    }

    /// The 18 characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The nine characters of the organisation code (组织机构代码).
    pub fn organisation_code(&self) -> &str {
        self.0.get(8..17).unwrap_or_default()
    }

    /// The six digits of the registering organ's division.
    pub fn division_code(&self) -> &str {
        self.0.get(2..8).unwrap_or_default()
    }

    /// First and last four, for one-person businesses.
    pub fn masked(&self) -> String {
        super::mask::keep_ends(&self.0, 4, 4)
    }
}

fn check_character(code: &str) -> Option<char> {
    let sum: usize = code
        .chars()
        .zip(WEIGHTS)
        .map(|(c, weight)| ALPHABET.find(c).unwrap_or_default() * weight)
        .sum();
    ALPHABET.chars().nth((31 - sum % 31) % 31)
}

fn organisation_code_fits(code: &str) -> bool {
    let inner = code.get(8..17).unwrap_or_default();
    let sum: u32 = inner
        .chars()
        .zip(ORGANISATION_WEIGHTS)
        .map(|(c, weight)| c.to_digit(36).unwrap_or_default() * weight)
        .sum();
    let check = match 11 - sum % 11 {
        10 => Some('X'),
        11 => Some('0'),
        digit => char::from_digit(digit, 10),
    };
    check == inner.chars().nth(8)
}

impl TryFrom<String> for CreditCode {
    type Error = IdentityNumberError;

    fn try_from(stored: String) -> Result<Self, IdentityNumberError> {
        Self::parse(&stored)
    }
}

impl From<CreditCode> for String {
    fn from(code: CreditCode) -> Self {
        code.0
    }
}

impl fmt::Debug for CreditCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CreditCode({})", self.masked())
    }
}
