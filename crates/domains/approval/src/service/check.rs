//! The desk's list of promises to be checked.

use tb_contract::access::CaseRead;
use tb_http::Ctx;
use tb_kernel::identity_number::mask_name;
use tb_kernel::{Fault, Page, PageRequest};

use super::list::place;
use crate::api::commitment::{CheckQuery, CheckRow};
use crate::app::App;
use crate::entity::case;
use crate::error::Error;
use crate::model::commitment::{CheckStage, CommitmentKind};
use crate::model::event::office_day;
use crate::model::light::{far_away, last_day};
use crate::model::words::Word;
use crate::sealed::NAME;
use crate::store;
use crate::store::check::Filter;

/// Open checks within reach, the most urgent first.
pub(crate) async fn checks(
    app: &App,
    ctx: &Ctx<CaseRead>,
    query: CheckQuery,
) -> Result<Page<CheckRow>, Fault> {
    let after = query
        .cursor
        .as_deref()
        .filter(|cursor| !cursor.is_empty())
        .map(place)
        .transpose()?;
    let limit = PageRequest {
        cursor: None,
        limit: query.limit,
    }
    .limit();
    let stage = match query.stage.as_deref().filter(|word| !word.is_empty()) {
        Some(word) => Some(
            CheckStage::parse(word)
                .ok_or(Error::UnknownFilter {
                    name: "stage".to_owned(),
                })?
                .as_str(),
        ),
        None => None,
    };
    let filter = Filter {
        stage,
        late_at: query.late.then(|| ctx.now()),
    };
    let conn = ctx.read();
    let rows = store::check::list(&conn, ctx.scope(), filter, after, limit).await?;
    let page = Page::from_surplus(rows, limit, |row: &case::Model| {
        let until = row.check_until.unwrap_or_else(far_away);
        format!("{}.{}", until.timestamp_micros(), row.id)
    });
    let mut items = Vec::with_capacity(page.items.len());
    for row in page.items {
        items.push(check_row(app, ctx, row).await?);
    }
    Ok(Page {
        items,
        next_cursor: page.next_cursor,
    })
}

async fn check_row(app: &App, ctx: &Ctx<CaseRead>, row: case::Model) -> Result<CheckRow, Fault> {
    let conn = ctx.read();
    let name = app
        .store()
        .sealer()
        .open_text(NAME, row.id, &row.applicant_name)?;
    let until = row.check_until.filter(|until| *until < far_away());
    let due = until.map(last_day);
    let calendar = app.calendar(&conn, &row.calendar_version).await?;
    let remaining = due.zip(calendar).and_then(|(due, calendar)| {
        calendar
            .remaining(office_day(ctx.now()), due, &[], Some(&row.region))
            .ok()
    });
    let item = app.item(&conn, &row.item_code, row.item_version).await?;
    let stage = row.check_stage.as_deref().and_then(CheckStage::parse);
    let kind = row.commitment.as_deref().and_then(CommitmentKind::parse);
    Ok(CheckRow {
        id: row.id,
        number: row.number,
        item_name: row.item_name,
        applicant: if row.organisation {
            name
        } else {
            mask_name(&name)
        },
        kind: kind.unwrap_or(CommitmentKind::Materials),
        stage: stage.unwrap_or(CheckStage::Due),
        method: item
            .and_then(|item| item.commitment.as_ref().map(|rule| rule.method.clone()))
            .unwrap_or_default(),
        due,
        remaining_working_days: remaining,
        late: until.is_some_and(|until| until <= ctx.now()),
        decided_at: row.decided_at,
    })
}
