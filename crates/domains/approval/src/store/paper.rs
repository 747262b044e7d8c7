//! Papers and their serials.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Order};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DerivePartialModel, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, Set,
};
use tb_storage::{Conn, StorageError};
use uuid::Uuid;

use crate::entity::{paper, paper_serial};

/// The next serial of what a department numbers by kind and year: its papers, its hand-over lists. The row is held until the end of
/// the transaction, so numbers have no gaps and no doubles.
pub(crate) async fn next_serial(
    conn: &Conn,
    department: &str,
    kind: &str,
    year: i32,
) -> Result<i64, StorageError> {
    let first = paper_serial::ActiveModel {
        department_code: Set(department.to_owned()),
        kind: Set(kind.to_owned()),
        year: Set(year),
        last: Set(1),
    };
    let key = [
        paper_serial::Column::DepartmentCode,
        paper_serial::Column::Kind,
        paper_serial::Column::Year,
    ];
    let next = Expr::col((paper_serial::Entity, paper_serial::Column::Last)).add(1);
    let row = paper_serial::Entity::insert(first)
        .on_conflict(
            OnConflict::columns(key)
                .value(paper_serial::Column::Last, next)
                .to_owned(),
        )
        .exec_with_returning(conn)
        .await?;
    Ok(row.last)
}

/// Writes a paper.
pub(crate) async fn insert(conn: &Conn, row: paper::Model) -> Result<(), StorageError> {
    paper::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

/// A paper without its content.
#[derive(Debug, DerivePartialModel)]
#[sea_orm(entity = "paper::Entity")]
pub(crate) struct PaperLine {
    pub id: Uuid,
    pub case_id: Uuid,
    pub event_seq: i32,
    pub kind: String,
    pub number: String,
    pub title: String,
    pub frozen_at: DateTime<Utc>,
}

/// The papers of a case, in their order.
pub(crate) async fn of_case(conn: &Conn, case_id: Uuid) -> Result<Vec<PaperLine>, StorageError> {
    let rows = paper::Entity::find()
        .filter(paper::Column::CaseId.eq(case_id))
        .order_by(paper::Column::EventSeq, Order::Asc)
        .into_partial_model::<PaperLine>();
    Ok(rows.all(conn).await?)
}

/// The papers of cases, each in their order.
pub(crate) async fn of_cases(
    conn: &Conn,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, Vec<PaperLine>>, StorageError> {
    let rows = paper::Entity::find()
        .filter(paper::Column::CaseId.is_in(ids.iter().copied()))
        .order_by(paper::Column::EventSeq, Order::Asc)
        .into_partial_model::<PaperLine>();
    let mut papers: HashMap<Uuid, Vec<PaperLine>> = HashMap::new();
    for row in rows.all(conn).await? {
        papers.entry(row.case_id).or_default().push(row);
    }
    Ok(papers)
}

/// A paper of a case.
pub(crate) async fn of_case_by_id(
    conn: &Conn,
    case_id: Uuid,
    id: Uuid,
) -> Result<Option<paper::Model>, StorageError> {
    Ok(paper::Entity::find_by_id(id)
        .filter(paper::Column::CaseId.eq(case_id))
        .one(conn)
        .await?)
}

/// A paper, for the press.
pub(crate) async fn find(conn: &Conn, id: Uuid) -> Result<Option<paper::Model>, StorageError> {
    Ok(paper::Entity::find_by_id(id).one(conn).await?)
}
