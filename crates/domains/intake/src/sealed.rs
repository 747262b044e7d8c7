//! The sealed columns of intake and how they are opened.

use serde_json::Value;
use tb_contract::events::{
    Applicant, BatchRef, CaseResult, DeliveryChoice, DeliveryTold, FeeTold, Letter, PaperRef, Proxy,
};
use tb_contract::licences::ReusedLicence;
use tb_kernel::identity_number::half_width;
use tb_storage::{Column, Sealer, StorageError};

use crate::entity::{letter, result};
use crate::model::deferral::Deferred;
use crate::model::fee::is_payable;
use crate::model::signing::Person;
use crate::model::vault::Taken;
use crate::model::{Correction, Editing, State};
use crate::store::application::Application;
use crate::store::material::Material;
use crate::store::signing::CoApplicant;

pub(crate) const FORM: Column = Column::new("intake_application", "form");
pub(crate) const FORM_DRAFT: Column = Column::new("intake_application", "form_draft");
pub(crate) const APPLICANT: Column = Column::new("intake_application", "applicant");
pub(crate) const APPLICANT_NAME: Column = Column::new("intake_application", "applicant_name_bidx");
pub(crate) const APPLICANT_ID: Column = Column::new("intake_application", "applicant_id_bidx");
pub(crate) const CORRECTION: Column = Column::new("intake_application", "correction");
pub(crate) const PAPERS: Column = Column::new("intake_application", "papers");
pub(crate) const FILE_NAME: Column = Column::new("intake_material", "file_name");
pub(crate) const MATERIAL_ORIGIN: Column = Column::new("intake_material", "vault_origin");
pub(crate) const MATERIAL_LICENCE: Column = Column::new("intake_material", "licence");
pub(crate) const VAULT_OWNER: Column = Column::new("intake_vault_document", "owner_bidx");
pub(crate) const VAULT_KIND: Column = Column::new("intake_vault_document", "kind_bidx");
pub(crate) const VAULT_NAME: Column = Column::new("intake_vault_document", "name");
pub(crate) const VAULT_ORIGIN: Column = Column::new("intake_vault_edition", "origin");
pub(crate) const VAULT_FILE_NAME: Column = Column::new("intake_vault_file", "file_name");
pub(crate) const WORDS: Column = Column::new("intake_timeline", "words");
pub(crate) const ARGS: Column = Column::new("intake_message", "args");
pub(crate) const SIGNER: Column = Column::new("intake_commitment", "signer");
pub(crate) const BAR_REASON: Column = Column::new("intake_commitment_bar", "reason");
pub(crate) const REVOCATION: Column = Column::new("intake_application", "revocation");
pub(crate) const DELIVERY: Column = Column::new("intake_application", "delivery");
pub(crate) const DELIVERY_TOLD: Column = Column::new("intake_application", "delivery_told");
pub(crate) const PROXY: Column = Column::new("intake_application", "proxy");
pub(crate) const FEE: Column = Column::new("intake_application", "fee");
pub(crate) const RESULT: Column = Column::new("intake_result", "result");
pub(crate) const LETTER: Column = Column::new("intake_letter", "letter");
pub(crate) const COUNTER_PRESENT: Column = Column::new("intake_counter_entry", "present");
pub(crate) const COUNTER_OWNER: Column = Column::new("intake_counter_entry", "owner_bidx");
pub(crate) const CO_PERSON: Column = Column::new("intake_co_applicant", "person");
pub(crate) const CO_NUMBER: Column = Column::new("intake_co_applicant", "number_bidx");
pub(crate) const CO_SIGNATURE: Column = Column::new("intake_co_applicant", "signature");
pub(crate) const CO_REASON: Column = Column::new("intake_co_applicant", "reason");
pub(crate) const BATCH_APPLICANT: Column = Column::new("intake_batch", "applicant");
pub(crate) const BATCH_ACTOR: Column = Column::new("intake_batch", "actor");
pub(crate) const BATCH_PASSWORD: Column = Column::new("intake_batch", "query_password");
pub(crate) const BATCH_ROW: Column = Column::new("intake_batch_row", "answers");
pub(crate) const BATCH_PERSON: Column = Column::new("intake_batch_row", "person");
pub(crate) const ASSIST_ASKED: Column = Column::new("intake_assist_request", "asked");
pub(crate) const ASSIST_WORDS: Column = Column::new("intake_assist_note", "words");
pub(crate) const ASSIST_PAPER: Column = Column::new("intake_assist_consent", "paper");
pub(crate) const ASSIST_BEFORE: Column = Column::new("intake_assist_change", "before");
pub(crate) const ASSIST_AFTER: Column = Column::new("intake_assist_change", "after");
pub(crate) const COMMENT: Column = Column::new("intake_rating", "comment");

