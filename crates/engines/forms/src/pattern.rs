//! Patterns that Rust and JavaScript (`u` flag) read alike. Both have constructs that the other
//! lacks or reads otherwise; a scanner refuses those, so that page and server never disagree.

use regex::{Regex, RegexBuilder};

const LONGEST_PATTERN: usize = 500;
const MOST_COMPILED_BYTES: usize = 256 * 1024;

/// Compiles a pattern for the whole value; `Err` tells its author what is wrong.
pub(crate) fn compile(pattern: &str) -> Result<Regex, String> {
    if pattern.len() > LONGEST_PATTERN {
        return Err(format!("longer than {LONGEST_PATTERN} bytes"));
    }
    let portable = translate(pattern)?;
    RegexBuilder::new(&format!("^(?:{portable})$"))
        .size_limit(MOST_COMPILED_BYTES)
        .nest_limit(32)
        .build()
        .map_err(|error| error.to_string())
}

/// Checks that the pattern is portable and spells `\d` and `\w` out in ASCII, as JavaScript does.
fn translate(pattern: &str) -> Result<String, String> {
    let mut out = String::with_capacity(pattern.len() + 16);
    let mut in_class = false;
    let mut characters = pattern.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '\\' => {
                let escaped = characters.next().ok_or("ends with a backslash")?;
                out.push_str(&escape(escaped, in_class)?);
            }
            '[' if in_class => return Err("a bracket inside a class must be escaped".to_owned()),
            '[' => {
                in_class = true;
                out.push(c);
                if characters.next_if_eq(&'^').is_some() {
                    out.push('^');
                }
                if characters.peek() == Some(&']') {
                    return Err("an empty class".to_owned());
                }
            }
            ']' if in_class => {
                in_class = false;
                out.push(c);
            }
            ']' | '}' if !in_class && !closes_quantifier(c, &out) => {
                return Err(format!("{c} must be escaped"));
            }
            '&' | '-' | '~' if in_class && characters.peek() == Some(&c) => {
                return Err(format!("{c}{c} inside a class"));
            }
            '(' if !in_class && characters.peek() == Some(&'?') => {
                characters.next();
                if characters.next() != Some(':') {
                    return Err("only (?:…) groups may begin with (?".to_owned());
                }
                out.push_str("(?:");
            }
            _ => out.push(c),
        }
    }
    Ok(out)
}

/// `}` stands bare only where it ends `{2}`, `{2,}` or `{2,4}`.
fn closes_quantifier(closing: char, before: &str) -> bool {
    closing == '}'
        && before.rsplit_once('{').is_some_and(|(_, count)| {
            count.starts_with(|c: char| c.is_ascii_digit())
                && count.chars().all(|c| c.is_ascii_digit() || c == ',')
        })
}

fn escape(escaped: char, in_class: bool) -> Result<String, String> {
    Ok(match escaped {
        'd' => "[0-9]".to_owned(),
        'D' => "[^0-9]".to_owned(),
        'w' => "[0-9A-Za-z_]".to_owned(),
        'W' => "[^0-9A-Za-z_]".to_owned(),
        '-' if in_class => "\\-".to_owned(),
        '^' | '$' | '\\' | '.' | '*' | '+' | '?' | '(' | ')' | '[' | ']' | '{' | '}' | '|' => {
            format!("\\{escaped}")
        }
        '/' => "/".to_owned(),
        'u' => "\\u".to_owned(),
        other => return Err(format!("\\{other} does not mean the same everywhere")),
    })
}

#[cfg(test)]
mod tests {
    use super::compile;

    #[test]
    fn portable_patterns_match_the_whole_value() {
        let matches = |pattern: &str, value: &str| compile(pattern).map(|re| re.is_match(value));
        assert_eq!(matches(r"\d{16}", "1234567890123456"), Ok(true));
        assert_eq!(matches(r"\d{16}", "1234567890123456\n"), Ok(false));
        assert_eq!(matches(r"\d+", "١٢"), Ok(false), "ASCII digits only");
        assert_eq!(matches(r"[\d\-]+", "1-2"), Ok(true));
        assert_eq!(matches(r"a|b", "ab"), Ok(false));
        assert_eq!(matches(r"[\u4e00-\u9fff·]{2,}", "买买提·艾力"), Ok(true));
        assert_eq!(matches(r"湘A[0-9A-Z]{5}", "湘A12345"), Ok(true));
    }

    #[test]
    fn what_the_two_engines_read_differently_is_refused() {
        for bad in [
            r"\bword",
            r"\s+",
            r"(?i)a",
            r"(?=a)",
            r"(?<n>a)",
            r"\p{Han}",
            "[[:alpha:]]",
            "[a&&b]",
            "[",
            "(",
            "a{2",
            "}",
            "]",
            "[]a]",
            r"\1",
            r"\x41",
            "a\\",
            r"(a{1000}){1000}",
        ] {
            assert!(compile(bad).is_err(), "{bad}");
        }
    }
}
