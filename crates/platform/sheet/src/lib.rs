//! Lists as files. A list is described once, by its [`Column`]s; after that description a file is
//! read, whether CSV or an Excel workbook, and written, with a sheet that explains the columns.
//!
//! What is read is told by its content, not by its name. A workbook is looked through before it is
//! opened: how many parts it has and how large they become. Cells that do not say what somebody
//! typed (formulas, codes that were rounded to numbers, days that were codes, merged cells) are
//! flaws of their row, never a guess.
//!
//! Every call is synchronous; a large workbook takes seconds, so an asynchronous caller moves it
//! off the reactor.

mod column;
mod delimited;
mod flaw;
mod list;
mod sizes;
mod text;
mod workbook;
mod write;

pub use column::{Column, Kind};
pub use flaw::{Flaw, Unreadable};
pub use list::{Cells, List, MAX_ROWS, Row, read};
pub use text::decode;
pub use write::{MEDIA_TYPE, Workbook, csv, workbook};
