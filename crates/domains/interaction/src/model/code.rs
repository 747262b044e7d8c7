//! The address of a link as a QR code.

use qrcode::{Color, EcLevel, QrCode};
use tb_kernel::Fault;

/// Where a token leads.
pub(crate) fn address(public_url: &str, token: &str) -> String {
    format!("{}/rate/{token}", public_url.trim_end_matches('/'))
}

/// An address as rows of a QR code: `1` dark, `0` light, without the quiet zone around it.
pub(crate) fn rows(address: &str) -> Result<Vec<String>, Fault> {
    let code = QrCode::with_error_correction_level(address, EcLevel::M).map_err(Fault::internal)?;
    let digit = |colour: &Color| match colour {
        Color::Dark => '1',
        Color::Light => '0',
    };
    Ok(code
        .to_colors()
        .chunks(code.width().max(1))
        .map(|row| row.iter().map(digit).collect())
        .collect())
}

#[cfg(test)]
mod tests {
    use super::{address, rows};

    #[test]
    fn a_code_is_a_square_with_its_finder_patterns() {
        let address = address("https://ywtb.example/", "0123456789abcdef0123456789abcdef");
        assert_eq!(
            address,
            "https://ywtb.example/rate/0123456789abcdef0123456789abcdef"
        );
        let rows = rows(&address).unwrap_or_default();
        assert!(rows.len() >= 29 && rows.iter().all(|row| row.len() == rows.len()));
        let first = rows.first().map(String::as_str).unwrap_or_default();
        assert!(first.starts_with("11111110") && first.ends_with("01111111"));
    }
}
