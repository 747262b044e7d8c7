//! The cookies: `tb_session` of who is signed in, `tb_kiosk` of the terminal that he stands at.
//! Unreadable for scripts, sent to our own pages only.

use axum::http::{HeaderMap, HeaderValue, header};

/// Name of the cookie.
pub const SESSION_COOKIE: &str = "tb_session";

/// Name of the cookie of a paired kiosk.
pub const KIOSK_COOKIE: &str = "tb_kiosk";

/// The `Set-Cookie` value that pairs a browser with a kiosk for good: five years. Only its own pages
/// are ever opened there, so that it can be strict.
pub fn kiosk_cookie(token: &str, secure: bool) -> Option<HeaderValue> {
    let secure = if secure { "; Secure" } else { "" };
    HeaderValue::from_str(&format!(
        "{KIOSK_COOKIE}={token}; Path=/; HttpOnly; SameSite=Strict; Max-Age=157680000{secure}"
    ))
    .ok()
}

/// The `Set-Cookie` value that starts a session.
pub fn session_cookie(token: &str, secure: bool) -> Option<HeaderValue> {
    let secure = if secure { "; Secure" } else { "" };
    HeaderValue::from_str(&format!(
        "{SESSION_COOKIE}={token}; Path=/; HttpOnly; SameSite=Lax{secure}"
    ))
    .ok()
}

/// The `Set-Cookie` value that ends it.
pub fn clear_session_cookie() -> HeaderValue {
    HeaderValue::from_static("tb_session=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0")
}

/// The session token in a request's cookies.
pub fn session_token(headers: &HeaderMap) -> Option<&str> {
    token(headers, SESSION_COOKIE)
}

/// The token of the kiosk in a request's cookies.
pub fn kiosk_token(headers: &HeaderMap) -> Option<&str> {
    token(headers, KIOSK_COOKIE)
}

fn token<'a>(headers: &'a HeaderMap, cookie: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(name, value)| (name == cookie && !value.is_empty()).then_some(value))
}
