//! One command of staff on one case: load, check the version, apply, record, answer.

use tb_contract::access::Permission;
use tb_http::Ctx;
use tb_kernel::{CaseId, Fault, Scope};
use tb_storage::{Sealer, Tracked, Tx};
use uuid::Uuid;

use super::delivery::check_collector;
use super::deputy::judge_as;
use super::evidence::{Evidence, fee_facts};
use super::joint;
use super::licence;
use super::record::{Open, Writing, record};
use super::setting::{Setting, calendar, setting};
use crate::api::view::CaseView;
use crate::app::App;
use crate::entity::case;
use crate::error::Error;
use crate::model::apply::{Outcome, Surroundings, apply};
use crate::model::clocks::Clocks;
use crate::model::command::Command;
use crate::model::commitment::CommitmentKind;
use crate::model::defects;
use crate::model::diversion::{Diversion, Way};
use crate::model::joint::PartAnswer;
use crate::model::state::Ruling;
use crate::model::verb::Verb;
use crate::sealed;
use crate::store;
use crate::store::event::{CaseEvent, Doer};
use crate::view::{Shown, view};

/// Longest reason or opinion, in characters.
const MOST_WORDS: usize = 4_000;

/// Longest name of an organ or a provision, in characters.
const MOST_NAME: usize = 200;

/// Does a command, and answers with the case.
pub(crate) async fn act<P: Permission>(
    app: &App,
    ctx: &Ctx<P>,
    id: CaseId,
    version: i64,
    command: Command,
) -> Result<CaseView, Fault> {
    let mut tx = ctx.begin().await?;
    let asked = Asked {
        scope: ctx.scope(),
        id: id.0,
        version,
        writing: Writing::of(&command),
        command,
    };
    let acted = Box::pin(act_in(app, &mut tx, asked)).await?;
    let papers = store::paper::of_case(tx.conn(), acted.row.id).await?;
    let calendar = calendar(app, tx.conn(), &acted.row.calendar_version).await?;
    let ended = licence::ended(tx.conn(), app.store().sealer(), &acted.row).await?;
    let shown = Shown {
        row: &acted.row,
        setting: &acted.setting,
        history: &acted.history,
        clocks: &acted.clocks,
        calendar: &calendar,
        papers: &papers,
        ended: &ended,
    };
    let answer = view(ctx, app, &shown, false)?;
    tx.commit(&answer).await?;
    Ok(answer)
}

/// A command on its way to its case.
pub(crate) struct Asked<'a> {
    /// Rows within reach of who gives it.
    pub scope: &'a Scope,
    /// The case.
    pub id: Uuid,
    /// Version of the case that he has seen.
    pub version: i64,
    /// What is to be done.
    pub command: Command,
    /// Whether whoever does it handles the case from then on.
    pub writing: Writing,
}

/// A case after its command.
pub(crate) struct Acted {
    /// The row.
    pub row: Tracked<case::Model>,
    /// Item and office.
    pub setting: Setting,
    /// History.
    pub history: Vec<CaseEvent>,
    /// Clocks.
    pub clocks: Clocks,
}

/// Does a command in a transaction of the one who gives it: state, event, clocks, paper, the event
/// for the world and the audit entry.
pub(crate) async fn act_in(app: &App, tx: &mut Tx, asked: Asked<'_>) -> Result<Acted, Fault> {
    check_words(&asked.command)?;
    let asked_verb = asked.command.verb();
    let row = store::case::find_for_change(tx.conn(), asked.scope, asked.id)
        .await?
        .ok_or(Error::CaseNotFound)?;
    let setting = setting(app, tx.conn(), &row).await?;
    let history = store::event::of_case(tx.conn(), tx.sealer(), row.id).await?;
    let seen = Seen {
        row: &row,
        setting: &setting,
        history: &history,
    };
    let outcome = judge_as(tx, seen, Some(asked.version), &asked.command)?;
    let doer = Doer {
        id: tx.actor().id.0,
        name: tx.actor().name.clone(),
    };
    let mut open = Open {
        app,
        setting: &setting,
        row,
        history,
        causation_id: None,
    };
    // What is to be paid first is granted by a head once it is.
    let waits = waits_for_fee(tx, &open)?;
    let part = match PartAnswer::of(&asked.command) {
        Some(answer) => joint::waiting(tx, &open.row).await?.zip(Some(answer)),
        None => None,
    };
    let accepts = asked_verb == Verb::Accept && !waits && part.is_none();
    let mut clocks = match part {
        // In a joint matter that is answered as one the lead office sends it.
        Some((part, answer)) => {
            let given = joint::Given {
                part,
                answer,
                outcome,
            };
            joint::give(tx, &mut open, given, (&doer, asked.writing)).await?
        }
        None => record(tx, &mut open, outcome, &doer, asked.writing).await?,
    };
    if accepts && open.row.commitment.as_deref() == Some(CommitmentKind::Whole.as_str()) {
        clocks = decide_on_the_spot(tx, &mut open, &doer).await?;
    }
    let (row, history) = (open.row, open.history);
    Ok(Acted {
        row,
        setting,
        history,
        clocks,
    })
}

