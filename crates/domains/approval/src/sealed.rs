//! The sealed columns of approval, how they are written and opened.

use serde::{Deserialize, Serialize};
use tb_contract::events::{
    Applicant, BatchRef, CoApplicant, CounterEntry, DeferredPromise, DeliveryChoice, MaterialRef,
    Proxy, SignedCommitment,
};
use tb_contract::item::SituationAnswers;
use tb_kernel::AccountId;
use tb_kernel::identity_number::{CitizenId, Phone, half_width};
use tb_storage::{Column, Sealer, StorageError};

use crate::entity::{case, fee_order};
use crate::model::fee::{FeeOrder, FeeState};
use crate::model::words::Word;

pub(crate) const NAME: Column = Column::new("approval_case", "applicant_name");
pub(crate) const ID_NUMBER: Column = Column::new("approval_case", "applicant_id_number");
pub(crate) const PHONE: Column = Column::new("approval_case", "applicant_phone");
pub(crate) const DOSSIER: Column = Column::new("approval_case", "dossier");
pub(crate) const MATERIALS: Column = Column::new("approval_case", "materials");
pub(crate) const DETAIL: Column = Column::new("approval_case_event", "detail");
pub(crate) const NOTE: Column = Column::new("approval_note", "words");
pub(crate) const VIEW: Column = Column::new("approval_saved_view", "content");
pub(crate) const VIEW_NAME: Column = Column::new("approval_saved_view", "name");
pub(crate) const PAYLOAD: Column = Column::new("approval_payload", "payload");
pub(crate) const BATCH_ACTOR: Column = Column::new("approval_batch", "actor");
pub(crate) const BATCH_WORDS: Column = Column::new("approval_batch", "words");
pub(crate) const BAR_NAME: Column = Column::new("approval_commitment_bar", "holder_name");
pub(crate) const BAR_ID_NUMBER: Column = Column::new("approval_commitment_bar", "holder_id_number");
pub(crate) const BAR_REASON: Column = Column::new("approval_commitment_bar", "reason");
pub(crate) const LIFT_REASON: Column = Column::new("approval_commitment_bar", "lift_reason");
pub(crate) const FEE_REQUEST: Column = Column::new("approval_fee_order", "request");
pub(crate) const FEE_REFUSAL: Column = Column::new("approval_fee_order", "refusal");
pub(crate) const ORDER_WORDS: Column = Column::new("approval_supervision", "words");
pub(crate) const ORDER_REPLY: Column = Column::new("approval_supervision", "reply");
pub(crate) const OPINION_QUESTION: Column = Column::new("approval_opinion", "question");
pub(crate) const OPINION_ANSWER: Column = Column::new("approval_opinion", "answer");
pub(crate) const RELAY_REASON: Column = Column::new("approval_relay_entry", "reason");
pub(crate) const CO_APPLICANT: Column = Column::new("approval_co_applicant", "id_number_bidx");
pub(crate) const PAPER: Column = Column::new("approval_paper", "content");

pub(crate) const ARCHIVE_VOID: Column = Column::new("approval_archive_list", "void_reason");
pub(crate) const ARCHIVE_RETURN: Column = Column::new("approval_archive_entry", "reason");

/// What an applicant handed in besides files.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Dossier {
    /// Answers of the form.
    pub form: serde_json::Value,
    /// Answers of the situation guide.
    pub situation: SituationAnswers,
    /// Agent, where an enterprise applies.
    pub agent_name: String,
    /// Account that applied.
    pub account_id: AccountId,
    /// Materials promised for later.
    #[serde(default)]
    pub deferred: Vec<DeferredPromise>,
    /// A promise in the place of materials or of the examination.
    #[serde(default)]
    pub commitment: Option<SignedCommitment>,
    /// How the result is to reach the applicant.
    #[serde(default)]
    pub delivery: Option<DeliveryChoice>,
    /// The counter that took it in, where one did.
    #[serde(default)]
    pub counter: Option<CounterEntry>,
    /// Who acts for the applicant, where somebody does.
    #[serde(default)]
    pub proxy: Option<Proxy>,
    /// Who applies beside him, as they signed.
    #[serde(default)]
    pub co_applicants: Vec<CoApplicant>,
    /// Which row of which batch it is.
    #[serde(default)]
    pub batch: Option<BatchRef>,
}

