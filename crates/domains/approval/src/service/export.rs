//! Exchange records on their way out of the house: one case, or all that a filter of the list finds.
//! Both name a reason, and every case leaves an audit row of its own before it goes out.

use std::collections::HashMap;

use futures::stream::{self, Stream, StreamExt};
use tb_contract::access::{CaseExport, Permission};
use tb_http::Ctx;
use tb_kernel::{CaseId, ErrorKind, Fault, Scope};
use tb_storage::{AuditEntry, Conn, Origin};
use uuid::Uuid;

use super::list::filter;
use super::setting::setting;
use crate::api::exchange::{ExportCase, ExportCases};
use crate::app::App;
use crate::entity::case;
use crate::error::Error;
use crate::exchange::{CaseRecords, Format};
use crate::sealed;
use crate::store::{self, event::CaseEvent, paper::PaperLine};
use crate::view::exchange::{Source, records};

/// The most cases of one file.
pub(crate) const MOST_CASES: usize = 10_000;
/// Cases that are read, recorded and written at once.
const AT_ONCE: usize = 100;
/// The shortest and the longest reason, in characters.
const LEAST_REASON: usize = 5;
const MOST_REASON: usize = 500;

/// A reason that says something.
pub(super) fn reason(given: &str) -> Result<String, Fault> {
    let given = given.trim();
    match given.chars().count() {
        n if n < LEAST_REASON => Err(Error::ExportReasonMissing {
            least: LEAST_REASON,
        }
        .into()),
        n if n > MOST_REASON => Err(Error::TextTooLong { max: MOST_REASON }.into()),
        _ => Ok(given.to_owned()),
    }
}

/// The file of one case: its name and its text.
pub(crate) async fn one(
    app: &App,
    ctx: &Ctx<CaseExport>,
    id: CaseId,
    body: ExportCase,
) -> Result<(String, String), Fault> {
    let conn = ctx.read();
    let row = store::case::find(&conn, ctx.scope(), id.0)
        .await?
        .ok_or(Error::CaseNotFound)?;
    let reason = reason(&body.reason)?;
    let history = store::event::of_case(&conn, app.store().sealer(), row.id).await?;
    let papers = store::paper::of_case(&conn, row.id).await?;
    let case = read(app, &conn, &row, &history, &papers).await?;
    let entry = entry(row.id, &reason);
    ctx.store().record_reads(ctx.origin(), vec![entry]).await?;
    let name = format!("{}.{}", row.number, body.format.ending());
    Ok((name, body.format.file(&[case])))
}

fn entry(id: Uuid, reason: &str) -> AuditEntry {
    AuditEntry {
        action: CaseExport::KEY,
        object_kind: "case",
        object_id: id.to_string(),
        result: "read",
        reason: Some(reason.to_owned()),
    }
}

/// The records of one case.
async fn read(
    app: &App,
    conn: &Conn,
    row: &case::Model,
    history: &[CaseEvent],
    papers: &[PaperLine],
) -> Result<CaseRecords, Fault> {
    let sealer = app.store().sealer();
    let setting = setting(app, conn, row).await?;
    Ok(records(&Source {
        row,
        setting: &setting,
        applicant: sealed::applicant(sealer, row)?,
        dossier: sealed::dossier(sealer, row)?,
        files: sealed::materials(sealer, row)?,
        history,
        papers,
    }))
}

/// A file under way: which cases are still to come, and what was written.
struct Export {
    app: App,
    scope: Scope,
    origin: Origin,
    format: Format,
    reason: String,
    /// Chosen before the first goes out, so that nobody's work meanwhile makes a case come twice.
    ids: std::vec::IntoIter<Uuid>,
    written: usize,
    failed: Vec<String>,
}

/// Pieces of a file.
pub(crate) type Pieces = stream::BoxStream<'static, Result<String, Fault>>;

