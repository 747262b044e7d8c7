//! Booking numbers: eight digits that are read aloud as four and four; the last one checks the others
//! (ISO 7064 MOD 11,10), so that a digit misheard names nobody else.

use tb_kernel::Entropy;

/// A number; whether it is taken is for the store to say.
pub(crate) fn new_number(entropy: &dyn Entropy) -> String {
    let mut bytes = [0_u8; 8];
    entropy.fill(&mut bytes);
    let digits = format!("{:07}", u64::from_le_bytes(bytes) % 10_000_000);
    let check = check_digit(&digits);
    format!("{digits}{check}")
}

/// A number as it was typed: blanks and hyphens do not count.
pub(crate) fn read(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(|c| !matches!(c, ' ' | '-')).collect();
    let body = digits.get(..7)?;
    let whole = digits.len() == 8 && digits.bytes().all(|b| b.is_ascii_digit());
    (whole && digits.get(7..) == Some(check_digit(body).to_string().as_str())).then_some(digits)
}

fn check_digit(digits: &str) -> u32 {
    let product = digits.bytes().fold(10, |product, byte| {
        let sum = (product + u32::from(byte.wrapping_sub(b'0'))) % 10;
        (if sum == 0 { 10 } else { sum }) * 2 % 11
    });
    (11 - product) % 10
}

#[cfg(test)]
mod tests {
    use super::{check_digit, new_number, read};
    use tb_kernel::Entropy;

    struct Same(u8);

    impl Entropy for Same {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(self.0);
        }
    }

    #[test]
    fn a_number_is_read_however_it_is_spaced_and_a_wrong_digit_is_noticed() {
        // The example of ISO 7064: 0794 → 5.
        assert_eq!(check_digit("0794"), 5);
        let number = new_number(&Same(7));
        assert_eq!(number.len(), 8);
        let spaced = format!(" {} {}", &number[..4], &number[4..]);
        assert_eq!(read(&spaced).as_ref(), Some(&number));
        for at in 0..8 {
            let digit = (number.as_bytes()[at] - b'0' + 1) % 10;
            let wrong = format!("{}{digit}{}", &number[..at], &number[at + 1..]);
            assert_eq!(read(&wrong), None, "{wrong}");
        }
        assert_eq!(read("1234567"), None);
        assert_eq!(read("一二三四"), None);
    }
}
