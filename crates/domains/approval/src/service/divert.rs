//! The commands off the straight way, each with its body.

use tb_contract::access::{CaseAccept, CaseDivert, Permission};
use tb_http::Ctx;
use tb_kernel::{CaseId, Fault};

use super::act::act;
use crate::api::body::{
    EndSpecialProcedure, ExtendCase, PassOnCase, ResumeCase, StartSpecialProcedure, SuspendCase,
    TerminateCase,
};
use crate::api::view::CaseView;
use crate::app::App;
use crate::model::command::Command;
use crate::model::diversion::{Diversion, Way};

type Answer = Result<CaseView, Fault>;

async fn divert<P: Permission>(
    app: &App,
    ctx: &Ctx<P>,
    id: CaseId,
    version: i64,
    way: Way,
    reason: String,
) -> Answer {
    let command = Command::Divert(Diversion { way, reason });
    act(app, ctx, id, version, command).await
}

/// Row 11.
pub(crate) async fn start_special_procedure(
    app: &App,
    ctx: &Ctx<CaseDivert>,
    id: CaseId,
    body: StartSpecialProcedure,
) -> Answer {
    let way = Way::StartSpecialProcedure {
        kind: body.procedure,
        planned_end: body.planned_end,
    };
    divert(app, ctx, id, body.version, way, body.reason).await
}

/// Row 11.
pub(crate) async fn end_special_procedure(
    app: &App,
    ctx: &Ctx<CaseDivert>,
    id: CaseId,
    body: EndSpecialProcedure,
) -> Answer {
    let way = Way::EndSpecialProcedure;
    divert(app, ctx, id, body.version, way, body.finding).await
}

/// Row 12.
pub(crate) async fn extend(
    app: &App,
    ctx: &Ctx<CaseDivert>,
    id: CaseId,
    body: ExtendCase,
) -> Answer {
    let way = Way::Extend { length: body.days };
    divert(app, ctx, id, body.version, way, body.reason).await
}

/// Row 21.
pub(crate) async fn suspend(
    app: &App,
    ctx: &Ctx<CaseDivert>,
    id: CaseId,
    body: SuspendCase,
) -> Answer {
    let way = Way::Suspend {
        ground: body.ground,
        basis: body.basis,
    };
    divert(app, ctx, id, body.version, way, body.reason).await
}

/// Row 21.
pub(crate) async fn resume(
    app: &App,
    ctx: &Ctx<CaseDivert>,
    id: CaseId,
    body: ResumeCase,
) -> Answer {
    let way = Way::Resume;
    divert(app, ctx, id, body.version, way, body.reason).await
}

/// Row 22.
pub(crate) async fn terminate(
    app: &App,
    ctx: &Ctx<CaseDivert>,
    id: CaseId,
    body: TerminateCase,
) -> Answer {
    let way = Way::Terminate {
        ground: body.ground,
    };
    divert(app, ctx, id, body.version, way, body.reason).await
}

/// Row 25.
pub(crate) async fn report_up(
    app: &App,
    ctx: &Ctx<CaseDivert>,
    id: CaseId,
    body: PassOnCase,
) -> Answer {
    let way = Way::ReportUp { organ: body.organ };
    divert(app, ctx, id, body.version, way, body.reason).await
}

/// Row 27.
pub(crate) async fn transfer(
    app: &App,
    ctx: &Ctx<CaseAccept>,
    id: CaseId,
    body: PassOnCase,
) -> Answer {
    let way = Way::Transfer { organ: body.organ };
    divert(app, ctx, id, body.version, way, body.reason).await
}
