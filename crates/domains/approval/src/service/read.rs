//! One case for its page, masked unless the caller may see more and says so.

use tb_contract::access::{CaseRead, CaseUnmask, Permission, scope_of};
use tb_http::Ctx;
use tb_kernel::{Actor, CaseId, DepartmentId, ErrorKind, Fault};
use tb_storage::AuditEntry;

use super::licence;
use super::setting::{Calendars, calendar, read_clocks, setting};
use crate::api::view::CaseView;
use crate::app::App;
use crate::entity::case;
use crate::error::Error;
use crate::model::event::{Beat, office_day};
use crate::store;
use crate::store::copy;
use crate::store::event::CaseEvent;
use crate::view::{Shown, view};

/// One case.
pub(crate) async fn case(
    app: &App,
    ctx: &Ctx<CaseRead>,
    id: CaseId,
    unmask: bool,
) -> Result<CaseView, Fault> {
    let conn = ctx.read();
    let row = store::case::find(&conn, ctx.scope(), id.0)
        .await?
        .ok_or(Error::CaseNotFound)?;
    if unmask && !may(ctx.actor(), CaseUnmask::KEY, CaseUnmask::DOOR, &row)? {
        return Err(
            Fault::new(ErrorKind::Forbidden, "http.forbidden").arg("permission", CaseUnmask::KEY)
        );
    }
    let setting = setting(app, &conn, &row).await?;
    let history = store::event::of_case(&conn, app.store().sealer(), row.id).await?;
    let beats: Vec<Beat> = history.iter().map(CaseEvent::beat).collect();
    let today = office_day(ctx.now());
    let read = read_clocks(
        app,
        &conn,
        Calendars::of(&row),
        &setting.item,
        &beats,
        today,
    )
    .await?;
    let (clocks, version) =
        read.ok_or_else(|| Fault::internal("the calendar of a case is gone"))?;
    let calendar = calendar(app, &conn, &version).await?;
    let papers = store::paper::of_case(&conn, row.id).await?;
    let ended = licence::ended(&conn, app.store().sealer(), &row).await?;
    let shown = Shown {
        row: &row,
        setting: &setting,
        history: &history,
        clocks: &clocks,
        calendar: &calendar,
        papers: &papers,
        ended: &ended,
    };
    let answer = view(ctx, app, &shown, unmask)?;
    if unmask {
        let entry = AuditEntry {
            action: CaseUnmask::KEY,
            object_kind: "case",
            object_id: row.id.to_string(),
            result: "read",
            reason: None,
        };
        ctx.store().record_read(ctx.origin(), entry).await?;
    }
    Ok(answer)
}

/// Whether an actor's grant of a permission reaches a case.
pub(crate) fn may(
    actor: &Actor,
    key: &'static str,
    door: tb_contract::access::Door,
    row: &case::Model,
) -> Result<bool, Fault> {
    may_at(actor, key, door, row.department_id, &row.region)
}

/// The same for a case of this department and region.
pub(crate) fn may_at(
    actor: &Actor,
    key: &'static str,
    door: tb_contract::access::Door,
    department: uuid::Uuid,
    region: &str,
) -> Result<bool, Fault> {
    let Some((scope, _)) = scope_of(actor, key, door) else {
        return Ok(false);
    };
    let region = copy::region(region)?;
    Ok(scope.covers(Some(DepartmentId(department)), Some(&region), None))
}
