//! Sealing of personal data: XChaCha20-Poly1305 bound to table, column, row and key id; exact
//! search by a blind index. [`SealedBytes`] can only be made and opened here.

use std::sync::Arc;

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use sea_orm::DeriveValueType;
use serde::Serialize;
use serde::de::DeserializeOwned;
use tb_kernel::Entropy;
use uuid::Uuid;

use crate::error::StorageError;
use crate::keyring::{Hasher, Key, KeyRing, hasher, mac};
use crate::pieces::{PREFIX, PieceCipher};

const FORMAT: u8 = 1;
const NONCE: usize = 24;
/// What is sealed piece by piece: format, key id, prefix of the nonces, pieces.
const PIECES: u8 = 2;
/// The longest beginning of such a value.
pub(crate) const MAX_HEAD: usize = 2 + 32 + PREFIX;

/// A sealed value as it lies in a column: format, key id, nonce, ciphertext.
#[derive(Clone, PartialEq, Eq, DeriveValueType)]
pub struct SealedBytes(Vec<u8>);

impl std::fmt::Debug for SealedBytes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SealedBytes({})", self.0.len())
    }
}

impl SealedBytes {
    /// As it lies in the column.
    pub(crate) fn as_slice(&self) -> &[u8] {
        &self.0
    }

    /// The id of the key that sealed it, for rotation.
    pub fn key_id(&self) -> Option<&str> {
        split(&self.0).map(|(id, _, _)| id)
    }
}

/// A column that holds sealed values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Table.
    pub table: &'static str,
    /// Column.
    pub name: &'static str,
}

impl Column {
    /// The column `name` of `table`.
    pub const fn new(table: &'static str, name: &'static str) -> Self {
        Self { table, name }
    }

    fn bound_to(self, row: &[u8], key_id: &str) -> Vec<u8> {
        [
            self.table.as_bytes(),
            self.name.as_bytes(),
            row,
            key_id.as_bytes(),
        ]
        .join(&0)
    }
}

/// Seals and opens.
pub struct Sealer {
    keys: KeyRing,
    index_key: Key,
    audit_key: Key,
    address_key: Key,
    entropy: Arc<dyn Entropy>,
}

impl std::fmt::Debug for Sealer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.keys.fmt(f)
    }
}

impl Sealer {
    /// A sealer with these keys.
    pub fn new(keys: KeyRing, entropy: Arc<dyn Entropy>) -> Self {
        let [index_key, audit_key, address_key] =
            ["blind index", "audit", "blob address"].map(|p| keys.derive(p));
        Self {
            keys,
            index_key,
            audit_key,
            address_key,
            entropy,
        }
    }

    /// Seals bytes for one column of one row.
    pub fn seal(
        &self,
        column: Column,
        row: Uuid,
        plain: &[u8],
    ) -> Result<SealedBytes, StorageError> {
        self.seal_at(column, row.as_bytes(), plain).map(SealedBytes)
    }

    /// Seals text.
    pub fn seal_text(
        &self,
        column: Column,
        row: Uuid,
        plain: &str,
    ) -> Result<SealedBytes, StorageError> {
        self.seal(column, row, plain.as_bytes())
    }

    /// Seals a value as JSON.
    pub fn seal_json<T: Serialize>(
        &self,
        column: Column,
        row: Uuid,
        value: &T,
    ) -> Result<SealedBytes, StorageError> {
        self.seal(column, row, &serde_json::to_vec(value)?)
    }

    /// Opens bytes.
    pub fn open(
        &self,
        column: Column,
        row: Uuid,
        sealed: &SealedBytes,
    ) -> Result<Vec<u8>, StorageError> {
        self.open_at(column, row.as_bytes(), &sealed.0)
    }

    /// Opens text.
    pub fn open_text(
        &self,
        column: Column,
        row: Uuid,
        sealed: &SealedBytes,
    ) -> Result<String, StorageError> {
        String::from_utf8(self.open(column, row, sealed)?)
            .map_err(|_| unopened(column, "not UTF-8"))
    }

    /// Opens a value sealed as JSON.
    pub fn open_json<T: DeserializeOwned>(
        &self,
        column: Column,
        row: Uuid,
        sealed: &SealedBytes,
    ) -> Result<T, StorageError> {
        Ok(serde_json::from_slice(&self.open(column, row, sealed)?)?)
    }

    /// The blind index of a normalised full value: equal values have equal indexes, and nothing
    /// else can be learnt without the key.
    pub fn blind_index(&self, column: Column, normalised: &str) -> Vec<u8> {
        let parts: [&[u8]; 3] = [
            column.table.as_bytes(),
            column.name.as_bytes(),
            normalised.as_bytes(),
        ];
        mac(&self.index_key, &parts).to_vec()
    }

    /// A key for one purpose of the platform itself (service key, actor tokens), derived from the
    /// root, so that the roles of one installation share it.
    pub fn derived_key(&self, purpose: &str) -> [u8; 32] {
        *self.keys.derive(purpose)
    }

