//! How a licence stands: its state and, while it is in force, its last day.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// State of a licence as it is stored; the end of its validity comes by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LicenceState {
    /// In force.
    Valid,
    /// A later version took its place.
    Replaced,
    /// 撤销、吊销: taken away by the organ.
    Revoked,
    /// 注销: ended on request, or since its holder or object is gone.
    Deregistered,
    /// 作废: its case was voided before the licence was delivered.
    Voided,
}

impl LicenceState {
    /// Its word.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::Replaced => "replaced",
            Self::Revoked => "revoked",
            Self::Deregistered => "deregistered",
            Self::Voided => "voided",
        }
    }

    /// By its word.
    pub(crate) fn parse(word: &str) -> Option<Self> {
        [
            Self::Valid,
            Self::Replaced,
            Self::Revoked,
            Self::Deregistered,
            Self::Voided,
        ]
        .into_iter()
        .find(|state| state.as_str() == word)
    }
}

/// How a licence stands today, for whoever relies on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// In force.
    Valid,
    /// Its last day is over.
    Expired,
    /// A later version took its place.
    Replaced,
    /// Taken away.
    Revoked,
    /// Ended.
    Deregistered,
    /// Void.
    Voided,
}

/// How a licence stands on a day; its last day still counts.
pub(crate) fn standing(
    state: LicenceState,
    valid_until: Option<NaiveDate>,
    today: NaiveDate,
) -> Standing {
    match state {
        LicenceState::Valid if valid_until.is_some_and(|until| until < today) => Standing::Expired,
        LicenceState::Valid => Standing::Valid,
        LicenceState::Replaced => Standing::Replaced,
        LicenceState::Revoked => Standing::Revoked,
        LicenceState::Deregistered => Standing::Deregistered,
        LicenceState::Voided => Standing::Voided,
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::{LicenceState, Standing, standing};

    #[test]
    fn the_last_day_still_counts_and_an_end_outlasts_it() {
        let day = |d| NaiveDate::from_ymd_opt(2031, 11, d).unwrap();
        let until = Some(day(22));
        assert_eq!(
            standing(LicenceState::Valid, until, day(22)),
            Standing::Valid
        );
        assert_eq!(
            standing(LicenceState::Valid, until, day(23)),
            Standing::Expired
        );
        assert_eq!(
            standing(LicenceState::Valid, None, day(23)),
            Standing::Valid
        );
        assert_eq!(
            standing(LicenceState::Revoked, until, day(23)),
            Standing::Revoked
        );
    }
}
