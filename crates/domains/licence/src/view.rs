//! What is shown of a licence: to whoever verifies it, to its holder, to staff.

mod change;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use tb_kernel::identity_number::{mask_id, mask_name};
use tb_kernel::{Fault, office_time};
use tb_storage::{Conn, StorageError};
use utoipa::ToSchema;
use uuid::Uuid;

pub(crate) use self::change::waiting;
pub use self::change::{AmendableLine, ChangeView, WaitingChange};
use self::change::{amended, changes, lines};
use crate::app::App;
use crate::entity::{event, licence};
use crate::model::amend::AmendedLine;
use crate::model::change::{Asker, LicenceChangeKind, may_ask, renewable_from};
use crate::model::code::rows;
use crate::model::standing::{LicenceState, Standing, standing};
use crate::model::statement::{About, FaceLine, HolderKind, Statement};
use crate::sealed::Detail;
use crate::service::amend::document;
use crate::{sealed, store};

/// One line of the face.
#[derive(Debug, Serialize, ToSchema)]
pub struct FaceLineView {
    /// Label.
    pub label: String,
    /// What it says; masked where the caller may not read it.
    pub value: String,
}

/// Something that happened to a licence.
#[derive(Debug, Serialize, ToSchema)]
pub struct HistoryEntry {
    /// What: `issued`, `revoked`, `deregistered`, `replaced`, `voided`.
    pub kind: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Why, where something is said.
    pub reason: String,
    /// What the face says from then on; masked as the face is.
    pub amended: Vec<AmendedLine>,
}

/// A licence in a list, masked.
#[derive(Debug, Serialize, ToSchema)]
pub struct LicenceRow {
    /// Id.
    pub id: Uuid,
    /// Name of its type.
    pub type_name: String,
    /// Number.
    pub number: String,
    /// How it stands today.
    pub standing: Standing,
    /// Holder, masked where he is a person.
    pub holder_name: String,
    /// Kind of holder.
    pub holder_kind: HolderKind,
    /// Issuing organ.
    pub organ: String,
    /// Day of issue.
    pub issued_on: NaiveDate,
    /// Last day; none: without an end.
    pub valid_until: Option<NaiveDate>,
    /// Case it came from.
    pub case_number: String,
    /// Sample data.
    pub sample: bool,
    /// What waits for the organ's decision; in lists of staff alone.
    pub waiting: Option<WaitingChange>,
}

/// What anybody learns who verifies a licence.
#[derive(Debug, Serialize, ToSchema)]
pub struct VerifyView {
    /// How it stands today.
    pub standing: Standing,
    /// Whether the signature of the platform fits what stands on it.
    pub genuine: bool,
    /// Name of its type.
    pub type_name: String,
    /// Number.
    pub number: String,
    /// Identifier of the electronic licence.
    pub mark: String,
    /// Holder, masked where he is a person.
    pub holder_name: String,
    /// Kind of holder.
    pub holder_kind: HolderKind,
    /// Issuing organ.
    pub organ: String,
    /// Day of issue.
    pub issued_on: NaiveDate,
    /// Last day; none: without an end.
    pub valid_until: Option<NaiveDate>,
    /// Its face; what is not for everybody is masked.
    pub face: Vec<FaceLineView>,
    /// What happened to it.
    pub history: Vec<HistoryEntry>,
    /// Sample data: it proves nothing.
    pub sample: bool,
    /// Moment of this answer.
    pub checked_at: DateTime<Utc>,
}

/// A licence in full.
#[derive(Debug, Serialize, ToSchema)]
pub struct LicenceView {
    /// What a list shows.
    #[serde(flatten)]
    pub row: LicenceRow,
    /// Identifier of the electronic licence.
    pub mark: String,
    /// Code of its type.
    pub type_code: String,
    /// Version of the licence.
    pub version: i32,
    /// Version of the row, to be sent back with a change.
    pub row_version: i64,
    /// Holder's number.
    pub holder_id: String,
    /// Organ's credit code.
    pub organ_code: String,
    /// Its face.
    pub face: Vec<FaceLineView>,
    /// What happened to it.
    pub history: Vec<HistoryEntry>,
    /// Whether the signature of the platform fits.
    pub genuine: bool,
    /// What was asked for, the oldest first.
    pub changes: Vec<ChangeView>,
    /// What its holder may ask for now.
    pub may_ask: Vec<LicenceChangeKind>,
    /// Lines that he may have changed.
    pub amendable: Vec<AmendableLine>,
    /// Whether the organ may propose to end it now.
    pub may_propose: bool,
    /// Where its code leads; empty where the caller is not its holder.
    pub verify_address: String,
    /// Rows of that code: `1` dark, `0` light.
    pub code: Vec<String>,
}

/// Who looks at a licence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Eyes {
    /// Its holder: everything, with the code to show.
    Holder,
    /// Staff: masked, without the code.
    Staff,
}

fn state(row: &licence::Model) -> Result<LicenceState, Fault> {
    LicenceState::parse(&row.state).ok_or_else(|| Fault::internal("a licence in no state"))
}

fn kind(row: &licence::Model) -> HolderKind {
    if row.holder_kind == "organisation" {
        HolderKind::Organisation
    } else {
        HolderKind::Person
    }
}

