//! Counting attempts to prove a password, before it is looked at.

use tb_http::Ctx;
use tb_kernel::Fault;
use tb_storage::AuditEntry;

use crate::error::Error;
use crate::model::{Attempt, count_attempt};
use crate::store;

/// Counts an attempt under a login name; refused while it is locked out. `object_id` is the
/// account, or `unknown`.
pub(crate) async fn count<P>(
    ctx: &Ctx<P>,
    login_bidx: &[u8],
    action: &'static str,
    object_id: &str,
) -> Result<(), Fault> {
    let mut tx = ctx.store().begin(ctx.origin()).await?;
    let before = store::take_attempts(tx.conn(), login_bidx, tx.now()).await?;
    match count_attempt(&before, tx.now()) {
        Attempt::Counted(row) => {
            store::update_attempts(tx.conn(), row).await?;
            Ok(tx.commit(&()).await?)
        }
        Attempt::Locked { seconds } => {
            tx.audit(refusal(action, object_id));
            tx.commit(&()).await?;
            Err(Error::Locked { seconds }.into())
        }
    }
}

/// Records that a password was refused.
pub(crate) async fn refuse<P>(
    ctx: &Ctx<P>,
    action: &'static str,
    object_id: &str,
) -> Result<(), Fault> {
    let mut tx = ctx.store().begin(ctx.origin()).await?;
    tx.audit(refusal(action, object_id));
    Ok(tx.commit(&()).await?)
}

fn refusal(action: &'static str, object_id: &str) -> AuditEntry {
    AuditEntry {
        action,
        object_kind: "account",
        object_id: object_id.to_owned(),
        result: "refused",
        reason: None,
    }
}