type Result<T> = std::result::Result<T, StorageError>;

/// The state; a word that is none cannot be in the column.
pub(crate) fn state(row: &Application) -> Result<State> {
    State::parse(&row.state).ok_or(StorageError::Misuse(
        "intake_application.state holds an unknown word",
    ))
}

/// Answers as handed in, or as far as a draft goes.
pub(crate) fn form(sealer: &Sealer, row: &Application) -> Result<Value> {
    sealer.open_json(FORM, row.id, &row.form)
}

/// Answers as the applicant sees them: with his corrections under way.
pub(crate) fn working_form(sealer: &Sealer, row: &Application) -> Result<Value> {
    match &row.form_draft {
        Some(draft) => sealer.open_json(FORM_DRAFT, row.id, draft),
        None => form(sealer, row),
    }
}

/// Who applies.
pub(crate) fn applicant(sealer: &Sealer, row: &Application) -> Result<Applicant> {
    sealer.open_json(APPLICANT, row.id, &row.applicant)
}

/// Writes who applies, with the indexes for exact search.
pub(crate) fn set_applicant(
    sealer: &Sealer,
    row: &mut Application,
    applicant: &Applicant,
) -> Result<()> {
    row.applicant = sealer.seal_json(APPLICANT, row.id, applicant)?;
    row.applicant_name_bidx = sealer.blind_index(APPLICANT_NAME, applicant.name.trim());
    row.applicant_id_bidx = applicant_index(sealer, &applicant.id_number);
    Ok(())
}

/// The index of an applicant's number.
pub(crate) fn applicant_index(sealer: &Sealer, id_number: &str) -> Vec<u8> {
    let plain = half_width(id_number).trim().to_uppercase();
    sealer.blind_index(APPLICANT_ID, &plain)
}

/// The correction asked for last.
pub(crate) fn correction(sealer: &Sealer, row: &Application) -> Result<Option<Correction>> {
    row.correction
        .as_ref()
        .map(|sealed| sealer.open_json(CORRECTION, row.id, sealed))
        .transpose()
}

/// Papers that came with changes of the case.
pub(crate) fn papers(sealer: &Sealer, row: &Application) -> Result<Vec<PaperRef>> {
    row.papers.as_ref().map_or(Ok(Vec::new()), |sealed| {
        sealer.open_json(PAPERS, row.id, sealed)
    })
}

/// Which row of which batch it is.
pub(crate) fn batch(row: &Application) -> Result<Option<BatchRef>> {
    let column = row.batch.as_deref();
    Ok(column.map(serde_json::from_str).transpose()?)
}

/// How the applicant wants the result.
pub(crate) fn delivery(sealer: &Sealer, row: &Application) -> Result<Option<DeliveryChoice>> {
    let column = row.delivery.as_ref();
    column
        .map(|sealed| sealer.open_json(DELIVERY, row.id, sealed))
        .transpose()
}

/// How far the delivery has come, as the office told.
pub(crate) fn delivery_told(sealer: &Sealer, row: &Application) -> Result<Option<DeliveryTold>> {
    let column = row.delivery_told.as_ref();
    column
        .map(|sealed| sealer.open_json(DELIVERY_TOLD, row.id, sealed))
        .transpose()
}

/// Writes it.
pub(crate) fn set_delivery_told(
    sealer: &Sealer,
    row: &mut Application,
    told: Option<&DeliveryTold>,
) -> Result<()> {
    row.delivery_told = told
        .map(|told| sealer.seal_json(DELIVERY_TOLD, row.id, told))
        .transpose()?;
    Ok(())
}

/// Who acts for the applicant.
pub(crate) fn proxy(sealer: &Sealer, row: &Application) -> Result<Option<Proxy>> {
    let column = row.proxy.as_ref();
    let proxy = column.map(|sealed| sealer.open_json::<Proxy>(PROXY, row.id, sealed));
    let ended_on = row.proxy_ended_on;
    Ok(proxy.transpose()?.map(|proxy| Proxy { ended_on, ..proxy }))
}

