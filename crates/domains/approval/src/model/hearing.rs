//! Hearings that interested persons ask for (听证, row 26): the right that they are told of, who asks,
//! when it is held, and what the record says. Articles 46 to 48 of the permit law; its days are working
//! days (article 82), and the time that a hearing takes is not counted (article 45).

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use tb_contract::events::LetterFile;
use tb_kernel::office_time;
use utoipa::ToSchema;
use uuid::Uuid;

use super::apply::{Facts, Surroundings};
use super::event::{EventDetail, EventKind, StaffRef, office_day};
use super::guard::Guard;
use super::verb::Verb;
use super::words::words;
use crate::error::Error;

/// Working days in which a hearing can be asked for, from the day after the telling.
pub(crate) const ASK_DAYS: u32 = 5;
/// Working days in which it is held, from the day after it was asked for.
pub(crate) const HOLD_DAYS: u32 = 20;
/// Working days between the notice and the hearing.
pub(crate) const NOTICE_DAYS: u32 = 7;
/// Interested persons that are told at once.
pub(crate) const MOST_PERSONS: usize = 50;
/// Longest name, contact or place, in characters.
const MOST_NAME: usize = 200;

words! {
    /// How far a hearing has come.
    pub(crate) enum HearingStage {
        /// The right was told; it can be asked for.
        Told = "told",
        /// It was asked for.
        Asked = "asked",
        /// Day and place were told.
        Called = "called",
        /// It was held.
        Held = "held",
        /// Nobody wants it: given up, or taken back.
        Waived = "waived",
    }
}

/// Somebody else whom a decision touches (利害关系人).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(crate) struct Interested {
    /// Name of the person or the organisation.
    pub name: String,
    /// Where he is reached: telephone or address.
    pub contact: String,
    /// What interest of his is at stake.
    #[serde(default)]
    pub interest: String,
}

/// When and where a hearing is held, and who presides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Session {
    /// When.
    pub at: DateTime<Utc>,
    /// Where.
    pub place: String,
    /// Who presides: nobody who has examined the case.
    pub presider: StaffRef,
}

/// What an event of a hearing says. It names people: views mask it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct HearingSaid {
    /// Who was told beside the applicant.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub persons: Vec<Interested>,
    /// Which of them asks; none where the applicant does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<usize>,
    /// When and where it is held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<Session>,
}

/// A step of a hearing.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum HearingStep {
    /// Applicant and interested persons are told that they may ask until this day.
    Tell {
        persons: Vec<Interested>,
        ask_by: NaiveDate,
    },
    /// One of the interested persons asks, or the applicant; to be held by this day.
    Ask {
        person: Option<usize>,
        hold_by: NaiveDate,
    },
    /// All who could ask give it up in writing, or who asked takes it back.
    Waive,
    /// Day and place are told: not before this day.
    Call {
        session: Session,
        earliest: NaiveDate,
    },
    /// It was held; the record is signed.
    Hold { files: Vec<LetterFile> },
}

impl HearingStep {
    /// Its verb in the table.
    pub(super) fn verb(&self) -> Verb {
        match self {
            Self::Tell { .. } => Verb::TellHearingRight,
            Self::Ask { .. } => Verb::AskHearing,
            Self::Waive => Verb::WaiveHearing,
            Self::Call { .. } => Verb::CallHearing,
            Self::Hold { .. } => Verb::HoldHearing,
        }
    }

    /// The event that tells the world.
    pub(super) fn says(&self) -> &'static str {
        match self {
            Self::Tell { .. } => "approval.case.hearing_right_told",
            Self::Ask { .. } => "approval.case.hearing_asked",
            Self::Waive => "approval.case.hearing_waived",
            Self::Call { .. } => "approval.case.hearing_called",
            Self::Hold { .. } => "approval.case.hearing_held",
        }
    }

    /// What happened; what it says besides is put into `detail`.
    pub(super) fn event(&self, detail: &mut EventDetail) -> EventKind {
        let mut said = HearingSaid::default();
        let kind = match self {
            Self::Tell { persons, ask_by } => {
                said.persons.clone_from(persons);
                detail.until = Some(*ask_by);
                EventKind::HearingRightTold
            }
            Self::Ask { person, hold_by } => {
                said.person = *person;
                detail.until = Some(*hold_by);
                EventKind::HearingAsked
            }
            Self::Waive => EventKind::HearingWaived,
            Self::Call { session, .. } => {
                said.session = Some(session.clone());
                EventKind::HearingCalled
            }
            Self::Hold { files } => {
                detail.proof.clone_from(files);
                EventKind::HearingHeld
            }
        };
        detail.hearing = Some(Box::new(said));
        kind
    }
}

