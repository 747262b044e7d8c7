//! Publishes a change of an application: payload to the department's own topic, notice to all (P5).
//! The payload comes first, so that who reads in order finds it when the notice arrives.

use serde_json::Value;
use tb_contract::events::ApplicationNotice;
use tb_contract::topics;
use tb_kernel::{Event, Fault, Region};
use tb_storage::{NewEvent, Tx};

use crate::model::Channel;
use crate::store;

/// Publishes one change within the transaction that moves the cursor. A change that names no
/// department or region cannot be routed: it is logged and passed over, since stopping would keep
/// every other application from its department.
pub(crate) async fn publish_change(tx: &mut Tx, change: &Event) -> Result<(), Fault> {
    let region = change
        .region_path
        .as_deref()
        .and_then(|path| path.rsplit('/').next())
        .and_then(Region::parse);
    let (Some(department), Some(region)) = (change.department_code.clone(), region) else {
        tracing::error!(event = %change.id, kind = change.kind, "a change without department or region");
        metrics::counter!("governance_changes_unroutable_total").increment(1);
        return Ok(());
    };
    let topic = topics::application_data(&department);
    let route = |topic, payload| NewEvent {
        topic,
        key: &change.key,
        kind: &change.kind,
        version: change.version,
        causation_id: Some(change.id),
        department_code: Some(&department),
        region_path: Some(region.path()),
        payload,
    };
    tx.emit(route(&topic, &change.payload))?;
    let notice = serde_json::to_value(ApplicationNotice {
        case_number: change.key.clone(),
        version: change.version,
        change: change.kind.clone(),
        item_code: text(&change.payload, "item_code"),
        department_code: department.clone(),
        region_path: region.path(),
    })
    .map_err(Fault::internal)?;
    tx.emit(route(topics::APPLICATION_NOTICE, &notice))?;
    let row = Channel {
        number: change.key.clone(),
        item_name: text(&change.payload, "item_name"),
        department_code: department,
        region,
        application_version: change.version,
        case_version: 0,
        case_state: "submitted".to_owned(),
        taken_at: tx.now(),
        fed_back_at: None,
    };
    store::take_in(tx.conn(), row).await?;
    tx.done("governance.application.taken_in", "case", &change.key);
    Ok(())
}

fn text(payload: &Value, field: &str) -> String {
    payload
        .get(field)
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned()
}
