//! The materials of an application as its owner sees them: what is asked for, what may follow later,
//! and the files.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use tb_contract::item::{ItemDocument, MaterialRequirement, SituationAnswers};
use tb_contract::licences::ReusedLicence;
use tb_kernel::{Fault, MaterialId};
use tb_storage::{Conn, Sealer, StorageError};
use utoipa::ToSchema;

use crate::app::App;
use crate::model::commitment::standing_for;
use crate::model::counter::has_paper;
use crate::model::deferral::{Deferred, is_deferrable};
use crate::model::vault::Taken;
use crate::model::{Editing, form_field, is_required};
use crate::sealed;
use crate::service::promise::days;
use crate::store;
use crate::store::application::Application;
use crate::store::material::Material;

/// A material asked for, with the files given.
#[derive(Debug, Serialize, ToSchema)]
pub struct RequirementView {
    /// What is asked for.
    #[serde(flatten)]
    pub requirement: MaterialRequirement,
    /// Whether it must be there to submit.
    pub required: bool,
    /// Whether files may be added and removed now.
    pub editable: bool,
    /// Where it may follow later: what is promised, and for when.
    pub deferral: Option<DeferralView>,
    /// Whether a promise takes its place.
    pub committed: bool,
    /// At a counter, where paper is taken or an original compared: whether that is done.
    pub paper: Option<bool>,
    /// Files.
    pub files: Vec<ApplicationFile>,
}

/// A material that may follow later.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeferralView {
    /// The day it is promised for.
    pub by: Option<NaiveDate>,
    /// The last day that may be promised; none once the application is handed in.
    pub latest: Option<NaiveDate>,
    /// Sent; the department has not taken it yet.
    pub sent: bool,
}

/// A file.
#[derive(Debug, Serialize, ToSchema)]
pub struct ApplicationFile {
    /// Id.
    pub id: MaterialId,
    /// What it answers.
    pub requirement_id: String,
    /// Name.
    pub file_name: String,
    /// Media type.
    pub media_type: String,
    /// Bytes.
    pub size: i64,
    /// Whether the department has it.
    pub handed_in: bool,
    /// Uploaded.
    pub created_at: DateTime<Utc>,
    /// Where it was not uploaded, but taken from the applicant's vault.
    pub vault: Option<FileFromVault>,
    /// Where it was not uploaded, but is the sheet of a licence of ours.
    pub licence: Option<ReusedLicence>,
}

/// The document of the vault that a file was taken from.
#[derive(Debug, Serialize, ToSchema)]
pub struct FileFromVault {
    /// Name of the document.
    pub name: String,
    /// Day on which it was given.
    pub given_on: NaiveDate,
    /// Item of the application it was given with; empty: it was put into the vault itself.
    pub item_name: String,
    /// Last day on which it is good for this material.
    pub good_until: Option<NaiveDate>,
    /// Taken although that day had passed.
    pub although_over: bool,
}

impl From<Taken> for FileFromVault {
    fn from(taken: Taken) -> Self {
        Self {
            name: taken.name,
            given_on: taken.given_on,
            item_name: taken.item_name,
            good_until: taken.good_until,
            although_over: taken.although_over,
        }
    }
}

/// What materials are shown by.
pub(super) struct Asked<'a> {
    pub row: &'a Application,
    pub item: &'a ItemDocument,
    pub answers: &'a SituationAnswers,
    pub editing: &'a Editing,
    /// Materials that a signed promise names.
    pub committed: Vec<String>,
    /// At a counter: materials whose paper was taken or whose original was compared.
    pub papers: Option<Vec<String>>,
}

/// What is asked for with its files, and the files of the form's own attachment fields.
pub(super) async fn materials(
    app: &App,
    (sealer, conn): (&Sealer, &Conn),
    asked: &Asked<'_>,
    now: DateTime<Utc>,
) -> Result<(Vec<RequirementView>, Vec<ApplicationFile>), Fault> {
    let Asked {
        row,
        item,
        answers,
        editing,
        ref committed,
        ref papers,
    } = *asked;
    let deferred = sealed::deferred(row)?;
    let latest = latest(app, conn, row, item, editing, now).await?;
    let mut files = files(sealer, store::material::all(conn, row.id).await?)?;
    let standing = standing_for(item, answers, committed, &BTreeSet::new());
    let materials = item
        .materials_for(answers)
        .into_iter()
        .map(|requirement| RequirementView {
            committed: standing.contains(&requirement.id),
            required: is_required(requirement),
            paper: papers
                .as_ref()
                .filter(|_| has_paper(requirement))
                .map(|papers| papers.contains(&requirement.id)),
            editable: editing.allows_material(&requirement.id),
            deferral: deferral(requirement, &deferred, latest),
            files: files
                .extract_if(.., |file| file.requirement_id == requirement.id)
                .collect(),
            requirement: requirement.clone(),
        })
        .collect();
    files.retain(|file| form_field(&file.requirement_id).is_some());
    Ok((materials, files))
}

/// The last day that a draft may promise; looked for only where a material may follow later.
async fn latest(
    app: &App,
    conn: &Conn,
    row: &Application,
    item: &ItemDocument,
    editing: &Editing,
    now: DateTime<Utc>,
) -> Result<Option<NaiveDate>, Fault> {
    if *editing != Editing::All || !item.materials.iter().any(is_deferrable) {
        return Ok(None);
    }
    Ok(Some(days(app, conn, row, item, now).await?.1))
}

/// What stands of a material that may follow later.
fn deferral(
    requirement: &MaterialRequirement,
    deferred: &[Deferred],
    latest: Option<NaiveDate>,
) -> Option<DeferralView> {
    let promised = deferred
        .iter()
        .find(|one| one.requirement_id == requirement.id);
    (promised.is_some() || latest.is_some() && is_deferrable(requirement)).then(|| DeferralView {
        by: promised.map(|one| one.by),
        latest,
        sent: promised.is_some_and(|one| one.sent),
    })
}

/// A file as its owner sees it.
pub(crate) fn file(sealer: &Sealer, row: Material) -> Result<ApplicationFile, StorageError> {
    Ok(ApplicationFile {
        id: MaterialId(row.id),
        vault: sealed::taken(sealer, &row)?.map(FileFromVault::from),
        licence: sealed::licence(sealer, &row)?,
        file_name: sealer.open_text(sealed::FILE_NAME, row.id, &row.file_name)?,
        requirement_id: row.requirement_id,
        media_type: row.media_type,
        size: row.size,
        handed_in: row.handed_in,
        created_at: row.created_at,
    })
}

fn files(sealer: &Sealer, rows: Vec<Material>) -> Result<Vec<ApplicationFile>, StorageError> {
    rows.into_iter()
        .filter(|row| !row.removed)
        .map(|row| file(sealer, row))
        .collect()
}

/// Requirement ids for which a file is there.
pub(crate) fn present(rows: &[Material]) -> BTreeSet<&str> {
    rows.iter()
        .filter(|row| !row.removed)
        .map(|row| row.requirement_id.as_str())
        .collect()
}