/// The last hearing of a case, folded from its events.
#[derive(Clone, Debug)]
pub(crate) struct Hearing<'a> {
    /// How far it has come.
    pub stage: HearingStage,
    /// Who was told beside the applicant.
    pub persons: &'a [Interested],
    /// What is at stake, as they were told.
    pub matter: &'a str,
    /// When they were told.
    pub told_at: DateTime<Utc>,
    /// Last day for asking.
    pub ask_by: NaiveDate,
    /// When it was asked for, by which of the persons (none: the applicant), and why.
    pub asked: Option<(DateTime<Utc>, Option<usize>, &'a str)>,
    /// Last day for holding it.
    pub hold_by: Option<NaiveDate>,
    /// Day and place, as told last.
    pub session: Option<&'a Session>,
    /// How it ended: when, what is said of it, the record.
    pub ended: Option<(DateTime<Utc>, &'a str, &'a [LetterFile])>,
}

/// Folds the last hearing out of the events.
pub(crate) fn fold<'a>(
    events: impl Iterator<Item = (EventKind, DateTime<Utc>, &'a EventDetail)>,
) -> Option<Hearing<'a>> {
    let mut last = None::<Hearing<'a>>;
    for (kind, at, detail) in events {
        let said = detail.hearing.as_deref();
        match (kind, &mut last) {
            (EventKind::HearingRightTold, _) => {
                last = Some(Hearing {
                    stage: HearingStage::Told,
                    persons: said.map_or(&[], |said| &said.persons),
                    matter: &detail.reason,
                    told_at: at,
                    ask_by: detail.until.unwrap_or(office_day(at)),
                    asked: None,
                    hold_by: None,
                    session: None,
                    ended: None,
                });
            }
            (EventKind::HearingAsked, Some(hearing)) => {
                hearing.stage = HearingStage::Asked;
                let person = said.and_then(|said| said.person);
                hearing.asked = Some((at, person, &detail.reason));
                hearing.hold_by = detail.until;
            }
            (EventKind::HearingCalled, Some(hearing)) => {
                hearing.stage = HearingStage::Called;
                hearing.session = said.and_then(|said| said.session.as_ref());
            }
            (EventKind::HearingHeld | EventKind::HearingWaived, Some(hearing)) => {
                hearing.stage = if kind == EventKind::HearingHeld {
                    HearingStage::Held
                } else {
                    HearingStage::Waived
                };
                hearing.ended = Some((at, &detail.reason, &detail.proof));
            }
            _ => {}
        }
    }
    last
}

/// A hearing as the rules look at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct HearingFacts {
    /// How far it has come.
    pub stage: HearingStage,
    /// How many were told beside the applicant.
    pub persons: usize,
    /// Last day for asking.
    pub ask_by: NaiveDate,
    /// Last day for holding it, once it was asked for.
    pub hold_by: Option<NaiveDate>,
    /// When it is held, once that was told.
    pub at: Option<DateTime<Utc>>,
}

impl From<&Hearing<'_>> for HearingFacts {
    fn from(hearing: &Hearing<'_>) -> Self {
        Self {
            stage: hearing.stage,
            persons: hearing.persons.len(),
            ask_by: hearing.ask_by,
            hold_by: hearing.hold_by,
            at: hearing.session.map(|session| session.at),
        }
    }
}

impl HearingFacts {
    /// Whether it can be asked for: until the end of the last day.
    fn can_be_asked(self, now: DateTime<Utc>) -> bool {
        self.stage == HearingStage::Told && office_day(now) <= self.ask_by
    }

    /// Whether it was asked for and waits to be held.
    fn is_wanted(self) -> bool {
        matches!(self.stage, HearingStage::Asked | HearingStage::Called)
    }
}

