//! Supervision by hand: an inspector or a head urges a case or orders a reply, whoever is addressed
//! answers, and the lists of both.

use chrono::{DateTime, Days, NaiveDate, Utc};
use tb_contract::access::{
    CaseClose, CaseRead, LetterWrite, OpinionAnswer, OpinionAsk, Permission, SupervisionIssue,
    SupervisionRead, SupervisionReply,
};
use tb_http::Ctx;
use tb_kernel::{Fault, Page, PageRequest, Scope, office_time};
use tb_storage::{Sealer, Tracked, Tx};
use uuid::Uuid;

use super::deputy::{capacities, holding, mark, name, posts, witness};
use super::list::place;
use super::record::{Open, Writing, record};
use super::setting::{Setting, setting};
use crate::api::supervision::{OrderQuery, OrderView, ReplyOrder, SuperviseCase, UrgeCase};
use crate::app::App;
use crate::entity::{case, supervision};
use crate::error::Error;
use crate::model::apply::Outcome;
use crate::model::event::{EventDetail, EventKind, Happened, office_day};
use crate::model::supervision::{Cause, Level, OrderState, Supervised};
use crate::model::words::Word;
use crate::sealed::{ORDER_REPLY, ORDER_WORDS};
use crate::store;
use crate::store::event::Doer;
use crate::store::supervision::Filter;

/// Longest words, in characters.
const MOST_WORDS: usize = 2_000;
/// Longest term for a reply, in natural days.
const MOST_DAYS: u32 = 30;

/// A case under supervision in a transaction.
pub(crate) struct Watched {
    /// The row.
    pub row: Tracked<case::Model>,
    /// Item and office.
    pub setting: Setting,
    /// History.
    pub history: Vec<store::event::CaseEvent>,
}

impl Watched {
    /// Takes a case within reach.
    pub(crate) async fn take(app: &App, tx: &Tx, scope: &Scope, id: Uuid) -> Result<Self, Fault> {
        let row = store::case::find_for_change(tx.conn(), scope, id)
            .await?
            .ok_or(Error::CaseNotFound)?;
        let setting = setting(app, tx.conn(), &row).await?;
        let history = store::event::of_case(tx.conn(), tx.sealer(), id).await?;
        Ok(Self {
            row,
            setting,
            history,
        })
    }

    /// Records an event that leaves the case where it is; its version after it is returned.
    pub(crate) async fn note(
        self,
        app: &App,
        tx: &mut Tx,
        (kind, says): (EventKind, &'static str),
        mut detail: EventDetail,
    ) -> Result<i64, Fault> {
        let permission = match kind {
            EventKind::Supervised | EventKind::Urged => Some(SupervisionIssue::KEY),
            EventKind::MessageSent => Some(LetterWrite::KEY),
            EventKind::ResultAttached => Some(CaseClose::KEY),
            EventKind::OpinionAsked | EventKind::OpinionWithdrawn => Some(OpinionAsk::KEY),
            EventKind::OpinionGiven | EventKind::OpinionDeclined => Some(OpinionAnswer::KEY),
            _ => None,
        };
        if let Some(key) = permission {
            let capacity = capacities(tx.actor(), key);
            let acting_for = capacity.first().copied().flatten();
            mark(&mut detail, tx.actor(), acting_for);
        }
        let state = self.row.current_state()?;
        let outcome = Outcome {
            state,
            step: usize::try_from(self.row.step_index).unwrap_or_default(),
            withdrawal_pending: self.row.withdrawal_pending,
            events: vec![Happened {
                kind,
                effective_at: tx.now(),
                from: state,
                to: state,
                detail,
            }],
            paper: None,
            says,
        };
        let doer = Doer {
            id: tx.actor().id.0,
            name: tx.actor().name.clone(),
        };
        let mut open = Open {
            app,
            setting: &self.setting,
            row: self.row,
            history: self.history,
            causation_id: None,
        };
        Box::pin(record(tx, &mut open, outcome, &doer, Writing::Beside)).await?;
        Ok(open.row.version)
    }
}

/// An order about to be written.
pub(crate) struct NewOrder<'a> {
    /// Whom it is addressed to.
    pub level: Level,
    /// Why.
    pub cause: Cause,
    /// Since when.
    pub since: DateTime<Utc>,
    /// What it says.
    pub words: &'a str,
    /// Last day for the reply.
    pub reply_by: NaiveDate,
}

