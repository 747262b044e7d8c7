//! What a file really is, by its content; its name must say the same. Only kinds that a clerk can
//! open safely are taken; office files with macros are not.

use std::io::{Read, Result, Seek, SeekFrom};

/// Kinds of file taken, for messages.
pub const ALLOWED: &str = "pdf, jpg, png, docx, xlsx, ofd";

/// Bytes from the beginning that tell what a file is.
const HEAD: u64 = 8 * 1024;
/// Bytes at the end of an archive in which the end of its list of parts lies: record and comment.
const END: u64 = 22 + 65_535;
/// Most parts of an office file.
const MAX_PARTS: u16 = 10_000;
/// Longest file name kept, in characters.
const MAX_NAME: usize = 120;

/// A kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileKind {
    /// Media type.
    pub media_type: &'static str,
    /// Endings that its names may have.
    endings: &'static [&'static str],
}

const PDF: FileKind = FileKind {
    media_type: "application/pdf",
    endings: &["pdf"],
};
const JPEG: FileKind = FileKind {
    media_type: "image/jpeg",
    endings: &["jpg", "jpeg"],
};
const PNG: FileKind = FileKind {
    media_type: "image/png",
    endings: &["png"],
};
const DOCX: FileKind = FileKind {
    media_type: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    endings: &["docx"],
};
const XLSX: FileKind = FileKind {
    media_type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    endings: &["xlsx"],
};
const OFD: FileKind = FileKind {
    media_type: "application/ofd",
    endings: &["ofd"],
};

impl FileKind {
    /// Whether a list of endings (of an attachment field) names this media type.
    pub fn is_among(media_type: &str, endings: &[String]) -> bool {
        let kinds = [PDF, JPEG, PNG, DOCX, XLSX, OFD];
        let kind = kinds.iter().find(|kind| kind.media_type == media_type);
        endings.is_empty()
            || kind.is_some_and(|kind| {
                endings
                    .iter()
                    .any(|ending| kind.endings.contains(&ending.as_str()))
            })
    }
}

/// The kind of a file whose content and name agree; `None` for all others. An error is one of
/// reading.
pub fn sniff(mut content: impl Read + Seek, file_name: &str) -> Result<Option<FileKind>> {
    let mut head = Vec::new();
    content.by_ref().take(HEAD).read_to_end(&mut head)?;
    let kind = match infer::get(&head).map(|kind| kind.mime_type()) {
        Some("application/pdf") => Some(PDF),
        Some("image/jpeg") => Some(JPEG),
        Some("image/png") => Some(PNG),
        _ if head.starts_with(b"PK\x03\x04") => archive_kind(content)?,
        _ => None,
    };
    let ending = file_name.rsplit_once('.').map(|(_, ending)| ending);
    let ending = ending.unwrap_or_default().to_ascii_lowercase();
    Ok(kind.filter(|kind| kind.endings.contains(&ending.as_str())))
}

/// Office files are zip archives, told apart by the part that only they have.
fn archive_kind(mut content: impl Read + Seek) -> Result<Option<FileKind>> {
    if !has_short_list(&mut content)? {
        return Ok(None);
    }
    let Ok(archive) = zip::ZipArchive::new(content) else {
        return Ok(None);
    };
    let has = |wanted: &str| {
        archive
            .file_names_raw()
            .any(|name| name.eq_ignore_ascii_case(wanted.as_bytes()))
    };
    if archive
        .file_names_raw()
        .any(|name| name.to_ascii_lowercase().ends_with(b"vbaproject.bin"))
    {
        return Ok(None);
    }
    let office = has("[Content_Types].xml");
    Ok(match () {
        () if office && has("word/document.xml") => Some(DOCX),
        () if office && has("xl/workbook.xml") => Some(XLSX),
        () if has("OFD.xml") => Some(OFD),
        () => None,
    })
}

/// Whether the list of parts at the end of an archive is as short as that of any real document: the
/// list is read into memory as a whole, and one of a million parts would fill it. Every record that
/// could be taken for the end of the list has to say so.
fn has_short_list(content: &mut (impl Read + Seek)) -> Result<bool> {
    let length = content.seek(SeekFrom::End(0))?;
    content.seek(SeekFrom::Start(length.saturating_sub(END)))?;
    let mut end = Vec::new();
    content.by_ref().take(END).read_to_end(&mut end)?;
    let records: Vec<u16> = end
        .windows(12)
        .filter_map(|record| match *record {
            [b'P', b'K', 5, 6, _, _, _, _, _, _, low, high] => {
                Some(u16::from_le_bytes([low, high]))
            }
            _ => None,
        })
        .collect();
    // The long form of the list (zip64) is for archives of more than four gigabytes.
    let is_long_form = end.windows(4).any(|sign| sign == b"PK\x06\x07");
    Ok(!is_long_form && !records.is_empty() && records.iter().all(|parts| *parts <= MAX_PARTS))
}

