//! Every code has its text in both languages.

use tb_http::Texts;
use tb_kernel::Locale;

#[test]
fn every_code_and_field_has_its_texts() {
    let manifest = tb_hall::manifest();
    tb_testkit::assert_texts(&manifest);
    let texts = Texts::new(&manifest.texts).unwrap();
    for code in tb_hall::field::CODES {
        for locale in [Locale::Chinese, Locale::English] {
            assert!(texts.has(locale, code), "{code}");
        }
    }
}
