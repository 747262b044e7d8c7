//! Who may make no promises any more, and who may again, as approval says.

use tb_contract::events::CommitmentBarred;
use tb_events::{HandleError, payload};
use tb_kernel::Event;
use tb_storage::Tx;

use crate::sealed::{self, BAR_REASON};
use crate::store;
use crate::store::commitment::Bar;

/// What is heard of bars.
pub(super) const TOLD: &[&str] = &[
    "approval.commitment.barred",
    "approval.commitment.bar_lifted",
];

/// Keeps a bar, or that it was lifted.
pub(super) async fn told(tx: &mut Tx, event: &Event) -> Result<(), HandleError> {
    let told: CommitmentBarred = payload(event)?;
    let row = Bar {
        id: told.bar_id,
        holder_bidx: sealed::applicant_index(tx.sealer(), &told.id_number),
        office: told.office,
        reason: tx
            .sealer()
            .seal_text(BAR_REASON, told.bar_id, &told.reason)?,
        until_on: told.until,
        lifted: told.lifted,
    };
    store::commitment::save_bar(tx.conn(), row).await?;
    Ok(())
}