/// A name fit to keep and to send back: no path, no control characters, of bounded length with
/// its ending kept.
pub fn clean_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last
        .chars()
        .filter(|c| !c.is_control() && !is_direction(*c))
        .collect();
    let clean = clean.trim().trim_start_matches('.').to_owned();
    let length = clean.chars().count();
    match clean.rsplit_once('.') {
        Some((stem, ending)) if length > MAX_NAME && ending.chars().count() < 16 => {
            let stem: String = stem
                .chars()
                .take(MAX_NAME - 1 - ending.chars().count())
                .collect();
            format!("{stem}.{ending}")
        }
        _ => clean.chars().take(MAX_NAME).collect(),
    }
}

/// Marks that turn the direction of writing: with them `fdp.exe` can look like `exe.pdf`.
fn is_direction(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::{DOCX, FileKind, JPEG, MAX_PARTS, OFD, PDF, clean_name};
    use std::io::{Cursor, Write};

    fn sniff(content: &[u8], file_name: &str) -> Option<FileKind> {
        super::sniff(Cursor::new(content), file_name).unwrap()
    }

    fn archive(names: &[&str]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for name in names {
            writer
                .start_file(*name, zip::write::SimpleFileOptions::default())
                .unwrap();
            writer.write_all(b"<x/>").unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn content_and_name_must_agree() {
        let pdf = b"%PDF-1.7\n%%EOF";
        assert_eq!(sniff(pdf, "a.PDF"), Some(PDF));
        assert_eq!(sniff(pdf, "a.jpg"), None);
        assert_eq!(sniff(pdf, "pdf"), None);
        assert_eq!(sniff(&[0xff, 0xd8, 0xff, 0xe0], "照片.jpeg"), Some(JPEG));
        assert_eq!(sniff(b"MZ\x90\x00", "a.pdf"), None);
        assert_eq!(sniff(b"\x7fELF\x02\x01\x01", "a.pdf"), None);
        assert_eq!(sniff(b"<html><script>", "a.png"), None);
        assert_eq!(sniff(b"", "a.pdf"), None);
    }

    #[test]
    fn archives_are_told_by_what_is_in_them() {
        let docx = archive(&["[Content_Types].xml", "word/document.xml"]);
        assert_eq!(sniff(&docx, "a.docx"), Some(DOCX));
        assert_eq!(sniff(&docx, "a.xlsx"), None);
        assert_eq!(
            sniff(&archive(&["OFD.xml", "Doc_0/Document.xml"]), "a.ofd"),
            Some(OFD)
        );
        assert_eq!(sniff(&archive(&["a.exe"]), "a.docx"), None);
        let macros = archive(&[
            "[Content_Types].xml",
            "word/document.xml",
            "word/vbaProject.bin",
        ]);
        assert_eq!(sniff(&macros, "a.docx"), None);
        assert_eq!(sniff(b"PK\x03\x04 cut off", "a.docx"), None);
    }

    #[test]
    fn a_list_of_parts_that_fills_memory_is_not_read() {
        let parts = |count: u16| {
            let many: Vec<String> = (0..count).map(|n| format!("word/{n}")).collect();
            let mut names = vec!["[Content_Types].xml", "word/document.xml"];
            names.extend(many.iter().map(String::as_str));
            archive(&names)
        };
        let real = parts(100);
        assert_eq!(sniff(&real, "a.docx"), Some(DOCX));
        assert_eq!(sniff(&parts(MAX_PARTS), "a.docx"), None);
        // Nor one behind another end that looks short.
        let mut hidden = parts(MAX_PARTS);
        hidden.extend_from_slice(b"PK\x05\x06\0\0\0\0\x01\0\x01\0\0\0\0\0\0\0\0\0\0\0");
        assert_eq!(sniff(&hidden, "a.docx"), None);
    }

    #[test]
    fn names_lose_paths_and_tricks() {
        assert_eq!(clean_name("C:\\temp\\证明.pdf"), "证明.pdf");
        assert_eq!(clean_name("../../etc/a.pdf"), "a.pdf");
        assert_eq!(clean_name("a\u{202e}fdp.exe\r\n"), "afdp.exe");
        let long = clean_name(&format!("{}.pdf", "长".repeat(400)));
        assert_eq!(long.chars().count(), 120);
        assert_eq!(long.rsplit_once('.').unwrap().1, "pdf");
    }
}
