//! Results that an office attached (办结上传结果): kept as they come, shown once the case is closed, and then offered
//! in the vault.

use tb_contract::access::ApplicationRead;
use tb_contract::events::CaseResult;
use tb_http::{Ctx, FileAnswer};
use tb_kernel::{ApplicationId, Fault};
use tb_storage::{Conn, Sealer, StorageError, Tx};
use uuid::Uuid;

use super::content::Content;
use super::read::own;
use super::vault::gather::{add, claim};
use super::vault::owner_of;
use crate::entity::result;
use crate::error::Error;
use crate::model::State;
use crate::model::vault::Origin;
use crate::sealed::{self, RESULT};
use crate::store;
use crate::store::application::Application;

/// Keeps a result that came with a version of the case.
pub(crate) async fn keep(
    tx: &Tx,
    row: &Application,
    office: &str,
    (version, result): (i64, &CaseResult),
) -> Result<(), StorageError> {
    let id = tx.new_id();
    let kept = result::Model {
        id,
        application_id: row.id,
        case_version: version,
        office: office.to_owned(),
        result: tx.sealer().seal_json(RESULT, id, result)?,
        attached_at: tx.now(),
    };
    store::result::insert(tx.conn(), kept).await
}

/// Whether the results of a case are the applicant's to see.
pub(crate) fn is_out(row: &Application, state: State) -> bool {
    matches!(state, State::Closed | State::Delivered) && row.revoked_at.is_none()
}

/// The results that count, with the office that attached each: of those of one name the last.
pub(crate) async fn in_force(
    sealer: &Sealer,
    conn: &Conn,
    application_id: Uuid,
) -> Result<Vec<(result::Model, CaseResult)>, StorageError> {
    let mut found: Vec<(result::Model, CaseResult)> = Vec::new();
    for kept in store::result::all(conn, application_id).await? {
        let result = sealed::result(sealer, &kept)?;
        found.retain(|(_, known)| known.of != result.of);
        found.push((kept, result));
    }
    Ok(found)
}

/// Offers what has a file in the vault of the applicant, with the closure and when one is put right afterwards.
pub(crate) async fn offer(
    tx: &Tx,
    row: &Application,
    of: Option<&str>,
) -> Result<(), StorageError> {
    // Whoever brought a paper puts nothing into the vault of whom he named.
    if row.proxy_proof.is_some() {
        return Ok(());
    }
    let owner = owner_of(tx.sealer(), &sealed::applicant(tx.sealer(), row)?);
    for (_, result) in in_force(tx.sealer(), tx.conn(), row.id).await? {
        let Some(file) = result.file.filter(|_| of.is_none_or(|of| of == result.of)) else {
            continue;
        };
        let document = claim(tx, &owner, &result.name).await?;
        let origin = Origin {
            application_id: row.id,
            account_id: row.account_id,
            item_name: row.item_name.clone(),
            case_number: row.number.clone().unwrap_or_default(),
        };
        let content = Content {
            blob: file.blob(),
            file_name: file.file_name,
            media_type: file.media_type,
            size: file.size,
        };
        add(
            tx,
            &document,
            Some(origin),
            result.valid_until,
            vec![content],
        )
        .await?;
    }
    Ok(())
}

/// The file of a result that is out.
pub(crate) async fn file(
    ctx: &Ctx<ApplicationRead>,
    id: ApplicationId,
    file_id: Uuid,
) -> Result<FileAnswer, Fault> {
    let conn = ctx.read();
    let row = own(&conn, ctx, id).await?;
    if !is_out(&row, sealed::state(&row)?) {
        return Err(Error::MaterialNotFound.into());
    }
    let all = in_force(ctx.store().sealer(), &conn, row.id).await?;
    let mut files = all.into_iter().filter_map(|(_, result)| result.file);
    let file = files
        .find(|file| file.id == file_id)
        .ok_or(Error::MaterialNotFound)?;
    let content = ctx.store().blobs().open_file(&file.blob()).await?;
    ctx.record_read("result_file", file_id).await?;
    Ok(FileAnswer {
        name: file.file_name,
        media_type: file.media_type,
        content: content.ok_or(Error::MaterialNotFound)?,
    })
}
