//! The hearing of a case, for the case's page.

use chrono::{DateTime, Utc};
use tb_contract::events::LetterFile;

use super::{mask_phone, shown_name};
use crate::api::view::{FileView, HearingAsking, HearingSession, HearingView};
use crate::model::event::office_day;
use crate::model::hearing::{Asking, Hearing, HearingStage, Interested};
use crate::model::hearing_paper::veiled;
use crate::service::hearing::hearing_of;
use crate::service::letter::file_view;
use crate::store::event::CaseEvent;

/// What stands in the place of words that name people.
const VEIL: &str = "***";

/// The last hearing; interested persons are masked as applicants are, and what they said is shown in clear
/// only.
pub(super) fn hearing(
    history: &[CaseEvent],
    now: DateTime<Utc>,
    clear: bool,
) -> Option<HearingView> {
    let hearing = hearing_of(history)?;
    let persons = hearing.persons.iter();
    Some(HearingView {
        stage: hearing.stage,
        matter: hearing.matter.to_owned(),
        persons: persons.map(|one| shown(one, clear)).collect(),
        told_at: hearing.told_at,
        told_on: hearing.told_on,
        ask_by: hearing.ask_by,
        unasked: hearing.stage == HearingStage::Told && hearing.ask_by < office_day(now),
        asked: asked(&hearing, clear),
        hold_by: hearing.hold_by(),
        session: hearing.session.map(|session| HearingSession {
            at: session.at,
            place: session.place.clone(),
            presider: session.presider.name.clone(),
        }),
        ended_at: hearing.ended.map(|(at, ..)| at),
        record: hearing.ended.map(|(_, text, _)| words(text, clear)),
        files: hearing
            .ended
            .map(|(.., files)| files.iter().map(|one| file(one, clear)).collect())
            .unwrap_or_default(),
    })
}

fn words(text: &str, clear: bool) -> String {
    if clear { text } else { VEIL }.to_owned()
}

fn asked(hearing: &Hearing<'_>, clear: bool) -> Vec<HearingAsking> {
    let view = |one: &Asking<'_>| HearingAsking {
        at: one.at,
        on: one.on,
        person: one.person,
        grounds: words(one.grounds, clear),
    };
    hearing.asked.iter().map(view).collect()
}

fn file(file: &LetterFile, clear: bool) -> FileView {
    FileView {
        file_name: shown_name(&file.file_name, clear),
        ..file_view(file)
    }
}

fn shown(one: &Interested, clear: bool) -> Interested {
    if clear {
        return one.clone();
    }
    Interested {
        name: veiled(&one.name),
        contact: mask_phone(&one.contact),
        interest: words(&one.interest, one.interest.is_empty()),
    }
}
