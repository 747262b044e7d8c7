//! Case numbers as anybody may see them: whoever has one may ask for its progress, so the middle is
//! starred.

const HEAD: usize = 6;
const TAIL: usize = 4;

/// `430102***0011`: the place and the end, by which the applicant knows his own.
pub(crate) fn case_number(number: &str) -> String {
    let length = number.chars().count();
    if length <= HEAD + TAIL {
        return "*".repeat(length.max(1));
    }
    let head: String = number.chars().take(HEAD).collect();
    let tail: String = number.chars().skip(length - TAIL).collect();
    format!("{head}****{tail}")
}

#[cfg(test)]
mod tests {
    use super::case_number;

    #[test]
    fn the_middle_is_starred_and_its_length_untold() {
        assert_eq!(case_number("430102202611220000011"), "430102****0011");
        assert_eq!(case_number("4301020011"), "**********");
        assert_eq!(case_number(""), "*");
    }
}
