//! What a case is judged by beside its row: read once out of its history and what was handed in.

use chrono::{DateTime, Utc};
use tb_calendar::Unit;
use tb_contract::events::DeliveryChoice;
use tb_contract::item::CaseKind;
use tb_kernel::Fault;
use tb_storage::{Sealer, StorageError};
use uuid::Uuid;

use super::commitment::check_of;
use super::delivery::delivery_of;
use super::hearing::hearing_of;
use super::relay::result_at;
use super::result::owed_results;
use super::setting::Setting;
use crate::entity::case;
use crate::model::apply::{ApplicantTerm, Facts, LegalTerm, Original};
use crate::model::clocks::plan;
use crate::model::commitment::{Check, Undertaking, undertaking};
use crate::model::defects;
use crate::model::deferral::{Debt, Promised, debts, promises};
use crate::model::delivery::{Delivery, DeliveryFacts};
use crate::model::event::{EventDetail, EventKind, Listed};
use crate::model::fee::{self, FeeFacts, Fees, is_wanted};
use crate::model::hearing::{HearingFacts, examiners};
use crate::model::relay::ResultAt;
use crate::model::state::State;
use crate::sealed::{self, Dossier};
use crate::store::event::{CaseEvent, notices, reminded_at, void_proposal, void_proposer};

/// What a case is judged by.
pub(crate) struct Evidence {
    /// What its notices listed.
    notices: Vec<Listed>,
    /// Names of required materials that are not there; looked at before acceptance only.
    missing: Vec<String>,
    /// Originals that the situation asks for.
    pub originals: Vec<Original>,
    /// Materials promised for later; looked at before acceptance only.
    promised: Vec<Promised>,
    /// What is owed of them after acceptance.
    pub debts: Vec<Debt>,
    /// A promise in the place of materials or of the examination; before acceptance only.
    pub undertaking: Option<Undertaking>,
    /// The check of a promise after the decision.
    pub check: Option<Check>,
    /// What the applicant chose for the delivery.
    choice: Option<DeliveryChoice>,
    /// How far the delivery has come.
    delivery: Delivery,
    /// The fee.
    fee: FeeFacts,
    /// Who has examined it.
    examiners: Vec<Uuid>,
    /// Results that have to be attached still.
    owed_results: Vec<String>,
}

impl Evidence {
    /// Reads it.
    pub(crate) fn read(
        sealer: &Sealer,
        row: &case::Model,
        setting: &Setting,
        history: &[CaseEvent],
    ) -> Result<Self, Fault> {
        let (state, item) = (row.current_state()?, &setting.item);
        let dossier = sealed::dossier(sealer, row)?;
        let promised = promised(sealer, row, setting, &dossier)?;
        let undertaken = undertaken(sealer, row, setting, &dossier)?;
        let (undertaking, committed) = undertaken.unzip();
        let files = sealed::materials(sealer, row)?;
        let missing = match state {
            State::Received => {
                let committed = committed.unwrap_or_default();
                defects::missing(item, &dossier.situation, &files, &promised, &committed)
            }
            _ => Vec::new(),
        };
        Ok(Self {
            notices: notices(history),
            missing,
            originals: defects::originals(item, &dossier.situation, &files),
            promised,
            debts: debts_of(state, history),
            undertaking,
            check: check_of(history),
            choice: dossier.delivery,
            delivery: delivery_of(history),
            fee: fee_facts(setting, &dossier.form),
            owed_results: owed_results(row, setting, history),
            examiners: examiners(
                history
                    .iter()
                    .map(|event| (event.kind, event.actor_id, &event.detail)),
            ),
        })
    }

