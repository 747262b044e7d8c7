//! Freezes a paper: number, template version and everything that will stand on it.

use chrono::Datelike;
use tb_calendar::Unit;
use tb_contract::events::PaperRef;
use tb_contract::item::ItemDocument;
use tb_kernel::Fault;
use tb_storage::Tx;

use super::hearing::hearing_of;
use super::setting::Setting;
use crate::entity::{case, paper};
use crate::model::clocks::{Clocks, Reading};
use crate::model::commitment_paper::{Notice, Revocation};
use crate::model::defects;
use crate::model::delivery::Parcel;
use crate::model::delivery_paper::Receipt;
use crate::model::diversion_paper::{
    Deferral, Extension, SpecialProcedure, Suspension, Termination,
};
use crate::model::event::{EventDetail, office_day};
use crate::model::fee_paper::Charge;
use crate::model::hearing::Hearing;
use crate::model::hearing_paper::{Call, Right, askers, names};
use crate::model::paper::{Content, FrozenPaper, TEMPLATE_VERSION, frozen_due, is_permit, remedy};
use crate::model::paper_number::{number, office_short};
use crate::model::state::{
    DeliveryWay, PaperKind, RefusalKind, Ruling, SuspensionGround, TerminationGround,
};
use crate::store::event::CaseEvent;
use crate::{sealed, store};

/// Extension by the head of the organ.
const ARTICLE_42: &str = "第四十二条第一款";
/// The right of interested persons to a hearing.
const ARTICLE_47: &str = "第四十七条";
/// How a hearing is held.
const ARTICLE_48: &str = "第四十八条";
/// Time that is not counted.
const ARTICLE_45: &str = "第四十五条";

/// So many co-applicants are named beside the applicant at most.
const MOST_NAMED: usize = 3;

/// What a paper tells of.
pub(crate) struct Occasion<'a> {
    /// The case after the change.
    pub row: &'a case::Model,
    /// Item and office.
    pub setting: &'a Setting,
    /// Clocks after the change.
    pub clocks: &'a Clocks,
    /// The event that makes the paper.
    pub detail: &'a EventDetail,
    /// Its place in the history.
    pub event_seq: i32,
    /// The parcel that was sent last.
    pub parcel: Option<Parcel>,
    /// Clerk who did it; none where the platform did.
    pub clerk: Option<&'a str>,
    /// The history, the event included.
    pub history: &'a [CaseEvent],
    /// What is charged, where the paper tells of it.
    pub charge: Option<Charge>,
}

/// Writes the paper; it is rendered when somebody opens it.
pub(crate) async fn freeze(
    tx: &mut Tx,
    kind: PaperKind,
    occasion: &Occasion<'_>,
) -> Result<PaperRef, Fault> {
    let row = occasion.row;
    let applicant = sealed::applicant(tx.sealer(), row)?;
    let issued_on = office_day(tx.now());
    let content = match kind {
        PaperKind::DeliveryReceipt => receipt(tx, occasion).await?,
        _ => content(tx, kind, occasion)?,
    };
    let serial = store::paper::next_serial(
        tx.conn(),
        &row.department_code,
        kind.as_str(),
        issued_on.year(),
    )
    .await?;
    let place = occasion.setting.item.places.first();
    let frozen = FrozenPaper {
        number: number(
            &office_short(&occasion.setting.office),
            kind,
            issued_on.year(),
            serial,
        ),
        organ: occasion.setting.office.clone(),
        issued_on,
        sample: occasion.setting.item.sample,
        addressee: addressee(tx, row, applicant.name, kind)?,
        proxy: acting(tx, row)?,
        is_organisation: row.organisation,
        case_number: row.number.clone(),
        item: row.item_name.clone(),
        applied_on: office_day(row.submitted_at),
        phone: place
            .map(|place| place.phone.clone())
            .filter(|phone| !phone.is_empty()),
        office: place.map(|place| format!("{}（{}）", place.name, place.address)),
        content,
    };
    let id = tx.new_id();
    let title = frozen.content.title();
    let model = paper::Model {
        id,
        case_id: row.id,
        event_seq: occasion.event_seq,
        department_code: row.department_code.clone(),
        kind: kind.to_string(),
        number: frozen.number.clone(),
        title: title.to_owned(),
        template_version: TEMPLATE_VERSION,
        content: tx.sealer().seal_json(sealed::PAPER, id, &frozen)?,
        frozen_at: tx.now(),
    };
    store::paper::insert(tx.conn(), model).await?;
    Ok(PaperRef {
        id,
        kind: kind.to_string(),
        number: frozen.number,
        title: title.to_owned(),
    })
}