    pub(crate) fn seal_at(
        &self,
        column: Column,
        place: &[u8],
        plain: &[u8],
    ) -> Result<Vec<u8>, StorageError> {
        let (id, key) = self.keys.current();
        let key = key.ok_or_else(|| unopened(column, "no current key"))?;
        let mut nonce = [0_u8; NONCE];
        self.entropy.fill(&mut nonce);
        let payload = Payload {
            msg: plain,
            aad: &column.bound_to(place, id),
        };
        let cipher = XChaCha20Poly1305::new(&(**key).into());
        let sealed = cipher
            .encrypt(&XNonce::from(nonce), payload)
            .map_err(|_| unopened(column, "too long to seal"))?;
        let id_len = u8::try_from(id.len()).unwrap_or(u8::MAX);
        Ok([&[FORMAT, id_len], id.as_bytes(), &nonce, &sealed].concat())
    }

    pub(crate) fn open_at(
        &self,
        column: Column,
        place: &[u8],
        sealed: &[u8],
    ) -> Result<Vec<u8>, StorageError> {
        let (id, nonce, body) =
            split(sealed).ok_or_else(|| unopened(column, "not a sealed value"))?;
        let key = self
            .keys
            .data_key(id)
            .ok_or_else(|| unopened(column, "its key is not in the key ring"))?;
        let payload = Payload {
            msg: body,
            aad: &column.bound_to(place, id),
        };
        XChaCha20Poly1305::new(&(**key).into())
            .decrypt(&XNonce::from(nonce), payload)
            .map_err(|_| unopened(column, "wrong place or tampered with"))
    }

    /// Begins to seal a long content for one place: the beginning of it, and the cipher of its
    /// pieces.
    pub(crate) fn seal_pieces(
        &self,
        column: Column,
        place: &[u8],
    ) -> Result<(Vec<u8>, PieceCipher), StorageError> {
        let (id, key) = self.keys.current();
        let key = key.ok_or_else(|| unopened(column, "no current key"))?;
        let mut prefix = [0; PREFIX];
        self.entropy.fill(&mut prefix);
        let id_len = u8::try_from(id.len()).unwrap_or(u8::MAX);
        let head = [&[PIECES, id_len], id.as_bytes(), &prefix].concat();
        let cipher = XChaCha20Poly1305::new(&(**key).into());
        let bound = column.bound_to(place, id);
        Ok((head, PieceCipher::new(cipher, prefix, bound)))
    }

    /// The cipher of a long content that begins with `head`, and the length of that beginning.
    pub(crate) fn open_pieces(
        &self,
        column: Column,
        place: &[u8],
        head: &[u8],
    ) -> Result<(PieceCipher, usize), StorageError> {
        let (id, prefix, rest) =
            split_head(PIECES, head).ok_or_else(|| unopened(column, "not a sealed value"))?;
        let key = self
            .keys
            .data_key(id)
            .ok_or_else(|| unopened(column, "its key is not in the key ring"))?;
        let cipher = XChaCha20Poly1305::new(&(**key).into());
        let cipher = PieceCipher::new(cipher, prefix, column.bound_to(place, id));
        Ok((cipher, head.len() - rest.len()))
    }

    /// A cipher under a key that nobody keeps: what it seals ends with this process.
    pub(crate) fn passing_pieces(&self) -> PieceCipher {
        let mut key = zeroize::Zeroizing::new([0; 32]);
        self.entropy.fill(key.as_mut_slice());
        PieceCipher::new(
            XChaCha20Poly1305::new(&(*key).into()),
            [0; PREFIX],
            Vec::new(),
        )
    }

    /// A fingerprint of every key by its id, `root` included.
    pub fn key_fingerprints(&self) -> std::collections::BTreeMap<String, String> {
        self.keys.fingerprints()
    }

    /// A seal over bytes that only a holder of the root key can make, for one purpose; in hex.
    pub fn signature(&self, purpose: &str, bytes: &[u8]) -> String {
        hex::encode(mac(&self.keys.derive(purpose), &[bytes]))
    }

    pub(crate) fn audit_mac(&self, parts: &[&[u8]]) -> [u8; 32] {
        mac(&self.audit_key, parts)
    }

    /// Hashes the content of a file to its address.
    pub(crate) fn blob_hasher(&self) -> Hasher {
        hasher(&self.address_key)
    }
}

fn split(sealed: &[u8]) -> Option<(&str, [u8; NONCE], &[u8])> {
    split_head(FORMAT, sealed)
}

fn split_head<const N: usize>(format: u8, sealed: &[u8]) -> Option<(&str, [u8; N], &[u8])> {
    let (head, rest) = sealed.split_at_checked(2)?;
    let &[found, id_len] = head else { return None };
    let (id, rest) = rest.split_at_checked(usize::from(id_len))?;
    let (nonce, body) = rest.split_at_checked(N)?;
    let id = std::str::from_utf8(id).ok()?;
    (found == format).then_some((id, nonce.try_into().ok()?, body))
}

pub(crate) fn unopened(column: Column, reason: &'static str) -> StorageError {
    StorageError::Sealed {
        column: format!("{}.{}", column.table, column.name),
        reason,
    }
}
