//! Read copies of what the catalogue publishes.

use sea_orm::sea_query::{OnConflict, Order};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};
use tb_calendar::CalendarDocument;
use tb_contract::events::{DepartmentPublished, ItemPublished};
use tb_contract::item::ItemDocument;
use tb_kernel::{DepartmentId, Region};
use tb_storage::{Conn, StorageError, Tx};

use crate::entity::{calendar, department, item};

/// A department.
#[derive(Clone, Debug)]
pub(crate) struct Department {
    /// Id.
    pub id: DepartmentId,
    /// Credit code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Region.
    pub region: String,
}

impl From<department::Model> for Department {
    fn from(row: department::Model) -> Self {
        Self {
            id: DepartmentId(row.id),
            code: row.code,
            name: row.name,
            region: row.region,
        }
    }
}

/// Keeps an item in its version.
pub(crate) async fn save_item(tx: &Tx, published: &ItemPublished) -> Result<(), StorageError> {
    let row = item::ActiveModel {
        code: Set(published.code.clone()),
        version: Set(published.version),
        document: Set(serde_json::to_string(&published.item)?),
        taken_at: Set(tx.now()),
    };
    let known = OnConflict::columns([item::Column::Code, item::Column::Version])
        .do_nothing()
        .to_owned();
    item::Entity::insert(row)
        .on_conflict(known)
        .exec_without_returning(tx.conn())
        .await?;
    Ok(())
}

/// An item in a version.
pub(crate) async fn item(
    conn: &Conn,
    code: &str,
    version: i64,
) -> Result<Option<ItemDocument>, StorageError> {
    let row = item::Entity::find()
        .filter(item::Column::Code.eq(code))
        .filter(item::Column::Version.eq(version))
        .one(conn)
        .await?;
    row.map(|row| Ok(serde_json::from_str(&row.document)?))
        .transpose()
}

/// Keeps a calendar in its version.
pub(crate) async fn save_calendar(
    tx: &Tx,
    document: &CalendarDocument,
) -> Result<(), StorageError> {
    let row = calendar::ActiveModel {
        version: Set(document.version.clone()),
        document: Set(serde_json::to_string(document)?),
        taken_at: Set(tx.now()),
    };
    let known = OnConflict::column(calendar::Column::Version)
        .do_nothing()
        .to_owned();
    calendar::Entity::insert(row)
        .on_conflict(known)
        .exec_without_returning(tx.conn())
        .await?;
    Ok(())
}

/// A calendar in a version.
pub(crate) async fn calendar(
    conn: &Conn,
    version: &str,
) -> Result<Option<CalendarDocument>, StorageError> {
    let row = calendar::Entity::find_by_id(version.to_owned())
        .one(conn)
        .await?;
    row.map(|row| Ok(serde_json::from_str(&row.document)?))
        .transpose()
}

/// The version of the calendar that came last.
pub(crate) async fn newest_calendar(conn: &Conn) -> Result<Option<String>, StorageError> {
    let newest = calendar::Entity::find()
        .select_only()
        .column(calendar::Column::Version)
        .order_by(calendar::Column::TakenAt, Order::Desc)
        .order_by(calendar::Column::Version, Order::Desc)
        .limit(1);
    Ok(newest.into_tuple().one(conn).await?)
}

/// Keeps a department.
pub(crate) async fn save_department(
    conn: &Conn,
    published: &DepartmentPublished,
) -> Result<(), StorageError> {
    let row = department::ActiveModel {
        code: Set(published.code.clone()),
        id: Set(published.id.0),
        name: Set(published.name.clone()),
        region: Set(published.region.to_string()),
    };
    let columns = [
        department::Column::Id,
        department::Column::Name,
        department::Column::Region,
    ];
    let replaced = OnConflict::column(department::Column::Code)
        .update_columns(columns)
        .to_owned();
    department::Entity::insert(row)
        .on_conflict(replaced)
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

/// A department by its code.
pub(crate) async fn department(
    conn: &Conn,
    code: &str,
) -> Result<Option<Department>, StorageError> {
    let row = department::Entity::find_by_id(code.to_owned())
        .one(conn)
        .await?;
    Ok(row.map(Department::from))
}

/// A department by its id.
pub(crate) async fn department_by_id(
    conn: &Conn,
    id: uuid::Uuid,
) -> Result<Option<Department>, StorageError> {
    let row = department::Entity::find()
        .filter(department::Column::Id.eq(id))
        .one(conn)
        .await?;
    Ok(row.map(Department::from))
}

/// The region of a stored code; one that is none cannot be in the column.
pub(crate) fn region(code: &str) -> Result<Region, StorageError> {
    Region::parse(code).ok_or(StorageError::Misuse(
        "approval_case.region holds no division code",
    ))
}