/// Whom a paper names: on the receipts of an application those who signed it too, if they are few.
fn addressee(
    tx: &Tx,
    row: &case::Model,
    applicant: String,
    kind: PaperKind,
) -> Result<String, Fault> {
    if !matches!(
        kind,
        PaperKind::MaterialReceipt | PaperKind::AcceptanceReceipt
    ) {
        return Ok(applicant);
    }
    let fellows = sealed::dossier(tx.sealer(), row)?.co_applicants;
    if fellows.len() > MOST_NAMED {
        return Ok(applicant);
    }
    let names = fellows.into_iter().map(|one| one.name);
    let names: Vec<String> = std::iter::once(applicant).chain(names).collect();
    Ok(names.join("、"))
}

/// Who acts for the applicant on the day, as papers say it.
pub(super) fn acting(tx: &Tx, row: &case::Model) -> Result<Option<String>, Fault> {
    let today = office_day(tx.now());
    let proxy = sealed::dossier(tx.sealer(), row)?.proxy;
    let acting = proxy.filter(|proxy| proxy.ended_on.is_none() && proxy.until >= today);
    Ok(acting.map(|proxy| format!("{}：{}", proxy.relation.title(), proxy.name)))
}

fn content(tx: &Tx, kind: PaperKind, occasion: &Occasion<'_>) -> Result<Content, Fault> {
    let (row, detail, clocks, item) = (
        occasion.row,
        occasion.detail,
        occasion.clocks,
        &occasion.setting.item,
    );
    let accepted_on = office_day(row.accepted_at.unwrap_or(tx.now()));
    Ok(match kind {
        PaperKind::MaterialReceipt => Content::MaterialReceipt {
            materials: received(tx, row, item)?,
            received_by: occasion.clerk.map(str::to_owned),
            reply_by: clocks.acceptance.as_ref().and_then(Reading::day),
        },
        PaperKind::CorrectionNotice => correction(tx, occasion)?,
        PaperKind::AcceptanceReceipt => Content::AcceptanceReceipt {
            accepted_on,
            promised: clocks.promised.as_ref().and_then(frozen_due),
            legal: clocks.legal.as_ref().and_then(frozen_due),
        },
        PaperKind::Refusal => Content::Refusal {
            refusal: detail.refusal.unwrap_or(RefusalKind::Refused),
            reason: detail.reason.clone(),
            remedy: remedy(&item.remedies),
        },
        PaperKind::Decision => Content::Decision {
            permit: is_permit(item.item_type),
            accepted_on,
            ruling: detail.ruling.unwrap_or(Ruling::Denied),
            reason: detail.reason.clone(),
            result: item.result.as_ref().map(|result| result.name.clone()),
            remedy: remedy(&item.remedies),
        },
        PaperKind::SpecialProcedureNotice => special_procedure(tx, occasion)?,
        PaperKind::ExtensionNotice => extension(occasion),
        PaperKind::SuspensionNotice => suspension(tx, detail),
        PaperKind::DeferralPromise => Content::DeferralPromise(Deferral {
            accepted_on,
            materials: detail
                .deferred
                .iter()
                .map(|one| (one.name.clone(), one.by))
                .collect(),
        }),
        PaperKind::CommitmentLetter => Content::CommitmentLetter(
            detail
                .commitment
                .clone()
                .ok_or_else(|| Fault::internal("a letter of no promise"))?,
        ),
        PaperKind::RevocationNotice => Content::RevocationNotice(Notice {
            decided_on: decided_on(tx, row),
            reason: detail.reason.clone(),
            basis: detail.basis.clone(),
            answer_until: detail.until.unwrap_or(office_day(tx.now())),
        }),
        PaperKind::RevocationDecision => Content::RevocationDecision(Revocation {
            decided_on: decided_on(tx, row),
            reason: detail.reason.clone(),
            barred_until: detail.until.unwrap_or(office_day(tx.now())),
            remedy: remedy(&item.remedies),
        }),
        PaperKind::PaymentNotice => Content::PaymentNotice(
            occasion
                .charge
                .clone()
                .ok_or_else(|| Fault::internal("a notice of no fee"))?,
        ),
        PaperKind::HearingRight => may_be_asked(occasion)?,
        PaperKind::HearingNotice => called(occasion)?,
        PaperKind::DeliveryReceipt => return Err(Fault::internal("a receipt needs the papers")),
        PaperKind::TerminationNotice => Content::TerminationNotice(Termination {
            ground: detail.termination.unwrap_or(TerminationGround::ObjectGone),
            reason: detail.reason.clone(),
            remedy: remedy(&item.remedies),
        }),
    })
}

