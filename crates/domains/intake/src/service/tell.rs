//! Telling the centre of an application as it is now.

use chrono::{DateTime, Utc};
use tb_contract::events::{
    Applicant, ApplicationSubmitted, CoApplicant, CounterEntry, DeferredPromise, MaterialRef,
    SignedCommitment,
};
use tb_contract::item::ItemDocument;
use tb_contract::joint::JointRef;
use tb_kernel::{AccountId, ApplicationId};
use tb_storage::{StorageError, Tx};

use super::create::channel;
use super::submit::HandedIn;
use super::write::announce;
use crate::sealed;
use crate::store::application::Application;

/// What a department needs of an application, but for what the row has.
pub(crate) struct Payload<'a> {
    /// Pinned description.
    pub item: &'a ItemDocument,
    /// Who applies.
    pub who: Applicant,
    /// Answers.
    pub handed: HandedIn,
    /// Files.
    pub materials: Vec<MaterialRef>,
    /// Materials that follow later.
    pub deferred: Vec<DeferredPromise>,
    /// A promise in the place of materials or of the examination.
    pub commitment: Option<SignedCommitment>,
    /// Paths and requirement ids that changed.
    pub changed: Vec<String>,
    /// The applicant's words to a correction.
    pub remark: String,
    /// The joint matter that it is part of.
    pub joint: Option<JointRef>,
    /// Where a counter took it in.
    pub counter: Option<CounterEntry>,
    /// Who has signed besides him; told at the hand-in.
    pub co_applicants: Vec<CoApplicant>,
}

/// The moment of this hand-in. The rows of a batch were handed in with it, however late each has its turn.
fn handed_in_at(row: &Application, now: DateTime<Utc>) -> DateTime<Utc> {
    let first = row.change_version == 0 && row.batch_id.is_some();
    row.submitted_at.filter(|_| first).unwrap_or(now)
}

/// Tells the centre of the application as it is now.
pub(crate) fn tell(
    tx: &mut Tx,
    row: &mut Application,
    kind: &str,
    payload: Payload<'_>,
) -> Result<(), StorageError> {
    let Payload {
        item,
        who,
        handed,
        materials,
        deferred,
        commitment,
        changed,
        remark,
        joint,
        counter,
        co_applicants,
    } = payload;
    let now = tx.now();
    let body = ApplicationSubmitted {
        application_id: ApplicationId(row.id),
        case_number: String::new(),
        version: 0,
        item_code: row.item_code.clone(),
        item_version: row.item_version,
        item_name: row.item_name.clone(),
        calendar_version: row.calendar_version.clone(),
        department_code: row.department_code.clone(),
        region: item.region.clone(),
        channel: channel(&row.channel),
        submitted_at: handed_in_at(row, now),
        applicant: Applicant {
            account_id: AccountId(row.account_id),
            ..who
        },
        situation_answers: handed.answers,
        form: handed.form,
        materials,
        deferred,
        commitment,
        delivery: sealed::delivery(tx.sealer(), row)?,
        changed,
        remark,
        joint,
        counter,
        proxy: sealed::proxy(tx.sealer(), row)?,
        co_applicants,
        batch: sealed::batch(row)?,
    };
    announce(tx, row, kind, |version, number| ApplicationSubmitted {
        version,
        case_number: number.to_owned(),
        ..body
    })
}
