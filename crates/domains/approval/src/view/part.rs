//! Materials, history, plan and notice of a case for its page.

use chrono::{DateTime, NaiveDate, Utc};
use tb_calendar::{Calendar, Locale, Request, Term, Unit};
use tb_contract::events::MaterialRef;
use tb_contract::item::{ItemDocument, MaterialRequirement, Necessity, SituationAnswers};

use super::Shown;
use crate::api::opinion::ShownMaterialView;
use crate::api::view::{
    CaseLicenceView, CorrectionView, DeferredView, EventView, ExternalView, FileView, MaterialView,
    OriginalView, PartView, ProcedureOptionView, ProcedureView, StepView, VoidView,
};
use crate::model::apply::{Facts, Original};
use crate::model::clocks::Reading;
use crate::model::commitment::undertaking;
use crate::model::defects;
use crate::model::deferral::{Promised, promises};
use crate::model::event::{EventKind, office_day};
use crate::model::licence::standing;
use crate::model::state::{State, SuspensionGround, TerminationGround};
use crate::sealed::Dossier;
use crate::service::evidence;
use crate::store::ended_licence::EndedLicence;
use crate::store::event::{CaseEvent, void_proposer};

/// What was given with a case, and how it is looked at.
struct Given<'a> {
    /// The files.
    files: &'a [MaterialRef],
    /// Licences among them that ended.
    ended: &'a [EndedLicence],
    /// The day that it is looked at.
    today: NaiveDate,
    /// Not masked.
    clear: bool,
}

/// Materials that the situation asks for, then what was given besides.
pub(super) fn materials(
    shown: &Shown<'_>,
    dossier: &Dossier,
    given: &[MaterialRef],
    facts: &Facts<'_>,
    (now, clear): (DateTime<Utc>, bool),
) -> Vec<MaterialView> {
    let item = &shown.setting.item;
    let looked_at = Given {
        files: given,
        ended: shown.ended,
        today: office_day(now),
        clear,
    };
    let promised = promises(item, &dossier.situation, given, &dossier.deferred);
    let committed = undertaking(item, &dossier.situation, given, dossier.commitment.as_ref());
    let committed = committed.map(|(_, ids)| ids).unwrap_or_default();
    let missing = defects::missing(item, &dossier.situation, given, &promised, &committed);
    // Before acceptance what was promised, after it what is owed of that.
    let owed: Vec<&Promised> = if facts.promised.is_empty() {
        facts.debts.iter().map(|debt| &debt.promised).collect()
    } else {
        facts.promised.iter().collect()
    };
    let asked = item.materials_for(&dossier.situation);
    let mut views: Vec<MaterialView> = asked
        .iter()
        .map(|one| MaterialView {
            committed: committed.contains(&one.id),
            promised_by: owed
                .iter()
                .find(|owed| owed.id == one.id)
                .map(|owed| owed.by),
            ..asked_for(one, &looked_at, &missing)
        })
        .collect();
    for file in given
        .iter()
        .filter(|file| asked.iter().all(|one| one.id != file.requirement_id))
    {
        if views
            .iter()
            .any(|view| view.requirement_id == file.requirement_id)
        {
            continue;
        }
        views.push(MaterialView {
            requirement_id: file.requirement_id.clone(),
            name: other_name(item, &file.requirement_id),
            necessity: None,
            standard: String::new(),
            waived: None,
            missing: false,
            promised_by: None,
            committed: false,
            files: files(given, &file.requirement_id, clear),
            licences: Vec::new(),
        });
    }
    views
}

fn asked_for(one: &MaterialRequirement, given: &Given<'_>, missing: &[String]) -> MaterialView {
    let necessity = match one.necessity {
        Necessity::Required => "required",
        Necessity::Optional => "optional",
        Necessity::Deferrable => "deferrable",
    };
    MaterialView {
        requirement_id: one.id.clone(),
        name: one.name.clone(),
        necessity: Some(necessity.to_owned()),
        standard: one.standard.clone(),
        waived: one.waived.clone(),
        missing: missing.contains(&one.name),
        promised_by: None,
        committed: false,
        files: files(given.files, &one.id, given.clear),
        licences: licences(given, &one.id),
    }
}

/// The licences among the files of a requirement, as they stand now.
fn licences(given: &Given<'_>, requirement_id: &str) -> Vec<CaseLicenceView> {
    let of_it = given
        .files
        .iter()
        .filter(|file| file.requirement_id == requirement_id);
    let view = |file: &MaterialRef| {
        let taken = file.licence.clone()?;
        let (standing, ended_on) = standing(&taken.licence, given.ended, given.today);
        Some(CaseLicenceView {
            file_id: file.id.0,
            taken,
            standing,
            ended_on,
        })
    };
    of_it.filter_map(view).collect()
}

