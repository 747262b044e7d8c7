//! What came out of a case beside its papers.

use tb_contract::access::ApplicationRead;
use tb_http::{Ctx, FileAnswer, Path, Result, guard};
use tb_kernel::ApplicationId;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::service::result;

/// The file of a result that the office attached, once the case is closed.
#[utoipa::path(get, path = "/applications/{id}/results/{file_id}", params(("id" = ApplicationId, Path), ("file_id" = Uuid, Path)), responses((status = 200, body = Vec<u8>, content_type = "application/octet-stream")))]
async fn read_result_file(
    ctx: Ctx<ApplicationRead>,
    Path((id, file)): Path<(ApplicationId, Uuid)>,
) -> Result<FileAnswer> {
    Ok(result::file(&ctx, id, file).await?)
}

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(guard::<ApplicationRead, _>(routes!(read_result_file)))
}
