//! The domain's tables, one entity a table.

pub(crate) mod base_item;
pub(crate) mod base_item_version;
pub(crate) mod calendar;
pub(crate) mod code_table;
pub(crate) mod department;
pub(crate) mod division;
pub(crate) mod form_file;
pub(crate) mod form_use;
pub(crate) mod item;
pub(crate) mod item_code;
pub(crate) mod item_review;
pub(crate) mod item_version;
pub(crate) mod joint_item;
pub(crate) mod joint_item_version;
pub(crate) mod revision;
pub(crate) mod synonym;
pub(crate) mod theme;

#[cfg(test)]
mod tests {
    use sea_orm::{EntityTrait, IntoActiveModel, PrimaryKeyTrait};
    use tb_storage::Conn;
    use tb_testkit::TestDatabase;
    use uuid::Uuid;

    use super::{
        base_item, base_item_version, calendar, code_table, department, division, form_file,
        form_use, item, item_code, item_review, item_version, joint_item, joint_item_version,
        revision, synonym, theme,
    };
    use crate::migration::MIGRATIONS;

    /// Reads every column of a table: one that the migration lacks or types otherwise fails.
    async fn read<E: EntityTrait>(conn: &Conn)
    where
        E::Model: IntoActiveModel<E::ActiveModel> + Send + Sync,
        E::PrimaryKey: PrimaryKeyTrait,
    {
        assert!(E::find().all(conn).await.unwrap().is_empty());
    }

    #[tokio::test]
    async fn tables_have_the_columns_of_their_entities() {
        let database = TestDatabase::open(&[MIGRATIONS], Uuid::from_u128(0x0ca7)).await;
        let conn = Conn::Pool(
            sea_orm::Database::connect(&database.config.url)
                .await
                .unwrap(),
        );
        read::<base_item::Entity>(&conn).await;
        read::<base_item_version::Entity>(&conn).await;
        read::<calendar::Entity>(&conn).await;
        read::<code_table::Entity>(&conn).await;
        read::<department::Entity>(&conn).await;
        read::<division::Entity>(&conn).await;
        read::<form_file::Entity>(&conn).await;
        read::<form_use::Entity>(&conn).await;
        read::<item::Entity>(&conn).await;
        read::<item_code::Entity>(&conn).await;
        read::<item_review::Entity>(&conn).await;
        read::<item_version::Entity>(&conn).await;
        read::<joint_item::Entity>(&conn).await;
        read::<joint_item_version::Entity>(&conn).await;
        read::<revision::Entity>(&conn).await;
        read::<synonym::Entity>(&conn).await;
        read::<theme::Entity>(&conn).await;
    }
}
