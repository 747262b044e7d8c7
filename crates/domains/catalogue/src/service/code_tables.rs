//! Tables of codes for whoever keeps them, and for everybody who reads their names.

use tb_contract::access::CodeTableWrite;
use tb_http::Ctx;
use tb_kernel::{Fault, Region};
use tb_storage::Conn;

use crate::api::codes::{CodeTableView, KeptCodeTable, SaveCodeTable};
use crate::catalogue::Catalogue;
use crate::entity::code_table;
use crate::error::{Error, field};
use crate::model::code_table::{CodeEntry, CodeTable, CodeTables, check, tidy};
use crate::model::publish_check::fault;
use crate::service::{own_json, stale, to_json};
use crate::store;
use crate::store::revision::{self, List};

/// All tables as they were written; a table that a later program knows passes by.
pub(crate) async fn load(conn: &Conn) -> Result<CodeTables, Fault> {
    let mut rows = Vec::new();
    for row in store::code_table::all(conn).await? {
        if let Some(table) = CodeTable::from_word(&row.table_key) {
            rows.push((table, row.region, own_json(&row.entries)?));
        }
    }
    Ok(CodeTables::new(rows.into_iter()))
}

/// The tables as they hold for a division.
pub(crate) async fn list(
    catalogue: &Catalogue,
    region: Option<&Region>,
) -> Result<Vec<CodeTableView>, Fault> {
    let tables = catalogue.codes().await?;
    let view = |table: CodeTable| CodeTableView {
        table,
        open: table.is_open(),
        entries: tables.effective(table, region),
    };
    Ok(CodeTable::ALL.into_iter().map(view).collect())
}

/// The tables with what the division itself has written.
pub(crate) async fn list_kept(
    ctx: &Ctx<CodeTableWrite>,
    region: Option<&Region>,
) -> Result<Vec<KeptCodeTable>, Fault> {
    let conn = ctx.read();
    let tables = load(&conn).await?;
    let own = region.map_or("", Region::as_str);
    let rows = store::code_table::all(&conn).await?;
    CodeTable::ALL
        .into_iter()
        .map(|table| {
            let row = rows
                .iter()
                .find(|row| row.table_key == table.as_str() && row.region == own);
            kept(table, row, &tables, region)
        })
        .collect()
}

/// Writes a table of a division; without entries it inherits everything again.
pub(crate) async fn save(
    catalogue: &Catalogue,
    ctx: &Ctx<CodeTableWrite>,
    table: &str,
    body: SaveCodeTable,
) -> Result<KeptCodeTable, Fault> {
    let table = CodeTable::from_word(table).ok_or(Error::CodeTableNotFound)?;
    let region = match body.region.trim() {
        "" => None,
        code => Some(
            Region::parse(code).ok_or_else(|| invalid(vec![fault("/region", field::REGION)]))?,
        ),
    };
    let entries = tidy(body.entries);
    let faults = check(table, &entries);
    if !faults.is_empty() {
        return Err(invalid(faults));
    }
    let mut tx = ctx.begin().await?;
    revision::raise(tx.conn(), List::Codes).await?;
    let own = region.as_ref().map_or("", Region::as_str);
    let found = store::code_table::take(tx.conn(), table.as_str(), own).await?;
    let read = found.as_ref().map_or(0, |row| row.version);
    if read != body.version {
        let (by, at) = found.map_or_else(
            || (String::new(), tx.now()),
            |row| (row.updated_by, row.updated_at),
        );
        return Err(stale(&by, at).into());
    }
    let row = code_table::Model {
        table_key: table.as_str().to_owned(),
        region: own.to_owned(),
        entries: to_json(&entries)?,
        version: read + 1,
        updated_at: tx.now(),
        updated_by: tx.actor().name.clone(),
    };
    if found.is_some() {
        store::code_table::update(tx.conn(), row.clone()).await?;
    } else {
        store::code_table::insert(tx.conn(), row.clone()).await?;
    }
    let tables = load(tx.conn()).await?;
    let view = kept(table, Some(&row), &tables, region.as_ref())?;
    tx.done("catalogue.code_table.saved", "code_table", table.as_str());
    tx.commit(&view).await?;
    catalogue.show_changes().await;
    Ok(view)
}

fn kept(
    table: CodeTable,
    row: Option<&code_table::Model>,
    tables: &CodeTables,
    region: Option<&Region>,
) -> Result<KeptCodeTable, Fault> {
    let own: Vec<CodeEntry> = match row {
        Some(row) => own_json(&row.entries)?,
        None => Vec::new(),
    };
    Ok(KeptCodeTable {
        table,
        open: table.is_open(),
        entries: tables.effective(table, region),
        own,
        version: row.map_or(0, |row| row.version),
        updated_at: row.map(|row| row.updated_at),
        updated_by: row.map(|row| row.updated_by.clone()),
    })
}

fn invalid(faults: Vec<tb_kernel::FieldFault>) -> Fault {
    Fault::fields(Fault::from(Error::CodeTableInvalid).code, faults)
}
