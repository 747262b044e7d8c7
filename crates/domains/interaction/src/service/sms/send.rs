//! Sends what is queued. The number is asked of identity at that moment, and kept nowhere; a run that was
//! cut short is repeated under the same key, and the operator sends nothing twice.

use std::collections::BTreeMap;

use tb_contract::sms::{MAX_PARAM, SmsAnswered, SmsAsked, SmsKind};
use tb_kernel::identity_number::Phone;
use tb_kernel::{AccountId, Fault, RequestId, Scope};
use tb_storage::{Conn, Origin, Store};
use uuid::Uuid;

use super::hear::hear;
use crate::app::{App, Operator};
use crate::error::Error;
use crate::sealed::PHONE;
use crate::store;
use crate::store::sms::{ACCEPTED, DROPPED, REFUSED, ShortMessage, WAITING};

/// What became of one run.
struct Outcome {
    state: &'static str,
    reason: &'static str,
    segments: u32,
    phone: Option<Phone>,
}

impl Outcome {
    fn dropped(reason: &'static str) -> Self {
        Self {
            state: DROPPED,
            reason,
            segments: 0,
            phone: None,
        }
    }
}

/// Sends one. What only lies with the operator comes back as a fault, and is tried again.
pub(crate) async fn send(app: &App, storage: &Store, id: Uuid) -> Result<(), Fault> {
    let row = store::sms::find(&storage.read(), id).await?;
    let row = row.ok_or(Error::SmsNotFound)?;
    if row.state != WAITING {
        return Ok(());
    }
    let outcome = attempt(app, &storage.read(), &row).await?;
    let is_accepted = outcome.state == ACCEPTED;
    end(storage, id, outcome).await?;
    let simulator = app.operator().and_then(|one| one.simulator.as_ref());
    if let Some(simulator) = simulator.filter(|_| is_accepted) {
        // The simulated network is quick; a real one tells by a call of its own.
        let report = simulator.report(&id.to_string()).await?;
        hear(app, storage, &report).await?;
    }
    Ok(())
}

async fn attempt(app: &App, conn: &Conn, row: &ShortMessage) -> Result<Outcome, Fault> {
    let Some(operator) = app.operator() else {
        return Ok(Outcome::dropped("off"));
    };
    let kind = SmsKind::parse(&row.kind).ok_or(Error::SmsNotFound)?;
    if !store::sms::wishes(conn, row.account_id).await?.has(kind) {
        return Ok(Outcome::dropped("unwished"));
    }
    if kind == SmsKind::RatingAsked && is_rated(conn, &row.case_number).await? {
        return Ok(Outcome::dropped("rated"));
    }
    let profile = app.applicants().profile(AccountId(row.account_id)).await?;
    let phone = profile.and_then(|of| Phone::parse_mobile(&of.phone).ok());
    let Some(phone) = phone else {
        return Ok(Outcome::dropped("no_phone"));
    };
    let asked = asked(operator, row, kind, &phone);
    Ok(match operator.port.send(&asked).await? {
        SmsAnswered::Accepted(segments) => Outcome {
            state: ACCEPTED,
            reason: "",
            segments,
            phone: Some(phone),
        },
        SmsAnswered::Refused(why) => Outcome {
            state: REFUSED,
            reason: why.as_str(),
            segments: 0,
            phone: None,
        },
    })
}

async fn is_rated(conn: &Conn, number: &str) -> Result<bool, Fault> {
    let row = store::occasion::peek(conn, &Scope::Everything, number).await?;
    Ok(row.is_none_or(|row| row.level.is_some()))
}

fn asked(operator: &Operator, row: &ShortMessage, kind: SmsKind, phone: &Phone) -> SmsAsked {
    let mut params = BTreeMap::new();
    if kind != SmsKind::RatingHelp {
        params.insert("item_name".to_owned(), short(&row.item_name));
        params.insert("case_number".to_owned(), row.case_number.clone());
    }
    SmsAsked {
        key: row.id.to_string(),
        to: phone.as_str().to_owned(),
        signature: operator.signature.clone(),
        template: row.kind.clone(),
        params,
        extension: row.extension.clone(),
    }
}

/// A long name with its end left out.
fn short(name: &str) -> String {
    if name.chars().count() <= MAX_PARAM {
        return name.to_owned();
    }
    let mut kept: String = name.chars().take(MAX_PARAM - 1).collect();
    kept.push('…');
    kept
}

async fn end(storage: &Store, id: Uuid, outcome: Outcome) -> Result<(), Fault> {
    let origin = Origin::system("interaction.sms", RequestId(storage.new_id()));
    let mut tx = storage.begin(origin).await?;
    let row = store::sms::find_locked(tx.conn(), id).await?;
    let Some(mut row) = row.filter(|row| row.state == WAITING) else {
        return Ok(());
    };
    outcome.state.clone_into(&mut row.state);
    outcome.reason.clone_into(&mut row.reason);
    row.segments = i32::try_from(outcome.segments).unwrap_or_default();
    match outcome.phone {
        Some(phone) => {
            row.phone_bidx = Some(tx.sealer().blind_index(PHONE, phone.as_str()));
            row.sent_at = Some(tx.now());
        }
        None => row.ended_at = Some(tx.now()),
    }
    store::sms::save(tx.conn(), &row).await?;
    tx.done("interaction.sms.sent", "sms", id);
    tx.commit(&()).await?;
    Ok(())
}
