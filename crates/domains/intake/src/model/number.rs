//! Case numbers: division 6 + day 8 + serial 6 + check digit (ISO 7064 MOD 11,10); and query
//! passwords.

use chrono::NaiveDate;
use tb_kernel::{Entropy, Region};
use tb_storage::{Column, Sealer};

/// The greatest serial of a division and day.
pub(crate) const MAX_SERIAL: i64 = 999_999;

const PEPPER: Column = Column::new("intake_application", "query_password");

/// Division and day, for which serials are given.
pub(crate) fn series(region: &Region, day: NaiveDate) -> String {
    format!("{}{}", region.six(), day.format("%Y%m%d"))
}

/// The case number with this serial.
pub(crate) fn case_number(series: &str, serial: i64) -> String {
    let digits = format!("{series}{serial:06}");
    let check = check_digit(&digits);
    format!("{digits}{check}")
}

/// What stands in front of the number of a batch's receipt (批量), and of its series.
const BATCH: &str = "PL";

/// Division and day, for which serials of batches are given.
pub(crate) fn batch_series(region: &Region, day: NaiveDate) -> String {
    format!("{BATCH}{}", series(region, day))
}

/// The number of the receipt with this serial: like a case number, but none.
pub(crate) fn batch_number(batch_series: &str, serial: i64) -> String {
    let digits = batch_series.strip_prefix(BATCH).unwrap_or(batch_series);
    format!("{BATCH}{}", case_number(digits, serial))
}

/// Whether a text has the form of a case number with its check digit.
pub(crate) fn is_case_number(text: &str) -> bool {
    let (Some(body), Some(last)) = (text.get(..20), text.get(20..)) else {
        return false;
    };
    text.bytes().all(|b| b.is_ascii_digit()) && last == check_digit(body).to_string()
}

/// ISO 7064 MOD 11,10 over decimal digits.
fn check_digit(digits: &str) -> u32 {
    let product = digits.bytes().fold(10, |product, byte| {
        let sum = (product + u32::from(byte.wrapping_sub(b'0'))) % 10;
        (if sum == 0 { 10 } else { sum }) * 2 % 11
    });
    (11 - product) % 10
}

/// A query password of six digits.
pub(crate) fn query_password(entropy: &dyn Entropy) -> String {
    // A range of 2^32 is no multiple of 10^6; numbers beyond the last whole multiple are thrown
    // away, so that every password is equally likely.
    const FAIR: u32 = u32::MAX - u32::MAX % 1_000_000;
    loop {
        let mut bytes = [0_u8; 4];
        entropy.fill(&mut bytes);
        let number = u32::from_le_bytes(bytes);
        if number < FAIR {
            return format!("{:06}", number % 1_000_000);
        }
    }
}

/// The hash to keep of a password, under the installation's key and bound to its case. Six digits
/// are soon tried out whatever a hash costs, so nothing but the key protects them: without it a
/// stolen database tells nothing.
pub(crate) fn hash_password(sealer: &Sealer, case_number: &str, password: &str) -> String {
    hex::encode(sealer.blind_index(PEPPER, &format!("{case_number}:{password}")))
}

/// Whether a password is the one whose hash was kept.
pub(crate) fn is_password(sealer: &Sealer, case_number: &str, password: &str, hash: &str) -> bool {
    hash_password(sealer, case_number, password) == hash
}

#[cfg(test)]
mod tests {
    use super::{case_number, check_digit, is_case_number};

    #[test]
    fn the_check_digit_is_that_of_the_standard() {
        // The example of ISO 7064: 0794 → 5.
        assert_eq!(check_digit("0794"), 5);
    }

    #[test]
    fn a_number_says_where_and_when_and_finds_slips() {
        let number = case_number("43010220261122", 1);
        assert_eq!(number.len(), 21);
        assert!(number.starts_with("43010220261122000001"));
        assert!(is_case_number(&number));
        for at in 0..21 {
            let mut slip = number.clone().into_bytes();
            slip[at] = b'0' + (slip[at] - b'0' + 1) % 10;
            assert!(
                !is_case_number(&String::from_utf8(slip).unwrap()),
                "digit {at}"
            );
        }
        assert!(!is_case_number("") && !is_case_number("一二三四五六七"));
    }
}
