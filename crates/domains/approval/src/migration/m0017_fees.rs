//! Fee orders with what was paid and given back, what the payment platform told, and the simulated
//! platform's own book.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, binary_null, boolean, date_null, integer, pk_uuid, string, string_null, text,
    timestamp_with_time_zone, timestamp_with_time_zone_null, uuid,
};
use tb_storage::migration::create_table;

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0017_fees"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        mark_cases(manager).await?;
        orders(manager).await?;
        money(manager).await?;
        simulated(manager).await
    }
}

async fn mark_cases(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let column = Table::alter()
        .table("approval_case")
        .add_column(string_null("fee_stage"))
        .take();
    manager.alter_table(column).await?;
    let waiting = Index::create()
        .name("approval_case_fee")
        .table("approval_case")
        .col("department_id")
        .col("fee_stage")
        .col("due_until")
        .col("id")
        .and_where(Expr::col("fee_stage").is_not_null())
        .take();
    manager.create_index(waiting).await
}

async fn orders(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let order = vec![
        pk_uuid("id"),
        uuid("case_id"),
        string("case_number"),
        uuid("department_id"),
        string("department_code"),
        string("state"),
        text("lines"),
        big_integer("amount"),
        big_integer("due"),
        big_integer("paid"),
        big_integer("refunded"),
        big_integer("refunding"),
        integer("revision"),
        big_integer("billed"),
        string_null("code"),
        string_null("pay_url"),
        date_null("pay_by"),
        timestamp_with_time_zone_null("pay_until"),
        timestamp_with_time_zone_null("reminded_at"),
        timestamp_with_time_zone_null("paid_at"),
        string_null("receipt"),
        binary_null("request"),
        binary_null("refusal"),
        timestamp_with_time_zone_null("alarm_at"),
        timestamp_with_time_zone_null("task_at"),
        string("issuer"),
        timestamp_with_time_zone("created_at"),
        big_integer("version"),
    ];
    create_table(
        manager,
        "approval_fee_order",
        order,
        &[&["case_id", "created_at"]],
    )
    .await?;
    for column in ["alarm_at", "task_at"] {
        let index = Index::create()
            .name(format!("approval_fee_order_{column}"))
            .table("approval_fee_order")
            .col(column)
            .and_where(Expr::col(column).is_not_null())
            .take();
        manager.create_index(index).await?;
    }
    Ok(())
}

async fn money(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let payment = vec![
        pk_uuid("id"),
        uuid("order_id"),
        string("number"),
        string("transaction_number"),
        big_integer("amount"),
        big_integer("refunded"),
        string("receipt"),
        timestamp_with_time_zone("paid_at"),
        timestamp_with_time_zone("heard_at"),
    ];
    create_table(
        manager,
        "approval_fee_payment",
        payment,
        &[&["unique:transaction_number"], &["order_id", "paid_at"]],
    )
    .await?;
    let refund = vec![
        pk_uuid("id"),
        uuid("order_id"),
        uuid("payment_id"),
        big_integer("amount"),
        string("state"),
        string("answer"),
        timestamp_with_time_zone("asked_at"),
        timestamp_with_time_zone_null("ended_at"),
    ];
    create_table(
        manager,
        "approval_fee_refund",
        refund,
        &[&["order_id", "state"]],
    )
    .await?;
    let notice = vec![
        pk_uuid("id"),
        string("nonce"),
        string("verdict"),
        string("number"),
        string("transaction_number"),
        big_integer("amount"),
        timestamp_with_time_zone("heard_at"),
    ];
    create_table(
        manager,
        "approval_payment_notice",
        notice,
        &[&["nonce"], &["number", "heard_at"]],
    )
    .await
}

async fn simulated(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let bill = vec![
        pk_uuid("id"),
        string("number"),
        string("code"),
        string("office"),
        string("subject"),
        big_integer("amount"),
        string("currency"),
        timestamp_with_time_zone("expires_at"),
        boolean("closed"),
        string_null("transaction_number"),
        string_null("receipt"),
        timestamp_with_time_zone_null("paid_at"),
        big_integer("refunded"),
        text("refunds"),
    ];
    create_table(
        manager,
        "approval_simulated_bill",
        bill,
        &[&["unique:number"], &["unique:code"]],
    )
    .await?;
    let nonce = vec![
        pk_uuid("id"),
        string("nonce"),
        timestamp_with_time_zone("seen_at"),
    ];
    create_table(
        manager,
        "approval_simulated_nonce",
        nonce,
        &[&["unique:nonce"], &["seen_at"]],
    )
    .await
}
