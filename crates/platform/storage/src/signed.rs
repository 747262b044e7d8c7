//! How we and a simulated platform sign what goes between us: HMAC-SHA-256 over moment, nonce and body, in
//! hexadecimal digits. A real platform would use its own algorithm and keys; what is checked is the same.

use std::fmt::Write;

use chrono::{DateTime, Duration, Utc};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use tb_contract::payments::{Distrust, SignedMessage};

/// By how much clocks may differ, and a message may be late.
const TOLERANCE: Duration = Duration::minutes(5);

/// Signs a text.
pub fn sign(key: &[u8; 32], nonce: String, now: DateTime<Utc>, body: String) -> SignedMessage {
    // As it will be read: JSON may round a moment.
    let sent_at = DateTime::from_timestamp_micros(now.timestamp_micros()).unwrap_or(now);
    let mut message = SignedMessage {
        body,
        nonce,
        sent_at,
        signature: String::new(),
    };
    let sum = mac(key, &message).finalize().into_bytes();
    for byte in sum {
        // Writing into a text cannot fail.
        let _ = write!(message.signature, "{byte:02x}");
    }
    message
}

/// Whether a message was signed so, and a short while ago.
///
/// # Errors
/// Where it was not: it is not to be believed.
pub fn check(key: &[u8; 32], message: &SignedMessage, now: DateTime<Utc>) -> Result<(), Distrust> {
    let given = bytes(&message.signature).ok_or(Distrust::Forged)?;
    // Compares in constant time.
    mac(key, message)
        .verify_slice(&given)
        .map_err(|_| Distrust::Forged)?;
    if (now - message.sent_at).abs() > TOLERANCE {
        return Err(Distrust::Stale);
    }
    Ok(())
}

fn mac(key: &[u8; 32], message: &SignedMessage) -> Hmac<Sha256> {
    // One block of the hash, as the standard fills a short key up.
    let mut block = [0_u8; 64];
    for (place, byte) in block.iter_mut().zip(key) {
        *place = *byte;
    }
    let mut mac = <Hmac<Sha256> as KeyInit>::new(&block.into());
    let moment = message.sent_at.timestamp_micros();
    mac.update(format!("{moment}.{}.", message.nonce).as_bytes());
    mac.update(message.body.as_bytes());
    mac
}

fn bytes(hex: &str) -> Option<Vec<u8>> {
    if !hex.is_ascii() || !hex.len().is_multiple_of(2) {
        return None;
    }
    let pairs = hex.as_bytes().chunks(2);
    pairs
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Duration, Utc};
    use tb_contract::payments::{Distrust, SignedMessage};

    use super::{check, sign};

    const KEY: [u8; 32] = [7; 32];

    fn now() -> DateTime<Utc> {
        DateTime::from_timestamp(1_795_000_000, 123_456_789).unwrap()
    }

    #[test]
    fn what_was_changed_is_late_or_of_another_key_is_not_believed() {
        let message = sign(&KEY, "n1".to_owned(), now(), "{\"amount\":1}".to_owned());
        let again: SignedMessage =
            serde_json::from_str(&serde_json::to_string(&message).unwrap()).unwrap();
        assert_eq!(check(&KEY, &again, now()), Ok(()));
        let late = Duration::minutes(5) + Duration::seconds(1);
        assert_eq!(check(&KEY, &message, now() + late), Err(Distrust::Stale));
        assert_eq!(check(&KEY, &message, now() - late), Err(Distrust::Stale));
        assert_eq!(check(&[8; 32], &message, now()), Err(Distrust::Forged));
        for changed in [
            SignedMessage {
                body: "{\"amount\":2}".to_owned(),
                ..message.clone()
            },
            SignedMessage {
                nonce: "n2".to_owned(),
                ..message.clone()
            },
            SignedMessage {
                sent_at: message.sent_at + Duration::seconds(1),
                ..message.clone()
            },
            SignedMessage {
                signature: String::new(),
                ..message.clone()
            },
            SignedMessage {
                signature: "zz".repeat(32),
                ..message.clone()
            },
            SignedMessage {
                signature: "签".repeat(32),
                ..message.clone()
            },
        ] {
            assert_eq!(check(&KEY, &changed, now()), Err(Distrust::Forged));
        }
    }
}
