//! Sealing: bound to its place, opened by old keys, and nothing without the key.

use std::sync::Arc;

use proptest::prelude::*;
use tb_storage::{Column, KeyRing, Sealer};
use uuid::Uuid;

use crate::fresh::Hashes;

const NAME: Column = Column::new("person", "name");
const PHONE: Column = Column::new("person", "phone");

fn sealer(keys: &str) -> Sealer {
    Sealer::new(KeyRing::parse(keys).unwrap(), Arc::new(Hashes))
}

fn keys() -> String {
    KeyRing::generate(&Hashes)
}

/// A second data key, as after a rotation.
fn rotated(old: &str) -> String {
    let fresh = keys();
    let second = fresh.lines().nth(1).unwrap().replace("k1 ", "k2 ");
    format!("{old}{second}\n")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn opens_what_it_sealed(plain: Vec<u8>, row: u128) {
        let sealer = sealer(&keys());
        let row = Uuid::from_u128(row);
        let sealed = sealer.seal(NAME, row, &plain).unwrap();
        prop_assert_eq!(sealer.open(NAME, row, &sealed).unwrap(), plain);
    }

    #[test]
    fn does_not_open_elsewhere(plain: String, row: u128, other: u128) {
        prop_assume!(row != other);
        let keys = keys();
        let (row, other) = (Uuid::from_u128(row), Uuid::from_u128(other));
        let sealed = sealer(&keys).seal_text(NAME, row, &plain).unwrap();
        prop_assert!(sealer(&keys).open(NAME, other, &sealed).is_err());
        prop_assert!(sealer(&keys).open(PHONE, row, &sealed).is_err());
    }
}

#[test]
fn equal_values_do_not_look_equal() {
    let sealer = sealer(&keys());
    let row = Uuid::from_u128(1);
    assert_ne!(
        sealer.seal_text(NAME, row, "张三").unwrap(),
        sealer.seal_text(NAME, row, "张三").unwrap()
    );
}

#[test]
fn an_old_key_still_opens_and_the_last_one_seals() {
    let old = keys();
    let row = Uuid::from_u128(1);
    let before = sealer(&old).seal_text(NAME, row, "张三").unwrap();
    let after = sealer(&rotated(&old));
    assert_eq!(after.open_text(NAME, row, &before).unwrap(), "张三");
    assert_eq!(before.key_id(), Some("k1"));
    assert_eq!(
        after.seal_text(NAME, row, "张三").unwrap().key_id(),
        Some("k2")
    );
}

#[test]
fn another_ring_opens_nothing() {
    let row = Uuid::from_u128(1);
    let sealed = sealer(&keys()).seal_text(NAME, row, "张三").unwrap();
    assert!(sealer(&keys()).open(NAME, row, &sealed).is_err());
}

#[test]
fn a_blind_index_finds_equal_values_of_one_column() {
    let keys = keys();
    let index = |column, value: &str| sealer(&keys).blind_index(column, value);
    assert_eq!(index(NAME, "张三"), index(NAME, "张三"));
    assert_ne!(index(NAME, "张三"), index(NAME, "李四"));
    assert_ne!(index(NAME, "张三"), index(PHONE, "张三"));
    assert_ne!(
        index(NAME, "张三"),
        sealer(&self::keys()).blind_index(NAME, "张三")
    );
}

#[test]
fn a_key_file_is_made_once_for_its_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("data/keys");
    assert!(KeyRing::from_file(&path, None).is_err());
    KeyRing::from_file(&path, Some(&Hashes)).unwrap();
    assert_eq!(
        std::fs::metadata(&path).unwrap().permissions().mode() & 0o777,
        0o600
    );
    let text = std::fs::read_to_string(&path).unwrap();
    KeyRing::from_file(&path, Some(&Hashes)).unwrap();
    assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
}

#[test]
fn a_wrong_key_file_is_refused() {
    let good = keys();
    let root = good.lines().next().unwrap();
    for wrong in [
        "",
        root,
        "k1 AAAA",
        "root",
        &format!("{good}k2 !!!"),
        &format!("{good}k3 AAAA"),
    ] {
        assert!(KeyRing::parse(wrong).is_err(), "{wrong}");
    }
}
