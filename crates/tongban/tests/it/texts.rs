//! Every error code of every domain has its texts; error codes are unique.

use std::collections::BTreeSet;

#[test]
fn every_code_has_texts_in_both_languages() {
    let mut seen = BTreeSet::new();
    for manifest in tongban::wiring::manifests() {
        tb_testkit::assert_texts(&manifest);
        for code in manifest.codes {
            assert!(
                code.starts_with(&format!("{}.", manifest.domain)),
                "{code} is not of {}",
                manifest.domain
            );
            assert!(seen.insert(*code), "{code} stands twice");
        }
    }
}
