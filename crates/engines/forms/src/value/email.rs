//! E-mail addresses as people have them: `name@example.cn`. Quoted names, comments, addresses of
//! hosts without a domain and non-ASCII domains are refused; mail to them would not arrive anyway.

use serde_json::Value;
use tb_kernel::identity_number::half_width;

use super::{Normalised, Refusal};

/// RFC 5321: longest path that mail can be sent to.
pub(super) const LONGEST: u32 = 254;

/// The address with its domain in small letters.
pub(super) fn email(entered: &str) -> Normalised {
    let address = half_width(entered);
    match address.split_once('@') {
        Some((local, domain)) if is_local(local) && is_domain(domain) => Ok(Value::from(format!(
            "{local}@{}",
            domain.to_ascii_lowercase()
        ))),
        _ => Err(Refusal::new("form.email")),
    }
}

fn is_local(local: &str) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+/=?^_`{|}~-.".contains(c);
    (1..=64).contains(&local.len())
        && local.chars().all(allowed)
        && local.split('.').all(|part| !part.is_empty())
}

fn is_domain(domain: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let top = domain.rsplit('.').next().unwrap_or_default();
    domain.contains('.')
        && domain.split('.').all(is_label)
        && top.len() >= 2
        && !top
            .bytes()
            .any(|b| b.is_ascii_digit() && !top.starts_with("xn--"))
}
