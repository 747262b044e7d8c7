//! How large a workbook becomes, found out before any of it is kept.

use std::error::Error;
use std::io::{self, BufReader, Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use crate::flaw::Unreadable;
use crate::list::{MAX_CELLS, MAX_ROWS};

/// Most bytes that the parts of a workbook may have together once they are opened.
const OPENED: u64 = 256 * 1024 * 1024;
/// How the name of the part ends that has the texts of the cells.
const TEXTS: &str = "sharedstrings.xml";
/// Bytes of the shortest text in that part, `<si/>`.
const SHORTEST_TEXT: u64 = 5;
const TOO_LARGE: Unreadable = Unreadable::TooLarge { max: MAX_ROWS };

fn damaged(error: impl Error) -> Unreadable {
    Unreadable::Damaged(error.to_string())
}

/// Opens every part and counts: what an archive says of its sizes may be a lie.
pub(crate) fn check(bytes: &[u8]) -> Result<(), Unreadable> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut left = OPENED;
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(damaged)?;
        let name = part.name().map_err(damaged)?.to_lowercase();
        let mut bounded = part.take(left + 1);
        let read = io::copy(&mut bounded, &mut io::sink()).map_err(damaged)?;
        drop(bounded);
        left = left.checked_sub(read).ok_or(TOO_LARGE)?;
        if name.ends_with(TEXTS) {
            expect_texts(archive.by_index(at).map_err(damaged)?, read)?;
        }
    }
    Ok(())
}

/// The part says how many texts it has, and whoever reads it makes room for as many before the first
/// one, and for each that comes, however short: neither may be more than its bytes hold, or than a
/// list has cells.
fn expect_texts(part: impl Read, length: u64) -> Result<(), Unreadable> {
    let most = (length / SHORTEST_TEXT).min(u64::try_from(MAX_CELLS).unwrap_or(u64::MAX));
    let mut reader = Reader::from_reader(BufReader::new(part));
    reader.config_mut().check_end_names = false;
    let mut buffer = Vec::new();
    let mut texts = 0;
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).map_err(damaged)? {
            Event::Start(element) | Event::Empty(element) => match element.local_name().as_ref() {
                "sst" => expect_room(&element, most)?,
                "si" => texts += 1,
                _ => {}
            },
            Event::Eof => return Ok(()),
            _ => {}
        }
        if texts > most {
            return Err(TOO_LARGE);
        }
    }
}

fn expect_room(list: &BytesStart<'_>, most: u64) -> Result<(), Unreadable> {
    for attribute in list.attributes().with_checks(false) {
        let said = attribute.map_err(damaged)?;
        if said.key.as_ref() == "uniqueCount" {
            let count: u64 = said.value.trim().parse().map_err(damaged)?;
            if count > most {
                return Err(TOO_LARGE);
            }
        }
    }
    Ok(())
}
