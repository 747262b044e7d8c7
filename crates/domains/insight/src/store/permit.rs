//! Permits in the public register.

use chrono::NaiveDate;
use sea_orm::sea_query::Order;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
};
use tb_storage::{Conn, Tracked};
use uuid::Uuid;

use super::{Result, Within, item};
pub(crate) use crate::entity::permit::Model as Permit;
use crate::entity::permit::{Column, Entity};

/// What is asked for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wanted {
    /// Blind indexes of the words as a name and as a code.
    pub holder: Option<(Vec<u8>, Vec<u8>)>,
    /// Words: part of the content, or the number of the decision.
    pub words: Option<String>,
    /// One office.
    pub department: Option<String>,
    /// Only this state.
    pub state: Option<&'static str>,
    /// Only what the public may see.
    pub public: bool,
}

/// Within reach, the latest decision first, behind `before`.
pub(crate) async fn list(
    conn: &Conn,
    within: &Within,
    wanted: &Wanted,
    before: Option<(NaiveDate, Uuid)>,
    limit: u64,
) -> Result<Vec<Permit>> {
    let mut query = Entity::find()
        .filter(within.on(Column::DepartmentCode, Column::Region))
        .filter(
            Condition::all()
                .add_option(wanted.public.then(|| item::shown(Column::ItemCode)))
                .add_option(wanted.state.map(|state| Column::State.eq(state)))
                .add_option(
                    wanted
                        .department
                        .as_ref()
                        .map(|code| Column::DepartmentCode.eq(code)),
                ),
        );
    let mut any = Condition::any();
    if let Some((name, code)) = &wanted.holder {
        any = any
            .add(Column::HolderBidx.eq(name.clone()))
            .add(Column::HolderCodeBidx.eq(code.clone()));
    }
    if let Some(words) = &wanted.words {
        any = any
            .add(Column::Content.contains(words))
            .add(Column::DocumentNumber.eq(words));
        query = query.filter(any);
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

/// One within reach, held until the transaction ends.
pub(crate) async fn find_locked(
    conn: &Conn,
    within: &Within,
    id: Uuid,
) -> Result<Option<Tracked<Permit>>> {
    let query = Entity::find()
        .filter(within.on(Column::DepartmentCode, Column::Region))
        .filter(Column::Id.eq(id));
    Ok(query.lock_exclusive().one(conn).await?.map(Tracked::new))
}

/// That of a case, held until the transaction ends.
pub(crate) async fn of_case(conn: &Conn, number: &str) -> Result<Option<Tracked<Permit>>> {
    let query = Entity::find().filter(Column::CaseNumber.eq(number));
    Ok(query.lock_exclusive().one(conn).await?.map(Tracked::new))
}

/// A new one.
pub(crate) async fn insert(conn: &Conn, row: Permit) -> Result<()> {
    Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

/// Writes what has changed.
pub(crate) async fn save(conn: &Conn, row: &Tracked<Permit>) -> Result<()> {
    Entity::update_many()
        .set(row.changes())
        .filter(Column::Id.eq(row.id))
        .exec(conn)
        .await?;
    Ok(())
}
