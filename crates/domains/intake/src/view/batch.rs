//! A batch as whoever made it sees it. The persons of its rows are masked.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::Serialize;
use tb_contract::item::{MaterialRequirement, SituationAnswers, SituationQuestion};
use tb_http::Ctx;
use tb_kernel::{ApplicationId, Fault};
use tb_storage::Conn;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{ApplicationFile, file, speaker};
use crate::app::App;
use crate::model::batch::{BatchRowState, BatchState, Person, RowFault};
use crate::model::batch_sheet::Sheet;
use crate::model::{State, is_required};
use crate::sealed::{self, BATCH_PERSON};
use crate::sentence::{Sentence, needs_action, standing};
use crate::service::batch::state;
use crate::store;
use crate::store::application::Application;
use crate::store::batch::{Batch, BatchRow};

/// A batch in full, without its rows.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ApplicationBatchView)]
pub struct BatchView {
    /// What a list says of it.
    #[serde(flatten)]
    pub line: BatchLine,
    /// Version of the item.
    pub item_version: i64,
    /// Version to send back with a change.
    pub version: i64,
    /// Most rows that the item takes at once.
    pub most_rows: u32,
    /// Headings of the sheet.
    pub columns: Vec<String>,
    /// Name of the organisation that applies.
    pub applicant: String,
    /// Questions of the situation guide.
    pub situations: Vec<SituationQuestion>,
    /// Their answers, for all rows.
    pub situation_answers: SituationAnswers,
    /// What goes with every application, with what is there.
    pub materials: Vec<BatchMaterial>,
}

/// A batch in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct BatchLine {
    /// Id.
    pub id: Uuid,
    /// Number of the receipt; none before the submission.
    pub number: Option<String>,
    /// Item.
    pub item_code: String,
    /// Its name.
    pub item_name: String,
    /// Department.
    pub department_name: String,
    /// Where it stands.
    pub state: BatchState,
    /// Rows.
    pub rows: i32,
    /// How many of them are not fit, fit, applications or refused.
    pub row_states: BTreeMap<String, i64>,
    /// How many applications stand where.
    pub application_states: BTreeMap<String, i64>,
    /// Made.
    pub created_at: DateTime<Utc>,
    /// Changed last.
    pub updated_at: DateTime<Utc>,
    /// Handed in.
    pub submitted_at: Option<DateTime<Utc>>,
}

/// A material that goes with every application of a batch.
#[derive(Debug, Serialize, ToSchema)]
pub struct BatchMaterial {
    /// What is asked for.
    #[serde(flatten)]
    pub requirement: MaterialRequirement,
    /// Whether it must be there to submit.
    pub required: bool,
    /// Files.
    pub files: Vec<ApplicationFile>,
}

/// A row of a batch.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ApplicationBatchRow)]
pub struct BatchRowView {
    /// The row, from 1.
    pub row: i32,
    /// Its line in the file.
    pub line: i64,
    /// Name, masked.
    pub name: String,
    /// Citizen id, masked.
    pub citizen_id: String,
    /// Where it stands.
    pub state: BatchRowState,
    /// What is wrong with it.
    pub faults: Vec<BatchRowFault>,
    /// What became of it.
    pub application: Option<BatchApplication>,
}

/// Something that is wrong with a row.
#[derive(Debug, Serialize, ToSchema)]
pub struct BatchRowFault {
    /// Heading of the column; empty where it is the row as a whole.
    pub column: String,
    /// What is wrong.
    pub message: String,
}

/// The application of a row.
#[derive(Debug, Serialize, ToSchema)]
pub struct BatchApplication {
    /// Id.
    pub id: ApplicationId,
    /// Case number.
    pub case_number: Option<String>,
    /// State.
    pub state: State,
    /// Where it stands.
    pub standing: Sentence,
    /// Whether it is the applicant's turn.
    pub needs_action: bool,
}

/// The batch that an application was handed in with.
#[derive(Debug, Serialize, ToSchema)]
pub struct ApplicationBatch {
    /// Id of the batch.
    pub id: Uuid,
    /// Number of its receipt.
    pub number: String,
    /// The row, from 1.
    pub row: u32,
    /// Rows of the batch.
    pub rows: u32,
}

/// The batch of an application, where it has one.
pub(super) fn of_application(row: &Application) -> Result<Option<ApplicationBatch>, Fault> {
    let place = sealed::batch(row)?;
    Ok(row.batch_id.zip(place).map(|(id, place)| ApplicationBatch {
        id,
        number: place.number,
        row: place.row,
        rows: place.rows,
    }))
}

