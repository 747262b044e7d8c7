//! The keys: one `root` from which index, audit and address keys are derived and which never
//! changes, and data keys with an id each, the last of which seals what is written now. The file
//! holds one `name base64` pair a line; older data keys stay in it so that old values open.

use std::collections::BTreeMap;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use tb_kernel::Entropy;
use zeroize::Zeroizing;

use crate::error::StorageError;

pub(crate) type Key = Zeroizing<[u8; 32]>;

/// The keys of one installation. `Debug` shows no key.
pub struct KeyRing {
    root: Key,
    data: BTreeMap<String, Key>,
    current: String,
}

impl std::fmt::Debug for KeyRing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "KeyRing(current {}, {} data keys)",
            self.current,
            self.data.len()
        )
    }
}

impl KeyRing {
    /// Reads the text of a key file or environment variable.
    pub fn parse(text: &str) -> Result<Self, StorageError> {
        let wrong = |what: &str| StorageError::Keys(what.to_owned());
        let mut root = None;
        let mut data = BTreeMap::new();
        let mut current = String::new();
        for line in text
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
        {
            let (name, value) = line
                .split_once(char::is_whitespace)
                .ok_or_else(|| wrong("a line is `name base64`"))?;
            let bytes = Zeroizing::new(
                STANDARD
                    .decode(value.trim())
                    .map_err(|_| wrong("a key is not base64"))?,
            );
            let key =
                <[u8; 32]>::try_from(bytes.as_slice()).map_err(|_| wrong("a key has 32 bytes"))?;
            if name == "root" {
                root = Some(Zeroizing::new(key));
            } else {
                if name.len() > 32 {
                    return Err(wrong("a key id has at most 32 characters"));
                }
                name.clone_into(&mut current);
                data.insert(name.to_owned(), Zeroizing::new(key));
            }
        }
        let root = root.ok_or_else(|| wrong("the line `root` is missing"))?;
        if data.is_empty() {
            return Err(wrong("there is no data key"));
        }
        Ok(Self {
            root,
            data,
            current,
        })
    }

    /// The text of a new key file with one data key `k1`.
    pub fn generate(entropy: &dyn Entropy) -> String {
        let line = |name: &str| {
            let mut key = Zeroizing::new([0_u8; 32]);
            entropy.fill(key.as_mut_slice());
            format!("{name} {}\n", STANDARD.encode(key.as_slice()))
        };
        format!("{}{}", line("root"), line("k1"))
    }

    /// Reads a key file; with `create`, makes one (mode 0600) where there is none.
    pub fn from_file(path: &Path, create: Option<&dyn Entropy>) -> Result<Self, StorageError> {
        let failed =
            |error: std::io::Error| StorageError::Keys(format!("{}: {error}", path.display()));
        if let (Some(entropy), false) = (create, path.exists()) {
            use std::io::Write;
            use std::os::unix::fs::OpenOptionsExt;
            if let Some(folder) = path.parent() {
                std::fs::create_dir_all(folder).map_err(failed)?;
            }
            let mut file = std::fs::OpenOptions::new()
                .write(true)
                .create_new(true)
                .mode(0o600)
                .open(path)
                .map_err(failed)?;
            file.write_all(Self::generate(entropy).as_bytes())
                .and_then(|()| file.sync_all())
                .map_err(failed)?;
        }
        let text = Zeroizing::new(std::fs::read_to_string(path).map_err(failed)?);
        Self::parse(&text)
    }

    /// A fingerprint of every key by its id, `root` included: tells whether two rings hold the same
    /// keys, and nothing about them.
    pub(crate) fn fingerprints(&self) -> BTreeMap<String, String> {
        let print = |key: &Key| {
            let whole = mac(key, &[b"tongban/1/fingerprint"]);
            hex::encode(whole.get(..12).unwrap_or(&whole))
        };
        let data = self.data.iter().map(|(id, key)| (id.clone(), print(key)));
        data.chain([("root".to_owned(), print(&self.root))])
            .collect()
    }

    /// The id of the key that seals now.
    pub(crate) fn current(&self) -> (&str, Option<&Key>) {
        (&self.current, self.data.get(&self.current))
    }

    pub(crate) fn data_key(&self, id: &str) -> Option<&Key> {
        self.data.get(id)
    }

    /// A key for one purpose, derived from the root.
    pub(crate) fn derive(&self, purpose: &str) -> Key {
        Zeroizing::new(mac(&self.root, &[b"tongban/1/", purpose.as_bytes()]))
    }
}

/// HMAC-SHA-256 over the parts, each preceded by its length so that parts cannot run together.
pub(crate) fn mac(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = hasher(key);
    for part in parts {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// HMAC-SHA-256 that is still being fed.
pub(crate) type Hasher = Hmac<Sha256>;

pub(crate) fn hasher(key: &[u8; 32]) -> Hasher {
    // The block of SHA-256 is longer than the key: filled up with zeros, as HMAC itself does.
    let mut block = Zeroizing::new([0; 64]);
    block.iter_mut().zip(key).for_each(|(to, from)| *to = *from);
    Hmac::new(&(*block).into())
}