/// Writes who acts for the applicant.
pub(crate) fn set_proxy(sealer: &Sealer, row: &mut Application, proxy: &Proxy) -> Result<()> {
    row.proxy = Some(sealer.seal_json(PROXY, row.id, proxy)?);
    row.proxy_id = (!proxy.account_id.0.is_nil()).then_some(proxy.account_id.0);
    row.proxy_mandate_id = proxy.mandate_id;
    row.proxy_proof = proxy.proof().map(|one| one.word().to_owned());
    row.proxy_until = Some(proxy.until);
    Ok(())
}

/// How the fee stands, as the office told.
pub(crate) fn fee(sealer: &Sealer, row: &Application) -> Result<Option<FeeTold>> {
    let column = row.fee.as_ref();
    column
        .map(|sealed| sealer.open_json(FEE, row.id, sealed))
        .transpose()
}

/// Writes it, and by when it is to be paid.
pub(crate) fn set_fee(
    sealer: &Sealer,
    row: &mut Application,
    told: Option<&FeeTold>,
) -> Result<()> {
    row.fee_due = told
        .filter(|told| is_payable(told))
        .and_then(|told| told.pay_by);
    row.fee = told
        .map(|told| sealer.seal_json(FEE, row.id, told))
        .transpose()?;
    Ok(())
}

/// A co-applicant.
pub(crate) fn co_applicant(sealer: &Sealer, row: &CoApplicant) -> Result<Person> {
    sealer.open_json(CO_PERSON, row.id, &row.person)
}

/// A result that an office attached.
pub(crate) fn result(sealer: &Sealer, kept: &result::Model) -> Result<CaseResult> {
    sealer.open_json(RESULT, kept.id, &kept.result)
}

/// What was written.
pub(crate) fn letter(sealer: &Sealer, kept: &letter::Model) -> Result<Letter> {
    sealer.open_json(LETTER, kept.id, &kept.letter)
}

/// What a file of an application remembers of the document of the vault it was taken from.
pub(crate) fn taken(sealer: &Sealer, file: &Material) -> Result<Option<Taken>> {
    let origin = file.vault_origin.as_ref();
    origin
        .map(|sealed| sealer.open_json(MATERIAL_ORIGIN, file.id, sealed))
        .transpose()
}

/// The licence of ours that a file of an application is the sheet of.
pub(crate) fn licence(sealer: &Sealer, file: &Material) -> Result<Option<ReusedLicence>> {
    let licence = file.licence.as_ref();
    licence
        .map(|sealed| sealer.open_json(MATERIAL_LICENCE, file.id, sealed))
        .transpose()
}

/// Materials that follow later: before the acceptance as promised, then as owed.
pub(crate) fn deferred(row: &Application) -> Result<Vec<Deferred>> {
    row.deferred
        .as_deref()
        .map_or(Ok(Vec::new()), |json| Ok(serde_json::from_str(json)?))
}

/// Writes them.
pub(crate) fn set_deferred(row: &mut Application, deferred: Vec<Deferred>) -> Result<()> {
    row.deferred = match deferred.as_slice() {
        [] => None,
        some => Some(serde_json::to_string(some)?),
    };
    Ok(())
}

/// What may be edited now.
pub(crate) fn editing(sealer: &Sealer, row: &Application) -> Result<Editing> {
    let state = state(row)?;
    if state == State::Draft {
        // What others sign stays as it is while they do.
        return Ok(if row.signing_until.is_some() {
            Editing::Nothing
        } else {
            Editing::All
        });
    }
    if state.takes_promised() {
        let mut owed = deferred(row)?;
        owed.retain(|one| !one.sent);
        let owed: Vec<String> = owed.into_iter().map(|one| one.requirement_id).collect();
        return Ok(if owed.is_empty() {
            Editing::Nothing
        } else {
            Editing::Owed(owed)
        });
    }
    // What is to be corrected in an item of a matter that is answered as one is corrected on the whole.
    let on_the_whole = row.is_answered_as_one() && row.joint_id.is_some();
    if !state.asks_for_correction() || !row.correction_open || on_the_whole {
        return Ok(Editing::Nothing);
    }
    Ok(correction(sealer, row)?.map_or(Editing::Nothing, Editing::Listed))
}
