//! The cashier's desk of the simulated payment platform (模拟缴费平台): no real money.

use axum::extract::State;
use serde::Deserialize;
use tb_contract::access::PaymentSimulate;
use tb_http::{Ctx, Json, Path, guard};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::error::Error;
use crate::service::fee::money;
use crate::simulator::{Cashier, Simulator};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(guard::<PaymentSimulate, _>(routes!(simulated_bill)))
        .routes(guard::<PaymentSimulate, _>(routes!(simulate_payment)))
}

/// How the payment is to go.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct SimulatePayment {
    /// Whether the message about it is lost on its way, as it may be with the real platform.
    #[serde(default)]
    pub lost: bool,
}

fn simulator(app: &App) -> Result<&Simulator, Error> {
    let platform = app.payments().ok_or(Error::PaymentsOff)?;
    platform.simulator.as_ref().ok_or(Error::PaymentsOff)
}

/// An order as the simulated platform keeps it, by its code.
#[utoipa::path(get, path = "/simulator/bills/{code}", params(("code" = String, Path)), responses((status = 200, body = Cashier)))]
async fn simulated_bill(
    State(app): State<App>,
    _ctx: Ctx<PaymentSimulate>,
    Path(code): Path<String>,
) -> tb_http::Result<Json<Cashier>> {
    Ok(Json(simulator(&app)?.cashier(&code).await?))
}

/// Pays an order at the simulated platform, which tells of it.
#[utoipa::path(post, path = "/simulator/bills/{code}/pay", params(("code" = String, Path)), request_body = SimulatePayment, responses((status = 200, body = Cashier)))]
async fn simulate_payment(
    State(app): State<App>,
    _ctx: Ctx<PaymentSimulate>,
    Path(code): Path<String>,
    Json(body): Json<SimulatePayment>,
) -> tb_http::Result<Json<Cashier>> {
    let simulator = simulator(&app)?;
    let message = simulator.pay(&code).await?;
    if !body.lost
        && let Err(fault) = money::hear(&app, &message).await
    {
        // Who has paid has paid: the office asks the platform about it later.
        tracing::warn!(code = fault.code, "the simulated platform was not heard");
    }
    Ok(Json(simulator.cashier(&code).await?))
}
