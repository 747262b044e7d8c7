//! Licences of ours in the place of uploads (电子证照免提交): the applicant's own are taken from the register,
//! and looked at again when the application is handed in. The register is asked before a transaction opens.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use tb_contract::events::Applicant;
use tb_contract::item::{ItemDocument, MaterialRequirement, SituationAnswers};
use tb_contract::licences::{HeldLicence, LicenceHolder, LicenceSheet, ReusedLicence};
use tb_http::Ctx;
use tb_kernel::{ApplicationId, Fault, FieldFault};
use tb_storage::{Sealer, StorageError, Tx};
use utoipa::ToSchema;
use uuid::Uuid;

use super::content::Content;
use super::counter::behind_counter;
use super::joint::answers;
use super::read::own;
use super::upload::{MAX_ALL, room};
use super::vault::applicant_for;
use super::write::{expect_thawed, held};
use crate::app::App;
use crate::error::Error;
use crate::model::Editing;
use crate::model::licence::{Checked, fits, holder, only, replaceable, types_of};
use crate::sealed::{self, MATERIAL_LICENCE};
use crate::store;
use crate::store::application::Application;
use crate::store::material::Material;
use crate::view::{ApplicationFile, file};

/// A licence that answers a requirement.
#[derive(Debug, Serialize, ToSchema)]
pub struct LicenceFit {
    /// The requirement.
    pub requirement_id: String,
    /// The licence.
    pub licence: HeldLicence,
}

/// Takes a licence for a requirement.
#[derive(Debug, Deserialize, ToSchema)]
pub struct TakeLicence {
    /// The requirement.
    pub requirement_id: String,
    /// The licence.
    pub licence_id: Uuid,
}

/// A licence that is ready to be filled in.
pub(crate) struct Ready {
    requirement_id: String,
    licence: HeldLicence,
    sheet: LicenceSheet,
}

/// The licences in force that answer what may be changed now. A clerk who reads them of whoever stands at
/// his counter is noted.
pub(crate) async fn offers<P>(
    app: &App,
    ctx: &Ctx<P>,
    id: ApplicationId,
) -> Result<Vec<LicenceFit>, Fault> {
    let conn = ctx.read();
    let row = own(&conn, ctx, id).await?;
    let editing = sealed::editing(ctx.store().sealer(), &row)?;
    let item = app.item_of(&conn, &row).await?;
    let mut asked = replaceable(&item, &answers(&row)?);
    asked.retain(|one| editing.allows_material(&one.id));
    let Some(holder) = holder_for(app, ctx, &row)
        .await?
        .filter(|_| !asked.is_empty())
    else {
        return Ok(Vec::new());
    };
    let held = app.licences().in_force(&holder, &types_of(&asked)).await?;
    if behind_counter(ctx) && !held.is_empty() {
        ctx.record_read("applicant_licences", id).await?;
    }
    let fit = |requirement: &&MaterialRequirement| {
        let fitting = held.iter().filter(|one| fits(requirement, one));
        let fitting = fitting.map(|licence| LicenceFit {
            requirement_id: requirement.id.clone(),
            licence: licence.clone(),
        });
        fitting.collect::<Vec<_>>()
    };
    Ok(asked.iter().flat_map(fit).collect())
}

/// Takes the sheet of a licence for a requirement; one that is there already stays as it is.
pub(crate) async fn take<P>(
    app: &App,
    ctx: &Ctx<P>,
    id: ApplicationId,
    body: TakeLicence,
) -> Result<Vec<ApplicationFile>, Fault> {
    let row = own(&ctx.read(), ctx, id).await?;
    let item = app.item_of(&ctx.read(), &row).await?;
    let asked = replaceable(&item, &answers(&row)?);
    let requirement = asked.iter().find(|one| one.id == body.requirement_id);
    let requirement = *requirement.ok_or(Error::MaterialNotAsked)?;
    let holder = holder_for(app, ctx, &row).await?;
    let holder = holder.ok_or(Error::LicenceNotHeld)?;
    let types = types_of(&[requirement]);
    let held_by_him = app.licences().in_force(&holder, &types).await?;
    let found = held_by_him
        .into_iter()
        .find(|one| one.id == body.licence_id);
    let licence = found.ok_or(Error::LicenceNotHeld)?;
    let sheet = app.licences().sheet(&holder, licence.id).await?;
    let ready = Ready {
        requirement_id: requirement.id.clone(),
        sheet: sheet.ok_or(Error::LicenceNotHeld)?,
        licence,
    };

    let mut tx = ctx.begin().await?;
    let row = held(&tx, ctx, id).await?;
    expect_thawed(&row)?;
    if !sealed::editing(tx.sealer(), &row)?.allows_material(&body.requirement_id) {
        return Err(Error::NotEditable.into());
    }
    let others = store::material::all(tx.conn(), row.id).await?;
    let taken = attach(&tx, &row, &others, &ready).await?;
    let taken = taken.into_iter().map(|row| file(tx.sealer(), row));
    let answer: Vec<ApplicationFile> = taken.collect::<Result<_, _>>()?;
    tx.done("intake.licence.taken", "licence", body.licence_id);
    tx.commit(&answer).await?;
    Ok(answer)
}

/// What is filled in by itself: for each requirement the one licence that answers it. A draft is made also
/// while the register does not answer; what it has may be taken later.
pub(crate) async fn ready(
    app: &App,
    who: Option<&Applicant>,
    asked: &[&MaterialRequirement],
) -> Vec<Ready> {
    let Some(holder) = who.and_then(holder).filter(|_| !asked.is_empty()) else {
        return Vec::new();
    };
    match sheets(app, &holder, asked).await {
        Ok(ready) => ready,
        Err(fault) => {
            tracing::warn!(error = %fault, "no licences are filled in: the register does not answer");
            Vec::new()
        }
    }
}

