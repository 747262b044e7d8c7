//! `check citizen-id|credit-code`: exit status and reason in both languages.

use super::Place;

#[test]
fn a_right_number_is_good_and_printed_as_it_is_stored() {
    let place = Place::new();
    for (kind, value, stored) in [
        ("citizen-id", "430102199307169986", "430102199307169986"),
        ("citizen-id", "11010519491231002x", "11010519491231002X"),
        (
            "citizen-id",
            "１１０１０５１９４９１２３１００２Ｘ",
            "11010519491231002X",
        ),
        ("credit-code", "11430102TB00000871", "11430102TB00000871"),
    ] {
        let out = place.run(&["check", kind, value]).good();
        assert_eq!(out, format!("ok {stored}\n"));
    }
}

#[test]
fn a_wrong_number_has_a_reason() {
    let place = Place::new();
    for (kind, value, code, chinese, english) in [
        (
            "citizen-id",
            "430102199307169987",
            "checksum",
            "校验不通过",
            "does not pass its check",
        ),
        (
            "citizen-id",
            "4301021993",
            "length",
            "18 位",
            "18 characters",
        ),
        ("citizen-id", "", "length", "18 位", "18 characters"),
        (
            "citizen-id",
            "430102199302309987",
            "date",
            "出生日期不存在",
            "does not exist",
        ),
        (
            "citizen-id",
            "43010219930716998Y",
            "characters",
            "最后一位为数字或 X",
            "final digit or X",
        ),
        (
            "credit-code",
            "11430102TB00000872",
            "checksum",
            "校验不通过",
            "does not pass its check",
        ),
        (
            "credit-code",
            "11430102TB0000087I",
            "characters",
            "不使用 I、O、S、V、Z",
            "without I, O, S, V, Z",
        ),
    ] {
        let ended = place.run(&["check", kind, value]);
        assert_eq!(ended.status, 1, "{ended:?}");
        let start = format!("identity_number.{code}: ");
        assert!(ended.out.starts_with(&start), "{value}: {ended:?}");
        for words in [chinese, english] {
            assert!(ended.out.contains(words), "{value}: {ended:?}");
        }
    }
}
