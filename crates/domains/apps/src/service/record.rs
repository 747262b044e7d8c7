//! Makes an event of a case into messages, one for each endpoint that wants it.

use tb_contract::events::FedBack;
use tb_events::HandleError;
use tb_kernel::Event;
use tb_storage::Tx;

use crate::entity::delivery;
use crate::model::{Wants, message, outward};
use crate::store;

/// Records one event; handled again, it adds nothing.
pub(crate) async fn record(
    tx: &mut Tx,
    event: &Event,
    fed_back: &FedBack,
) -> Result<(), HandleError> {
    let Some(kind) = outward(&fed_back.kind) else {
        return Ok(());
    };
    let said = &fed_back.original;
    let department = event.department_code.as_deref().unwrap_or_default();
    for endpoint in store::endpoint::all(tx.conn()).await? {
        let wants: Wants = serde_json::from_str(&endpoint.wants)?;
        if !endpoint.active || !wants.takes(kind, &said.item_code, department) {
            continue;
        }
        let row = delivery::Model {
            id: tx.new_id(),
            endpoint_id: endpoint.id,
            event_id: event.id,
            case_number: said.case_number.clone(),
            version: said.version,
            kind: kind.to_owned(),
            body: message(kind, said, department)?,
            state: store::delivery::WAITING.to_owned(),
            tries: 0,
            due_at: tx.now(),
            lease_until: None,
            created_at: tx.now(),
            finished_at: None,
        };
        store::delivery::insert(tx.conn(), row).await?;
        tx.ring_on_commit();
    }
    Ok(())
}
