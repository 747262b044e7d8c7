//! From the vault into an application: what fits is filled in by itself while it is good; what is
//! over is only offered, and taken at the applicant's word.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use tb_contract::access::{ApplicationRead, ApplicationWrite};
use tb_contract::item::{ItemDocument, MaterialRequirement, SituationAnswers};
use tb_http::Ctx;
use tb_kernel::{ApplicationId, Fault, office_time};
use tb_storage::{Conn, Sealer, Tx};
use utoipa::ToSchema;
use uuid::Uuid;

use super::read::{Reader, VaultDocument};
use super::{kind_of, vault_for};
use crate::app::App;
use crate::error::Error;
use crate::model::document::takes_material;
use crate::model::vault::{Taken, good_until, is_kept, is_over};
use crate::sealed::{self, MATERIAL_ORIGIN, VAULT_FILE_NAME, VAULT_NAME};
use crate::service::content::Content;
use crate::service::counter::rows;
use crate::service::upload::{MAX_ALL, room};
use crate::service::write::{expect_thawed, held};
use crate::store;
use crate::store::application::Application;
use crate::store::material::Material;
use crate::store::vault::{Current, Owner};
use crate::view::{ApplicationFile, file};

/// A document that fits a requirement.
#[derive(Debug, Serialize, ToSchema)]
pub struct VaultFit {
    /// The requirement.
    pub requirement_id: String,
    /// The document.
    pub document: VaultDocument,
    /// Last day on which it is good for this requirement.
    pub good_until: Option<NaiveDate>,
    /// Whether that day has passed: it is never taken silently.
    pub over: bool,
}

/// Takes a document for a requirement.
#[derive(Debug, Deserialize, ToSchema)]
pub struct TakeFromVault {
    /// The requirement.
    pub requirement_id: String,
    /// The document.
    pub document_id: Uuid,
    /// The applicant knows that it is no longer good.
    #[serde(default)]
    pub although_over: bool,
}

/// What of the caller's vault fits the parts of an application that may be changed now.
pub(crate) async fn fits(
    app: &App,
    ctx: &Ctx<ApplicationRead>,
    id: ApplicationId,
) -> Result<Vec<VaultFit>, Fault> {
    let conn = ctx.read();
    let row = store::application::find(&conn, &rows(ctx), id.0).await?;
    let row = row.ok_or(Error::ApplicationNotFound)?;
    let Some(owner) = vault_for(app, ctx, &row).await? else {
        return Ok(Vec::new());
    };
    let editing = sealed::editing(ctx.store().sealer(), &row)?;
    let item = app.item_of(&conn, &row).await?;
    let answers = answers(&row)?;
    let asked: Vec<_> = asked(&item, &answers)
        .into_iter()
        .filter(|one| editing.allows_material(&one.id))
        .collect();
    let found = found(&conn, ctx.store().sealer(), &owner, &asked).await?;
    let (reader, today) = (Reader::of(ctx), office_time::day(ctx.now()));
    let fits = found.into_iter().map(|(requirement, current)| {
        let last = last_day(&current, requirement);
        Ok(VaultFit {
            requirement_id: requirement.id.clone(),
            document: reader.document(current)?,
            good_until: last,
            over: is_over(last, today),
        })
    });
    fits.collect()
}

/// Takes the files of a document for a requirement; those that are there already stay as they are.
pub(crate) async fn take(
    app: &App,
    ctx: &Ctx<ApplicationWrite>,
    id: ApplicationId,
    body: TakeFromVault,
) -> Result<Vec<ApplicationFile>, Fault> {
    let row = store::application::find(&ctx.read(), &rows(ctx), id.0).await?;
    let row = row.ok_or(Error::ApplicationNotFound)?;
    let owner = vault_for(app, ctx, &row).await?;
    let owner = owner.ok_or(Error::VaultDocumentNotFound)?;
    let mut tx = ctx.begin().await?;
    let row = held(&tx, ctx, id).await?;
    expect_thawed(&row)?;
    if !sealed::editing(tx.sealer(), &row)?.allows_material(&body.requirement_id) {
        return Err(Error::NotEditable.into());
    }
    let item = app.item_of(tx.conn(), &row).await?;
    let answers = answers(&row)?;
    let requirement = item
        .materials
        .iter()
        .find(|one| one.id == body.requirement_id)
        .filter(|one| one.takes_files() && takes_material(&item, &answers, &one.id));
    let requirement = requirement.ok_or(Error::MaterialNotAsked)?;
    let document = store::vault::find(tx.conn(), &owner, body.document_id).await?;
    let document = document.ok_or(Error::VaultDocumentNotFound)?;
    let current = store::vault::current(tx.conn(), vec![document]).await?;
    let current = current.first().ok_or(Error::VaultDocumentNotFound)?;
    let over = is_over(last_day(current, requirement), office_time::day(tx.now()));
    if over && !body.although_over {
        return Err(Error::VaultDocumentOver.into());
    }
    let mut others = store::material::all(tx.conn(), row.id).await?;
    let taken = attach(&tx, &row, requirement, current, &mut others, over).await?;
    let taken = taken.into_iter().map(|row| file(tx.sealer(), row));
    let answer: Vec<ApplicationFile> = taken.collect::<Result<_, _>>()?;
    tx.done("intake.vault.taken", "vault_document", body.document_id);
    tx.commit(&answer).await?;
    Ok(answer)
}

