//! What the register asks or decides about a licence after its issue: whoever applied for it is told, and
//! hears in time that he may make his statement.

use tb_contract::events::{LicenceChangeTold, LicenceChanged};
use tb_events::{HandleError, payload};
use tb_kernel::Event;
use tb_storage::Tx;

use crate::app::App;
use crate::sentence::args;
use crate::service::notify;
use crate::store;

/// What is heard of licences.
pub(super) const TOLD: &[&str] = &[
    "licence.change.asked",
    "licence.change.returned",
    "licence.change.supplied",
    "licence.change.proposed",
    "licence.change.granted",
    "licence.change.rejected",
];

/// Tells whoever applied for the licence.
pub(super) async fn told(app: &App, tx: &mut Tx, event: &Event) -> Result<(), HandleError> {
    let said: LicenceChanged = payload(event)?;
    let Some(change) = said.change else {
        return Ok(());
    };
    let row = store::application::by_number_locked(tx.conn(), &said.case_number).await?;
    // Issued by a system that knew no application here.
    let Some(row) = row else {
        return Ok(());
    };
    let step = event.kind.rsplit('.').next().unwrap_or_default();
    let due_on = due_on(&event.kind, &change);
    let words = args([
        ("licence", Some(said.type_name)),
        ("office", Some(change.organ)),
        ("due_on", due_on),
        ("case_number", row.number.clone()),
    ]);
    notify(tx, &row, &format!("licence_{step}"), &words).await?;
    let (app, account, application) = (app.clone(), row.account_id, row.id);
    tx.after_commit(move || app.tell(account, application));
    Ok(())
}

/// By when the holder answers, or the organ where nothing waits for him.
fn due_on(kind: &str, change: &LicenceChangeTold) -> Option<String> {
    let waits_for_holder = kind == "licence.change.proposed" || kind == "licence.change.returned";
    let day = if waits_for_holder {
        change.answer_until
    } else {
        change.due_on
    };
    day.map(|day| day.to_string())
}
