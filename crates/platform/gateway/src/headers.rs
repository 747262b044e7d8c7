//! Which headers go on to another role, and which come back from it: those that speak of the
//! message. What speaks of one connection ends with it, and what says who somebody is or where he
//! comes from is said by the actor token alone.

use axum::http::{HeaderMap, HeaderName, header};

/// Headers that speak of one connection, besides those that `Connection` itself names.
const OF_CONNECTION: [HeaderName; 9] = [
    header::CONNECTION,
    HeaderName::from_static("keep-alive"),
    HeaderName::from_static("proxy-connection"),
    header::PROXY_AUTHENTICATE,
    header::TE,
    header::TRAILER,
    header::TRANSFER_ENCODING,
    header::UPGRADE,
    header::HOST,
];

/// Headers by which a client could claim to be somebody else, or somewhere else. The check against
/// foreign pages was made at the edge; the role sees a program.
const OF_IDENTITY: [HeaderName; 8] = [
    header::AUTHORIZATION,
    header::PROXY_AUTHORIZATION,
    header::COOKIE,
    header::FORWARDED,
    header::ORIGIN,
    header::VIA,
    HeaderName::from_static("x-real-ip"),
    HeaderName::from_static("x-request-id"),
];
const OF_IDENTITY_BEGIN: [&str; 2] = ["x-forwarded-", "sec-fetch-"];

/// The headers of a request that go on.
pub(crate) fn onward(headers: &HeaderMap) -> HeaderMap {
    kept(headers, |name| {
        !OF_IDENTITY.contains(name)
            && !OF_IDENTITY_BEGIN
                .iter()
                .any(|begin| name.as_str().starts_with(begin))
    })
}

/// The headers of an answer that come back.
pub(crate) fn back(headers: &HeaderMap) -> HeaderMap {
    kept(headers, |_| true)
}

fn kept(headers: &HeaderMap, also: impl Fn(&HeaderName) -> bool) -> HeaderMap {
    let named: Vec<String> = headers
        .get_all(header::CONNECTION)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(|name| name.trim().to_ascii_lowercase())
        .collect();
    headers
        .iter()
        .filter(|(name, _)| {
            !OF_CONNECTION.contains(name)
                && !named
                    .iter()
                    .any(|of_connection| of_connection == name.as_str())
                && also(name)
        })
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderName, HeaderValue};

    use super::{back, onward};

    fn headers(names: &[&'static str]) -> HeaderMap {
        let pair = |name: &&'static str| {
            let value = HeaderValue::from_static("x-mine, close");
            (HeaderName::from_static(name), value)
        };
        names.iter().map(pair).collect()
    }

    #[test]
    fn nothing_that_claims_an_identity_goes_on() {
        let sent = headers(&[
            "authorization",
            "cookie",
            "forwarded",
            "x-forwarded-for",
            "x-forwarded-host",
            "x-request-id",
            "x-real-ip",
            "origin",
            "sec-fetch-site",
            "connection",
            "x-mine",
            "keep-alive",
            "accept",
            "idempotency-key",
            "traceparent",
        ]);
        let onward = onward(&sent);
        let mut names: Vec<_> = onward.keys().map(HeaderName::as_str).collect();
        names.sort_unstable();
        assert_eq!(names, ["accept", "idempotency-key", "traceparent"]);
        let answer = headers(&["connection", "x-mine", "content-type", "transfer-encoding"]);
        let back = back(&answer);
        assert_eq!(back.keys().collect::<Vec<_>>(), ["content-type"]);
    }
}