/// A line of a list.
pub(crate) fn line(
    app: &App,
    row: &licence::Model,
    clear: bool,
    now: DateTime<Utc>,
) -> Result<LicenceRow, Fault> {
    let sealer = app.store().sealer();
    let name = sealer.open_text(sealed::HOLDER_NAME, row.id, &row.holder_name)?;
    let kind = kind(row);
    Ok(LicenceRow {
        id: row.id,
        type_name: row.type_name.clone(),
        number: row.number.clone(),
        standing: standing(state(row)?, row.valid_until, office_time::day(now)),
        holder_name: if clear {
            name
        } else {
            masked_name(&name, kind)
        },
        holder_kind: kind,
        organ: row.organ_name.clone(),
        issued_on: row.issued_on,
        valid_until: row.valid_until,
        case_number: row.case_number.clone(),
        sample: row.sample,
        waiting: None,
    })
}

/// What whoever verifies learns.
pub(crate) async fn verified(
    app: &App,
    conn: &Conn,
    row: &licence::Model,
    now: DateTime<Utc>,
) -> Result<VerifyView, Fault> {
    let said = sealed::statement(app.store().sealer(), row)?;
    let line = line(app, row, false, now)?;
    Ok(VerifyView {
        standing: line.standing,
        genuine: genuine(app, row)?,
        type_name: line.type_name,
        number: line.number,
        mark: row.mark.clone(),
        holder_name: line.holder_name,
        holder_kind: line.holder_kind,
        organ: line.organ,
        issued_on: line.issued_on,
        valid_until: line.valid_until,
        face: face(&said, false),
        history: history(app, conn, (row, &said), None).await?,
        sample: line.sample,
        checked_at: now,
    })
}

/// A licence for its holder or for staff.
pub(crate) async fn full(
    app: &App,
    conn: &Conn,
    row: &licence::Model,
    eyes: Eyes,
    now: DateTime<Utc>,
) -> Result<LicenceView, Fault> {
    let (sealer, clear) = (app.store().sealer(), eyes == Eyes::Holder);
    let said = sealed::statement(sealer, row)?;
    let address = if clear {
        app.press().address(&sealed::code(sealer, row)?)
    } else {
        String::new()
    };
    let line = line(app, row, clear, now)?;
    let today = office_time::day(now);
    let amendable = if clear {
        lines(&said, &document(conn, &row.type_code).await?)
    } else {
        Vec::new()
    };
    let renewable = row
        .valid_until
        .is_some_and(|until| renewable_from(until) <= today);
    Ok(LicenceView {
        mark: row.mark.clone(),
        type_code: row.type_code.clone(),
        version: row.version,
        row_version: row.row_version,
        holder_id: if clear {
            said.holder_id.clone()
        } else {
            mask_id(&said.holder_id)
        },
        organ_code: row.organ_code.clone(),
        face: face(&said, clear),
        history: history(app, conn, (row, &said), Some(clear)).await?,
        genuine: genuine(app, row)?,
        changes: changes(app, conn, (row, &said), clear, now).await?,
        may_ask: [
            LicenceChangeKind::Amend,
            LicenceChangeKind::Replace,
            LicenceChangeKind::Renew,
            LicenceChangeKind::Deregister,
        ]
        .into_iter()
        .filter(|kind| *kind != LicenceChangeKind::Amend || !amendable.is_empty())
        .filter(|kind| may_ask(*kind, Asker::Holder, line.standing, renewable))
        .collect(),
        amendable,
        may_propose: may_ask(
            LicenceChangeKind::Revoke,
            Asker::Organ,
            line.standing,
            renewable,
        ),
        row: line,
        code: if clear { rows(&address)? } else { Vec::new() },
        verify_address: address,
    })
}

fn genuine(app: &App, row: &licence::Model) -> Result<bool, StorageError> {
    let canonical = sealed::canonical(app.store().sealer(), row)?;
    Ok(app.signing().is_ours(&canonical, &row.signature))
}

/// What stands where somebody may not read.
const HIDDEN: &str = "***";

/// What a line says to whoever may read all of it, or not.
fn shown(said: &Statement, line: &FaceLine, value: &str, clear: bool) -> String {
    match line.about {
        _ if clear => value.to_owned(),
        About::HolderName => masked_name(value, said.holder_kind),
        About::HolderId => mask_id(value),
        _ if line.public => value.to_owned(),
        _ => HIDDEN.to_owned(),
    }
}

fn face(said: &Statement, clear: bool) -> Vec<FaceLineView> {
    let lines = said.face.iter().map(|line| FaceLineView {
        label: line.label.clone(),
        value: shown(said, line, &line.value, clear),
    });
    lines.collect()
}

/// Reasons, and what changed, are the holder's and the organ's: `details` says whether their reader sees all of
/// it. Whoever verifies learns only what happened.
async fn history(
    app: &App,
    conn: &Conn,
    (row, said): (&licence::Model, &Statement),
    details: Option<bool>,
) -> Result<Vec<HistoryEntry>, Fault> {
    let sealer = app.store().sealer();
    let entry = |event: event::Model| -> Result<HistoryEntry, Fault> {
        let detail = match details {
            Some(_) => sealed::detail(sealer, &event)?,
            None => Detail::default(),
        };
        Ok(HistoryEntry {
            reason: detail.reason,
            amended: amended(said, detail.amended, details == Some(true)),
            kind: event.kind,
            at: event.at,
        })
    };
    let events = store::event::of_licence(conn, row.id).await?;
    events.into_iter().map(entry).collect()
}

fn masked_name(name: &str, kind: HolderKind) -> String {
    match kind {
        HolderKind::Person => mask_name(name),
        HolderKind::Organisation => name.to_owned(),
    }
}
