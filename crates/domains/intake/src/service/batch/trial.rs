//! The sheet comes in: every row is judged, all that is wrong is told at once. What comes takes the
//! place of what came before, whole.

use tb_contract::access::ApplicationWrite;
use tb_http::Ctx;
use tb_kernel::Fault;
use tb_sheet::{List, Unreadable};
use tb_storage::{StorageError, Tx};
use uuid::Uuid;

use super::{item_of, open, open_held, profile, source, touch};
use crate::app::App;
use crate::error::Error;
use crate::model::batch::{BatchRowState, BatchState, Trial, Tried};
use crate::model::batch_sheet::Sheet;
use crate::sealed::{BATCH_APPLICANT, BATCH_PERSON, BATCH_ROW};
use crate::service::create::applicant;
use crate::service::edit::document;
use crate::store;
use crate::store::batch::BatchRow;
use crate::view::batch::{BatchView, view};

/// Takes the rows of a file in, as far as they are fit or not.
pub(crate) async fn upload(
    app: &App,
    ctx: &Ctx<ApplicationWrite>,
    id: Uuid,
    file: Vec<u8>,
) -> Result<BatchView, Fault> {
    let conn = ctx.read();
    let batch = open(&conn, ctx, id).await?;
    let item = item_of(app, &conn, &batch).await?;
    let most = item.handling.batch_rows.unwrap_or_default() as usize;
    let (profile, around) = (profile(app, ctx).await?, app.surroundings().await?);
    let who = applicant(&profile, ctx.actor().kind);
    let read = {
        let item = item.clone();
        tokio::task::spawn_blocking(move || read(&item, &file, most))
    };
    // A reader that breaks over a file has been given a broken one.
    let list = read.await.map_err(|_| Error::SheetUnreadable)??;
    let form = document(&item)?;
    let sheet = Sheet::of(form).ok_or_else(no_sheet)?;
    let trial = Trial {
        sheet: &sheet,
        form,
        env: around.env(),
        tree: around.tree(),
        region: &batch.region,
    };
    let tried = trial.rows(list, source(&profile));

    let mut tx = ctx.begin().await?;
    let mut batch = open_held(&tx, ctx, id).await?;
    let faulty = tried.iter().any(|row| !row.faults.is_empty());
    // What is prefilled of him stands in the rows: they are his alone.
    batch.applicant = tx.sealer().seal_json(BATCH_APPLICANT, id, &who)?;
    batch.rows = i32::try_from(tried.len()).map_err(Fault::internal)?;
    let state = if faulty {
        BatchState::Draft
    } else {
        BatchState::Checked
    };
    state.as_str().clone_into(&mut batch.state);
    let rows = (1..).zip(tried).map(|(seq, row)| kept(&tx, id, seq, &row));
    let rows = rows.collect::<Result<Vec<_>, _>>()?;
    store::batch::replace_rows(tx.conn(), id, rows).await?;
    touch(&tx, &mut batch);
    store::batch::save(tx.conn(), &batch).await?;
    tx.done("intake.batch.tried", "batch", id);
    let answer = view(app, ctx, tx.conn(), &batch).await?;
    tx.commit(&answer).await?;
    Ok(answer)
}

/// A form that became unfit for a sheet cannot have been published with batches.
pub(super) fn no_sheet() -> Fault {
    Fault::internal("the form of a batch does not fit into a sheet")
}

fn read(item: &tb_contract::item::ItemDocument, file: &[u8], most: usize) -> Result<List, Fault> {
    let sheet = Sheet::of(document(item)?).ok_or_else(no_sheet)?;
    let list = tb_sheet::read(file, &sheet.columns()).map_err(|why| match why {
        Unreadable::Damaged(_) => Error::SheetUnreadable,
        Unreadable::Columns(columns) => Error::SheetColumns {
            columns: columns.join("、"),
        },
        Unreadable::Locked => Error::SheetLocked,
        Unreadable::OldKind => Error::SheetOld,
        Unreadable::TooLarge { .. } => Error::SheetRows { max: most },
    })?;
    match list.rows.len() {
        0 => Err(Error::SheetEmpty.into()),
        n if n > most => Err(Error::SheetRows { max: most }.into()),
        _ => Ok(list),
    }
}

/// A row as it is kept.
fn kept(tx: &Tx, batch_id: Uuid, seq: i32, row: &Tried) -> Result<BatchRow, StorageError> {
    let id = tx.new_id();
    let state = if row.faults.is_empty() {
        BatchRowState::Ready
    } else {
        BatchRowState::Faulty
    };
    Ok(BatchRow {
        id,
        batch_id,
        seq,
        line: i64::try_from(row.line).unwrap_or(i64::MAX),
        answers: tx.sealer().seal_json(BATCH_ROW, id, &row.answers)?,
        person: tx.sealer().seal_json(BATCH_PERSON, id, &row.person)?,
        faults: serde_json::to_string(&row.faults)?,
        state: state.as_str().to_owned(),
        application_id: None,
    })
}