/// Whether a grant would wait for a fee.
fn waits_for_fee(tx: &Tx, open: &Open<'_>) -> Result<bool, Fault> {
    let dossier = sealed::dossier(tx.sealer(), &open.row)?;
    let fee = fee_facts(open.setting, &dossier.form);
    Ok(!fee.settled && (fee.gate.is_some() || fee.open))
}

/// What was accepted on a promise for the whole item is granted by the same hand in the same
/// transaction; it is a change of its own, so that acceptance and decision are told one by one.
async fn decide_on_the_spot(
    tx: &mut Tx,
    open: &mut Open<'_>,
    doer: &Doer,
) -> Result<Clocks, Fault> {
    let command = Command::Decide {
        ruling: Ruling::Granted,
        reason: String::new(),
    };
    let seen = Seen {
        row: &open.row,
        setting: open.setting,
        history: &open.history,
    };
    let outcome = judge_as(tx, seen, None, &command)?;
    record(tx, open, outcome, doer, Writing::Change).await
}

/// A case as it lies there.
#[derive(Clone, Copy)]
pub(crate) struct Seen<'a> {
    /// The row.
    pub row: &'a case::Model,
    /// Item and office.
    pub setting: &'a Setting,
    /// History.
    pub history: &'a [CaseEvent],
}

/// What a command would come to; nothing is written.
pub(crate) fn judge(
    sealer: &Sealer,
    seen: Seen<'_>,
    version: Option<i64>,
    command: Command,
    around: Surroundings<'_>,
) -> Result<Outcome, Fault> {
    let Seen {
        row,
        setting,
        history,
    } = seen;
    if version.is_some_and(|version| row.version != version) {
        let at = row
            .changed_at
            .to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
        return Err(Error::StaleVersion {
            by: row.changed_by.clone(),
            at,
        }
        .into());
    }
    check_parts(sealer, row, setting, &command)?;
    check_collector(sealer, row, &command)?;
    let evidence = Evidence::read(sealer, row, setting, history)?;
    let facts = evidence.facts(row, setting, history)?;
    Ok(apply(&facts, &at_receipt(command, row), around)?)
}

/// Receiving by hand counts from the submission all the same.
fn at_receipt(command: Command, row: &case::Model) -> Command {
    match command {
        Command::Receive { .. } => Command::Receive {
            at: row.received_at.unwrap_or(row.submitted_at),
        },
        other => other,
    }
}

pub(crate) fn check_words(command: &Command) -> Result<(), Error> {
    let words = match command {
        Command::ReturnForReview { reason, .. }
        | Command::RequestCorrection { reason, .. }
        | Command::Refuse { reason, .. }
        | Command::Decide { reason, .. }
        | Command::AnswerWithdrawal { reason, .. } => reason,
        Command::Step { opinion, .. } => opinion,
        Command::VerifyOriginals { note, .. } => note,
        Command::Divert(diversion) => return check_diversion_words(diversion),
        _ => return Ok(()),
    };
    check_length(words, MOST_WORDS)
}

fn check_diversion_words(diversion: &Diversion) -> Result<(), Error> {
    check_length(&diversion.reason, MOST_WORDS)?;
    match &diversion.way {
        Way::Suspend { basis: name, .. }
        | Way::ProposeRevocation { basis: name, .. }
        | Way::CheckCommitment { method: name }
        | Way::OrderRectification { method: name, .. }
        | Way::ReportUp { organ: name }
        | Way::Transfer { organ: name } => check_length(name, MOST_NAME),
        _ => Ok(()),
    }
}

fn check_length(words: &str, max: usize) -> Result<(), Error> {
    if words.chars().count() > max {
        Err(Error::TextTooLong { max })
    } else {
        Ok(())
    }
}

fn check_parts(
    sealer: &Sealer,
    row: &case::Model,
    setting: &Setting,
    command: &Command,
) -> Result<(), Fault> {
    let (Command::ReturnForReview { listed, .. } | Command::RequestCorrection { listed, .. }) =
        command
    else {
        return Ok(());
    };
    let situation = sealed::dossier(sealer, row)?.situation;
    let unknown = defects::unknown_parts(&setting.item, &situation, listed);
    if unknown.is_empty() {
        Ok(())
    } else {
        Err(Fault::fields("approval.unknown_part", unknown))
    }
}
