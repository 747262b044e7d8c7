//! What a hand-in leaves in the vault: new papers as documents or new editions, and the note of
//! what was used.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use tb_contract::events::Applicant;
use tb_contract::item::{ItemDocument, MaterialRequirement, SituationAnswers};
use tb_kernel::office_time;
use tb_storage::{StorageError, Tx};

use super::{kind_of, owner_of};
use crate::model::vault::{MAX_DOCUMENTS, Origin, good_until, is_kept};
use crate::sealed::{FILE_NAME, VAULT_FILE_NAME, VAULT_NAME, VAULT_ORIGIN};
use crate::service::content::Content;
use crate::store;
use crate::store::application::Application;
use crate::store::material::Material;
use crate::store::vault::{Current, Document, Edition, Owner, Use, VaultFile};

type Result<T> = std::result::Result<T, StorageError>;

/// Files given for one requirement, at least one of them with this hand-in.
struct Given<'a> {
    requirement: &'a MaterialRequirement,
    kind: Vec<u8>,
    files: Vec<&'a Material>,
}

/// Keeps what is new in the applicant's vault and notes what was taken from it. `materials` are
/// the rows as they were before this hand-in.
pub(crate) async fn gather(
    tx: &Tx,
    row: &Application,
    who: &Applicant,
    item: &ItemDocument,
    answers: &SituationAnswers,
    materials: &[Material],
) -> Result<()> {
    if row.proxy_proof.is_some() {
        // Whoever brings a paper puts nothing into the vault of whom he names.
        return Ok(());
    }
    let owner = owner_of(tx.sealer(), who);
    let given = given(tx, item, answers, materials);
    if given.is_empty() {
        return Ok(());
    }
    let held = store::vault::hold_all(tx.conn(), &owner).await?;
    let mut room = MAX_DOCUMENTS.saturating_sub(held.len() as u64);
    let ids: BTreeSet<_> = held.iter().map(|one| one.id).collect();
    let known = store::vault::current(tx.conn(), held).await?;
    for one in given {
        let used = taken(tx, &one.files)?;
        for (document, seq) in used.iter().filter(|(id, _)| ids.contains(id)) {
            store::vault::note_use(tx.conn(), use_of(tx, row, *document, *seq)).await?;
        }
        let all_taken = one.files.iter().all(|f| f.vault_document_id.is_some());
        if all_taken || !is_kept(one.requirement) {
            continue;
        }
        let same = known.iter().find(|it| it.document.kind_bidx == one.kind);
        match same {
            Some(it) if is_same(it, &one.files) => {
                let used = use_of(tx, row, it.document.id, it.edition.seq);
                store::vault::note_use(tx.conn(), used).await?;
            }
            Some(_) => keep(tx, row, &owner, one).await?,
            None if room == 0 => {}
            None => {
                room -= 1;
                keep(tx, row, &owner, one).await?;
            }
        }
    }
    Ok(())
}

/// What this hand-in brings, in the order of the kinds, each kind once.
fn given<'a>(
    tx: &Tx,
    item: &'a ItemDocument,
    answers: &SituationAnswers,
    materials: &'a [Material],
) -> Vec<Given<'a>> {
    let mut by_kind = BTreeMap::new();
    for requirement in item.materials_for(answers) {
        let files: Vec<&Material> = materials
            .iter()
            // A licence of ours stays where it is: in the register.
            .filter(|file| file.licence_id.is_none())
            .filter(|file| !file.removed && file.requirement_id == requirement.id)
            .collect();
        if files.iter().any(|file| !file.handed_in) {
            let kind = kind_of(tx.sealer(), &requirement.name);
            by_kind.entry(kind.clone()).or_insert(Given {
                requirement,
                kind,
                files,
            });
        }
    }
    by_kind.into_values().collect()
}

/// The documents and editions that files were taken from.
fn taken(tx: &Tx, files: &[&Material]) -> Result<BTreeSet<(uuid::Uuid, i32)>> {
    let mut all = BTreeSet::new();
    for file in files {
        if let (Some(id), Some(taken)) = (
            file.vault_document_id,
            crate::sealed::taken(tx.sealer(), file)?,
        ) {
            all.insert((id, taken.edition));
        }
    }
    Ok(all)
}

/// Whether an edition has exactly these contents.
fn is_same(current: &Current, files: &[&Material]) -> bool {
    let theirs: BTreeSet<&str> = current.files.iter().map(|f| f.blob.as_str()).collect();
    let these: BTreeSet<&str> = files.iter().map(|f| f.blob.as_str()).collect();
    theirs == these
}

fn use_of(tx: &Tx, row: &Application, document_id: uuid::Uuid, seq: i32) -> Use {
    Use {
        id: tx.new_id(),
        document_id,
        seq,
        application_id: row.id,
        account_id: row.account_id,
        item_name: row.item_name.clone(),
        case_number: row.number.clone().unwrap_or_default(),
        used_at: tx.now(),
    }
}

async fn keep(tx: &Tx, row: &Application, owner: &Owner, one: Given<'_>) -> Result<()> {
    let document = claim(tx, owner, &one.requirement.name).await?;
    let origin = Origin {
        application_id: row.id,
        account_id: row.account_id,
        item_name: row.item_name.clone(),
        case_number: row.number.clone().unwrap_or_default(),
    };
    let mut contents = Vec::new();
    for file in one.files {
        contents.push(Content {
            file_name: tx.sealer().open_text(FILE_NAME, file.id, &file.file_name)?,
            media_type: file.media_type.clone(),
            size: file.size,
            blob: file.blob.clone(),
        });
    }
    let last = good_until(office_time::day(tx.now()), None, one.requirement.reuse_days);
    add(tx, &document, Some(origin), last, contents).await?;
    let used = use_of(tx, row, document.id, document.edition + 1);
    store::vault::note_use(tx.conn(), used).await
}

/// The document of a name, held; made where there is none.
pub(crate) async fn claim(tx: &Tx, owner: &Owner, name: &str) -> Result<Document> {
    let id = tx.new_id();
    let fresh = Document {
        id,
        owner_bidx: owner.0.clone(),
        kind_bidx: kind_of(tx.sealer(), name),
        name: tx.sealer().seal_text(VAULT_NAME, id, name)?,
        edition: 0,
        version: 0,
        created_at: tx.now(),
        updated_at: tx.now(),
    };
    store::vault::claim(tx.conn(), owner, fresh).await
}

/// The next edition of a document that is held.
pub(in crate::service) async fn add(
    tx: &Tx,
    document: &Document,
    origin: Option<Origin>,
    valid_until: Option<NaiveDate>,
    contents: Vec<Content>,
) -> Result<()> {
    let (id, seq) = (tx.new_id(), document.edition + 1);
    let origin = origin.map(|origin| tx.sealer().seal_json(VAULT_ORIGIN, id, &origin));
    let edition = Edition {
        id,
        document_id: document.id,
        seq,
        valid_until,
        origin: origin.transpose()?,
        given_at: tx.now(),
    };
    let mut files = Vec::with_capacity(contents.len());
    for content in contents {
        let id = tx.new_id();
        files.push(VaultFile {
            id,
            document_id: document.id,
            seq,
            file_name: tx
                .sealer()
                .seal_text(VAULT_FILE_NAME, id, &content.file_name)?,
            media_type: content.media_type,
            size: content.size,
            blob: content.blob,
        });
    }
    store::vault::add_edition(tx.conn(), edition, files).await
}