/// Files of a form's attachment field are shown under its label.
fn other_name(item: &ItemDocument, requirement_id: &str) -> String {
    let path = requirement_id
        .strip_prefix("form.")
        .map(|key| format!("/{key}"));
    let label = path.and_then(|path| defects::label(item.form.as_ref()?, &path));
    label.unwrap_or_else(|| requirement_id.to_owned())
}

fn files(given: &[MaterialRef], requirement_id: &str, clear: bool) -> Vec<FileView> {
    let of_it = given
        .iter()
        .filter(|file| file.requirement_id == requirement_id);
    of_it
        .map(|file| FileView {
            id: file.id.0,
            file_name: shown_name(&file.file_name, clear),
            media_type: file.media_type.clone(),
            size: file.size,
        })
        .collect()
}

/// Materials as a department sees them that is asked about the case: the files of some requirements.
pub(super) fn shown(
    item: &ItemDocument,
    given: &[MaterialRef],
    requirements: &[String],
) -> Vec<ShownMaterialView> {
    let known = |id: &String| item.materials.iter().find(|one| one.id == *id);
    let view = |id: &String| ShownMaterialView {
        requirement_id: id.clone(),
        name: known(id).map_or_else(|| other_name(item, id), |one| one.name.clone()),
        files: files(given, id, true),
    };
    requirements.iter().map(view).collect()
}

pub(crate) fn shown_name(name: &str, clear: bool) -> String {
    if clear {
        name.to_owned()
    } else {
        masked_name(name)
    }
}

/// People name files after themselves: only the extension is shown.
fn masked_name(name: &str) -> String {
    match name.rsplit_once('.') {
        Some((_, extension)) if extension.len() <= 5 => format!("***.{extension}"),
        _ => "***".to_owned(),
    }
}

/// The history.
pub(super) fn timeline(
    history: &[CaseEvent],
    item: &ItemDocument,
    (locale, clear): (Locale, bool),
) -> Vec<EventView> {
    let view = |one| event(one, item, locale, clear);
    history.iter().map(view).collect()
}

/// One event of the history.
fn event(event: &CaseEvent, item: &ItemDocument, locale: Locale, clear: bool) -> EventView {
    let detail = &event.detail;
    let said = detail.hearing.as_deref();
    let in_words = |length| {
        let unit = item.legal_term.map_or(Unit::WorkingDays, |term| term.unit);
        Term { length, unit }.to_text(locale)
    };
    EventView {
        seq: event.seq,
        kind: event.kind,
        at: event.at,
        effective_at: event.effective_at,
        done_on: said.and_then(|said| said.day),
        actor: event.actor_name.clone(),
        successor: detail.successor.as_ref().map(|one| one.name.clone()),
        consulted: detail.consulted.as_ref().map(|one| one.office.clone()),
        stance: detail.consulted.as_ref().and_then(|one| one.stance),
        relayed: detail.relayed.as_deref().cloned(),
        deputy_of: detail.deputy_of.as_ref().map(|absent| absent.name.clone()),
        from: event.from,
        to: event.to,
        reason: Some(&detail.reason)
            .filter(|_| !event.kind.is_of_fee_request())
            .filter(|_| clear || !event.kind.is_of_hearing())
            .cloned()
            .unwrap_or_default(),
        fee: detail.fee,
        step: detail.step_name.clone(),
        notice: detail.notice.clone(),
        changed: detail.changed.clone(),
        ignored: detail.ignored.clone(),
        way: detail.way.map(|way| way.to_string()),
        result: detail.ruling.map(|ruling| ruling.to_string()),
        procedure: detail.procedure.as_ref().map(|one| one.name.clone()),
        organ: Some(detail.organ.clone()).filter(|organ| !organ.is_empty()),
        external_number: Some(detail.external_number.clone()).filter(|number| !number.is_empty()),
        basis: Some(detail.basis.clone()).filter(|basis| !basis.is_empty()),
        originals: detail.originals.clone(),
        deferred: detail.deferred.iter().map(deferred).collect(),
        method: Some(detail.method.clone()).filter(|method| !method.is_empty()),
        until: detail.until,
        extension: detail.extension.map(in_words),
        ground: detail
            .suspension
            .map(SuspensionGround::as_str)
            .or(detail.termination.map(TerminationGround::as_str))
            .map(str::to_owned),
    }
}

