//! Places are kept: listed, made, changed with whoever is affected by it.

use chrono::SecondsFormat;
use serde::Deserialize;
use tb_contract::access::SiteWrite;
use tb_http::Ctx;
use tb_kernel::{Fault, Page, PageRequest, Region};
use tb_storage::Tx;
use utoipa::ToSchema;
use uuid::Uuid;

use super::affected::{affected, put_aside};
use super::place::{self, Place};
use super::record::reason;
use crate::entity::site;
use crate::error::Error;
use crate::model::site::{SiteDocument, faults};
use crate::store;
use crate::view::{AppointmentView, Eyes, SiteVersionView, SiteView, site_view, view};

/// A new place.
#[derive(Deserialize, ToSchema)]
pub struct NewSite {
    /// Department that runs it; it never changes.
    pub department_code: String,
    /// Description.
    pub document: SiteDocument,
}

/// A place as it would be.
#[derive(Deserialize, ToSchema)]
pub struct TrySite {
    /// Description.
    pub document: SiteDocument,
}

/// A changed place.
#[derive(Deserialize, ToSchema)]
pub struct SaveSite {
    /// Version that was read.
    pub version: i64,
    /// Description.
    pub document: SiteDocument,
    /// How many bookings the change was seen to put aside; another number is refused.
    #[serde(default)]
    pub affected: usize,
    /// What those are told.
    #[serde(default)]
    pub reason: String,
}

/// Places within reach.
pub(crate) async fn list(ctx: &Ctx<SiteWrite>, page: PageRequest) -> Result<Page<SiteView>, Fault> {
    let after = page.cursor.as_deref().filter(|cursor| !cursor.is_empty());
    let after = after.map(|cursor| cursor.parse::<Uuid>().map_err(|_| Error::WrongCursor));
    let (after, limit, conn) = (after.transpose()?, page.limit(), ctx.read());
    let rows = store::site::list(&conn, ctx.scope(), after, limit).await?;
    let page = Page::from_surplus(rows, limit, |row| row.id.to_string());
    let mut items = Vec::new();
    for row in page.items {
        items.push(site_view(&conn, Place::of(row)?).await?);
    }
    Ok(Page {
        items,
        next_cursor: page.next_cursor,
    })
}

/// One place.
pub(crate) async fn one(ctx: &Ctx<SiteWrite>, id: Uuid) -> Result<SiteView, Fault> {
    let conn = ctx.read();
    let row = store::site::find(&conn, ctx.scope(), id).await?;
    site_view(&conn, Place::of(row.ok_or(Error::SiteNotFound)?)?).await
}

/// Its versions, the newest first.
pub(crate) async fn versions(
    ctx: &Ctx<SiteWrite>,
    id: Uuid,
) -> Result<Vec<SiteVersionView>, Fault> {
    one(ctx, id).await?;
    let rows = store::site::versions(&ctx.read(), id).await?;
    let views = rows.into_iter().map(|row| {
        Ok(SiteVersionView {
            version: row.version,
            document: serde_json::from_str(&row.document).map_err(Fault::internal)?,
            saved_at: row.saved_at,
            saved_by: row.saved_by,
        })
    });
    views.collect()
}

/// Makes a place.
pub(crate) async fn create(ctx: &Ctx<SiteWrite>, body: NewSite) -> Result<SiteView, Fault> {
    let mut tx = ctx.begin().await?;
    check(&body.document)?;
    let office = store::copy::Departments::by_code(tx.conn(), &body.department_code).await?;
    let office = office.filter(|office| {
        let region = Region::parse(&office.region);
        ctx.scope().covers(Some(office.id), region.as_ref(), None)
    });
    let office = office.ok_or(Error::DepartmentUnknown)?;
    let keeper = (office.id.0, office.code.clone(), office.region.clone());
    let row = add(&mut tx, keeper, &body.document).await?;
    let view = site_view(tx.conn(), Place::of(row)?).await?;
    tx.commit(&view).await?;
    Ok(view)
}

/// Adds a place that was checked; `keeper`: id, code and region of its department.
pub(crate) async fn add(
    tx: &mut Tx,
    (department_id, department_code, region): (Uuid, String, String),
    document: &SiteDocument,
) -> Result<site::Model, Fault> {
    let region =
        Region::parse(&region).ok_or_else(|| Fault::internal("a department lies in no region"))?;
    let row = site::Model {
        id: tx.new_id(),
        department_id,
        department_code,
        region: region.as_str().to_owned(),
        version: 1,
        document: serde_json::to_string(document).map_err(Fault::internal)?,
        saved_at: tx.now(),
        saved_by: tx.actor().name.clone(),
    };
    store::site::insert(tx.conn(), row.clone()).await?;
    tx.done("hall.site.created", "site", row.id);
    Ok(row)
}

/// Who would be put aside by a change.
pub(crate) async fn preview(
    ctx: &Ctx<SiteWrite>,
    id: Uuid,
    body: TrySite,
) -> Result<Vec<AppointmentView>, Fault> {
    let conn = ctx.read();
    let row = store::site::find(&conn, ctx.scope(), id).await?;
    let now_it_is = Place::of(row.ok_or(Error::SiteNotFound)?)?;
    check(&body.document)?;
    let as_it_would_be = Place {
        document: body.document,
        row: now_it_is.row.clone(),
    };
    let without = affected(&conn, &as_it_would_be, ctx.now()).await?;
    let sealer = ctx.store().sealer();
    without
        .iter()
        .map(|row| view(sealer, &now_it_is, row, Eyes::Staff, ctx.now()))
        .collect()
}

/// Changes a place. Bookings that do not fit any more are declined with the reason, and told.
pub(crate) async fn save(
    ctx: &Ctx<SiteWrite>,
    id: Uuid,
    body: SaveSite,
) -> Result<SiteView, Fault> {
    let mut tx = ctx.begin().await?;
    let before = place::taken(&tx, ctx.scope(), id).await?;
    if before.row.version != body.version {
        return Err(Error::StaleSite {
            by: before.row.saved_by.clone(),
            at: before
                .row
                .saved_at
                .to_rfc3339_opts(SecondsFormat::Secs, true),
        }
        .into());
    }
    check(&body.document)?;
    let mut place = Place {
        row: before.row.clone(),
        document: body.document,
    };
    let without = affected(tx.conn(), &place, tx.now()).await?;
    if without.len() != body.affected {
        let count = without.len();
        return Err(Error::AffectedChanged { count }.into());
    }
    if !without.is_empty() {
        let why = reason(&body.reason)?;
        for seen in without {
            put_aside(&mut tx, &before, seen.id, &why).await?;
        }
    }
    place.row.version += 1;
    place.row.document = serde_json::to_string(&place.document).map_err(Fault::internal)?;
    place.row.saved_at = tx.now();
    place.row.saved_by.clone_from(&tx.actor().name);
    store::site::update(tx.conn(), place.row.clone()).await?;
    tx.done("hall.site.changed", "site", id);
    let view = site_view(tx.conn(), place).await?;
    tx.commit(&view).await?;
    Ok(view)
}

fn check(document: &SiteDocument) -> Result<(), Fault> {
    let found = faults(document);
    if found.is_empty() {
        return Ok(());
    }
    Err(Fault::fields(Fault::from(Error::SiteInvalid).code, found))
}
