//! Requests that carry an `Idempotency-Key`: the answer is stored with the change, so a repeat gets
//! the same answer and changes nothing. The key's row is taken first in the transaction; a second
//! request with the same key waits for it and then finds the answer.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QuerySelect, Set};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::conn::Conn;
use crate::entity::idempotency;
use crate::error::StorageError;
use crate::sealed::{Column, Sealer};
use crate::store::{Origin, Store};

const ANSWER: Column = Column::new("platform_idempotency", "answer");

/// A request's key with what it asked.
#[derive(Clone, Debug)]
pub struct IdempotencyKey {
    /// Who asked, and the key he chose.
    pub id: Uuid,
    /// Hash of method, path and body: the same key must mean the same request.
    pub fingerprint: Vec<u8>,
}

impl IdempotencyKey {
    /// The key `key` of account `account` for a request with this fingerprint.
    pub fn new(account: Uuid, key: &str, fingerprint: Vec<u8>) -> Self {
        let digest = Sha256::new()
            .chain_update(account.as_bytes())
            .chain_update(key.as_bytes())
            .finalize();
        let mut id = [0_u8; 16];
        id.iter_mut().zip(digest).for_each(|(to, from)| *to = from);
        Self {
            id: uuid::Builder::from_custom_bytes(id).into_uuid(),
            fingerprint,
        }
    }
}

/// An answer given before.
#[derive(Clone, Debug)]
pub enum StoredAnswer {
    /// To the same request: its JSON.
    Same(Vec<u8>),
    /// To another request: the key was used twice for different things.
    Other,
}

/// The stored answer, if the key has been used.
pub(crate) async fn find(
    conn: &Conn,
    sealer: &Sealer,
    key: &IdempotencyKey,
) -> Result<Option<StoredAnswer>, StorageError> {
    let Some(row) = idempotency::Entity::find_by_id(key.id).one(conn).await? else {
        return Ok(None);
    };
    if row.fingerprint != key.fingerprint {
        return Ok(Some(StoredAnswer::Other));
    }
    match &row.answer {
        Some(answer) => Ok(Some(StoredAnswer::Same(
            sealer.open(ANSWER, key.id, answer)?,
        ))),
        None => Ok(None),
    }
}

/// Takes the key for this transaction; an answer that is there already ends it.
pub(crate) async fn take(
    conn: &Conn,
    sealer: &Sealer,
    key: &IdempotencyKey,
    now: DateTime<Utc>,
) -> Result<(), StorageError> {
    let row = idempotency::ActiveModel {
        id: Set(key.id),
        fingerprint: Set(key.fingerprint.clone()),
        answer: Set(None),
        created_at: Set(now),
    };
    let taken = idempotency::Entity::insert(row)
        .on_conflict(
            OnConflict::column(idempotency::Column::Id)
                .do_nothing()
                .to_owned(),
        )
        .exec_without_returning(conn)
        .await?;
    if taken == 1 {
        return Ok(());
    }
    let answer = find(conn, sealer, key).await?;
    Err(StorageError::Answered(answer.ok_or(
        StorageError::Misuse("a committed idempotency row has an answer"),
    )?))
}

/// Stores the answer.
pub(crate) async fn answer(
    conn: &Conn,
    sealer: &Sealer,
    key: &IdempotencyKey,
    json: &[u8],
) -> Result<(), StorageError> {
    let row = idempotency::ActiveModel {
        id: Set(key.id),
        answer: Set(Some(sealer.seal(ANSWER, key.id, json)?)),
        ..Default::default()
    };
    row.update(conn).await?;
    Ok(())
}

/// Rows of one transaction of [`forget_answers`]: writers wait for no longer than that takes.
const BATCH: u64 = 500;

/// Forgets the answers given before `before`, and returns how many: whoever has not repeated a
/// request by then does not. A later repeat is a new request.
pub async fn forget_answers(store: &Store, before: DateTime<Utc>) -> Result<u64, StorageError> {
    let mut gone = 0;
    loop {
        let old: Vec<Uuid> = idempotency::Entity::find()
            .select_only()
            .column(idempotency::Column::Id)
            .filter(idempotency::Column::CreatedAt.lt(before))
            .limit(BATCH)
            .into_tuple()
            .all(&store.read())
            .await?;
        if old.is_empty() {
            return Ok(gone);
        }
        let tx = store
            .begin(Origin::system("forget_answers", store.new_id().into()))
            .await?;
        gone += idempotency::Entity::delete_many()
            .filter(idempotency::Column::Id.is_in(old))
            .exec(tx.conn())
            .await?
            .rows_affected;
        tx.commit(&()).await?;
    }
}
