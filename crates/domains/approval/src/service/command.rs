//! The commands of staff, each with its body.

use tb_contract::access::{CaseAccept, CaseClose, CaseDecide, CaseExamine, WithdrawalAnswer};
use tb_http::Ctx;
use tb_kernel::{CaseId, Fault};

use super::act::act;
use crate::api::body::{
    AnswerWithdrawal, DecideCase, ListDefects, RefuseCase, StepCase, VerifyOriginals, VersionOnly,
};
use crate::api::view::CaseView;
use crate::app::App;
use crate::model::command::Command;

type Answer = Result<CaseView, Fault>;

/// Row 3: passes what waited for pre-review.
pub(crate) async fn receive(
    app: &App,
    ctx: &Ctx<CaseAccept>,
    id: CaseId,
    body: VersionOnly,
) -> Answer {
    // The moment is that of the submission; `act` puts it in.
    let command = Command::Receive { at: ctx.now() };
    act(app, ctx, id, body.version, command).await
}

/// Row 2.
pub(crate) async fn return_for_review(
    app: &App,
    ctx: &Ctx<CaseAccept>,
    id: CaseId,
    body: ListDefects,
) -> Answer {
    let (version, listed, reason) = body.split();
    let command = Command::ReturnForReview { listed, reason };
    act(app, ctx, id, version, command).await
}

/// Row 4.
pub(crate) async fn request_correction(
    app: &App,
    ctx: &Ctx<CaseAccept>,
    id: CaseId,
    body: ListDefects,
) -> Answer {
    let (version, listed, reason) = body.split();
    let command = Command::RequestCorrection { listed, reason };
    act(app, ctx, id, version, command).await
}

/// Rows 7 and 7a.
pub(crate) async fn accept(
    app: &App,
    ctx: &Ctx<CaseAccept>,
    id: CaseId,
    body: VersionOnly,
) -> Answer {
    act(app, ctx, id, body.version, Command::Accept).await
}

/// Row 9.
pub(crate) async fn refuse(
    app: &App,
    ctx: &Ctx<CaseAccept>,
    id: CaseId,
    body: RefuseCase,
) -> Answer {
    let command = Command::Refuse {
        kind: body.kind,
        reason: body.reason,
    };
    act(app, ctx, id, body.version, command).await
}

/// Row 10.
pub(crate) async fn step(app: &App, ctx: &Ctx<CaseExamine>, id: CaseId, body: StepCase) -> Answer {
    let command = Command::Step {
        outcome: body.outcome,
        opinion: body.opinion,
    };
    act(app, ctx, id, body.version, command).await
}

/// Row 14.
pub(crate) async fn decide(
    app: &App,
    ctx: &Ctx<CaseDecide>,
    id: CaseId,
    body: DecideCase,
) -> Answer {
    let command = Command::Decide {
        ruling: body.result,
        reason: body.reason,
    };
    act(app, ctx, id, body.version, command).await
}

/// Row 15, first half.
pub(crate) async fn close(
    app: &App,
    ctx: &Ctx<CaseClose>,
    id: CaseId,
    body: VersionOnly,
) -> Answer {
    act(app, ctx, id, body.version, Command::Close).await
}

/// Row 16.
pub(crate) async fn answer_withdrawal(
    app: &App,
    ctx: &Ctx<WithdrawalAnswer>,
    id: CaseId,
    body: AnswerWithdrawal,
) -> Answer {
    let command = Command::AnswerWithdrawal {
        granted: body.granted,
        reason: body.reason,
    };
    act(app, ctx, id, body.version, command).await
}

/// Row 18.
pub(crate) async fn pass_pre_review(
    app: &App,
    ctx: &Ctx<CaseAccept>,
    id: CaseId,
    body: VersionOnly,
) -> Answer {
    act(app, ctx, id, body.version, Command::PassPreReview).await
}

/// Row 18b.
pub(crate) async fn verify_originals(
    app: &App,
    ctx: &Ctx<CaseAccept>,
    id: CaseId,
    body: VerifyOriginals,
) -> Answer {
    let command = Command::VerifyOriginals {
        materials: body.materials,
        note: body.note,
    };
    act(app, ctx, id, body.version, command).await
}
