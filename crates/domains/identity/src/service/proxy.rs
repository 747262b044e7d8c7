//! Authorisations between citizens (委托授权): offering, taking on, ending, listing, and for whom an
//! account may act now. An offer names a person, never an account: whether he has one is not told.

use chrono::{Duration, NaiveDate};
use serde::{Deserialize, Serialize};
use tb_contract::access::ProxyKeep;
use tb_contract::events::{ProxyChanged, ProxyStep};
use tb_contract::topics;
use tb_http::Ctx;
use tb_kernel::identity_number::CitizenId;
use tb_kernel::{
    AccountId, AccountKind, Fault, FieldFault, Page, PageRequest, Represented, Scope, office_time,
};
use tb_storage::{Column, Conn, NewEvent, Sealer, StorageError, Tx};
use uuid::Uuid;

use crate::api::proxy::{NewProxy, ProxyPerson, ProxyQuery, ProxySide, ProxyView};
use crate::app::App;
use crate::entity::account;
use crate::entity::proxy::Model;
use crate::error::Error;
use crate::model::Account;
use crate::proxy::{Facts, MOST_A_DAY, MOST_HELD, ProxyStage, check_days, items, stage};
use crate::staff::name_error;
use crate::store::proxy::{self as store_of, Side};
use crate::{sealing, store};

const PEOPLE: Column = Column::new("identity_proxy", "people");
const KIND: &str = "identity.proxy.changed";

/// Names and numbers of both, sealed.
#[derive(Serialize, Deserialize)]
struct People {
    principal_name: String,
    principal_number: String,
    proxy_name: String,
    proxy_number: String,
}

/// The caller's, the newest first.
pub(crate) async fn list(
    ctx: &Ctx<ProxyKeep>,
    query: ProxyQuery,
) -> Result<Page<ProxyView>, Fault> {
    let before = query
        .cursor
        .as_deref()
        .filter(|cursor| !cursor.is_empty())
        .map(|cursor| Uuid::parse_str(cursor).map_err(|_| Error::ProxyCursor))
        .transpose()?;
    let limit = PageRequest {
        cursor: None,
        limit: query.limit,
    }
    .limit();
    let side = match query.side {
        ProxySide::Given => Side::Principal,
        ProxySide::Held => Side::Proxy,
    };
    let conn = ctx.read();
    let me = caller(&conn, ctx).await?;
    let rows = store_of::list(&conn, &me, side, before, limit).await?;
    let page = Page::from_surplus(rows, limit, |row: &Model| row.id.to_string());
    let shown = page.items.into_iter().map(|row| view(ctx, row));
    Ok(Page {
        items: shown.collect::<Result<_, _>>()?,
        next_cursor: page.next_cursor,
    })
}

/// Authorises somebody by name and number. The answer is the same whether he has an account or not.
pub(crate) async fn offer(ctx: &Ctx<ProxyKeep>, body: NewProxy) -> Result<ProxyView, Fault> {
    let today = office_time::day(ctx.now());
    let wanted = wanted(ctx, &body, today)?;
    let mut tx = ctx.begin().await?;
    // The principal's row is held, so that offers made at once are counted one after the other.
    let me = store::take(tx.conn(), &Scope::Own(ctx.actor().id), ctx.actor().id).await?;
    let me = sealing::open(me.ok_or(Error::AccountNotFound)?, tx.sealer())?;
    let since = tx.now() - Duration::days(1);
    if store_of::offered_since(tx.conn(), me.id, since).await? >= MOST_A_DAY {
        return Err(Error::ProxiesTooMany { max: MOST_A_DAY }.into());
    }
    let own_number = me.citizen_id.clone().ok_or(Error::ProxyNeedsNumber)?;
    if own_number == wanted.number {
        let fields = vec![Error::ProxyOfOneself.at("/id_number")];
        return Err(Error::InvalidProxy.with(fields));
    }
    let id = tx.new_id();
    let people = People {
        principal_name: me.name.clone(),
        principal_number: own_number,
        proxy_name: wanted.name,
        proxy_number: wanted.number,
    };
    let row = Model {
        id,
        principal_id: me.id.0,
        proxy_id: None,
        proxy_bidx: sealing::citizen_index(tx.sealer(), &people.proxy_number),
        proxy_name_bidx: sealing::name_index(tx.sealer(), &people.proxy_name),
        people: tx.sealer().seal_json(PEOPLE, id, &people)?,
        items: serde_json::to_string(&wanted.items).map_err(Fault::internal)?,
        from_day: body.from,
        until_day: body.until,
        created_at: tx.now(),
        accepted_at: None,
        ended_at: None,
        ended_by_proxy: false,
        version: 1,
    };
    store_of::insert(tx.conn(), row.clone()).await?;
    tell(&mut tx, &row, ProxyStep::Offered).await?;
    tx.done("identity.proxy.offered", "proxy", id);
    let answer = view(ctx, row)?;
    tx.commit(&answer).await?;
    Ok(answer)
}

