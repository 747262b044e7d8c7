//! Audit rows: who did what to which object, acting as what, with what result, in which request.
//! Each carries a MAC of its own from the start; the chain over committed rows follows within a
//! second ([`crate::seal_audit`]).

use chrono::{DateTime, SecondsFormat, Utc};
use sea_orm::{ActiveValue::NotSet, Set};
use uuid::Uuid;

use crate::entity::audit;
use crate::error::StorageError;
use crate::sealed::{Column, SealedBytes, Sealer};

/// Where reasons lie.
const REASON: Column = Column::new("platform_audit", "reason");

/// One thing to record. No personal data but in the reason: the object is named by id or number.
#[derive(Clone, Debug)]
pub struct AuditEntry {
    /// What was done: an event's name or a permission's key.
    pub action: &'static str,
    /// Kind of object: `case`.
    pub object_kind: &'static str,
    /// The object.
    pub object_id: String,
    /// `done`, `refused`, `read`.
    pub result: &'static str,
    /// Why, in the words of whoever did it, where it has to be said. Kept sealed: it may name people.
    pub reason: Option<String>,
}

/// Who is recorded.
#[derive(Clone, Debug)]
pub(crate) struct Witness {
    pub actor_id: Uuid,
    pub acting_as: String,
    pub request_id: Uuid,
    pub at: DateTime<Utc>,
    pub epoch: i64,
}

/// The row of an entry, with its MAC.
pub(crate) fn row(
    entry: AuditEntry,
    id: Uuid,
    witness: &Witness,
    sealer: &Sealer,
) -> Result<audit::ActiveModel, StorageError> {
    let reason = entry.reason.as_deref();
    let reason = reason.map(|words| sealer.seal_text(REASON, id, words));
    let mut model = audit::Model {
        seq: 0,
        epoch: witness.epoch,
        xid: 0,
        id,
        // PostgreSQL keeps microseconds; the MAC must be the same after a round trip.
        at: microseconds(witness.at),
        actor_id: witness.actor_id,
        acting_as: witness.acting_as.clone(),
        action: entry.action.to_owned(),
        object_kind: entry.object_kind.to_owned(),
        object_id: entry.object_id,
        result: entry.result.to_owned(),
        request_id: witness.request_id,
        mac: Vec::new(),
        reason: reason.transpose()?,
    };
    model.mac = mac_of(&model, sealer).to_vec();
    Ok(audit::ActiveModel {
        seq: NotSet,
        xid: NotSet,
        epoch: Set(model.epoch),
        id: Set(model.id),
        at: Set(model.at),
        actor_id: Set(model.actor_id),
        acting_as: Set(model.acting_as),
        action: Set(model.action),
        object_kind: Set(model.object_kind),
        object_id: Set(model.object_id),
        result: Set(model.result),
        request_id: Set(model.request_id),
        mac: Set(model.mac),
        reason: Set(model.reason),
    })
}

/// Why it was done, where that had to be said.
pub fn audit_reason(row: &audit::Model, sealer: &Sealer) -> Result<Option<String>, StorageError> {
    let reason = row.reason.as_ref();
    reason
        .map(|sealed| sealer.open_text(REASON, row.id, sealed))
        .transpose()
}

/// The MAC over everything the row says. `seq` and `xid` are given by the database and covered by
/// the chain instead.
pub(crate) fn mac_of(row: &audit::Model, sealer: &Sealer) -> [u8; 32] {
    let (epoch, at) = (
        row.epoch.to_be_bytes(),
        row.at.to_rfc3339_opts(SecondsFormat::Micros, true),
    );
    let mut parts: Vec<&[u8]> = vec![
        b"row",
        &epoch,
        row.id.as_bytes(),
        at.as_bytes(),
        row.actor_id.as_bytes(),
        row.acting_as.as_bytes(),
        row.action.as_bytes(),
        row.object_kind.as_bytes(),
        row.object_id.as_bytes(),
        row.result.as_bytes(),
        row.request_id.as_bytes(),
    ];
    // Only where there is one: rows without it keep the MAC that they have always had.
    parts.extend(row.reason.as_ref().map(SealedBytes::as_slice));
    sealer.audit_mac(&parts)
}

/// Cut to whole microseconds.
pub(crate) fn microseconds(at: DateTime<Utc>) -> DateTime<Utc> {
    DateTime::from_timestamp_micros(at.timestamp_micros()).unwrap_or(at)
}
