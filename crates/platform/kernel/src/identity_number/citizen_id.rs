//! Citizen ids (公民身份号码, GB 11643): 6 division, 8 birth date, 3 sequence, 1 check character.
//! Residence permits for people from Hong Kong (81), Macao (82) and Taiwan (83) are built alike.

use std::fmt;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{Flaw, IdentityNumberError, LONGEST_INPUT, NumberKind, all_digits, compact};

const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_CHARACTERS: &[u8; 11] = b"10X98765432";
/// Nobody alive was born earlier; the sample number in the standard itself is of 1880.
const FIRST_YEAR: i32 = 1800;

/// A valid citizen id in normal form.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CitizenId(String);

/// Sex by the 17th digit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    /// 女
    Female,
    /// 男
    Male,
}

/// Whom the number was issued for, by its first two digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum IssuedFor {
    /// A citizen with a household register on the mainland.
    Citizen,
    /// Residence permit, 81.
    HongKongResident,
    /// Residence permit, 82.
    MacaoResident,
    /// Residence permit, 83.
    TaiwanResident,
}

/// A doubt about the division code: shown to a clerk, never a reason to refuse, since ids are
/// issued long after birth and codes come and go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DivisionWarning {
    /// No such division is known.
    Unknown,
    /// The division was set up after the year of birth.
    TooNew,
    /// 9 begins a foreigner's permanent residence card, which is another kind of document.
    ForeignerCard,
}

impl CitizenId {
    /// Reads what a person entered: blanks, full-width characters and a small x are put right.
    /// Checked in this order: length, characters, date, not after `today`, checksum.
    pub fn parse(input: &str, today: NaiveDate) -> Result<Self, IdentityNumberError> {
        let id = Self::read(input, Some(today))?;
        Ok(Self(id))
    }

    /// A 15-digit number of the first generation as its 18-digit successor; for import only.
    /// All of them were given to people born in the twentieth century.
    pub fn upgrade_15(input: &str, today: NaiveDate) -> Result<Self, IdentityNumberError> {
        let error = |flaw| IdentityNumberError::new(NumberKind::OldCitizenId, flaw);
        let old = compact_bounded(input).ok_or(error(Flaw::Length))?;
        if old.chars().count() != 15 {
            return Err(error(Flaw::Length));
        }
        let (Some(division), Some(rest), true) = (old.get(..6), old.get(6..), all_digits(&old))
        else {
            return Err(error(Flaw::Characters));
        };
        let body = format!("{division}19{rest}");
        let full = format!("{body}{}", char::from(check_character(&body)));
        Self::parse(&full, today).map_err(|inner| error(inner.flaw))
    }

    fn read(input: &str, today: Option<NaiveDate>) -> Result<String, IdentityNumberError> {
        let error = |flaw| IdentityNumberError::new(NumberKind::CitizenId, flaw);
        let id = compact_bounded(input).ok_or(error(Flaw::Length))?;
        if id.chars().count() != 18 {
            return Err(error(Flaw::Length));
        }
        let (Some(body), Some(last)) = (id.get(..17), id.as_bytes().get(17)) else {
            return Err(error(Flaw::Characters));
        };
        if !all_digits(body) || !(last.is_ascii_digit() || *last == b'X') {
            return Err(error(Flaw::Characters));
        }
        let born = birth_date(&id).ok_or(error(Flaw::Date))?;
        if today.is_some_and(|today| born > today) {
            return Err(error(Flaw::FutureDate));
        }
        if check_character(body) != *last {
            return Err(error(Flaw::Checksum));
        }
        Ok(id)
    }

    /// The 18 characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Day of birth.
    pub fn birth_date(&self) -> NaiveDate {
        birth_date(&self.0).unwrap_or_default()
    }

    /// Sex: odd is male.
    pub fn sex(&self) -> Sex {
        match self.0.as_bytes().get(16) {
            Some(digit) if digit % 2 == 1 => Sex::Male,
            _ => Sex::Female,
        }
    }

    /// The six digits of the division where it was first issued.
    pub fn division_code(&self) -> &str {
        self.0.get(..6).unwrap_or_default()
    }

    /// Whom the number was issued for.
    pub fn issued_for(&self) -> IssuedFor {
        match self.0.get(..2) {
            Some("81") => IssuedFor::HongKongResident,
            Some("82") => IssuedFor::MacaoResident,
            Some("83") => IssuedFor::TaiwanResident,
            _ => IssuedFor::Citizen,
        }
    }

    /// Doubts about the division code. `since` gives the first year of a six-digit code, `None`
    /// where the code is not known. Residence permits (81, 82, 83) carry fixed codes: no doubt.
    pub fn division_warning(
        &self,
        since: impl FnOnce(&str) -> Option<i32>,
    ) -> Option<DivisionWarning> {
        if self.issued_for() != IssuedFor::Citizen {
            return None;
        }
        if self.0.starts_with('9') {
            return Some(DivisionWarning::ForeignerCard);
        }
        match since(self.division_code()) {
            None => Some(DivisionWarning::Unknown),
            Some(year) if year > self.birth_date().year() => Some(DivisionWarning::TooNew),
            Some(_) => None,
        }
    }

    /// First and last four: `4301**********0037`.
    pub fn masked(&self) -> String {
        super::mask::keep_ends(&self.0, 4, 4)
    }
}

fn compact_bounded(input: &str) -> Option<String> {
    (input.len() <= LONGEST_INPUT).then(|| compact(input))
}

fn birth_date(id: &str) -> Option<NaiveDate> {
    let number = |from: usize, to: usize| id.get(from..to)?.parse::<u32>().ok();
    let year = i32::try_from(number(6, 10)?)
        .ok()
        .filter(|year| *year >= FIRST_YEAR)?;
    NaiveDate::from_ymd_opt(year, number(10, 12)?, number(12, 14)?)
}

fn check_character(body: &str) -> u8 {
    let sum: u32 = body
        .bytes()
        .zip(WEIGHTS)
        .map(|(digit, weight)| u32::from(digit.saturating_sub(b'0')) * weight)
        .sum();
    CHECK_CHARACTERS
        .get(sum as usize % 11)
        .copied()
        .unwrap_or_default()
}

impl TryFrom<String> for CitizenId {
    type Error = IdentityNumberError;

    /// Reads a stored number: it was checked against the day when it came in.
    fn try_from(stored: String) -> Result<Self, IdentityNumberError> {
        Self::read(&stored, None).map(Self)
    }
}

impl From<CitizenId> for String {
    fn from(id: CitizenId) -> Self {
        id.0
    }
}

impl fmt::Debug for CitizenId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CitizenId({})", self.masked())
    }
}
