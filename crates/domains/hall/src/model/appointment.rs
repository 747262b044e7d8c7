//! The life of an appointment: who may do what when.

use chrono::{DateTime, Days, Duration, Utc};
use serde::{Deserialize, Serialize};
use tb_kernel::office_time;
use utoipa::ToSchema;

use super::site::{Confirmation, SiteDocument};

/// Minutes before the visit by which it is known whether it stands.
const LEAST_NOTICE: i64 = 30;

/// Days after the visit within which staff can still note that somebody had come.
const LATE_DAYS: u64 = 7;
/// Hours after the end of a slot beyond which nobody is said to have missed it: the platform stood still, so
/// nobody could be checked in.
const NOTICED_HOURS: i64 = 12;

/// How far an appointment is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AppointmentState {
    /// Waits for staff.
    Requested,
    /// Stands.
    Confirmed,
    /// The office could not have it.
    Declined,
    /// Whoever booked does not come.
    Cancelled,
    /// Came.
    Attended,
    /// Did not come.
    Missed,
}

impl AppointmentState {
    const ALL: [Self; 6] = [
        Self::Requested,
        Self::Confirmed,
        Self::Declined,
        Self::Cancelled,
        Self::Attended,
        Self::Missed,
    ];

    /// Its word.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Requested => "requested",
            Self::Confirmed => "confirmed",
            Self::Declined => "declined",
            Self::Cancelled => "cancelled",
            Self::Attended => "attended",
            Self::Missed => "missed",
        }
    }

    /// By its word.
    pub(crate) fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }

    /// Whether somebody is still to come.
    pub(crate) fn is_open(self) -> bool {
        matches!(self, Self::Requested | Self::Confirmed)
    }
}

/// What is done with an appointment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Act {
    /// Staff confirms; so does time.
    Confirm,
    /// Staff says that it cannot be.
    Decline,
    /// Staff moves it.
    Move,
    /// Staff notes that somebody has come.
    CheckIn,
    /// Whoever booked cancels.
    Cancel,
    /// Whoever booked takes another slot.
    Change,
}

/// What the rules look at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Facts {
    /// How far it is.
    pub state: AppointmentState,
    /// Beginning of its slot.
    pub starts_at: DateTime<Utc>,
    /// End of it.
    pub ends_at: DateTime<Utc>,
    /// Minutes before it until which it can be changed and cancelled.
    pub close_minutes: u32,
}

/// Why something cannot be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// It is too far for that.
    WrongState,
    /// The time for it is over.
    TooLate,
    /// It is not the day of the visit.
    NotToday,
}

/// Whether something can be done now.
pub(crate) fn check(act: Act, facts: &Facts, now: DateTime<Utc>) -> Result<(), Refusal> {
    let late = act == Act::CheckIn && facts.state == AppointmentState::Missed;
    let fits = match act {
        Act::Confirm => facts.state == AppointmentState::Requested,
        // Whoever came late, or was not noted on the day, has come all the same.
        _ => facts.state.is_open() || late,
    };
    if !fits {
        return Err(Refusal::WrongState);
    }
    match act {
        Act::CheckIn => {
            let visit = office_time::day(facts.starts_at);
            let until = visit + Days::new(if late { LATE_DAYS } else { 0 });
            let is_day = (visit..=until).contains(&office_time::day(now));
            if is_day {
                Ok(())
            } else {
                Err(Refusal::NotToday)
            }
        }
        Act::Confirm | Act::Decline | Act::Move if now >= facts.ends_at => Err(Refusal::TooLate),
        Act::Cancel | Act::Change
            if now + Duration::minutes(facts.close_minutes.into()) > facts.starts_at =>
        {
            Err(Refusal::TooLate)
        }
        _ => Ok(()),
    }
}

