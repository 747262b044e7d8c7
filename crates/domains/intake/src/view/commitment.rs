//! What may be promised (告知承诺), what was, and what a false promise has led to.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use tb_contract::events::RevocationTold;
use tb_contract::item::PromiseWords;
use tb_kernel::{Fault, office_time};
use tb_storage::{Conn, Sealer, StorageError};
use utoipa::ToSchema;

use super::material::Asked;
use crate::model::Editing;
use crate::model::commitment::{is_offered, offered};
use crate::sealed::{self, BAR_REASON, REVOCATION, SIGNER};
use crate::service::counter::CHANNEL;
use crate::store;
use crate::store::application::Application;
use crate::store::commitment::Commitment;

/// What may be promised, and what was.
#[derive(Debug, Serialize, ToSchema)]
pub struct CommitmentOffer {
    /// Whether the whole item may be decided on a promise.
    pub whole: bool,
    /// Materials whose place a promise may take.
    pub materials: Vec<CommitmentMaterial>,
    /// What is told; none to whoever is barred.
    pub told: String,
    /// What is promised.
    pub promised: String,
    /// The words of a promise that takes the place of materials only, where they are others.
    pub for_materials: Option<PromiseWords>,
    /// How it is checked after the decision.
    pub method: String,
    /// Who has to sign.
    pub signer: String,
    /// Why the applicant may promise nothing, where he is barred.
    pub barred: Option<CommitmentBarredView>,
    /// The promise as it was signed.
    pub signed: Option<SignedView>,
}

/// A material whose place a promise may take.
#[derive(Debug, Serialize, ToSchema)]
pub struct CommitmentMaterial {
    /// Requirement.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// Why somebody may promise nothing.
#[derive(Debug, Serialize, ToSchema)]
pub struct CommitmentBarredView {
    /// Office that found a promise of his false; empty at a counter.
    pub office: String,
    /// What it found; empty at a counter.
    pub reason: String,
    /// Last day of the bar.
    pub until: NaiveDate,
}

/// A promise as it was signed.
#[derive(Debug, Serialize, ToSchema)]
pub struct SignedView {
    /// Whether it stands for the whole item.
    pub whole: bool,
    /// Requirement ids of the materials whose place it takes.
    pub materials: Vec<String>,
    /// Who signed.
    pub signer: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// A revocation that is meant.
#[derive(Debug, Serialize, ToSchema)]
pub struct RevocationView {
    /// Facts and reasons.
    pub reason: String,
    /// The provision that it rests on.
    pub basis: String,
    /// Last day for a statement.
    pub answer_until: NaiveDate,
    /// Whether a statement may still be made.
    pub open: bool,
}

/// The materials that a promise names.
pub(super) fn chosen(promise: Option<&Commitment>) -> Result<Vec<String>, StorageError> {
    promise.map_or(Ok(Vec::new()), |one| {
        Ok(serde_json::from_str(&one.materials)?)
    })
}

/// What may be promised: in a draft whatever the item offers, later only what was signed. Whoever is
/// barred is told why, and is offered nothing.
pub(super) async fn offer(
    (sealer, conn): (&Sealer, &Conn),
    asked: &Asked<'_>,
    promise: Option<Commitment>,
    now: DateTime<Utc>,
) -> Result<Option<CommitmentOffer>, Fault> {
    let (row, item) = (asked.row, asked.item);
    let is_draft = *asked.editing == Editing::All;
    let Some(rule) = &item.commitment else {
        return Ok(None);
    };
    if promise.is_none() && !(is_draft && is_offered(item, asked.answers)) {
        return Ok(None);
    }
    let who = sealed::applicant(sealer, row)?;
    let barred = if is_draft {
        barred(sealer, conn, row, now).await?
    } else {
        None
    };
    let may_choose = is_draft && barred.is_none();
    let words = |text: &str| {
        if barred.is_none() {
            text.to_owned()
        } else {
            String::new()
        }
    };
    let materials = offered(item, asked.answers)
        .into_iter()
        .filter(|_| may_choose)
        .map(|one| CommitmentMaterial {
            id: one.id.clone(),
            name: one.name.clone(),
        });
    Ok(Some(CommitmentOffer {
        whole: rule.whole && may_choose,
        materials: materials.collect(),
        told: words(&rule.told),
        promised: words(&rule.promised),
        for_materials: rule.for_materials.clone().filter(|_| barred.is_none()),
        method: words(&rule.method),
        signer: if who.agent_name.is_empty() {
            who.name
        } else {
            who.agent_name
        },
        barred,
        signed: promise.map(|promise| signed(sealer, promise)).transpose()?,
    }))
}

fn signed(sealer: &Sealer, promise: Commitment) -> Result<SignedView, StorageError> {
    Ok(SignedView {
        whole: promise.whole,
        materials: serde_json::from_str(&promise.materials)?,
        signer: sealer.open_text(SIGNER, promise.id, &promise.signer)?,
        at: promise.signed_at,
    })
}

async fn barred(
    sealer: &Sealer,
    conn: &Conn,
    row: &Application,
    now: DateTime<Utc>,
) -> Result<Option<CommitmentBarredView>, StorageError> {
    let today = office_time::day(now);
    let bar = store::commitment::bar(conn, &row.applicant_id_bidx, today).await?;
    bar.map(|bar| {
        // What another office found is for the applicant's eyes: a clerk is told that there is a bar.
        if row.channel == CHANNEL {
            return Ok(CommitmentBarredView {
                office: String::new(),
                reason: String::new(),
                until: bar.until_on,
            });
        }
        Ok(CommitmentBarredView {
            reason: sealer.open_text(BAR_REASON, bar.id, &bar.reason)?,
            office: bar.office,
            until: bar.until_on,
        })
    })
    .transpose()
}

/// The revocation that is meant.
pub(super) fn revocation(
    sealer: &Sealer,
    row: &Application,
) -> Result<Option<RevocationView>, StorageError> {
    let Some(column) = &row.revocation else {
        return Ok(None);
    };
    let told: RevocationTold = sealer.open_json(REVOCATION, row.id, column)?;
    Ok(Some(RevocationView {
        reason: told.reason,
        basis: told.basis,
        answer_until: told.answer_until,
        open: row.answer_until.is_some(),
    }))
}
