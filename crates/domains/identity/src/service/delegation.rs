//! Deputies: arranging, ending and listing them, and whose posts somebody holds now.

use chrono::NaiveDate;
use tb_contract::access::{DelegationKeep, deputised_roles};
use tb_http::Ctx;
use tb_kernel::{AccountId, AccountKind, Deputised, Fault, Page, PageRequest, Scope, office_time};
use tb_storage::{Column, Conn, Sealer, Tx};
use uuid::Uuid;

use crate::api::delegation::{
    DelegationPerson, DelegationQuery, DelegationStage, DelegationView, DeputyChoice,
    DeputyChoices, NewDelegation,
};
use crate::app::App;
use crate::delegation::{Arranged, Wanted, check_days, check_others, reason};
use crate::entity::delegation::Model;
use crate::error::Error;
use crate::model::{Account, works_here};
use crate::store::delegation::{self as store_of, Listing};
use crate::{sealing, store};

const REASON: Column = Column::new("identity_delegation", "reason");
/// Most people of one department that a page chooses from.
const MOST_CHOICES: u64 = 2_000;

/// Delegations within reach, the newest first.
pub(crate) async fn list(
    ctx: &Ctx<DelegationKeep>,
    query: DelegationQuery,
) -> Result<Page<DelegationView>, Fault> {
    let before = query
        .cursor
        .as_deref()
        .filter(|cursor| !cursor.is_empty())
        .map(|cursor| Uuid::parse_str(cursor).map_err(|_| Error::DelegationCursor))
        .transpose()?;
    let limit = PageRequest {
        cursor: None,
        limit: query.limit,
    }
    .limit();
    let listing = Listing {
        from: query.current.then(|| office_time::day(ctx.now())),
        before,
    };
    let own = Scope::Own(ctx.actor().id);
    let scope = if query.mine { &own } else { ctx.scope() };
    let rows = store_of::list(&ctx.read(), scope, listing, limit).await?;
    let page = Page::from_surplus(rows, limit, |row: &Model| row.id.to_string());
    let sealer = ctx.store().sealer();
    let items: Result<Vec<DelegationView>, Fault> = page
        .items
        .into_iter()
        .map(|row| view(ctx, sealer, row))
        .collect();
    Ok(Page {
        items: items?,
        next_cursor: page.next_cursor,
    })
}

/// Who can be somebody's deputy, or have one: the colleagues of the caller's office that hold a
/// post there.
pub(crate) async fn choices(ctx: &Ctx<DelegationKeep>) -> Result<DeputyChoices, Fault> {
    let Some(department) = ctx.actor().department.as_ref() else {
        return Ok(DeputyChoices {
            for_others: false,
            people: Vec::new(),
        });
    };
    let scope = Scope::Department(department.id);
    let rows = store::working(&ctx.read(), &scope, MOST_CHOICES).await?;
    let mut people = Vec::with_capacity(rows.len());
    for row in rows {
        let account = sealing::open(row, ctx.store().sealer())?;
        let roles = deputised_roles(&account.roles);
        if !roles.is_empty() {
            people.push(DeputyChoice {
                id: account.id,
                me: account.id == ctx.actor().id,
                name: account.name,
                roles,
            });
        }
    }
    Ok(DeputyChoices {
        for_others: matches!(ctx.scope(), Scope::Department(_)),
        people,
    })
}

/// Names a deputy, for oneself or, with the reach of a department, for a colleague.
pub(crate) async fn make(
    app: &App,
    ctx: &Ctx<DelegationKeep>,
    body: NewDelegation,
) -> Result<DelegationView, Fault> {
    let me = ctx.actor().id;
    let absent_id = body.absent_id.unwrap_or(me);
    let reason = reason(&body.reason)?;
    check_days(body.from, body.until, office_time::day(ctx.now()))?;
    if absent_id != me && !matches!(ctx.scope(), Scope::Department(_)) {
        return Err(Error::DelegationNotYours.into());
    }
    if absent_id == body.deputy_id {
        return Err(Error::DeputyOfOneself.into());
    }
    // Whoever arranges it for a colleague does not take the colleague's posts himself.
    if absent_id != me && body.deputy_id == me {
        return Err(Error::DeputyIsArranger.into());
    }
    let mut tx = ctx.begin().await?;
    let (absent, deputy) = both(&tx, ctx, absent_id, body.deputy_id).await?;
    let wanted = Wanted {
        absent: absent.id,
        deputy: deputy.id,
        from: body.from,
        until: body.until,
    };
    let people = [absent.id, deputy.id];
    let others = store_of::touching(tx.conn(), people, body.from, body.until).await?;
    let others: Vec<Arranged> = others.into_iter().map(arranged).collect();
    check_others(wanted, &others)?;
    let id = tx.new_id();
    let department = absent.department.as_ref().map(|one| one.id.0);
    let row = Model {
        id,
        department_id: department.ok_or(Error::DeputyElsewhere)?,
        absent_id: absent.id.0,
        absent_name: absent.name,
        deputy_id: deputy.id.0,
        deputy_name: deputy.name,
        from_day: body.from,
        until_day: body.until,
        reason: tx.sealer().seal_text(REASON, id, &reason)?,
        made_by_id: me.0,
        made_by: tx.actor().name.clone(),
        created_at: tx.now(),
        ended_at: None,
        ended_by: None,
        version: 1,
    };
    store_of::insert(tx.conn(), row.clone()).await?;
    tx.done("identity.delegation.made", "delegation", id);
    let answer = view(ctx, tx.sealer(), row)?;
    tx.commit(&answer).await?;
    app.forget(deputy.id);
    Ok(answer)
}

