//! Rows whose digits begin with others: regions and what lies in them, numbers by their start.

use sea_orm::{ColumnTrait, Condition};
use tb_kernel::Region;

/// Rows of a region and of what lies in it.
pub fn lies_in(column: impl ColumnTrait, region: &Region) -> Condition {
    begins_with(column, region.as_str())
}

/// Rows whose `column`, which holds digits, begins with `start`. As a range, because an index serves
/// that on both databases: `LIKE` is served on PostgreSQL only under the collation C, on `SQLite`
/// only without regard to case. Digits are in order under every collation.
pub fn begins_with(column: impl ColumnTrait, start: &str) -> Condition {
    if start.is_empty() {
        return Condition::all();
    }
    if !start.bytes().all(|byte| byte.is_ascii_digit()) {
        return Condition::all().add(column.starts_with(start));
    }
    Condition::all()
        .add(column.gte(start))
        .add_option(next(start).map(|next| column.lt(next)))
}

/// The first text behind all that begin with these digits; none behind nines.
fn next(digits: &str) -> Option<String> {
    let head = digits.trim_end_matches('9');
    let last = char::from(head.bytes().last()? + 1);
    Some(format!("{}{last}", head.get(..head.len() - 1)?))
}

#[cfg(test)]
mod tests {
    use super::next;

    #[test]
    fn the_end_of_a_range() {
        let ends = ["4301", "4309", "4399", "1", "99"].map(next);
        let ends = ends.each_ref().map(Option::as_deref);
        assert_eq!(
            ends,
            [Some("4302"), Some("431"), Some("44"), Some("2"), None]
        );
    }
}
