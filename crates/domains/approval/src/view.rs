//! Builds the answer that a case's page is drawn from.

mod clock;
pub(crate) mod command;
mod commitment;
pub(crate) mod consultation;
mod delivery;
pub(crate) mod exchange;
mod hearing;
mod part;

use chrono::NaiveDate;
use serde_json::Value;
use tb_calendar::{Calendar, Locale};
use tb_contract::events::{CoApplicant, Proxy};
use tb_contract::item::proof_of;
use tb_contract::joint::JointRef;
use tb_http::Ctx;
use tb_kernel::identity_number::{Phone, mask_id, mask_name};
use tb_kernel::{Fault, Locale as Language};

use crate::api::view::{
    CaseView, ItemView, MomentsView, PaperView, PartySignedView, PartyView, ProxyProofView,
    SituationAnswerView, WithdrawalView,
};
use crate::app::App;
use crate::entity::case;
use crate::model::clocks::Clocks;
use crate::model::event::{EventKind, office_day};
use crate::model::guard::MOST_EXTENSION;
use crate::sealed::{self, Dossier, OpenApplicant};
use crate::service::change::rating_of;
use crate::service::delivery::delivery_of;
use crate::service::evidence::Evidence;
use crate::service::record::cache_of;
use crate::service::setting::Setting;
use crate::service::{letter, result};
use crate::store::ended_licence::EndedLicence;
use crate::store::event::CaseEvent;
use crate::store::paper::PaperLine;

pub(crate) use part::shown_name;

/// What is shown.
pub(crate) struct Shown<'a> {
    /// The row.
    pub row: &'a case::Model,
    /// Item and office.
    pub setting: &'a Setting,
    /// History.
    pub history: &'a [CaseEvent],
    /// Clocks as of now.
    pub clocks: &'a Clocks,
    /// Calendar they were read by.
    pub calendar: &'a Calendar,
    /// Papers.
    pub papers: &'a [PaperLine],
    /// Licences among the materials that ended.
    pub ended: &'a [EndedLicence],
}

/// The answer, masked or in clear.
pub(crate) fn view<P>(
    ctx: &Ctx<P>,
    app: &App,
    shown: &Shown<'_>,
    clear: bool,
) -> Result<CaseView, Fault> {
    let (row, item, sealer) = (shown.row, &shown.setting.item, app.store().sealer());
    let (state, cache, now) = (row.current_state()?, cache_of(row), ctx.now());
    let locale = spoken(ctx.locale());
    let dossier = sealed::dossier(sealer, row)?;
    let files = sealed::materials(sealer, row)?;
    let evidence = Evidence::read(sealer, row, shown.setting, shown.history)?;
    let facts = evidence.facts(row, shown.setting, shown.history)?;
    Ok(CaseView {
        id: row.id,
        number: row.number.clone(),
        version: row.version,
        item: item_view(row, shown.setting, locale),
        office: shown.setting.office.clone(),
        region: row.region.clone(),
        channel: row.channel.clone(),
        counter: dossier.counter.clone(),
        batch: dossier.batch.clone(),
        light: cache.light(state, now),
        step_overdue: state.is_running() && cache.is_step_overdue(now),
        procedure: part::procedure(shown, now),
        originals: evidence.originals.iter().map(part::original).collect(),
        void: part::void(shown.history),
        commitment: commitment::commitment(shown, &evidence, now, locale, clear),
        delivery: delivery::delivery(
            item,
            dossier.delivery.as_ref(),
            delivery_of(shown.history),
            clear,
        ),
        hearing: hearing::hearing(shown.history, now, clear),
        procedures: part::procedures(item, shown.calendar, now, locale),
        longest_extension: MOST_EXTENSION,
        state,
        masked: !clear,
        parties: parties(
            &sealed::applicant(sealer, row)?,
            &dossier,
            row.organisation,
            (office_day(now), clear),
        ),
        moments: moments(row, shown.clocks),
        result: row.result.clone(),
        external: part::external(shown.history),
        handler: row.handler_name.clone(),
        situation: situation(shown.setting, &dossier),
        form: item
            .form
            .as_ref()
            .map(serde_json::to_value)
            .transpose()
            .map_err(Fault::internal)?,
        answers: answers(shown.setting, &dossier, clear),
        materials: part::materials(shown, &dossier, &files, &facts, (now, clear)),
        timeline: part::timeline(shown.history, item, (locale, clear)),
        clocks: clock::clocks(
            row,
            shown.clocks,
            &clock::Face {
                now,
                calendar: shown.calendar,
                locale,
            },
        ),
        step: part::steps(item, &facts, locale)
            .into_iter()
            .find(|step| step.status == "current"),
        steps: part::steps(item, &facts, locale),
        correction: part::correction(item, &dossier.situation, shown),
        withdrawal: withdrawal(row, shown.history),
        papers: shown.papers.iter().map(paper_view).collect(),
        commands: command::commands(ctx, row, &facts)?,
        rating: rating_of(shown.history),
        results: result::views(row, shown.setting, shown.history),
        letters: letter::letters(shown.history).count(),
        letter_since: row.letter_since,
        fee_stage: row.fee_stage.clone(),
        charges: shown.setting.charges && !item.fees.is_empty(),
        joint: joint(row),
    })
}

/// The language as the calendar names it.
fn spoken(language: Language) -> Locale {
    match language {
        Language::English => Locale::En,
        Language::Chinese => Locale::Zh,
    }
}

/// The joint matter as last heard; what cannot be read is left out rather than the page.
pub(crate) fn joint(row: &case::Model) -> Option<JointRef> {
    serde_json::from_str(row.joint.as_deref()?).ok()
}

