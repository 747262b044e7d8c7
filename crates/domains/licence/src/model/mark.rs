//! 电子证照标识 (GB/T 36904): root, type code, organ, serial, version, and a check character by
//! ISO/IEC 7064 MOD 37,36 (GB/T 17710) over all that stands behind the root, without the dots.

/// 电子证照根代码.
const ROOT: &str = "1.2.156.3005.2";

/// The identifier of a licence.
pub(crate) fn mark(type_code: &str, organ: &str, serial: i64, version: i32) -> String {
    let (serial, version) = (format!("{serial:07}"), format!("{version:03}"));
    let check = check_character(&[type_code, organ, &serial, &version].concat());
    let check = check.map(String::from).unwrap_or_default();
    format!("{ROOT}.{type_code}.{organ}.{serial}.{version}.{check}")
}

/// The identifier of the next version of a licence: all but version and check character stay.
pub(crate) fn next(of: &str, version: i32) -> Option<String> {
    let mut parts = of.strip_prefix(ROOT)?.strip_prefix('.')?.split('.');
    let (type_code, organ) = (parts.next()?, parts.next()?);
    let serial = parts.next()?.parse().ok()?;
    Some(mark(type_code, organ, serial, version))
}

/// Whether a text is an identifier whose check character fits.
pub fn is_mark(text: &str) -> bool {
    let Some(parts) = text
        .strip_prefix(ROOT)
        .and_then(|rest| rest.strip_prefix('.'))
    else {
        return false;
    };
    let parts: Vec<&str> = parts.split('.').collect();
    let [type_code, organ, serial, version, check] = parts.as_slice() else {
        return false;
    };
    let body = [*type_code, *organ, *serial, *version].concat();
    check.len() == 1 && check_character(&body).is_some_and(|wanted| check.starts_with(wanted))
}

/// MOD 37,36; none where a character is neither digit nor capital letter.
fn check_character(body: &str) -> Option<char> {
    let mut product = 36;
    for character in body.chars() {
        if character.is_lowercase() {
            return None;
        }
        let sum = (product + character.to_digit(36)?) % 36;
        product = if sum == 0 { 36 } else { sum } * 2 % 37;
    }
    char::from_digit((37 - product) % 36, 36).map(|c| c.to_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::{check_character, is_mark, mark, next};

    #[test]
    fn the_check_character_is_that_of_the_standard() {
        // The worked example of ISO/IEC 7064 in the Global Release Identifier: A1-2425G-ABC1234002-M.
        assert_eq!(check_character("A12425GABC1234002"), Some('M'));
        assert_eq!(check_character("a1"), None);
        assert_eq!(check_character("证"), None);
    }

    #[test]
    fn a_mark_shows_every_wrong_character() {
        let mark = mark("11430100TB0000052H001", "11430100TB0000052H", 12, 1);
        assert!(
            mark.starts_with(
                "1.2.156.3005.2.11430100TB0000052H001.11430100TB0000052H.0000012.001."
            )
        );
        assert!(is_mark(&mark));
        let digits = mark.char_indices().skip("1.2.156.3005.2.".len());
        for (at, c) in digits.filter(|(_, c)| c.is_ascii_digit()) {
            let other = if c == '7' { '8' } else { '7' };
            let mut wrong = mark.clone();
            wrong.replace_range(at..=at, &other.to_string());
            assert!(!is_mark(&wrong), "{wrong}");
        }
        assert!(!is_mark("1.2.156.3005.2.1"));
        let second = next(&mark, 2).unwrap();
        assert!(is_mark(&second) && second.contains(".0000012.002."));
    }
}
