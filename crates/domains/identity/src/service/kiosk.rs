//! Kiosks: registering, pairing, new secrets, shutting off; and which one a request comes from.

use tb_contract::access::{KioskManage, KioskUse};
use tb_http::Ctx;
use tb_kernel::{DepartmentRef, Fault, KioskRef, Page, PageRequest, Region, Scope};
use tb_storage::{Column, Tx};
use uuid::Uuid;

use super::sign_in::new_token;
use crate::api::kiosk::{KioskHere, KioskQuery, KioskView, NewKiosk, RegisteredKiosk};
use crate::app::App;
use crate::entity::kiosk::Model;
use crate::error::Error;
use crate::kiosk::{MAX_TEXT, kiosk_ref, new_secret, normal, shown};
use crate::sessions::token_hash;
use crate::store::kiosk as store_of;

const SECRET: Column = Column::new("identity_kiosk", "secret");

/// Kiosks within reach, the newest first.
pub(crate) async fn list(
    ctx: &Ctx<KioskManage>,
    query: KioskQuery,
) -> Result<Page<KioskView>, Fault> {
    let before = query
        .cursor
        .as_deref()
        .filter(|cursor| !cursor.is_empty())
        .map(|cursor| Uuid::parse_str(cursor).map_err(|_| Error::KioskCursor))
        .transpose()?;
    let limit = PageRequest {
        cursor: None,
        limit: query.limit,
    }
    .limit();
    let rows = store_of::list(&ctx.read(), ctx.scope(), before, limit).await?;
    let page = Page::from_surplus(rows, limit, |row: &Model| row.id.to_string());
    Ok(Page {
        items: page.items.into_iter().map(KioskView::new).collect(),
        next_cursor: page.next_cursor,
    })
}

/// Registers a kiosk; its secret is told this once.
pub(crate) async fn register(
    app: &App,
    ctx: &Ctx<KioskManage>,
    body: NewKiosk,
) -> Result<RegisteredKiosk, Fault> {
    let wanted = wanted(app, &body).await?;
    let secret = new_secret(ctx.store().entropy());
    let mut tx = ctx.begin().await?;
    let row = row(&tx, wanted, &secret)?;
    store_of::insert(tx.conn(), row.clone()).await?;
    tx.done("identity.kiosk.registered", "kiosk", row.id);
    let answer = RegisteredKiosk {
        kiosk: KioskView::new(row),
        secret: shown(&secret),
    };
    tx.commit(&answer).await?;
    Ok(answer)
}

/// What a kiosk is registered with.
pub(crate) struct Wanted {
    pub name: String,
    pub place: String,
    pub region: Region,
    pub department: DepartmentRef,
}

async fn wanted(app: &App, body: &NewKiosk) -> Result<Wanted, Fault> {
    let mut fields = Vec::new();
    let mut text = |entered: &str, path: &str| {
        let text = entered.trim().to_owned();
        let fits = (1..=MAX_TEXT).contains(&text.chars().count());
        if !fits || text.chars().any(char::is_control) {
            fields.push(Error::KioskText { max: MAX_TEXT }.at(path));
        }
        text
    };
    let (name, place) = (text(&body.name, "/name"), text(&body.place, "/place"));
    let region = Region::parse(&body.region);
    if region.is_none() {
        fields.push(Error::KioskRegion.at("/region"));
    }
    let department = app.departments.by_code(&body.department_code).await?;
    if department.is_none() {
        fields.push(Error::DepartmentUnknown.at("/department_code"));
    }
    match (region, department) {
        (Some(region), Some(department)) if fields.is_empty() => Ok(Wanted {
            name,
            place,
            region,
            department,
        }),
        _ => Err(Error::InvalidKiosk.with(fields)),
    }
}

/// The row of a new kiosk.
pub(crate) fn row(tx: &Tx, wanted: Wanted, secret: &str) -> Result<Model, Fault> {
    let id = tx.new_id();
    Ok(Model {
        id,
        name: wanted.name,
        place: wanted.place,
        region: wanted.region.to_string(),
        department_id: wanted.department.id.0,
        department_code: wanted.department.code,
        department_name: wanted.department.name,
        secret: tx.sealer().seal_text(SECRET, id, secret)?,
        secret_hash: token_hash(secret).to_vec(),
        token_hash: None,
        paired_at: None,
        shut_at: None,
        card_read_at: None,
        version: 1,
        created_at: tx.now(),
        updated_at: tx.now(),
        updated_by: tx.actor().name.clone(),
    })
}