/// Takes on what somebody has offered the caller.
pub(crate) async fn accept(
    app: &App,
    ctx: &Ctx<ProxyKeep>,
    id: Uuid,
    version: i64,
) -> Result<ProxyView, Fault> {
    let mut tx = ctx.begin().await?;
    let mut row = taken(&tx, ctx, Side::Proxy, id, version).await?;
    if row.accepted_at.is_some() {
        return Err(Error::ProxyMoved.into());
    }
    // His row is held, so that what he takes on at once is counted one after the other.
    let me = ctx.actor().id;
    store::take(tx.conn(), &Scope::Own(me), me).await?;
    let today = office_time::day(tx.now());
    if store_of::taken_on(tx.conn(), me, today).await? >= MOST_HELD {
        return Err(Error::ProxiesHeld { max: MOST_HELD }.into());
    }
    row.proxy_id = Some(me.0);
    row.accepted_at = Some(tx.now());
    row.version += 1;
    store_of::update(tx.conn(), row.clone()).await?;
    tell(&mut tx, &row, ProxyStep::Accepted).await?;
    tx.done("identity.proxy.accepted", "proxy", id);
    let answer = view(ctx, row)?;
    tx.commit(&answer).await?;
    app.forget(ctx.actor().id);
    Ok(answer)
}

/// Ends one at once: the principal takes it back, the proxy declines it or lays it down.
pub(crate) async fn end(
    app: &App,
    ctx: &Ctx<ProxyKeep>,
    id: Uuid,
    version: i64,
) -> Result<ProxyView, Fault> {
    let mut tx = ctx.begin().await?;
    let mut row = taken(&tx, ctx, Side::Either, id, version).await?;
    let by_proxy = row.principal_id != ctx.actor().id.0;
    let step = match (by_proxy, row.accepted_at.is_some()) {
        (false, _) => ProxyStep::Revoked,
        (true, false) => ProxyStep::Declined,
        (true, true) => ProxyStep::LaidDown,
    };
    row.ended_at = Some(tx.now());
    row.ended_by_proxy = by_proxy;
    row.version += 1;
    if by_proxy {
        // Who has declined an offer goes on seeing it among his own.
        row.proxy_id = Some(ctx.actor().id.0);
    }
    store_of::update(tx.conn(), row.clone()).await?;
    tell(&mut tx, &row, step).await?;
    tx.done("identity.proxy.ended", "proxy", id);
    let answer = view(ctx, row.clone())?;
    tx.commit(&answer).await?;
    if let Some(proxy) = row.proxy_id {
        app.forget(AccountId(proxy));
    }
    Ok(answer)
}

/// For whom an account may act today: of principals who still may sign in.
pub(crate) async fn held(
    conn: &Conn,
    account: &Account,
    today: NaiveDate,
) -> Result<Vec<Represented>, Fault> {
    if account.kind != AccountKind::Person {
        return Ok(Vec::new());
    }
    let rows = store_of::held(conn, account.id, today).await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let principals: Vec<AccountId> = rows.iter().map(|row| AccountId(row.principal_id)).collect();
    let open: Vec<Uuid> = store::find_many(conn, &principals)
        .await?
        .into_iter()
        .filter(|one| one.disabled_at.is_none())
        .map(|one| one.id)
        .collect();
    let held = rows
        .into_iter()
        .filter(|row| open.contains(&row.principal_id));
    held.map(|row| {
        Ok(Represented {
            mandate_id: row.id,
            id: AccountId(row.principal_id),
            items: serde_json::from_str(&row.items).map_err(Fault::internal)?,
            from: row.from_day,
            until: row.until_day,
        })
    })
    .collect()
}

/// An offer that makes sense.
struct Wanted {
    name: String,
    number: String,
    items: Vec<String>,
}

