//! Words that count as the same, for whoever keeps them. A change is in force in this process when it
//! is answered, and in the others with their next look.

use std::collections::HashMap;

use tb_contract::access::SynonymWrite;
use tb_http::Ctx;
use tb_kernel::Fault;
use tb_storage::{Conn, Origin, Store, Tx};
use uuid::Uuid;

use crate::api::synonyms::{AddedSynonyms, SaveSynonym, SynonymView};
use crate::catalogue::Catalogue;
use crate::entity::synonym;
use crate::error::{Error, field};
use crate::model::publish_check::fault;
use crate::model::synonym::{check, common, key, tidy};
use crate::service::{own_json, stale, to_json};
use crate::store;
use crate::store::revision::{self, List};

/// Most groups: searches look at all of them.
const MOST: u64 = 2_000;
/// Longest note, in characters.
const LONGEST_NOTE: usize = 200;

/// The groups that contain some words, the newest first.
pub(crate) async fn list(
    ctx: &Ctx<SynonymWrite>,
    words: Option<String>,
) -> Result<Vec<SynonymView>, Fault> {
    let wanted = words.map(|words| key(&words)).unwrap_or_default();
    let mut views = Vec::new();
    for row in store::synonym::all(&ctx.read()).await? {
        let view = SynonymView::of(row)?;
        if view.words.iter().any(|word| key(word).contains(&wanted)) {
            views.push(view);
        }
    }
    Ok(views)
}

/// Adds a group.
pub(crate) async fn add(
    catalogue: &Catalogue,
    ctx: &Ctx<SynonymWrite>,
    body: SaveSynonym,
) -> Result<SynonymView, Fault> {
    let mut tx = ctx.begin().await?;
    let words = taken(&tx, None, body.words, &body.note).await?;
    if store::synonym::count(tx.conn()).await? >= MOST {
        return Err(Error::SynonymsFull { max: MOST }.into());
    }
    let row = new_row(&tx, &words, body.note.trim())?;
    let view = SynonymView::of(row.clone())?;
    store::synonym::insert(tx.conn(), vec![row]).await?;
    tx.done("catalogue.synonym.added", "synonym", view.id);
    tx.commit(&view).await?;
    catalogue.show_changes().await;
    Ok(view)
}

/// Changes a group.
pub(crate) async fn save(
    catalogue: &Catalogue,
    ctx: &Ctx<SynonymWrite>,
    id: Uuid,
    body: SaveSynonym,
) -> Result<SynonymView, Fault> {
    let mut tx = ctx.begin().await?;
    let words = taken(&tx, Some(id), body.words, &body.note).await?;
    let mut row = read(&tx, id, body.version).await?;
    row.words = to_json(&words)?;
    body.note.trim().clone_into(&mut row.note);
    row.version += 1;
    row.updated_at = tx.now();
    row.updated_by.clone_from(&tx.actor().name);
    let view = SynonymView::of(row.clone())?;
    store::synonym::update(tx.conn(), row).await?;
    tx.done("catalogue.synonym.saved", "synonym", id);
    tx.commit(&view).await?;
    catalogue.show_changes().await;
    Ok(view)
}

/// Removes a group.
pub(crate) async fn remove(
    catalogue: &Catalogue,
    ctx: &Ctx<SynonymWrite>,
    id: Uuid,
    version: i64,
) -> Result<SynonymView, Fault> {
    let mut tx = ctx.begin().await?;
    revision::raise(tx.conn(), List::Synonyms).await?;
    let view = SynonymView::of(read(&tx, id, version).await?)?;
    store::synonym::remove(tx.conn(), id).await?;
    tx.done("catalogue.synonym.removed", "synonym", id);
    tx.commit(&view).await?;
    catalogue.show_changes().await;
    Ok(view)
}

/// Adds those common groups of which no word stands in a group yet.
pub(crate) async fn add_common(
    catalogue: &Catalogue,
    ctx: &Ctx<SynonymWrite>,
) -> Result<AddedSynonyms, Fault> {
    let mut tx = ctx.begin().await?;
    let added = write_common(&mut tx).await?;
    let answer = AddedSynonyms { added };
    tx.commit(&answer).await?;
    catalogue.show_changes().await;
    Ok(answer)
}

/// The same for an installation that is being filled; returns how many.
pub(crate) async fn seed(store: &Store, by: &Origin) -> Result<u64, Fault> {
    let mut tx = store.begin(by.clone()).await?;
    let added = write_common(&mut tx).await?;
    tx.commit(&()).await?;
    Ok(added)
}

/// The groups as searches use them.
pub(crate) async fn groups(conn: &Conn) -> Result<Vec<Vec<String>>, Fault> {
    let rows = store::synonym::all(conn).await?;
    rows.iter().map(|row| own_json(&row.words)).collect()
}

async fn write_common(tx: &mut Tx) -> Result<u64, Fault> {
    revision::raise(tx.conn(), List::Synonyms).await?;
    let known = known(tx.conn(), None).await?;
    let free = |words: &Vec<String>| words.iter().all(|word| !known.contains_key(&key(word)));
    let mut rows = Vec::new();
    for words in common().into_iter().filter(free) {
        rows.push(new_row(tx, &words, "")?);
    }
    let added = rows.len();
    store::synonym::insert(tx.conn(), rows).await?;
    if added > 0 {
        tx.done("catalogue.synonyms.added", "synonyms", added);
    }
    Ok(added as u64)
}

/// Takes the list for this transaction and checks a group against it: two who give one word to two
/// groups wait for each other.
async fn taken(
    tx: &Tx,
    own: Option<Uuid>,
    words: Vec<String>,
    note: &str,
) -> Result<Vec<String>, Fault> {
    revision::raise(tx.conn(), List::Synonyms).await?;
    let words = tidy(words);
    let mut faults = check(&words, &known(tx.conn(), own).await?);
    if note.trim().chars().count() > LONGEST_NOTE {
        let mut long = fault("/note", field::TOO_LONG);
        long.args.insert("max".to_owned(), LONGEST_NOTE.to_string());
        faults.push(long);
    }
    if faults.is_empty() {
        Ok(words)
    } else {
        Err(Fault::fields(
            Fault::from(Error::SynonymInvalid).code,
            faults,
        ))
    }
}

/// The words of all groups but one's own, with their groups.
async fn known(conn: &Conn, own: Option<Uuid>) -> Result<HashMap<String, String>, Fault> {
    let mut known = HashMap::new();
    for row in store::synonym::all(conn).await? {
        if Some(row.id) != own {
            let words: Vec<String> = own_json(&row.words)?;
            let group = words.join("、");
            known.extend(words.iter().map(|word| (key(word), group.clone())));
        }
    }
    Ok(known)
}

async fn read(tx: &Tx, id: Uuid, version: i64) -> Result<synonym::Model, Fault> {
    let found = store::synonym::find(tx.conn(), id).await?;
    let row = found.ok_or(Error::SynonymNotFound)?;
    if row.version == version {
        Ok(row)
    } else {
        Err(stale(&row.updated_by, row.updated_at).into())
    }
}

fn new_row(tx: &Tx, words: &[String], note: &str) -> Result<synonym::Model, Fault> {
    Ok(synonym::Model {
        id: tx.new_id(),
        words: to_json(&words)?,
        note: note.to_owned(),
        version: 1,
        updated_at: tx.now(),
        updated_by: tx.actor().name.clone(),
    })
}
