//! Authorisations between citizens, as identity keeps them: both sides get a message, and what was
//! begun by one that is ended goes back to the applicant with nothing lost.

use tb_contract::events::{ProxyChanged, ProxyStep};
use tb_events::{HandleError, payload};
use tb_kernel::Event;
use tb_storage::Tx;
use uuid::Uuid;

use super::{Message, write};
use crate::app::App;
use crate::sentence::args;
use crate::service::proxy::end::end_on;
use crate::store;

/// What is heard.
pub(super) const CHANGED: &str = "identity.proxy.changed";

/// Tells both, and ends it on every application that was begun by it.
pub(super) async fn changed(app: &App, tx: &mut Tx, event: &Event) -> Result<(), HandleError> {
    let told: ProxyChanged = payload(event)?;
    let (to_principal, to_proxy) = kinds(told.step);
    let words = |name: &str| {
        args([
            ("name", Some(name.to_owned())),
            ("from_on", Some(told.from.to_string())),
            ("until_on", Some(told.until.to_string())),
        ])
    };
    let to = message(told.principal_id.0, to_principal);
    write(tx, to, &words(&told.proxy_name)).await?;
    if let Some(proxy) = told.proxy_id {
        let to = message(proxy.0, to_proxy);
        write(tx, to, &words(&told.principal_name)).await?;
    }
    if !matches!(told.step, ProxyStep::Revoked | ProxyStep::LaidDown) {
        return Ok(());
    }
    store::mandate::end(tx.conn(), told.mandate_id).await?;
    for mut row in store::application::of_mandate_locked(tx.conn(), told.mandate_id).await? {
        end_on(tx, &mut row).await?;
        tx.done("intake.application.proxy_ended", "application", row.id);
        let (app, account, application) = (app.clone(), row.account_id, row.id);
        tx.after_commit(move || app.tell(account, application));
    }
    Ok(())
}

/// What principal and proxy are told.
fn kinds(step: ProxyStep) -> (&'static str, &'static str) {
    match step {
        ProxyStep::Offered => ("proxy_offer_sent", "proxy_offered"),
        ProxyStep::Accepted => ("proxy_accepted", "proxy_taken_on"),
        ProxyStep::Declined => ("proxy_declined", "proxy_ended_own"),
        ProxyStep::Revoked => ("proxy_ended_own", "proxy_revoked"),
        ProxyStep::LaidDown => ("proxy_laid_down", "proxy_ended_own"),
    }
}

fn message(account_id: Uuid, kind: &'static str) -> Message<'static> {
    Message {
        account_id,
        application_id: None,
        kind,
    }
}
