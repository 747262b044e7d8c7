//! Fee orders, what was paid and given back, and what the payment platform told. An order is written
//! under the lock of its case alone.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, ExprTrait, Order};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect,
};
use tb_storage::{Conn, StorageError};
use uuid::Uuid;

use crate::entity::{case, fee_order, fee_payment, fee_refund, payment_notice};
use crate::model::fee::FeeState;

/// A refund that the platform has not answered.
pub(crate) const ASKED: &str = "asked";

/// The orders of a case, the last one first.
pub(crate) async fn of_case(
    conn: &Conn,
    case_id: Uuid,
) -> Result<Vec<fee_order::Model>, StorageError> {
    Ok(fee_order::Entity::find()
        .filter(fee_order::Column::CaseId.eq(case_id))
        .order_by(fee_order::Column::CreatedAt, Order::Desc)
        .order_by(fee_order::Column::Id, Order::Desc)
        .all(conn)
        .await?)
}

/// The last order of a case.
pub(crate) async fn last_of_case(
    conn: &Conn,
    case_id: Uuid,
) -> Result<Option<fee_order::Model>, StorageError> {
    Ok(of_case(conn, case_id).await?.into_iter().next())
}

/// An order.
pub(crate) async fn find(conn: &Conn, id: Uuid) -> Result<Option<fee_order::Model>, StorageError> {
    Ok(fee_order::Entity::find_by_id(id).one(conn).await?)
}

/// How many orders wait for their money.
pub(crate) async fn count_open(conn: &Conn) -> Result<u64, StorageError> {
    let open = [FeeState::Preparing, FeeState::Noticed, FeeState::Reduced];
    Ok(fee_order::Entity::find()
        .filter(fee_order::Column::State.is_in(open.map(FeeState::as_str)))
        .count(conn)
        .await?)
}

