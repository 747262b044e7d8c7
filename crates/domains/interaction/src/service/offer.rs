//! What the caller may do with a task now, and why not the rest: each command is tried on the rules.

use serde::Serialize;
use tb_contract::access::{
    AppealDecide, Door, Permission, RectificationCallBack, RectificationHandle, scope_of,
};
use tb_http::Ctx;
use tb_kernel::{Fault, Region};
use utoipa::ToSchema;

use super::record::facts;
use crate::app::App;
use crate::error::Error;
use crate::model::task::{Bounds, Command, Facts, Who, apply};
use crate::store::task::Task;

/// What the caller may do now, and why not.
#[derive(Debug, Serialize, ToSchema)]
pub struct TaskCommand {
    /// `contact`, `rectify`, `call_back`, `appeal`, `decide_appeal`.
    pub command: &'static str,
    /// Whether it can be done.
    pub allowed: bool,
    /// Code of what stands against it.
    pub code: Option<String>,
    /// The same in words.
    pub reason: Option<String>,
}

/// Each command with a sample of it that the rules would let through.
const COMMANDS: [(&str, &str, Command); 5] = [
    (
        "contact",
        RectificationHandle::KEY,
        Command::Contact { reached: true },
    ),
    ("rectify", RectificationHandle::KEY, Command::Rectify),
    (
        "call_back",
        RectificationCallBack::KEY,
        Command::CallBack { level: Some(5) },
    ),
    ("appeal", RectificationHandle::KEY, Command::Appeal),
    (
        "decide_appeal",
        AppealDecide::KEY,
        Command::DecideAppeal { upheld: true },
    ),
];

/// Every command of staff, tried on the rules.
pub(crate) fn commands<P>(app: &App, ctx: &Ctx<P>, row: &Task) -> Result<Vec<TaskCommand>, Fault> {
    let facts = facts(row)?;
    Ok(COMMANDS
        .into_iter()
        .map(|(command, key, sample)| {
            let refused = refusal(app, ctx, row, &facts, key, sample).map(Fault::from);
            TaskCommand {
                command,
                allowed: refused.is_none(),
                code: refused.as_ref().map(|fault| fault.code.to_owned()),
                reason: refused.map(|fault| {
                    let texts = ctx.edge().texts();
                    texts.text(ctx.locale(), fault.code, &fault.args)
                }),
            }
        })
        .collect())
}

fn refusal<P>(
    app: &App,
    ctx: &Ctx<P>,
    row: &Task,
    facts: &Facts,
    key: &str,
    sample: Command,
) -> Option<Error> {
    let actor = ctx.actor();
    let region = Region::parse(&row.region);
    let within = scope_of(actor, key, Door::Role).is_some_and(|(scope, _)| {
        scope.covers(Some(row.department_id.into()), region.as_ref(), None)
    });
    if !within {
        return Some(Error::NotYours);
    }
    let who = Who::Staff {
        id: actor.id.0,
        department: actor.department.as_ref().map(|of| of.id),
    };
    let bounds = Bounds {
        rounds: app.settings().rounds,
        calls: app.settings().calls,
    };
    apply(facts, sample, who, bounds).err()
}