async fn sheets(
    app: &App,
    holder: &LicenceHolder,
    asked: &[&MaterialRequirement],
) -> Result<Vec<Ready>, Fault> {
    let held = app.licences().in_force(holder, &types_of(asked)).await?;
    let mut all = Vec::new();
    for requirement in asked {
        let Some(licence) = only(requirement, &held) else {
            continue;
        };
        if let Some(sheet) = app.licences().sheet(holder, licence.id).await? {
            all.push(Ready {
                requirement_id: requirement.id.clone(),
                licence: licence.clone(),
                sheet,
            });
        }
    }
    Ok(all)
}

/// The requirements that a new situation adds to those of the one before.
pub(crate) fn added<'a>(
    item: &'a ItemDocument,
    answers: &SituationAnswers,
    before: (&ItemDocument, &SituationAnswers),
) -> Vec<&'a MaterialRequirement> {
    let known: BTreeSet<&str> = replaceable(before.0, before.1)
        .into_iter()
        .map(|one| one.id.as_str())
        .collect();
    let mut asked = replaceable(item, answers);
    asked.retain(|one| !known.contains(one.id.as_str()));
    asked
}

/// Fills in what is ready. What has files already is left alone.
pub(crate) async fn fill_in(tx: &mut Tx, row: &Application, ready: &[Ready]) -> Result<(), Fault> {
    if ready.is_empty() {
        return Ok(());
    }
    let mut others = store::material::all(tx.conn(), row.id).await?;
    for one in ready {
        let has = |file: &Material| !file.removed && file.requirement_id == one.requirement_id;
        if !others.iter().any(has) && others.len() < MAX_ALL {
            let taken = attach(tx, row, &others, one).await?;
            if taken.is_some() {
                // Also at a counter, where a clerk reads with it what somebody holds.
                tx.done("intake.licence.taken", "licence", one.licence.id);
            }
            others.extend(taken);
        }
    }
    Ok(())
}

/// Adds a row that names the licence's sheet: the bytes stay with the register.
async fn attach(
    tx: &Tx,
    row: &Application,
    others: &[Material],
    ready: &Ready,
) -> Result<Option<Material>, Fault> {
    let Ready {
        requirement_id,
        licence,
        sheet,
    } = ready;
    let is_there = |other: &Material| {
        !other.removed
            && other.requirement_id == *requirement_id
            && other.licence_id == Some(licence.id)
    };
    if others.iter().any(is_there) {
        return Ok(None);
    }
    room(others, requirement_id)?;
    let content = Content {
        file_name: format!("{} {}.pdf", licence.type_name, licence.number),
        media_type: "application/pdf".to_owned(),
        size: sheet.size,
        blob: sheet.blob.clone(),
    };
    let reused = ReusedLicence {
        licence: licence.clone(),
        taken_at: tx.now(),
    };
    let mut material = content.material(tx, row.id, requirement_id)?;
    material.licence_id = Some(licence.id);
    material.licence = Some(
        tx.sealer()
            .seal_json(MATERIAL_LICENCE, material.id, &reused)?,
    );
    store::material::insert(tx.conn(), material.clone()).await?;
    Ok(Some(material))
}

/// Looks at the licences again that are about to be handed in: new ones, and those of parts that may be
/// changed now. What the department has and nobody may change is the department's to look at.
pub(crate) async fn check<P>(
    app: &App,
    ctx: &Ctx<P>,
    id: ApplicationId,
    who: Option<&Applicant>,
) -> Result<Checked, Fault> {
    let (conn, sealer) = (ctx.read(), ctx.store().sealer());
    let row = own(&conn, ctx, id).await?;
    let editing = sealed::editing(sealer, &row)?;
    let materials = store::material::all(&conn, row.id).await?;
    let looked_at = materials.iter().filter(|file| counts(file, &editing));
    let ids: Vec<Uuid> = looked_at.filter_map(|file| file.licence_id).collect();
    if ids.is_empty() {
        return Ok(Checked::default());
    }
    let named = sealed::applicant(sealer, &row)?;
    let standing = match holder(who.unwrap_or(&named)) {
        Some(holder) => app.licences().standing(&holder, &ids).await?,
        None => Vec::new(),
    };
    Ok(Checked::new(&ids, &standing))
}

/// What is wrong with the licences among materials.
pub(crate) fn faults(
    sealer: &Sealer,
    checked: &Checked,
    item: &ItemDocument,
    answers: &SituationAnswers,
    (materials, editing): (&[Material], &Editing),
) -> Result<Vec<FieldFault>, StorageError> {
    let mut taken = Vec::new();
    for file in materials.iter().filter(|file| counts(file, editing)) {
        if let Some(licence) = sealed::licence(sealer, file)? {
            taken.push((file.requirement_id.as_str(), licence));
        }
    }
    Ok(checked.faults(item, answers, taken))
}

fn counts(file: &Material, editing: &Editing) -> bool {
    !file.removed && (!file.handed_in || editing.allows_material(&file.requirement_id))
}

/// Whose licences an application may be filled in with: of whom it is for, where the caller is he, was
/// authorised by him online, or serves him at a counter.
async fn holder_for<P>(
    app: &App,
    ctx: &Ctx<P>,
    row: &Application,
) -> Result<Option<LicenceHolder>, Fault> {
    let who = applicant_for(app, ctx, row).await?;
    Ok(who.as_ref().and_then(holder))
}
