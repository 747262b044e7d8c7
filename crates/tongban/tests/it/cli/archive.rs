//! `tongban archive verify`: needs neither settings nor a database, and says what is wrong.

use tb_approval::archive::{FileHead, Packer};

use super::Place;

/// A package of one file.
fn package() -> Vec<u8> {
    let mut packer = Packer::default();
    let head = FileHead {
        path: "申请表/申请表.html".to_owned(),
        ..FileHead::default()
    };
    packer.whole(head, "<p>申请</p>".as_bytes()).unwrap();
    let mut bytes = packer.take();
    let facts = vec![("档号".to_owned(), "Z109-ZW·2026-D10-0001".to_owned())];
    bytes.extend(packer.finish(facts).unwrap().rest);
    bytes
}

#[test]
fn a_package_is_checked_where_nothing_else_is() {
    let place = Place::new();
    let check = |name: &str, bytes: &[u8]| {
        std::fs::write(place.path().join(name), bytes).unwrap();
        place.run(&["archive", "verify", name])
    };
    let whole = package();
    let said = check("whole.zip", &whole).good();
    assert!(said.contains("Z109-ZW·2026-D10-0001"), "{said}");
    assert!(
        said.contains("归档信息包完好") && said.contains("sound"),
        "{said}"
    );
    let cut = check("cut.zip", &whole[..whole.len() / 2]);
    assert_eq!(cut.status, 1, "{cut:?}");
    assert!(
        cut.out.contains("不完整") && cut.out.contains("cut off"),
        "{cut:?}"
    );
    place
        .run(&["archive", "verify", "none.zip"])
        .failed(1, &["文件打不开", "cannot be opened"]);
}
