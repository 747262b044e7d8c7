//! Items: read copies, and whether the public sees their cases. What only persons ask for is withheld
//! from the beginning, permits excepted, and so are persons' cases of the rest (`model::publicity`);
//! an administrator may say otherwise, and then his word stands. Cases and permits are kept either
//! way: what is withheld is left out where it is read.

use serde::{Deserialize, Serialize};
use tb_contract::access::PublicityManage;
use tb_contract::events::{ItemPublished, ItemWithdrawn};
use tb_http::Ctx;
use tb_kernel::{Fault, Page, PageRequest};
use tb_storage::{Tracked, Tx};
use utoipa::{IntoParams, ToSchema};

use crate::error::Error;
use crate::model::publicity::is_withheld;
use crate::store;
use crate::store::item::Item;

/// What is asked for.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PublicityQuery {
    /// Part of the name.
    pub q: Option<String>,
    /// Only those withheld, or only those shown.
    pub withheld: Option<bool>,
    /// Where the last page ended.
    pub cursor: Option<String>,
    /// Rows wanted, 1 to 100.
    pub limit: Option<u32>,
}

/// Whether the cases of an item are published.
#[derive(Debug, Serialize, ToSchema)]
pub struct ItemPublicity {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Office.
    pub department_name: String,
    /// Whether its cases are withheld.
    pub withheld: bool,
    /// Whether a person has said so, rather than the rule.
    pub decided_by_hand: bool,
}

/// What is to be.
#[derive(Debug, Deserialize, ToSchema)]
pub struct SetPublicity {
    /// Whether its cases are withheld; `null`: as the rule has it.
    pub withheld: Option<bool>,
}

/// An item was published.
pub(crate) async fn published(tx: &mut Tx, said: ItemPublished) -> Result<(), Fault> {
    let found = store::item::find_locked(tx.conn(), &said.code).await?;
    if found.as_ref().is_some_and(|row| row.version > said.version) {
        return Ok(());
    }
    let fresh = copy(tx, &said);
    match found {
        None => store::item::insert(tx.conn(), fresh).await?,
        Some(mut row) => {
            let (by_hand, before) = (row.decided_by_hand, row.withheld);
            *row = fresh;
            if by_hand {
                row.withheld = before;
                row.decided_by_hand = true;
            }
            store::item::save(tx.conn(), &row).await?;
        }
    }
    Ok(())
}

/// An item was withdrawn.
pub(crate) async fn withdrawn(tx: &mut Tx, said: ItemWithdrawn) -> Result<(), Fault> {
    let found = store::item::find_locked(tx.conn(), &said.code).await?;
    if let Some(mut row) = found {
        row.withdrawn = true;
        row.updated_at = tx.now();
        store::item::save(tx.conn(), &row).await?;
    }
    Ok(())
}

fn copy(tx: &Tx, said: &ItemPublished) -> Item {
    let item = &said.item;
    let words = |term: Option<tb_calendar::Term>| term.map(|t| t.to_string()).unwrap_or_default();
    let kind = serde_json::to_value(item.item_type).ok();
    Item {
        code: said.code.clone(),
        version: said.version,
        name: item.name.clone(),
        item_type: kind
            .and_then(|kind| kind.as_str().map(str::to_owned))
            .unwrap_or_default(),
        department_code: item.department_code.clone(),
        department_name: item.department_name.clone(),
        region: item.region.to_string(),
        legal_term: words(item.legal_term),
        promised_term: words(item.promised_term),
        online_depth: item.online_depth.into(),
        sample: item.sample,
        withdrawn: false,
        withheld: is_withheld(item),
        withheld_by_rule: is_withheld(item),
        decided_by_hand: false,
        updated_at: tx.now(),
    }
}

/// The items with their publicity.
pub(crate) async fn list(
    ctx: &Ctx<PublicityManage>,
    query: PublicityQuery,
) -> Result<Page<ItemPublicity>, Fault> {
    let page = PageRequest {
        cursor: query.cursor,
        limit: query.limit,
    };
    let name = query
        .q
        .map(|q| q.trim().to_owned())
        .filter(|q| !q.is_empty());
    let after = page.cursor.clone().unwrap_or_default();
    let conn = ctx.read();
    let limit = page.limit();
    let rows = store::item::managed(&conn, name.as_deref(), query.withheld, &after, limit);
    let page = Page::from_surplus(rows.await?, limit, |row| row.code.clone());
    Ok(page.map(view))
}

/// Says whether the cases of an item are withheld, or takes the word back.
pub(crate) async fn set(
    ctx: &Ctx<PublicityManage>,
    code: String,
    body: SetPublicity,
) -> Result<ItemPublicity, Fault> {
    let mut tx = ctx.begin().await?;
    let row = store::item::find_locked(tx.conn(), &code).await?;
    let mut row: Tracked<Item> = row.ok_or(Error::ItemNotFound)?;
    row.withheld = body.withheld.unwrap_or(row.withheld_by_rule);
    row.decided_by_hand = body.withheld.is_some();
    store::item::save(tx.conn(), &row).await?;
    tx.done("insight.publicity.set", "item", &code);
    let answer = view((*row).clone());
    tx.commit(&answer).await?;
    Ok(answer)
}

fn view(row: Item) -> ItemPublicity {
    ItemPublicity {
        code: row.code,
        name: row.name,
        department_name: row.department_name,
        withheld: row.withheld,
        decided_by_hand: row.decided_by_hand,
    }
}
