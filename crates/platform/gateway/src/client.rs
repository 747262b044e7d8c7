//! The HTTP client between roles.

use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;
use tb_http::{REQUEST_ID, ServiceKey};
use tb_kernel::{ErrorKind, Fault};

/// The client; cheap to clone.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    key: ServiceKey,
}

impl Client {
    /// A client that shows this service key.
    pub fn new(key: ServiceKey) -> Result<Self, Fault> {
        #[expect(
            clippy::disallowed_methods,
            reason = "this crate is the one home of the HTTP client"
        )]
        let builder = reqwest::Client::builder();
        let http = builder
            .connect_timeout(Duration::from_secs(3))
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .build()
            .map_err(Fault::internal)?;
        Ok(Self { http, key })
    }

    pub(crate) fn http(&self) -> &reqwest::Client {
        &self.http
    }
}

/// One role at its address.
#[derive(Clone)]
pub struct RemoteRole {
    client: Client,
    base: String,
}

impl RemoteRole {
    /// The role at `base`, such as `http://10.0.0.5:8081`.
    pub fn new(client: Client, base: &str) -> Self {
        Self {
            client,
            base: base.trim_end_matches('/').to_owned(),
        }
    }

    /// Asks a port.
    pub(crate) async fn ask<Q, A>(&self, path: &str, query: &Q) -> Result<A, Fault>
    where
        Q: Serialize + ?Sized + Sync,
        A: DeserializeOwned,
    {
        let address = format!("{}/internal/v1/{path}", self.base);
        self.answer(self.client.http.get(address).query(query))
            .await
    }

    /// Asks a port for what names a person: in the body, since addresses stand in logs.
    pub(crate) async fn ask_with<Q, A>(&self, path: &str, question: &Q) -> Result<A, Fault>
    where
        Q: Serialize + ?Sized + Sync,
        A: DeserializeOwned,
    {
        let address = format!("{}/internal/v1/{path}", self.base);
        self.answer(self.client.http.post(address).json(question))
            .await
    }

    async fn answer<A: DeserializeOwned>(
        &self,
        request: reqwest::RequestBuilder,
    ) -> Result<A, Fault> {
        let away =
            |error: reqwest::Error| Fault::new(ErrorKind::Unavailable, "http.busy").because(error);
        let request = request
            .header("authorization", self.client.key.header())
            .timeout(Duration::from_secs(10));
        // The other role's log lines and audit rows name the request that this one answers.
        let request = match tb_http::current_request() {
            Some(id) => request.header(REQUEST_ID, id.to_string()),
            None => request,
        };
        let response = request
            .send()
            .await
            .map_err(away)?
            .error_for_status()
            .map_err(away)?;
        response.json().await.map_err(away)
    }
}