/// The system of province or ministry that handles the case.
pub(super) fn external(history: &[CaseEvent]) -> Option<ExternalView> {
    evidence::external(history).map(|(at, detail)| ExternalView {
        organ: detail.organ.clone(),
        number: detail.external_number.clone(),
        at,
    })
}

/// The plan of examination.
pub(super) fn steps(item: &ItemDocument, facts: &Facts<'_>, locale: Locale) -> Vec<StepView> {
    let has_begun = facts.state.is_examination();
    let is_over = facts.decided;
    let plan = crate::model::clocks::plan(item);
    let status = |at: usize| match (is_over, has_begun) {
        (true, _) => "done",
        (false, true) if at < facts.step => "done",
        (false, true) if at == facts.step => "current",
        _ => "waiting",
    };
    plan.iter()
        .enumerate()
        .map(|(at, step)| StepView {
            id: step.id.clone(),
            name: step.name.clone(),
            post: step.post.clone(),
            term: step.term.to_text(locale),
            standard: step.standard.clone(),
            status: status(at).to_owned(),
        })
        .collect()
}

/// The last notice.
pub(super) fn correction(
    item: &ItemDocument,
    situation: &SituationAnswers,
    shown: &Shown<'_>,
) -> Option<CorrectionView> {
    let of_notice = |event: &&CaseEvent| event.detail.notice.is_some();
    let last = shown.history.iter().rfind(of_notice)?;
    let listed = last.detail.notice.as_ref()?;
    let label = |path: &String| {
        item.form
            .as_ref()
            .and_then(|form| defects::label(form, path))
    };
    let name = |id: &String| defects::material_name(item, situation, id).map(str::to_owned);
    let part = |key: &String, label: Option<String>| PartView {
        key: key.clone(),
        label: label.unwrap_or_else(|| key.clone()),
    };
    Some(CorrectionView {
        fields: listed
            .fields
            .iter()
            .map(|path| part(path, label(path)))
            .collect(),
        materials: listed
            .materials
            .iter()
            .map(|id| part(id, name(id)))
            .collect(),
        reason: last.detail.reason.clone(),
        due: shown.clocks.applicant.as_ref().and_then(Reading::day),
        notices: shown.history.iter().filter(of_notice).count(),
    })
}

/// The special procedure under way.
pub(super) fn procedure(shown: &Shown<'_>, now: DateTime<Utc>) -> Option<ProcedureView> {
    let under_way = shown.row.state == State::SpecialProcedure.as_str();
    let begun = shown
        .history
        .iter()
        .rfind(|event| under_way && event.detail.procedure.is_some())?;
    let procedure = begun.detail.procedure.as_ref()?;
    Some(ProcedureView {
        kind: procedure.kind,
        name: procedure.name.clone(),
        since: office_day(begun.effective_at),
        planned_end: procedure.planned_end,
        overdue: procedure.planned_end < office_day(now),
    })
}

/// The special procedures that the item lists.
pub(super) fn procedures(
    item: &ItemDocument,
    calendar: &Calendar,
    now: DateTime<Utc>,
    locale: Locale,
) -> Vec<ProcedureOptionView> {
    let until = |term: Term| {
        let request = Request::new(now, term).in_region(item.region.as_str());
        calendar.due(&request).ok().map(|due| due.date)
    };
    item.special_procedures
        .iter()
        .map(|one| ProcedureOptionView {
            kind: one.kind,
            name: one.name.clone(),
            term: one.term.to_text(locale),
            until: until(one.term),
            basis: one.basis.clone(),
        })
        .collect()
}

/// A material that follows later.
fn deferred(promised: &Promised) -> DeferredView {
    DeferredView {
        name: promised.name.clone(),
        by: promised.by,
    }
}

/// An original that is wanted.
pub(super) fn original(original: &Original) -> OriginalView {
    OriginalView {
        requirement_id: original.id.clone(),
        name: original.name.clone(),
    }
}

/// The proposal to make it void that waits for its answer.
pub(super) fn void(history: &[CaseEvent]) -> Option<VoidView> {
    void_proposer(history)?;
    let proposed = history
        .iter()
        .rfind(|event| event.kind == EventKind::VoidProposed)?;
    Some(VoidView {
        at: proposed.at,
        by: proposed.actor_name.clone(),
        reason: proposed.detail.reason.clone(),
    })
}