/// The whole view of a batch, read on `conn`.
pub(crate) async fn view<P>(
    app: &App,
    ctx: &Ctx<P>,
    conn: &Conn,
    batch: &Batch,
) -> Result<BatchView, Fault> {
    let sealer = ctx.store().sealer();
    let item = app.item(conn, &batch.item_code, batch.item_version).await?;
    let answers: SituationAnswers =
        serde_json::from_str(&batch.situation_answers).map_err(Fault::internal)?;
    let who: tb_contract::events::Applicant =
        sealer.open_json(sealed::BATCH_APPLICANT, batch.id, &batch.applicant)?;
    let mut files = Vec::new();
    for row in store::material::all(conn, batch.id).await? {
        files.push(file(sealer, row)?);
    }
    let materials = item.materials_for(&answers).into_iter();
    let materials = materials.map(|requirement| BatchMaterial {
        required: is_required(requirement),
        files: files
            .extract_if(.., |file| file.requirement_id == requirement.id)
            .collect(),
        requirement: requirement.clone(),
    });
    let materials = materials.collect();
    let sheet = item.form.as_ref().and_then(Sheet::of);
    let columns = sheet.iter().flat_map(|sheet| &sheet.table().columns);
    let columns = columns.map(|column| column.title.clone()).collect();
    let mut lines = lines(conn, vec![batch.clone()]).await?;
    Ok(BatchView {
        line: lines.remove(0),
        item_version: batch.item_version,
        version: batch.version,
        most_rows: item.handling.batch_rows.unwrap_or_default(),
        columns,
        applicant: who.name,
        situations: item.situations.clone(),
        situation_answers: answers,
        materials,
    })
}

/// Batches as a list shows them.
pub(crate) async fn lines(conn: &Conn, batches: Vec<Batch>) -> Result<Vec<BatchLine>, Fault> {
    let ids: Vec<Uuid> = batches.iter().map(|batch| batch.id).collect();
    let mut rows = store::batch::counts(conn, &ids).await?;
    let mut states = store::batch::states(conn, &ids).await?;
    let line = |batch: Batch| -> Result<BatchLine, Fault> {
        Ok(BatchLine {
            state: state(&batch)?,
            row_states: rows.remove(&batch.id).unwrap_or_default(),
            application_states: states.remove(&batch.id).unwrap_or_default(),
            id: batch.id,
            number: batch.number,
            item_code: batch.item_code,
            item_name: batch.item_name,
            department_name: batch.department_name,
            rows: batch.rows,
            created_at: batch.created_at,
            updated_at: batch.updated_at,
            submitted_at: batch.submitted_at,
        })
    };
    batches.into_iter().map(line).collect()
}

/// What is wrong with a row, in words.
pub(crate) fn faults<P>(
    ctx: &Ctx<P>,
    sheet: &Sheet<'_>,
    row: &BatchRow,
) -> Result<Vec<BatchRowFault>, Fault> {
    let kept: Vec<RowFault> = serde_json::from_str(&row.faults).map_err(Fault::internal)?;
    let (texts, locale) = (ctx.edge().texts(), ctx.locale());
    let in_words = |fault: RowFault| BatchRowFault {
        column: sheet.title(&fault.key).to_owned(),
        message: if texts.has(locale, &fault.code) {
            texts.text(locale, &fault.code, &fault.args)
        } else {
            // The engine of forms has sentences of its own.
            tb_forms::text(&fault.code, &fault.args, locale)
        },
    };
    Ok(kept.into_iter().map(in_words).collect())
}

/// Whom a row is for.
pub(crate) fn person<P>(ctx: &Ctx<P>, row: &BatchRow) -> Result<Person, Fault> {
    let sealer = ctx.store().sealer();
    Ok(sealer.open_json(BATCH_PERSON, row.id, &row.person)?)
}

/// A row with the application that it became.
pub(crate) fn row_view<P>(
    ctx: &Ctx<P>,
    sheet: &Sheet<'_>,
    row: &BatchRow,
    application: Option<&Application>,
) -> Result<BatchRowView, Fault> {
    let person = person(ctx, row)?;
    Ok(BatchRowView {
        row: row.seq,
        line: row.line,
        name: person.masked_name(),
        citizen_id: person.masked_id(),
        state: row_state(row)?,
        faults: faults(ctx, sheet, row)?,
        application: application.map(|one| of_row(ctx, one)).transpose()?,
    })
}

/// Where a row stands.
pub(crate) fn row_state(row: &BatchRow) -> Result<BatchRowState, Fault> {
    BatchRowState::parse(&row.state)
        .ok_or_else(|| Fault::internal("intake_batch_row.state holds an unknown word"))
}

fn of_row<P>(ctx: &Ctx<P>, row: &Application) -> Result<BatchApplication, Fault> {
    let state = sealed::state(row)?;
    let (key, words) = standing(state, row);
    Ok(BatchApplication {
        id: ApplicationId(row.id),
        case_number: row.number.clone(),
        state,
        standing: speaker(ctx).say(key, words),
        needs_action: needs_action(state, row),
    })
}
