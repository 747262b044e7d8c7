//! How long a permit is valid, out of the words of its item: `自发证之日起五年`, `一年六个月`,
//! `长期有效`. Words that may mean something else, or name no span, say nothing rather than a wrong day.

use chrono::{Days, Months, NaiveDate};

/// Words for a validity without an end.
const UNLIMITED: [&str; 6] = ["长期", "永久", "终身", "无固定期限", "无限期", "不限期"];
/// What makes of the span behind it a bound, a choice, a rhythm or the end of another.
const BEFORE: [&str; 17] = [
    "前",
    "后",
    "不超过",
    "最长",
    "最多",
    "至多",
    "至少",
    "至",
    "到",
    "-",
    "—",
    "~",
    "或",
    "或者",
    "每",
    "第",
    "月",
];
/// What makes of the span before it a term for something else, or a choice.
const AFTER: [&str; 12] = [
    "前", "内", "以内", "之内", "后", "以上", "以下", "左右", "或", "至", "到", "、",
];
/// Longer spans are years of a date.
const LONGEST: u32 = 100;

/// What words say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Validity {
    /// Valid up to this day.
    Until(NaiveDate),
    /// Valid without an end.
    Unlimited,
    /// No day that one could rely on.
    Unclear,
}

/// The validity of what was granted on `from`.
pub(crate) fn validity(from: NaiveDate, words: &str) -> Validity {
    let words: Vec<char> = words.chars().filter(|c| !c.is_whitespace()).collect();
    let text: String = words.iter().collect();
    let unlimited = UNLIMITED.iter().any(|word| text.contains(word));
    match (unlimited, spans(&words).as_slice()) {
        (true, []) => Validity::Unlimited,
        (false, [span]) => span
            .last_day(from)
            .map_or(Validity::Unclear, Validity::Until),
        _ => Validity::Unclear,
    }
}

/// The last day, where words say one.
pub(crate) fn valid_to(from: NaiveDate, words: &str) -> Option<NaiveDate> {
    match validity(from, words) {
        Validity::Until(day) => Some(day),
        Validity::Unlimited | Validity::Unclear => None,
    }
}

/// So long.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Span {
    months: u32,
    days: u32,
}

impl Span {
    fn last_day(self, from: NaiveDate) -> Option<NaiveDate> {
        from.checked_add_months(Months::new(self.months))?
            .checked_add_days(Days::new(self.days.into()))?
            .pred_opt()
    }
}

/// The spans that words name, without those that are for something else.
fn spans(words: &[char]) -> Vec<Span> {
    let (mut found, mut at) = (Vec::new(), 0);
    while at < words.len() {
        let (span, end) = span(words, at);
        if end == at {
            // Past the whole number: the rest of one is none of its own.
            at += number(words, at).chars().count().max(1);
            continue;
        }
        let head: String = words.iter().take(at).collect();
        let tail: String = words.iter().skip(end).collect();
        let other = BEFORE.iter().any(|word| head.ends_with(word))
            || AFTER.iter().any(|word| tail.starts_with(word));
        if !other {
            found.push(span);
        }
        at = end;
    }
    found
}

/// The span that begins here, all its parts, and where it ends; an empty one where there is none.
fn span(words: &[char], start: usize) -> (Span, usize) {
    let (mut span, mut at) = (Span::default(), start);
    while let Some((part, end)) = part(words, at) {
        span.months += part.months;
        span.days += part.days;
        at = end;
    }
    (span, at)
}

/// A number with its unit.
fn part(words: &[char], start: usize) -> Option<(Span, usize)> {
    let number = number(words, start);
    let many = read(&number).filter(|many| *many <= LONGEST * 12)?;
    let unit_at = start + number.chars().count();
    let rest: String = words.iter().skip(unit_at).take(2).collect();
    let (months, days, length) = if rest == "周年" {
        (many * 12, 0, 2)
    } else if rest.starts_with('年') && many <= LONGEST {
        (many * 12, 0, 1)
    } else if rest == "个月" {
        (many, 0, 2)
    } else if rest.starts_with(['日', '天']) {
        (0, many, 1)
    } else {
        return None;
    };
    Some((Span { months, days }, unit_at + length))
}

/// The digits that stand here.
fn number(words: &[char], start: usize) -> String {
    let from_here = words.iter().skip(start);
    from_here.take_while(|c| digit(**c).is_some()).collect()
}

fn digit(c: char) -> Option<u32> {
    match c {
        '〇' => Some(0),
        '两' => Some(2),
        '０'..='９' => Some(u32::from(c) - u32::from('０')),
        _ => c.to_digit(10).or_else(|| {
            let at = "零一二三四五六七八九十".chars().position(|one| one == c)?;
            u32::try_from(at).ok()
        }),
    }
}

/// Digits, or Chinese up to ninety-nine.
fn read(number: &str) -> Option<u32> {
    let one = |text: &str| {
        let mut all = text.chars();
        let first = all.next().and_then(digit)?;
        all.next().is_none().then_some(first)
    };
    let all = match number.split_once('十') {
        Some((tens, ones)) => {
            let tens = if tens.is_empty() { 1 } else { one(tens)? };
            let ones = if ones.is_empty() { 0 } else { one(ones)? };
            tens * 10 + ones
        }
        None => number
            .chars()
            .try_fold(0_u32, |sum, c| sum.checked_mul(10)?.checked_add(digit(c)?))?,
    };
    (all > 0).then_some(all)
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::{Validity, valid_to, validity};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn spans_are_read_wherever_they_stand() {
        for (words, to) in [
            ("5年", "2031-11-21"),
            ("5 年", "2031-11-21"),
            ("三年", "2029-11-21"),
            ("两年", "2028-11-21"),
            ("十年", "2036-11-21"),
            ("十五年", "2041-11-21"),
            ("二十年", "2046-11-21"),
            ("6个月", "2027-05-21"),
            ("三十日", "2026-12-21"),
            ("自发证之日起五年", "2031-11-21"),
            ("有效期五年", "2031-11-21"),
            ("有效期为４年。", "2030-11-21"),
            ("一年六个月", "2028-05-21"),
            ("注册有效期五年，期满前三十日申请延续", "2031-11-21"),
            ("有效期三年，届满30日前申请延续", "2029-11-21"),
            ("有效期四年，每两年审验一次", "2030-11-21"),
        ] {
            assert_eq!(valid_to(day("2026-11-22"), words), Some(day(to)), "{words}");
        }
    }

    #[test]
    fn only_what_is_said_to_be_unlimited_is() {
        for words in [
            "长期",
            "长期有效；场址、经营范围改变的应当重新申请",
            "招牌不变更的长期有效",
            "永久有效",
        ] {
            let said = validity(day("2026-11-22"), words);
            assert_eq!(said, Validity::Unlimited, "{words}");
        }
        for words in [
            "",
            "年",
            "5次",
            "零年",
            "以证件载明的有效期为准",
            "本次生育有效",
            "至2027年12月31日",
            "2027年12月31日止",
            "至二〇二七年底",
            "不超过五年",
            "三年或五年",
            "3至5年",
            "二十个工作日",
            "主证三年，副证五年",
            "营业期限长期，许可证五年",
        ] {
            let said = validity(day("2026-11-22"), words);
            assert_eq!(said, Validity::Unclear, "{words}");
        }
    }
}
