//! Passwords: the rules for new ones, and their hashing with Argon2id. Parameters are OWASP's
//! first choice and the crate's default (m = 19 MiB, t = 2, p = 1). Hashing runs on blocking
//! threads, a few at a time, so that a burst of sign-ins can eat neither memory nor the runtime.

use std::sync::Arc;

use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use tb_kernel::{Entropy, Fault};
use tokio::sync::Semaphore;

use crate::entity::credential::PasswordHash;
use crate::error::Error;

/// The fewest characters of a password.
pub const MIN_LENGTH: usize = 10;
/// The most characters; a bound, not a rule.
pub const MAX_LENGTH: usize = 128;
/// Hashes computed at once: 4 × 19 MiB at most.
const AT_ONCE: usize = 4;
/// Shorter login names occur inside honest passwords by chance.
const TELLING_LOGIN: usize = 5;

/// Long enough for the length rule, and tried first by whoever guesses.
const COMMON: &[&str] = &[
    "0123456789",
    "1234567890",
    "12345678910",
    "123456789a",
    "a123456789",
    "aa12345678",
    "abc1234567",
    "abcd123456",
    "abcdefghij",
    "admin123456",
    "admin@123456",
    "administrator",
    "asdfghjkl;",
    "changeme123",
    "iloveyou123",
    "letmein1234",
    "p@ssw0rd123",
    "passw0rd123",
    "password01",
    "password123",
    "password1234",
    "password12345",
    "q1w2e3r4t5",
    "1q2w3e4r5t",
    "qazwsxedcrfv",
    "1qaz2wsx3edc",
    "qwer123456",
    "qwerty1234",
    "qwerty12345",
    "qwertyuiop",
    "welcome123",
    "woaini1314",
    "woaini1314520",
    "woaini5201314",
    "5201314520",
    "zxcvbnm123",
];

/// Hashes and verifies.
#[derive(Clone)]
pub(crate) struct Passwords(Arc<Semaphore>);

impl Default for Passwords {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(AT_ONCE)))
    }
}

impl Passwords {
    /// The PHC string of a password.
    pub async fn hash(
        &self,
        password: String,
        entropy: &dyn Entropy,
    ) -> Result<PasswordHash, Fault> {
        let mut salt = [0_u8; 16];
        entropy.fill(&mut salt);
        self.blocking(move || {
            Ok(argon2()
                .hash_password_with_salt(password.as_bytes(), &salt)?
                .to_string())
        })
        .await
        .map(PasswordHash)
    }

    /// Whether `password` is the one behind `hash`. Without a hash the same work is done for
    /// nothing, so that the time of an answer does not tell which accounts exist.
    pub async fn verify(
        &self,
        hash: Option<PasswordHash>,
        password: String,
    ) -> Result<bool, Fault> {
        self.blocking(move || match hash {
            Some(PasswordHash(hash)) => Ok(argon2()
                .verify_password(password.as_bytes(), hash.as_str())
                .is_ok()),
            None => argon2()
                .hash_password_with_salt(password.as_bytes(), &[0; 16])
                .map(|_| false),
        })
        .await
    }

    async fn blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, argon2::password_hash::Error> + Send + 'static,
    ) -> Result<T, Fault> {
        let permit = self.0.acquire().await.map_err(Fault::internal)?;
        let done = tokio::task::spawn_blocking(work)
            .await
            .map_err(Fault::internal)?;
        drop(permit);
        done.map_err(Fault::internal)
    }
}

fn argon2() -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::DEFAULT)
}

/// What is wrong with a new password of the account `login`.
pub(crate) fn error(new: &str, login: &str) -> Option<Error> {
    let length = new.chars().count();
    let lower = new.to_lowercase();
    let telling = login.chars().count() >= TELLING_LOGIN && lower.contains(login);
    if length < MIN_LENGTH {
        Some(Error::PasswordShort { min: MIN_LENGTH })
    } else if length > MAX_LENGTH {
        Some(Error::PasswordLong { max: MAX_LENGTH })
    } else if lower == login || telling {
        Some(Error::PasswordIsAccount)
    } else if COMMON.contains(&lower.as_str()) || is_one_character(&lower) {
        Some(Error::PasswordCommon)
    } else {
        None
    }
}

fn is_one_character(text: &str) -> bool {
    let mut characters = text.chars();
    let first = characters.next();
    characters.all(|c| Some(c) == first)
}

#[cfg(test)]
mod tests {
    use super::{COMMON, MIN_LENGTH, PasswordHash, Passwords, error};
    use std::time::{Duration, Instant};
    use tb_kernel::{Entropy, Fault};

    struct Counting;

    impl Entropy for Counting {
        fn fill(&self, buffer: &mut [u8]) {
            buffer.iter_mut().zip(1..).for_each(|(byte, n)| *byte = n);
        }
    }

    #[tokio::test]
    async fn a_hash_knows_its_password_only() {
        let passwords = Passwords::default();
        let hash = passwords
            .hash("correct horse".to_owned(), &Counting)
            .await
            .unwrap();
        assert!(
            hash.0.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{}",
            hash.0
        );
        assert!(
            passwords
                .verify(Some(hash.clone()), "correct horse".to_owned())
                .await
                .unwrap()
        );
        assert!(
            !passwords
                .verify(Some(hash), "correct horsf".to_owned())
                .await
                .unwrap()
        );
        assert!(!passwords.verify(None, String::new()).await.unwrap());
    }

    /// The best of several runs: others share the machine.
    async fn quickest(passwords: &Passwords, hash: Option<&PasswordHash>) -> Duration {
        let mut best = Duration::MAX;
        for _ in 0..5 {
            let started = Instant::now();
            passwords
                .verify(hash.cloned(), "wrong password".to_owned())
                .await
                .unwrap();
            best = best.min(started.elapsed());
        }
        best
    }

    #[tokio::test]
    async fn an_unknown_account_costs_as_much_as_a_wrong_password() {
        let passwords = Passwords::default();
        let hash = passwords
            .hash("correct horse".to_owned(), &Counting)
            .await
            .unwrap();
        let known = quickest(&passwords, Some(&hash)).await;
        let unknown = quickest(&passwords, None).await;
        assert!(
            known < unknown * 3 && unknown < known * 3,
            "{known:?} and {unknown:?}"
        );
    }

    #[test]
    fn new_passwords_are_measured() {
        let code = |new: &str| error(new, "clerk_hr").map(|error| Fault::from(error).code);
        assert_eq!(code("nine char"), Some("identity.password_short"));
        assert_eq!(code(&"长".repeat(129)), Some("identity.password_long"));
        assert_eq!(code("my-CLERK_HR-1"), Some("identity.password_is_account"));
        assert_eq!(code("Password123"), Some("identity.password_common"));
        assert_eq!(code("8888888888"), Some("identity.password_common"));
        assert_eq!(code("一二三四五六七八九十"), None);
        assert_eq!(code("river stone lamp"), None);
        assert!(
            COMMON
                .iter()
                .all(|common| common.chars().count() >= MIN_LENGTH
                    && *common == common.to_lowercase())
        );
    }
}
