//! The code that verifies a licence: unguessable, and drawn as squares.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use qrcode::{Color, EcLevel, QrCode};
use tb_kernel::{Entropy, Fault};

/// Bytes of randomness: 24 characters in a link.
const BYTES: usize = 18;

/// A new code.
pub(crate) fn new_code(entropy: &dyn Entropy) -> String {
    let mut bytes = [0_u8; BYTES];
    entropy.fill(&mut bytes);
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Whether a text can be a code; anything else need not be looked up.
pub(crate) fn is_code(text: &str) -> bool {
    text.len() == 24
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
}

/// Where a code leads.
pub(crate) fn address(public_url: &str, code: &str) -> String {
    format!("{}/verify/{code}", public_url.trim_end_matches('/'))
}

/// An address as rows of a QR code: `1` dark, `0` light, without a quiet zone.
pub(crate) fn rows(address: &str) -> Result<Vec<String>, Fault> {
    let drawn =
        QrCode::with_error_correction_level(address, EcLevel::M).map_err(Fault::internal)?;
    let squares = drawn.to_colors();
    let digit = |colour: &Color| if *colour == Color::Dark { '1' } else { '0' };
    Ok(squares
        .chunks(drawn.width().max(1))
        .map(|row| row.iter().map(digit).collect())
        .collect())
}

#[cfg(test)]
mod tests {
    use super::{address, is_code, rows};

    #[test]
    fn a_code_leads_to_a_public_page_and_is_square() {
        let code = "AbCdEfGhIjKlMnOpQrStUv-_";
        assert!(is_code(code));
        assert!(!is_code("AbC") && !is_code("AbCdEfGhIjKlMnOpQrStUv/+"));
        let address = address("http://localhost/", code);
        assert_eq!(address, format!("http://localhost/verify/{code}"));
        let rows = rows(&address).unwrap();
        assert!(rows.iter().all(|row| row.len() == rows.len()));
        assert!(rows[0].starts_with("11111110"), "{}", rows[0]);
    }
}
