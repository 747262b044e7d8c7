//! Looking into one's own vault.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use tb_contract::access::ApplicationRead;
use tb_http::{Ctx, FileAnswer};
use tb_kernel::{AccountId, ApplicationId, Fault, Page, PageRequest, office_time};
use tb_storage::{Conn, Sealer, StorageError};
use utoipa::ToSchema;
use uuid::Uuid;

use super::owner;
use crate::app::App;
use crate::error::Error;
use crate::model::vault::{Origin, is_over};
use crate::sealed::{VAULT_FILE_NAME, VAULT_NAME, VAULT_ORIGIN};
use crate::service::read::cursor;
use crate::store;
use crate::store::vault::{Current, Document, Edition, VaultFile};

/// A document of the vault, with what is in force of it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct VaultDocument {
    /// Id.
    pub id: Uuid,
    /// Name.
    pub name: String,
    /// Version to send back with a change.
    pub version: i64,
    /// The edition in force, counted from 1.
    pub edition: i32,
    /// When that edition was given.
    pub given_at: DateTime<Utc>,
    /// Last day on which it is good, where one is known.
    pub valid_until: Option<NaiveDate>,
    /// Whether that day has passed.
    pub expired: bool,
    /// The application it came with; none where it was put into the vault itself.
    pub origin: Option<VaultOrigin>,
    /// Its files.
    pub files: Vec<VaultFileView>,
}

/// The application that an edition came with, or was used in.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct VaultOrigin {
    /// The application, where it is the caller's own.
    pub application_id: Option<ApplicationId>,
    /// Its item.
    pub item_name: String,
    /// Its case number.
    pub case_number: String,
}

/// A file of the vault.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct VaultFileView {
    /// Id.
    pub id: Uuid,
    /// Name.
    pub file_name: String,
    /// Media type.
    pub media_type: String,
    /// Bytes.
    pub size: i64,
}

/// A document with its history.
#[derive(Debug, Serialize, ToSchema)]
pub struct VaultDetail {
    /// The document.
    #[serde(flatten)]
    pub document: VaultDocument,
    /// All editions, newest first.
    pub editions: Vec<VaultEdition>,
    /// Applications handed in with it, newest first, at most 100.
    pub uses: Vec<VaultUse>,
}

/// One edition.
#[derive(Debug, Serialize, ToSchema)]
pub struct VaultEdition {
    /// Counted from 1.
    pub edition: i32,
    /// When it was given.
    pub given_at: DateTime<Utc>,
    /// Last day on which it is good.
    pub valid_until: Option<NaiveDate>,
    /// The application it came with.
    pub origin: Option<VaultOrigin>,
    /// Its files.
    pub files: Vec<VaultFileView>,
}

/// One use.
#[derive(Debug, Serialize, ToSchema)]
pub struct VaultUse {
    /// The edition used.
    pub edition: i32,
    /// For what.
    pub application: VaultOrigin,
    /// When.
    pub used_at: DateTime<Utc>,
}

/// Documents of the caller's vault, newest first.
pub(crate) async fn list(
    app: &App,
    ctx: &Ctx<ApplicationRead>,
    request: PageRequest,
) -> Result<Page<VaultDocument>, Fault> {
    let owner = owner(app, ctx).await?;
    let (conn, limit) = (ctx.read(), request.limit());
    let rows = store::vault::list(&conn, &owner, cursor(&request)?, limit).await?;
    let Page { items, next_cursor } = Page::from_surplus(rows, limit, |row| row.id.to_string());
    let items = store::vault::current(&conn, items).await?;
    let reader = Reader::of(ctx);
    let items = items.into_iter().map(|one| reader.document(one));
    Ok(Page {
        items: items.collect::<Result<_, _>>()?,
        next_cursor,
    })
}

/// One document of the caller's vault with its history.
pub(crate) async fn one(
    app: &App,
    ctx: &Ctx<ApplicationRead>,
    id: Uuid,
) -> Result<VaultDetail, Fault> {
    let owner = owner(app, ctx).await?;
    let conn = ctx.read();
    let found = store::vault::find(&conn, &owner, id).await?;
    let answer = Reader::of(ctx)
        .detail(&conn, found.ok_or(Error::VaultDocumentNotFound)?)
        .await?;
    ctx.record_read("vault_document", id).await?;
    Ok(answer)
}

