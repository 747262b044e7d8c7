//! What may be done about a hearing, and when.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::super::apply::{Facts, Surroundings};
use super::super::event::office_day;
use super::super::guard::Guard;
use super::{
    Hearing, HearingStage, HearingStep, Interested, MOST_PERSONS, NOTICE_DAYS, Session, in_words,
};
use crate::error::Error;

/// Longest name, contact or place, in characters.
const MOST_NAME: usize = 200;

/// A hearing as the rules look at it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct HearingFacts {
    /// How far it has come.
    pub stage: HearingStage,
    /// How many were told beside the applicant.
    pub persons: usize,
    /// Last day for asking.
    pub ask_by: NaiveDate,
    /// Who asked and has not taken it back: persons by their place, the applicant as none.
    pub asked: Vec<Option<usize>>,
    /// Last day for holding it, once it was asked for.
    pub hold_by: Option<NaiveDate>,
    /// When it is held, once that was told.
    pub at: Option<DateTime<Utc>>,
    /// Who presides, once that was told.
    pub presider: Option<Uuid>,
}

impl From<&Hearing<'_>> for HearingFacts {
    fn from(hearing: &Hearing<'_>) -> Self {
        Self {
            stage: hearing.stage,
            persons: hearing.persons.len(),
            ask_by: hearing.ask_by,
            asked: hearing.asked.iter().map(|one| one.person).collect(),
            hold_by: hearing.hold_by(),
            at: hearing.session.map(|session| session.at),
            presider: hearing.session.map(|session| session.presider.id),
        }
    }
}

impl HearingFacts {
    /// Whether its days for asking last: until the end of the last one.
    pub(super) fn can_be_asked(&self, now: DateTime<Utc>) -> bool {
        self.stage == HearingStage::Told && office_day(now) <= self.ask_by
    }

    /// Whether it was asked for and waits to be held.
    fn is_wanted(&self) -> bool {
        matches!(self.stage, HearingStage::Asked | HearingStage::Called)
    }

    /// Whether somebody may have asked: neither held nor given up by all. What was posted in time counts
    /// when it arrives, also when others have asked or the days are over.
    fn is_open(&self) -> bool {
        self.stage == HearingStage::Told || self.is_wanted()
    }

    /// Somebody who has not asked: the applicant first.
    pub(crate) fn silent(&self) -> Option<usize> {
        let mut all = std::iter::once(None).chain((0..self.persons).map(Some));
        all.find(|one| !self.asked.contains(one)).flatten()
    }
}

/// Who is told and until when they may ask. Told anew while the days last, those who were told before
/// are told again and lose no day: the notice reached somebody later, or somebody was forgotten.
pub(crate) fn told_anew(
    hearing: Option<&Hearing<'_>>,
    persons: Vec<Interested>,
    ask_by: NaiveDate,
    now: DateTime<Utc>,
) -> (Vec<Interested>, NaiveDate) {
    let open = hearing.filter(|one| HearingFacts::from(*one).can_be_asked(now));
    match open {
        Some(before) => {
            let known = before.persons.iter().cloned();
            (known.chain(persons).collect(), ask_by.max(before.ask_by))
        }
        None => (persons, ask_by),
    }
}

/// Whether the case can be decided: nobody can ask for a hearing any more, and none is to be held.
pub(in crate::model) fn check_decision(case: &Facts<'_>, now: DateTime<Utc>) -> Result<(), Error> {
    match &case.hearing {
        Some(hearing) if hearing.can_be_asked(now) => Err(Error::HearingRightRuns {
            until: hearing.ask_by.to_string(),
        }),
        Some(hearing) if hearing.is_wanted() => Err(Error::HearingNotHeld),
        _ => Ok(()),
    }
}

