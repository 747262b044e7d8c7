//! Views of the list: kept on the server, so that they are there on any device.

use tb_contract::access::{LabelWrite, ViewKeep};
use tb_http::Ctx;
use tb_kernel::{AccountId, DepartmentId, Fault};
use tb_storage::{Conn, Sealer, StorageError, Tx, is_unique_violation};
use uuid::Uuid;

use super::list::filter;
use crate::api::body::ListQuery;
use crate::api::saved::{ChangedView, NewView, SavedView};
use crate::app::App;
use crate::entity::saved_view;
use crate::error::Error;
use crate::model::saved::{MOST_VIEWS, ViewContent, name, ordered, tidy};
use crate::sealed::{VIEW, VIEW_NAME};
use crate::store::{label, saved};

/// Most views of colleagues that are shown.
const MOST_SHARED: u64 = 50;

/// The caller's own views in his order, then what colleagues share, by name.
pub(crate) async fn list(app: &App, ctx: &Ctx<ViewKeep>) -> Result<Vec<SavedView>, Fault> {
    let (conn, me) = (ctx.read(), ctx.actor().id);
    let sealer = app.store().sealer();
    let mut views = opened(&conn, sealer, saved::own(&conn, me).await?, me).await?;
    if let Some(department) = department(ctx) {
        let rows = saved::shared(&conn, department, me, MOST_SHARED).await?;
        let mut shared = opened(&conn, sealer, rows, me).await?;
        shared.sort_by(|one, other| (&one.name, one.id).cmp(&(&other.name, other.id)));
        views.extend(shared);
    }
    Ok(views)
}

/// Keeps a view, behind the others.
pub(crate) async fn keep(ctx: &Ctx<ViewKeep>, body: NewView) -> Result<SavedView, Fault> {
    let name = name(&body.name)?;
    let mut tx = ctx.begin().await?;
    let me = tx.actor().id;
    let content = check(ctx, tx.conn(), body.content).await?;
    let own = saved::own(tx.conn(), me).await?;
    if u64::try_from(own.len()).unwrap_or(u64::MAX) >= MOST_VIEWS {
        return Err(Error::TooManyViews { max: MOST_VIEWS }.into());
    }
    let id = tx.new_id();
    let row = saved_view::Model {
        id,
        owner_id: me.0,
        owner: tx.actor().name.clone(),
        shared_with: shared_with(ctx, body.shared)?,
        name: tx.sealer().seal_text(VIEW_NAME, id, &name)?,
        name_bidx: tx.sealer().blind_index(VIEW_NAME, &name),
        content: tx.sealer().seal_json(VIEW, id, &content)?,
        opens: body.opens,
        place: own.iter().map(|row| row.place + 1).max().unwrap_or(0),
        version: 1,
        changed_at: tx.now(),
    };
    let taken = own.iter().any(|other| other.name_bidx == row.name_bidx);
    if taken {
        return Err(Error::ViewNameTaken.into());
    }
    if row.opens {
        alone(&tx, &own, &content).await?;
    }
    let written = saved::insert(tx.conn(), row.clone()).await;
    written.map_err(taken_meanwhile)?;
    tx.done("approval.view.kept", "saved_view", id);
    let answer = view(tx.sealer(), row, me)?;
    tx.commit(&answer).await?;
    Ok(answer)
}

/// Changes one of the caller's views.
pub(crate) async fn change(
    ctx: &Ctx<ViewKeep>,
    id: Uuid,
    body: ChangedView,
) -> Result<SavedView, Fault> {
    let name = name(&body.name)?;
    let mut tx = ctx.begin().await?;
    let me = tx.actor().id;
    let mut row = take(tx.conn(), me, id, body.version).await?;
    // A view whose label is gone can still be renamed, shared and taken back.
    let mut content: ViewContent = tx.sealer().open_json(VIEW, id, &row.content)?;
    if content != body.content {
        content = check(ctx, tx.conn(), body.content).await?;
        row.content = tx.sealer().seal_json(VIEW, id, &content)?;
    }
    let own = saved::own(tx.conn(), me).await?;
    row.name = tx.sealer().seal_text(VIEW_NAME, id, &name)?;
    row.name_bidx = tx.sealer().blind_index(VIEW_NAME, &name);
    let taken = own
        .iter()
        .any(|other| other.id != id && other.name_bidx == row.name_bidx);
    if taken {
        return Err(Error::ViewNameTaken.into());
    }
    row.shared_with = shared_with(ctx, body.shared)?;
    row.opens = body.opens;
    if row.opens {
        alone(&tx, &own, &content).await?;
    }
    row.version += 1;
    row.changed_at = tx.now();
    let written = saved::update(tx.conn(), row.clone()).await;
    written.map_err(taken_meanwhile)?;
    tx.done("approval.view.changed", "saved_view", id);
    let mut answer = opened(tx.conn(), tx.sealer(), vec![row], me).await?;
    let answer = answer.pop().ok_or(Error::ViewNotFound)?;
    tx.commit(&answer).await?;
    Ok(answer)
}

/// Makes room for the view that a list is to open with: no other of that list does any more.
async fn alone(tx: &Tx, own: &[saved_view::Model], opening: &ViewContent) -> Result<(), Fault> {
    for row in own.iter().filter(|row| row.opens) {
        let content: ViewContent = tx.sealer().open_json(VIEW, row.id, &row.content)?;
        if content.place == opening.place {
            saved::opens_no_more(tx.conn(), row.id).await?;
        }
    }
    Ok(())
}

