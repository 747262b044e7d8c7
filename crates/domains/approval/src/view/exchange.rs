//! The exchange records of a case, out of its row, its history and its papers. Pure: what is read
//! from storage is given.

mod ending;
mod given;
mod progress;

use serde::Serialize;
use tb_contract::events::MaterialRef;

use crate::entity::case;
use crate::exchange::CaseRecords;
use crate::model::defects;
use crate::model::event::EventKind;
use crate::model::state::PaperKind;
use crate::sealed::{Dossier, OpenApplicant};
use crate::service::setting::Setting;
use crate::store::event::CaseEvent;
use crate::store::paper::PaperLine;

/// What the records are made of, opened.
pub(crate) struct Source<'a> {
    /// The row.
    pub row: &'a case::Model,
    /// Item and office.
    pub setting: &'a Setting,
    /// Who applies.
    pub applicant: OpenApplicant,
    /// What he handed in.
    pub dossier: Dossier,
    /// His files.
    pub files: Vec<MaterialRef>,
    /// History.
    pub history: &'a [CaseEvent],
    /// Papers.
    pub papers: &'a [PaperLine],
}

/// The records of a case.
pub(crate) fn records(source: &Source<'_>) -> CaseRecords {
    let mut case = CaseRecords {
        application: given::application(source),
        materials: given::materials(source),
        ..CaseRecords::default()
    };
    for event in source.history {
        case.pre_acceptances
            .extend(progress::pre_acceptance(source, event));
        case.acceptances.extend(progress::acceptance(source, event));
        case.approvals.extend(progress::approval(source, event));
        case.correction_notices
            .extend(progress::correction_notice(source, event));
        case.correction_acceptances
            .extend(progress::correction_acceptance(source, event));
        case.special_requests
            .extend(progress::special_request(source, event));
        case.special_results
            .extend(progress::special_result(source, event));
        case.completions.extend(ending::completion(source, event));
        case.collections.extend(ending::collection(source, event));
    }
    case
}

impl Source<'_> {
    /// The number of the paper of a kind that an event made: papers are frozen with the last event
    /// of their transaction, whose events share their moment.
    fn number(&self, event: &CaseEvent, kind: PaperKind) -> String {
        let together = |paper: &&PaperLine| {
            let last = self
                .history
                .iter()
                .find(|one| one.seq == paper.event_seq)
                .is_some_and(|one| one.at == event.at);
            last && paper.event_seq >= event.seq && paper.kind == kind.as_str()
        };
        let paper = self.papers.iter().find(together);
        paper.map(|paper| paper.number.clone()).unwrap_or_default()
    }

    /// What a part of an application is called: a material's name, a field's label.
    fn part(&self, key: &str) -> String {
        let (item, situation) = (&self.setting.item, &self.dossier.situation);
        let form = item.form.as_ref();
        let name = match key.strip_prefix("form.") {
            Some(field) => form.and_then(|form| defects::label(form, &format!("/{field}"))),
            None if key.starts_with('/') => form.and_then(|form| defects::label(form, key)),
            None => defects::material_name(item, situation, key).map(str::to_owned),
        };
        name.unwrap_or_else(|| key.to_owned())
    }

    fn parts(&self, keys: &[String]) -> Vec<String> {
        keys.iter().map(|key| self.part(key)).collect()
    }

    /// The last event of one of these kinds before another.
    fn before(&self, event: &CaseEvent, kinds: &[EventKind]) -> Option<&CaseEvent> {
        self.history
            .iter()
            .rfind(|one| one.seq < event.seq && kinds.contains(&one.kind))
    }
}

/// The word of something that is one word as JSON.
fn word<T: Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}
