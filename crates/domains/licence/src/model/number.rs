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

/// How somebody may have meant a number: as he typed it; with letters and digits of half width in
/// capitals; and with the full brackets that official numbers have.
pub(crate) fn as_written(typed: &str) -> Vec<String> {
    let plain = |c: char| match c {
        'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '０'..='９' => {
            let ascii = u32::from(c) - 0xFEE0;
            char::from_u32(ascii).unwrap_or(c).to_ascii_uppercase()
        }
        _ => c.to_ascii_uppercase(),
    };
    let plain: String = typed
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(plain)
        .collect();
    let full = plain.replace('(', "（").replace(')', "）");
    let mut all = vec![typed.to_owned(), plain, full];
    all.dedup();
    all
}

#[cfg(test)]
mod tests {
    use super::{Numbering, as_written, is_rule, number};

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

    #[test]
    fn a_number_is_found_however_it_is_typed() {
        for typed in [
            "JY2430102000001",
            "jy2430102000001",
            "ＪＹ２４３０１０２０００００１",
            "JY2430102 000001",
        ] {
            assert!(
                as_written(typed).contains(&"JY2430102000001".to_owned()),
                "{typed}"
            );
        }
        let bracketed = "（430102）动防合字第2026000001号".to_owned();
        assert!(as_written("(430102)动防合字第2026000001号").contains(&bracketed));
    }
}
