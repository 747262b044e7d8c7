//! Takes a list of penalties in: all of its rows or none, and on trial none.

use std::collections::BTreeSet;

use serde::Serialize;
use tb_contract::access::PenaltyWrite;
use tb_http::Ctx;
use tb_kernel::{Fault, FieldFault, office_time};
use tb_sheet::{Flaw, Unreadable, Workbook};
use utoipa::ToSchema;

use super::write::{Office, blank, fill};
use crate::app::App;
use crate::error::{Error, field};
use crate::model::penalty::{Judged, judge, sheet};
use crate::model::permit::publish_by;
use crate::store;

/// Most rows of a list.
const MOST_ROWS: usize = 2_000;
/// Most problems that are told.
const MOST_PROBLEMS: usize = 500;

/// What became of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct PenaltyImport {
    /// Rows of the file.
    pub rows: usize,
    /// Rows that are new.
    pub fresh: usize,
    /// Rows whose decision is entered already: they are left out.
    pub known: usize,
    /// Rows that were entered: all new ones, or none.
    pub imported: usize,
    /// What is wrong, by line.
    pub problems: Vec<PenaltyProblem>,
}

/// What is wrong with a row.
#[derive(Debug, Serialize, ToSchema)]
pub struct PenaltyProblem {
    /// Line of the file.
    pub line: u64,
    /// 行政处罚决定书文号
    pub document_number: String,
    /// Title of the column; empty where it is the row.
    pub column: String,
    /// What is wrong.
    pub message: String,
}

/// A row that may be entered.
struct Fresh {
    line: u64,
    judged: Judged,
}

/// Takes a list in; on trial it only says what would happen.
pub(crate) async fn import(
    app: &App,
    ctx: &Ctx<PenaltyWrite>,
    file: Vec<u8>,
    dry_run: bool,
) -> Result<PenaltyImport, Fault> {
    let office = Office::of(ctx).await?;
    let reading = tokio::task::spawn_blocking(move || tb_sheet::read(&file, &sheet::COLUMNS));
    // A reader that breaks over a file has been given a broken one.
    let list = reading.await.map_err(|_| Error::SheetUnreadable)?;
    let list = list.map_err(unreadable)?;
    if list.rows.len() > MOST_ROWS {
        return Err(Error::SheetTooLong { max: MOST_ROWS }.into());
    }
    let (rows, today) = (list.rows.len(), office_time::day(ctx.now()));
    let (mut fresh, mut problems, mut seen) = (Vec::new(), Vec::new(), BTreeSet::new());
    for row in list.rows {
        let cells = match &row.cells {
            Ok(cells) => cells,
            Err(flaw) => {
                problems.push(of_flaw(ctx, row.line, flaw));
                continue;
            }
        };
        let fields = sheet::fields(cells);
        let number = fields.document_number.clone();
        match judge(&fields, today) {
            Ok(_) if !seen.insert(number.trim().to_owned()) => {
                problems.push(problem(ctx, row.line, &number, &twice()));
            }
            Ok(judged) => fresh.push(Fresh {
                line: row.line,
                judged,
            }),
            Err(faults) => {
                let told = faults.iter();
                problems.extend(told.map(|fault| problem(ctx, row.line, &number, fault)));
            }
        }
    }
    let numbers = fresh
        .iter()
        .map(|one| one.judged.fields.document_number.clone());
    let known = store::penalty::known(&ctx.read(), &office.code, numbers).await?;
    let known: BTreeSet<String> = known.into_iter().map(|(number, _)| number).collect();
    fresh.retain(|one| !known.contains(&one.judged.fields.document_number));
    problems.sort_by_key(|one| one.line);
    fresh.sort_by_key(|one| one.line);
    let mut report = PenaltyImport {
        rows,
        fresh: fresh.len(),
        known: known.len(),
        imported: 0,
        problems,
    };
    if !dry_run && report.problems.is_empty() {
        report.imported = enter_all(app, ctx, &office, fresh).await?;
    }
    report.problems.truncate(MOST_PROBLEMS);
    Ok(report)
}

async fn enter_all(
    app: &App,
    ctx: &Ctx<PenaltyWrite>,
    office: &Office,
    fresh: Vec<Fresh>,
) -> Result<usize, Fault> {
    let calendar = app.calendar(&ctx.read()).await?;
    let many = fresh.len();
    let mut tx = ctx.begin().await?;
    for Fresh { judged, .. } in fresh {
        let due_on = publish_by(&calendar, judged.decided_on, &office.region);
        let mut row = blank(&tx, ctx, office, due_on)?;
        fill(&tx, &mut row, judged)?;
        store::penalty::insert(tx.conn(), row).await?;
    }
    tx.done("insight.penalty.imported", "department", &office.code);
    tx.commit(&many).await?;
    Ok(many)
}

/// The workbook to fill in.
pub(crate) async fn template(ctx: &Ctx<PenaltyWrite>) -> Result<Vec<u8>, Fault> {
    let written_at = ctx.now();
    let writing = tokio::task::spawn_blocking(move || {
        tb_sheet::workbook(&Workbook {
            title: sheet::TITLE,
            columns: &sheet::COLUMNS,
            rows: &[],
            remarks: &sheet::REMARKS,
            written_at,
        })
    });
    let file = writing.await.map_err(Fault::internal)?;
    file.map_err(Fault::internal)
}

fn unreadable(why: Unreadable) -> Error {
    match why {
        Unreadable::Columns(columns) => Error::ColumnsMissing {
            columns: columns.join("、"),
        },
        Unreadable::TooLarge { max } => Error::SheetTooLong { max },
        Unreadable::Damaged(_) | Unreadable::Locked | Unreadable::OldKind => Error::SheetUnreadable,
    }
}

fn twice() -> FieldFault {
    fault("document_number", field::TWICE, &[])
}

fn of_flaw(ctx: &Ctx<PenaltyWrite>, line: u64, flaw: &Flaw) -> PenaltyProblem {
    let cell = match flaw {
        Flaw::Rounded { cell, .. }
        | Flaw::Converted { cell }
        | Flaw::Formula { cell }
        | Flaw::Error { cell }
        | Flaw::Merged { cell } => cell.as_str(),
        Flaw::Shape { .. } | Flaw::Markup => "",
    };
    problem(
        ctx,
        line,
        "",
        &fault("", field::ROW_FLAW, &[("cell", cell)]),
    )
}

fn fault(name: &str, code: &str, args: &[(&str, &str)]) -> FieldFault {
    let args = args.iter();
    FieldFault {
        path: format!("/fields/{name}"),
        code: code.to_owned(),
        args: args
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect(),
        message: String::new(),
    }
}

fn problem(ctx: &Ctx<PenaltyWrite>, line: u64, number: &str, fault: &FieldFault) -> PenaltyProblem {
    let name = fault.path.rsplit('/').next().unwrap_or_default();
    PenaltyProblem {
        line,
        document_number: number.to_owned(),
        column: sheet::title(name).to_owned(),
        message: ctx
            .edge()
            .texts()
            .text(ctx.locale(), &fault.code, &fault.args),
    }
}
