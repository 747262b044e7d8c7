//! Headers that every answer carries.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

const POLICY: &str = "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; \
    script-src 'self' 'wasm-unsafe-eval'; worker-src 'self' blob:; frame-src 'self' blob:; object-src 'none'; \
    base-uri 'self'; form-action 'self'; frame-ancestors 'self'";

/// Adds the security headers; what is there already stays.
pub(crate) fn secure(headers: &mut HeaderMap, https: bool, api: bool) {
    let mut add = |name: HeaderName, value: &'static str| {
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    };
    add(header::CONTENT_SECURITY_POLICY, POLICY);
    add(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    add(header::X_FRAME_OPTIONS, "SAMEORIGIN");
    add(header::REFERRER_POLICY, "same-origin");
    add(
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    );
    add(
        HeaderName::from_static("permissions-policy"),
        "geolocation=(), microphone=(), payment=()",
    );
    if https {
        add(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    }
    if api {
        // Answers of the interface may hold personal data: no cache keeps them.
        add(header::CACHE_CONTROL, "no-store");
    }
}
