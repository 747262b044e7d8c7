//! Rectification tasks and what happened to them.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use sea_orm::sea_query::{Expr, ExprTrait, Order};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
};
use tb_kernel::Scope;
use tb_storage::{Conn, Tracked, lies_in};
use uuid::Uuid;

use super::Result;
pub(crate) use crate::entity::task::Model as Task;
use crate::entity::task::{Column, Entity};
use crate::entity::task_event;
pub(crate) use crate::entity::task_event::Model as TaskEvent;
use crate::model::task::State;

/// What a list is asked for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Filter {
    /// States; those with a running term where empty.
    pub states: Vec<String>,
    /// One light.
    pub light: Option<String>,
    /// Start of a case number, or words of the item.
    pub q: Option<String>,
    /// Whether an appeal waits for its decision.
    pub appealed: bool,
}

/// Where a page ended.
pub(crate) type Place = (NaiveDate, Uuid);

/// Tasks within reach, the most urgent first; one more than `limit` where there are more.
pub(crate) async fn list(
    conn: &Conn,
    scope: &Scope,
    filter: &Filter,
    today: NaiveDate,
    after: Option<Place>,
    limit: u64,
) -> Result<Vec<Task>> {
    let mut query = Entity::find().filter(within(scope));
    if filter.states.is_empty() {
        query = query.filter(running());
    } else {
        query = query.filter(Column::State.is_in(filter.states.iter().map(String::as_str)));
    }
    if let Some(light) = &filter.light {
        query = query.filter(running()).filter(lit(light, today));
    }
    if filter.appealed {
        query = query.filter(Column::Appeal.eq(crate::model::task::appeal::ASKED));
    }
    if let Some(q) = filter.q.as_deref() {
        let any = Condition::any()
            .add(Column::CaseNumber.starts_with(q))
            .add(Column::ItemName.contains(q));
        query = query.filter(any);
    }
    if let Some((due, id)) = after {
        let later = Condition::any().add(Column::DueOn.gt(due)).add(
            Condition::all()
                .add(Column::DueOn.eq(due))
                .add(Column::Id.gt(id)),
        );
        query = query.filter(later);
    }
    Ok(query
        .order_by(Column::DueOn, Order::Asc)
        .order_by(Column::Id, Order::Asc)
        .limit(limit + 1)
        .all(conn)
        .await?)
}

/// Green, yellow, red, with an appeal.
type Lit = (Option<i64>, Option<i64>, Option<i64>, Option<i64>);

/// How many there are within reach by state, and running ones by light and with an appeal.
pub(crate) async fn counts(
    conn: &Conn,
    scope: &Scope,
    today: NaiveDate,
) -> Result<BTreeMap<String, i64>> {
    let states: Vec<(String, i64)> = Entity::find()
        .select_only()
        .column(Column::State)
        .column_as(Column::Id.count(), "n")
        .filter(within(scope))
        .group_by(Column::State)
        .into_tuple()
        .all(conn)
        .await?;
    let mut counts: BTreeMap<String, i64> = states.into_iter().collect();
    let sum = |condition: Condition| Expr::expr(Expr::case(condition, 1).finally(0)).sum();
    let asked = Condition::all().add(Column::Appeal.eq(crate::model::task::appeal::ASKED));
    let row: Option<Lit> = Entity::find()
        .select_only()
        .expr_as(sum(lit("green", today)), "green")
        .expr_as(sum(lit("yellow", today)), "yellow")
        .expr_as(sum(lit("red", today)), "red")
        .expr_as(sum(asked), "asked")
        .filter(within(scope))
        .filter(running())
        .into_tuple()
        .one(conn)
        .await?;
    let (green, yellow, red, asked) = row.unwrap_or_default();
    for (name, n) in [
        ("green", green),
        ("yellow", yellow),
        ("red", red),
        ("appealed", asked),
    ] {
        counts.insert(name.to_owned(), n.unwrap_or_default());
    }
    Ok(counts)
}

/// One within reach.
pub(crate) async fn find(conn: &Conn, scope: &Scope, id: Uuid) -> Result<Option<Task>> {
    let query = Entity::find().filter(within(scope));
    Ok(query.filter(Column::Id.eq(id)).one(conn).await?)
}

/// One within reach, held until the transaction ends.
pub(crate) async fn find_locked(
    conn: &Conn,
    scope: &Scope,
    id: Uuid,
) -> Result<Option<Tracked<Task>>> {
    let query = Entity::find()
        .filter(within(scope))
        .filter(Column::Id.eq(id));
    Ok(query.lock_exclusive().one(conn).await?.map(Tracked::new))
}

/// The one of a case within reach.
pub(crate) async fn by_number(conn: &Conn, scope: &Scope, number: &str) -> Result<Option<Task>> {
    let query = Entity::find()
        .filter(within(scope))
        .filter(Column::CaseNumber.eq(number));
    Ok(query.one(conn).await?)
}

/// Tasks whose term was over before `day` and that went no higher than `escalation`.
pub(crate) async fn overdue(
    conn: &Conn,
    escalation: i32,
    day: NaiveDate,
    limit: u64,
) -> Result<Vec<Task>> {
    Ok(Entity::find()
        .filter(running())
        .filter(Column::Escalation.eq(escalation))
        .filter(Column::DueOn.lt(day))
        .order_by(Column::DueOn, Order::Asc)
        .limit(limit)
        .all(conn)
        .await?)
}

/// A new one.
pub(crate) async fn insert(conn: &Conn, row: Task) -> Result<()> {
    Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

/// Writes what has changed.
pub(crate) async fn save(conn: &Conn, row: &Tracked<Task>) -> Result<()> {
    Entity::update_many()
        .set(row.changes())
        .filter(Column::Id.eq(row.id))
        .exec(conn)
        .await?;
    Ok(())
}

/// What happened to a task, in order.
pub(crate) async fn events(conn: &Conn, task_id: Uuid) -> Result<Vec<TaskEvent>> {
    Ok(task_event::Entity::find()
        .filter(task_event::Column::TaskId.eq(task_id))
        .order_by(task_event::Column::Seq, Order::Asc)
        .all(conn)
        .await?)
}

/// One more thing that happened.
pub(crate) async fn insert_event(conn: &Conn, row: TaskEvent) -> Result<()> {
    task_event::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

fn running() -> Condition {
    let states = State::ALL.into_iter().filter(|state| state.is_running());
    Condition::all().add(Column::State.is_in(states.map(State::as_str)))
}

fn lit(light: &str, today: NaiveDate) -> Condition {
    let in_time = Condition::all().add(Column::DueOn.gte(today));
    match light {
        "red" => Condition::all().add(Column::DueOn.lt(today)),
        "yellow" => in_time.add(Column::YellowFrom.lte(today)),
        _ => in_time.add(Column::YellowFrom.gt(today)),
    }
}

fn within(scope: &Scope) -> Condition {
    match scope {
        Scope::Everything => Condition::all(),
        Scope::Region(region) => lies_in(Column::Region, region),
        Scope::Department(id) => Condition::all().add(Column::DepartmentId.eq(id.0)),
        Scope::Own(account) => Condition::all().add(Column::AccountId.eq(account.0)),
    }
}
