//! The course of a whole: what the departments said of its items stands there with item and office, and what
//! is the same fact for several of them is told once.

use tb_contract::events::CaseChanged;
use tb_kernel::Fault;
use tb_storage::Tx;

use crate::model::joint::{Telling, telling};
use crate::sentence::args;
use crate::service::write::{Entry, notify, record};
use crate::store;
use crate::store::application::Application;

/// Writes what a department said of an item into the course of its whole, and tells the applicant of it
/// where that is the whole's to tell; whether the item's own message is still to go out.
pub(crate) async fn tell(
    tx: &Tx,
    child: &Application,
    kind: &str,
    case: &CaseChanged,
) -> Result<bool, Fault> {
    let Some(whole) = child.joint_id else {
        return Ok(true);
    };
    let Some(mut whole) = store::joint::whole_locked(tx.conn(), whole).await? else {
        return Ok(true);
    };
    let before = store::timeline::moments(tx.conn(), whole.id, kind).await?;
    let entry = Entry {
        kind,
        at: case.at,
        office: &case.office,
        step: case.step.clone(),
        item: Some(child.item_name.clone()),
        words: &case.reason,
        case_version: None,
    };
    record(tx, &mut whole, entry).await?;
    store::application::save(tx.conn(), &whole).await?;
    match telling(kind, child.is_answered_as_one(), &before, case.at) {
        Telling::Item => Ok(true),
        Telling::Nothing => Ok(false),
        Telling::Whole(kind) => {
            let words = args([
                ("item_name", Some(whole.item_name.clone())),
                ("case_number", whole.number.clone()),
                ("due_on", case.applicant_due.map(|day| day.to_string())),
            ]);
            notify(tx, &whole, kind, &words).await?;
            Ok(false)
        }
    }
}
