//! The one way of a file's content into the blob store: looked into, told by what it holds, sealed
//! before any row names it. Materials, batches and the vault keep the same.

use tb_http::{ALLOWED, Ctx, FileKind, clean_name, sniff};
use tb_kernel::Fault;
use tb_storage::{Spooled, Tx};
use uuid::Uuid;

use crate::app::App;
use crate::error::Error;
use crate::sealed::FILE_NAME;
use crate::store::material::Material;

/// A file whose content is in the blob store.
pub(super) struct Content {
    /// Clean name.
    pub file_name: String,
    /// Told by the content.
    pub media_type: String,
    /// In bytes.
    pub size: i64,
    /// Where it lies.
    pub blob: String,
}

/// Keeps what arrived. Whoever calls has asked already whether it may come: looking into a file and
/// sealing it is the dear part.
pub(super) async fn keep<P>(
    app: &App,
    ctx: &Ctx<P>,
    file_name: &str,
    content: &Spooled,
) -> Result<Content, Fault> {
    if content.length() == 0 {
        return Err(Error::MaterialEmpty.into());
    }
    let file_name = clean_name(file_name);
    let _place = app.places().seal().await?;
    let kind = look_into(content, &file_name).await?;
    Ok(Content {
        file_name,
        media_type: kind.media_type.to_owned(),
        size: i64::try_from(content.length()).map_err(Fault::internal)?,
        blob: ctx.store().blobs().put_spooled(content).await?,
    })
}

/// The kind of a file; reading and unpacking take a thread that may block.
async fn look_into(content: &Spooled, file_name: &str) -> Result<FileKind, Fault> {
    let (content, file_name) = (content.clone(), file_name.to_owned());
    let looking = tokio::task::spawn_blocking(move || sniff(content.reader(), &file_name));
    let kind = looking.await.map_err(Fault::internal)?;
    let kind = kind.map_err(Fault::internal)?;
    Ok(kind.ok_or(Error::MaterialType { allowed: ALLOWED })?)
}

impl Content {
    /// The row of a material that was given by hand; what came from elsewhere says so in addition.
    pub fn material(
        self,
        tx: &Tx,
        application_id: Uuid,
        requirement_id: &str,
    ) -> Result<Material, Fault> {
        let id = tx.new_id();
        Ok(Material {
            id,
            application_id,
            requirement_id: requirement_id.to_owned(),
            file_name: tx.sealer().seal_text(FILE_NAME, id, &self.file_name)?,
            media_type: self.media_type,
            size: self.size,
            blob: self.blob,
            handed_in: false,
            removed: false,
            vault_document_id: None,
            vault_origin: None,
            licence_id: None,
            licence: None,
            created_at: tx.now(),
        })
    }
}