fn hearing<'a>(occasion: &Occasion<'a>) -> Result<Hearing<'a>, Fault> {
    hearing_of(occasion.history).ok_or_else(|| Fault::internal("a paper of no hearing"))
}

/// Who may ask for a hearing, and until when.
fn may_be_asked(occasion: &Occasion<'_>) -> Result<Content, Fault> {
    let hearing = hearing(occasion)?;
    Ok(Content::HearingRight(Right {
        basis: permit_basis(&occasion.setting.item, ARTICLE_47),
        persons: names(&hearing),
        reason: occasion.detail.reason.clone(),
        ask_by: hearing.ask_by,
    }))
}

/// When and where a hearing is held.
fn called(occasion: &Occasion<'_>) -> Result<Content, Fault> {
    let hearing = hearing(occasion)?;
    let session = hearing
        .session
        .ok_or_else(|| Fault::internal("a hearing without day and place"))?;
    Ok(Content::HearingNotice(Call {
        basis: permit_basis(&occasion.setting.item, ARTICLE_48),
        persons: names(&hearing),
        asked_by: askers(&hearing),
        at: session.at,
        place: session.place.clone(),
        presider: session.presider.name.clone(),
        remark: occasion.detail.reason.clone(),
    }))
}

/// What was delivered: the decisions, and what was granted by them.
async fn receipt(tx: &Tx, occasion: &Occasion<'_>) -> Result<Content, Fault> {
    let (row, item, detail) = (occasion.row, &occasion.setting.item, occasion.detail);
    let way = detail
        .way
        .ok_or_else(|| Fault::internal("a receipt of no delivery"))?;
    let decision = PaperKind::Decision.as_str();
    let mut papers: Vec<String> = store::paper::of_case(tx.conn(), row.id)
        .await?
        .into_iter()
        .filter(|paper| paper.kind == decision)
        .map(|paper| format!("{}（{}）", paper.title, paper.number))
        .collect();
    let granted = row.result.as_deref() == Some(Ruling::Granted.as_str());
    let result = item.result.as_ref().filter(|_| granted);
    papers.extend(result.map(|result| format!("《{}》", result.name)));
    let choice = sealed::dossier(tx.sealer(), row)?.delivery;
    let place = match way {
        DeliveryWay::PickUp => item
            .places
            .first()
            .map(|place| format!("{}（{}）", place.name, place.address)),
        DeliveryWay::Courier | DeliveryWay::InPerson => choice
            .and_then(|choice| choice.address)
            .map(|to| to.address),
        DeliveryWay::Online => None,
    };
    Ok(Content::DeliveryReceipt(Receipt {
        papers,
        way,
        at: tx.now(),
        place,
        collector: detail.collector.as_deref().cloned(),
        organisation: row.organisation,
        parcel: occasion
            .parcel
            .clone()
            .filter(|_| way == DeliveryWay::Courier),
        clerk: occasion.clerk.map(str::to_owned),
    }))
}

fn decided_on(tx: &Tx, row: &case::Model) -> chrono::NaiveDate {
    office_day(row.decided_at.unwrap_or(tx.now()))
}

