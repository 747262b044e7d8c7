//! Read copies of what the catalogue publishes to everybody: calendars and departments. Each domain
//! keeps them in tables of its own, whose entities say which column is which; how they are kept and
//! read is the same everywhere.

use std::collections::{BTreeSet, HashMap};
use std::marker::PhantomData;

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{OnConflict, SimpleExpr};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, Insert, QueryFilter, QueryOrder, QuerySelect,
};
use tb_contract::events::{CalendarDocument, DepartmentPublished};
use tb_kernel::DepartmentId;
use uuid::Uuid;

use crate::conn::Conn;
use crate::error::StorageError;

type Result<T> = std::result::Result<T, StorageError>;

/// Codes of one query: databases bound how many values a statement may have.
const CODES: usize = 500;

/// A table that keeps calendars by their version.
pub trait CalendarTable: EntityTrait {
    /// Version, the primary key.
    const VERSION: Self::Column;
    /// The calendar as JSON.
    const DOCUMENT: Self::Column;
    /// When it was published: the last one counts.
    const AT: Self::Column;
}

/// The calendars in the table of an entity.
#[derive(Debug)]
pub struct Calendars<E>(PhantomData<E>);

impl<E: CalendarTable> Calendars<E> {
    /// Keeps a calendar; a version that is there already stays as it is.
    pub async fn keep(conn: &Conn, calendar: &CalendarDocument, at: DateTime<Utc>) -> Result<()> {
        let mut row = E::ActiveModel::default();
        row.set(E::VERSION, calendar.version.as_str().into());
        row.set(E::DOCUMENT, serde_json::to_string(calendar)?.into());
        row.set(E::AT, at.into());
        let known = OnConflict::column(E::VERSION).do_nothing().to_owned();
        Insert::one(row)
            .on_conflict(known)
            .exec_without_returning(conn)
            .await?;
        Ok(())
    }

    /// The version that was published last.
    pub async fn newest_version(conn: &Conn) -> Result<Option<String>> {
        let newest = E::find()
            .select_only()
            .column(E::VERSION)
            .order_by_desc(E::AT)
            .order_by_desc(E::VERSION)
            .limit(1);
        Ok(newest.into_tuple().one(conn).await?)
    }

    /// The calendar in a version.
    pub async fn version(conn: &Conn, version: &str) -> Result<Option<CalendarDocument>> {
        let row = E::find()
            .select_only()
            .column(E::DOCUMENT)
            .filter(E::VERSION.eq(version));
        let row: Option<String> = row.into_tuple().one(conn).await?;
        row.map(|document| Ok(serde_json::from_str(&document)?))
            .transpose()
    }

    /// The calendar that was published last.
    pub async fn newest(conn: &Conn) -> Result<Option<CalendarDocument>> {
        match Self::newest_version(conn).await? {
            Some(version) => Self::version(conn, &version).await,
            None => Ok(None),
        }
    }
}

/// A table that keeps departments by their credit code.
pub trait DepartmentTable: EntityTrait {
    /// Credit code, the primary key.
    const CODE: Self::Column;
    /// Id.
    const ID: Self::Column;
    /// Name.
    const NAME: Self::Column;
    /// Region.
    const REGION: Self::Column;
}

/// A department as the catalogue published it.
#[derive(Clone, Debug)]
pub struct Department {
    /// Id.
    pub id: DepartmentId,
    /// Credit code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Region.
    pub region: String,
}

/// The departments in the table of an entity.
#[derive(Debug)]
pub struct Departments<E>(PhantomData<E>);

impl<E: DepartmentTable> Departments<E> {
    /// Keeps a department as it is now.
    pub async fn keep(conn: &Conn, said: &DepartmentPublished) -> Result<()> {
        let mut row = E::ActiveModel::default();
        row.set(E::CODE, said.code.as_str().into());
        row.set(E::ID, said.id.0.into());
        row.set(E::NAME, said.name.as_str().into());
        row.set(E::REGION, said.region.as_str().into());
        let replaced = OnConflict::column(E::CODE)
            .update_columns([E::ID, E::NAME, E::REGION])
            .to_owned();
        Insert::one(row)
            .on_conflict(replaced)
            .exec_without_returning(conn)
            .await?;
        Ok(())
    }

    /// A department by its code.
    pub async fn by_code(conn: &Conn, code: &str) -> Result<Option<Department>> {
        Self::one(conn, E::CODE.eq(code)).await
    }

    /// A department by its id.
    pub async fn by_id(conn: &Conn, id: Uuid) -> Result<Option<Department>> {
        Self::one(conn, E::ID.eq(id)).await
    }

    async fn one(conn: &Conn, condition: SimpleExpr) -> Result<Option<Department>> {
        let row = E::find()
            .select_only()
            .columns([E::ID, E::CODE, E::NAME, E::REGION])
            .filter(condition);
        let row: Option<(Uuid, String, String, String)> = row.into_tuple().one(conn).await?;
        Ok(row.map(|(id, code, name, region)| Department {
            id: DepartmentId(id),
            code,
            name,
            region,
        }))
    }

    /// Names of departments by code; codes that nobody has told of have none.
    pub async fn names(
        conn: &Conn,
        codes: impl IntoIterator<Item = String>,
    ) -> Result<HashMap<String, String>> {
        let codes: BTreeSet<String> = codes.into_iter().collect();
        let codes: Vec<String> = codes.into_iter().collect();
        let mut names = HashMap::new();
        for some in codes.chunks(CODES) {
            let rows = E::find()
                .select_only()
                .columns([E::CODE, E::NAME])
                .filter(E::CODE.is_in(some));
            let rows: Vec<(String, String)> = rows.into_tuple().all(conn).await?;
            names.extend(rows);
        }
        Ok(names)
    }
}