    /// The case as the rules look at it.
    pub(crate) fn facts<'a>(
        &'a self,
        row: &'a case::Model,
        setting: &'a Setting,
        history: &'a [CaseEvent],
    ) -> Result<Facts<'a>, Fault> {
        let item = &setting.item;
        Ok(Facts {
            steps: plan(item),
            step: usize::try_from(row.step_index).unwrap_or_default(),
            instant: item.case_kind == CaseKind::Instant,
            withdrawal_pending: row.withdrawal_pending,
            notices: &self.notices,
            missing: &self.missing,
            promised: &self.promised,
            debts: &self.debts,
            procedures: &item.special_procedures,
            legal: LegalTerm {
                in_days: item
                    .legal_term
                    .is_some_and(|term| matches!(term.unit, Unit::WorkingDays | Unit::NaturalDays)),
                until: row.legal_until,
                extended: history
                    .iter()
                    .any(|event| event.kind == EventKind::Extended),
            },
            originals: &self.originals,
            applicant: applicant_term(row, setting, history),
            decided: row.decided_at.is_some(),
            handler: row.handler_id,
            elsewhere: item.is_handled_elsewhere(),
            external: external(history)
                .map(|(_, detail)| (&*detail.organ, &*detail.external_number)),
            void_proposed_by: void_proposer(history),
            void_stood_for: void_proposal(history).map_or(&[], |event| &event.detail.stood_for),
            revocation_stood_for: history
                .iter()
                .rfind(|event| event.kind == EventKind::RevocationProposed)
                .map_or(&[], |event| &event.detail.stood_for),
            undertaking: self.undertaking.as_ref(),
            barred: setting.barred && self.undertaking.is_some(),
            check: self.check,
            delivery: DeliveryFacts {
                at_counter: result_at(row).is_some_and(ResultAt::is_away),
                ..self
                    .delivery
                    .facts(&item.handling.delivery, self.choice.as_ref())
            },
            fee: self.fee,
            hearing: hearing_of(history).as_ref().map(HearingFacts::from),
            examiners: &self.examiners,
            owed_results: &self.owed_results,
            ..Facts::blank(row.current_state()?)
        })
    }
}

/// Where a system of province or ministry handles the case, and since when.
pub(crate) fn external(history: &[CaseEvent]) -> Option<(DateTime<Utc>, &EventDetail)> {
    let last = history
        .iter()
        .rfind(|event| event.kind == EventKind::HandledExternally)?;
    Some((last.at, &last.detail))
}

/// The fee of a case: whether the item charges anything for what the form says, and how it stands. Where
/// fees are not charged, nothing waits for one.
pub(crate) fn fee_facts(setting: &Setting, answers: &serde_json::Value) -> FeeFacts {
    if !setting.charges {
        return FeeFacts::default();
    }
    let fees = Fees::of(&setting.item, answers, &setting.orders);
    let charged = || !fee::charges(&setting.item, answers).is_empty();
    FeeFacts {
        gate: is_wanted(&setting.item).filter(|_| charged()),
        settled: fees.is_settled() && !setting.assesses,
        open: fees.is_open(),
        lapsed: fees.is_lapsed(),
    }
}

/// The applicant's term of a case.
pub(crate) fn applicant_term(
    row: &case::Model,
    setting: &Setting,
    history: &[CaseEvent],
) -> ApplicantTerm {
    ApplicantTerm {
        until: row.applicant_until,
        reminded_at: reminded_at(history),
        lapses: setting.item.correction_lapses,
    }
}

/// What the applicant still owes in a state.
pub(crate) fn debts_of(state: State, history: &[CaseEvent]) -> Vec<Debt> {
    let events = history
        .iter()
        .map(|event| (event.kind, event.at, &event.detail));
    debts(state, events)
}

/// The promise that stands for materials or for the examination, and the ids of those materials;
/// none once the case is accepted.
pub(crate) fn undertaken(
    sealer: &Sealer,
    row: &case::Model,
    setting: &Setting,
    dossier: &Dossier,
) -> Result<Option<(Undertaking, Vec<String>)>, StorageError> {
    if dossier.commitment.is_none() || row.accepted_at.is_some() {
        return Ok(None);
    }
    let files = sealed::materials(sealer, row)?;
    Ok(undertaking(
        &setting.item,
        &dossier.situation,
        &files,
        dossier.commitment.as_ref(),
    ))
}

/// The promises that stand in for materials; none once the case is accepted.
pub(crate) fn promised(
    sealer: &Sealer,
    row: &case::Model,
    setting: &Setting,
    dossier: &Dossier,
) -> Result<Vec<Promised>, StorageError> {
    if dossier.deferred.is_empty() || row.accepted_at.is_some() {
        return Ok(Vec::new());
    }
    let files = sealed::materials(sealer, row)?;
    Ok(promises(
        &setting.item,
        &dossier.situation,
        &files,
        &dossier.deferred,
    ))
}
