//! What the operator tells: reports, and replies. Believed only when signed; each reply counts once.

use chrono::{DateTime, TimeDelta, Utc};
use tb_contract::payments::{Distrust, SignedMessage};
use tb_contract::sms::{SmsKind, SmsNotice};
use tb_kernel::identity_number::Phone;
use tb_kernel::{Fault, RequestId, Scope};
use tb_storage::{Origin, Store, Tracked, Tx};

use super::queue::{About, queue};
use crate::app::App;
use crate::entity::sms_heard;
use crate::error::Error;
use crate::model::reply::{Meaning, meaning};
use crate::sealed::PHONE;
use crate::service::taken::{Said, take};
use crate::store;
use crate::store::sms::{ACCEPTED, DELIVERED, ShortMessage, UNDELIVERED, Wishes};

/// What ratings by reply are called.
const SMS: &str = "sms";

/// A reply.
struct Reply {
    id: String,
    from: String,
    extension: String,
    words: String,
    at: DateTime<Utc>,
}

/// Takes in what the operator tells. The same may come again: it is answered as the first time.
pub(crate) async fn hear(app: &App, storage: &Store, message: &SignedMessage) -> Result<(), Fault> {
    let operator = app.operator().ok_or(Error::SmsOff)?;
    let notice = operator.port.read(message, storage.clock().now());
    let notice = notice.map_err(|distrust| match distrust {
        Distrust::Forged | Distrust::Unreadable => Error::SmsForged,
        Distrust::Stale => Error::SmsStale,
    })?;
    let origin = Origin::system("interaction.sms", RequestId(storage.new_id()));
    let mut tx = storage.begin(origin).await?;
    match notice {
        SmsNotice::Report { key, delivered } => report(&mut tx, &key, delivered).await?,
        SmsNotice::Reply {
            id,
            from,
            extension,
            words,
            at,
        } => {
            let reply = Reply {
                id,
                from,
                extension,
                words,
                at,
            };
            replied(app, &mut tx, &reply).await?;
        }
    }
    tx.commit(&()).await?;
    Ok(())
}

async fn report(tx: &mut Tx, key: &str, delivered: bool) -> Result<(), Fault> {
    let id = key.parse().map_err(|_| Error::SmsNotFound)?;
    let row = store::sms::find_locked(tx.conn(), id).await?;
    let mut row = row.ok_or(Error::SmsNotFound)?;
    if row.state != ACCEPTED {
        return Ok(());
    }
    let state = if delivered { DELIVERED } else { UNDELIVERED };
    state.clone_into(&mut row.state);
    row.ended_at = Some(tx.now());
    store::sms::save(tx.conn(), &row).await?;
    tx.done("interaction.sms.reported", "sms", id);
    Ok(())
}

async fn replied(app: &App, tx: &mut Tx, reply: &Reply) -> Result<(), Fault> {
    let heard = sms_heard::Model {
        id: tx.new_id(),
        operator_id: reply.id.clone(),
        sms_id: None,
        verdict: String::new(),
        at: reply.at,
    };
    let id = heard.id;
    if !store::sms::hear(tx.conn(), heard).await? {
        return Ok(());
    }
    let phone = Phone::parse_mobile(&reply.from).map_err(|_| Error::SmsForged)?;
    let index = tx.sealer().blind_index(PHONE, phone.as_str());
    let row = store::sms::replied_to(tx.conn(), &reply.extension, index).await?;
    let of = row.as_ref().map(|row| row.id);
    let verdict = match row {
        Some(row) => judge(app, tx, row, reply).await?,
        // Another number, or digits that nobody has had.
        None => "stranger",
    };
    store::sms::judge(tx.conn(), id, of, verdict).await?;
    tx.done("interaction.sms.heard", "sms_reply", id);
    tracing::info!(verdict, "a reply by short message");
    Ok(())
}

/// What is made of a reply to a message of ours.
async fn judge(
    app: &App,
    tx: &mut Tx,
    mut row: Tracked<ShortMessage>,
    reply: &Reply,
) -> Result<&'static str, Fault> {
    let meant = meaning(&reply.words);
    if meant == Meaning::OptOut {
        store::sms::wish(tx, row.account_id, Wishes::NONE).await?;
        return Ok("opted_out");
    }
    if row.kind != SmsKind::RatingAsked.as_str() {
        return Ok("unasked");
    }
    let days = app.operator().map_or(0, |one| one.reply_days);
    let last = row.sent_at.unwrap_or(row.created_at) + TimeDelta::days(days.into());
    if reply.at > last {
        return Ok("late");
    }
    let occasion =
        store::occasion::by_number(tx.conn(), &Scope::Everything, &row.case_number).await?;
    let occasion = occasion.filter(|one| one.level.is_none() && row.replied_at.is_none());
    let Some(occasion) = occasion else {
        return Ok("rated_before");
    };
    let Meaning::Level(level) = meant else {
        let about = About {
            kind: SmsKind::RatingHelp,
            // One help for one message.
            cause: row.id,
            case_number: &row.case_number,
            item_name: &row.item_name,
            extension: Some(row.extension.clone()),
        };
        queue(app, tx, row.account_id, about).await?;
        return Ok("unreadable");
    };
    row.replied_at = Some(tx.now());
    store::sms::save(tx.conn(), &row).await?;
    take(tx, &occasion, SMS, Said::new(Some(level), Vec::new(), "")?)?;
    tx.done("interaction.rating.taken", "case", &occasion.case_number);
    Ok("taken")
}
