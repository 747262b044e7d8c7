//! The papers of promises, as they are frozen.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use tb_typeset as t;

use super::commitment::{CommitmentKind, Undertaking};
use super::paper::FrozenRemedy;

/// 告知承诺书
pub(crate) type Letter = Undertaking;

/// 拟撤销决定告知书
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Notice {
    /// Day of the decision.
    pub decided_on: NaiveDate,
    /// Facts and reasons.
    pub reason: String,
    /// Provision.
    pub basis: String,
    /// Last day for the holder's statement.
    pub answer_until: NaiveDate,
}

/// 撤销决定书
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Revocation {
    /// Day of the decision that is revoked.
    pub decided_on: NaiveDate,
    /// Facts and reasons.
    pub reason: String,
    /// Last day of the bar.
    pub barred_until: NaiveDate,
    /// What can be done against it.
    pub remedy: FrozenRemedy,
}

/// The letter for the typesetter.
pub(super) fn letter(undertaking: &Letter) -> t::Template {
    let at = undertaking
        .signed_at
        .with_timezone(&tb_kernel::office_time::shanghai());
    t::Template::CommitmentLetter(t::CommitmentLetter {
        whole: undertaking.kind == CommitmentKind::Whole,
        materials: undertaking.materials.clone(),
        told: undertaking.told.clone(),
        promised: undertaking.promised.clone(),
        signer: undertaking.signer.clone(),
        signed_at: at.format("%Y年%-m月%-d日 %H:%M").to_string(),
    })
}

impl Notice {
    pub(super) fn template(&self) -> t::Template {
        t::Template::RevocationNotice(t::RevocationNotice {
            decided_on: self.decided_on,
            reason: self.reason.clone(),
            basis: self.basis.clone(),
            answer_until: self.answer_until,
        })
    }
}

impl Revocation {
    pub(super) fn template(&self) -> t::Template {
        t::Template::RevocationDecision(t::RevocationDecision {
            decided_on: self.decided_on,
            reason: self.reason.clone(),
            barred_until: self.barred_until,
            remedy: self.remedy.to_remedy(),
        })
    }
}
