//! Words of citizens before the public sees them: numbers of persons are masked by rule, names by
//! whoever reads them.

/// Digits in a row from which on they may be a number of somebody: room and year numbers are shorter.
const LONG: usize = 6;

/// The words with long numbers masked, as a proposal to the reader.
pub(crate) fn masked(words: &str) -> String {
    let mut masked = String::with_capacity(words.len());
    let mut number = String::new();
    for c in words.chars().chain(std::iter::once('\n')) {
        if is_of_number(c) {
            number.push(c);
            continue;
        }
        if number.chars().count() >= LONG {
            masked.extend(number.chars().map(|_| '*'));
        } else {
            masked.push_str(&number);
        }
        number.clear();
        masked.push(c);
    }
    masked.pop();
    masked
}

/// Whether a long number still stands in the words.
pub(crate) fn tell_numbers(words: &str) -> bool {
    masked(words) != words
}

fn is_of_number(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '０'..='９' | 'X' | 'x')
}

#[cfg(test)]
mod tests {
    use super::{masked, tell_numbers};

    #[test]
    fn long_numbers_are_masked_and_short_ones_stay() {
        assert_eq!(
            masked("13907310001 打了 3 次，2026年，430102199307169986"),
            "*********** 打了 3 次，2026年，******************"
        );
        assert_eq!(masked("１３９０７３１"), "*******");
        assert!(tell_numbers("电话13907310001"));
        assert!(!tell_numbers("2026年跑了3趟，很慢"));
        assert_eq!(masked(""), "");
    }
}