/// Gives a kiosk a new secret: the browser that was paired and the reader are cut off, and whatever
/// was begun there ends.
pub(crate) async fn renew(
    app: &App,
    ctx: &Ctx<KioskManage>,
    id: Uuid,
    version: i64,
) -> Result<RegisteredKiosk, Fault> {
    let secret = new_secret(ctx.store().entropy());
    let mut tx = ctx.begin().await?;
    let mut row = take(ctx, &tx, id, version).await?;
    row.secret = tx.sealer().seal_text(SECRET, id, &secret)?;
    row.secret_hash = token_hash(&secret).to_vec();
    row.token_hash = None;
    row.paired_at = None;
    store_of::end_sessions(tx.conn(), id, tx.now()).await?;
    let kiosk = save(&mut tx, row, "identity.kiosk.renewed").await?;
    let answer = RegisteredKiosk {
        kiosk,
        secret: shown(&secret),
    };
    tx.commit(&answer).await?;
    app.forget_kiosks();
    Ok(answer)
}

/// Shuts a kiosk off, or lets it work again. Whatever was begun there ends.
pub(crate) async fn shut(
    app: &App,
    ctx: &Ctx<KioskManage>,
    id: Uuid,
    version: i64,
    is_shut: bool,
) -> Result<KioskView, Fault> {
    let mut tx = ctx.begin().await?;
    let mut row = take(ctx, &tx, id, version).await?;
    let (shut_at, action) = if is_shut {
        (Some(row.shut_at.unwrap_or(tx.now())), "identity.kiosk.shut")
    } else {
        (None, "identity.kiosk.opened")
    };
    row.shut_at = shut_at;
    store_of::end_sessions(tx.conn(), id, tx.now()).await?;
    let view = save(&mut tx, row, action).await?;
    tx.commit(&view).await?;
    app.forget_kiosks();
    Ok(view)
}

async fn take(ctx: &Ctx<KioskManage>, tx: &Tx, id: Uuid, version: i64) -> Result<Model, Fault> {
    let row = store_of::take(tx.conn(), ctx.scope(), id)
        .await?
        .ok_or(Error::KioskNotFound)?;
    if row.version != version {
        return Err(Error::KioskMoved.into());
    }
    Ok(row)
}

async fn save(tx: &mut Tx, row: Model, action: &'static str) -> Result<KioskView, Fault> {
    let row = Model {
        version: row.version + 1,
        updated_at: tx.now(),
        updated_by: tx.actor().name.clone(),
        ..row
    };
    store_of::update(tx.conn(), row.clone()).await?;
    tx.done(action, "kiosk", row.id);
    Ok(KioskView::new(row))
}

/// Pairs the caller's browser by a secret that no other browser was paired by: the kiosk, and the
/// token of the browser.
pub(crate) async fn pair(
    app: &App,
    ctx: &Ctx<KioskUse>,
    secret: &str,
) -> Result<(KioskHere, String), Fault> {
    app.sign_ins.check(ctx.address())?;
    let wrong = || Error::InvalidKiosk.with(vec![Error::KioskSecretWrong.at("/secret")]);
    let hash = token_hash(&normal(secret));
    let found = store_of::of_secret(&ctx.read(), &hash).await?;
    let id = found.ok_or_else(wrong)?.id;
    let token = new_token(ctx);
    // Without the key of the request: its answer is the cookie, which is not kept for a repeat.
    let mut tx = ctx.store().begin(ctx.origin()).await?;
    let mut row = store_of::take(tx.conn(), &Scope::Everything, id)
        .await?
        .filter(|row| row.secret_hash == hash)
        .ok_or_else(wrong)?;
    if row.shut_at.is_some() {
        return Err(Error::KioskShut.into());
    }
    if row.token_hash.is_some() {
        return Err(Error::InvalidKiosk.with(vec![Error::KioskSecretUsed.at("/secret")]));
    }
    row.token_hash = Some(token_hash(&token).to_vec());
    row.paired_at = Some(tx.now());
    let kiosk = kiosk_ref(&row).ok_or_else(|| Fault::internal("a kiosk without a region"))?;
    save(&mut tx, row, "identity.kiosk.paired").await?;
    tx.commit(&()).await?;
    app.forget_kiosks();
    Ok((KioskHere::new(app, &kiosk), token))
}

/// The kiosk that a request comes from.
pub(crate) fn kiosk_of<P>(ctx: &Ctx<P>) -> Result<&KioskRef, Error> {
    ctx.actor().kiosk.as_ref().ok_or(Error::NotAtKiosk)
}

/// The secret of a kiosk.
pub(super) async fn secret_of(ctx: &Ctx<KioskUse>, kiosk: &KioskRef) -> Result<String, Fault> {
    let found = store_of::find(&ctx.read(), kiosk.id).await?;
    let row = found.ok_or(Error::NotAtKiosk)?;
    Ok(ctx
        .store()
        .sealer()
        .open_text(SECRET, row.id, &row.secret)?)
}
