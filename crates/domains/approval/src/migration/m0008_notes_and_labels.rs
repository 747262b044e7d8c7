//! Notes of the office, whom they name, labels of departments and the cases that bear them; a short
//! way to the cases under an order of supervision.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, binary_null, pk_uuid, string, timestamp_with_time_zone,
    timestamp_with_time_zone_null, uuid,
};
use tb_storage::migration::create_table;

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0008_notes_and_labels"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let note = vec![
            pk_uuid("id"),
            uuid("case_id"),
            binary_null("words"),
            uuid("author_id"),
            string("author"),
            timestamp_with_time_zone("written_at"),
            timestamp_with_time_zone_null("withdrawn_at"),
        ];
        create_table(manager, "approval_note", note, &[&["case_id", "id"]]).await?;
        let mention = [
            uuid("note_id"),
            uuid("account_id"),
            uuid("case_id"),
            string("name"),
            timestamp_with_time_zone_null("read_at"),
        ];
        pairs(
            manager,
            "approval_mention",
            mention,
            ["note_id", "account_id"],
        )
        .await?;
        let unread = Index::create()
            .name("approval_mention_unread")
            .table("approval_mention")
            .col("account_id")
            .col("case_id")
            .and_where(Expr::col("read_at").is_null())
            .take();
        manager.create_index(unread).await?;
        let label = vec![
            pk_uuid("id"),
            uuid("department_id"),
            string("name"),
            string("tone"),
            string("made_by"),
            timestamp_with_time_zone("made_at"),
            big_integer("version"),
        ];
        let indexes: [&[&str]; 1] = [&["unique:department_id", "unique:name"]];
        create_table(manager, "approval_label", label, &indexes).await?;
        let borne = [
            uuid("case_id"),
            uuid("label_id"),
            string("put_by"),
            timestamp_with_time_zone("put_at"),
        ];
        pairs(
            manager,
            "approval_case_label",
            borne,
            ["case_id", "label_id"],
        )
        .await?;
        let by_label = Index::create()
            .name("approval_case_label_label")
            .table("approval_case_label")
            .col("label_id")
            .col("case_id")
            .take();
        manager.create_index(by_label).await?;
        let under_order = Index::create()
            .name("approval_case_under_order")
            .table("approval_case")
            .col("department_id")
            .col("due_until")
            .col("id")
            .and_where(Expr::col("open_orders").gt(0))
            .take();
        manager.create_index(under_order).await
    }
}

/// A table whose key is a pair.
async fn pairs<const N: usize>(
    manager: &SchemaManager<'_>,
    table: &'static str,
    columns: [ColumnDef; N],
    [first, second]: [&'static str; 2],
) -> Result<(), DbErr> {
    let mut create = Table::create();
    create.table(table);
    for mut column in columns {
        create.col(&mut column);
    }
    create.primary_key(Index::create().col(first).col(second));
    manager.create_table(create).await
}
