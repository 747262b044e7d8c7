//! Lists of cases: filters as ranges over the cached clocks, keyset paging, counts.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, ExprTrait, LikeExpr, Order};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, FromQueryResult, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, Select,
};
use tb_calendar::Light;
use tb_kernel::Scope;
use tb_storage::{Conn, Sealer, StorageError};
use uuid::Uuid;

use super::case::within;
use super::co_applicant::cases_of;
use super::tally;
use crate::entity::case::{Column, Entity, Model};
use crate::model::fee::FeeStage;
use crate::model::saved::ListSort;
use crate::sealed;

/// What a list is asked for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Filter {
    /// States; all where empty.
    pub states: Vec<String>,
    /// One light; only open cases have one.
    pub light: Option<Light>,
    /// Words.
    pub q: Option<String>,
    /// Waiting for one of these posts; all where absent.
    pub posts: Option<Vec<String>>,
    /// Handled by this account.
    pub handler: Option<Uuid>,
    /// Whether a withdrawal waits for its answer.
    pub withdrawal: bool,
    /// Bearing this label.
    pub label: Option<Uuid>,
    /// With a note that names this account and that it has not seen.
    pub naming: Option<Uuid>,
    /// Whether an order of supervision waits for its reply.
    pub supervised: bool,
    /// Order of the rows.
    pub sort: ListSort,
    /// Whether a letter of the applicant waits for an answer.
    pub letter: bool,
    /// What its fee waits for; all where empty.
    pub fee: Vec<&'static str>,
}

/// Where a page ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// Moment of the last row that the list is ordered by.
    pub due_until: DateTime<Utc>,
    /// Its id.
    pub id: Uuid,
}

/// Cases within reach in the order asked for; one row more than `limit` where there are more.
pub(crate) async fn list(
    conn: &Conn,
    sealer: &Sealer,
    scope: &Scope,
    filter: &Filter,
    now: DateTime<Utc>,
    after: Option<Place>,
    limit: u64,
) -> Result<Vec<Model>, StorageError> {
    let mut query = filtered(sealer, scope, filter, now);
    let (column, newest_first) = match filter.sort {
        ListSort::Due => (Column::DueUntil, false),
        ListSort::Newest => (Column::SubmittedAt, true),
        ListSort::Oldest => (Column::SubmittedAt, false),
    };
    if let Some(place) = after {
        let moment = place.due_until;
        let (beyond, next) = if newest_first {
            (column.lt(moment), Column::Id.lt(place.id))
        } else {
            (column.gt(moment), Column::Id.gt(place.id))
        };
        let same = Condition::all().add(column.eq(moment)).add(next);
        query = query.filter(Condition::any().add(beyond).add(same));
    }
    let order = || {
        if newest_first {
            Order::Desc
        } else {
            Order::Asc
        }
    };
    let rows = query
        .order_by(column, order())
        .order_by(Column::Id, order())
        .limit(limit + 1);
    Ok(rows.all(conn).await?)
}

/// The ids of cases within reach, the most urgent first; `limit` at most.
pub(crate) async fn ids(
    conn: &Conn,
    sealer: &Sealer,
    scope: &Scope,
    filter: &Filter,
    now: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<Uuid>, StorageError> {
    let ids = filtered(sealer, scope, filter, now)
        .select_only()
        .column(Column::Id)
        .order_by(Column::DueUntil, Order::Asc)
        .order_by(Column::Id, Order::Asc)
        .limit(limit);
    Ok(ids.into_tuple().all(conn).await?)
}

fn filtered(sealer: &Sealer, scope: &Scope, filter: &Filter, now: DateTime<Utc>) -> Select<Entity> {
    let mut query = Entity::find().filter(within(scope));
    if let Some(posts) = &filter.posts {
        let turn = if filter.letter {
            to_answer(posts)
        } else {
            waiting_for(posts)
        };
        query = query.filter(turn);
    }
    if !filter.states.is_empty() {
        query = query.filter(Column::State.is_in(filter.states.iter().map(String::as_str)));
    }
    if let Some(light) = filter.light {
        query = query.filter(lit(light, now));
    }
    if let Some(q) = filter.q.as_deref().map(str::trim).filter(|q| !q.is_empty()) {
        query = query.filter(matching(sealer, q));
    }
    if let Some(handler) = filter.handler {
        query = query.filter(Column::HandlerId.eq(handler));
    }
    if filter.withdrawal {
        query = query.filter(Column::WithdrawalPending.eq(true));
    }
    if let Some(label) = filter.label {
        query = query.filter(Column::Id.in_subquery(super::label::bearing(label)));
    }
    if let Some(account) = filter.naming {
        query = query.filter(Column::Id.in_subquery(super::note::naming(account)));
    }
    if filter.supervised {
        query = query.filter(under_order());
    }
    if filter.letter {
        query = query.filter(Column::LetterSince.is_not_null());
    }
    if !filter.fee.is_empty() {
        query = query.filter(Column::FeeStage.is_in(filter.fee.iter().copied()));
    }
    query
}

/// Cases in the turn of one of these posts.
fn waiting_for(posts: &[String]) -> Condition {
    Condition::all().add(Column::WaitsFor.is_in(posts.iter().map(String::as_str)))
}

/// Number prefix, words of the item, or exactly a name, id number, phone or the receipt of a batch.
pub(super) fn matching(sealer: &Sealer, q: &str) -> Condition {
    let by_name = sealer.blind_index(sealed::NAME, &sealed::normal_name(q));
    let by_id = sealer.blind_index(sealed::ID_NUMBER, &sealed::normal_id(q));
    let by_co_id = sealed::co_applicant_index(sealer, q);
    let by_phone = sealer.blind_index(sealed::PHONE, &sealed::normal_phone(q));
    let escaped = q
        .replace('\\', "\\\\")
        .replace('%', "\\%")
        .replace('_', "\\_");
    let any = Condition::any()
        .add(Column::ItemName.like(LikeExpr::new(format!("%{escaped}%")).escape('\\')))
        .add(Column::ApplicantNameBidx.eq(by_name))
        .add(Column::ApplicantIdNumberBidx.eq(by_id))
        .add(Column::Id.in_subquery(cases_of(by_co_id)))
        .add(Column::ApplicantPhoneBidx.eq(by_phone));
    if q.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
        return any
            .add(Column::Number.starts_with(q))
            .add(Column::BatchNumber.eq(q.to_ascii_uppercase()));
    }
    any
}

