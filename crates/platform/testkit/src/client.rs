//! A client of a test app: keeps cookies, speaks JSON, remembers nothing else.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Request, StatusCode, header};
use bytes::Bytes;
use http_body_util::BodyExt;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tower::ServiceExt;

/// An answer.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Status.
    pub status: StatusCode,
    /// Headers.
    pub headers: HeaderMap,
    /// Body.
    pub bytes: Bytes,
}

impl Answer {
    /// The body as JSON; `null` where it is none.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_default()
    }

    /// The body as a type.
    #[track_caller]
    pub fn parse<T: DeserializeOwned>(&self) -> T {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The code of a problem; empty where it is none.
    pub fn code(&self) -> String {
        self.json()
            .get("code")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    }

    /// The body, if the request succeeded.
    #[track_caller]
    pub fn ok(self) -> Value {
        assert!(
            self.status.is_success(),
            "{} {}",
            self.status,
            String::from_utf8_lossy(&self.bytes)
        );
        self.json()
    }

    /// The body of a problem with this status and code.
    #[track_caller]
    pub fn refused(self, status: u16, code: &str) -> Value {
        let body = String::from_utf8_lossy(&self.bytes);
        assert_eq!(
            (self.status.as_u16(), self.code().as_str()),
            (status, code),
            "{body}"
        );
        self.json()
    }
}

/// A client.
#[derive(Clone)]
pub struct Client {
    router: Router,
    cookie: Arc<Mutex<Option<String>>>,
    kiosk: Arc<Mutex<Option<String>>>,
    headers: HeaderMap,
}

impl Client {
    pub(crate) fn new(router: Router, cookie: Option<String>) -> Self {
        Self {
            router,
            cookie: Arc::new(Mutex::new(cookie)),
            kiosk: Arc::default(),
            headers: HeaderMap::new(),
        }
    }

    /// The same client with one more header on every request.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.insert(
            HeaderName::from_static(name),
            HeaderValue::from_str(value).unwrap(),
        );
        self
    }

    /// The same client in the browser of a kiosk.
    #[must_use]
    pub fn at_kiosk(self, token: &str) -> Self {
        *self.kiosk.lock().unwrap() = Some(token.to_owned());
        self
    }

    /// The cookie's value of the kiosk, if the browser is paired.
    pub fn kiosk(&self) -> Option<String> {
        self.kiosk.lock().unwrap().clone()
    }

    /// The same client with an idempotency key.
    #[must_use]
    pub fn once(self, key: &str) -> Self {
        self.with("idempotency-key", key)
    }

    /// The session cookie's value, if there is one.
    pub fn cookie(&self) -> Option<String> {
        self.cookie.lock().unwrap().clone()
    }

    /// GET.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(request(Method::GET, path).body(Body::empty()).unwrap())
            .await
    }

    /// DELETE.
    pub async fn delete(&self, path: &str) -> Answer {
        self.send(request(Method::DELETE, path).body(Body::empty()).unwrap())
            .await
    }

    /// POST of JSON.
    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        self.json(Method::POST, path, body).await
    }

    /// PUT of JSON.
    pub async fn put(&self, path: &str, body: &Value) -> Answer {
        self.json(Method::PUT, path, body).await
    }

    /// POST of a form with fields and one file: (field, file name, content).
    pub async fn multipart(
        &self,
        path: &str,
        fields: &[(&str, &str)],
        file: (&str, &str, &[u8]),
    ) -> Answer {
        self.multipart_of(path, fields, &[file]).await
    }

    /// The same with any number of files.
    pub async fn multipart_of(
        &self,
        path: &str,
        fields: &[(&str, &str)],
        files: &[(&str, &str, &[u8])],
    ) -> Answer {
        const BOUNDARY: &str = "tongban-test-boundary";
        let mut body = Vec::new();
        for (name, value) in fields {
            let part = format!(
                "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
            );
            body.extend_from_slice(part.as_bytes());
        }
        for (name, file_name, content) in files {
            let head = format!(
                "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{file_name}\"\r\n\
                 Content-Type: application/octet-stream\r\n\r\n"
            );
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(content);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        let request = request(Method::POST, path).header(header::CONTENT_TYPE, kind);
        self.send(
            request
                .header(header::CONTENT_LENGTH, body.len())
                .body(Body::from(body))
                .unwrap(),
        )
        .await
    }

    /// Status and, for a problem, body of an answer that may never end, such as a live stream.
    pub async fn head_of(&self, request: Request<Body>) -> (u16, serde_json::Value) {
        let mut request = request;
        self.show_cookie(&mut request);
        let response = self.router.clone().oneshot(request).await.unwrap();
        let status = response.status().as_u16();
        if response.status().is_success() {
            return (status, serde_json::Value::Null);
        }
        let bytes = response.into_body().collect().await.unwrap().to_bytes();
        (status, serde_json::from_slice(&bytes).unwrap_or_default())
    }

    /// Any request.
    pub async fn send(&self, mut request: Request<Body>) -> Answer {
        for (name, value) in &self.headers {
            request.headers_mut().insert(name, value.clone());
        }
        self.show_cookie(&mut request);
        let response = self.router.clone().oneshot(request).await.unwrap();
        self.keep_cookie(response.headers());
        let (parts, body) = response.into_parts();
        let bytes = body
            .collect()
            .await
            .map(http_body_util::Collected::to_bytes)
            .unwrap_or_default();
        Answer {
            status: parts.status,
            headers: parts.headers,
            bytes,
        }
    }

    async fn json(&self, method: Method, path: &str, body: &Value) -> Answer {
        let request = request(method, path).header(header::CONTENT_TYPE, "application/json");
        self.send(request.body(Body::from(body.to_string())).unwrap())
            .await
    }

    fn show_cookie(&self, request: &mut Request<Body>) {
        let shown = [
            (tb_http::SESSION_COOKIE, self.cookie()),
            (tb_http::KIOSK_COOKIE, self.kiosk()),
        ];
        let pairs: Vec<_> = shown
            .into_iter()
            .filter_map(|(name, token)| Some(format!("{name}={}", token?)))
            .collect();
        if !pairs.is_empty() {
            let cookies = HeaderValue::from_str(&pairs.join("; ")).unwrap();
            request.headers_mut().insert(header::COOKIE, cookies);
        }
    }

    fn keep_cookie(&self, headers: &HeaderMap) {
        for value in headers.get_all(header::SET_COOKIE) {
            let pair = value.to_str().unwrap().split(';').next();
            let (name, token) = pair.unwrap_or_default().split_once('=').unwrap_or_default();
            let kept = match name {
                tb_http::SESSION_COOKIE => &self.cookie,
                tb_http::KIOSK_COOKIE => &self.kiosk,
                _ => continue,
            };
            *kept.lock().unwrap() = (!token.is_empty()).then(|| token.to_owned());
        }
    }
}

fn request(method: Method, path: &str) -> axum::http::request::Builder {
    Request::builder().method(method).uri(path)
}
