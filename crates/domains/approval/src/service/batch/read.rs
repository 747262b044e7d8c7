//! Reading batches: one's own, their rows, the whole result as a file.

use std::collections::BTreeMap;

use tb_contract::access::CaseBatch;
use tb_http::{Ctx, FileAnswer};
use tb_kernel::{Fault, Locale, Page, PageRequest};
use uuid::Uuid;

use crate::api::batch_body::{BatchRowView, BatchView, RowQuery};
use crate::app::App;
use crate::entity::{batch, batch_row};
use crate::error::Error;
use crate::model::batch::{BatchSource, BatchState, BatchWords, RowState};
use crate::model::verb::Verb;
use crate::model::words::Word;
use crate::sealed::BATCH_WORDS;
use crate::service::said::in_words;
use crate::store;

/// Rows of the file that one query reads.
const READ_AT_ONCE: u64 = 1_000;

type Counts = BTreeMap<Uuid, BTreeMap<String, i64>>;

/// A batch as its owner sees it.
pub(super) fn view(app: &App, batch: batch::Model, mut counts: Counts) -> Result<BatchView, Fault> {
    let unknown = || Fault::internal("approval_batch holds an unknown word");
    let source = BatchSource::parse(&batch.source).ok_or_else(unknown)?;
    let words: BatchWords = app
        .store()
        .sealer()
        .open_json(BATCH_WORDS, batch.id, &batch.words)?;
    Ok(BatchView {
        id: batch.id,
        command: Verb::parse(&batch.command).ok_or_else(unknown)?,
        words,
        source,
        encoding: batch.encoding,
        state: BatchState::parse(&batch.state).ok_or_else(unknown)?,
        total: batch.total,
        counts: counts.remove(&batch.id).unwrap_or_default(),
        window_seconds: if source.waits() {
            app.settings().batch_window_seconds
        } else {
            0
        },
        created_at: batch.created_at,
        starts_at: batch.starts_at,
        started_at: batch.started_at,
        ended_at: batch.ended_at,
    })
}

/// The caller's batches, the newest first.
pub(crate) async fn list(
    app: &App,
    ctx: &Ctx<CaseBatch>,
    query: &PageRequest,
) -> Result<Page<BatchView>, Fault> {
    let before = query
        .cursor
        .as_deref()
        .filter(|cursor| !cursor.is_empty())
        .map(|cursor| cursor.parse::<Uuid>().map_err(|_| Error::WrongCursor))
        .transpose()?;
    let (conn, limit) = (ctx.read(), query.limit());
    let found = store::batch::list(&conn, ctx.scope(), ctx.actor().id, before, limit).await?;
    let page = Page::from_surplus(found, limit, |batch| batch.id.to_string());
    let ids: Vec<Uuid> = page.items.iter().map(|batch| batch.id).collect();
    let mut counts = store::batch::counts(&conn, &ids).await?;
    let mut items = Vec::with_capacity(page.items.len());
    for batch in page.items {
        let own = counts.remove_entry(&batch.id).into_iter().collect();
        items.push(view(app, batch, own)?);
    }
    Ok(Page {
        items,
        next_cursor: page.next_cursor,
    })
}

/// One batch.
pub(crate) async fn show(app: &App, ctx: &Ctx<CaseBatch>, id: Uuid) -> Result<BatchView, Fault> {
    let batch = own(ctx, id).await?;
    let counts = store::batch::counts(&ctx.read(), &[id]).await?;
    view(app, batch, counts)
}

async fn own(ctx: &Ctx<CaseBatch>, id: Uuid) -> Result<batch::Model, Fault> {
    let found = store::batch::find(&ctx.read(), ctx.scope(), ctx.actor().id, id).await?;
    Ok(found.ok_or(Error::BatchNotFound)?)
}

