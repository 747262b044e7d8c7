//! Labels: the head of a department makes them, clerks put them on cases and take them off.

use tb_contract::access::{CaseRead, LabelUse, LabelWrite};
use tb_http::Ctx;
use tb_kernel::{DepartmentId, Fault, Scope};
use tb_storage::Conn;
use uuid::Uuid;

use crate::api::label::{ChangedLabel, LabelCase, LabelView, NewLabel};
use crate::app::App;
use crate::entity::{case_label, label};
use crate::error::Error;
use crate::model::label::{MOST_LABELS, MOST_ON_A_CASE, name};
use crate::store;

/// The labels of the caller's department.
pub(crate) async fn list(ctx: &Ctx<CaseRead>) -> Result<Vec<LabelView>, Fault> {
    let rows = store::label::list(&ctx.read(), ctx.scope(), MOST_LABELS).await?;
    Ok(rows.into_iter().map(LabelView::from).collect())
}

/// Makes a label of the caller's department.
pub(crate) async fn make(ctx: &Ctx<LabelWrite>, body: NewLabel) -> Result<LabelView, Fault> {
    let name = name(&body.name)?;
    let department = own_department(ctx)?;
    let mut tx = ctx.begin().await?;
    if store::label::count(tx.conn(), department).await? >= MOST_LABELS {
        return Err(Error::TooManyLabels { max: MOST_LABELS }.into());
    }
    expect_free(tx.conn(), department.0, &name, None).await?;
    let row = label::Model {
        id: tx.new_id(),
        department_id: department.0,
        name,
        tone: body.tone.to_string(),
        made_by: tx.actor().name.clone(),
        made_at: tx.now(),
        version: 1,
    };
    store::label::insert(tx.conn(), row.clone()).await?;
    tx.done("approval.label.made", "label", row.id);
    let answer = LabelView::from(row);
    tx.commit(&answer).await?;
    Ok(answer)
}

/// Changes a label.
pub(crate) async fn change(
    ctx: &Ctx<LabelWrite>,
    id: Uuid,
    body: ChangedLabel,
) -> Result<LabelView, Fault> {
    let name = name(&body.name)?;
    let mut tx = ctx.begin().await?;
    let mut row = store::label::take(tx.conn(), ctx.scope(), id)
        .await?
        .ok_or(Error::LabelNotFound)?;
    if row.version != body.version {
        return Err(Error::LabelMoved.into());
    }
    expect_free(tx.conn(), row.department_id, &name, Some(id)).await?;
    row.name = name;
    row.tone = body.tone.to_string();
    row.version += 1;
    store::label::update(tx.conn(), row.clone()).await?;
    tx.done("approval.label.changed", "label", id);
    let answer = LabelView::from(row);
    tx.commit(&answer).await?;
    Ok(answer)
}

/// Removes a label, from the cases too.
pub(crate) async fn remove(ctx: &Ctx<LabelWrite>, id: Uuid, version: i64) -> Result<(), Fault> {
    let mut tx = ctx.begin().await?;
    let row = store::label::take(tx.conn(), ctx.scope(), id)
        .await?
        .ok_or(Error::LabelNotFound)?;
    if row.version != version {
        return Err(Error::LabelMoved.into());
    }
    store::label::remove(tx.conn(), id).await?;
    tx.done("approval.label.removed", "label", id);
    tx.commit(&()).await?;
    Ok(())
}

/// The labels of a case within reach.
pub(crate) async fn of_case(ctx: &Ctx<CaseRead>, id: Uuid) -> Result<Vec<LabelView>, Fault> {
    let conn = ctx.read();
    store::case::find(&conn, ctx.scope(), id)
        .await?
        .ok_or(Error::CaseNotFound)?;
    borne(&conn, id).await
}

/// Puts labels on a case and takes others off. The case itself stays as it is.
pub(crate) async fn put(
    app: &App,
    ctx: &Ctx<LabelUse>,
    id: Uuid,
    body: LabelCase,
) -> Result<Vec<LabelView>, Fault> {
    let mut tx = ctx.begin().await?;
    // Taken, so that two at once cannot put more on it than it bears.
    let case = store::case::find_for_change(tx.conn(), ctx.scope(), id)
        .await?
        .ok_or(Error::CaseNotFound)?;
    let mut wanted = body.put;
    wanted.sort_unstable();
    wanted.dedup();
    let known = store::label::count_of(tx.conn(), case.department_id, &wanted).await?;
    if usize::try_from(known).ok() != Some(wanted.len()) {
        return Err(Error::LabelNotFound.into());
    }
    let rows = wanted.iter().map(|label_id| case_label::Model {
        case_id: id,
        label_id: *label_id,
        put_by: tx.actor().name.clone(),
        put_at: tx.now(),
    });
    let rows = rows.collect();
    store::label::take_off(tx.conn(), id, &body.off).await?;
    store::label::put(tx.conn(), rows).await?;
    let answer = borne(tx.conn(), id).await?;
    if answer.len() > MOST_ON_A_CASE {
        return Err(Error::CaseFullOfLabels {
            max: MOST_ON_A_CASE,
        }
        .into());
    }
    tx.done("approval.case.labelled", "case", id);
    let (app, department) = (app.clone(), DepartmentId(case.department_id));
    tx.after_commit(move || app.tell(id, department));
    tx.commit(&answer).await?;
    Ok(answer)
}

async fn borne(conn: &Conn, id: Uuid) -> Result<Vec<LabelView>, Fault> {
    let labels = store::label::of_cases(conn, &[id]).await?.remove(&id);
    let labels = labels.unwrap_or_default().into_iter();
    Ok(labels.map(LabelView::from).collect())
}

async fn expect_free(
    conn: &Conn,
    department: Uuid,
    name: &str,
    but: Option<Uuid>,
) -> Result<(), Fault> {
    let found = store::label::by_name(conn, department, name).await?;
    if found.is_some_and(|label| Some(label.id) != but) {
        Err(Error::LabelNameTaken.into())
    } else {
        Ok(())
    }
}

fn own_department(ctx: &Ctx<LabelWrite>) -> Result<DepartmentId, Fault> {
    match ctx.scope() {
        Scope::Department(id) => Ok(*id),
        _ => Err(Fault::internal("labels are made within a department")),
    }
}
