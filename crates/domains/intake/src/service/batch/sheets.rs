//! The files of a batch: the empty workbook, what is wrong with the rows, what became of them.

use bytes::Bytes;
use serde::Deserialize;
use tb_contract::access::ApplicationRead;
use tb_contract::events::MOST_BATCH_ROWS;
use tb_http::Ctx;
use tb_kernel::Fault;
use tb_sheet::{Column, Kind, Workbook};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::read::applications;
use super::trial::no_sheet;
use super::{item_of, own};
use crate::app::App;
use crate::model::batch::BatchRowState;
use crate::model::batch_sheet::{REMARKS, Sheet, TITLE};
use crate::sealed;
use crate::sentence::{Args, standing};
use crate::service::edit::document;
use crate::store;
use crate::store::batch::Rows;
use crate::view::batch::{faults, person, row_state};
use crate::view::speaker;

/// The form of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SheetFormat {
    /// For people.
    #[default]
    Xlsx,
    /// For other systems.
    Csv,
}

/// How a file is wanted.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SheetQuery {
    /// `xlsx` (by default) or `csv`.
    #[serde(default)]
    #[param(inline)]
    pub format: SheetFormat,
}

const fn column(name: &'static str, title: &'static str, kind: Kind<'static>) -> Column<'static> {
    Column {
        name,
        title,
        kind,
        required: false,
        about: "",
    }
}

const REPORT: [Column<'static>; 4] = [
    column("line", "文件行号", Kind::Number),
    column("name", "姓名", Kind::Text),
    column("column", "列", Kind::Text),
    column("problem", "问题", Kind::Text),
];

const RESULTS: [Column<'static>; 6] = [
    column("row", "序号", Kind::Number),
    column("name", "姓名", Kind::Text),
    column("citizen_id", "公民身份号码", Kind::Code),
    column("case_number", "办件编号", Kind::Code),
    column("state", "办理状态", Kind::Text),
    column("note", "说明", Kind::Text),
];

/// The workbook to fill in.
pub(crate) async fn template(
    app: &App,
    ctx: &Ctx<ApplicationRead>,
    id: Uuid,
) -> Result<Bytes, Fault> {
    let conn = ctx.read();
    let batch = own(&conn, ctx, id).await?;
    let item = item_of(app, &conn, &batch).await?;
    let written_at = ctx.now();
    let writing = tokio::task::spawn_blocking(move || {
        let sheet = Sheet::of(document(&item)?).ok_or_else(no_sheet)?;
        let list = Workbook {
            title: TITLE,
            columns: &sheet.columns(),
            rows: &[],
            remarks: &REMARKS,
            written_at,
        };
        let file = tb_sheet::workbook(&list).map_err(Fault::internal)?;
        Ok::<_, Fault>(file.into())
    });
    writing.await.map_err(Fault::internal)?
}

/// What is wrong, row by row and column by column.
pub(crate) async fn report(
    app: &App,
    ctx: &Ctx<ApplicationRead>,
    id: Uuid,
    format: SheetFormat,
) -> Result<Bytes, Fault> {
    let conn = ctx.read();
    let batch = own(&conn, ctx, id).await?;
    let item = item_of(app, &conn, &batch).await?;
    let sheet = Sheet::of(document(&item)?).ok_or_else(no_sheet)?;
    let wrong = Rows {
        states: &[BatchRowState::Faulty, BatchRowState::Refused],
        ..Rows::default()
    };
    let rows = store::batch::rows(&conn, id, wrong, u64::from(MOST_BATCH_ROWS)).await?;
    let mut cells = Vec::new();
    for row in &rows {
        let name = person(ctx, row)?.masked_name();
        for fault in faults(ctx, &sheet, row)? {
            let line = row.line.to_string();
            cells.push(vec![line, name.clone(), fault.column, fault.message]);
        }
    }
    written(ctx, format, "核对结果", &REPORT, cells).await
}

/// What became of the rows.
pub(crate) async fn results(
    app: &App,
    ctx: &Ctx<ApplicationRead>,
    id: Uuid,
    format: SheetFormat,
) -> Result<Bytes, Fault> {
    let conn = ctx.read();
    let batch = own(&conn, ctx, id).await?;
    let item = item_of(app, &conn, &batch).await?;
    let sheet = Sheet::of(document(&item)?).ok_or_else(no_sheet)?;
    let most = u64::from(MOST_BATCH_ROWS);
    let rows = store::batch::rows(&conn, id, Rows::default(), most).await?;
    let made = applications(ctx, &rows).await?;
    let speaker = speaker(ctx);
    let mut cells = Vec::with_capacity(rows.len());
    for row in &rows {
        let person = person(ctx, row)?;
        let application = row.application_id.and_then(|id| made.get(&id));
        let (key, words) = if let Some(one) = application {
            standing(sealed::state(one)?, one)
        } else {
            let state = row_state(row)?.as_str();
            (format!("intake.batch_row.{state}"), Args::new())
        };
        let notes = faults(ctx, &sheet, row)?.into_iter();
        let notes: Vec<_> = notes
            .map(|one| format!("{}{}", one.column, one.message))
            .collect();
        cells.push(vec![
            row.seq.to_string(),
            person.masked_name(),
            person.masked_id(),
            application
                .and_then(|one| one.number.clone())
                .unwrap_or_default(),
            speaker.text(&key, &words),
            notes.join("；"),
        ]);
    }
    written(ctx, format, "批量申办结果", &RESULTS, cells).await
}

async fn written<P>(
    ctx: &Ctx<P>,
    format: SheetFormat,
    title: &'static str,
    columns: &'static [Column<'static>],
    rows: Vec<Vec<String>>,
) -> Result<Bytes, Fault> {
    if format == SheetFormat::Csv {
        let file = tb_sheet::csv(columns, &rows).map_err(Fault::internal)?;
        return Ok(file.into());
    }
    let written_at = ctx.now();
    let writing = tokio::task::spawn_blocking(move || {
        tb_sheet::workbook(&Workbook {
            title,
            columns,
            rows: &rows,
            remarks: &[],
            written_at,
        })
    });
    let file = writing.await.map_err(Fault::internal)?;
    Ok(file.map_err(Fault::internal)?.into())
}
