//! Actor tokens: the `web` role checks the cookie and tells the other roles who acts by a token
//! that lives for a minute, signed with Ed25519, which they verify without asking anybody.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Duration, Utc};
use ed25519_dalek::{Signature, Signer, SigningKey};
use serde::{Deserialize, Serialize};
use tb_kernel::{Actor, RequestId};

use crate::caller::Caller;

/// What a token says.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ActorToken {
    /// Who acts.
    pub actor: Actor,
    /// He showed a session that is no longer valid.
    pub stale: bool,
    /// The request at the edge.
    pub request_id: RequestId,
    /// The network address that it came from.
    pub address: String,
    /// End of validity.
    pub expires_at: DateTime<Utc>,
}

/// Signs and verifies.
#[derive(Clone)]
pub struct TokenKeys(SigningKey);

impl TokenKeys {
    /// Keys from a secret of the installation.
    pub fn from_seed(seed: [u8; 32]) -> Self {
        Self(SigningKey::from_bytes(&seed))
    }

    /// A token for a caller, valid for sixty seconds.
    pub fn sign(&self, caller: &Caller, now: DateTime<Utc>) -> serde_json::Result<String> {
        let token = ActorToken {
            actor: caller.actor.clone(),
            stale: caller.stale,
            request_id: caller.request_id,
            address: caller.address.clone(),
            expires_at: now + Duration::seconds(60),
        };
        let body = URL_SAFE_NO_PAD.encode(serde_json::to_vec(&token)?);
        let signature = URL_SAFE_NO_PAD.encode(self.0.sign(body.as_bytes()).to_bytes());
        Ok(format!("{body}.{signature}"))
    }

    /// What a token says, if it is ours and still valid.
    pub fn verify(&self, token: &str, now: DateTime<Utc>) -> Option<ActorToken> {
        let (body, signature) = token.split_once('.')?;
        let signature = Signature::from_slice(&URL_SAFE_NO_PAD.decode(signature).ok()?).ok()?;
        self.0
            .verifying_key()
            .verify_strict(body.as_bytes(), &signature)
            .ok()?;
        let token: ActorToken = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(body).ok()?).ok()?;
        (now < token.expires_at).then_some(token)
    }
}

#[cfg(test)]
mod tests {
    use super::TokenKeys;
    use chrono::{DateTime, Duration};
    use tb_kernel::{Actor, Locale, RequestId};

    use crate::caller::Caller;

    #[test]
    fn a_token_is_believed_for_a_minute_and_only_if_ours() {
        let now = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        let keys = TokenKeys::from_seed([7; 32]);
        let caller = Caller {
            actor: Actor::system(),
            stale: false,
            locale: Locale::Chinese,
            request_id: RequestId(uuid::Uuid::from_u128(7)),
            address: "192.0.2.7".to_owned(),
        };
        let token = keys.sign(&caller, now).unwrap();
        let said = keys.verify(&token, now).unwrap();
        assert_eq!(
            (said.actor, said.request_id, said.address),
            (caller.actor, caller.request_id, caller.address)
        );
        assert!(keys.verify(&token, now + Duration::seconds(60)).is_none());
        assert!(TokenKeys::from_seed([8; 32]).verify(&token, now).is_none());
        let (body, signature) = token.split_once('.').unwrap();
        assert!(keys.verify(&format!("{body}A.{signature}"), now).is_none());
        assert!(keys.verify("", now).is_none());
    }
}
