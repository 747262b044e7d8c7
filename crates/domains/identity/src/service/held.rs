//! What a session holds beside its account's own: posts of colleagues who are away, and the right to
//! act for citizens who have authorised it.

use chrono::NaiveDate;
use tb_kernel::Fault;
use tb_storage::{Conn, Sealer};

use super::{delegation, proxy};
use crate::model::Account;

/// Fills in what an account holds for others today.
pub(crate) async fn hold(
    conn: &Conn,
    sealer: &Sealer,
    account: &mut Account,
    today: NaiveDate,
) -> Result<(), Fault> {
    account.deputy_of = delegation::held(conn, sealer, account, today).await?;
    account.proxy_of = proxy::held(conn, account, today).await?;
    Ok(())
}
