//! Which commands a choice of cases may take: the state table, the posts and the caller's rights, over
//! what is not sealed. Cases that stand alike are judged once.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use tb_calendar::Unit;
use tb_contract::access::CaseBatch;
use tb_contract::item::{CaseKind, ItemDocument};
use tb_http::Ctx;
use tb_kernel::{Actor, Fault};
use uuid::Uuid;

use super::choose::choose;
use crate::api::batch_body::{BatchOption, BatchOptions, BatchPick};
use crate::app::App;
use crate::model::apply::{Facts, LegalTerm, Original, Surroundings, apply};
use crate::model::batch::OF_BATCHES;
use crate::model::clocks::plan;
use crate::model::light::far_away;
use crate::model::state::State;
use crate::model::verb::Verb;
use crate::model::words::Word;
use crate::service::deputy::in_own_right;
use crate::service::read::may_at;
use crate::service::setting::on_commitment;
use crate::store;
use crate::store::case::Stand;
use crate::view::command::{permission, sample};

/// Cases that one query looks up.
const ASKED_AT_ONCE: usize = 1_000;

/// What can be done with a choice of cases.
pub(crate) async fn options(
    app: &App,
    ctx: &Ctx<CaseBatch>,
    pick: BatchPick,
) -> Result<BatchOptions, Fault> {
    let choice = choose(app, ctx, pick).await?;
    let ids: Vec<Uuid> = choice
        .rows
        .iter()
        .filter_map(|row| row.case.as_ref().ok().copied())
        .collect();
    let conn = ctx.read();
    let mut stands: BTreeMap<Stand, usize> = BTreeMap::new();
    for some in ids.chunks(ASKED_AT_ONCE) {
        for stand in store::case::stands(&conn, ctx.scope(), some).await? {
            *stands.entry(stand).or_default() += 1;
        }
    }
    let actor = in_own_right(ctx.actor());
    let total = choice.rows.len();
    let mut possible: BTreeMap<usize, usize> = BTreeMap::new();
    for (stand, n) in &stands {
        let item = app
            .item(&conn, &stand.item_code, stand.item_version)
            .await?
            .ok_or_else(|| Fault::internal("the item of a case is gone"))?;
        let item = on_commitment(item, stand.commitment.as_deref());
        for (place, verb) in OF_BATCHES.into_iter().enumerate() {
            if may_be_done(&actor, ctx.now(), stand, &item, verb)? {
                *possible.entry(place).or_default() += n;
            }
        }
    }
    let commands = OF_BATCHES
        .into_iter()
        .enumerate()
        .filter_map(|(place, command)| {
            possible.get(&place).map(|possible| BatchOption {
                command,
                possible: *possible,
                impossible: total - possible,
            })
        })
        .collect();
    Ok(BatchOptions { total, commands })
}

fn may_be_done(
    actor: &Actor,
    now: DateTime<Utc>,
    stand: &Stand,
    item: &ItemDocument,
    verb: Verb,
) -> Result<bool, Fault> {
    let (key, door) = permission(verb);
    if !may_at(actor, key, door, stand.department_id, &stand.region)? {
        return Ok(false);
    }
    let Some(state) = State::parse(&stand.state) else {
        return Ok(false);
    };
    // Which originals a situation asks for is sealed: it may be none, or all that the item has.
    let originals: Vec<Original> = item
        .materials
        .iter()
        .filter(|one| one.original)
        .map(|one| Original {
            id: one.id.clone(),
            name: one.name.clone(),
        })
        .collect();
    let around = Surroundings::of(actor, now);
    let passes = |originals: &[Original]| {
        let facts = Facts {
            steps: plan(item),
            step: usize::try_from(stand.step_index).unwrap_or_default(),
            instant: item.case_kind == CaseKind::Instant,
            withdrawal_pending: stand.withdrawal_pending,
            procedures: &item.special_procedures,
            legal: LegalTerm {
                in_days: item
                    .legal_term
                    .is_some_and(|term| matches!(term.unit, Unit::WorkingDays | Unit::NaturalDays)),
                until: item.legal_term.map(|_| far_away()),
                extended: false,
            },
            originals,
            decided: stand.decided_at.is_some(),
            elsewhere: item.is_handled_elsewhere(),
            ..Facts::blank(state)
        };
        sample(verb, &facts, now).is_some_and(|command| apply(&facts, &command, around).is_ok())
    };
    Ok(passes(&[]) || (!originals.is_empty() && passes(&originals)))
}
