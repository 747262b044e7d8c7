//! A text under a passphrase: Argon2id makes the key, XChaCha20-Poly1305 seals. For the key file in
//! a backup, and for nothing else: data is sealed under the key ring.

use argon2::{Algorithm, Argon2, Params, Version};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chacha20poly1305::aead::{Aead, KeyInit};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use serde::{Deserialize, Serialize};
use tb_kernel::Entropy;
use zeroize::Zeroizing;

use crate::error::StorageError;

/// Kibibytes and rounds: half a second of one core.
const MEMORY: u32 = 64 * 1024;
const ROUNDS: u32 = 3;
/// No file makes us take more.
const MOST_MEMORY: u32 = 1024 * 1024;
const MOST_ROUNDS: u32 = 64;

#[derive(Serialize, Deserialize)]
struct Envelope {
    kdf: String,
    memory_kib: u32,
    rounds: u32,
    salt: String,
    nonce: String,
    sealed: String,
}

/// Seals a text.
pub fn seal_with_passphrase(
    text: &str,
    passphrase: &str,
    entropy: &dyn Entropy,
) -> Result<String, StorageError> {
    let (mut salt, mut nonce) = ([0_u8; 32], [0_u8; 24]);
    entropy.fill(&mut salt);
    entropy.fill(&mut nonce);
    let key = key(passphrase, &salt, MEMORY, ROUNDS)?;
    let sealed = XChaCha20Poly1305::new(&(*key).into())
        .encrypt(&XNonce::from(nonce), text.as_bytes())
        .map_err(|_| wrong("too long to seal"))?;
    Ok(serde_json::to_string(&Envelope {
        kdf: "argon2id".to_owned(),
        memory_kib: MEMORY,
        rounds: ROUNDS,
        salt: STANDARD.encode(salt),
        nonce: STANDARD.encode(nonce),
        sealed: STANDARD.encode(sealed),
    })?)
}

/// Opens it again; `None` where the passphrase is another.
pub fn open_with_passphrase(
    sealed: &str,
    passphrase: &str,
) -> Result<Option<Zeroizing<String>>, StorageError> {
    let envelope: Envelope = serde_json::from_str(sealed)?;
    let Envelope {
        memory_kib, rounds, ..
    } = envelope;
    if envelope.kdf != "argon2id" || memory_kib > MOST_MEMORY || rounds > MOST_ROUNDS {
        return Err(wrong("it was sealed in a way that is not known"));
    }
    let bytes = |text: &str| STANDARD.decode(text).map_err(|_| wrong("not base64"));
    let nonce = <[u8; 24]>::try_from(bytes(&envelope.nonce)?.as_slice())
        .map_err(|_| wrong("a nonce has 24 bytes"))?;
    let key = key(passphrase, &bytes(&envelope.salt)?, memory_kib, rounds)?;
    let opened = XChaCha20Poly1305::new(&(*key).into())
        .decrypt(&XNonce::from(nonce), bytes(&envelope.sealed)?.as_slice());
    let text = opened.ok().map(String::from_utf8).transpose();
    Ok(text.map_err(|_| wrong("not UTF-8"))?.map(Zeroizing::new))
}

fn key(
    passphrase: &str,
    salt: &[u8],
    memory_kib: u32,
    rounds: u32,
) -> Result<Zeroizing<[u8; 32]>, StorageError> {
    let params = Params::new(memory_kib, rounds, 1, Some(32)).map_err(|_| wrong("parameters"))?;
    let mut key = Zeroizing::new([0; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(passphrase.as_bytes(), salt, key.as_mut_slice())
        .map_err(|_| wrong("the key could not be made"))?;
    Ok(key)
}

fn wrong(what: &str) -> StorageError {
    StorageError::Keys(format!("keys under a passphrase: {what}"))
}

#[cfg(test)]
mod tests {
    use tb_kernel::Entropy;

    use super::{open_with_passphrase, seal_with_passphrase};

    struct Counting;

    impl Entropy for Counting {
        fn fill(&self, buffer: &mut [u8]) {
            buffer.iter_mut().zip(0..).for_each(|(byte, n)| *byte = n);
        }
    }

    #[test]
    fn only_the_passphrase_opens() {
        let sealed = seal_with_passphrase("root abc", "芝麻开门 2026", &Counting).unwrap();
        assert!(!sealed.contains("root"));
        let opened = open_with_passphrase(&sealed, "芝麻开门 2026").unwrap();
        assert_eq!(opened.unwrap().as_str(), "root abc");
        assert!(open_with_passphrase(&sealed, "芝麻开门").unwrap().is_none());
        let greedy = sealed.replace("\"memory_kib\":65536", "\"memory_kib\":4000000000");
        assert!(open_with_passphrase(&greedy, "x").is_err());
    }
}
