//! Hearings that interested persons ask for (听证, row 26): the right that they are told of, who asks,
//! when it is held, and what the record says. Articles 46 to 48 of the permit law; its days are working
//! days (article 82), and the time that a hearing takes is not counted (article 45).

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use tb_contract::events::LetterFile;
use tb_kernel::office_time;
use utoipa::ToSchema;
use uuid::Uuid;

use super::event::{EventDetail, EventKind, StaffRef, office_day};
use super::verb::Verb;
use super::words::words;

mod rules;

pub(crate) use rules::{HearingFacts, check_day, told_anew};
pub(super) use rules::{check, check_decision};

/// Working days in which a hearing can be asked for, from the day after the telling.
pub(crate) const ASK_DAYS: u32 = 5;
/// Working days in which it is held, from the day after it was asked for.
pub(crate) const HOLD_DAYS: u32 = 20;
/// Working days between the notice and the hearing.
pub(crate) const NOTICE_DAYS: u32 = 7;
/// Working days to choose from behind the shortest notice, where the office is late for the twenty.
pub(crate) const LATE_DAYS: u32 = 5;
/// Interested persons that are told at once.
pub(crate) const MOST_PERSONS: usize = 50;

words! {
    /// Who gives a hearing up.
    pub(crate) enum Retreat {
        /// All who could ask, in writing: there is none.
        All = "all",
        /// One who has asked takes it back; the others can go on, or still ask.
        Asker = "asker",
    }
}

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
        /// All have given it up.
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
    /// Which of them asks, or takes back what he asked; none where the applicant does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<usize>,
    /// On what day they were told or he asked, as it was entered: the letter may have come later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<NaiveDate>,
    /// Who gives it up. Absent in what was written before one could take back his own request alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retreat: Option<Retreat>,
    /// When and where it is held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<Session>,
}