fn item_view(row: &case::Model, setting: &Setting, locale: Locale) -> ItemView {
    let item = &setting.item;
    let words = |term: tb_calendar::Term| term.to_text(locale);
    ItemView {
        code: row.item_code.clone(),
        version: row.item_version,
        name: row.item_name.clone(),
        sample: item.sample,
        instant: item.case_kind == tb_contract::item::CaseKind::Instant,
        legal_term: item.legal_term.map(words),
        promised_term: item.promised_term.map(words),
        conditions: item.conditions.clone(),
        legal_bases: item
            .legal_bases
            .iter()
            .map(|basis| format!("《{}》{}", basis.name, basis.article))
            .collect(),
    }
}

fn parties(
    applicant: &OpenApplicant,
    dossier: &Dossier,
    organisation: bool,
    (today, clear): (NaiveDate, bool),
) -> Vec<PartyView> {
    let name = if clear || organisation {
        applicant.name.clone()
    } else {
        mask_name(&applicant.name)
    };
    let (id_number, phone) = if clear {
        (applicant.id_number.clone(), applicant.phone.clone())
    } else {
        (mask_id(&applicant.id_number), mask_phone(&applicant.phone))
    };
    let mut parties = Vec::new();
    let has_agent = !dossier.agent_name.is_empty();
    let own_phone = if has_agent {
        String::new()
    } else {
        phone.clone()
    };
    parties.push(PartyView {
        role: "applicant".to_owned(),
        organisation,
        name,
        id_number,
        phone: own_phone,
        proof: None,
        signed: None,
    });
    if has_agent {
        let name = if clear {
            dossier.agent_name.clone()
        } else {
            mask_name(&dossier.agent_name)
        };
        parties.push(PartyView {
            role: "agent".to_owned(),
            organisation: false,
            name,
            id_number: String::new(),
            phone,
            proof: None,
            signed: None,
        });
    }
    parties.extend(
        dossier
            .proxy
            .as_ref()
            .map(|proxy| stands_in(proxy, today, clear)),
    );
    let fellows = dossier.co_applicants.iter();
    parties.extend(fellows.map(|one| fellow(one, clear)));
    parties
}

/// Who applies beside the applicant.
fn fellow(one: &CoApplicant, clear: bool) -> PartyView {
    let shown = |plain: &str, mask: fn(&str) -> String| {
        if clear { plain.to_owned() } else { mask(plain) }
    };
    PartyView {
        role: "co_applicant".to_owned(),
        organisation: one.organisation,
        name: if one.organisation {
            one.name.clone()
        } else {
            shown(&one.name, mask_name)
        },
        id_number: shown(&one.id_number, mask_id),
        phone: shown(&one.phone, mask_phone),
        proof: None,
        signed: Some(PartySignedView {
            title: one.role.clone(),
            signature: shown(&one.signature, mask_name),
            at: one.signed_at,
        }),
    }
}

/// Who acts for the applicant.
fn stands_in(proxy: &Proxy, today: NaiveDate, clear: bool) -> PartyView {
    let shown = |plain: &str, mask: fn(&str) -> String| {
        if clear { plain.to_owned() } else { mask(plain) }
    };
    PartyView {
        role: proxy.relation.word().to_owned(),
        organisation: false,
        name: shown(&proxy.name, mask_name),
        id_number: shown(&proxy.id_number, mask_id),
        phone: shown(&proxy.phone, mask_phone),
        proof: Some(ProxyProofView {
            material: proxy.proof().map(|relation| proof_of(relation).to_owned()),
            from: proxy.from,
            until: proxy.until,
            ended_on: proxy.ended_on,
            over: proxy.ended_on.is_some() || proxy.until < today,
        }),
        signed: None,
    }
}

fn mask_phone(phone: &str) -> String {
    match Phone::parse(phone) {
        Ok(phone) => phone.masked(),
        Err(_) if phone.is_empty() => String::new(),
        Err(_) => "***".to_owned(),
    }
}

fn moments(row: &case::Model, clocks: &Clocks) -> MomentsView {
    MomentsView {
        submitted_at: row.submitted_at,
        received_at: row.received_at,
        accepted_at: row.accepted_at,
        decided_at: row.decided_at,
        closed_at: row.closed_at,
        delivered_at: clocks.running.delivered_at,
    }
}

fn situation(setting: &Setting, dossier: &Dossier) -> Vec<SituationAnswerView> {
    let answer = |question: &tb_contract::item::SituationQuestion| {
        let chosen = dossier.situation.get(&question.id)?;
        let option = question
            .options
            .iter()
            .find(|option| option.id == *chosen)?;
        Some(SituationAnswerView {
            question: question.question.clone(),
            answer: option.label.clone(),
        })
    };
    setting.item.situations.iter().filter_map(answer).collect()
}

/// Without a form to say which fields are sensitive, nothing is shown but in clear.
fn answers(setting: &Setting, dossier: &Dossier, clear: bool) -> Value {
    match (&setting.item.form, clear) {
        (_, true) => dossier.form.clone(),
        (Some(form), false) => tb_forms::masked(form, &dossier.form),
        (None, false) => Value::Object(serde_json::Map::new()),
    }
}

fn withdrawal(row: &case::Model, history: &[CaseEvent]) -> Option<WithdrawalView> {
    let asked = history
        .iter()
        .rfind(|event| event.kind == EventKind::WithdrawalAsked)?;
    row.withdrawal_pending.then(|| WithdrawalView {
        asked_at: asked.at,
        reason: asked.detail.reason.clone(),
    })
}

fn paper_view(row: &PaperLine) -> PaperView {
    PaperView {
        id: row.id,
        kind: row.kind.clone(),
        number: row.number.clone(),
        title: row.title.clone(),
        frozen_at: row.frozen_at,
    }
}
