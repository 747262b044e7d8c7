//! What people say of an office as a whole, without a case (综合点评): a level a day, and words that are
//! read before the public sees them.

use std::cmp::Reverse;

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use tb_contract::access::{AppraisalGive, RatesRead, WordsReview};
use tb_contract::rating::MAX_WORDS;
use tb_http::Ctx;
use tb_kernel::{Fault, Page, PageRequest, Scope, office_time, per_mille};
use tb_storage::Conn;
use utoipa::ToSchema;
use uuid::Uuid;

use super::words::{ReviewWords, ReviewedWords, before, reviewed};
use crate::error::Error;
use crate::model::words::masked;
use crate::sealed::{APPRAISAL, APPRAISAL_PUBLISHED};
use crate::store;
use crate::store::appraisal::Appraisal;
use crate::store::occasion::{NONE, PUBLISHED, WAITING};

/// An appraisal.
#[derive(Debug, Deserialize, ToSchema)]
pub struct GiveAppraisal {
    /// Credit code of the office.
    pub department_code: String,
    /// 5 very satisfied … 1 very dissatisfied.
    pub level: u8,
    /// Words.
    #[serde(default)]
    pub words: String,
}

/// Thanks.
#[derive(Debug, Serialize, ToSchema)]
pub struct AppraisalThanks {
    /// The level taken.
    pub level: u8,
    /// Whether words wait for a reader.
    pub words_wait: bool,
}

/// How offices are appraised as a whole this year.
#[derive(Debug, Serialize, ToSchema)]
pub struct AppraisalRow {
    /// Credit code of the office.
    pub code: String,
    /// Office.
    pub name: String,
    /// Appraisals.
    pub given: i64,
    /// Good ÷ given, per mille.
    pub good: Option<i64>,
}

/// Words of an appraisal, as somebody has read and masked them.
#[derive(Debug, Serialize, ToSchema)]
pub struct PublicAppraisal {
    /// Id.
    pub id: Uuid,
    /// Office.
    pub office: String,
    /// 5 to 1.
    pub level: i32,
    /// Words.
    pub words: String,
    /// Day.
    pub on_day: NaiveDate,
}

/// Words of an appraisal that wait for a reader.
#[derive(Debug, Serialize, ToSchema)]
pub struct WaitingAppraisal {
    /// Id.
    pub id: Uuid,
    /// Office.
    pub office: String,
    /// 5 to 1.
    pub level: i32,
    /// As written.
    pub words: String,
    /// With long numbers masked, to be published or changed.
    pub proposal: String,
    /// When.
    pub given_at: DateTime<Utc>,
}

/// Takes an appraisal, one a person, office and day.
pub(crate) async fn give(
    ctx: &Ctx<AppraisalGive>,
    body: GiveAppraisal,
) -> Result<AppraisalThanks, Fault> {
    if !(1..=5).contains(&body.level) {
        return Err(Error::LevelAstray.into());
    }
    let words = body.words.trim();
    if words.chars().count() > MAX_WORDS {
        return Err(Error::TextTooLong { max: MAX_WORDS }.into());
    }
    let mut tx = ctx.begin().await?;
    let office = store::copy::Departments::by_code(tx.conn(), &body.department_code).await?;
    let office = office.ok_or(Error::OfficeUnknown)?;
    let id = tx.new_id();
    let comment = (!words.is_empty()).then(|| tx.sealer().seal_text(APPRAISAL, id, words));
    let state = if words.is_empty() { NONE } else { WAITING };
    let row = Appraisal {
        id,
        account_id: ctx.actor().id.0,
        department_code: office.code,
        region: office.region,
        on_day: office_time::day(tx.now()),
        level: body.level.into(),
        comment: comment.transpose()?,
        words_state: state.to_owned(),
        published: None,
        given_at: tx.now(),
        reviewed_at: None,
    };
    if !store::appraisal::insert(tx.conn(), row).await? {
        return Err(Error::AppraisedToday.into());
    }
    tx.done("interaction.appraisal.given", "appraisal", id);
    let answer = AppraisalThanks {
        level: body.level,
        words_wait: !words.is_empty(),
    };
    tx.commit(&answer).await?;
    Ok(answer)
}

