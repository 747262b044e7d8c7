//! Who handles how many cases.

use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QuerySelect};
use tb_kernel::Scope;
use tb_storage::{Conn, StorageError};
use uuid::Uuid;

use super::case::within;
use super::list::open;
use crate::entity::case::{Column, Entity};
use crate::model::state::State;
use crate::model::transition;
use crate::model::verb::Verb;
use crate::model::words::Word;

/// What somebody handles.
#[derive(Debug, FromQueryResult)]
pub(crate) struct Holding {
    /// Account.
    pub handler_id: Uuid,
    /// Name, as the cases have it.
    pub name: String,
    /// Cases whose clocks run towards a decision.
    pub running: i64,
    /// Those, and the decided ones that are not delivered.
    pub total: i64,
}

/// Everybody who handles cases within reach that can be handed over.
pub(crate) async fn holdings(conn: &Conn, scope: &Scope) -> Result<Vec<Holding>, StorageError> {
    let states = State::ALL
        .iter()
        .filter(|state| transition::row(Verb::HandOver, **state).is_some())
        .map(|state| state.as_str());
    let running = Expr::expr(Expr::case(open(), 1).finally(0)).sum();
    Ok(Entity::find()
        .select_only()
        .column(Column::HandlerId)
        .column_as(Column::HandlerName.max(), "name")
        .expr_as(running, "running")
        .column_as(Column::Id.count(), "total")
        .filter(within(scope))
        .filter(Column::State.is_in(states))
        .filter(Column::HandlerId.is_not_null())
        .group_by(Column::HandlerId)
        .into_model::<Holding>()
        .all(conn)
        .await?)
}
