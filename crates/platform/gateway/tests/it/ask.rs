//! A role that asks a port of another on behalf of a request: the other knows which.

use std::sync::Arc;

use async_trait::async_trait;
use axum::Router;
use axum::routing::get;
use serde_json::{Value, json};
use tb_contract::ports::{ApplicantProfile, Applicants, Identified, PortResult};
use tb_gateway::{Client, RemoteRole, expose_applicants};
use tb_http::{Json, serve_router};
use tb_kernel::AccountId;

use crate::roles::{Roles, request, serve};

/// Tells, as a name, on which request it was asked.
struct Witness;

#[async_trait]
impl Applicants for Witness {
    async fn profile(&self, account_id: AccountId) -> PortResult<Option<ApplicantProfile>> {
        let asked_by = tb_http::current_request().unwrap();
        Ok(Some(ApplicantProfile {
            account_id,
            name: asked_by.to_string(),
            citizen_id: String::new(),
            phone: String::new(),
            enterprise_name: String::new(),
            credit_code: String::new(),
        }))
    }

    async fn account_of(&self, who: &Identified) -> PortResult<Option<AccountId>> {
        let known = who.citizen_id == "110105194912310021" && who.credit_code.is_none();
        Ok(known.then_some(AccountId(uuid::Uuid::max())))
    }

    async fn agents_of(&self, credit_code: &str) -> PortResult<Vec<AccountId>> {
        let known = credit_code == "91430102MATB000187";
        let agent = AccountId(uuid::Uuid::max());
        Ok(known.then_some(agent).into_iter().collect())
    }
}

#[tokio::test]
async fn whoever_was_identified_elsewhere_is_found_without_a_number_in_the_address() {
    let roles = Roles::new().await;
    let owner = serve_router(
        &roles.web,
        Router::new(),
        expose_applicants(Arc::new(Witness)),
    );
    let client = Client::new(roles.web.service_key().clone()).unwrap();
    let port = RemoteRole::new(client, &serve(owner).await);
    let mut who = Identified {
        citizen_id: "110105194912310021".to_owned(),
        credit_code: None,
    };
    let found = port.account_of(&who).await.unwrap();
    assert_eq!(found, Some(AccountId(uuid::Uuid::max())));
    who.credit_code = Some("91430102MATB000187".to_owned());
    assert_eq!(port.account_of(&who).await.unwrap(), None);
    let agents = port.agents_of("91430102MATB000187").await.unwrap();
    assert_eq!(agents, [AccountId(uuid::Uuid::max())]);
}

#[tokio::test]
async fn the_role_that_is_asked_names_the_same_request() {
    let roles = Roles::new().await;
    let owner = serve_router(
        &roles.web,
        Router::new(),
        expose_applicants(Arc::new(Witness)),
    );
    let client = Client::new(roles.web.service_key().clone()).unwrap();
    let port = RemoteRole::new(client, &serve(owner).await);
    let ask = async move || -> tb_http::Result<Json<Value>> {
        let profile = port.profile(AccountId(uuid::Uuid::nil())).await?;
        Ok(Json(json!(profile.unwrap().name)))
    };
    let asking = Router::new().route("/ask", get(ask));
    let router = serve_router(&roles.web, asking, Router::new());
    let answer = Roles::through(router, "198.51.100.7", request("GET", "/ask", &[])).await;
    assert_eq!(
        answer.headers["x-request-id"],
        answer.body.as_str().unwrap()
    );
}
