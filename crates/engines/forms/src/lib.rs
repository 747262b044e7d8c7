//! Forms: the document that describes a form, and the one judge of what people enter.
//!
//! Pure: no I/O, no clock. The browser renders the same document and shows the same rules;
//! the server decides. Shared vectors (`tests/vectors.json`) hold both to the same answers.
//!
//! # The document
//!
//! ```json
//! { "key": "unemployment", "title": "失业登记表",
//!   "sections": [ { "key": "person", "title": "申请人", "help": "…", "fields": [
//!     { "key": "name", "label": "姓名", "required": true, "kind": "text", "max_length": 50,
//!       "prefill": "account.name", "sensitive": true },
//!     { "key": "reason_text", "label": "其他原因", "required": true, "kind": "text",
//!       "visible_when": { "field": "reason", "op": "equals", "value": "other" } } ] } ] }
//! ```
//!
//! Every field has `key`, `label`, `kind` and, as wanted, `help`, `placeholder`, `required`,
//! `visible_when`, `prefill`, `verified`, `sensitive`; the options of its kind lie beside them. A complete
//! example with every kind is `tests/example.form.json`. A key that is not known here is refused.
//!
//! | kind | options | value in the answers |
//! |---|---|---|
//! | `text` | `min_length` `max_length` (200) `pattern` `pattern_help` | string, one line |
//! | `long_text` | the same, `max_length` (2000) | string, lines ended by `\n` |
//! | `number` | `min` `max` (decimal strings) `scale` (0) `unit` | decimal string: `"12.5"` |
//! | `money` | `min` ("0") `max` (yuan, decimal strings) | yuan with two digits: `"1200.00"` |
//! | `date` | `min` `max`: `2020-01-31`, `today`, `today-30`, `today+7` | `"2026-11-22"` |
//! | `dictionary` | `options` [{`value` `label`}] or `table`; `multiple` `min_choices` `max_choices` | string; array of strings when `multiple` |
//! | `division` | `depth`: `county` `town` `village`; `within`: a code | `{ "code": "430102001001", "names": ["湖南省", …] }` |
//! | `citizen_id` | | 18 characters, capital X |
//! | `credit_code` | | 18 characters, capitals |
//! | `phone` | `landline` (false) | `"13800001234"`, `"0731-84560000"` |
//! | `email` | | string |
//! | `attachment` | `min_files` `max_files` (5) `types` ["pdf", …] | array of material ids (UUID) |
//! | `repeat` | `min_rows` `max_rows` (20) `row_title` `fields` | array of objects |
//!
//! # The answers
//!
//! One JSON object by field key; sections do not nest it; a repeat group is an array of objects.
//! `null`, `""`, blanks and `[]` all mean "not answered", and the normalised answers leave the
//! key out. Text is trimmed; lengths count Unicode code points; ids, numbers, dates, phones and
//! e-mail accept full-width characters. Decimals are strings from end to end, never JSON numbers.
//! A pattern always matches the whole value; it keeps to what Rust and JavaScript (`u` flag) read
//! alike, with `\d` and `\w` meaning ASCII.
//!
//! # Visibility
//!
//! `visible_when` names an earlier field of the same row, else of an enclosing level. `equals`
//! and `in` are false for an unanswered field, `not_equals` is true; any condition on a hidden
//! field is false. A multiple choice counts as each of its values, a division as its code, a
//! decimal as its number (`"1"` equals `"1.00"`). A hidden field is never required, and its value
//! is dropped when the form is submitted; a draft keeps it, so that nothing typed is lost.
//!
//! # Drafts and corrections
//!
//! A draft ([`validate_draft`]) may be incomplete, and single answers too long; types and keys are checked all the same.
//! A correction ([`validate_correction`]) changes only listed paths and what hangs on them by
//! `visible_when`; what did not change is not judged anew. Paths are JSON Pointers: `/family`
//! covers all rows, `/family/0/name` one field.
//!
//! # As a table
//!
//! A form without rows of its own and without files can be filled in for many persons in a sheet, a
//! row for each ([`Table`]). A choice is written by its label, several are parted by `、`, a division by
//! its code; what is prefilled of whoever applies is no column.
//!
//! # For the web build
//!
//! `tests/vectors.json` (day, divisions, code tables, cases), `tests/document_vectors.json` and
//! `texts.json` are plain JSON to be read by both sides. A sentence is looked up as
//! `code.variant`, then as `code`; `variant` and `label` come with the problem's arguments.

pub mod document;
pub mod environment;
pub mod kind;
pub mod problem;

mod change;
mod check;
mod day;
mod decimal;
mod pattern;
mod reading;
mod schema;
mod table;
mod validate;
mod value;
mod visibility;

pub use change::{changed_paths, restrict};
pub use document::{Condition, Field, FormDocument, PREFILL_SOURCES, Section};
pub use environment::{Dictionaries, DivisionPath, DivisionStep, Divisions, Env, Nothing};
pub use kind::Kind;
pub use problem::{DocumentProblem, FieldProblem, text};
pub use reading::{AttachmentUse, attachments, masked, prefill, unlike};
pub use schema::schema;
pub use table::{Table, TableColumn, TableObstacle};
pub use validate::{Answers, validate, validate_correction, validate_draft};