/// Offices as they were appraised this year, most appraised first.
pub(crate) async fn rates(ctx: &Ctx<RatesRead>) -> Result<Vec<AppraisalRow>, Fault> {
    let (conn, today) = (ctx.read(), office_time::day(ctx.now()));
    let from = NaiveDate::from_ymd_opt(today.year(), 1, 1).unwrap_or(today);
    let counts = store::appraisal::counts(&conn, from).await?;
    let codes: Vec<String> = counts.iter().map(|(code, _, _)| code.clone()).collect();
    let mut names = store::copy::Departments::names(&conn, codes).await?;
    let rows = counts.into_iter().map(|(code, given, good)| AppraisalRow {
        name: names.remove(&code).unwrap_or_default(),
        good: per_mille(good, given),
        code,
        given,
    });
    let mut rows: Vec<_> = rows.collect();
    rows.sort_by_key(|row| Reverse(row.given));
    Ok(rows)
}

/// Words for everybody, the newest first.
pub(crate) async fn published(
    ctx: &Ctx<RatesRead>,
    page: PageRequest,
) -> Result<Page<PublicAppraisal>, Fault> {
    let (conn, sealer) = (ctx.read(), ctx.store().sealer());
    let page = some(&conn, &Scope::Everything, PUBLISHED, &page).await?;
    let mut items = Vec::with_capacity(page.items.len());
    for (row, office) in page.items {
        let words = row.published.as_ref();
        let words = words.map(|sealed| sealer.open_text(APPRAISAL_PUBLISHED, row.id, sealed));
        items.push(PublicAppraisal {
            id: row.id,
            office,
            level: row.level,
            words: words.transpose()?.unwrap_or_default(),
            on_day: row.on_day,
        });
    }
    Ok(Page {
        items,
        next_cursor: page.next_cursor,
    })
}

/// Words that wait, the newest first.
pub(crate) async fn waiting(
    ctx: &Ctx<WordsReview>,
    page: PageRequest,
) -> Result<Page<WaitingAppraisal>, Fault> {
    let (conn, sealer) = (ctx.read(), ctx.store().sealer());
    let page = some(&conn, ctx.scope(), WAITING, &page).await?;
    if !page.items.is_empty() {
        ctx.record_read("appraisal_words", page.items.len()).await?;
    }
    let mut items = Vec::with_capacity(page.items.len());
    for (row, office) in page.items {
        let words = row.comment.as_ref();
        let words = words.map(|sealed| sealer.open_text(APPRAISAL, row.id, sealed));
        let words = words.transpose()?.unwrap_or_default();
        items.push(WaitingAppraisal {
            id: row.id,
            office,
            level: row.level,
            proposal: masked(&words),
            words,
            given_at: row.given_at,
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
    let row = store::appraisal::find_locked(tx.conn(), ctx.scope(), id).await?;
    let mut row = row
        .filter(|row| row.words_state == WAITING)
        .ok_or(Error::NoWords)?;
    let (state, words) = reviewed(&body)?;
    let sealed = words.map(|words| tx.sealer().seal_text(APPRAISAL_PUBLISHED, id, &words));
    row.published = sealed.transpose()?;
    state.clone_into(&mut row.words_state);
    row.reviewed_at = Some(tx.now());
    store::appraisal::save(tx.conn(), &row).await?;
    tx.done("interaction.words.reviewed", "appraisal", id);
    let answer = ReviewedWords { id, state };
    tx.commit(&answer).await?;
    Ok(answer)
}

/// Rows in a state with the names of their offices.
async fn some(
    conn: &Conn,
    scope: &Scope,
    state: &str,
    page: &PageRequest,
) -> Result<Page<(Appraisal, String)>, Fault> {
    let (place, limit) = (before(page)?, page.limit());
    let rows = store::appraisal::words(conn, scope, state, place, limit).await?;
    let page = Page::from_surplus(rows, limit, |row| row.id.to_string());
    let codes = page.items.iter().map(|row| row.department_code.clone());
    let names = store::copy::Departments::names(conn, codes.collect::<Vec<_>>()).await?;
    let items = page.items.into_iter().map(|row| {
        let office = names.get(&row.department_code).cloned();
        (row, office.unwrap_or_default())
    });
    Ok(Page {
        items: items.collect(),
        next_cursor: page.next_cursor,
    })
}
