//! Where papers lie, for the side that makes them and the side that hands them to applicants.

use uuid::Uuid;

/// The name of a paper's PDF in the blob store. It cannot come from the content: the event that
/// tells of a paper leaves before anybody has rendered it.
pub fn blob(paper_id: Uuid) -> String {
    format!("paper/{paper_id}")
}
