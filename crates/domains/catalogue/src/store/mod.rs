//! Every query of the catalogue. A read that serves somebody takes the [`Scope`] of what he may
//! see; published content is public and takes none.

pub(crate) mod base_item;
pub(crate) mod calendar;
pub(crate) mod code_table;
pub(crate) mod department;
pub(crate) mod division;
pub(crate) mod form_file;
pub(crate) mod item;
pub(crate) mod item_review;
pub(crate) mod joint_item;
pub(crate) mod public_item;
pub(crate) mod revision;
pub(crate) mod synonym;
pub(crate) mod theme;

use sea_orm::sea_query::LikeExpr;

/// A pattern for texts that contain `words` as they stand.
fn containing(words: &str) -> LikeExpr {
    let mut pattern = String::from("%");
    for c in words.chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    LikeExpr::new(pattern).escape('\\')
}