/// Cases whose clocks run towards a decision: the bare column, as the partial index has it.
pub(crate) fn open() -> Expr {
    Expr::col(Column::Running)
}

/// Cases under an order of supervision: with a bound value in the place of the zero SQLite passes the
/// partial index over.
fn under_order() -> Expr {
    Expr::col(Column::OpenOrders).gt(Expr::cust("0"))
}

/// Open cases of a light, as ranges: the same rules as `tb_calendar::light`, over what is stored.
/// A term is over where `until <= reference`, and the reference of a paused case is the first
/// moment of its pause.
pub(crate) fn lit(light: Light, now: DateTime<Utc>) -> Condition {
    let over = |until: Column| {
        let running = Condition::all()
            .add(Column::PausedSince.is_null())
            .add(until.lte(now));
        let paused = Condition::all()
            .add(Column::PausedSince.is_not_null())
            .add(Expr::col(until).lte(Expr::col(Column::PausedSince)));
        Condition::any().add(running).add(paused)
    };
    // Before acceptance the office's own term stands in the place of the legal one.
    let purple = || {
        Condition::any()
            .add(over(Column::LegalUntil))
            .add(over(Column::AcceptanceUntil))
    };
    let red = || over(Column::PromisedUntil);
    let open = Condition::all().add(open());
    let unless = |condition: Condition| not(condition);
    let in_time = || unless(purple()).add(unless(red()));
    match light {
        Light::Purple => open.add(purple()),
        Light::Red => open.add(red()).add(unless(purple())),
        Light::Grey => open.add(Column::PausedSince.is_not_null()).add(in_time()),
        Light::Yellow => open
            .add(Column::PausedSince.is_null())
            .add(Column::YellowFrom.lte(now))
            .add(in_time()),
        Light::Green => {
            let not_yet = Condition::any()
                .add(Column::YellowFrom.is_null())
                .add(Column::YellowFrom.gt(now));
            open.add(Column::PausedSince.is_null())
                .add(not_yet)
                .add(in_time())
        }
    }
}

/// `NOT` in the two-valued sense: a comparison with an absent date counts as false.
fn not(condition: Condition) -> Condition {
    let holds = Expr::case(condition, 1).finally(0);
    Condition::all().add(Expr::expr(holds).eq(0))
}

/// How many cases there are within reach, for everybody who has it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shared {
    /// By state.
    pub states: BTreeMap<String, i64>,
    /// Open ones by light: green, yellow, red, purple, grey.
    pub lights: [i64; 5],
    /// Open ones by who handles them.
    pub handlers: HashMap<Uuid, i64>,
    /// With a withdrawal to answer.
    pub withdrawals: i64,
    /// Under an order of supervision.
    pub supervised: i64,
    /// With a letter of the applicant that waits for an answer.
    pub letters: i64,
    /// Opinions that other departments wait for.
    pub opinions: i64,
    /// By what their fees wait for.
    pub fees: BTreeMap<String, i64>,
}

/// The lights in the order of [`Shared::lights`].
pub(crate) const LIGHTS: [Light; 5] = [
    Light::Green,
    Light::Yellow,
    Light::Red,
    Light::Purple,
    Light::Grey,
];