/// A file of the caller's vault.
pub(crate) async fn file(
    app: &App,
    ctx: &Ctx<ApplicationRead>,
    id: Uuid,
    file: Uuid,
) -> Result<FileAnswer, Fault> {
    let owner = owner(app, ctx).await?;
    let conn = ctx.read();
    let document = store::vault::find(&conn, &owner, id).await?;
    let document = document.ok_or(Error::VaultDocumentNotFound)?;
    let found = store::vault::file(&conn, document.id, file).await?;
    let found = found.ok_or(Error::VaultDocumentNotFound)?;
    let sealer = ctx.store().sealer();
    let name = sealer.open_text(VAULT_FILE_NAME, found.id, &found.file_name)?;
    let content = ctx.store().blobs().open_file(&found.blob).await?;
    let content = content.ok_or(Error::VaultDocumentNotFound)?;
    ctx.record_read("vault_file", file).await?;
    Ok(FileAnswer {
        name,
        media_type: found.media_type,
        content,
    })
}

/// The application that an edition came with.
pub(super) fn origin(sealer: &Sealer, edition: &Edition) -> Result<Option<Origin>, StorageError> {
    let origin = edition.origin.as_ref();
    origin
        .map(|sealed| sealer.open_json(VAULT_ORIGIN, edition.id, sealed))
        .transpose()
}

/// Opens what is sealed, for one reader on one day.
pub(crate) struct Reader<'a> {
    sealer: &'a Sealer,
    account: AccountId,
    today: NaiveDate,
}

impl<'a> Reader<'a> {
    pub fn of<P>(ctx: &'a Ctx<P>) -> Self {
        Self {
            sealer: ctx.store().sealer(),
            account: ctx.actor().id,
            today: office_time::day(ctx.now()),
        }
    }

    pub fn document(&self, current: Current) -> Result<VaultDocument, StorageError> {
        let Current {
            document,
            edition,
            files,
        } = current;
        Ok(VaultDocument {
            id: document.id,
            name: self
                .sealer
                .open_text(VAULT_NAME, document.id, &document.name)?,
            version: document.version,
            edition: edition.seq,
            given_at: edition.given_at,
            valid_until: edition.valid_until,
            expired: is_over(edition.valid_until, self.today),
            origin: self.origin(&edition)?,
            files: self.files(files)?,
        })
    }

    /// A document with its history.
    pub async fn detail(&self, conn: &Conn, document: Document) -> Result<VaultDetail, Fault> {
        let id = document.id;
        let (editions, files) = store::vault::history(conn, id).await?;
        let uses = store::vault::uses(conn, id).await?;
        let mut of_editions: HashMap<i32, Vec<VaultFile>> = HashMap::new();
        for file in files {
            of_editions.entry(file.seq).or_default().push(file);
        }
        let now = editions
            .iter()
            .find(|edition| edition.seq == document.edition);
        let current = Current {
            edition: now.ok_or(Error::VaultDocumentNotFound)?.clone(),
            files: of_editions
                .get(&document.edition)
                .cloned()
                .unwrap_or_default(),
            document,
        };
        let edition = |edition: Edition| {
            Ok(VaultEdition {
                edition: edition.seq,
                given_at: edition.given_at,
                valid_until: edition.valid_until,
                origin: self.origin(&edition)?,
                files: self.files(of_editions.remove(&edition.seq).unwrap_or_default())?,
            })
        };
        let in_view = |used: store::vault::Use| VaultUse {
            edition: used.seq,
            application: self.application(Origin {
                application_id: used.application_id,
                account_id: used.account_id,
                item_name: used.item_name,
                case_number: used.case_number,
            }),
            used_at: used.used_at,
        };
        Ok(VaultDetail {
            document: self.document(current)?,
            editions: editions
                .into_iter()
                .map(edition)
                .collect::<Result<_, StorageError>>()?,
            uses: uses.into_iter().map(in_view).collect(),
        })
    }

    fn origin(&self, edition: &Edition) -> Result<Option<VaultOrigin>, StorageError> {
        Ok(origin(self.sealer, edition)?.map(|origin| self.application(origin)))
    }

    fn application(&self, origin: Origin) -> VaultOrigin {
        let is_own = origin.account_id == self.account.0;
        VaultOrigin {
            application_id: is_own.then_some(ApplicationId(origin.application_id)),
            item_name: origin.item_name,
            case_number: origin.case_number,
        }
    }

    fn files(&self, files: Vec<VaultFile>) -> Result<Vec<VaultFileView>, StorageError> {
        let view = |file: VaultFile| {
            Ok(VaultFileView {
                id: file.id,
                file_name: self
                    .sealer
                    .open_text(VAULT_FILE_NAME, file.id, &file.file_name)?,
                media_type: file.media_type,
                size: file.size,
            })
        };
        files.into_iter().map(view).collect()
    }
}
