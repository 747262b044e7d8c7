//! The vault. Every question names the owner's index: there is no way to a document without it.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait, OnConflict},
};
use tb_storage::{Conn, StorageError};
use uuid::Uuid;

pub(crate) use crate::entity::vault_document::Model as Document;
pub(crate) use crate::entity::vault_edition::Model as Edition;
pub(crate) use crate::entity::vault_file::Model as VaultFile;
pub(crate) use crate::entity::vault_use::Model as Use;
use crate::entity::{vault_document, vault_edition, vault_file, vault_use};

type Result<T> = std::result::Result<T, StorageError>;

/// An owner, by the blind index of who he is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Owner(pub Vec<u8>);

/// A document with its edition in force.
#[derive(Clone, Debug)]
pub(crate) struct Current {
    pub document: Document,
    pub edition: Edition,
    pub files: Vec<VaultFile>,
}

/// Documents of an owner, newest first, one more than `limit`.
pub(crate) async fn list(
    conn: &Conn,
    owner: &Owner,
    before: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Document>> {
    let mut query = of(owner).filter(vault_document::Column::Edition.gt(0));
    if let Some(id) = before {
        query = query.filter(vault_document::Column::Id.lt(id));
    }
    Ok(query
        .order_by_desc(vault_document::Column::Id)
        .limit(limit + 1)
        .all(conn)
        .await?)
}

/// How many documents an owner has.
pub(crate) async fn count(conn: &Conn, owner: &Owner) -> Result<u64> {
    Ok(of(owner).count(conn).await?)
}

/// One of an owner.
pub(crate) async fn find(conn: &Conn, owner: &Owner, id: Uuid) -> Result<Option<Document>> {
    let one = of(owner).filter(vault_document::Column::Id.eq(id));
    Ok(one.one(conn).await?)
}

/// One of an owner, held until the transaction ends.
pub(crate) async fn find_locked(conn: &Conn, owner: &Owner, id: Uuid) -> Result<Option<Document>> {
    let one = of(owner).filter(vault_document::Column::Id.eq(id));
    Ok(one.lock_exclusive().one(conn).await?)
}

/// All of an owner, held in the order of their ids, so that no two transactions wait for each other.
pub(crate) async fn hold_all(conn: &Conn, owner: &Owner) -> Result<Vec<Document>> {
    let all = of(owner).order_by_asc(vault_document::Column::Id);
    Ok(all.lock_exclusive().all(conn).await?)
}

/// Those of some kinds with what is in force.
pub(crate) async fn of_kinds(
    conn: &Conn,
    owner: &Owner,
    kinds: BTreeSet<Vec<u8>>,
) -> Result<Vec<Current>> {
    if kinds.is_empty() {
        return Ok(Vec::new());
    }
    let found = of(owner)
        .filter(vault_document::Column::KindBidx.is_in(kinds))
        .filter(vault_document::Column::Edition.gt(0));
    let found = found.all(conn).await?;
    current(conn, found).await
}

/// Documents with their editions in force.
pub(crate) async fn current(conn: &Conn, documents: Vec<Document>) -> Result<Vec<Current>> {
    if documents.is_empty() {
        return Ok(Vec::new());
    }
    let (mut of_editions, mut of_files) = (Condition::any(), Condition::any());
    for one in &documents {
        let (id, seq) = (one.id, one.edition);
        let edition = vault_edition::Column::DocumentId.eq(id);
        of_editions = of_editions.add(edition.and(vault_edition::Column::Seq.eq(seq)));
        let file = vault_file::Column::DocumentId.eq(id);
        of_files = of_files.add(file.and(vault_file::Column::Seq.eq(seq)));
    }
    let editions = vault_edition::Entity::find().filter(of_editions);
    let mut editions = editions.all(conn).await?;
    let files = vault_file::Entity::find().filter(of_files);
    let mut files = files.order_by_asc(vault_file::Column::Id).all(conn).await?;
    let mut all = Vec::with_capacity(documents.len());
    for document in documents {
        let at = editions
            .iter()
            .position(|edition| edition.document_id == document.id);
        if let Some(at) = at {
            let files = files.extract_if(.., |file| file.document_id == document.id);
            all.push(Current {
                files: files.collect(),
                edition: editions.swap_remove(at),
                document,
            });
        }
    }
    Ok(all)
}

/// All editions of a document, newest first, with all its files.
pub(crate) async fn history(conn: &Conn, document: Uuid) -> Result<(Vec<Edition>, Vec<VaultFile>)> {
    let editions = vault_edition::Entity::find()
        .filter(vault_edition::Column::DocumentId.eq(document))
        .order_by_desc(vault_edition::Column::Seq);
    let files = vault_file::Entity::find()
        .filter(vault_file::Column::DocumentId.eq(document))
        .order_by_asc(vault_file::Column::Id);
    Ok((editions.all(conn).await?, files.all(conn).await?))
}

/// What a document was used for, newest first.
pub(crate) async fn uses(conn: &Conn, document: Uuid) -> Result<Vec<Use>> {
    Ok(vault_use::Entity::find()
        .filter(vault_use::Column::DocumentId.eq(document))
        .order_by_desc(vault_use::Column::Id)
        .limit(100)
        .all(conn)
        .await?)
}

/// A file of a document.
pub(crate) async fn file(conn: &Conn, document: Uuid, id: Uuid) -> Result<Option<VaultFile>> {
    Ok(vault_file::Entity::find_by_id(id)
        .filter(vault_file::Column::DocumentId.eq(document))
        .one(conn)
        .await?)
}

/// The document of a kind, held; made where there is none, whoever is faster.
pub(crate) async fn claim(conn: &Conn, owner: &Owner, fresh: Document) -> Result<Document> {
    let kind = fresh.kind_bidx.clone();
    vault_document::Entity::insert(fresh.into_active_model().reset_all())
        .on_conflict(
            OnConflict::columns([
                vault_document::Column::OwnerBidx,
                vault_document::Column::KindBidx,
            ])
            .do_nothing()
            .to_owned(),
        )
        .exec_without_returning(conn)
        .await?;
    let one = of(owner).filter(vault_document::Column::KindBidx.eq(kind));
    let one = one.lock_exclusive().one(conn).await?;
    one.ok_or(StorageError::Misuse("a document just made is not there"))
}

/// Adds an edition to a document that is held, and puts it in force.
pub(crate) async fn add_edition(
    conn: &Conn,
    edition: Edition,
    files: Vec<VaultFile>,
) -> Result<()> {
    let (document, seq, at) = (edition.document_id, edition.seq, edition.given_at);
    vault_edition::Entity::insert(edition.into_active_model().reset_all())
        .exec_without_returning(conn)
        .await?;
    let files = files
        .into_iter()
        .map(|file| file.into_active_model().reset_all());
    vault_file::Entity::insert_many(files)
        .exec_without_returning(conn)
        .await?;
    vault_document::Entity::update_many()
        .col_expr(vault_document::Column::Edition, Expr::value(seq))
        .col_expr(
            vault_document::Column::Version,
            Expr::col(vault_document::Column::Version).add(1),
        )
        .col_expr(vault_document::Column::UpdatedAt, Expr::value(at))
        .filter(vault_document::Column::Id.eq(document))
        .exec(conn)
        .await?;
    Ok(())
}

/// Sets the last day of the edition in force of a document that is held.
pub(crate) async fn set_validity(
    conn: &Conn,
    document: &Document,
    valid_until: Option<NaiveDate>,
    at: DateTime<Utc>,
) -> Result<()> {
    vault_edition::Entity::update_many()
        .col_expr(vault_edition::Column::ValidUntil, Expr::value(valid_until))
        .filter(vault_edition::Column::DocumentId.eq(document.id))
        .filter(vault_edition::Column::Seq.eq(document.edition))
        .exec(conn)
        .await?;
    vault_document::Entity::update_many()
        .col_expr(
            vault_document::Column::Version,
            Expr::value(document.version + 1),
        )
        .col_expr(vault_document::Column::UpdatedAt, Expr::value(at))
        .filter(vault_document::Column::Id.eq(document.id))
        .exec(conn)
        .await?;
    Ok(())
}

/// Notes that an application was handed in with an edition; once.
pub(crate) async fn note_use(conn: &Conn, row: Use) -> Result<()> {
    vault_use::Entity::insert(row.into_active_model().reset_all())
        .on_conflict(
            OnConflict::columns([
                vault_use::Column::DocumentId,
                vault_use::Column::Seq,
                vault_use::Column::ApplicationId,
            ])
            .do_nothing()
            .to_owned(),
        )
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

/// Takes a document away with all that hangs on it.
pub(crate) async fn delete(conn: &Conn, id: Uuid) -> Result<()> {
    vault_use::Entity::delete_many()
        .filter(vault_use::Column::DocumentId.eq(id))
        .exec(conn)
        .await?;
    vault_file::Entity::delete_many()
        .filter(vault_file::Column::DocumentId.eq(id))
        .exec(conn)
        .await?;
    vault_edition::Entity::delete_many()
        .filter(vault_edition::Column::DocumentId.eq(id))
        .exec(conn)
        .await?;
    vault_document::Entity::delete_by_id(id).exec(conn).await?;
    Ok(())
}

fn of(owner: &Owner) -> sea_orm::Select<vault_document::Entity> {
    vault_document::Entity::find().filter(vault_document::Column::OwnerBidx.eq(owner.0.clone()))
}
