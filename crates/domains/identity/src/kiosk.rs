//! Kiosks (自助终端): their secret, what a browser is told of its kiosk, and how a reader of identity
//! cards signs what it has read.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Duration, Utc};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use tb_kernel::{DepartmentId, Entropy, KioskRef, Region};

use crate::entity::kiosk::Model;

/// Letters and digits that are not mistaken for each other.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// So many of them: 125 bits.
const LENGTH: usize = 25;
/// How late, or by how much the reader's clock ahead, a reading may come.
const TOLERANCE: Duration = Duration::minutes(2);
/// Most letters of a kiosk's name and place.
pub(crate) const MAX_TEXT: usize = 50;

/// A new secret, in the form that it is kept in.
pub(crate) fn new_secret(entropy: &dyn Entropy) -> String {
    let mut random = [0_u8; LENGTH];
    entropy.fill(&mut random);
    let letter = |byte: &u8| {
        ALPHABET
            .get(usize::from(byte % 32))
            .copied()
            .unwrap_or(b'0')
    };
    random.iter().map(|byte| char::from(letter(byte))).collect()
}

/// A secret as somebody reads it off: five groups of five.
pub(crate) fn shown(secret: &str) -> String {
    let letters: Vec<char> = secret.chars().collect();
    let groups: Vec<String> = letters
        .chunks(5)
        .map(|group| group.iter().collect())
        .collect();
    groups.join("-")
}

/// What somebody typed as a secret, in the form that it is kept in.
pub(crate) fn normal(typed: &str) -> String {
    typed
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .take(2 * LENGTH)
        .map(|letter| match letter.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            letter => letter,
        })
        .collect()
}

/// What others are told of a kiosk; none where its row cannot be read.
pub(crate) fn kiosk_ref(row: &Model) -> Option<KioskRef> {
    Some(KioskRef {
        id: row.id,
        name: row.name.clone(),
        place: row.place.clone(),
        region: Region::parse(&row.region)?,
        department: DepartmentId(row.department_id),
    })
}

/// What a reader has read off an identity card. Personal data.
#[derive(Clone, Copy)]
pub(crate) struct Reading<'a> {
    pub name: &'a str,
    pub citizen_id: &'a str,
    pub read_at: DateTime<Utc>,
}

/// A moment as readers sign it, in whole milliseconds. What is finer is not signed: whoever passes a
/// reading on could add it, and make an old reading look like a later one.
pub(crate) fn as_signed(moment: DateTime<Utc>) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(moment.timestamp_millis()).unwrap_or(moment)
}

/// Why a reading is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Distrust {
    /// Not signed with this kiosk's secret.
    Forged,
    /// Read too long ago, or in the future.
    Stale,
}

impl Reading<'_> {
    /// The signature of the reader, as base64url without padding.
    pub fn sign(&self, secret: &str) -> String {
        URL_SAFE_NO_PAD.encode(self.mac(secret).finalize().into_bytes())
    }

    /// Whether it was signed with the secret, a short while ago.
    pub fn check(&self, secret: &str, signature: &str, now: DateTime<Utc>) -> Result<(), Distrust> {
        let given = URL_SAFE_NO_PAD
            .decode(signature)
            .map_err(|_| Distrust::Forged)?;
        // Compares in constant time.
        self.mac(secret)
            .verify_slice(&given)
            .map_err(|_| Distrust::Forged)?;
        if (now - self.read_at).abs() > TOLERANCE {
            return Err(Distrust::Stale);
        }
        Ok(())
    }

    /// HMAC-SHA-256 over moment (milliseconds since 1970), name and number, a line each.
    fn mac(&self, secret: &str) -> Hmac<Sha256> {
        // One block of the hash, as the standard fills a short key up.
        let mut block = [0_u8; 64];
        for (place, byte) in block.iter_mut().zip(secret.bytes()) {
            *place = byte;
        }
        let mut mac = <Hmac<Sha256> as KeyInit>::new(&block.into());
        let moment = self.read_at.timestamp_millis();
        mac.update(format!("{moment}\n{}\n{}", self.name, self.citizen_id).as_bytes());
        mac
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Duration, Utc};

    use super::{Distrust, Reading, normal, shown};

    fn now() -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000, 0).unwrap()
    }

    fn reading() -> Reading<'static> {
        Reading {
            name: "张示例",
            citizen_id: "430102199307169986",
            read_at: now(),
        }
    }

    #[test]
    fn a_secret_is_read_off_and_typed_again() {
        let secret = "0123456789ABCDEFGHJKMNPQR";
        assert_eq!(shown(secret), "01234-56789-ABCDE-FGHJK-MNPQR");
        assert_eq!(normal(" o1234-56789 abcde-fghjk-mnpqr\n"), secret);
    }

    #[test]
    fn only_what_the_reader_has_read_a_moment_ago_is_believed() {
        let signed = reading().sign("SECRET");
        let check = |reading: Reading<'_>, secret, at| reading.check(secret, &signed, at);
        assert_eq!(check(reading(), "SECRET", now()), Ok(()));
        let late = now() + Duration::seconds(121);
        assert_eq!(check(reading(), "SECRET", late), Err(Distrust::Stale));
        let early = now() - Duration::seconds(121);
        assert_eq!(check(reading(), "SECRET", early), Err(Distrust::Stale));
        assert_eq!(check(reading(), "OTHER", now()), Err(Distrust::Forged));
        let other = Reading {
            citizen_id: "430102197510150072",
            ..reading()
        };
        assert_eq!(check(other, "SECRET", now()), Err(Distrust::Forged));
        assert_eq!(
            reading().check("SECRET", "no base64!", now()),
            Err(Distrust::Forged)
        );
    }

    #[test]
    fn the_signature_is_what_the_manual_of_readers_says() {
        // printf '1800000000000\n张示例\n430102199307169986' | openssl dgst -sha256 -hmac SECRET -binary
        assert_eq!(
            reading().sign("SECRET"),
            "MJoF3nHTkm60NN1ZaK8Eo655M7Fj26FHFonX2IDSHtE"
        );
    }
}
