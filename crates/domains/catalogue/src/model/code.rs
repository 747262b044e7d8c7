//! Codes of items and departments: one written form for looking up, and what a code must be.

use tb_contract::item::{ExerciseLevel, ItemDocument};
use tb_kernel::identity_number::{CreditCode, half_width};

/// The longest code that is kept.
pub(crate) const LONGEST: usize = 80;
/// Length of an implementation code (实施编码): credit code 18 + level 1 + base code 12.
const IMPLEMENTATION: usize = 31;

/// The form in which codes are looked up: capitals without blanks and `-`, cut at `_`.
pub(crate) fn normal(code: &str) -> String {
    let code = half_width(code);
    let kept = code.split('_').next().unwrap_or_default();
    kept.chars()
        .filter(|c| !c.is_whitespace() && *c != '-')
        .map(|c| c.to_ascii_uppercase())
        .collect()
}

/// A valid credit code in a code as a list writes it.
pub(crate) fn credit_code(code: &str) -> Option<String> {
    CreditCode::parse(&normal(code))
        .ok()
        .map(|code| code.as_str().to_owned())
}

/// Whether a text can be the code of an item: letters, digits and `-`.
pub(crate) fn is_written_well(code: &str) -> bool {
    (4..=LONGEST).contains(&code.len())
        && code.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

/// Whether the credit code inside an implementation code is valid; other codes have none.
pub(crate) fn names_a_valid_office(code: &str) -> bool {
    let code = normal(code);
    match code.get(..18) {
        Some(office) if code.len() == IMPLEMENTATION => CreditCode::parse(office).is_ok(),
        _ => true,
    }
}

/// Whether a code has the form of an implementation code: 31 letters and digits.
pub(crate) fn is_implementation(code: &str) -> bool {
    normal(code).len() == IMPLEMENTATION
}

/// Whether a code begins as an implementation code does, with a valid credit code, and then has too
/// few or too many digits: somebody has mistyped it.
pub(crate) fn is_cut_short(code: &str) -> bool {
    let code = normal(code);
    let begins = code
        .get(..18)
        .is_some_and(|office| CreditCode::parse(office).is_ok());
    begins && code.len() != IMPLEMENTATION
}

/// The level of exercise that an implementation code names behind its credit code.
pub(crate) fn level(code: &str) -> Option<ExerciseLevel> {
    let code = normal(code);
    let digit = code.chars().nth(18)?;
    (code.len() == IMPLEMENTATION)
        .then(|| ExerciseLevel::from_digit(digit))
        .flatten()
}

/// Whether a business code (业务办理项编码) belongs to an implementation code: two digits more.
pub(crate) fn belongs(business: &str, implementation: &str) -> bool {
    let (business, implementation) = (normal(business), normal(implementation));
    implementation.len() != IMPLEMENTATION
        || business
            .strip_prefix(&implementation)
            .is_some_and(|rest| rest.len() == 2 && rest.bytes().all(|b| b.is_ascii_digit()))
}

/// A code for what a list leaves without one: the same parts always give the same code.
pub(crate) fn made_of(parts: &[&str]) -> String {
    // FNV-1a: stable over program versions, which the standard library's hash is not.
    let bytes = parts.iter().flat_map(|part| part.bytes().chain([0]));
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("X{hash:016X}")
}

/// What kind of code an item is known by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CodeKind {
    Implementation,
    Business,
    External,
}

impl CodeKind {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Implementation => "implementation",
            Self::Business => "business",
            Self::External => "external",
        }
    }
}

/// Every code of an item in its looked-up form, each once, with where it stands in the document.
pub(crate) fn all_of(item: &ItemDocument) -> Vec<(String, CodeKind, String)> {
    let mut all: Vec<(String, CodeKind, String)> = Vec::new();
    let mut add = |code: &str, kind, path: String| {
        let code = normal(code);
        if !code.is_empty() && all.iter().all(|(known, _, _)| *known != code) {
            all.push((code, kind, path));
        }
    };
    add(&item.code, CodeKind::Implementation, "/code".to_owned());
    if let Some(business) = &item.business_code {
        add(business, CodeKind::Business, "/business_code".to_owned());
    }
    for (at, external) in item.external_codes.iter().enumerate() {
        add(
            external,
            CodeKind::External,
            format!("/external_codes/{at}"),
        );
    }
    all
}

#[cfg(test)]
mod tests {
    use super::{
        belongs, credit_code, is_cut_short, is_written_well, level, names_a_valid_office, normal,
    };
    use tb_contract::item::ExerciseLevel;

    #[test]
    fn codes_of_lists_are_brought_into_one_form() {
        assert_eq!(normal(" 00877868-5 "), "008778685");
        assert_eq!(normal("1151130108778239R_6391"), "1151130108778239R");
        assert_eq!(normal("１１５a"), "115A");
        assert_eq!(
            credit_code("11511301452259996u").as_deref(),
            Some("11511301452259996U")
        );
        assert_eq!(credit_code("1151130108778239R_6391"), None);
    }

    #[test]
    fn a_business_code_is_its_implementation_code_and_two_digits() {
        let code = "11430102TB000008714432099001000";
        assert!(belongs("11430102TB00000871443209900100001", code));
        assert!(!belongs("11430102TB0000087144320990010001", code));
        assert!(!belongs("11430102TB0000087144320990010000A", code));
        assert_eq!(level(code), Some(ExerciseLevel::County));
        assert_eq!(level("11430102TB000008719432099001000"), None);
        assert!(is_cut_short("11430102TB00000871443209900100") && !is_cut_short(code));
        assert!(!is_cut_short("511Z07001006-1-00"));
        assert!(belongs("anything", "511Z07001006-1-00"));
        assert!(names_a_valid_office(code));
        assert!(!names_a_valid_office("11430102TB000008724432099001000"));
        assert!(
            is_written_well("511Z07001006-1-00")
                && !is_written_well("事项")
                && !is_written_well("A/B1")
        );
    }
}
