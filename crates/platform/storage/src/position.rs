//! Where a row stands in commit order. On PostgreSQL identity values commit out of order, so rows
//! carry their transaction id and are read in the order (epoch, transaction, sequence) below the
//! oldest transaction still open: nothing can appear behind a cursor later. SQLite has one writer,
//! its transaction id is always 0.

use std::fmt;
use std::str::FromStr;

use sea_orm::sea_query::{Expr, ExprTrait, SimpleExpr};
use serde::{Deserialize, Serialize};

use crate::conn::Conn;

/// A place in commit order.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Position {
    /// Grows when a backup is restored, because transaction ids begin anew then.
    pub epoch: i64,
    /// Transaction id.
    pub xid: i64,
    /// Sequence within the table.
    pub seq: i64,
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.epoch, self.xid, self.seq)
    }
}

impl FromStr for Position {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        if text.is_empty() {
            return Ok(Self::default());
        }
        let mut parts = text.split('.').map(str::parse::<i64>);
        match (parts.next(), parts.next(), parts.next(), parts.next()) {
            (Some(Ok(epoch)), Some(Ok(xid)), Some(Ok(seq)), None) => Ok(Self { epoch, xid, seq }),
            _ => Err(()),
        }
    }
}

/// Rows behind `position`.
pub fn after(position: Position) -> SimpleExpr {
    Expr::tuple([Expr::col("epoch"), Expr::col("xid"), Expr::col("seq")]).gt(Expr::tuple([
        Expr::val(position.epoch),
        Expr::val(position.xid),
        Expr::val(position.seq),
    ]))
}

/// Rows at `position` or before it.
pub fn up_to(position: Position) -> SimpleExpr {
    Expr::tuple([Expr::col("epoch"), Expr::col("xid"), Expr::col("seq")]).lte(Expr::tuple([
        Expr::val(position.epoch),
        Expr::val(position.xid),
        Expr::val(position.seq),
    ]))
}

/// Rows that no open transaction can still get in front of. `epoch` is the present one; rows of
/// earlier epochs are all settled.
pub fn settled(conn: &Conn, epoch: i64) -> SimpleExpr {
    if conn.is_sqlite() {
        return Expr::val(1).eq(1);
    }
    Expr::col("epoch")
        .lt(epoch)
        .or(Expr::col("xid").lt(Expr::cust(
            "pg_snapshot_xmin(pg_current_snapshot())::text::bigint",
        )))
}