/// Rows of a batch.
pub(crate) async fn rows(
    ctx: &Ctx<CaseBatch>,
    id: Uuid,
    query: &RowQuery,
) -> Result<Page<BatchRowView>, Fault> {
    own(ctx, id).await?;
    let after = match query.cursor.as_deref().filter(|cursor| !cursor.is_empty()) {
        Some(cursor) => cursor.parse().map_err(|_| Error::WrongCursor)?,
        None => 0,
    };
    let words = query.state.as_deref().unwrap_or_default().split(',');
    let states: Result<Vec<RowState>, Error> = words
        .filter(|word| !word.is_empty())
        .map(|word| {
            RowState::parse(word).ok_or_else(|| Error::UnknownFilter {
                name: "state".to_owned(),
            })
        })
        .collect();
    let limit = PageRequest {
        cursor: None,
        limit: query.limit,
    }
    .limit();
    let found = store::batch::rows(&ctx.read(), id, &states?, after, limit + 1).await?;
    let page = Page::from_surplus(found, limit, |row| row.seq.to_string());
    let mut items = Vec::with_capacity(page.items.len());
    for row in page.items {
        items.push(row_view(ctx, row)?);
    }
    Ok(Page {
        items,
        next_cursor: page.next_cursor,
    })
}

fn row_view(ctx: &Ctx<CaseBatch>, row: batch_row::Model) -> Result<BatchRowView, Fault> {
    let reason = in_words(ctx, row.code.as_deref(), &row.args)?;
    Ok(BatchRowView {
        seq: row.seq,
        line: row.line,
        number: row.number,
        case_id: row.case_id,
        item_name: row.item_name,
        state: RowState::parse(&row.state)
            .ok_or_else(|| Fault::internal("approval_batch_row holds an unknown word"))?,
        code: row.code,
        reason,
    })
}

/// All rows as a CSV file: UTF-8 with a byte order mark, since spreadsheets want one.
pub(crate) async fn result(ctx: &Ctx<CaseBatch>, id: Uuid) -> Result<FileAnswer, Fault> {
    own(ctx, id).await?;
    let conn = ctx.read();
    let is_chinese = ctx.locale() == Locale::Chinese;
    let mut text = String::from('\u{feff}');
    text.push_str(if is_chinese {
        "序号,文件行号,办件编号,事项,结果,代码,原因\r\n"
    } else {
        "No.,Line,Case number,Item,Result,Code,Reason\r\n"
    });
    let mut after = 0;
    loop {
        let some = store::batch::rows(&conn, id, &[], after, READ_AT_ONCE).await?;
        let Some(last) = some.last() else { break };
        after = last.seq;
        for row in some {
            let row = row_view(ctx, row)?;
            let line = row.line.map(|line| line.to_string()).unwrap_or_default();
            let result = result_word(row.state, is_chinese);
            // Apostrophes keep spreadsheets from making powers of ten out of numbers.
            let number = if row.number.is_empty() {
                String::new()
            } else {
                format!("'{}", row.number)
            };
            let (code, reason) = (row.code.unwrap_or_default(), row.reason.unwrap_or_default());
            let fields = [
                &row.seq.to_string(),
                &line,
                &number,
                &row.item_name,
                result,
                &code,
                &reason,
            ];
            text.push_str(&fields.map(quoted).join(","));
            text.push_str("\r\n");
        }
    }
    Ok(FileAnswer {
        name: format!("batch-{id}.csv"),
        media_type: "text/csv; charset=utf-8".to_owned(),
        content: text.into_bytes().into(),
    })
}

fn quoted(field: &str) -> String {
    // A field that begins like a formula is not to be calculated.
    let guard = if field.starts_with(['=', '+', '-', '@']) {
        "'"
    } else {
        ""
    };
    format!("\"{guard}{}\"", field.replace('"', "\"\""))
}

fn result_word(state: RowState, is_chinese: bool) -> &'static str {
    match (state, is_chinese) {
        (RowState::Ready, true) => "待办理",
        (RowState::Barred, true) => "预检未通过",
        (RowState::Done, true) => "已办理",
        (RowState::Refused, true) => "未办成",
        (RowState::Skipped, true) => "已跳过",
        (RowState::Ready, false) => "waiting",
        (RowState::Barred, false) => "not passed",
        (RowState::Done, false) => "done",
        (RowState::Refused, false) => "refused",
        (RowState::Skipped, false) => "skipped",
    }
}