fn special_procedure(tx: &Tx, occasion: &Occasion<'_>) -> Result<Content, Fault> {
    let procedure = occasion
        .detail
        .procedure
        .as_ref()
        .ok_or_else(|| Fault::internal("a special procedure without its kind"))?;
    let item = &occasion.setting.item;
    let listed = item
        .special_procedures
        .iter()
        .find(|one| one.kind == procedure.kind);
    let own = listed.map(|one| one.basis.clone());
    Ok(Content::SpecialProcedureNotice(SpecialProcedure {
        procedure: procedure.kind.label().to_owned(),
        name: procedure.name.clone(),
        basis: own
            .filter(|basis| !basis.is_empty())
            .or_else(|| permit_basis(item, ARTICLE_45)),
        reason: occasion.detail.reason.clone(),
        begins_on: office_day(tx.now()),
        planned_end: procedure.planned_end,
    }))
}

fn suspension(tx: &Tx, detail: &EventDetail) -> Content {
    Content::SuspensionNotice(Suspension {
        ground: detail.suspension.unwrap_or(SuspensionGround::MissingInput),
        basis: detail.basis.clone(),
        reason: detail.reason.clone(),
        since: office_day(tx.now()),
    })
}

fn extension(occasion: &Occasion<'_>) -> Content {
    let (item, clocks) = (&occasion.setting.item, occasion.clocks);
    let working = item
        .legal_term
        .is_none_or(|term| term.unit == Unit::WorkingDays);
    Content::ExtensionNotice(Extension {
        basis: permit_basis(item, ARTICLE_42),
        reason: occasion.detail.reason.clone(),
        days: occasion.detail.extension.unwrap_or_default(),
        working,
        promised: clocks.promised.as_ref().and_then(frozen_due),
        legal: clocks.legal.as_ref().and_then(frozen_due),
    })
}

/// A provision of the permit law, which only permits rest on.
fn permit_basis(item: &ItemDocument, article: &str) -> Option<String> {
    is_permit(item.item_type).then(|| format!("《中华人民共和国行政许可法》{article}"))
}

fn correction(tx: &Tx, occasion: &Occasion<'_>) -> Result<Content, Fault> {
    let item = &occasion.setting.item;
    let situation = sealed::dossier(tx.sealer(), occasion.row)?.situation;
    let listed = occasion.detail.notice.clone().unwrap_or_default();
    let label = |path: &String| {
        let label = item
            .form
            .as_ref()
            .and_then(|form| defects::label(form, path));
        label.unwrap_or_else(|| path.clone())
    };
    let name = |id: &String| {
        defects::material_name(item, &situation, id).map_or_else(|| id.clone(), str::to_owned)
    };
    let reason = occasion.detail.reason.clone();
    let fields: Vec<String> = listed.fields.iter().map(label).collect();
    let materials: Vec<String> = listed.materials.iter().map(name).collect();
    // The clerk's own words that go through all of it say what is wrong, which a bare list cannot.
    let tells_all = fields
        .iter()
        .chain(&materials)
        .all(|part| reason.contains(part.as_str()));
    let (fields, materials) = if tells_all {
        (Vec::new(), Vec::new())
    } else {
        (fields, materials)
    };
    Ok(Content::CorrectionNotice {
        reason,
        fields,
        materials,
        deadline: occasion.clocks.applicant.as_ref().and_then(frozen_due),
        lapses: item.correction_lapses,
    })
}

/// What was handed in, by requirement in the item's order: files, or the paper that a counter took.
fn received(tx: &Tx, row: &case::Model, item: &ItemDocument) -> Result<Vec<(String, u32)>, Fault> {
    let files = sealed::materials(tx.sealer(), row)?;
    let dossier = sealed::dossier(tx.sealer(), row)?;
    let papers = dossier.counter.map(|counter| counter.papers);
    let papers = papers.unwrap_or_default();
    let form = item.form.iter().map(|form| (form.title.clone(), 1));
    let materials = item
        .materials_for(&dossier.situation)
        .into_iter()
        .filter_map(|one| {
            let count = files
                .iter()
                .filter(|file| file.requirement_id == one.id)
                .count();
            if count == 0 && papers.contains(&one.id) {
                return Some((format!("{}（纸质）", one.name), one.copies.max(1)));
            }
            (count > 0).then(|| (one.name.clone(), u32::try_from(count).unwrap_or(u32::MAX)))
        });
    Ok(form.chain(materials).collect())
}
