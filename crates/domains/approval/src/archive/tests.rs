//! Packages: the same bytes whenever they are made; altered, cut off and damaged ones are told.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::{FILES, FileHead, Flaw, MANIFEST, Manifest, Packer, SEAL, verify};

fn head(path: &str) -> FileHead {
    FileHead {
        path: path.to_owned(),
        kind: "申请材料",
        title: "证明<&>\u{1}".to_owned(),
        original: "原 名.pdf".to_owned(),
        media_type: "application/pdf".to_owned(),
    }
}

/// Written in small pieces, or at once.
fn package(piece: usize) -> Vec<u8> {
    let mut packer = Packer::default();
    let mut bytes = Vec::new();
    let long: Vec<u8> = (0..200_000_u64)
        .map(|n| u8::try_from(n * n % 251).unwrap())
        .collect();
    for (path, content) in [("材料/1-证明.pdf", long.as_slice()), ("空.txt", &[])] {
        packer.begin(head(path)).unwrap();
        for some in content.chunks(piece) {
            packer.write(some).unwrap();
            bytes.extend(packer.take());
        }
    }
    let facts = vec![("档号".to_owned(), "Z109-ZW·2026-D10-0001".to_owned())];
    bytes.extend(packer.finish(facts).unwrap().rest);
    bytes
}

/// The package with one file replaced (`None`: left out), and others added.
fn altered(package: &[u8], path: &str, content: Option<&[u8]>) -> Vec<u8> {
    let mut from = ZipArchive::new(Cursor::new(package)).unwrap();
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    let mut replaced = false;
    for at in 0..from.len() {
        let mut file = from.by_index(at).unwrap();
        let name = file.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        std::io::copy(&mut file, &mut bytes).unwrap();
        if name == path {
            replaced = true;
            let Some(content) = content else { continue };
            bytes = content.to_vec();
        }
        to.start_file(name, SimpleFileOptions::default()).unwrap();
        to.write_all(&bytes).unwrap();
    }
    if let Some(content) = content.filter(|_| !replaced) {
        to.start_file(path, SimpleFileOptions::default()).unwrap();
        to.write_all(content).unwrap();
    }
    to.finish().unwrap().into_inner()
}

fn flaw(package: &[u8]) -> Flaw {
    verify(Cursor::new(package)).unwrap_err()
}

#[test]
fn the_same_content_gives_the_same_bytes_however_it_arrives() {
    let package = package(1_000);
    assert!(package == super::tests::package(70_000), "other bytes");
    let report = verify(Cursor::new(&package)).unwrap();
    assert_eq!(report.manifest.files.len(), 2);
    assert_eq!(report.manifest.size(), 200_000);
    assert_eq!(report.manifest.fact("档号"), Some("Z109-ZW·2026-D10-0001"));
    assert_eq!(report.manifest.files[0].title, "证明<&>\u{1}");
    assert_eq!(
        Manifest::from_xml(&report.manifest.to_xml()).unwrap(),
        report.manifest
    );
}

#[test]
fn what_was_altered_cut_off_or_slipped_in_is_found() {
    let package = package(70_000);
    let material = "材料/1-证明.pdf";
    for length in [0, 10, package.len() / 2, package.len() - 1] {
        let cut = package.get(..length).unwrap();
        assert!(matches!(flaw(cut), Flaw::Unreadable(_)), "{length}");
    }
    let altered = |path, content| flaw(&altered(&package, path, content));
    let named = str::to_owned;
    assert_eq!(
        altered(material, Some(b"%PDF")),
        Flaw::Altered(named(material))
    );
    assert_eq!(
        altered("空.txt", Some(b"x")),
        Flaw::Altered(named("空.txt"))
    );
    assert_eq!(altered(material, None), Flaw::Missing(named(material)));
    assert_eq!(
        altered("新.txt", Some(b"x")),
        Flaw::Unlisted(named("新.txt"))
    );
    assert_eq!(
        altered(MANIFEST, Some(b"<a/>")),
        Flaw::Altered(named(MANIFEST))
    );
    for needed in [MANIFEST, FILES, SEAL] {
        assert_eq!(altered(needed, None), Flaw::Missing(named(needed)));
    }
}

#[test]
fn a_bit_that_turned_is_found_wherever_it_is() {
    let package = package(70_000);
    // Every 997th byte, and all of the directory at the end, without the times that nobody reads.
    for at in (0..package.len()).step_by(997) {
        let mut turned = package.clone();
        turned[at] ^= 0x10;
        match verify(Cursor::new(&turned)) {
            Ok(report) => assert_eq!(
                report.manifest,
                verify(Cursor::new(&package)).unwrap().manifest
            ),
            Err(flaw) => assert!(!flaw.chinese().is_empty()),
        }
    }
}

#[test]
fn a_manifest_with_other_totals_is_not_whole() {
    let manifest = verify(Cursor::new(package(70_000))).unwrap().manifest;
    let xml = manifest.to_xml();
    let fewer = xml.replacen("<文件数>2<", "<文件数>1<", 1);
    assert_ne!(xml, fewer);
    assert!(Manifest::from_xml(&fewer).is_err());
    let start = xml.find("<文件><路径>空").unwrap();
    let end = xml.find("<总计>").unwrap();
    let without = xml.get(..start).unwrap().to_owned() + xml.get(end..).unwrap();
    assert!(Manifest::from_xml(&without).is_err());
}
