//! What the centre keeps of a case, and the rule by which feedback leaves.

use chrono::{DateTime, Utc};
use tb_kernel::Region;

/// A case as it passes through the centre.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Channel {
    pub number: String,
    pub item_name: String,
    pub department_code: String,
    pub region: Region,
    /// Version of the application last handed to the department.
    pub application_version: i64,
    /// Version of the case last handed back to intake; 0 before the first.
    pub case_version: i64,
    /// State as the department last said.
    pub case_state: String,
    pub taken_at: DateTime<Utc>,
    pub fed_back_at: Option<DateTime<Utc>>,
}

/// Whether a version may be handed on now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Turn {
    /// It is the next one.
    Now,
    /// It was handed on before.
    Past,
    /// One before it has not come yet.
    Early,
}

/// The turn of a case's version after `last` has been handed on: the two topics of a department
/// are ordered each, but not between them.
pub(crate) fn turn(last: i64, version: i64) -> Turn {
    match version - last {
        ..=0 => Turn::Past,
        1 => Turn::Now,
        _ => Turn::Early,
    }
}

#[cfg(test)]
mod tests {
    use super::{Turn, turn};

    #[test]
    fn versions_leave_one_by_one() {
        assert_eq!(turn(0, 1), Turn::Now);
        assert_eq!(turn(3, 3), Turn::Past);
        assert_eq!(turn(3, 1), Turn::Past);
        assert_eq!(turn(3, 5), Turn::Early);
    }
}
