//! Signatures by the convention of Standard Webhooks: HMAC-SHA-256 over id, moment and body, base64,
//! `v1,` before it; several are separated by spaces while a secret is changed.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use tb_kernel::Entropy;
use zeroize::Zeroizing;

const PREFIX: &str = "whsec_";
/// Seconds by which clocks may differ, and a message may be late.
const TOLERANCE: i64 = 300;

/// A new secret as its receiver is shown it, once.
pub(crate) fn new_secret(entropy: &dyn Entropy) -> Zeroizing<String> {
    let mut key = Zeroizing::new([0_u8; 32]);
    entropy.fill(key.as_mut_slice());
    Zeroizing::new(format!("{PREFIX}{}", STANDARD.encode(key.as_slice())))
}

/// The key in a secret.
fn key_of(secret: &str) -> Option<Zeroizing<Vec<u8>>> {
    let key = STANDARD.decode(secret.strip_prefix(PREFIX)?).ok()?;
    Some(Zeroizing::new(key))
}

/// The signature of a message under one secret; none where that is no secret.
pub fn signature(secret: &str, id: &str, timestamp: i64, body: &str) -> Option<String> {
    let key = key_of(secret)?;
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(&key).ok()?;
    mac.update(format!("{id}.{timestamp}.").as_bytes());
    mac.update(body.as_bytes());
    let sum = mac.finalize().into_bytes();
    Some(format!("v1,{}", STANDARD.encode(sum)))
}

/// The header under all secrets that are valid now.
pub(crate) fn signed_by(
    secrets: &[Zeroizing<String>],
    id: &str,
    timestamp: i64,
    body: &str,
) -> String {
    let all: Vec<String> = secrets
        .iter()
        .filter_map(|secret| signature(secret, id, timestamp, body))
        .collect();
    all.join(" ")
}

/// What a receiver checks: one of the signatures is right, and the message is neither old nor from
/// the future.
pub fn valid(secret: &str, id: &str, timestamp: i64, body: &str, header: &str, now: i64) -> bool {
    let right = signature(secret, id, timestamp, body);
    let fresh = (now - timestamp).abs() <= TOLERANCE;
    fresh && right.is_some_and(|right| header.split(' ').any(|given| given == right))
}

#[cfg(test)]
mod tests {
    use super::{signature, valid};

    /// The example of the convention's own libraries.
    const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    const ID: &str = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    const BODY: &str = "{\"test\": 2432232314}";
    const SIGNED: &str = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    #[test]
    fn the_example_of_the_convention_is_signed_alike() {
        assert_eq!(
            signature(SECRET, ID, 1_614_265_330, BODY).as_deref(),
            Some(SIGNED)
        );
    }

    #[test]
    fn what_was_changed_or_is_late_is_not_valid() {
        let at = 1_614_265_330;
        let both = format!("v1,AAAA {SIGNED}");
        assert!(valid(SECRET, ID, at, BODY, &both, at + 299));
        assert!(!valid(SECRET, ID, at, BODY, &both, at + 301));
        assert!(!valid(SECRET, ID, at, "{}", SIGNED, at));
        assert!(!valid(SECRET, "msg_other", at, BODY, SIGNED, at));
        assert!(!valid("whsec_AAAA", ID, at, BODY, SIGNED, at));
    }
}
