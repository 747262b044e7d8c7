//! A new batch: every row is tried on the rules, as if its turn had come.

use std::collections::HashMap;

use tb_contract::access::CaseBatch;
use tb_http::Ctx;
use tb_kernel::{DepartmentRef, Fault};
use tb_storage::Conn;
use uuid::Uuid;

use super::choose::{Choice, Chosen, choose};
use super::read::view;
use crate::api::batch_body::{BatchView, NewBatch};
use crate::app::App;
use crate::entity::{batch, batch_row, case};
use crate::error::Error;
use crate::model::apply::Surroundings;
use crate::model::batch::{BatchState, RowState, command};
use crate::model::command::Command;
use crate::sealed::{BATCH_ACTOR, BATCH_WORDS};
use crate::service::act::{Seen, check_words, judge};
use crate::service::deputy::in_own_right;
use crate::service::handover::successor;
use crate::service::read::may;
use crate::service::said::Said;
use crate::service::setting::setting;
use crate::store;
use crate::view::command::permission;

/// Cases that are tried at once.
const TRIED_AT_ONCE: usize = 250;

/// Makes a batch.
pub(crate) async fn draft(
    app: &App,
    ctx: &Ctx<CaseBatch>,
    mut body: NewBatch,
) -> Result<BatchView, Fault> {
    if let Some(named) = body.words.successor.take() {
        body.words.successor = Some(successor(app, ctx.actor(), named.id).await?);
    }
    let command = command(body.command, &body.words)?;
    check_words(&command)?;
    let DepartmentRef { id: department, .. } =
        ctx.actor().department.clone().ok_or(Error::NotYours)?;
    let choice = choose(app, ctx, body.pick).await?;
    let tried = tried(app, ctx, &choice, &command).await?;
    let mut tx = ctx.begin().await?;
    let id = tx.new_id();
    let batch = batch::Model {
        id,
        department_id: department.0,
        account_id: ctx.actor().id.0,
        actor: tx
            .sealer()
            .seal_json(BATCH_ACTOR, id, &in_own_right(ctx.actor()))?,
        command: body.command.to_string(),
        words: tx.sealer().seal_json(BATCH_WORDS, id, &body.words)?,
        source: choice.source.to_string(),
        encoding: choice.encoding,
        state: BatchState::Draft.to_string(),
        total: i32::try_from(tried.len()).unwrap_or(i32::MAX),
        created_at: tx.now(),
        starts_at: None,
        started_at: None,
        ended_at: None,
    };
    let rows = (1_i32..)
        .zip(tried)
        .map(|(seq, one)| row(id, seq, one))
        .collect();
    store::batch::insert(tx.conn(), batch.clone(), rows).await?;
    tx.done("approval.batch.made", "batch", id);
    let counts = store::batch::counts(tx.conn(), &[id]).await?;
    let answer = view(app, batch, counts)?;
    tx.commit(&answer).await?;
    Ok(answer)
}

/// A row after its trial.
struct Tried {
    line: Option<i32>,
    number: String,
    case: Option<(Uuid, i64, String)>,
    fault: Option<Fault>,
}

fn row(batch_id: Uuid, seq: i32, tried: Tried) -> batch_row::Model {
    let (case_id, case_version, item_name) = match tried.case {
        Some((id, version, item)) => (Some(id), version, item),
        None => (None, 0, String::new()),
    };
    let said = tried.fault.as_ref().map(Said::of);
    batch_row::Model {
        batch_id,
        seq,
        line: tried.line,
        number: tried.number,
        case_id,
        case_version,
        item_name,
        state: if said.is_some() {
            RowState::Barred
        } else {
            RowState::Ready
        }
        .to_string(),
        args: said.as_ref().map(Said::args).unwrap_or_default(),
        code: said.map(|said| said.code),
    }
}

async fn tried(
    app: &App,
    ctx: &Ctx<CaseBatch>,
    choice: &Choice,
    command: &Command,
) -> Result<Vec<Tried>, Fault> {
    let conn = ctx.read();
    let mut all = Vec::with_capacity(choice.rows.len());
    for some in choice.rows.chunks(TRIED_AT_ONCE) {
        let ids: Vec<Uuid> = some
            .iter()
            .filter_map(|one| one.case.as_ref().ok().copied())
            .collect();
        let cases: HashMap<Uuid, case::Model> = store::case::many(&conn, ctx.scope(), &ids)
            .await?
            .into_iter()
            .map(|row| (row.id, row))
            .collect();
        let mut histories = store::event::of_cases(&conn, app.store().sealer(), &ids).await?;
        for one in some {
            let case = one.case.as_ref().ok().and_then(|id| cases.get(id));
            let history = case
                .and_then(|row| histories.remove(&row.id))
                .transpose()?
                .unwrap_or_default();
            let fault = match case {
                Some(row) => {
                    let trial = Trial { app, ctx, command };
                    trial.of(&conn, row, &history).await.err()
                }
                None => None,
            };
            all.push(tried_row(one, case, refusal(fault)?));
        }
    }
    Ok(all)
}

/// A refusal is a result; trouble of our own is none.
fn refusal(fault: Option<Fault>) -> Result<Option<Fault>, Fault> {
    use tb_kernel::ErrorKind::{Internal, Unavailable};
    match fault {
        Some(fault) if matches!(fault.kind, Internal | Unavailable) => Err(fault),
        other => Ok(other),
    }
}

fn tried_row(chosen: &Chosen, case: Option<&case::Model>, fault: Option<Fault>) -> Tried {
    let fault = match (&chosen.case, case) {
        (Err(flaw), _) => {
            let mut fault = Fault::new(flaw.kind, flaw.code);
            fault.args.clone_from(&flaw.args);
            Some(fault)
        }
        (Ok(_), None) => Some(Error::CaseNotFound.into()),
        (Ok(_), Some(_)) => fault,
    };
    Tried {
        line: chosen.line,
        number: case.map_or_else(|| chosen.number.clone(), |row| row.number.clone()),
        case: case.map(|row| (row.id, row.version, row.item_name.clone())),
        fault,
    }
}

struct Trial<'a> {
    app: &'a App,
    ctx: &'a Ctx<CaseBatch>,
    command: &'a Command,
}

impl Trial<'_> {
    async fn of(
        &self,
        conn: &Conn,
        row: &case::Model,
        history: &[crate::store::event::CaseEvent],
    ) -> Result<(), Fault> {
        let (key, door) = permission(self.command.verb());
        let actor = in_own_right(self.ctx.actor());
        if !may(&actor, key, door, row)? {
            return Err(Error::NotYours.into());
        }
        let setting = setting(self.app, conn, row).await?;
        let seen = Seen {
            row,
            setting: &setting,
            history,
        };
        let around = Surroundings::of(&actor, self.ctx.now());
        let sealer = self.app.store().sealer();
        judge(sealer, seen, None, self.command.clone(), around)?;
        Ok(())
    }
}