/// What becomes of a visit whose slot is over and of which nothing was noted; `None` where it is over already.
/// What the platform could not hear of, because it stood still, is no visit missed.
pub(crate) fn ended(
    state: AppointmentState,
    ends_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Option<AppointmentState> {
    match state {
        AppointmentState::Confirmed if now <= ends_at + Duration::hours(NOTICED_HOURS) => {
            Some(AppointmentState::Missed)
        }
        AppointmentState::Confirmed | AppointmentState::Requested => {
            Some(AppointmentState::Declined)
        }
        _ => None,
    }
}

/// Where a booking begins, and until when staff answers; afterwards it is confirmed by itself: that
/// nobody looked is not the fault of whoever booked.
pub(crate) fn begin(
    document: &SiteDocument,
    starts_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> (AppointmentState, Option<DateTime<Utc>>) {
    match document.confirmation {
        Confirmation::Automatic => (AppointmentState::Confirmed, None),
        Confirmation::Staff => {
            let term = now + Duration::hours(document.answer_hours.into());
            let latest = (starts_at - Duration::minutes(LEAST_NOTICE)).max(now);
            (AppointmentState::Requested, Some(term.min(latest)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::site::tests::document;
    use super::*;

    const STARTS: &str = "2026-11-25T01:00:00Z";

    fn facts(state: AppointmentState) -> Facts {
        let starts_at: DateTime<Utc> = STARTS.parse().unwrap();
        Facts {
            state,
            starts_at,
            ends_at: starts_at + Duration::hours(1),
            close_minutes: 60,
        }
    }

    #[test]
    fn every_state_takes_exactly_its_acts() {
        use AppointmentState::{Confirmed, Missed, Requested};
        let on_the_day = "2026-11-24T23:30:00Z".parse().unwrap();
        let acts = [
            (Act::Confirm, on_the_day, &[Requested][..]),
            (Act::Decline, on_the_day, &[Requested, Confirmed]),
            (Act::Move, on_the_day, &[Requested, Confirmed]),
            (Act::Cancel, on_the_day, &[Requested, Confirmed]),
            (Act::Change, on_the_day, &[Requested, Confirmed]),
            (Act::CheckIn, on_the_day, &[Requested, Confirmed, Missed]),
        ];
        for (act, now, states) in acts {
            for state in AppointmentState::ALL {
                let may = check(act, &facts(state), now);
                assert_eq!(may.is_ok(), states.contains(&state), "{act:?} {state:?}");
            }
        }
    }

    #[test]
    fn each_act_has_its_time() {
        let confirmed = facts(AppointmentState::Confirmed);
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let may = |act, text| check(act, &confirmed, at(text));
        assert_eq!(may(Act::Cancel, "2026-11-25T00:00:00Z"), Ok(()));
        assert_eq!(
            may(Act::Cancel, "2026-11-25T00:00:01Z"),
            Err(Refusal::TooLate)
        );
        assert_eq!(
            may(Act::Change, "2026-11-25T00:30:00Z"),
            Err(Refusal::TooLate)
        );
        assert_eq!(may(Act::Decline, "2026-11-25T01:59:00Z"), Ok(()));
        assert_eq!(
            may(Act::Decline, "2026-11-25T02:00:00Z"),
            Err(Refusal::TooLate)
        );
        assert_eq!(
            may(Act::CheckIn, "2026-11-24T15:59:00Z"),
            Err(Refusal::NotToday)
        );
        assert_eq!(may(Act::CheckIn, "2026-11-24T16:00:00Z"), Ok(()));
        let missed = facts(AppointmentState::Missed);
        let came = |text| check(Act::CheckIn, &missed, at(text));
        assert_eq!(came("2026-12-02T15:59:00Z"), Ok(()));
        assert_eq!(came("2026-12-02T16:00:00Z"), Err(Refusal::NotToday));
        assert_eq!(
            may(Act::CheckIn, "2026-11-25T16:00:00Z"),
            Err(Refusal::NotToday)
        );
    }

    #[test]
    fn what_could_not_be_noted_is_no_visit_missed() {
        use AppointmentState::{Cancelled, Confirmed, Declined, Missed, Requested};
        let ends: DateTime<Utc> = "2026-11-25T02:00:00Z".parse().unwrap();
        let after = |state, hours| ended(state, ends, ends + Duration::hours(hours));
        assert_eq!(after(Confirmed, 0), Some(Missed));
        assert_eq!(after(Confirmed, 12), Some(Missed));
        assert_eq!(after(Confirmed, 13), Some(Declined));
        assert_eq!(after(Requested, 0), Some(Declined));
        assert_eq!(after(Cancelled, 0), None);
    }

    #[test]
    fn staff_answers_in_its_term_and_before_the_visit() {
        let (mut place, now) = (document(), STARTS.parse::<DateTime<Utc>>().unwrap());
        let far = now + Duration::days(2);
        let term = now + Duration::hours(4);
        assert_eq!(
            begin(&place, far, now),
            (AppointmentState::Requested, Some(term))
        );
        let near = now + Duration::hours(2);
        assert_eq!(
            begin(&place, near, now).1,
            Some(near - Duration::minutes(30))
        );
        place.confirmation = Confirmation::Automatic;
        assert_eq!(begin(&place, far, now), (AppointmentState::Confirmed, None));
    }
}