/// The file of all cases that a filter finds, piece by piece: what is in memory at once does not
/// depend on how many there are. The first piece is there before the answer begins.
pub(crate) async fn many(
    app: &App,
    ctx: &Ctx<CaseExport>,
    body: ExportCases,
) -> Result<(String, Pieces), Fault> {
    let reason = reason(&body.reason)?;
    let filter = filter(&body.filter.into(), ctx.actor())?;
    let limit = MOST_CASES as u64 + 1;
    let sealer = app.store().sealer();
    let ids = store::list::ids(&ctx.read(), sealer, ctx.scope(), &filter, ctx.now(), limit).await?;
    if ids.len() > MOST_CASES {
        return Err(Error::ExportTooLarge { max: MOST_CASES }.into());
    }
    if ids.is_empty() {
        return Err(Error::ExportEmpty.into());
    }
    let day = tb_kernel::office_time::day(ctx.now()).format("%Y%m%d");
    let name = format!("exchange-{day}.{}", body.format.ending());
    let mut export = Export {
        app: app.clone(),
        scope: ctx.scope().clone(),
        origin: ctx.origin(),
        format: body.format,
        reason,
        ids: ids.into_iter(),
        written: 0,
        failed: Vec::new(),
    };
    let first = export.format.open() + &export.next().await?.unwrap_or_default();
    Ok((name, pieces(first, export).boxed()))
}

fn pieces(
    first: String,
    export: Export,
) -> impl Stream<Item = Result<String, Fault>> + Send + 'static {
    let rest = stream::unfold(Some(export), async |export| {
        let mut export = export?;
        match export.next().await {
            Ok(Some(piece)) => Some((Ok(piece), Some(export))),
            Ok(None) => {
                let end = export.format.close(export.written, &export.failed);
                Some((Ok(end), None))
            }
            // The status is out by then: the file breaks off without its end, which says that it
            // is not whole.
            Err(fault) => {
                tracing::error!(?fault, "an export breaks off");
                Some((Err(fault), None))
            }
        }
    });
    // A compressing answer asks once more behind the end.
    stream::once(async { Ok(first) }).chain(rest.fuse())
}

impl Export {
    /// The next cases as text, recorded before they are given; none where all are out.
    async fn next(&mut self) -> Result<Option<String>, Fault> {
        let ids: Vec<Uuid> = self.ids.by_ref().take(AT_ONCE).collect();
        if ids.is_empty() {
            return Ok(None);
        }
        let conn = self.app.store().read();
        let sealer = self.app.store().sealer();
        let rows = store::case::many(&conn, &self.scope, &ids).await?;
        let mut rows: HashMap<Uuid, case::Model> =
            rows.into_iter().map(|row| (row.id, row)).collect();
        let mut histories = store::event::of_cases(&conn, sealer, &ids).await?;
        let mut papers = store::paper::of_cases(&conn, &ids).await?;
        let (mut text, mut entries) = (String::new(), Vec::new());
        // A case that has left the reach since the choice is not there any more.
        for row in ids.iter().filter_map(|id| rows.remove(id)) {
            let papers = papers.remove(&row.id).unwrap_or_default();
            let history = histories.remove(&row.id).unwrap_or_else(|| Ok(Vec::new()));
            let case = match history {
                Ok(history) => read(&self.app, &conn, &row, &history, &papers).await,
                Err(error) => Err(error.into()),
            };
            match case {
                Ok(case) => {
                    text.push_str(&self.format.case(self.written == 0, &case));
                    self.written += 1;
                    entries.push(entry(row.id, &self.reason));
                }
                // Where the database is away the file breaks off: it is no fault of the case.
                Err(fault) if fault.kind == ErrorKind::Unavailable => return Err(fault),
                // One that cannot be opened does not hold up the others; the file names it.
                Err(fault) => {
                    tracing::error!(case = %row.id, ?fault, "a case is left out of an export");
                    self.failed.push(row.number);
                }
            }
        }
        let origin = self.origin.clone();
        self.app.store().record_reads(origin, entries).await?;
        Ok(Some(text))
    }
}
