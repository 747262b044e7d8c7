//! Says to the world and to the audit trail what became of a licence.

use tb_contract::events::{LicenceChangeTold, LicenceChanged};
use tb_contract::topics;
use tb_kernel::{Fault, Region};
use tb_storage::{NewEvent, Tx};
use uuid::Uuid;

use crate::entity::{change, licence};

/// Notes a change that was written, with its audit entry.
pub(crate) fn say(
    tx: &mut Tx,
    row: &licence::Model,
    kind: &'static str,
    from: &str,
    causation_id: Option<Uuid>,
) -> Result<(), Fault> {
    tx.done(kind, "licence", row.id);
    tell(tx, row, kind, (from, None), causation_id)
}

/// Tells the holder's side what is asked for or was decided about a licence; the audit entry is that of
/// the row.
pub(crate) fn say_change(
    tx: &mut Tx,
    row: &licence::Model,
    change: &change::Model,
    kind: &'static str,
) -> Result<(), Fault> {
    let told = LicenceChangeTold {
        kind: change.kind.clone(),
        organ: row.organ_name.clone(),
        answer_until: change.answer_until,
        due_on: change.due_on,
    };
    tell(tx, row, kind, (&row.state, Some(told)), None)
}

fn tell(
    tx: &mut Tx,
    row: &licence::Model,
    kind: &'static str,
    (from, change): (&str, Option<LicenceChangeTold>),
    causation_id: Option<Uuid>,
) -> Result<(), Fault> {
    let region =
        Region::parse(&row.region).ok_or_else(|| Fault::internal("a licence lies in no region"))?;
    let at = tx.now();
    tx.emit(NewEvent {
        topic: topics::LICENCE,
        key: &row.case_number,
        kind,
        version: row.row_version,
        causation_id,
        department_code: Some(&row.organ_code),
        region_path: Some(region.path()),
        payload: &LicenceChanged {
            id: row.id,
            mark: row.mark.clone(),
            type_code: row.type_code.clone(),
            type_name: row.type_name.clone(),
            version: row.row_version,
            state: row.state.clone(),
            from: from.to_owned(),
            at,
            case_number: row.case_number.clone(),
            change,
        },
    })?;
    Ok(())
}
