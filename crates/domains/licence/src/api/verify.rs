//! Verifying, for anybody.

use axum::extract::State;
use serde::Serialize;
use tb_contract::access::LicenceVerify;
use tb_http::{Ctx, Json, Path, Result, guard};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::service::verify::{self, AskLicence};
use crate::view::VerifyView;

/// The key that signs licences.
#[derive(Debug, Serialize, ToSchema)]
pub struct PublicKey {
    /// Method: `Ed25519`.
    pub method: &'static str,
    /// The public key in hexadecimal digits.
    pub key: String,
}

/// A licence by the code on it; limited in rate.
#[utoipa::path(get, path = "/verify/{code}", params(("code" = String, Path)), responses((status = 200, body = VerifyView)))]
async fn verify_licence(
    State(app): State<App>,
    ctx: Ctx<LicenceVerify>,
    Path(code): Path<String>,
) -> Result<Json<VerifyView>> {
    Ok(Json(verify::by_code(&app, &ctx, &code).await?))
}

/// A licence by its number and the last character of its holder's name; limited in rate.
#[utoipa::path(post, path = "/verify", request_body = AskLicence, responses((status = 200, body = VerifyView)))]
async fn verify_licence_by_number(
    State(app): State<App>,
    ctx: Ctx<LicenceVerify>,
    Json(body): Json<AskLicence>,
) -> Result<Json<VerifyView>> {
    Ok(Json(verify::by_number(&app, &ctx, &body).await?))
}

/// The public key that signatures of licences are checked with.
#[utoipa::path(get, path = "/public-key", responses((status = 200, body = PublicKey)))]
async fn read_licence_key(State(app): State<App>, _: Ctx<LicenceVerify>) -> Json<PublicKey> {
    Json(PublicKey {
        method: "Ed25519",
        key: app.signing().public_key(),
    })
}

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(guard::<LicenceVerify, _>(routes!(verify_licence)))
        .routes(guard::<LicenceVerify, _>(routes!(verify_licence_by_number)))
        .routes(guard::<LicenceVerify, _>(routes!(read_licence_key)))
}
