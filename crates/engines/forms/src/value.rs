//! One answer: its shape, its normal form, its bounds.
//!
//! Shape (type and size) is always looked at first and in full. A draft may keep an answer that is
//! not right yet, but never one of the wrong type or beyond all measure.

use serde_json::Value;
use tb_kernel::identity_number::{CitizenId, CreditCode, Phone, half_width};

use crate::day::{Bound, read_day};
use crate::decimal::{MOST_WHOLE_DIGITS, Plain};
use crate::environment::Env;
use crate::kind::{DateOptions, Kind, MoneyOptions, NumberOptions, PhoneOptions, TextOptions};
use crate::pattern;

mod choice;
mod email;

pub(crate) use choice::{MOST_CHOICES, MOST_FILES};

/// Longest `text` where the form says nothing.
pub(crate) const TEXT_LENGTH: u32 = 200;
/// Longest `long_text` where the form says nothing.
pub(crate) const LONG_TEXT_LENGTH: u32 = 2_000;
/// What a draft keeps of an answer that is too long: one field over its bound must not keep the
/// others from being saved.
const LONGEST_IN_DRAFT: usize = 20_000;
/// Longest number, date, id or phone as entered.
const CODE_LENGTH: u32 = 64;

/// What is wrong with an answer: code and arguments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) code: &'static str,
    pub(crate) args: Vec<(&'static str, String)>,
}

impl Refusal {
    pub(crate) fn new(code: &'static str) -> Self {
        Self {
            code,
            args: Vec::new(),
        }
    }

    pub(crate) fn with(code: &'static str, name: &'static str, value: impl ToString) -> Self {
        Self {
            code,
            args: vec![(name, value.to_string())],
        }
    }

    /// A draft may keep the answer: it is of the right type, and can be mended by going on.
    pub(crate) fn is_merely_unfinished(&self, raw: &Value) -> bool {
        match self.code {
            "form.type" | "form.unsupported" => false,
            "form.too_long" | "form.too_many" => size(raw) <= LONGEST_IN_DRAFT,
            _ => true,
        }
    }
}

pub(crate) type Normalised = Result<Value, Refusal>;

/// Characters of text in an answer, and its places.
fn size(value: &Value) -> usize {
    match value {
        Value::String(text) => text.chars().count(),
        Value::Array(items) => items.iter().map(|item| 1 + size(item)).sum(),
        Value::Object(fields) => fields.values().map(|field| 1 + size(field)).sum(),
        _ => 1,
    }
}

/// Whether this means "not answered".
pub(crate) fn is_blank(kind: &Kind, value: Option<&Value>) -> bool {
    match (kind, value) {
        (_, None | Some(Value::Null)) => true,
        (_, Some(Value::String(text))) => trim(text).is_empty(),
        (_, Some(Value::Array(items))) => items.is_empty(),
        (Kind::Division(_), Some(Value::Object(division))) => match division.get("code") {
            None | Some(Value::Null) => true,
            Some(code) => code.as_str().is_some_and(|code| trim(code).is_empty()),
        },
        _ => false,
    }
}

/// Normal form of an answer that is not blank. Repeat groups are walked by `validate`.
pub(crate) fn normalise(kind: &Kind, raw: &Value, env: &Env<'_>) -> Normalised {
    match kind {
        Kind::Text(options) => text(options, raw, TEXT_LENGTH, false),
        Kind::LongText(options) => text(options, raw, LONG_TEXT_LENGTH, true),
        Kind::Number(options) => number(options, &code(raw)?),
        Kind::Money(options) => money(options, &code(raw)?),
        Kind::Date(options) => date(options, &code(raw)?, env),
        Kind::Dictionary(options) => choice::dictionary(options, raw, env),
        Kind::Division(options) => choice::division(options, raw, env),
        Kind::Attachment(options) => choice::attachment(options, raw),
        Kind::CitizenId(_) => identity(CitizenId::parse(&code(raw)?, env.today).map(String::from)),
        Kind::CreditCode(_) => identity(CreditCode::parse(&code(raw)?).map(String::from)),
        Kind::Phone(PhoneOptions { landline: true }) => {
            identity(Phone::parse(&code(raw)?).map(String::from))
        }
        Kind::Phone(_) => identity(Phone::parse_mobile(&code(raw)?).map(String::from)),
        Kind::Email(_) => email::email(&string(raw, email::LONGEST)?),
        Kind::Repeat(_) | Kind::Unrecognised(_) => Err(Refusal::new("form.unsupported")),
    }
}

/// What a draft keeps of an answer that is not finished: as entered, trimmed.
pub(crate) fn unfinished(raw: &Value) -> Value {
    match raw {
        Value::String(text) => Value::from(trim(text)),
        other => other.clone(),
    }
}

/// Trims all Unicode blanks and the byte order mark, as JavaScript does.
fn trim(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}')
}

