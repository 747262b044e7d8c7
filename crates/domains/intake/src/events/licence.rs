//! What the register asks or decides about a licence after its issue: its holder is told, and hears in time
//! that he may make his statement.

use tb_contract::events::{LicenceChangeTold, LicenceChanged};
use tb_events::{HandleError, payload};
use tb_kernel::{AccountId, Event};
use tb_storage::Tx;

use super::{Message, write};
use crate::app::App;
use crate::sentence::args;
use crate::service::notify;
use crate::store::{self, application::Application};

/// What is heard of licences.
pub(super) const TOLD: &[&str] = &[
    "licence.change.asked",
    "licence.change.returned",
    "licence.change.supplied",
    "licence.change.proposed",
    "licence.change.granted",
    "licence.change.rejected",
    "licence.change.deemed_granted",
];

/// Tells the holder: his own account, or those of an organisation's agents; where he has none, whoever
/// applied for the licence.
pub(super) async fn told(app: &App, tx: &mut Tx, event: &Event) -> Result<(), HandleError> {
    let said: LicenceChanged = payload(event)?;
    let Some(change) = said.change else {
        return Ok(());
    };
    // None where it was issued by a system that knew no application here.
    let row = store::application::by_number_locked(tx.conn(), &said.case_number).await?;
    let step = event.kind.rsplit('.').next().unwrap_or_default();
    let kind = format!("licence_{step}");
    let words = args([
        ("licence", Some(said.type_name)),
        ("due_on", due_on(&event.kind, &change)),
        ("office", Some(change.organ)),
        ("case_number", Some(said.case_number)),
    ]);
    if let (Some(row), true) = (&row, change.accounts.is_empty()) {
        notify(tx, row, &kind, &words).await?;
    }
    for account in &change.accounts {
        // Somebody else's application is nothing to him.
        let own = row.as_ref().filter(|row| row.account_id == account.0);
        let message = Message {
            account_id: account.0,
            application_id: own.map(|row| row.id),
            kind: &kind,
        };
        write(tx, message, &words).await?;
    }
    let is_told = |row: &Application| {
        change.accounts.is_empty() || change.accounts.contains(&AccountId(row.account_id))
    };
    if let Some(row) = row.filter(|row| is_told(row)) {
        let app = app.clone();
        tx.after_commit(move || app.tell(row.account_id, row.id));
    }
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
