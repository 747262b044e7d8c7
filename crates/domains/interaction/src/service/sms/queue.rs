//! A message is queued in the transaction of the event that it comes from, for whoever wishes it.

use tb_contract::events::ApplicantTold;
use tb_contract::sms::SmsKind;
use tb_kernel::Fault;
use tb_storage::Tx;
use uuid::Uuid;

use crate::app::App;
use crate::jobs::SEND;
use crate::store;
use crate::store::sms::{ShortMessage, WAITING};

/// What a message is about.
pub(crate) struct About<'a> {
    /// Kind.
    pub kind: SmsKind,
    /// The event that it comes from, or the message that it helps with.
    pub cause: Uuid,
    /// Case number.
    pub case_number: &'a str,
    /// Item.
    pub item_name: &'a str,
    /// The digits that a reply comes back with; drawn where there are none yet.
    pub extension: Option<String>,
}

/// Queues what applicants were told.
pub(crate) async fn queue_all(
    app: &App,
    tx: &mut Tx,
    cause: Uuid,
    told: ApplicantTold,
) -> Result<(), Fault> {
    for account in told.accounts {
        let about = About {
            kind: told.kind,
            cause,
            case_number: &told.case_number,
            item_name: &told.item_name,
            extension: None,
        };
        queue(app, tx, account.0, about).await?;
    }
    Ok(())
}

/// Queues a message, once for a cause, where an operator is connected and it is wished.
pub(crate) async fn queue(
    app: &App,
    tx: &mut Tx,
    account: Uuid,
    about: About<'_>,
) -> Result<(), Fault> {
    let is_wished = store::sms::wishes(tx.conn(), account)
        .await?
        .has(about.kind);
    if app.operator().is_none() || account.is_nil() || !is_wished {
        return Ok(());
    }
    let row = ShortMessage {
        id: tx.new_id(),
        cause_id: about.cause,
        account_id: account,
        kind: about.kind.as_str().to_owned(),
        case_number: about.case_number.to_owned(),
        item_name: about.item_name.to_owned(),
        extension: about.extension.unwrap_or_else(|| extension(tx)),
        phone_bidx: None,
        state: WAITING.to_owned(),
        reason: String::new(),
        segments: 0,
        created_at: tx.now(),
        sent_at: None,
        ended_at: None,
        replied_at: None,
    };
    let id = row.id;
    if store::sms::insert(tx.conn(), row).await? {
        tb_jobs::enqueue(tx, SEND, Some(&id.to_string()), None, &id).await?;
    }
    Ok(())
}

/// Four digits: with the number of the phone they say which message a reply means.
fn extension(tx: &Tx) -> String {
    let mut random = [0_u8; 4];
    tx.store().entropy().fill(&mut random);
    format!("{:04}", u32::from_be_bytes(random) % 10_000)
}