/// A head takes a view back that somebody shares with his department; its owner keeps it.
pub(crate) async fn unshare(ctx: &Ctx<LabelWrite>, id: Uuid, version: i64) -> Result<(), Fault> {
    let mut tx = ctx.begin().await?;
    let department = ctx.actor().department.as_ref().map(|one| one.id);
    let department = department.ok_or(Error::ViewNotFound)?;
    let row = saved::take_shared(tx.conn(), department, id).await?;
    let mut row = row.ok_or(Error::ViewNotFound)?;
    if row.version != version {
        return Err(Error::ViewMoved.into());
    }
    row.shared_with = None;
    row.version += 1;
    row.changed_at = tx.now();
    saved::update(tx.conn(), row).await?;
    tx.done("approval.view.unshared", "saved_view", id);
    tx.commit(&()).await?;
    Ok(())
}

/// Removes one of the caller's views.
pub(crate) async fn remove(ctx: &Ctx<ViewKeep>, id: Uuid, version: i64) -> Result<(), Fault> {
    let mut tx = ctx.begin().await?;
    take(tx.conn(), tx.actor().id, id, version).await?;
    saved::remove(tx.conn(), id).await?;
    tx.done("approval.view.removed", "saved_view", id);
    tx.commit(&()).await?;
    Ok(())
}

/// Puts the caller's views in an order.
pub(crate) async fn order(
    app: &App,
    ctx: &Ctx<ViewKeep>,
    named: Vec<Uuid>,
) -> Result<Vec<SavedView>, Fault> {
    let mut tx = ctx.begin().await?;
    let me = tx.actor().id;
    let kept: Vec<Uuid> = saved::own(tx.conn(), me)
        .await?
        .iter()
        .map(|row| row.id)
        .collect();
    for (place, id) in (0..).zip(ordered(&kept, &named)) {
        saved::place(tx.conn(), id, place).await?;
    }
    let rows = saved::own(tx.conn(), me).await?;
    let answer = opened(tx.conn(), app.store().sealer(), rows, me).await?;
    tx.done("approval.view.ordered", "account", me.0);
    tx.commit(&answer).await?;
    Ok(answer)
}

async fn take(
    conn: &Conn,
    me: AccountId,
    id: Uuid,
    version: i64,
) -> Result<saved_view::Model, Fault> {
    let row = saved::take(conn, me, id)
        .await?
        .ok_or(Error::ViewNotFound)?;
    if row.version == version {
        Ok(row)
    } else {
        Err(Error::ViewMoved.into())
    }
}

/// The list itself judges what it is asked for; a label is one of the department's.
async fn check(
    ctx: &Ctx<ViewKeep>,
    conn: &Conn,
    content: ViewContent,
) -> Result<ViewContent, Fault> {
    let content = tidy(content)?;
    let query = ListQuery {
        state: content.state.clone(),
        light: content.light.clone(),
        q: content.q.clone(),
        ..ListQuery::default()
    };
    filter(&query, ctx.actor())?;
    if let Some(id) = content.label {
        let known = match department(ctx) {
            Some(department) => label::count_of(conn, department.0, &[id]).await? > 0,
            None => false,
        };
        if !known {
            return Err(Error::LabelNotFound.into());
        }
    }
    Ok(content)
}

/// Two saved the same name at once; the index knows.
fn taken_meanwhile(error: StorageError) -> Fault {
    match &error {
        StorageError::Database(cause) if is_unique_violation(cause) => Error::ViewNameTaken.into(),
        _ => error.into(),
    }
}

/// Views as they are shown, with a word on labels that are gone.
async fn opened(
    conn: &Conn,
    sealer: &Sealer,
    rows: Vec<saved_view::Model>,
    me: AccountId,
) -> Result<Vec<SavedView>, Fault> {
    let views: Result<Vec<SavedView>, Fault> =
        rows.into_iter().map(|row| view(sealer, row, me)).collect();
    let mut views = views?;
    let labels: Vec<Uuid> = views.iter().filter_map(|one| one.content.label).collect();
    if labels.is_empty() {
        return Ok(views);
    }
    let there = label::existing(conn, &labels).await?;
    for one in &mut views {
        one.label_gone = one.content.label.is_some_and(|id| !there.contains(&id));
    }
    Ok(views)
}

fn department(ctx: &Ctx<ViewKeep>) -> Option<DepartmentId> {
    ctx.actor().department.as_ref().map(|one| one.id)
}

fn shared_with(ctx: &Ctx<ViewKeep>, shared: bool) -> Result<Option<Uuid>, Error> {
    match (shared, department(ctx)) {
        (false, _) => Ok(None),
        (true, Some(id)) => Ok(Some(id.0)),
        (true, None) => Err(Error::NobodyToShareWith),
    }
}

fn view(sealer: &Sealer, row: saved_view::Model, me: AccountId) -> Result<SavedView, Fault> {
    Ok(SavedView {
        id: row.id,
        content: sealer.open_json(VIEW, row.id, &row.content)?,
        name: sealer.open_text(VIEW_NAME, row.id, &row.name)?,
        label_gone: false,
        shared: row.shared_with.is_some(),
        opens: row.opens,
        own: row.owner_id == me.0,
        owner: row.owner,
        version: row.version,
    })
}
