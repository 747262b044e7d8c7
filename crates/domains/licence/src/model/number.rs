//! Numbers of licences by the rule of their type.

/// What a rule can name.
pub(crate) struct Numbering<'a> {
    /// Year of issue.
    pub year: i32,
    /// Serial of the organ's licences of the type in that year.
    pub serial: i64,
    /// Credit code of the organ.
    pub organ: &'a str,
    /// Division code of the region.
    pub region: &'a str,
}

/// Names that may stand in braces.
pub(crate) const NAMES: [&str; 4] = ["year", "serial", "organ", "region"];

/// The number that a rule makes: `JY243{region}{serial}`.
pub(crate) fn number(rule: &str, of: &Numbering<'_>) -> String {
    rule.replace("{year}", &of.year.to_string())
        .replace("{serial}", &format!("{:06}", of.serial))
        .replace("{organ}", of.organ)
        .replace("{region}", of.region)
}

/// Whether a rule can be used: it names a serial and nothing unknown.
pub(crate) fn is_rule(rule: &str) -> bool {
    let left = NAMES.iter().fold(rule.to_owned(), |rule, name| {
        rule.replace(&format!("{{{name}}}"), "")
    });
    rule.contains("{serial}") && !left.contains(['{', '}'])
}

#[cfg(test)]
mod tests {
    use super::{Numbering, is_rule, number};

    #[test]
    fn a_rule_makes_numbers() {
        let of = Numbering {
            year: 2026,
            serial: 12,
            organ: "11430102TB0000108H",
            region: "430102",
        };
        assert_eq!(number("JY2{region}{serial}", &of), "JY2430102000012");
        assert_eq!(
            number("芙老优证〔{year}〕{serial}号", &of),
            "芙老优证〔2026〕000012号"
        );
        assert!(is_rule("{year}-{serial}"));
        assert!(!is_rule("{year}"));
        assert!(!is_rule("{serial}{month}"));
    }
}