/// Judges all fields at once.
fn wanted(ctx: &Ctx<ProxyKeep>, body: &NewProxy, today: NaiveDate) -> Result<Wanted, Fault> {
    let mut fields = Vec::new();
    let name = body.name.trim().to_owned();
    fields.extend(name_error(&name).map(|error| error.at("/name")));
    let number = CitizenId::parse(&body.id_number, today).map(String::from);
    let number = number.unwrap_or_else(|error| {
        fields.push(FieldFault {
            path: "/id_number".to_owned(),
            code: error.code().to_owned(),
            args: std::collections::BTreeMap::new(),
            message: error.text(ctx.locale()).to_owned(),
        });
        String::new()
    });
    let items = items(&body.items).unwrap_or_else(|error| {
        fields.push(error.at("/items"));
        Vec::new()
    });
    if let Err((path, error)) = check_days(body.from, body.until, today) {
        fields.push(error.at(path));
    }
    Error::InvalidProxy.unless_empty(fields)?;
    Ok(Wanted {
        name,
        number,
        items,
    })
}

async fn caller(conn: &Conn, ctx: &Ctx<ProxyKeep>) -> Result<account::Model, Fault> {
    let me = ctx.actor().id;
    let row = store::find(conn, &Scope::Own(me), me).await?;
    Ok(row.ok_or(Error::AccountNotFound)?)
}

/// One that is not over, as the caller has seen it last.
async fn taken(
    tx: &Tx,
    ctx: &Ctx<ProxyKeep>,
    side: Side,
    id: Uuid,
    version: i64,
) -> Result<Model, Fault> {
    let me = caller(tx.conn(), ctx).await?;
    let row = store_of::take(tx.conn(), &me, side, id).await?;
    let row = row.ok_or(Error::ProxyNotFound)?;
    if stage_of(&row, office_time::day(tx.now())).is_over() {
        return Err(Error::ProxyOver.into());
    }
    if row.version != version {
        return Err(Error::ProxyMoved.into());
    }
    Ok(row)
}

/// Tells of it, with the account of the proxy where somebody of that name and number has one.
async fn tell(tx: &mut Tx, row: &Model, step: ProxyStep) -> Result<(), Fault> {
    let proxy_id = match row.proxy_id {
        Some(id) => Some(id),
        None => store::of_citizen(tx.conn(), &row.proxy_bidx, None)
            .await?
            .filter(|found| found.name_bidx == row.proxy_name_bidx)
            .map(|found| found.id),
    };
    let people = people(tx.sealer(), row)?;
    let payload = ProxyChanged {
        mandate_id: row.id,
        step,
        principal_id: AccountId(row.principal_id),
        principal_name: people.principal_name,
        proxy_id: proxy_id.map(AccountId),
        proxy_name: people.proxy_name,
        from: row.from_day,
        until: row.until_day,
    };
    tx.emit(NewEvent {
        topic: topics::IDENTITY,
        key: &row.id.to_string(),
        kind: KIND,
        version: row.version,
        causation_id: None,
        department_code: None,
        region_path: None,
        payload: &payload,
    })?;
    Ok(())
}

fn people(sealer: &Sealer, row: &Model) -> Result<People, StorageError> {
    sealer.open_json(PEOPLE, row.id, &row.people)
}

fn stage_of(row: &Model, today: NaiveDate) -> ProxyStage {
    let facts = Facts {
        from: row.from_day,
        until: row.until_day,
        accepted: row.accepted_at.is_some(),
        ended: row.ended_at.is_some(),
        by_proxy: row.ended_by_proxy,
    };
    stage(facts, today)
}

/// One as the caller sees it: the other of the two by his full name, since nobody takes on or gives
/// such a right without knowing who it is.
fn view(ctx: &Ctx<ProxyKeep>, row: Model) -> Result<ProxyView, Fault> {
    let people = people(ctx.store().sealer(), &row)?;
    let given = row.principal_id == ctx.actor().id.0;
    let (name, number) = if given {
        (people.proxy_name, people.proxy_number)
    } else {
        (people.principal_name, people.principal_number)
    };
    let number = CitizenId::try_from(number).map_err(Fault::internal)?;
    Ok(ProxyView {
        id: row.id,
        given,
        person: ProxyPerson {
            account_id: (!given).then_some(AccountId(row.principal_id)),
            name,
            id_number: number.masked(),
        },
        items: serde_json::from_str(&row.items).map_err(Fault::internal)?,
        from: row.from_day,
        until: row.until_day,
        stage: stage_of(&row, office_time::day(ctx.now())),
        ended_by_proxy: row.ended_by_proxy,
        created_at: row.created_at,
        accepted_at: row.accepted_at,
        ended_at: row.ended_at,
        version: row.version,
    })
}
