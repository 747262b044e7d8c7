//! One command of staff on one case: load, check the version, apply, record, answer.

use tb_calendar::Unit;
use tb_contract::access::Permission;
use tb_contract::item::CaseKind;
use tb_http::Ctx;
use tb_kernel::{CaseId, Fault};
use tb_storage::Tx;

use super::record::{Open, Writing, record};
use super::setting::{Setting, calendar, setting};
use crate::api::view::CaseView;
use crate::app::App;
use crate::entity::case;
use crate::error::Error;
use crate::model::apply::{ApplicantTerm, Facts, LegalTerm, Original, Surroundings, apply};
use crate::model::clocks::plan;
use crate::model::command::Command;
use crate::model::defects;
use crate::model::diversion::{Diversion, Way};
use crate::model::event::{EventKind, Listed};
use crate::model::state::State;
use crate::sealed;
use crate::store;
use crate::store::event::{CaseEvent, Doer, notices, reminded_at, void_proposer};
use crate::view::{Shown, view};

/// Longest reason or opinion, in characters.
const MOST_WORDS: usize = 4_000;

/// Longest name of an organ or a provision, in characters.
const MOST_NAME: usize = 200;

/// Does a command.
pub(crate) async fn act<P: Permission>(
    app: &App,
    ctx: &Ctx<P>,
    id: CaseId,
    version: i64,
    command: Command,
) -> Result<CaseView, Fault> {
    check_words(&command)?;
    let mut tx = ctx.begin().await?;
    let row = store::case::find_for_change(tx.conn(), ctx.scope(), id.0)
        .await?
        .ok_or(Error::CaseNotFound)?;
    if row.version != version {
        let at = row
            .changed_at
            .to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
        return Err(Error::StaleVersion {
            by: row.changed_by.clone(),
            at,
        }
        .into());
    }
    let setting = setting(app, tx.conn(), &row).await?;
    check_parts(&tx, &row, &setting, &command)?;
    let history = store::event::of_case(tx.conn(), tx.sealer(), row.id).await?;
    let notices = notices(&history);
    let missing = missing(&tx, &row, &setting)?;
    let situation = sealed::dossier(tx.sealer(), &row)?.situation;
    let originals = defects::originals(&setting.item, &situation);
    let facts = facts(&Known {
        row: &row,
        setting: &setting,
        history: &history,
        notices: &notices,
        missing: &missing,
        originals: &originals,
    })?;
    let around = Surroundings {
        now: tx.now(),
        roles: &ctx.actor().roles,
        actor: ctx.actor().id.0,
    };
    let outcome = apply(&facts, &at_receipt(command, &row), around)?;
    let doer = Doer {
        id: ctx.actor().id.0,
        name: ctx.actor().name.clone(),
    };
    let mut open = Open {
        app,
        setting: &setting,
        row,
        history,
        causation_id: None,
    };
    let clocks = record(&mut tx, &mut open, outcome, &doer, Writing::Change).await?;
    let papers = store::paper::of_case(tx.conn(), open.row.id).await?;
    let calendar = calendar(app, tx.conn(), &open.row.calendar_version).await?;
    let shown = Shown {
        row: &open.row,
        setting: &setting,
        history: &open.history,
        clocks: &clocks,
        calendar: &calendar,
        papers: &papers,
    };
    let answer = view(ctx, app, &shown, false)?;
    tx.commit(&answer).await?;
    Ok(answer)
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

/// What the facts of a case are read from.
pub(crate) struct Known<'a> {
    /// The row.
    pub row: &'a case::Model,
    /// Item and office.
    pub setting: &'a Setting,
    /// History.
    pub history: &'a [CaseEvent],
    /// What its notices listed.
    pub notices: &'a [Listed],
    /// Names of required materials that are not there.
    pub missing: &'a [String],
    /// Originals that the situation asks for.
    pub originals: &'a [Original],
}

/// A case as the rules look at it.
pub(crate) fn facts<'a>(known: &Known<'a>) -> Result<Facts<'a>, Fault> {
    let (row, item) = (known.row, &known.setting.item);
    Ok(Facts {
        steps: plan(item),
        step: usize::try_from(row.step_index).unwrap_or_default(),
        instant: item.case_kind == CaseKind::Instant,
        withdrawal_pending: row.withdrawal_pending,
        notices: known.notices,
        missing: known.missing,
        procedures: &item.special_procedures,
        legal: LegalTerm {
            in_days: item
                .legal_term
                .is_some_and(|term| matches!(term.unit, Unit::WorkingDays | Unit::NaturalDays)),
            until: row.legal_until,
            extended: known
                .history
                .iter()
                .any(|event| event.kind == EventKind::Extended),
        },
        originals: known.originals,
        applicant: applicant_term(row, known.setting, known.history),
        decided: row.decided_at.is_some(),
        void_proposed_by: void_proposer(known.history),
        ..Facts::blank(row.current_state()?)
    })
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

/// Names of required materials that are not there; looked at before acceptance only.
fn missing(tx: &Tx, row: &case::Model, setting: &Setting) -> Result<Vec<String>, Fault> {
    if row.current_state()? != State::Received {
        return Ok(Vec::new());
    }
    let situation = sealed::dossier(tx.sealer(), row)?.situation;
    Ok(defects::missing(
        &setting.item,
        &situation,
        &sealed::materials(tx.sealer(), row)?,
    ))
}

fn check_words(command: &Command) -> Result<(), Error> {
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
    tx: &Tx,
    row: &case::Model,
    setting: &Setting,
    command: &Command,
) -> Result<(), Fault> {
    let (Command::ReturnForReview { listed, .. } | Command::RequestCorrection { listed, .. }) =
        command
    else {
        return Ok(());
    };
    let situation = sealed::dossier(tx.sealer(), row)?.situation;
    let unknown = defects::unknown_parts(&setting.item, &situation, listed);
    if unknown.is_empty() {
        Ok(())
    } else {
        Err(Fault::fields("approval.unknown_part", unknown))
    }
}
