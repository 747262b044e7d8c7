//! What the applicant asks about his fee.

use tb_contract::events::FeeRequested;
use tb_events::HandleError;
use tb_storage::Tx;

use super::super::change::{doer, unmoved};
use super::super::record::{Open, Writing, record};
use super::told::ended_in_vain;
use super::{Step, itself, says, step};
use crate::model::apply::{Outcome, Surroundings};
use crate::model::event::{EventDetail, EventKind, Happened};
use crate::model::fee::{Ask, FeeCommand, RequestKind, apply_fee};
use crate::model::words::Word;
use crate::{sealed, store};

/// What is said to who asks about what has been settled meanwhile.
const OVERTAKEN: &str =
    "申请送达时，这笔费用已经缴清、作废、逾期，或者已有申请正在办理，这次申请不再受理。";

/// Takes a request in. It is about the last order; money may go back of an earlier one. Where nothing
/// can be asked any more, he is told so: his page shows that he has asked.
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
    let orders = if kind == RequestKind::Refund {
        usize::MAX
    } else {
        1
    };
    for row in store::fee::of_case(tx.conn(), open.row.id)
        .await?
        .into_iter()
        .take(orders)
    {
        let order = sealed::fee_order(tx.sealer(), &row)?;
        if apply_fee(&order, &command, around).is_err() {
            continue;
        }
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
    overtaken(tx, open, asked).await
}

/// Answers at once; the order stays as it is.
async fn overtaken(
    tx: &mut Tx,
    open: &mut Open<'_>,
    asked: FeeRequested,
) -> Result<(), HandleError> {
    let (state, kind) = (open.row.current_state()?, EventKind::FeeRequestRefused);
    let outcome = Outcome {
        events: vec![Happened {
            kind,
            effective_at: tx.now(),
            from: state,
            to: state,
            detail: EventDetail {
                reason: OVERTAKEN.to_owned(),
                proof: asked.letter.files,
                ..EventDetail::default()
            },
        }],
        ..unmoved(open, state, says(kind))
    };
    Box::pin(record(tx, open, outcome, &itself(), Writing::Beside)).await?;
    Ok(())
}
