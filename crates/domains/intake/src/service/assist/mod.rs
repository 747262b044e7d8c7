//! Help by assistants (帮办代办): somebody asks for it, an assistant of the division takes the request, gets in
//! touch, and fills in the draft as far as the applicant lets him. The application stays the applicant's: he
//! alone checks it, signs, and hands it in.

pub(crate) mod ask;
pub(crate) mod consent;
pub(crate) mod desk;
pub(crate) mod fill;
pub(crate) mod hand_over;
pub(crate) mod over;
pub(crate) mod paper;
pub(crate) mod trace;

use tb_contract::access::AssistDesk;
use tb_http::Ctx;
use tb_kernel::{Fault, Scope};
use tb_storage::{StorageError, Tx};
use uuid::Uuid;

use crate::error::Error;
use crate::model::assist::AssistState;
use crate::sealed::{ARGS, ASSIST_WORDS};
use crate::sentence::{Args, args};
use crate::store;
use crate::store::assist::{Note, Request, Whose};
use crate::store::message::Message;

/// The requests within an assistant's reach: those of his division.
fn of_desk(ctx: &Ctx<AssistDesk>) -> Result<Whose, Error> {
    match ctx.scope() {
        Scope::Region(region) => Ok(Whose::Region(region.clone())),
        _ => Err(Error::AssistNotFound),
    }
}

/// How far a request is; another word cannot be in the column.
pub(crate) fn state(request: &Request) -> AssistState {
    AssistState::parse(&request.state).unwrap_or(AssistState::Closed)
}

/// Refuses a step that was made from an older version.
fn expect_version(request: &Request, version: i64) -> Result<(), Error> {
    if request.version == version {
        Ok(())
    } else {
        Err(Error::AssistMoved)
    }
}

/// A request of the desk that the caller has taken, held until the transaction ends.
async fn mine(tx: &Tx, ctx: &Ctx<AssistDesk>, id: Uuid, version: i64) -> Result<Request, Fault> {
    let found = store::assist::find_locked(tx.conn(), &of_desk(ctx)?, id).await?;
    let request = found.ok_or(Error::AssistNotFound)?;
    match state(&request) {
        AssistState::Open => return Err(Error::AssistNotTaken.into()),
        AssistState::Closed => return Err(Error::AssistClosed.into()),
        AssistState::Taken if request.assistant_id != Some(ctx.actor().id.0) => {
            return Err(Error::AssistNotYours {
                name: request.assistant_name.unwrap_or_default(),
            }
            .into());
        }
        AssistState::Taken => {}
    }
    expect_version(&request, version)?;
    Ok(request)
}

/// Notes what happened with a request; `by` is empty for the applicant.
async fn note(
    tx: &Tx,
    request_id: Uuid,
    kind: &str,
    by: &str,
    words: &str,
) -> Result<(), StorageError> {
    let id = tx.new_id();
    let sealed = (!words.is_empty())
        .then(|| tx.sealer().seal_text(ASSIST_WORDS, id, words))
        .transpose()?;
    let row = Note {
        id,
        request_id,
        kind: kind.to_owned(),
        by_name: by.to_owned(),
        words: sealed,
        at: tx.now(),
    };
    store::assist::insert_note(tx.conn(), row).await
}

/// Tells the applicant; about his draft, where there is one.
async fn tell(tx: &Tx, request: &Request, kind: &str, words: &Args) -> Result<(), StorageError> {
    let id = tx.new_id();
    let message = Message {
        id,
        account_id: request.account_id,
        application_id: request.application_id.unwrap_or_default(),
        kind: kind.to_owned(),
        args: tx.sealer().seal_json(ARGS, id, words)?,
        created_at: tx.now(),
        read_at: None,
    };
    store::message::insert(tx.conn(), message).await
}

/// What messages about help say.
fn words(request: &Request, reason: &str) -> Args {
    args([
        ("item_name", Some(request.item_name.clone())),
        ("name", request.assistant_name.clone()),
        ("reason", Some(reason.to_owned())),
    ])
}
