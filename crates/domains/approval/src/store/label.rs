//! Labels of departments, and the cases that bear them.

use std::collections::HashMap;

use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Order, Query, SelectStatement};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect,
};
use tb_kernel::{DepartmentId, Scope};
use tb_storage::{Conn, StorageError};
use uuid::Uuid;

use crate::entity::case_label;
use crate::entity::label::{Column, Entity, Model};

/// Labels are a department's own; whoever looks over a region sees them on the cases.
fn within(scope: &Scope) -> Condition {
    let all = Condition::all();
    match scope {
        Scope::Everything => all,
        Scope::Department(id) => all.add(Column::DepartmentId.eq(id.0)),
        Scope::Region(_) | Scope::Own(_) => all.add(Expr::val(1).eq(0)),
    }
}

/// The labels within reach, by name.
pub(crate) async fn list(
    conn: &Conn,
    scope: &Scope,
    limit: u64,
) -> Result<Vec<Model>, StorageError> {
    Ok(Entity::find()
        .filter(within(scope))
        .order_by(Column::Name, Order::Asc)
        .order_by(Column::Id, Order::Asc)
        .limit(limit)
        .all(conn)
        .await?)
}

/// How many labels a department has.
pub(crate) async fn count(conn: &Conn, department: DepartmentId) -> Result<u64, StorageError> {
    Ok(Entity::find()
        .filter(Column::DepartmentId.eq(department.0))
        .count(conn)
        .await?)
}

/// The label of this name, if the department has one.
pub(crate) async fn by_name(
    conn: &Conn,
    department: Uuid,
    name: &str,
) -> Result<Option<Model>, StorageError> {
    Ok(Entity::find()
        .filter(Column::DepartmentId.eq(department))
        .filter(Column::Name.eq(name))
        .one(conn)
        .await?)
}

/// A label within reach, kept from other writers.
pub(crate) async fn take(
    conn: &Conn,
    scope: &Scope,
    id: Uuid,
) -> Result<Option<Model>, StorageError> {
    let query = Entity::find_by_id(id).filter(within(scope));
    Ok(query.lock_exclusive().one(conn).await?)
}

/// How many of these labels are a department's.
pub(crate) async fn count_of(
    conn: &Conn,
    department: Uuid,
    ids: &[Uuid],
) -> Result<u64, StorageError> {
    Ok(Entity::find()
        .filter(Column::DepartmentId.eq(department))
        .filter(Column::Id.is_in(ids.iter().copied()))
        .count(conn)
        .await?)
}

/// Which of these labels there are.
pub(crate) async fn existing(conn: &Conn, ids: &[Uuid]) -> Result<Vec<Uuid>, StorageError> {
    let found = Entity::find().filter(Column::Id.is_in(ids.iter().copied()));
    Ok(found.all(conn).await?.iter().map(|row| row.id).collect())
}

/// Writes a new label.
pub(crate) async fn insert(conn: &Conn, row: Model) -> Result<(), StorageError> {
    Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

/// Writes a label anew.
pub(crate) async fn update(conn: &Conn, row: Model) -> Result<(), StorageError> {
    let id = row.id;
    Entity::update_many()
        .set(row.into_active_model().reset_all())
        .filter(Column::Id.eq(id))
        .exec(conn)
        .await?;
    Ok(())
}

/// Removes a label, from the cases too.
pub(crate) async fn remove(conn: &Conn, id: Uuid) -> Result<(), StorageError> {
    case_label::Entity::delete_many()
        .filter(case_label::Column::LabelId.eq(id))
        .exec(conn)
        .await?;
    Entity::delete_by_id(id).exec(conn).await?;
    Ok(())
}

/// The labels that cases bear, by case, each list by name.
pub(crate) async fn of_cases(
    conn: &Conn,
    cases: &[Uuid],
) -> Result<HashMap<Uuid, Vec<Model>>, StorageError> {
    let borne = case_label::Entity::find()
        .filter(case_label::Column::CaseId.is_in(cases.iter().copied()))
        .all(conn)
        .await?;
    let labels: HashMap<Uuid, Model> = Entity::find()
        .filter(Column::Id.is_in(borne.iter().map(|one| one.label_id)))
        .all(conn)
        .await?
        .into_iter()
        .map(|label| (label.id, label))
        .collect();
    let mut lists: HashMap<Uuid, Vec<Model>> = HashMap::new();
    for one in borne {
        if let Some(label) = labels.get(&one.label_id) {
            lists.entry(one.case_id).or_default().push(label.clone());
        }
    }
    for list in lists.values_mut() {
        list.sort_by(|one, other| (&one.name, one.id).cmp(&(&other.name, other.id)));
    }
    Ok(lists)
}

/// Puts labels on a case; one that it bears stays as it is.
pub(crate) async fn put(conn: &Conn, rows: Vec<case_label::Model>) -> Result<(), StorageError> {
    if rows.is_empty() {
        return Ok(());
    }
    let key = [case_label::Column::CaseId, case_label::Column::LabelId];
    let there = OnConflict::columns(key).do_nothing().to_owned();
    let rows = rows
        .into_iter()
        .map(|row| row.into_active_model().reset_all());
    case_label::Entity::insert_many(rows)
        .on_conflict(there)
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

/// Takes labels off a case.
pub(crate) async fn take_off(
    conn: &Conn,
    case_id: Uuid,
    labels: &[Uuid],
) -> Result<(), StorageError> {
    case_label::Entity::delete_many()
        .filter(case_label::Column::CaseId.eq(case_id))
        .filter(case_label::Column::LabelId.is_in(labels.iter().copied()))
        .exec(conn)
        .await?;
    Ok(())
}

/// The cases that bear a label.
pub(crate) fn bearing(label: Uuid) -> SelectStatement {
    Query::select()
        .column(case_label::Column::CaseId)
        .from(case_label::Entity)
        .and_where(case_label::Column::LabelId.eq(label))
        .to_owned()
}