/// Open cases that stand alike: how many there are, and how many of them are of each light and with
/// a withdrawal to answer.
#[derive(Debug, FromQueryResult)]
struct Sums {
    state: String,
    handler_id: Option<Uuid>,
    n: i64,
    running: Option<i64>,
    green: Option<i64>,
    yellow: Option<i64>,
    red: Option<i64>,
    purple: Option<i64>,
    grey: Option<i64>,
    withdrawals: Option<i64>,
}

/// Cases whose letters one of these posts answers: those in its turn, and those in nobody's any more, whose
/// applicants may still write.
fn to_answer(posts: &[String]) -> Condition {
    Condition::any()
        .add(waiting_for(posts))
        .add(Column::WaitsFor.is_null())
}

/// Counts, for the left column of the desk: open cases by state and light, and what is at an end
/// from the tally; of those that wait for one of `posts` where these are given.
pub(crate) async fn shared(
    conn: &Conn,
    scope: &Scope,
    now: DateTime<Utc>,
    posts: Option<&[String]>,
) -> Result<Shared, StorageError> {
    let among = within(scope).add_option(posts.map(waiting_for));
    let sum = |condition: Condition| Expr::expr(Expr::case(condition, 1).finally(0)).sum();
    let [green, yellow, red, purple, grey] = LIGHTS.map(|light| sum(lit(light, now)));
    let mut rows = Entity::find()
        .select_only()
        .column(Column::State)
        .column(Column::HandlerId)
        .column_as(Column::Id.count(), "n")
        .expr_as(sum(Condition::all().add(open())), "running")
        .expr_as(green, "green")
        .expr_as(yellow, "yellow")
        .expr_as(red, "red")
        .expr_as(purple, "purple")
        .expr_as(grey, "grey")
        .expr_as(
            sum(Condition::all()
                .add(open())
                .add(Column::WithdrawalPending.eq(true))),
            "withdrawals",
        )
        .filter(among.clone())
        .group_by(Column::State)
        .group_by(Column::HandlerId);
    let mut counts = Shared::default();
    // Of what is at an end there is ever more: it is counted as it comes to it. Only few of these
    // wait for a post.
    if posts.is_none() {
        rows = rows.filter(open());
        counts.states = tally::within_reach(conn, scope).await?;
    }
    for row in rows.into_model::<Sums>().all(conn).await? {
        let n = Option::unwrap_or_default;
        *counts.states.entry(row.state).or_default() += row.n;
        let lights = [row.green, row.yellow, row.red, row.purple, row.grey];
        for (sum, light) in counts.lights.iter_mut().zip(lights) {
            *sum += n(light);
        }
        if let Some(handler) = row.handler_id {
            *counts.handlers.entry(handler).or_default() += n(row.running);
        }
        counts.withdrawals += n(row.withdrawals);
    }
    counts.supervised = beside(conn, among.clone(), under_order()).await?;
    counts.opinions = super::opinion::count_open(conn, scope).await?;
    let answered = within(scope).add_option(posts.map(to_answer));
    counts.letters = beside(conn, answered, Column::LetterSince.is_not_null()).await?;
    counts.fees = fees(conn, among).await?;
    Ok(counts)
}

/// How many fees wait for what. What is settled is not counted: there is ever more of it.
async fn fees(conn: &Conn, among: Condition) -> Result<BTreeMap<String, i64>, StorageError> {
    let waiting = [
        FeeStage::Unpaid,
        FeeStage::Request,
        FeeStage::Assess,
        FeeStage::Refund,
        FeeStage::Lapsed,
    ];
    let rows: Vec<(String, i64)> = Entity::find()
        .select_only()
        .column(Column::FeeStage)
        .column_as(Column::Id.count(), "n")
        .filter(among)
        .filter(Column::FeeStage.is_in(waiting.map(FeeStage::as_str)))
        .group_by(Column::FeeStage)
        .into_tuple()
        .all(conn)
        .await?;
    let mut fees = BTreeMap::new();
    for (stage, n) in rows {
        let stage = if stage == FeeStage::Assess.as_str() {
            FeeStage::Request.to_string()
        } else {
            stage
        };
        *fees.entry(stage).or_default() += n;
    }
    Ok(fees)
}

/// Cases with a note that names somebody and that he has not seen.
pub(crate) async fn mentions(
    conn: &Conn,
    scope: &Scope,
    caller: Uuid,
    posts: Option<&[String]>,
) -> Result<u64, StorageError> {
    let among = within(scope).add_option(posts.map(waiting_for));
    super::note::count_naming(conn, among, caller).await
}

/// How many have something beside them that waits: an order, a letter. It outlives the decision, as
/// the list shows.
async fn beside(conn: &Conn, among: Condition, what: Expr) -> Result<i64, StorageError> {
    let many = Entity::find()
        .filter(among)
        .filter(what)
        .count(conn)
        .await?;
    Ok(i64::try_from(many).unwrap_or(i64::MAX))
}