/// Fills in what fits and is good, for the requirements of a new draft, or for those that a new
/// situation `adds`. What has files already is left alone.
pub(crate) async fn fill_in(
    tx: &Tx,
    row: &Application,
    owner: &Owner,
    item: &ItemDocument,
    before: Option<&SituationAnswers>,
) -> Result<(), Fault> {
    let asked_before: BTreeSet<&str> = before
        .into_iter()
        .flat_map(|answers| asked(item, answers))
        .map(|one| one.id.as_str())
        .collect();
    let mut asked = asked(item, &answers(row)?);
    asked.retain(|one| !asked_before.contains(one.id.as_str()));
    let mut others = store::material::all(tx.conn(), row.id).await?;
    asked.retain(|one| {
        let has = |file: &Material| !file.removed && file.requirement_id == one.id;
        !others.iter().any(has)
    });
    let today = office_time::day(tx.now());
    for (requirement, current) in found(tx.conn(), tx.sealer(), owner, &asked).await? {
        let is_good = !is_over(last_day(&current, requirement), today);
        if is_good && others.len() + current.files.len() <= MAX_ALL {
            attach(tx, row, requirement, &current, &mut others, false).await?;
        }
    }
    Ok(())
}

/// The requirements that the vault may answer.
fn asked<'a>(item: &'a ItemDocument, answers: &SituationAnswers) -> Vec<&'a MaterialRequirement> {
    let mut all = item.materials_for(answers);
    all.retain(|one| is_kept(one));
    all
}

fn answers(row: &Application) -> Result<SituationAnswers, Fault> {
    serde_json::from_str(&row.situation_answers).map_err(Fault::internal)
}

/// The documents that fit requirements, by their kinds.
async fn found<'a>(
    conn: &Conn,
    sealer: &Sealer,
    owner: &Owner,
    asked: &[&'a MaterialRequirement],
) -> Result<Vec<(&'a MaterialRequirement, Current)>, Fault> {
    let kinds: Vec<_> = asked
        .iter()
        .map(|one| (*one, kind_of(sealer, &one.name)))
        .collect();
    let wanted = kinds.iter().map(|(_, kind)| kind.clone()).collect();
    let known = store::vault::of_kinds(conn, owner, wanted).await?;
    let fit = |(one, kind): (&'a MaterialRequirement, Vec<u8>)| {
        let found = known.iter().find(|it| it.document.kind_bidx == kind);
        found.map(|it| (one, it.clone()))
    };
    Ok(kinds.into_iter().filter_map(fit).collect())
}

/// Last day on which a document is good for a requirement.
fn last_day(current: &Current, requirement: &MaterialRequirement) -> Option<NaiveDate> {
    let given = office_time::day(current.edition.given_at);
    // What is kept for nothing but one application sets no term for papers of other kinds.
    let days = requirement.reuse_days.filter(|days| *days > 0);
    good_until(given, current.edition.valid_until, days)
}

/// Adds rows that share the bytes of the document's files.
async fn attach(
    tx: &Tx,
    row: &Application,
    requirement: &MaterialRequirement,
    current: &Current,
    others: &mut Vec<Material>,
    although_over: bool,
) -> Result<Vec<Material>, Fault> {
    let sealer = tx.sealer();
    let document = &current.document;
    let origin = super::read::origin(sealer, &current.edition)?;
    let taken = Taken {
        name: sealer.open_text(VAULT_NAME, document.id, &document.name)?,
        edition: current.edition.seq,
        given_on: office_time::day(current.edition.given_at),
        item_name: origin.map(|origin| origin.item_name).unwrap_or_default(),
        good_until: last_day(current, requirement),
        although_over,
    };
    let mut added = Vec::new();
    for file in &current.files {
        let is_there = |other: &Material| {
            !other.removed && other.requirement_id == requirement.id && other.blob == file.blob
        };
        if others.iter().any(is_there) {
            continue;
        }
        room(others, &requirement.id)?;
        let content = Content {
            file_name: sealer.open_text(VAULT_FILE_NAME, file.id, &file.file_name)?,
            media_type: file.media_type.clone(),
            size: file.size,
            blob: file.blob.clone(),
        };
        let mut material = content.material(tx, row.id, &requirement.id)?;
        material.vault_document_id = Some(document.id);
        material.vault_origin = Some(sealer.seal_json(MATERIAL_ORIGIN, material.id, &taken)?);
        store::material::insert(tx.conn(), material.clone()).await?;
        others.push(material.clone());
        added.push(material);
    }
    Ok(added)
}
