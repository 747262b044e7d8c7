//! What was asked for about a licence, as its holder and staff see it.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use tb_kernel::{Fault, office_time};
use tb_storage::{Conn, SealedBytes};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{HIDDEN, shown};
use crate::app::App;
use crate::entity::{change, licence};
use crate::model::amend::{AmendedLine, ChangeLight, amendable, light};
use crate::model::change::{ChangeState, LicenceChangeKind};
use crate::model::document::TypeDocument;
use crate::model::statement::Statement;
use crate::sealed::Proof;
use crate::{sealed, store};

/// A paper that came with what was asked for.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProofView {
    /// Id of its file.
    pub id: Uuid,
    /// What it is.
    pub name: String,
    /// Name of its file.
    pub file_name: String,
    /// Size in bytes.
    pub size: i64,
}

/// A line that the holder may have changed.
#[derive(Debug, Serialize, ToSchema)]
pub struct AmendableLine {
    /// Label.
    pub label: String,
    /// What it says now.
    pub value: String,
    /// What has to be proved.
    pub proofs: Vec<String>,
}

/// What waits for the organ about a licence.
#[derive(Debug, Serialize, ToSchema)]
pub struct WaitingChange {
    /// What.
    pub kind: LicenceChangeKind,
    /// Last day for the decision, where there is one.
    pub due_on: Option<NaiveDate>,
    /// How that term stands.
    pub light: Option<ChangeLight>,
}

/// What was asked for about a licence.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChangeView {
    /// What.
    pub kind: LicenceChangeKind,
    /// How far it is.
    pub state: ChangeState,
    /// Whether the holder asked.
    pub by_holder: bool,
    /// Who asked: the holder is not named.
    pub asker: String,
    /// When.
    pub asked_at: DateTime<Utc>,
    /// Why.
    pub reason: String,
    /// The provision it rests on.
    pub basis: String,
    /// Last day for the holder's answer.
    pub answer_until: Option<NaiveDate>,
    /// What the holder said; empty where nothing.
    pub answer: String,
    /// When he said it.
    pub answered_at: Option<DateTime<Utc>>,
    /// What the face shall say; masked as the face is.
    pub amended: Vec<AmendedLine>,
    /// Papers that came with it.
    pub proofs: Vec<ProofView>,
    /// What the organ found missing; empty where nothing.
    pub missing: String,
    /// Last day for the decision; none where it waits for no term, or is decided.
    pub due_on: Option<NaiveDate>,
    /// How that term stands.
    pub light: Option<ChangeLight>,
    /// A renewal counts as granted where nobody decides by this day.
    pub deem_after: Option<NaiveDate>,
    /// Who decided.
    pub decider: Option<String>,
    /// When.
    pub decided_at: Option<DateTime<Utc>>,
    /// What the decision says.
    pub decision: String,
}

/// What waits about a licence.
pub(crate) fn waiting(change: &change::Model, now: DateTime<Utc>) -> Result<WaitingChange, Fault> {
    Ok(WaitingChange {
        kind: kind_of(change)?,
        due_on: change.due_on,
        light: light_of(change, now),
    })
}

fn kind_of(change: &change::Model) -> Result<LicenceChangeKind, Fault> {
    LicenceChangeKind::parse(&change.kind).ok_or_else(|| Fault::internal("a change of no kind"))
}

fn light_of(change: &change::Model, now: DateTime<Utc>) -> Option<ChangeLight> {
    let open = change.state == ChangeState::Open.as_str();
    let (due, yellow) = (change.due_on.filter(|_| open)?, change.yellow_from?);
    Some(light(office_time::day(now), due, yellow))
}

/// The lines that the holder may have changed.
pub(super) fn lines(said: &Statement, document: &TypeDocument) -> Vec<AmendableLine> {
    let lines = amendable(said, document).into_iter();
    lines
        .map(|line| AmendableLine {
            label: line.label.to_owned(),
            value: line.value.to_owned(),
            proofs: line.rule.proofs.clone(),
        })
        .collect()
}

/// What was asked for, the oldest first.
pub(super) async fn changes(
    app: &App,
    conn: &Conn,
    (row, said): (&licence::Model, &Statement),
    clear: bool,
    now: DateTime<Utc>,
) -> Result<Vec<ChangeView>, Fault> {
    let found = store::change::of_licence(conn, row.id).await?;
    found
        .into_iter()
        .map(|change| change_view(app, change, (said, clear), now))
        .collect()
}

fn change_view(
    app: &App,
    change: change::Model,
    (said, clear): (&Statement, bool),
    now: DateTime<Utc>,
) -> Result<ChangeView, Fault> {
    let sealer = app.store().sealer();
    let asked = sealed::asked(sealer, &change)?;
    let text = |column, value: &Option<SealedBytes>| match value {
        Some(value) => sealer.open_text(column, change.id, value),
        None => Ok(String::new()),
    };
    let unknown = || Fault::internal("a change of no state");
    Ok(ChangeView {
        kind: kind_of(&change)?,
        state: ChangeState::parse(&change.state).ok_or_else(unknown)?,
        answer: text(sealed::ANSWER, &change.answer)?,
        decision: text(sealed::DECISION, &change.decision)?,
        by_holder: change.by_holder,
        light: light_of(&change, now),
        asker: if change.by_holder {
            String::new()
        } else {
            change.asker_name
        },
        asked_at: change.asked_at,
        reason: asked.reason,
        basis: asked.basis,
        amended: amended(said, asked.amended, clear),
        proofs: asked.proofs.into_iter().map(proof_view).collect(),
        missing: asked.returned.map_or_else(String::new, |one| one.missing),
        due_on: change.due_on.filter(|_| change.decided_at.is_none()),
        answer_until: change.answer_until,
        answered_at: change.answered_at,
        deem_after: change.deem_after,
        decider: change.decider_name,
        decided_at: change.decided_at,
    })
}

fn proof_view(proof: Proof) -> ProofView {
    ProofView {
        id: proof.file.id,
        name: proof.name,
        file_name: proof.file.file_name,
        size: proof.file.size,
    }
}

/// What changes, masked as the lines of the face are.
pub(super) fn amended(said: &Statement, lines: Vec<AmendedLine>, clear: bool) -> Vec<AmendedLine> {
    let mask = |line: AmendedLine| {
        let shown = |value: &str| match said.face.iter().find(|one| one.label == line.label) {
            Some(found) => shown(said, found, value, clear),
            None => HIDDEN.to_owned(),
        };
        AmendedLine {
            from: shown(&line.from),
            to: shown(&line.to),
            label: line.label.clone(),
        }
    };
    lines.into_iter().map(mask).collect()
}
