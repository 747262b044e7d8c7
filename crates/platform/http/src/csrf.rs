//! Guard against requests that another site makes a browser send: an unsafe method with a foreign
//! `Origin` or `Sec-Fetch-Site` is refused. Programs send neither header and pass.

use axum::http::{HeaderMap, Method, header};

/// Whether the request may go on.
pub(crate) fn allows(method: &Method, headers: &HeaderMap, public_url: &str) -> bool {
    if method.is_safe() {
        return true;
    }
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    if text("sec-fetch-site").is_some_and(|site| !matches!(site, "same-origin" | "none")) {
        return false;
    }
    match text(header::ORIGIN.as_str()) {
        None => true,
        Some(origin) => {
            origin == public_url.trim_end_matches('/')
                || same_host(origin, text(header::HOST.as_str()))
        }
    }
}

/// An origin whose host is the very one the request was sent to is our own page, whatever name the
/// operator reaches us by.
fn same_host(origin: &str, host: Option<&str>) -> bool {
    let origin_host = origin.split_once("://").map(|(_, rest)| rest);
    origin_host.is_some() && origin_host == host
}

#[cfg(test)]
mod tests {
    use super::allows;
    use axum::http::{HeaderMap, HeaderValue, Method};

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(k, v)| ((*k).try_into().unwrap(), HeaderValue::from_static(v)))
            .collect()
    }

    #[test]
    fn foreign_pages_are_refused_and_programs_pass() {
        let ours = "https://tb.example";
        let post = |pairs| allows(&Method::POST, &headers(pairs), ours);
        assert!(post(&[]));
        assert!(post(&[
            ("origin", "https://tb.example"),
            ("sec-fetch-site", "same-origin")
        ]));
        assert!(post(&[
            ("origin", "http://10.0.0.1:8080"),
            ("host", "10.0.0.1:8080")
        ]));
        assert!(!post(&[
            ("origin", "https://evil.example"),
            ("host", "tb.example")
        ]));
        assert!(!post(&[("origin", "null")]));
        assert!(!post(&[("sec-fetch-site", "cross-site")]));
        assert!(!post(&[("sec-fetch-site", "same-site")]));
        assert!(allows(
            &Method::GET,
            &headers(&[("sec-fetch-site", "cross-site")]),
            ours
        ));
    }
}
