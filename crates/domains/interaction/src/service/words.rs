//! Words of citizens are read before the public sees them.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use tb_contract::access::WordsReview;
use tb_http::Ctx;
use tb_kernel::{Fault, Page, PageRequest};
use utoipa::ToSchema;
use uuid::Uuid;

use super::act::required;
use crate::error::Error;
use crate::model::words::{masked, tell_numbers};
use crate::sealed::{COMMENT, PUBLISHED};
use crate::store;
use crate::store::occasion;

/// Words that wait for a reader.
#[derive(Debug, Serialize, ToSchema)]
pub struct WaitingWords {
    /// Id.
    pub id: Uuid,
    /// Item.
    pub item_name: String,
    /// Office.
    pub office: String,
    /// 5 to 1.
    pub level: i32,
    /// As written.
    pub words: String,
    /// With long numbers masked, to be published or changed.
    pub proposal: String,
    /// When.
    pub rated_at: DateTime<Utc>,
}

/// What the reader says.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ReviewWords {
    /// Whether the public sees them.
    pub publish: bool,
    /// The words as the public sees them: without names and numbers.
    #[serde(default)]
    pub words: String,
}

/// How it stands after the review.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReviewedWords {
    /// Id.
    pub id: Uuid,
    /// `published` or `withheld`.
    pub state: &'static str,
}

/// Words that wait, the newest first.
pub(crate) async fn waiting(
    ctx: &Ctx<WordsReview>,
    page: PageRequest,
) -> Result<Page<WaitingWords>, Fault> {
    let (conn, limit) = (ctx.read(), page.limit());
    let place = before(&page)?;
    let rows = occasion::words(&conn, ctx.scope(), occasion::WAITING, place, limit).await?;
    let page = Page::from_surplus(rows, limit, |row| row.id.to_string());
    if !page.items.is_empty() {
        ctx.record_read("rating_words", page.items.len()).await?;
    }
    let codes = page.items.iter().map(|row| row.department_code.clone());
    let names = store::copy::Departments::names(&conn, codes.collect::<Vec<_>>()).await?;
    let mut items = Vec::with_capacity(page.items.len());
    for row in page.items {
        let words = match &row.comment {
            Some(sealed) => ctx.store().sealer().open_text(COMMENT, row.id, sealed)?,
            None => String::new(),
        };
        items.push(WaitingWords {
            id: row.id,
            office: names.get(&row.department_code).cloned().unwrap_or_default(),
            item_name: row.item_name,
            level: row.level.unwrap_or_default(),
            proposal: masked(&words),
            words,
            rated_at: row.rated_at.unwrap_or(row.invited_at),
        });
    }
    Ok(Page {
        items,
        next_cursor: page.next_cursor,
    })
}

/// Publishes words or withholds them.
pub(crate) async fn review(
    ctx: &Ctx<WordsReview>,
    id: Uuid,
    body: ReviewWords,
) -> Result<ReviewedWords, Fault> {
    let mut tx = ctx.begin().await?;
    let row = occasion::find_locked(tx.conn(), ctx.scope(), id).await?;
    let mut row = row
        .filter(|row| row.words_state == occasion::WAITING)
        .ok_or(Error::NoWords)?;
    let (state, words) = reviewed(&body)?;
    let sealed = words.map(|words| tx.sealer().seal_text(PUBLISHED, row.id, &words));
    row.published = sealed.transpose()?;
    state.clone_into(&mut row.words_state);
    row.reviewed_at = Some(tx.now());
    occasion::save(tx.conn(), &row).await?;
    tx.done("interaction.words.reviewed", "rating", id);
    let answer = ReviewedWords { id, state };
    tx.commit(&answer).await?;
    Ok(answer)
}

/// What becomes of words: the state, and the words that the public sees.
pub(super) fn reviewed(body: &ReviewWords) -> Result<(&'static str, Option<String>), Error> {
    if !body.publish {
        return Ok((occasion::WITHHELD, None));
    }
    let words = required(&body.words, "words")?;
    if tell_numbers(&words) {
        return Err(Error::WordsUnmasked);
    }
    Ok((occasion::PUBLISHED, Some(words)))
}

/// Where a list by ids goes on.
pub(crate) fn before(page: &PageRequest) -> Result<Option<Uuid>, Error> {
    let cursor = page.cursor.as_deref().filter(|cursor| !cursor.is_empty());
    cursor
        .map(|cursor| cursor.parse().map_err(|_| Error::WrongCursor))
        .transpose()
}
