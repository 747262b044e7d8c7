//! The applicant's inbox.

use chrono::{DateTime, Utc};
use serde::Serialize;
use tb_contract::access::MessageRead;
use tb_http::Ctx;
use tb_kernel::{ApplicationId, Fault, Page, PageRequest};
use tb_storage::{Sealer, StorageError};
use utoipa::ToSchema;
use uuid::Uuid;

use super::counter::claim::claim;
use super::read::cursor;
use crate::app::App;
use crate::error::Error;
use crate::sealed::ARGS;
use crate::sentence::{Args, Speaker};
use crate::store;
use crate::store::message::Message;
use crate::view::speaker;

/// A message.
#[derive(Debug, Serialize, ToSchema)]
pub struct MessageView {
    /// Id.
    pub id: Uuid,
    /// Application that it is about; none where it is about an authorisation.
    pub application_id: Option<ApplicationId>,
    /// What it tells of: `submitted`, `correction_requested` …
    pub kind: String,
    /// Title.
    pub title: String,
    /// Text.
    pub body: String,
    /// Sent.
    pub created_at: DateTime<Utc>,
    /// Read first.
    pub read_at: Option<DateTime<Utc>>,
}

/// How many messages wait.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnreadCount {
    /// Messages not read.
    pub unread: u64,
}

/// Messages to the caller, newest first.
pub(crate) async fn list(
    app: &App,
    ctx: &Ctx<MessageRead>,
    page: PageRequest,
) -> Result<Page<MessageView>, Fault> {
    if page.cursor.is_none() {
        claim(app, ctx).await;
    }
    let limit = page.limit();
    let rows = store::message::list(&ctx.read(), ctx.actor().id, cursor(&page)?, limit).await?;
    let Page { items, next_cursor } = Page::from_surplus(rows, limit, |row| row.id.to_string());
    let (sealer, speaker) = (ctx.store().sealer(), speaker(ctx));
    Ok(Page {
        items: items
            .into_iter()
            .map(|row| spoken(sealer, speaker, row))
            .collect::<Result<_, _>>()?,
        next_cursor,
    })
}

/// How many the caller has not read.
pub(crate) async fn unread(ctx: &Ctx<MessageRead>) -> Result<UnreadCount, Fault> {
    let unread = store::message::unread(&ctx.read(), ctx.actor().id).await?;
    Ok(UnreadCount { unread })
}

/// Marks one as read.
pub(crate) async fn read(ctx: &Ctx<MessageRead>, id: Uuid) -> Result<MessageView, Fault> {
    let mut tx = ctx.begin().await?;
    let row = store::message::find(tx.conn(), ctx.actor().id, id).await?;
    let mut row = row.ok_or(Error::MessageNotFound)?;
    if row.read_at.is_none() {
        row.read_at = Some(tx.now());
        store::message::mark_read(tx.conn(), id, tx.now()).await?;
        tx.done("intake.message.read", "message", id);
    }
    let answer = spoken(tx.sealer(), speaker(ctx), row)?;
    tx.commit(&answer).await?;
    Ok(answer)
}

fn spoken(
    sealer: &Sealer,
    speaker: Speaker<'_>,
    row: Message,
) -> Result<MessageView, StorageError> {
    let args: Args = sealer.open_json(ARGS, row.id, &row.args)?;
    let text = |part: &str| {
        speaker.text_or(
            &format!("intake.message.{}.{part}", row.kind),
            &format!("intake.message.other.{part}"),
            &args,
        )
    };
    Ok(MessageView {
        id: row.id,
        application_id: (!row.application_id.is_nil()).then_some(ApplicationId(row.application_id)),
        title: text("title"),
        body: text("body"),
        kind: row.kind,
        created_at: row.created_at,
        read_at: row.read_at,
    })
}
