//! Overdue tasks go up: to the head when the term is over, to the centre two working days later.

use chrono::TimeDelta;
use tb_kernel::{Fault, RequestId, Scope, office_time};
use tb_storage::{Origin, Store};
use uuid::Uuid;

use super::record::{Detail, Doer, record, state};
use crate::app::App;
use crate::store;

const BATCH: u64 = 200;
/// Working days after which an overdue task goes to the centre.
const TO_CENTRE: i32 = 2;

/// Escalates what is overdue; returns how many.
pub(crate) async fn escalate(app: &App, storage: &Store) -> Result<usize, Fault> {
    let conn = storage.read();
    let today = office_time::day(storage.clock().now());
    let mut done = 0;
    for row in store::task::overdue(&conn, 0, today, BATCH).await? {
        done += usize::from(raise(storage, row.id, 1).await?);
    }
    let long_ago = today - TimeDelta::days(1);
    let higher = store::task::overdue(&conn, 1, long_ago, BATCH).await?;
    if higher.is_empty() {
        // On the first start the calendar is on its way still, and nobody needs it.
        return Ok(done);
    }
    let calendar = app.calendar(&conn).await?;
    for row in higher {
        let left = calendar.remaining(today, row.due_on, &[], Some(&row.region));
        if left.map_err(Fault::internal)? <= -TO_CENTRE {
            done += usize::from(raise(storage, row.id, 2).await?);
        }
    }
    Ok(done)
}

async fn raise(storage: &Store, id: Uuid, to: i32) -> Result<bool, Fault> {
    let origin = Origin::system("interaction.escalate", RequestId(storage.new_id()));
    let mut tx = storage.begin(origin).await?;
    let Some(mut row) = store::task::find_locked(tx.conn(), &Scope::Everything, id).await? else {
        return Ok(false);
    };
    let today = office_time::day(tx.now());
    // Somebody may have acted in the same moment.
    if !state(&row)?.is_running() || row.due_on >= today || row.escalation >= to {
        return Ok(false);
    }
    row.escalation = to;
    row.version += 1;
    let detail = Detail {
        escalation: to,
        ..Detail::default()
    };
    record(&tx, &mut row, "escalated", &Doer::SYSTEM, &detail).await?;
    store::task::save(tx.conn(), &row).await?;
    tx.done("interaction.rectification.escalated", "rectification", id);
    tx.commit(&()).await?;
    Ok(true)
}