/// A step of a hearing.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum HearingStep {
    /// Applicant and interested persons were told on a day that they may ask until another; not before
    /// the case was accepted.
    Tell {
        persons: Vec<Interested>,
        on: NaiveDate,
        ask_by: NaiveDate,
        accepted_on: NaiveDate,
    },
    /// One of the interested persons asked, or the applicant, not before the case was accepted; to be
    /// held by this day.
    Ask {
        person: Option<usize>,
        on: NaiveDate,
        hold_by: NaiveDate,
        accepted_on: NaiveDate,
    },
    /// All who could ask give it up in writing.
    Waive,
    /// One who asked takes it back; where others have asked, it is to be held by this day.
    TakeBack {
        person: Option<usize>,
        hold_by: Option<NaiveDate>,
    },
    /// Day and place are told: not before the earliest day; until the last where the term for holding it
    /// ends before that.
    Call {
        session: Session,
        earliest: NaiveDate,
        last: NaiveDate,
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
            Self::Waive | Self::TakeBack { .. } => Verb::WaiveHearing,
            Self::Call { .. } => Verb::CallHearing,
            Self::Hold { .. } => Verb::HoldHearing,
        }
    }

    /// The event that tells the world.
    pub(super) fn says(&self) -> &'static str {
        match self {
            Self::Tell { .. } => "approval.case.hearing_right_told",
            Self::Ask { .. } => "approval.case.hearing_asked",
            Self::Waive | Self::TakeBack { .. } => "approval.case.hearing_waived",
            Self::Call { .. } => "approval.case.hearing_called",
            Self::Hold { .. } => "approval.case.hearing_held",
        }
    }

    /// What happened; what it says besides is put into `detail`.
    pub(super) fn event(&self, detail: &mut EventDetail) -> EventKind {
        let mut said = HearingSaid::default();
        let kind = match self {
            Self::Tell {
                persons,
                on,
                ask_by,
                ..
            } => {
                said.persons.clone_from(persons);
                said.day = Some(*on);
                detail.until = Some(*ask_by);
                EventKind::HearingRightTold
            }
            Self::Ask {
                person,
                on,
                hold_by,
                ..
            } => {
                said.person = *person;
                said.day = Some(*on);
                detail.until = Some(*hold_by);
                EventKind::HearingAsked
            }
            Self::Waive => {
                said.retreat = Some(Retreat::All);
                EventKind::HearingWaived
            }
            Self::TakeBack { person, hold_by } => {
                said.retreat = Some(Retreat::Asker);
                said.person = *person;
                // The clocks go on where nobody else has asked.
                detail.until = *hold_by;
                EventKind::HearingWaived
            }
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

/// Somebody's request for a hearing.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asking<'a> {
    /// When it was entered.
    pub at: DateTime<Utc>,
    /// The day on which it was made: of the postmark, where it came by post.
    pub on: NaiveDate,
    /// By which of the persons; none: the applicant.
    pub person: Option<usize>,
    /// Why.
    pub grounds: &'a str,
    /// Last day for holding it.
    pub hold_by: NaiveDate,
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
    /// When the telling was entered.
    pub told_at: DateTime<Utc>,
    /// On what day they were told.
    pub told_on: NaiveDate,
    /// Last day for asking.
    pub ask_by: NaiveDate,
    /// Who asked and has not taken it back.
    pub asked: Vec<Asking<'a>>,
    /// Day and place, as told last.
    pub session: Option<&'a Session>,
    /// How it ended: when, what is said of it, the record.
    pub ended: Option<(DateTime<Utc>, &'a str, &'a [LetterFile])>,
}

impl<'a> Hearing<'a> {
    fn told(at: DateTime<Utc>, detail: &'a EventDetail) -> Self {
        let said = detail.hearing.as_deref();
        Self {
            stage: HearingStage::Told,
            persons: said.map_or(&[], |said| &said.persons),
            matter: &detail.reason,
            told_at: at,
            told_on: day(at, said),
            ask_by: detail.until.unwrap_or(office_day(at)),
            asked: Vec::new(),
            session: None,
            ended: None,
        }
    }

    /// Last day for holding it: the first request counts.
    pub(crate) fn hold_by(&self) -> Option<NaiveDate> {
        self.asked.iter().map(|one| one.hold_by).min()
    }

    /// The same once somebody has taken back his request.
    pub(crate) fn hold_by_without(&self, person: Option<usize>) -> Option<NaiveDate> {
        let others = self.asked.iter().filter(|one| one.person != person);
        others.map(|one| one.hold_by).min()
    }

    fn ask(&mut self, at: DateTime<Utc>, detail: &'a EventDetail) {
        let said = detail.hearing.as_deref();
        self.asked.push(Asking {
            at,
            on: day(at, said),
            person: said.and_then(|said| said.person),
            grounds: &detail.reason,
            hold_by: detail.until.unwrap_or(office_day(at)),
        });
        if self.stage == HearingStage::Told {
            self.stage = HearingStage::Asked;
        }
    }

    /// Nobody loses what is his because another one does not want it any more.
    fn take_back(&mut self, person: Option<usize>) {
        self.asked.retain(|one| one.person != person);
        if self.asked.is_empty() {
            self.stage = HearingStage::Told;
            self.session = None;
        }
    }

    fn end(&mut self, stage: HearingStage, at: DateTime<Utc>, detail: &'a EventDetail) {
        self.stage = stage;
        self.ended = Some((at, &detail.reason, &detail.proof));
    }
}

/// The day that was entered; before days were entered it was that of the entry.
fn day(at: DateTime<Utc>, said: Option<&HearingSaid>) -> NaiveDate {
    said.and_then(|said| said.day).unwrap_or(office_day(at))
}

/// Folds the last hearing out of the events.
pub(crate) fn fold<'a>(
    events: impl Iterator<Item = (EventKind, DateTime<Utc>, &'a EventDetail)>,
) -> Option<Hearing<'a>> {
    let mut last = None::<Hearing<'a>>;
    for (kind, at, detail) in events {
        let said = detail.hearing.as_deref();
        match (kind, &mut last) {
            (EventKind::HearingRightTold, _) => last = Some(Hearing::told(at, detail)),
            (EventKind::HearingAsked, Some(hearing)) => hearing.ask(at, detail),
            (EventKind::HearingCalled, Some(hearing)) => {
                hearing.stage = HearingStage::Called;
                hearing.session = said.and_then(|said| said.session.as_ref());
            }
            (EventKind::HearingHeld, Some(hearing)) => {
                hearing.end(HearingStage::Held, at, detail);
            }
            (EventKind::HearingWaived, Some(hearing)) => match said {
                Some(said) if said.retreat == Some(Retreat::Asker) => {
                    hearing.take_back(said.person);
                }
                _ => hearing.end(HearingStage::Waived, at, detail),
            },
            _ => {}
        }
    }
    last
}

/// A moment as papers and messages say it.
pub(crate) fn in_words(at: DateTime<Utc>) -> String {
    at.with_timezone(&office_time::shanghai())
        .format("%Y年%-m月%-d日 %H:%M")
        .to_string()
}

/// Who has had a hand in the examination, and in whose place: nobody of them presides.
pub(crate) fn examiners<'a>(
    events: impl Iterator<Item = (EventKind, Uuid, &'a EventDetail)>,
) -> Vec<Uuid> {
    let mut all: Vec<Uuid> = events
        .filter(|(kind, ..)| matches!(kind, EventKind::StepCompleted | EventKind::StepReturned))
        .flat_map(|(_, by, detail)| detail.stood_for.iter().copied().chain([by]))
        .collect();
    all.sort_unstable();
    all.dedup();
    all
}

#[cfg(test)]
mod tests;
