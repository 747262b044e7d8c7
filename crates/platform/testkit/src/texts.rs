//! Every error code has its texts.

use tb_http::Texts;
use tb_kernel::Locale;
use tb_module::Manifest;

/// Fails where a code of the domain lacks a text in a language.
pub fn assert_texts(manifest: &Manifest) {
    let texts = Texts::new(&manifest.texts).expect("the texts are flat JSON objects");
    for code in manifest.codes {
        for locale in [Locale::Chinese, Locale::English] {
            assert!(
                texts.has(locale, code),
                "{code} has no text in {}",
                locale.tag()
            );
        }
    }
}
