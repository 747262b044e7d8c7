//! Regions: an administrative division named by its code. A longer code lies inside a shorter one
//! that it begins with: 43 ⊃ 4301 ⊃ 430102 ⊃ 430102001 ⊃ 430102001001. Functional zones keep codes
//! of the same form under their city.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A division code with its trailing zero pairs cut off: `430100` is kept as `4301`.
#[derive(
    Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema,
)]
#[serde(try_from = "String", into = "String")]
#[schema(value_type = String, example = "430102")]
pub struct Region(String);

/// How deep a region lies.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Province, 2 digits.
    Province,
    /// City, 4 digits.
    City,
    /// District or county, 6 digits.
    District,
    /// Street or town, 9 digits.
    Town,
    /// Community or village, 12 digits.
    Community,
}

impl Region {
    /// Reads a code of 2, 4, 6, 9 or 12 digits; zeros that only fill up are cut.
    pub fn parse(code: &str) -> Option<Self> {
        if !matches!(code.len(), 2 | 4 | 6 | 9 | 12) || !code.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let mut kept = code;
        for (len, tail) in [(9, 3), (6, 3), (4, 2), (2, 2)] {
            if kept.len() == len + tail
                && kept
                    .get(len..)
                    .is_some_and(|t| t.bytes().all(|b| b == b'0'))
            {
                kept = kept.get(..len)?;
            }
        }
        Some(Self(kept.to_owned()))
    }

    /// The shortest code.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The code filled up to six digits, as papers and case numbers write it.
    pub fn six(&self) -> String {
        let head = self.0.get(..self.0.len().min(6)).unwrap_or(&self.0);
        format!("{head:0<6}")
    }

    /// The level of this region.
    pub fn level(&self) -> Level {
        match self.0.len() {
            0..=2 => Level::Province,
            3..=4 => Level::City,
            5..=6 => Level::District,
            7..=9 => Level::Town,
            _ => Level::Community,
        }
    }

    /// Whether `inner` is this region or lies in it.
    pub fn contains(&self, inner: &Self) -> bool {
        inner.0.starts_with(&self.0)
    }

    /// This region and all that it lies in, widest first, joined by `/`: `43/4301/430102`.
    pub fn path(&self) -> String {
        [2, 4, 6, 9, 12]
            .iter()
            .filter_map(|len| self.0.get(..*len))
            .collect::<Vec<_>>()
            .join("/")
    }
}

impl TryFrom<String> for Region {
    type Error = String;
    fn try_from(code: String) -> Result<Self, String> {
        Self::parse(&code).ok_or_else(|| format!("not a division code: {code}"))
    }
}

impl From<Region> for String {
    fn from(region: Region) -> Self {
        region.0
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::{Level, Region};

    #[test]
    fn codes_are_cut_and_nested() {
        let city = Region::parse("430100").map(|r| (r.as_str().to_owned(), r.level()));
        assert_eq!(city, Some(("4301".into(), Level::City)));
        let filled = Region::parse("430102000000").map(|r| r.as_str().to_owned());
        assert_eq!(filled.as_deref(), Some("430102"));
        let town = Region::parse("430102001").map(|r| r.path());
        assert_eq!(town.as_deref(), Some("43/4301/430102/430102001"));
        assert!(Region::parse("43010").is_none());
        assert!(Region::parse("4301ab").is_none());
    }
}
