//! Identity numbers: citizen ids (GB 11643), unified social credit codes (GB 32100), telephone
//! numbers. A value of these types holds the normalised number; `Debug` shows its mask only,
//! since a person's number must never reach a log. Errors never repeat what was entered.

mod citizen_id;
mod credit_code;
mod mask;
mod phone;

use std::fmt;

pub use citizen_id::{CitizenId, DivisionWarning, IssuedFor, Sex};
pub use credit_code::CreditCode;
pub use mask::{mask_id, mask_name};
pub use phone::Phone;

use crate::locale::Locale;

/// Longest input that is looked at; no number with all its blanks is longer.
const LONGEST_INPUT: usize = 64;

/// Which number was entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NumberKind {
    /// 公民身份号码
    CitizenId,
    /// The 15-digit number of the first generation, met only on import.
    OldCitizenId,
    /// 统一社会信用代码
    CreditCode,
    /// Mobile number.
    Mobile,
    /// Mobile, or landline with area code.
    Phone,
}

/// What is wrong with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Flaw {
    /// Wrong number of characters.
    Length,
    /// A character that cannot stand where it stands.
    Characters,
    /// The birth date is no day of the calendar.
    Date,
    /// The birth date lies after today.
    FutureDate,
    /// The check character does not fit.
    Checksum,
    /// The organisation code inside a credit code (GB 11714) does not fit its check character.
    OrganisationCode,
    /// No such number range or area code.
    Range,
}

/// A refused number: which kind, and why; without the number itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct IdentityNumberError {
    /// Which number.
    pub number: NumberKind,
    /// Why it is refused.
    pub flaw: Flaw,
}

impl IdentityNumberError {
    pub(crate) fn new(number: NumberKind, flaw: Flaw) -> Self {
        Self { number, flaw }
    }

    /// Stable code, e.g. `identity_number.checksum`.
    pub fn code(self) -> &'static str {
        match self.flaw {
            Flaw::Length => "identity_number.length",
            Flaw::Characters => "identity_number.characters",
            Flaw::Date => "identity_number.date",
            Flaw::FutureDate => "identity_number.future_date",
            Flaw::Checksum => "identity_number.checksum",
            Flaw::OrganisationCode => "identity_number.organisation_code",
            Flaw::Range => "identity_number.range",
        }
    }

    /// The sentence for the person who entered it.
    pub fn text(self, locale: Locale) -> &'static str {
        let (chinese, english) = self.texts();
        match locale {
            Locale::Chinese => chinese,
            Locale::English => english,
        }
    }

    fn texts(self) -> (&'static str, &'static str) {
        use Flaw::{Characters, Checksum, Date, FutureDate, Length, OrganisationCode, Range};
        use NumberKind::{CitizenId, CreditCode, Mobile, OldCitizenId, Phone};
        match (self.number, self.flaw) {
            (OldCitizenId, Length | Characters) => (
                "旧版身份号码应为 15 位数字",
                "An old citizen ID has 15 digits",
            ),
            (CitizenId, Length) => ("公民身份号码应为 18 位", "A citizen ID has 18 characters"),
            (CitizenId, Characters) => (
                "公民身份号码前 17 位应为数字，最后一位为数字或 X",
                "A citizen ID consists of 17 digits and a final digit or X",
            ),
            (CitizenId | OldCitizenId, Date) => (
                "公民身份号码中的出生日期不存在，请核对第 7 至 14 位",
                "The birth date in the citizen ID (characters 7 to 14) does not exist",
            ),
            (CitizenId | OldCitizenId, FutureDate) => (
                "公民身份号码中的出生日期晚于今天，请核对第 7 至 14 位",
                "The birth date in the citizen ID (characters 7 to 14) is in the future",
            ),
            (CreditCode, Length) => (
                "统一社会信用代码应为 18 位",
                "A unified social credit code has 18 characters",
            ),
            (CreditCode, Characters) => (
                "统一社会信用代码由数字和大写字母组成，不使用 I、O、S、V、Z，第 3 至 8 位为数字",
                "A unified social credit code uses digits and capitals without I, O, S, V, Z; characters 3 to 8 are digits",
            ),
            (CreditCode, OrganisationCode) => (
                "统一社会信用代码第 9 至 17 位（组织机构代码）校验不通过，请核对",
                "Characters 9 to 17 of the credit code (organisation code) do not pass their check",
            ),
            (CreditCode, _) => (
                "统一社会信用代码校验不通过，请逐位核对",
                "The credit code does not pass its check; compare it character by character",
            ),
            (CitizenId | OldCitizenId, Checksum | OrganisationCode | Range) => (
                "公民身份号码校验不通过，请逐位核对",
                "The citizen ID does not pass its check; compare it digit by digit",
            ),
            (Mobile, Length) => ("手机号码应为 11 位", "A mobile number has 11 digits"),
            (Mobile, _) => ("请填写正确的手机号码", "Enter a valid mobile number"),
            (Phone, _) => (
                "请填写手机号码，或带区号的固定电话，如 0731-84560000",
                "Enter a mobile number, or a landline with its area code such as 0731-84560000",
            ),
        }
    }
}

impl fmt::Display for IdentityNumberError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code(), self.text(Locale::English))
    }
}

impl std::error::Error for IdentityNumberError {}

/// Full-width letters, digits and signs (U+FF01..U+FF5E) and the ideographic blank as ASCII.
pub fn half_width(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{3000}' => ' ',
            '\u{ff01}'..='\u{ff5e}' => {
                char::from_u32(u32::from(c).saturating_sub(0xfee0)).unwrap_or(c)
            }
            other => other,
        })
        .collect()
}

/// Half-width capitals without blanks: people paste numbers in groups.
fn compact(input: &str) -> String {
    half_width(input)
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| c.to_ascii_uppercase())
        .collect()
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}
