//! What several use-cases write alike: the version check, timeline entries, messages, changes for
//! the centre.

use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;
use tb_contract::events::ApplicantTold;
use tb_contract::sms::SmsKind;
use tb_contract::topics;
use tb_http::Ctx;
use tb_kernel::{AccountId, ApplicationId, Fault, Locale, Region, office_time};
use tb_storage::{NewEvent, StorageError, Tracked, Tx};

use uuid::Uuid;

use super::assist::fill::expect_fills;
use super::counter::rows;
use crate::error::Error;
use crate::sealed::{ARGS, WORDS};
use crate::sentence::Args;
use crate::store;
use crate::store::application::Application;
use crate::store::message::Message;
use crate::store::timeline::TimelineEntry;

/// The mark of the applicant himself in `updated_by`.
pub(crate) const SELF: &str = "self";

/// Who did what came about by itself.
const PLATFORM: &str = "系统";

/// The application of the caller, held until the transaction ends.
pub(crate) async fn held<P>(
    tx: &Tx,
    ctx: &Ctx<P>,
    id: ApplicationId,
) -> Result<Tracked<Application>, Fault> {
    let row = store::application::find_locked(tx.conn(), &rows(ctx), id.0).await?;
    let row = row.ok_or(Error::ApplicationNotFound)?;
    // What is held is about to be changed.
    expect_fills(&row, ctx.actor().id.0)?;
    Ok(row)
}

/// Refuses a change that was made from an older version.
pub(crate) fn expect_version(row: &Application, version: i64, locale: Locale) -> Result<(), Error> {
    if row.version == version {
        return Ok(());
    }
    Err(stale(&row.updated_by, row.updated_at, locale))
}

/// Refuses to change what others sign at the moment, or have signed.
pub(crate) fn expect_thawed(row: &Application) -> Result<(), Error> {
    if row.signing_until.is_some() {
        Err(Error::SigningOpen)
    } else {
        Ok(())
    }
}

/// The refusal of a change that was made from an older version: who wrote last, and when.
pub(super) fn stale(by: &str, at: DateTime<Utc>, locale: Locale) -> Error {
    let by = match (by, locale) {
        (SELF, Locale::Chinese) => "本人".to_owned(),
        (SELF, Locale::English) => "you".to_owned(),
        (office, _) => office.to_owned(),
    };
    Error::StaleVersion {
        by,
        at: at.to_rfc3339_opts(SecondsFormat::AutoSi, true),
    }
}

/// Marks the row as changed now.
pub(crate) fn touch(row: &mut Application, by: &str, at: DateTime<Utc>) {
    row.version += 1;
    by.clone_into(&mut row.updated_by);
    row.updated_at = at;
}

/// Something that happened.
pub(crate) struct Entry<'a> {
    /// What.
    pub kind: &'a str,
    /// When.
    pub at: DateTime<Utc>,
    /// The office; empty for the applicant's own acts.
    pub office: &'a str,
    /// The step concerned.
    pub step: Option<String>,
    /// Of a whole: the item that it is about.
    pub item: Option<String>,
    /// Words that came with it.
    pub words: &'a str,
    /// Version of the case.
    pub case_version: Option<i64>,
}

impl<'a> Entry<'a> {
    /// Something the applicant did.
    pub fn own(kind: &'a str, at: DateTime<Utc>, words: &'a str) -> Self {
        Self {
            kind,
            at,
            office: "",
            step: None,
            item: None,
            words,
            case_version: None,
        }
    }

    /// Something that came about by itself.
    pub fn platform(kind: &'a str, at: DateTime<Utc>) -> Self {
        Self {
            office: PLATFORM,
            ..Self::own(kind, at, "")
        }
    }
}

/// Adds an entry to the timeline; the caller saves the row.
pub(crate) async fn record(
    tx: &Tx,
    row: &mut Application,
    entry: Entry<'_>,
) -> Result<(), StorageError> {
    row.timeline_length += 1;
    let id = tx.new_id();
    let words = (!entry.words.is_empty())
        .then(|| tx.sealer().seal_text(WORDS, id, entry.words))
        .transpose()?;
    let entry = TimelineEntry {
        id,
        application_id: row.id,
        seq: row.timeline_length,
        kind: entry.kind.to_owned(),
        at: entry.at,
        office: entry.office.to_owned(),
        step: entry.step,
        item: entry.item,
        words,
        case_version: entry.case_version,
        by_proxy: entry.office.is_empty() && is_proxy(row, tx.actor().id),
    };
    store::timeline::insert(tx.conn(), entry).await
}