/// Tries a guard about hearings.
pub(in crate::model) fn check(
    guard: Guard,
    case: &Facts<'_>,
    step: &HearingStep,
    around: Surroundings<'_>,
) -> Result<(), Error> {
    let refuse = |holds: bool, error: Error| if holds { Ok(()) } else { Err(error) };
    let hearing = case.hearing.as_ref();
    match (guard, step) {
        (Guard::NoHearing, HearingStep::Tell { .. }) => refuse(
            !hearing.is_some_and(HearingFacts::is_wanted),
            Error::HearingOpen,
        ),
        (Guard::PersonsNamed, HearingStep::Tell { persons, .. }) => check_persons(persons),
        (Guard::ToldInTime, HearingStep::Tell { .. }) => check_telling(step, around.now),
        (
            Guard::AskTime,
            HearingStep::Ask {
                person,
                on,
                accepted_on,
                ..
            },
        ) => {
            let open = hearing.filter(|one| one.is_open());
            let days = (*accepted_on, office_day(around.now));
            check_asking(open.ok_or(Error::NoHearingRight)?, *person, *on, days)
        }
        (Guard::HearingOpen, HearingStep::TakeBack { person, .. }) => refuse(
            hearing.is_some_and(|one| one.is_wanted() && one.asked.contains(person)),
            Error::NotAnAsker,
        ),
        (Guard::HearingOpen, _) => refuse(
            hearing.is_some_and(|one| one.can_be_asked(around.now) || one.is_wanted()),
            Error::NoHearingRight,
        ),
        (Guard::HearingAsked, _) => refuse(
            hearing.is_some_and(HearingFacts::is_wanted),
            Error::NoHearingAsked,
        ),
        (
            Guard::SessionFits,
            HearingStep::Call {
                session,
                earliest,
                last,
            },
        ) => check_session(case, session, (*earliest, *last)),
        (Guard::SessionOver, _) => match hearing.and_then(|one| one.at) {
            Some(at) => refuse(at <= around.now, Error::HearingAhead { at: in_words(at) }),
            None => Err(Error::HearingNotCalled),
        },
        // Since the call he may have examined the case, or been given it.
        (Guard::PresiderApart, _) => match hearing.and_then(|one| one.presider) {
            Some(presider) => refuse(!has_examined(case, presider), Error::PresiderExaminedSince),
            None => Ok(()),
        },
        _ => Ok(()),
    }
}

fn check_persons(persons: &[Interested]) -> Result<(), Error> {
    let fits = |text: &str| text.chars().count() <= MOST_NAME;
    let is_named = |one: &Interested| {
        let filled = !one.name.trim().is_empty() && !one.contact.trim().is_empty();
        filled && fits(&one.name) && fits(&one.contact) && fits(&one.interest)
    };
    let is_good = (1..=MOST_PERSONS).contains(&persons.len()) && persons.iter().all(is_named);
    if is_good {
        Ok(())
    } else {
        Err(Error::InterestedPersonsWrong { most: MOST_PERSONS })
    }
}

/// They were told between the acceptance and today; and whoever reads it today can still ask.
fn check_telling(step: &HearingStep, now: DateTime<Utc>) -> Result<(), Error> {
    let HearingStep::Tell {
        on,
        ask_by,
        accepted_on,
        ..
    } = step
    else {
        return Ok(());
    };
    check_day(*on, (*accepted_on, office_day(now)))?;
    if *ask_by < office_day(now) {
        return Err(Error::HearingToldLate {
            until: ask_by.to_string(),
        });
    }
    Ok(())
}

/// In time counts by the day of the request, not by that of its entry: a letter is under way for days. The
/// day of the telling is that of the last one told: whoever was told before him may have asked before.
fn check_asking(
    hearing: &HearingFacts,
    person: Option<usize>,
    on: NaiveDate,
    days: (NaiveDate, NaiveDate),
) -> Result<(), Error> {
    if person.is_some_and(|place| place >= hearing.persons) {
        return Err(Error::NotAnInterestedPerson);
    }
    if hearing.asked.contains(&person) {
        return Err(Error::HearingAskedBefore);
    }
    check_day(on, days)?;
    if on > hearing.ask_by {
        return Err(Error::HearingAskedLate {
            until: hearing.ask_by.to_string(),
        });
    }
    Ok(())
}

/// A day that a clerk enters lies between two others.
pub(crate) fn check_day(
    day: NaiveDate,
    (first, last): (NaiveDate, NaiveDate),
) -> Result<(), Error> {
    if (first..=last).contains(&day) {
        return Ok(());
    }
    Err(Error::HearingDayWrong {
        first: first.to_string(),
        last: last.to_string(),
    })
}

/// Seven days' notice, within twenty days of the first request; where the office is late for both, the
/// notice goes before. Article 48 (3): whoever examined the case does not preside.
fn check_session(
    case: &Facts<'_>,
    session: &Session,
    (earliest, last): (NaiveDate, NaiveDate),
) -> Result<(), Error> {
    let place = session.place.trim();
    if place.is_empty() || place.chars().count() > MOST_NAME {
        return Err(Error::HearingPlaceWrong { most: MOST_NAME });
    }
    let day = office_day(session.at);
    if day < earliest {
        return Err(Error::HearingNoticeShort {
            days: NOTICE_DAYS,
            earliest: earliest.to_string(),
        });
    }
    let hold_by = case.hearing.as_ref().and_then(|one| one.hold_by);
    let latest = hold_by.filter(|day| *day >= earliest).unwrap_or(last);
    if day > latest {
        return Err(Error::HearingTooLate {
            latest: latest.to_string(),
        });
    }
    if has_examined(case, session.presider.id) {
        return Err(Error::PresiderExamined);
    }
    Ok(())
}

/// Whether he has examined the case, or handles it.
fn has_examined(case: &Facts<'_>, presider: Uuid) -> bool {
    let involved = case.examiners.contains(&presider) || case.handler == Some(presider);
    involved && !presider.is_nil()
}