/// The applicant, opened.
#[derive(Clone)]
pub(crate) struct OpenApplicant {
    /// Name.
    pub name: String,
    /// Citizen id or credit code.
    pub id_number: String,
    /// Phone.
    pub phone: String,
}

/// Whether the number is that of an organisation.
pub(crate) fn is_organisation(applicant: &Applicant) -> bool {
    !applicant.agent_name.is_empty()
        || CitizenId::try_from(normal_id(&applicant.id_number)).is_err()
}

/// Writes who applies, with the indexes for exact search.
pub(crate) fn set_applicant(
    sealer: &Sealer,
    row: &mut case::Model,
    who: &Applicant,
) -> Result<(), StorageError> {
    row.organisation = is_organisation(who);
    row.applicant_name = sealer.seal_text(NAME, row.id, who.name.trim())?;
    row.applicant_name_bidx = sealer.blind_index(NAME, &normal_name(&who.name));
    row.applicant_id_number = sealer.seal_text(ID_NUMBER, row.id, &who.id_number)?;
    row.applicant_id_number_bidx = sealer.blind_index(ID_NUMBER, &normal_id(&who.id_number));
    row.applicant_phone = sealer.seal_text(PHONE, row.id, &who.phone)?;
    row.applicant_phone_bidx = sealer.blind_index(PHONE, &normal_phone(&who.phone));
    Ok(())
}

/// The index that a case is found by under a co-applicant's number.
pub(crate) fn co_applicant_index(sealer: &Sealer, id_number: &str) -> Vec<u8> {
    sealer.blind_index(CO_APPLICANT, &normal_id(id_number))
}

/// Who applies.
pub(crate) fn applicant(sealer: &Sealer, row: &case::Model) -> Result<OpenApplicant, StorageError> {
    Ok(OpenApplicant {
        name: sealer.open_text(NAME, row.id, &row.applicant_name)?,
        id_number: sealer.open_text(ID_NUMBER, row.id, &row.applicant_id_number)?,
        phone: sealer.open_text(PHONE, row.id, &row.applicant_phone)?,
    })
}

/// What was handed in.
pub(crate) fn dossier(sealer: &Sealer, row: &case::Model) -> Result<Dossier, StorageError> {
    sealer.open_json(DOSSIER, row.id, &row.dossier)
}

/// The files.
pub(crate) fn materials(
    sealer: &Sealer,
    row: &case::Model,
) -> Result<Vec<MaterialRef>, StorageError> {
    sealer.open_json(MATERIALS, row.id, &row.materials)
}

/// A fee order as the rules look at it.
pub(crate) fn fee_order(sealer: &Sealer, row: &fee_order::Model) -> Result<FeeOrder, StorageError> {
    let request = row.request.as_ref();
    Ok(FeeOrder {
        state: FeeState::parse(&row.state).ok_or(StorageError::Misuse(
            "approval_fee_order.state holds an unknown word",
        ))?,
        lines: serde_json::from_str(&row.lines)
            .map_err(|_| StorageError::Misuse("approval_fee_order.lines cannot be read"))?,
        amount: row.amount,
        due: row.due,
        paid: row.paid,
        refunded: row.refunded,
        refunding: row.refunding,
        revision: row.revision,
        billed: row.code.is_some(),
        until: row.pay_until,
        reminded_at: row.reminded_at,
        request: request
            .map(|request| sealer.open_json(FEE_REQUEST, row.id, request))
            .transpose()?,
    })
}

/// Orders as the rules look at them.
pub(crate) fn fee_orders(
    sealer: &Sealer,
    rows: &[fee_order::Model],
) -> Result<Vec<FeeOrder>, StorageError> {
    rows.iter().map(|row| fee_order(sealer, row)).collect()
}

/// A name as it is compared.
pub(crate) fn normal_name(name: &str) -> String {
    half_width(name.trim())
}

/// A number as it is compared.
pub(crate) fn normal_id(number: &str) -> String {
    half_width(number.trim()).to_uppercase()
}

/// A phone as it is compared.
pub(crate) fn normal_phone(phone: &str) -> String {
    Phone::parse(phone).map_or_else(
        |_| half_width(phone.trim()),
        |phone| phone.as_str().to_owned(),
    )
}
