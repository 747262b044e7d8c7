//! Penalties: waiting, published and ended.

use chrono::NaiveDate;
use sea_orm::sea_query::Order;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
};
use tb_storage::{Conn, Tracked};
use uuid::Uuid;

use super::{Result, Within, at_once, containing};
pub(crate) use crate::entity::penalty::Model as Penalty;
use crate::entity::penalty::{Column, Entity};
use crate::model::penalty::State;

/// What is asked for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wanted {
    /// Blind index of the words as a name.
    pub party: Option<Vec<u8>>,
    /// Words: part of the offence, or the number of the decision.
    pub words: Option<String>,
    /// Only this state.
    pub state: Option<State>,
    /// Only what the public may see on a day.
    pub shown_on: Option<NaiveDate>,
}

/// Within reach, the latest decision first, behind `before`.
pub(crate) async fn list(
    conn: &Conn,
    within: &Within,
    wanted: &Wanted,
    before: Option<(NaiveDate, Uuid)>,
    limit: u64,
) -> Result<Vec<Penalty>> {
    let shown = wanted.shown_on.map(|today| {
        Condition::all()
            .add(Column::State.is_in([State::Published.as_str(), State::Revoked.as_str()]))
            .add(Column::ShownUntil.gte(today))
    });
    let state = wanted.state.map(|state| Column::State.eq(state.as_str()));
    let mut query = Entity::find()
        .filter(within.on(Column::DepartmentCode, Column::Region))
        .filter(Condition::all().add_option(shown).add_option(state));
    if let Some(words) = &wanted.words {
        query = query.filter(matching(wanted, words));
    }
    if let Some((day, id)) = before {
        let same = Condition::all()
            .add(Column::DecidedOn.eq(day))
            .add(Column::Id.lt(id));
        query = query.filter(Condition::any().add(Column::DecidedOn.lt(day)).add(same));
    }
    Ok(query
        .order_by(Column::DecidedOn, Order::Desc)
        .order_by(Column::Id, Order::Desc)
        .limit(limit + 1)
        .all(conn)
        .await?)
}

/// What the words may stand in. An answer must not tell the public what the entry does not show: who is
/// behind the mask of a person, and what a decision was about that no longer stands.
fn matching(wanted: &Wanted, words: &str) -> Condition {
    let is_public = wanted.shown_on.is_some();
    let masked = is_public.then(|| Column::Organisation.eq(true));
    let blank = is_public.then(|| Column::State.eq(State::Published.as_str()));
    let party = wanted.party.clone().map(|index| {
        Condition::all()
            .add(Column::PartyBidx.eq(index))
            .add_option(masked)
    });
    let told = Condition::any()
        .add(Column::Offence.like(containing(words)))
        .add_option(party);
    Condition::any()
        .add(Column::DocumentNumber.eq(words))
        .add(Condition::all().add(told).add_option(blank))
}

/// One within reach, held until the transaction ends.
pub(crate) async fn find_locked(
    conn: &Conn,
    within: &Within,
    id: Uuid,
) -> Result<Option<Tracked<Penalty>>> {
    let query = Entity::find()
        .filter(within.on(Column::DepartmentCode, Column::Region))
        .filter(Column::Id.eq(id));
    Ok(query.lock_exclusive().one(conn).await?.map(Tracked::new))
}

/// Which of these decisions of an office are known, each with the id of its entry.
pub(crate) async fn known(
    conn: &Conn,
    department: &str,
    numbers: impl IntoIterator<Item = String>,
) -> Result<Vec<(String, Uuid)>> {
    let mut known = Vec::new();
    for some in at_once(numbers) {
        let rows: Vec<(String, Uuid)> = Entity::find()
            .select_only()
            .column(Column::DocumentNumber)
            .column(Column::Id)
            .filter(Column::DepartmentCode.eq(department))
            .filter(Column::DocumentNumber.is_in(some))
            .into_tuple()
            .all(conn)
            .await?;
        known.extend(rows);
    }
    Ok(known)
}

/// A new one.
pub(crate) async fn insert(conn: &Conn, row: Penalty) -> Result<()> {
    Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

/// Writes what has changed.
pub(crate) async fn save(conn: &Conn, row: &Tracked<Penalty>) -> Result<()> {
    Entity::update_many()
        .set(row.changes())
        .filter(Column::Id.eq(row.id))
        .exec(conn)
        .await?;
    Ok(())
}
