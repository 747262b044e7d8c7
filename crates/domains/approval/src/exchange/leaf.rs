//! The values of fields. In a file all of them are text, so that JSON and XML say the same.

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use tb_kernel::office_time::shanghai;

/// What a field can hold.
pub(super) trait Leaf: Sized {
    /// Whether a field holds any number of values.
    const MANY: bool = false;

    /// As it is written; nothing where there is nothing.
    fn write(&self) -> Vec<String>;

    /// As it was read; `None` for what is none of its kind.
    fn read(texts: Vec<String>) -> Option<Self>;
}

/// The only value of a field; `None` where there are several, or none.
fn single(texts: Vec<String>) -> Option<String> {
    let [text]: [String; 1] = texts.try_into().ok()?;
    Some(text)
}

/// Text; an empty one is left out.
impl Leaf for String {
    fn write(&self) -> Vec<String> {
        if self.is_empty() {
            Vec::new()
        } else {
            vec![self.clone()]
        }
    }

    fn read(texts: Vec<String>) -> Option<Self> {
        if texts.is_empty() {
            return Some(Self::new());
        }
        single(texts)
    }
}

/// A list of texts.
impl Leaf for Vec<String> {
    const MANY: bool = true;

    fn write(&self) -> Vec<String> {
        self.clone()
    }

    fn read(texts: Vec<String>) -> Option<Self> {
        Some(texts)
    }
}

/// A moment in the office's time: `2026-11-23T10:00:00+08:00`.
impl Leaf for DateTime<Utc> {
    fn write(&self) -> Vec<String> {
        let local = self.with_timezone(&shanghai());
        vec![local.to_rfc3339_opts(SecondsFormat::AutoSi, false)]
    }

    fn read(texts: Vec<String>) -> Option<Self> {
        let moment = DateTime::parse_from_rfc3339(&single(texts)?).ok()?;
        Some(moment.with_timezone(&Utc))
    }
}

/// A day: `2026-11-23`.
impl Leaf for NaiveDate {
    fn write(&self) -> Vec<String> {
        vec![self.to_string()]
    }

    fn read(texts: Vec<String>) -> Option<Self> {
        single(texts)?.parse().ok()
    }
}

/// A whole number.
impl Leaf for i64 {
    fn write(&self) -> Vec<String> {
        vec![self.to_string()]
    }

    fn read(texts: Vec<String>) -> Option<Self> {
        single(texts)?.parse().ok()
    }
}

/// Something that may be absent.
impl<T: Leaf> Leaf for Option<T> {
    fn write(&self) -> Vec<String> {
        self.as_ref().map(T::write).unwrap_or_default()
    }

    fn read(texts: Vec<String>) -> Option<Self> {
        if texts.is_empty() {
            return Some(None);
        }
        T::read(texts).map(Some)
    }
}
