//! Every code, level and tag has its text in both languages.

use tb_http::Texts;
use tb_kernel::Locale;

#[test]
fn every_code_level_and_tag_has_its_texts() {
    let manifest = tb_interaction::manifest();
    tb_testkit::assert_texts(&manifest);
    let texts = Texts::new(&manifest.texts).unwrap();
    let has = |key: &str| {
        let both = [Locale::Chinese, Locale::English];
        assert!(both.iter().all(|locale| texts.has(*locale, key)), "{key}");
    };
    for level in 1..=5 {
        has(&format!("interaction.level.{level}"));
        for tag in tb_contract::rating::tags(level) {
            has(&format!("interaction.tag.{tag}"));
        }
    }
}
