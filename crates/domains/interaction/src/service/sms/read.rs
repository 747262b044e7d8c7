//! What went out, for administrators; with the simulated operator also what the phones show, and a reply
//! from them.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use tb_contract::access::{SmsRead, SmsSimulate};
use tb_http::Ctx;
use tb_kernel::{Fault, Page, PageRequest};
use utoipa::ToSchema;
use uuid::Uuid;

use super::hear::hear;
use crate::app::App;
use crate::error::Error;
use crate::service::words::before;
use crate::simulator::{OnPhone, Simulator};
use crate::store;
use crate::store::sms::ShortMessage;

/// A short message.
#[derive(Debug, Serialize, ToSchema)]
pub struct SmsView {
    /// Id.
    pub id: Uuid,
    /// What it is about.
    pub kind: String,
    /// Case number.
    pub case_number: String,
    /// Item.
    pub item_name: String,
    /// `waiting`, `accepted`, `delivered`, `undelivered`, `refused`, `dropped`.
    pub state: String,
    /// Why it was refused or dropped; else empty.
    pub reason: String,
    /// Segments that the operator counts.
    pub segments: i32,
    /// Queued.
    pub created_at: DateTime<Utc>,
    /// Taken by the operator.
    pub sent_at: Option<DateTime<Utc>>,
    /// When a rating came back.
    pub replied_at: Option<DateTime<Utc>>,
    /// As the phone shows it; with the simulated operator only.
    pub on_phone: Option<OnPhone>,
}

/// A reply from a simulated phone.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ReplyBySms {
    /// What is written.
    pub words: String,
    /// Whether another phone than the one that got the message writes it.
    #[serde(default)]
    pub from_other: bool,
}

/// Messages, the newest first.
pub(crate) async fn list(
    app: &App,
    ctx: &Ctx<SmsRead>,
    page: PageRequest,
) -> Result<Page<SmsView>, Fault> {
    let (conn, limit) = (ctx.read(), page.limit());
    let rows = store::sms::list(&conn, before(&page)?, limit).await?;
    let page = Page::from_surplus(rows, limit, |row| row.id.to_string());
    let mut items = Vec::with_capacity(page.items.len());
    for row in page.items {
        items.push(view(app, row).await?);
    }
    Ok(Page {
        items,
        next_cursor: page.next_cursor,
    })
}

/// Replies from the phone that got a message, or from another one.
pub(crate) async fn reply(
    app: &App,
    ctx: &Ctx<SmsSimulate>,
    id: Uuid,
    body: ReplyBySms,
) -> Result<SmsView, Fault> {
    let simulator = simulator(app).ok_or(Error::SmsOff)?;
    let row = store::sms::find(&ctx.read(), id).await?;
    row.ok_or(Error::SmsNotFound)?;
    let key = id.to_string();
    let message = simulator.reply(&key, &body.words, body.from_other).await?;
    hear(app, ctx.store(), &message).await?;
    let row = store::sms::find(&ctx.read(), id).await?;
    view(app, row.ok_or(Error::SmsNotFound)?).await
}

fn simulator(app: &App) -> Option<&Simulator> {
    app.operator().and_then(|one| one.simulator.as_ref())
}

async fn view(app: &App, row: ShortMessage) -> Result<SmsView, Fault> {
    let on_phone = match simulator(app) {
        Some(simulator) => simulator.on_phone(&row.id.to_string()).await?,
        None => None,
    };
    Ok(SmsView {
        id: row.id,
        kind: row.kind,
        case_number: row.case_number,
        item_name: row.item_name,
        state: row.state,
        reason: row.reason,
        segments: row.segments,
        created_at: row.created_at,
        sent_at: row.sent_at,
        replied_at: row.replied_at,
        on_phone,
    })
}
