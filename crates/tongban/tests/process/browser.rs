//! What a browser does, without the browser: keeps the cookie, sends JSON.

use std::time::Duration;

use reqwest::{Client, Method, Response, StatusCode};
use serde_json::{Value, json};

/// One signed-in person at a browser.
#[derive(Clone)]
pub struct Browser {
    client: Client,
    url: String,
    cookie: String,
}

impl Browser {
    /// Signs in.
    pub async fn sign_in(url: &str, account: &str, password: &str) -> Self {
        let client = Client::builder()
            .timeout(Duration::from_secs(30))
            .no_proxy()
            .build()
            .unwrap();
        let body = json!({"account": account, "password": password});
        let answer = client
            .post(format!("{url}/api/v1/identity/session"))
            .json(&body)
            .send()
            .await
            .unwrap();
        assert_eq!(
            answer.status(),
            StatusCode::OK,
            "{account} cannot sign in: {}",
            answer.text().await.unwrap()
        );
        let cookie = answer.headers()["set-cookie"]
            .to_str()
            .unwrap()
            .split(';')
            .next()
            .unwrap()
            .to_owned();
        Self {
            client,
            url: url.to_owned(),
            cookie,
        }
    }

    /// Sends a request; an error means that no whole answer came.
    pub async fn send(
        &self,
        method: Method,
        path: &str,
        body: Option<&Value>,
    ) -> Result<(StatusCode, Value), String> {
        let mut request = self
            .client
            .request(method, format!("{}{path}", self.url))
            .header("cookie", &self.cookie);
        if let Some(body) = body {
            request = request.json(body);
        }
        read(request.send().await).await
    }

    /// GET, which must succeed.
    pub async fn get(&self, path: &str) -> Value {
        expect(self.send(Method::GET, path, None).await, path)
    }

    /// GET of bytes.
    pub async fn bytes(&self, path: &str) -> (StatusCode, Vec<u8>) {
        let answer = self
            .client
            .get(format!("{}{path}", self.url))
            .header("cookie", &self.cookie)
            .send()
            .await
            .unwrap();
        (answer.status(), answer.bytes().await.unwrap().to_vec())
    }

    /// GET of what may go on for ever.
    pub async fn open(&self, path: &str) -> Response {
        self.client
            .get(format!("{}{path}", self.url))
            .header("cookie", &self.cookie)
            .send()
            .await
            .unwrap()
    }

    /// POST, which must succeed.
    pub async fn post(&self, path: &str, body: Value) -> Value {
        expect(self.send(Method::POST, path, Some(&body)).await, path)
    }

    /// PUT, which must succeed.
    pub async fn put(&self, path: &str, body: Value) -> Value {
        expect(self.send(Method::PUT, path, Some(&body)).await, path)
    }

    /// Uploads a file, which must succeed.
    pub async fn upload(&self, path: &str, requirement: &str, name: &str, content: &[u8]) -> Value {
        let boundary = "tongban-process-test";
        let mut body = format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"requirement_id\"\r\n\r\n{requirement}\r\n\
             --{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n"
        )
        .into_bytes();
        body.extend_from_slice(content);
        body.extend_from_slice(format!("\r\n--{boundary}--\r\n").as_bytes());
        let request = self
            .client
            .post(format!("{}{path}", self.url))
            .header("cookie", &self.cookie);
        let request = request
            .header(
                "content-type",
                format!("multipart/form-data; boundary={boundary}"),
            )
            .body(body);
        expect(read(request.send().await).await, path)
    }
}

async fn read(answer: reqwest::Result<Response>) -> Result<(StatusCode, Value), String> {
    let answer = answer.map_err(|error| error.to_string())?;
    let status = answer.status();
    let text = answer.text().await.map_err(|error| error.to_string())?;
    Ok((status, serde_json::from_str(&text).unwrap_or_default()))
}

#[track_caller]
fn expect(answer: Result<(StatusCode, Value), String>, path: &str) -> Value {
    let (status, body) = answer.unwrap_or_else(|error| panic!("{path}: {error}"));
    assert!(status.is_success(), "{path}: {status} {body}");
    body
}
