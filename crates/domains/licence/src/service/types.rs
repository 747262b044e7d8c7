//! Types: listed, created, changed; every change is a new version.

use chrono::SecondsFormat;
use tb_contract::access::LicenceTypeWrite;
use tb_http::Ctx;
use tb_kernel::{Fault, FieldFault, Page, PageRequest};
use tb_storage::{Conn, StorageError, Tx, is_unique_violation};

use crate::api::types::{NewType, SaveType, TypeVersionView, TypeView};
use crate::entity::kind;
use crate::error::{Error, field};
use crate::model::document::{TypeDocument, faults};
use crate::store;

/// Types by code.
pub(crate) async fn list(
    ctx: &Ctx<LicenceTypeWrite>,
    request: PageRequest,
) -> Result<Page<TypeView>, Fault> {
    let (after, limit) = (request.cursor.as_deref(), request.limit());
    let rows = store::kind::list(&ctx.read(), after.filter(|c| !c.is_empty()), limit).await?;
    let page = Page::from_surplus(rows, limit, |row| row.code.clone());
    let items: Result<Vec<_>, Fault> = page.items.iter().map(view).collect();
    Ok(Page {
        items: items?,
        next_cursor: page.next_cursor,
    })
}

/// A type with its versions.
pub(crate) async fn versions(
    ctx: &Ctx<LicenceTypeWrite>,
    code: &str,
) -> Result<Vec<TypeVersionView>, Fault> {
    let rows = store::kind::versions(&ctx.read(), code).await?;
    if rows.is_empty() {
        return Err(Error::TypeNotFound.into());
    }
    rows.into_iter()
        .map(|row| {
            Ok(TypeVersionView {
                version: row.version,
                document: serde_json::from_str(&row.document).map_err(Fault::internal)?,
                saved_at: row.saved_at,
                saved_by: row.saved_by,
            })
        })
        .collect()
}

/// Creates a type.
pub(crate) async fn create(ctx: &Ctx<LicenceTypeWrite>, body: NewType) -> Result<TypeView, Fault> {
    let mut tx = ctx.begin().await?;
    check(tx.conn(), &body.code, &body.document).await?;
    if store::kind::find(tx.conn(), &body.code).await?.is_some() {
        return Err(Error::TypeTaken { code: body.code }.into());
    }
    let view = add(&mut tx, body.code, &body.document).await?;
    tx.commit(&view).await?;
    Ok(view)
}

/// Adds a type that was checked.
pub(crate) async fn add(
    tx: &mut Tx,
    code: String,
    document: &TypeDocument,
) -> Result<TypeView, Fault> {
    let row = kind::Model {
        code,
        version: 1,
        document: serde_json::to_string(document).map_err(Fault::internal)?,
        saved_at: tx.now(),
        saved_by: tx.actor().name.clone(),
    };
    write(tx, row, "licence.type.created").await
}

/// Changes a type. Licences that were issued keep the version they were issued by.
pub(crate) async fn save(
    ctx: &Ctx<LicenceTypeWrite>,
    code: &str,
    body: SaveType,
) -> Result<TypeView, Fault> {
    let mut tx = ctx.begin().await?;
    let found = store::kind::take(tx.conn(), code).await?;
    let mut row = found.ok_or(Error::TypeNotFound)?;
    if row.version != body.version {
        return Err(Error::StaleVersion {
            by: row.saved_by.clone(),
            at: row.saved_at.to_rfc3339_opts(SecondsFormat::Secs, true),
        }
        .into());
    }
    check(tx.conn(), code, &body.document).await?;
    row.version += 1;
    row.document = serde_json::to_string(&body.document).map_err(Fault::internal)?;
    row.saved_at = tx.now();
    row.saved_by.clone_from(&tx.actor().name);
    let view = write(&mut tx, row, "licence.type.changed").await?;
    tx.commit(&view).await?;
    Ok(view)
}

async fn write(tx: &mut Tx, row: kind::Model, done: &'static str) -> Result<TypeView, Fault> {
    let view = view(&row)?;
    tx.done(done, "licence_type", &row.code);
    store::kind::save(tx.conn(), row)
        .await
        .map_err(|error| taken(error, &view.code))?;
    Ok(view)
}

/// A unique violation means that somebody took the code in the same moment.
fn taken(error: StorageError, code: &str) -> Fault {
    match &error {
        StorageError::Database(cause) if is_unique_violation(cause) => Error::TypeTaken {
            code: code.to_owned(),
        }
        .into(),
        _ => error.into(),
    }
}

async fn check(conn: &Conn, code: &str, document: &TypeDocument) -> Result<(), Fault> {
    let mut found = faults(code, document);
    for other in store::kind::all(conn).await? {
        let theirs: TypeDocument =
            serde_json::from_str(&other.document).map_err(Fault::internal)?;
        if other.code == code {
            continue;
        }
        for (n, item) in document.items.iter().enumerate() {
            if theirs.items.contains(item) {
                found.push(FieldFault {
                    path: format!("/document/items/{n}"),
                    code: field::ITEM_TAKEN.to_owned(),
                    args: std::collections::BTreeMap::new(),
                    message: String::new(),
                });
            }
        }
    }
    if found.is_empty() {
        Ok(())
    } else {
        Err(Fault::fields(Fault::from(Error::TypeInvalid).code, found))
    }
}

fn view(row: &kind::Model) -> Result<TypeView, Fault> {
    Ok(TypeView {
        code: row.code.clone(),
        version: row.version,
        document: serde_json::from_str(&row.document).map_err(Fault::internal)?,
        saved_at: row.saved_at,
        saved_by: row.saved_by.clone(),
    })
}