/// Whether the case can be decided: nobody can ask for a hearing any more, and none is to be held.
pub(super) fn check_decision(case: &Facts<'_>, now: DateTime<Utc>) -> Result<(), Error> {
    match case.hearing {
        Some(hearing) if hearing.can_be_asked(now) => Err(Error::HearingRightRuns {
            until: hearing.ask_by.to_string(),
        }),
        Some(hearing) if hearing.is_wanted() => Err(Error::HearingNotHeld),
        _ => Ok(()),
    }
}

/// Tries a guard about hearings.
pub(super) fn check(
    guard: Guard,
    case: &Facts<'_>,
    step: &HearingStep,
    around: Surroundings<'_>,
) -> Result<(), Error> {
    let refuse = |holds: bool, error: Error| if holds { Ok(()) } else { Err(error) };
    let hearing = case.hearing;
    match (guard, step) {
        (Guard::NoHearing, _) => refuse(
            hearing.is_none_or(|one| !one.can_be_asked(around.now) && !one.is_wanted()),
            Error::HearingOpen,
        ),
        (Guard::PersonsNamed, HearingStep::Tell { persons, .. }) => check_persons(persons),
        (Guard::AskTime, HearingStep::Ask { person, .. }) => {
            let hearing = hearing
                .filter(|one| one.stage == HearingStage::Told)
                .ok_or(Error::NoHearingRight)?;
            if !hearing.can_be_asked(around.now) {
                return Err(Error::HearingAskedLate {
                    until: hearing.ask_by.to_string(),
                });
            }
            let known = person.is_none_or(|place| place < hearing.persons);
            refuse(known, Error::NotAnInterestedPerson)
        }
        (Guard::HearingOpen, _) => refuse(
            hearing.is_some_and(|one| one.can_be_asked(around.now) || one.is_wanted()),
            Error::NoHearingRight,
        ),
        (Guard::HearingAsked, _) => refuse(
            hearing.is_some_and(HearingFacts::is_wanted),
            Error::NoHearingAsked,
        ),
        (Guard::SessionFits, HearingStep::Call { session, earliest }) => {
            check_session(case, session, *earliest)
        }
        (Guard::SessionOver, _) => match hearing.and_then(|one| one.at) {
            Some(at) => refuse(at <= around.now, Error::HearingAhead { at: in_words(at) }),
            None => Err(Error::HearingNotCalled),
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

/// Seven days' notice, within twenty days of the asking; where the office is late for both, the notice
/// goes before. Article 48 (3): whoever examined the case does not preside.
fn check_session(case: &Facts<'_>, session: &Session, earliest: NaiveDate) -> Result<(), Error> {
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
    let latest = case.hearing.and_then(|one| one.hold_by);
    let latest = latest.map_or(earliest, |latest| latest.max(earliest));
    if day > latest {
        return Err(Error::HearingTooLate {
            latest: latest.to_string(),
        });
    }
    let presider = session.presider.id;
    let examined = case.examiners.contains(&presider) || case.handler == Some(presider);
    if examined && !presider.is_nil() {
        return Err(Error::PresiderExamined);
    }
    Ok(())
}

/// A moment as papers and messages say it.
pub(crate) fn in_words(at: DateTime<Utc>) -> String {
    at.with_timezone(&office_time::shanghai())
        .format("%Y年%-m月%-d日 %H:%M")
        .to_string()
}

/// Who asked, as papers say it; the applicant by what he is.
pub(crate) fn asker(hearing: &Hearing<'_>) -> String {
    let person = hearing.asked.and_then(|(_, person, _)| person);
    match person.and_then(|place| hearing.persons.get(place)) {
        Some(person) => format!("利害关系人{}", person.name),
        None => "申请人".to_owned(),
    }
}

/// Who has had a hand in the examination: nobody of them presides.
pub(crate) fn examiners(events: impl Iterator<Item = (EventKind, Uuid)>) -> Vec<Uuid> {
    let mut all: Vec<Uuid> = events
        .filter(|(kind, _)| matches!(kind, EventKind::StepCompleted | EventKind::StepReturned))
        .map(|(_, by)| by)
        .collect();
    all.sort_unstable();
    all.dedup();
    all
}

#[cfg(test)]
mod tests;
