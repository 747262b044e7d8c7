//! Hands acceptance and approval data back to intake (P15), in the order of the case's versions.

use tb_contract::events::{CaseChanged, FedBack};
use tb_contract::topics;
use tb_events::HandleError;
use tb_kernel::Event;
use tb_storage::{NewEvent, Tx};

use crate::model::{Turn, turn};
use crate::store;

/// Hands one on; what is too early waits for what comes before it on the other topic.
pub(crate) async fn feed_back(tx: &mut Tx, event: &Event) -> Result<(), HandleError> {
    let original: CaseChanged = tb_events::payload(event)?;
    // Most come in their turn: one statement, and no look before it.
    if !store::hand_back(tx.conn(), &event.key, &original, tx.now()).await? {
        return out_of_turn(tx, &event.key, original.version).await;
    }
    tx.emit(NewEvent {
        topic: topics::INTAKE_FEEDBACK,
        key: &event.key,
        kind: "governance.application.fed_back",
        version: original.version,
        causation_id: Some(event.id),
        department_code: event.department_code.as_deref(),
        region_path: event.region_path.clone(),
        payload: &FedBack {
            kind: event.kind.clone(),
            original,
        },
    })?;
    tx.done("governance.application.fed_back", "case", &event.key);
    Ok(())
}

async fn out_of_turn(tx: &Tx, number: &str, version: i64) -> Result<(), HandleError> {
    let Some(channel) = store::channel(tx.conn(), number).await? else {
        return Err(HandleError::poison(
            "governance.unknown_case",
            "this case never passed through the centre",
        ));
    };
    match turn(channel.case_version, version) {
        Turn::Past => Ok(()),
        // In its turn by now: another process has handed back the one before it meanwhile.
        Turn::Early | Turn::Now => Err(HandleError::early("an earlier version of the case")),
    }
}
