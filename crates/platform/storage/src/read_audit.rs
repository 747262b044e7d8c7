//! Reading the audit trail, newest first.

use sea_orm::sea_query::Order;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use tb_kernel::{ErrorKind, Fault, Page, PageRequest};

use crate::entity::audit;
use crate::error::StorageError;
use crate::store::Store;

/// One audit row.
pub type AuditRow = audit::Model;

/// Which rows.
#[derive(Clone, Debug, Default)]
pub struct AuditFilter {
    /// Of one object.
    pub object_id: Option<String>,
}

/// Audit rows, newest first.
pub async fn audit_rows(
    store: &Store,
    filter: &AuditFilter,
    page: &PageRequest,
) -> Result<Page<AuditRow>, Fault> {
    let mut query = audit::Entity::find().order_by(audit::Column::Seq, Order::Desc);
    if let Some(id) = &filter.object_id {
        query = query.filter(audit::Column::ObjectId.eq(id));
    }
    if let Some(cursor) = &page.cursor {
        let seq: i64 = cursor
            .parse()
            .map_err(|_| Fault::new(ErrorKind::Invalid, "http.bad_cursor"))?;
        query = query.filter(audit::Column::Seq.lt(seq));
    }
    let rows = query
        .limit(page.limit() + 1)
        .all(&store.read())
        .await
        .map_err(StorageError::from)?;
    Ok(Page::from_surplus(rows, page.limit(), |row| {
        row.seq.to_string()
    }))
}