/// Whether an account acts for the applicant of an application, rather than being he.
pub(crate) fn is_proxy(row: &Application, account: AccountId) -> bool {
    row.proxy_id == Some(account.0) && row.account_id != account.0
}

/// Refuses to whoever acts for the applicant what only he himself does.
pub(crate) fn expect_himself(row: &Application, account: AccountId) -> Result<(), Error> {
    if is_proxy(row, account) {
        Err(Error::ProxyNotThis)
    } else {
        Ok(())
    }
}

/// The id of a message: a UUIDv7 whose counter is the place in the timeline, since one transaction
/// of a consumer can bring several changes at one moment, and the inbox keeps their order.
fn message_id(tx: &Tx, row: &Application) -> Uuid {
    let mut random = [0_u8; 10];
    tx.store().entropy().fill(&mut random);
    let [high, low] = u16::try_from(row.timeline_length & 0x0fff)
        .unwrap_or_default()
        .to_be_bytes();
    [random[0], random[1]] = [high, low];
    let millis = u64::try_from(tx.now().timestamp_millis()).unwrap_or_default();
    uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
}

/// Adds a message to the applicant's inbox, and to that of whoever acts for him now, after its
/// timeline entry.
pub(crate) async fn notify(
    tx: &Tx,
    row: &Application,
    kind: &str,
    args: &Args,
) -> Result<(), StorageError> {
    for account in recipients(tx, row) {
        send(tx, row, account, kind, args).await?;
    }
    Ok(())
}

/// The applicant's account, and that of whoever acts for him now.
fn recipients(tx: &Tx, row: &Application) -> Vec<Uuid> {
    let today = office_time::day(tx.now());
    let acts = row.proxy_ended_on.is_none() && row.proxy_until.is_some_and(|last| last >= today);
    let proxy = row.proxy_id.filter(|_| acts);
    std::iter::once(row.account_id).chain(proxy).collect()
}

/// Tells that a message lies in the inbox which may go out as a short message too; one that does not
/// is not told of.
pub(crate) fn tell_outside(tx: &mut Tx, row: &Application, kind: &str) -> Result<(), StorageError> {
    let accounts = recipients(tx, row).into_iter();
    // Nobody has an account yet whose application came in at a counter.
    let accounts: Vec<AccountId> = accounts.filter(|id| !id.is_nil()).map(AccountId).collect();
    let (Some(kind), Some(number)) = (SmsKind::of_message(kind), &row.number) else {
        return Ok(());
    };
    if accounts.is_empty() {
        return Ok(());
    }
    let told = ApplicantTold {
        accounts,
        case_number: number.clone(),
        item_name: row.item_name.clone(),
        kind,
        at: tx.now(),
    };
    tx.emit(NewEvent {
        topic: topics::TOLD,
        key: number,
        kind: "intake.applicant.told",
        version: row.case_version,
        causation_id: None,
        department_code: Some(&row.department_code),
        region_path: Region::parse(&row.region).map(|region| region.path()),
        payload: &told,
    })?;
    Ok(())
}

/// Adds a message about an application to the inbox of an account.
pub(crate) async fn send(
    tx: &Tx,
    row: &Application,
    account_id: Uuid,
    kind: &str,
    args: &Args,
) -> Result<(), StorageError> {
    let id = message_id(tx, row);
    let message = Message {
        id,
        account_id,
        application_id: row.id,
        kind: kind.to_owned(),
        args: tx.sealer().seal_json(ARGS, id, args)?,
        created_at: tx.now(),
        read_at: None,
    };
    store::message::insert(tx.conn(), message).await
}

/// Counts one more change for the centre and tells of it; `payload` gets the change's version.
/// The caller saves the row.
pub(crate) fn announce<T: Serialize>(
    tx: &mut Tx,
    row: &mut Application,
    kind: &str,
    payload: impl FnOnce(i64, &str) -> T,
) -> Result<(), StorageError> {
    row.change_version += 1;
    let number = row.number.clone().ok_or(StorageError::Misuse(
        "only a submitted application has changes to tell",
    ))?;
    let payload = payload(row.change_version, &number);
    tx.emit(NewEvent {
        topic: topics::INTAKE_CHANGE,
        key: &number,
        kind,
        version: row.change_version,
        causation_id: None,
        department_code: Some(&row.department_code),
        region_path: Region::parse(&row.region).map(|region| region.path()),
        payload: &payload,
    })?;
    Ok(())
}

/// Saves the row.
pub(crate) async fn save(tx: &Tx, row: &Tracked<Application>) -> Result<(), StorageError> {
    store::application::save(tx.conn(), row).await
}
