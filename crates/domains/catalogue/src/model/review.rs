//! Review before publishing: nobody publishes what he wrote himself, and what is approved takes
//! effect at once or on a day to come, by the clock of Beijing.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use tb_kernel::{AccountId, FieldFault, office_time};
use utoipa::ToSchema;

use crate::error::field;
use crate::model::publish_check::fault;

/// The farthest day that a version can be set for, from today.
const FARTHEST_DAYS: i64 = 731;

/// What has become of a submitted version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReviewState {
    /// Waits for the second person.
    Waiting,
    /// Approved for a day to come.
    Scheduled,
    /// Published.
    Published,
    /// Returned to its editors.
    Returned,
    /// Taken back by its editors, or ended with the item.
    TakenBack,
    /// Approved, but no longer fit to be published when its day came.
    Failed,
}

impl ReviewState {
    /// Every state.
    pub const ALL: [Self; 6] = [
        Self::Waiting,
        Self::Scheduled,
        Self::Published,
        Self::Returned,
        Self::TakenBack,
        Self::Failed,
    ];

    /// The word in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Scheduled => "scheduled",
            Self::Published => "published",
            Self::Returned => "returned",
            Self::TakenBack => "taken_back",
            Self::Failed => "failed",
        }
    }

    /// Reads the word; an unknown one never comes out of our own table and counts as ended.
    pub fn from_word(word: &str) -> Self {
        let mut all = Self::ALL.into_iter();
        all.find(|state| state.as_str() == word)
            .unwrap_or(Self::TakenBack)
    }

    /// Whether the working copy is still held by it.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Waiting | Self::Scheduled)
    }
}

/// Somebody who had a hand in a working copy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Editor {
    pub id: AccountId,
    pub name: String,
}

/// Adds an editor, once.
pub(crate) fn add_editor(editors: &mut Vec<Editor>, id: AccountId, name: &str) {
    if editors.iter().all(|one| one.id != id) {
        editors.push(Editor {
            id,
            name: name.to_owned(),
        });
    }
}

/// Whether somebody may decide: he has neither written nor submitted it.
pub(crate) fn is_second_person(editors: &[Editor], submitter: AccountId, who: AccountId) -> bool {
    submitter != who && editors.iter().all(|one| one.id != who)
}

/// The first day of effect as it is kept: none means as soon as it is approved. A day that has come
/// means the same; what lies too far ahead is a slip of the pen.
pub(crate) fn effective_day(
    wanted: Option<NaiveDate>,
    now: DateTime<Utc>,
) -> Result<Option<NaiveDate>, FieldFault> {
    let today = office_time::day(now);
    match wanted {
        Some(day) if day < today => Err(fault("/effective_on", field::DAY_PAST)),
        Some(day) if (day - today).num_days() > FARTHEST_DAYS => {
            Err(fault("/effective_on", field::DAY_FAR))
        }
        Some(day) if day == today => Ok(None),
        other => Ok(other),
    }
}

/// The day of effect that the published description states: the chosen day; else the one that an
/// editor wrote into it since the version in force, unless that has not come yet. What still stands
/// there from the version in force is not the day of this one: that is today.
pub(crate) fn stated_day(
    chosen: Option<NaiveDate>,
    written: Option<NaiveDate>,
    in_force: Option<NaiveDate>,
    now: DateTime<Utc>,
) -> Option<NaiveDate> {
    let today = office_time::day(now);
    let own = written.filter(|_| written != in_force);
    let own = own.map_or(today, |day| day.min(today));
    // A description that has never named a day is not made to name one.
    chosen.or(written.map(|_| own))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn account(n: u128) -> AccountId {
        AccountId(uuid::Uuid::from_u128(n))
    }

    #[test]
    fn words_come_back() {
        for state in ReviewState::ALL {
            assert_eq!(ReviewState::from_word(state.as_str()), state);
            assert_eq!(serde_json::to_value(state).unwrap(), state.as_str());
        }
        let open = ReviewState::ALL.into_iter().filter(|state| state.is_open());
        assert_eq!(open.count(), 2);
    }

    #[test]
    fn whoever_wrote_or_submitted_it_is_no_second_person() {
        let mut editors = Vec::new();
        for n in [1, 2, 1] {
            add_editor(&mut editors, account(n), "某人");
        }
        assert_eq!(editors.len(), 2);
        for (who, may) in [(1, false), (2, false), (3, false), (4, true)] {
            let is = is_second_person(&editors, account(3), account(who));
            assert_eq!(is, may, "{who}");
        }
    }

    #[test]
    fn days_are_those_of_beijing() {
        // 16:30 in Greenwich is half past midnight of the next day in Beijing.
        let now = "2026-11-22T16:30:00Z".parse().unwrap();
        let kept = |text: &str| effective_day(Some(day(text)), now);
        assert_eq!(kept("2026-11-22").unwrap_err().code, field::DAY_PAST);
        assert_eq!(kept("2026-11-23"), Ok(None));
        assert_eq!(kept("2026-11-24"), Ok(Some(day("2026-11-24"))));
        assert_eq!(kept("2206-11-24").unwrap_err().code, field::DAY_FAR);
        assert_eq!(effective_day(None, now), Ok(None));
    }

    #[test]
    fn a_published_description_states_its_own_day_and_none_to_come() {
        let now = "2026-11-22T02:00:00Z".parse().unwrap();
        let stated = |chosen: Option<&str>, written: Option<&str>, in_force: Option<&str>| {
            stated_day(chosen.map(day), written.map(day), in_force.map(day), now)
        };
        let today = Some(day("2026-11-22"));
        assert_eq!(stated(None, None, None), None);
        assert_eq!(
            stated(None, Some("2020-01-01"), None),
            Some(day("2020-01-01"))
        );
        assert_eq!(
            stated(None, Some("2026-03-01"), Some("2026-03-01")),
            today,
            "that was the day of the version before"
        );
        assert_eq!(
            stated(None, Some("2026-11-01"), Some("2026-03-01")),
            Some(day("2026-11-01"))
        );
        assert_eq!(stated(None, Some("2027-01-01"), None), today);
        let chosen = stated(Some("2026-12-01"), Some("2020-01-01"), Some("2020-01-01"));
        assert_eq!(chosen, Some(day("2026-12-01")));
    }
}
