//! The applicant's term: a reminder before its end, and what its end does.

use chrono::{DateTime, Duration, Utc};

use super::apply::ApplicantTerm;
use super::state::State;

/// How long before the end the applicant is reminded.
pub(crate) const REMINDER: Duration = Duration::days(2);
/// Between a reminder, however late, and the end of the case.
pub(crate) const GRACE: Duration = Duration::days(1);

/// What the platform has to do about an applicant's term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Alarm {
    /// Remind him.
    Remind,
    /// End the case.
    End,
}

/// What is to be done next about a term, and when; nothing where its end does not end the case and
/// he has been reminded.
pub(crate) fn alarm(state: State, term: ApplicantTerm) -> Option<(DateTime<Utc>, Alarm)> {
    let until = term.until?;
    let ends = match state {
        State::Correcting => term.lapses,
        State::AwaitingOriginals => true,
        State::PreReviewReturned => false,
        _ => return None,
    };
    match term.reminded_at {
        None => Some((until - REMINDER, Alarm::Remind)),
        Some(at) => ends.then(|| (until.max(at + GRACE), Alarm::End)),
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Duration, Utc};

    use super::{Alarm, alarm};
    use crate::model::apply::ApplicantTerm;
    use crate::model::state::State;

    #[test]
    fn a_reminder_comes_first_and_the_end_a_day_after_it() {
        let until = DateTime::<Utc>::from_timestamp(1_795_000_000, 0).unwrap();
        let term = |lapses, reminded_at| ApplicantTerm {
            until: Some(until),
            reminded_at,
            lapses,
        };
        let correcting = |lapses, reminded| alarm(State::Correcting, term(lapses, reminded));
        assert_eq!(
            correcting(true, None),
            Some((until - Duration::days(2), Alarm::Remind))
        );
        let early = until - Duration::days(2);
        assert_eq!(correcting(true, Some(early)), Some((until, Alarm::End)));
        let late = until + Duration::days(3);
        assert_eq!(
            correcting(true, Some(late)),
            Some((late + Duration::days(1), Alarm::End))
        );
        assert_eq!(correcting(false, Some(early)), None);
        assert_eq!(
            alarm(State::AwaitingOriginals, term(false, Some(early))),
            Some((until, Alarm::End))
        );
        assert_eq!(alarm(State::Examining, term(true, None)), None);
        assert_eq!(alarm(State::Correcting, ApplicantTerm::default()), None);
    }
}
