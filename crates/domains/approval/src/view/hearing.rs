//! The hearing of a case, for the case's page.

use chrono::{DateTime, Utc};
use tb_kernel::identity_number::mask_name;

use crate::api::view::{HearingSession, HearingView};
use crate::model::event::office_day;
use crate::model::hearing::{HearingStage, Interested};
use crate::service::hearing::hearing_of;
use crate::service::letter::file_view;
use crate::store::event::CaseEvent;

/// The last hearing; interested persons are masked as applicants are.
pub(super) fn hearing(
    history: &[CaseEvent],
    now: DateTime<Utc>,
    clear: bool,
) -> Option<HearingView> {
    let hearing = hearing_of(history)?;
    let asked = hearing.asked;
    let person = asked.and_then(|(_, person, _)| hearing.persons.get(person?));
    Some(HearingView {
        stage: hearing.stage,
        matter: hearing.matter.to_owned(),
        persons: hearing
            .persons
            .iter()
            .map(|one| shown(one, clear))
            .collect(),
        told_at: hearing.told_at,
        ask_by: hearing.ask_by,
        unasked: hearing.stage == HearingStage::Told && hearing.ask_by < office_day(now),
        asked_at: asked.map(|(at, ..)| at),
        asked_by: person.map(|one| shown(one, clear).name),
        grounds: asked.map(|(.., grounds)| grounds.to_owned()),
        hold_by: hearing.hold_by,
        session: hearing.session.map(|session| HearingSession {
            at: session.at,
            place: session.place.clone(),
            presider: session.presider.name.clone(),
        }),
        ended_at: hearing.ended.map(|(at, ..)| at),
        record: hearing.ended.map(|(_, words, _)| words.to_owned()),
        files: hearing
            .ended
            .map(|(.., files)| files.iter().map(file_view).collect())
            .unwrap_or_default(),
    })
}

fn shown(one: &Interested, clear: bool) -> Interested {
    if clear {
        return one.clone();
    }
    Interested {
        name: mask_name(&one.name),
        contact: "***".to_owned(),
        interest: one.interest.clone(),
    }
}
