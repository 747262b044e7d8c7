//! What the applicant asks about his fee.

use tb_contract::events::FeeRequested;
use tb_events::HandleError;
use tb_storage::Tx;

use super::super::change::doer;
use super::super::record::Open;
use super::{Step, ended_in_vain, step};
use crate::model::apply::Surroundings;
use crate::model::event::EventDetail;
use crate::model::fee::{Ask, FeeCommand, RequestKind, apply_fee};
use crate::model::words::Word;
use crate::{sealed, store};

/// Takes a request in. What has been settled meanwhile moves nothing: the applicant was told of that.
pub(crate) async fn requested(
    tx: &mut Tx,
    open: &mut Open<'_>,
    asked: FeeRequested,
) -> Result<(), HandleError> {
    let kind = RequestKind::parse(&asked.kind).ok_or(HandleError::poison(
        "approval.unknown_fee_request",
        "nobody can ask for this about a fee",
    ))?;
    let around = Surroundings::platform(tx.now());
    let command = FeeCommand::Ask(Ask {
        kind,
        reason: asked.letter.words.clone(),
        files: asked.letter.files.clone(),
        at: tx.now(),
        ended_in_vain: ended_in_vain(&open.row),
    });
    if let Some(row) = store::fee::last_of_case(tx.conn(), open.row.id).await? {
        let order = sealed::fee_order(tx.sealer(), &row)?;
        if apply_fee(&order, &command, around).is_ok() {
            let asking = Step {
                command: &command,
                around,
                detail: EventDetail {
                    reason: asked.letter.words,
                    proof: asked.letter.files,
                    ..EventDetail::default()
                },
                doer: doer(tx, &open.row)?,
            };
            Box::pin(step(tx, open, row, asking)).await?;
            return Ok(());
        }
    }
    Ok(store::case::take_version(tx.conn(), open.row.id, asked.version).await?)
}
