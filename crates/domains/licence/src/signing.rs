//! The signature under a licence: Ed25519 over its canonical form, with a key derived from the root
//! of the installation for this purpose alone, so that every role checks it and none shares it.

use ed25519_dalek::{Signature, Signer, SigningKey};
use tb_storage::Sealer;

/// Signs and checks.
#[derive(Clone)]
pub(crate) struct Signing(SigningKey);

impl Signing {
    /// With the key of the installation.
    pub(crate) fn of(sealer: &Sealer) -> Self {
        Self(SigningKey::from_bytes(
            &sealer.derived_key("licence signature"),
        ))
    }

    /// The signature over a canonical form.
    pub(crate) fn sign(&self, canonical: &[u8]) -> Vec<u8> {
        self.0.sign(canonical).to_bytes().to_vec()
    }

    /// Whether the signature is ours and fits.
    pub(crate) fn is_ours(&self, canonical: &[u8], signature: &[u8]) -> bool {
        Signature::from_slice(signature).is_ok_and(|signature| {
            self.0
                .verifying_key()
                .verify_strict(canonical, &signature)
                .is_ok()
        })
    }

    /// The public key, for whoever wants to check by himself.
    pub(crate) fn public_key(&self) -> String {
        hex::encode(self.0.verifying_key().to_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::Signing;
    use ed25519_dalek::SigningKey;

    #[test]
    fn a_changed_statement_or_another_key_is_refused() {
        let ours = Signing(SigningKey::from_bytes(&[7; 32]));
        let other = Signing(SigningKey::from_bytes(&[8; 32]));
        let signature = ours.sign(b"statement");
        assert!(ours.is_ours(b"statement", &signature));
        assert!(!ours.is_ours(b"statements", &signature));
        assert!(!other.is_ours(b"statement", &signature));
        assert!(!ours.is_ours(b"statement", b""));
    }
}
