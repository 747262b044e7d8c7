//! Every query of the centre.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Order};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    Set,
};
use tb_contract::events::{CaseChanged, DepartmentPublished};
use tb_kernel::{Region, Scope};
use tb_storage::{Conn, StorageError, lies_in};

use crate::entity::{channel, cursor, department};
use crate::model::Channel;

const FEED: &str = "intake";

/// How far the intake API has been read.
pub(crate) async fn feed_cursor(conn: &Conn) -> Result<String, StorageError> {
    let row = cursor::Entity::find_by_id(FEED.to_owned())
        .one(conn)
        .await?;
    Ok(row.map(|row| row.cursor).unwrap_or_default())
}

/// Moves the cursor; `false` where another process has moved it meanwhile.
pub(crate) async fn move_feed_cursor(
    conn: &Conn,
    from: &str,
    to: &str,
    now: DateTime<Utc>,
) -> Result<bool, StorageError> {
    if from.is_empty() {
        let row = cursor::ActiveModel {
            name: Set(FEED.to_owned()),
            cursor: Set(to.to_owned()),
            moved_at: Set(now),
        };
        let inserted = cursor::Entity::insert(row)
            .on_conflict(
                OnConflict::column(cursor::Column::Name)
                    .do_nothing()
                    .to_owned(),
            )
            .exec_without_returning(conn)
            .await?;
        return Ok(inserted == 1);
    }
    let moved = cursor::Entity::update_many()
        .col_expr(cursor::Column::Cursor, Expr::value(to))
        .col_expr(cursor::Column::MovedAt, Expr::value(now))
        .filter(cursor::Column::Name.eq(FEED))
        .filter(cursor::Column::Cursor.eq(from))
        .exec(conn)
        .await?;
    Ok(moved.rows_affected == 1)
}

/// The channel row of a case.
pub(crate) async fn channel(conn: &Conn, number: &str) -> Result<Option<Channel>, StorageError> {
    let row = channel::Entity::find_by_id(number.to_owned())
        .one(conn)
        .await?;
    Ok(row.and_then(to_model))
}

/// Notes that a version of an application was taken in; the first makes the row. What was handed
/// back stays as it is: it belongs to [`hand_back`], which may run at the same time.
pub(crate) async fn take_in(conn: &Conn, row: Channel) -> Result<(), StorageError> {
    let row = channel::ActiveModel {
        number: Set(row.number),
        item_name: Set(row.item_name),
        department_code: Set(row.department_code),
        region: Set(row.region.to_string()),
        application_version: Set(row.application_version),
        case_version: Set(row.case_version),
        case_state: Set(row.case_state),
        taken_at: Set(row.taken_at),
        fed_back_at: Set(row.fed_back_at),
    };
    channel::Entity::insert(row)
        .on_conflict(
            OnConflict::column(channel::Column::Number)
                .update_column(channel::Column::ApplicationVersion)
                .to_owned(),
        )
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

/// Notes that the next version of a case is handed back; `false` where it is not the next.
pub(crate) async fn hand_back(
    conn: &Conn,
    number: &str,
    said: &CaseChanged,
    now: DateTime<Utc>,
) -> Result<bool, StorageError> {
    let noted = channel::Entity::update_many()
        .col_expr(channel::Column::CaseVersion, Expr::value(said.version))
        .col_expr(channel::Column::CaseState, Expr::value(said.state.as_str()))
        .col_expr(channel::Column::FedBackAt, Expr::value(now))
        .filter(channel::Column::Number.eq(number))
        .filter(channel::Column::CaseVersion.eq(said.version - 1))
        .exec(conn)
        .await?;
    Ok(noted.rows_affected == 1)
}

/// Channel rows within reach, newest first, behind (`taken_at`, number).
pub(crate) async fn channels(
    conn: &Conn,
    scope: &Scope,
    number_prefix: Option<&str>,
    after: Option<(DateTime<Utc>, String)>,
    limit: u64,
) -> Result<Vec<Channel>, StorageError> {
    let mut query = channel::Entity::find().filter(within(scope));
    if let Some(prefix) = number_prefix {
        query = query.filter(channel::Column::Number.starts_with(prefix));
    }
    if let Some((at, number)) = after {
        let row = Expr::tuple([
            Expr::col(channel::Column::TakenAt),
            Expr::col(channel::Column::Number),
        ]);
        query = query.filter(row.lt(Expr::tuple([Expr::val(at), Expr::val(number)])));
    }
    let rows = query
        .order_by(channel::Column::TakenAt, Order::Desc)
        .order_by(channel::Column::Number, Order::Desc)
        .limit(limit)
        .all(conn)
        .await?;
    Ok(rows.into_iter().filter_map(to_model).collect())
}

fn within(scope: &Scope) -> Condition {
    match scope {
        Scope::Everything => Condition::all(),
        Scope::Region(region) => lies_in(channel::Column::Region, region),
        // The centre's rows belong to regions; nobody reaches them by department or account.
        Scope::Department(_) | Scope::Own(_) => Condition::all().add(Expr::val(1).eq(0)),
    }
}

fn to_model(row: channel::Model) -> Option<Channel> {
    Some(Channel {
        region: Region::parse(&row.region)?,
        number: row.number,
        item_name: row.item_name,
        department_code: row.department_code,
        application_version: row.application_version,
        case_version: row.case_version,
        case_state: row.case_state,
        taken_at: row.taken_at,
        fed_back_at: row.fed_back_at,
    })
}

/// Keeps the read copy of a department.
pub(crate) async fn save_department(
    conn: &Conn,
    said: &DepartmentPublished,
) -> Result<(), StorageError> {
    let row = department::ActiveModel {
        code: Set(said.code.clone()),
        name: Set(said.name.clone()),
        region: Set(said.region.to_string()),
        enabled: Set(said.enabled),
    };
    if department::Entity::find_by_id(said.code.clone())
        .one(conn)
        .await?
        .is_some()
    {
        row.update(conn).await?;
    } else {
        row.insert(conn).await?;
    }
    Ok(())
}

/// Names of departments by code.
pub(crate) async fn department_names(
    conn: &Conn,
    codes: Vec<String>,
) -> Result<HashMap<String, String>, StorageError> {
    let rows = department::Entity::find()
        .filter(department::Column::Code.is_in(codes))
        .all(conn)
        .await?;
    Ok(rows.into_iter().map(|row| (row.code, row.name)).collect())
}