/// Writes an order with its event, in the transaction of whoever gives it.
pub(crate) async fn issue(
    app: &App,
    tx: &mut Tx,
    mut watched: Watched,
    new: NewOrder<'_>,
) -> Result<Uuid, Fault> {
    let (id, row) = (tx.new_id(), &watched.row);
    let order = supervision::Model {
        id,
        case_id: row.id,
        case_number: row.number.clone(),
        item_name: row.item_name.clone(),
        department_id: row.department_id,
        region: row.region.clone(),
        office: watched.setting.office.clone(),
        level: new.level.to_string(),
        cause: new.cause.to_string(),
        since: new.since,
        words: tx.sealer().seal_text(ORDER_WORDS, id, new.words)?,
        issued_by: tx.actor().id.0,
        issuer: tx.actor().name.clone(),
        issued_at: tx.now(),
        reply_by: new.reply_by,
        reply_until: office_time::start_of_day(new.reply_by + Days::new(1)),
        state: OrderState::Open.to_string(),
        reply: None,
        replier: None,
        replied_at: None,
        version: 1,
    };
    store::supervision::insert(tx.conn(), order).await?;
    tx.done("approval.supervision.issued", "supervision", id);
    watched.row.open_orders += 1;
    let detail = EventDetail {
        reason: new.words.to_owned(),
        supervised: Some(Supervised {
            order: Some(id),
            level: new.level,
            cause: new.cause,
            reply_by: Some(new.reply_by),
        }),
        ..EventDetail::default()
    };
    let what = (EventKind::Supervised, "approval.case.supervised");
    watched.note(app, tx, what, detail).await?;
    Ok(id)
}

/// Urges whoever handles a case.
pub(crate) async fn urge(
    app: &App,
    ctx: &Ctx<SupervisionIssue>,
    id: Uuid,
    body: UrgeCase,
) -> Result<(), Fault> {
    let words = words(&body.words)?;
    let mut tx = ctx.begin().await?;
    let watched = Watched::take(app, &tx, ctx.scope(), id).await?;
    expect_running(&watched)?;
    let detail = EventDetail {
        reason: words,
        supervised: Some(Supervised {
            order: None,
            level: Level::Handler,
            cause: Cause::Manual,
            reply_by: None,
        }),
        ..EventDetail::default()
    };
    let what = (EventKind::Urged, "approval.case.urged");
    watched.note(app, &mut tx, what, detail).await?;
    tx.commit(&()).await?;
    Ok(())
}

/// Orders a reply by hand.
pub(crate) async fn supervise(
    app: &App,
    ctx: &Ctx<SupervisionIssue>,
    id: Uuid,
    body: SuperviseCase,
) -> Result<OrderView, Fault> {
    let words = words(&body.words)?;
    if !(1..=MOST_DAYS).contains(&body.reply_days) {
        return Err(Error::ReplyTermWrong { most: MOST_DAYS }.into());
    }
    if body.to == Level::Inspectorate {
        return Err(Error::OrderToInspectorate.into());
    }
    let mut tx = ctx.begin().await?;
    let watched = Watched::take(app, &tx, ctx.scope(), id).await?;
    expect_running(&watched)?;
    let new = NewOrder {
        level: body.to,
        cause: Cause::Manual,
        since: tx.now(),
        words: &words,
        reply_by: office_day(tx.now()) + Days::new(u64::from(body.reply_days)),
    };
    let order = issue(app, &mut tx, watched, new).await?;
    let order = store::supervision::take(tx.conn(), &Scope::Everything, order)
        .await?
        .ok_or(Error::OrderNotFound)?;
    let answer = view(tx.sealer(), &order, &posts(ctx.actor()), tx.now())?;
    tx.commit(&answer).await?;
    Ok(answer)
}

/// Answers an order; whoever holds the post that it is addressed to.
pub(crate) async fn reply(
    app: &App,
    ctx: &Ctx<SupervisionReply>,
    id: Uuid,
    body: ReplyOrder,
) -> Result<OrderView, Fault> {
    let said = words(&body.words)?;
    let mut tx = ctx.begin().await?;
    let mut order = store::supervision::take(tx.conn(), ctx.scope(), id)
        .await?
        .ok_or(Error::OrderNotFound)?;
    if order.version != body.version || order.state != OrderState::Open.as_str() {
        return Err(Error::OrderMoved.into());
    }
    let level = Level::parse(&order.level).unwrap_or(Level::Head);
    let actor = tx.actor().clone();
    let acting_for = holding(&actor, level.role(), Error::OrderNotYours)?;
    let home = actor.department.as_ref().map(|home| home.id.0);
    if acting_for.is_some() && home != Some(order.department_id) {
        // A lent post is one of the own department, however far the own right reaches.
        return Err(Error::OrderNotYours.into());
    }
    witness(&mut tx, acting_for, SupervisionReply::KEY);
    order.reply = Some(tx.sealer().seal_text(ORDER_REPLY, id, &said)?);
    order.replier = Some(name(&actor, acting_for));
    order.replied_at = Some(tx.now());
    order.state = OrderState::Replied.to_string();
    order.version += 1;
    store::supervision::update(tx.conn(), order.clone()).await?;
    tx.done("approval.supervision.replied", "supervision", id);
    let mut watched = Watched::take(app, &tx, &Scope::Everything, order.case_id).await?;
    watched.row.open_orders = (watched.row.open_orders - 1).max(0);
    let mut detail = EventDetail {
        reason: said,
        supervised: Some(Supervised {
            order: Some(id),
            level,
            cause: Cause::parse(&order.cause).unwrap_or(Cause::Manual),
            reply_by: None,
        }),
        ..EventDetail::default()
    };
    mark(&mut detail, &actor, acting_for);
    let what = (
        EventKind::SupervisionReplied,
        "approval.case.supervision_replied",
    );
    watched.note(app, &mut tx, what, detail).await?;
    let answer = view(tx.sealer(), &order, &posts(ctx.actor()), tx.now())?;
    tx.commit(&answer).await?;
    Ok(answer)
}

