//! Commands off the straight way: each is a way with its reason.

use tb_contract::access::Permission;
use tb_http::Ctx;
use tb_kernel::{CaseId, Fault};

use super::act::act;
use crate::api::view::CaseView;
use crate::app::App;
use crate::model::command::Command;
use crate::model::diversion::{Diversion, Way};

/// Rows 11, 12, 17, 21, 22 and 24 to 28.
pub(crate) async fn divert<P: Permission>(
    app: &App,
    ctx: &Ctx<P>,
    id: CaseId,
    version: i64,
    way: Way,
    reason: String,
) -> Result<CaseView, Fault> {
    let command = Command::Divert(Diversion { way, reason });
    act(app, ctx, id, version, command).await
}