/// A string of bounded length, trimmed.
fn string(raw: &Value, longest: u32) -> Result<String, Refusal> {
    let text = raw.as_str().map(trim).ok_or(Refusal::new("form.type"))?;
    if text.chars().count() > longest as usize {
        return Err(Refusal::with("form.too_long", "max", longest));
    }
    Ok(text.to_owned())
}

/// A short string in half-width characters.
fn code(raw: &Value) -> Result<String, Refusal> {
    string(raw, CODE_LENGTH).map(|text| trim(&half_width(&text)).to_owned())
}

/// Control characters, and the marks that reverse the reading direction, can make a document
/// show something else than it says.
fn is_treacherous(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn text(options: &TextOptions, raw: &Value, longest: u32, several_lines: bool) -> Normalised {
    let unified = match raw.as_str() {
        Some(text) => Value::from(text.replace("\r\n", "\n").replace('\r', "\n")),
        None => return Err(Refusal::new("form.type")),
    };
    let text = string(&unified, options.max_length.unwrap_or(longest))?;
    if text.contains(is_treacherous) || (!several_lines && text.contains(['\n', '\t'])) {
        return Err(Refusal::new("form.control"));
    }
    if let Some(min) = options
        .min_length
        .filter(|min| text.chars().count() < *min as usize)
    {
        return Err(Refusal::with("form.too_short", "min", min));
    }
    if let Some(pattern) = &options.pattern {
        let fits = pattern::compile(pattern).is_ok_and(|regex| regex.is_match(&text));
        if !fits {
            return Err(pattern_refusal(options.pattern_help.as_deref()));
        }
    }
    Ok(Value::from(text))
}

fn pattern_refusal(help: Option<&str>) -> Refusal {
    let mut refusal = Refusal::new("form.pattern");
    if let Some(help) = help {
        refusal.args = vec![
            ("help", help.to_owned()),
            ("variant", "described".to_owned()),
        ];
    }
    refusal
}

fn number(options: &NumberOptions, text: &str) -> Normalised {
    let plain = decimal(text, options.scale as usize)?;
    within(&plain, options.min.as_deref(), options.max.as_deref())?;
    Ok(Value::from(plain.canonical()))
}

fn money(options: &MoneyOptions, text: &str) -> Normalised {
    let plain = decimal(text, 2)?;
    within(
        &plain,
        Some(options.min.as_deref().unwrap_or("0")),
        options.max.as_deref(),
    )?;
    Ok(Value::from(plain.padded(2)))
}

fn decimal(text: &str, scale: usize) -> Result<Plain, Refusal> {
    let plain = Plain::read(text).ok_or(Refusal::new("form.number"))?;
    if plain.whole_digits() > MOST_WHOLE_DIGITS {
        return Err(Refusal::with(
            "form.too_many_digits",
            "max",
            MOST_WHOLE_DIGITS,
        ));
    }
    if plain.scale() > scale {
        let code = if scale == 0 {
            "form.whole_number"
        } else {
            "form.scale"
        };
        return Err(Refusal::with(code, "scale", scale));
    }
    Ok(plain)
}

fn within(plain: &Plain, min: Option<&str>, max: Option<&str>) -> Result<(), Refusal> {
    let number = plain.number().ok_or(Refusal::new("form.number"))?;
    let bound = |text: &str| Plain::read(text).and_then(|plain| plain.number());
    if let Some(min) = min.filter(|min| bound(min).is_some_and(|bound| number < bound)) {
        return Err(Refusal::with("form.min", "min", min));
    }
    if let Some(max) = max.filter(|max| bound(max).is_some_and(|bound| number > bound)) {
        return Err(Refusal::with("form.max", "max", max));
    }
    Ok(())
}

fn date(options: &DateOptions, text: &str, env: &Env<'_>) -> Normalised {
    let day = read_day(text).ok_or(Refusal::new("form.date"))?;
    let bound = |text: &Option<String>| {
        text.as_deref()
            .and_then(Bound::read)
            .map(|bound| bound.on(env.today))
    };
    if let Some(min) = bound(&options.min).filter(|min| day < *min) {
        return Err(Refusal::with("form.min", "min", min));
    }
    if let Some(max) = bound(&options.max).filter(|max| day > *max) {
        return Err(Refusal::with("form.max", "max", max));
    }
    Ok(Value::from(day.to_string()))
}

fn identity(read: Result<String, tb_kernel::identity_number::IdentityNumberError>) -> Normalised {
    use tb_kernel::identity_number::Flaw;
    read.map(Value::from).map_err(|error| {
        Refusal::new(match error.flaw {
            Flaw::Length => "form.length",
            Flaw::Characters => "form.characters",
            Flaw::Date => "form.date",
            Flaw::FutureDate => "form.future_date",
            Flaw::Checksum => "form.checksum",
            Flaw::OrganisationCode => "form.organisation_code",
            Flaw::Range => "form.range",
        })
    })
}