/// Writes a new order.
pub(crate) async fn insert(conn: &Conn, row: fee_order::Model) -> Result<(), StorageError> {
    fee_order::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

/// Writes an order anew.
pub(crate) async fn update(conn: &Conn, row: fee_order::Model) -> Result<(), StorageError> {
    let id = row.id;
    fee_order::Entity::update_many()
        .set(row.into_active_model().reset_all())
        .filter(fee_order::Column::Id.eq(id))
        .exec(conn)
        .await?;
    Ok(())
}

/// Notes what a case's fee waits for, where nothing else of the case moves.
pub(crate) async fn mark_case(
    conn: &Conn,
    case_id: Uuid,
    stage: &'static str,
) -> Result<(), StorageError> {
    case::Entity::update_many()
        .col_expr(case::Column::FeeStage, Expr::value(stage))
        .filter(case::Column::Id.eq(case_id))
        .exec(conn)
        .await?;
    Ok(())
}

/// Orders whose applicants are to be reminded, or have let the term pass.
pub(crate) async fn with_alarm(
    conn: &Conn,
    now: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<Uuid>, StorageError> {
    due(conn, fee_order::Column::AlarmAt, now, limit).await
}

/// Orders about which the platform is to be spoken to.
pub(crate) async fn with_task(
    conn: &Conn,
    now: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<Uuid>, StorageError> {
    due(conn, fee_order::Column::TaskAt, now, limit).await
}

async fn due(
    conn: &Conn,
    column: fee_order::Column,
    now: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<Uuid>, StorageError> {
    Ok(fee_order::Entity::find()
        .select_only()
        .column(fee_order::Column::Id)
        .filter(column.lte(now))
        .order_by(column, Order::Asc)
        .limit(limit)
        .into_tuple()
        .all(conn)
        .await?)
}

/// Notes when the platform is to be spoken to again about a version of an order.
pub(crate) async fn ask_again(
    conn: &Conn,
    id: Uuid,
    version: i64,
    at: Option<DateTime<Utc>>,
) -> Result<(), StorageError> {
    fee_order::Entity::update_many()
        .col_expr(fee_order::Column::TaskAt, Expr::value(at))
        .filter(fee_order::Column::Id.eq(id))
        .filter(fee_order::Column::Version.eq(version))
        .exec(conn)
        .await?;
    Ok(())
}

/// What was paid for an order, in the order of its coming.
pub(crate) async fn payments(
    conn: &Conn,
    order_id: Uuid,
) -> Result<Vec<fee_payment::Model>, StorageError> {
    Ok(fee_payment::Entity::find()
        .filter(fee_payment::Column::OrderId.eq(order_id))
        .order_by(fee_payment::Column::HeardAt, Order::Asc)
        .order_by(fee_payment::Column::Id, Order::Asc)
        .all(conn)
        .await?)
}

/// A payment by the platform's number.
pub(crate) async fn payment(
    conn: &Conn,
    transaction: &str,
) -> Result<Option<fee_payment::Model>, StorageError> {
    Ok(fee_payment::Entity::find()
        .filter(fee_payment::Column::TransactionNumber.eq(transaction))
        .one(conn)
        .await?)
}

/// Writes a payment.
pub(crate) async fn insert_payment(
    conn: &Conn,
    row: fee_payment::Model,
) -> Result<(), StorageError> {
    fee_payment::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

/// Notes that so much more of a payment is on its way back; less where it did not go.
pub(crate) async fn add_refunded(
    conn: &Conn,
    payment_id: Uuid,
    amount: i64,
) -> Result<(), StorageError> {
    let more = Expr::col(fee_payment::Column::Refunded).add(amount);
    fee_payment::Entity::update_many()
        .col_expr(fee_payment::Column::Refunded, more)
        .filter(fee_payment::Column::Id.eq(payment_id))
        .exec(conn)
        .await?;
    Ok(())
}

/// Writes a refund.
pub(crate) async fn insert_refund(conn: &Conn, row: fee_refund::Model) -> Result<(), StorageError> {
    fee_refund::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

/// The refunds of an order.
pub(crate) async fn refunds(
    conn: &Conn,
    order_id: Uuid,
) -> Result<Vec<fee_refund::Model>, StorageError> {
    Ok(fee_refund::Entity::find()
        .filter(fee_refund::Column::OrderId.eq(order_id))
        .order_by(fee_refund::Column::Id, Order::Asc)
        .all(conn)
        .await?)
}

/// Ends a refund that was asked for; `false` where it has ended already.
pub(crate) async fn end_refund(
    conn: &Conn,
    id: Uuid,
    (state, answer): (&'static str, &str),
    at: DateTime<Utc>,
) -> Result<bool, StorageError> {
    let done = fee_refund::Entity::update_many()
        .col_expr(fee_refund::Column::State, Expr::value(state))
        .col_expr(fee_refund::Column::Answer, Expr::value(answer))
        .col_expr(fee_refund::Column::EndedAt, Expr::value(at))
        .filter(fee_refund::Column::Id.eq(id))
        .filter(fee_refund::Column::State.eq(ASKED))
        .exec(conn)
        .await?;
    Ok(done.rows_affected > 0)
}

/// Writes what the platform told, and what was made of it.
pub(crate) async fn insert_notice(
    conn: &Conn,
    row: payment_notice::Model,
) -> Result<(), StorageError> {
    payment_notice::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

/// What a message said that came first under a nonce and was believed. Whoever only names a nonce does
/// not use it up for the true message.
pub(crate) async fn notice(
    conn: &Conn,
    nonce: &str,
) -> Result<Option<payment_notice::Model>, StorageError> {
    Ok(payment_notice::Entity::find()
        .filter(payment_notice::Column::Nonce.eq(nonce))
        .filter(payment_notice::Column::Number.ne(""))
        .order_by(payment_notice::Column::HeardAt, Order::Asc)
        .order_by(payment_notice::Column::Id, Order::Asc)
        .one(conn)
        .await?)
}

/// Whether a payment for an order was refused with this verdict before.
pub(crate) async fn is_refused(
    conn: &Conn,
    (number, transaction): (&str, &str),
    verdict: &str,
) -> Result<bool, StorageError> {
    let many = payment_notice::Entity::find()
        .filter(payment_notice::Column::Number.eq(number))
        .filter(payment_notice::Column::TransactionNumber.eq(transaction))
        .filter(payment_notice::Column::Verdict.eq(verdict))
        .count(conn)
        .await?;
    Ok(many > 0)
}

/// Forgets messages of a verdict that came before a moment.
pub(crate) async fn forget_notices(
    conn: &Conn,
    verdict: &str,
    before: DateTime<Utc>,
) -> Result<(), StorageError> {
    payment_notice::Entity::delete_many()
        .filter(payment_notice::Column::Verdict.eq(verdict))
        .filter(payment_notice::Column::HeardAt.lt(before))
        .exec(conn)
        .await?;
    Ok(())
}

/// How many messages came to a verdict since a moment.
pub(crate) async fn notices_since(
    conn: &Conn,
    verdict: &str,
    since: DateTime<Utc>,
) -> Result<u64, StorageError> {
    Ok(payment_notice::Entity::find()
        .filter(payment_notice::Column::Verdict.eq(verdict))
        .filter(payment_notice::Column::HeardAt.gt(since))
        .count(conn)
        .await?)
}