/// Ends one early, or calls off one that has not begun.
pub(crate) async fn end(
    app: &App,
    ctx: &Ctx<DelegationKeep>,
    id: Uuid,
    version: i64,
) -> Result<DelegationView, Fault> {
    let mut tx = ctx.begin().await?;
    let row = store_of::take(tx.conn(), ctx.scope(), id).await?;
    let mut row = row.ok_or(Error::DelegationNotFound)?;
    // A deputy who could lay one post down could answer at once in another's place.
    if row.deputy_id == tx.actor().id.0 {
        return Err(Error::DeputyEndsNot.into());
    }
    if stage(&row, office_time::day(tx.now())) == DelegationStage::Over {
        return Err(Error::DelegationOver.into());
    }
    if row.version != version {
        return Err(Error::DelegationMoved.into());
    }
    row.ended_at = Some(tx.now());
    row.ended_by = Some(tx.actor().name.clone());
    row.version += 1;
    store_of::update(tx.conn(), row.clone()).await?;
    tx.done("identity.delegation.ended", "delegation", id);
    let deputy = AccountId(row.deputy_id);
    let answer = view(ctx, tx.sealer(), row)?;
    tx.commit(&answer).await?;
    app.forget(deputy);
    Ok(answer)
}

/// Whose posts an account holds today beside its own: of colleagues who still may sign in and still
/// work in the same office. What they hold for others themselves is not among it.
pub(crate) async fn held(
    conn: &Conn,
    sealer: &Sealer,
    account: &Account,
    today: NaiveDate,
) -> Result<Vec<Deputised>, Fault> {
    let (true, Some(department)) = (works_here(account.kind), account.department.as_ref()) else {
        return Ok(Vec::new());
    };
    let rows = store_of::held(conn, account.id, today).await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let absent: Vec<AccountId> = rows.iter().map(|row| AccountId(row.absent_id)).collect();
    let mut held = Vec::with_capacity(absent.len());
    for row in store::find_many(conn, &absent).await? {
        let absent = sealing::open(row, sealer)?;
        let same_office = absent.department.as_ref().map(|one| one.id) == Some(department.id);
        if same_office && absent.disabled_at.is_none() {
            let arranged = rows.iter().find(|row| row.absent_id == absent.id.0);
            held.push(Deputised {
                id: absent.id,
                name: absent.name,
                roles: deputised_roles(&absent.roles),
                arranged_by: AccountId(arranged.map_or(Uuid::nil(), |row| row.made_by_id)),
            });
        }
    }
    held.sort_by_key(|one| one.id);
    Ok(held)
}

/// Both people, kept from other writers in one order, so that two that name each other at once do
/// not pass each other.
async fn both(
    tx: &Tx,
    ctx: &Ctx<DelegationKeep>,
    absent: AccountId,
    deputy: AccountId,
) -> Result<(Account, Account), Fault> {
    let department = ctx.actor().department.as_ref();
    let scope = Scope::Department(department.ok_or(Error::DeputyElsewhere)?.id);
    let mut found: Vec<Account> = Vec::with_capacity(2);
    for id in [absent.min(deputy), absent.max(deputy)] {
        let row = store::take(tx.conn(), &scope, id).await?;
        let row = row.filter(|row| row.disabled_at.is_none());
        found.push(sealing::open(
            row.ok_or(Error::DeputyElsewhere)?,
            tx.sealer(),
        )?);
    }
    for one in &found {
        let works = one.kind == AccountKind::Staff || one.kind == AccountKind::Administrator;
        if !works || deputised_roles(&one.roles).is_empty() {
            return Err(Error::NoPostToHold {
                name: one.name.clone(),
            }
            .into());
        }
    }
    let mut take = |id: AccountId| {
        let at = found.iter().position(|one| one.id == id);
        at.map(|at| found.swap_remove(at))
    };
    match (take(absent), take(deputy)) {
        (Some(absent), Some(deputy)) => Ok((absent, deputy)),
        _ => Err(Error::DeputyElsewhere.into()),
    }
}

fn arranged(row: Model) -> Arranged {
    Arranged {
        absent: AccountId(row.absent_id),
        absent_name: row.absent_name,
        deputy: AccountId(row.deputy_id),
        deputy_name: row.deputy_name,
        from: row.from_day,
        until: row.until_day,
    }
}

fn stage(row: &Model, today: NaiveDate) -> DelegationStage {
    if row.ended_at.is_some() || row.until_day < today {
        DelegationStage::Over
    } else if row.from_day > today {
        DelegationStage::Coming
    } else {
        DelegationStage::Running
    }
}

fn view(ctx: &Ctx<DelegationKeep>, sealer: &Sealer, row: Model) -> Result<DelegationView, Fault> {
    let stage = stage(&row, office_time::day(ctx.now()));
    let me = ctx.actor().id;
    Ok(DelegationView {
        reason: sealer.open_text(REASON, row.id, &row.reason)?,
        id: row.id,
        absent: DelegationPerson {
            me: row.absent_id == me.0,
            name: row.absent_name,
        },
        deputy: DelegationPerson {
            me: row.deputy_id == me.0,
            name: row.deputy_name,
        },
        from: row.from_day,
        until: row.until_day,
        stage,
        ended_by: row.ended_by,
        made_by: row.made_by,
        version: row.version,
    })
}