/// Orders within reach, the most urgent first.
pub(crate) async fn orders(
    app: &App,
    ctx: &Ctx<SupervisionRead>,
    query: OrderQuery,
) -> Result<Page<OrderView>, Fault> {
    let after = query
        .cursor
        .as_deref()
        .filter(|cursor| !cursor.is_empty())
        .map(place)
        .transpose()?;
    let limit = PageRequest {
        cursor: None,
        limit: query.limit,
    }
    .limit();
    let unknown = || Error::UnknownFilter {
        name: "state".to_owned(),
    };
    let state = query.state.as_deref().filter(|word| !word.is_empty());
    let state = state
        .map(|word| OrderState::parse(word).ok_or_else(unknown))
        .transpose()?;
    let roles = &posts(ctx.actor());
    let mine = Level::CHAIN
        .into_iter()
        .filter(|level| may_reply(*level, roles))
        .map(Level::as_str);
    let filter = Filter {
        state: state.map(OrderState::as_str),
        late_at: query.late.then(|| ctx.now()),
        levels: query.mine.then(|| mine.collect()),
    };
    let rows = store::supervision::list(&ctx.read(), ctx.scope(), filter, after, limit).await?;
    let page = Page::from_surplus(rows, limit, |row: &supervision::Model| {
        format!("{}.{}", row.reply_until.timestamp_micros(), row.id)
    });
    let sealer = app.store().sealer();
    let items: Result<Vec<OrderView>, Fault> = page
        .items
        .iter()
        .map(|row| view(sealer, row, roles, ctx.now()))
        .collect();
    Ok(Page {
        items: items?,
        next_cursor: page.next_cursor,
    })
}

/// The orders of one case within reach.
pub(crate) async fn of_case(
    app: &App,
    ctx: &Ctx<CaseRead>,
    id: Uuid,
) -> Result<Vec<OrderView>, Fault> {
    let conn = ctx.read();
    store::case::find(&conn, ctx.scope(), id)
        .await?
        .ok_or(Error::CaseNotFound)?;
    let rows = store::supervision::of_case(&conn, id).await?;
    rows.iter()
        .map(|row| view(app.store().sealer(), row, &posts(ctx.actor()), ctx.now()))
        .collect()
}

fn may_reply(level: Level, roles: &[String]) -> bool {
    roles.iter().any(|role| role == level.role())
}

fn expect_running(watched: &Watched) -> Result<(), Fault> {
    let state = watched.row.current_state()?;
    if state.is_running() {
        Ok(())
    } else {
        Err(Error::NothingToSupervise.into())
    }
}

pub(super) fn words(text: &str) -> Result<String, Error> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Error::ReasonMissing);
    }
    if text.chars().count() > MOST_WORDS {
        return Err(Error::TextTooLong { max: MOST_WORDS });
    }
    Ok(text.to_owned())
}

fn view(
    sealer: &Sealer,
    row: &supervision::Model,
    roles: &[String],
    now: DateTime<Utc>,
) -> Result<OrderView, Fault> {
    let level = Level::parse(&row.level).unwrap_or(Level::Head);
    let is_open = row.state == OrderState::Open.as_str();
    let reply = row
        .reply
        .as_ref()
        .map(|reply| sealer.open_text(ORDER_REPLY, row.id, reply))
        .transpose()?;
    Ok(OrderView {
        id: row.id,
        version: row.version,
        case_id: row.case_id,
        case_number: row.case_number.clone(),
        item_name: row.item_name.clone(),
        office: row.office.clone(),
        level: row.level.clone(),
        cause: row.cause.clone(),
        words: sealer.open_text(ORDER_WORDS, row.id, &row.words)?,
        issuer: row.issuer.clone(),
        issued_at: row.issued_at,
        reply_by: row.reply_by,
        open: is_open,
        late: is_open && row.reply_until <= now,
        reply,
        replier: row.replier.clone(),
        replied_at: row.replied_at,
        may_reply: is_open && may_reply(level, roles),
    })
}
