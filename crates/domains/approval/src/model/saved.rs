//! Views of the list that somebody keeps under a name.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::words::words;
use crate::error::Error;

words! {
    /// By what the list is ordered.
    #[derive(Default)]
    pub(crate) enum ListSort {
        /// By the date that matters now, the most urgent first.
        #[default]
        Due = "due",
        /// By submission, the newest first.
        Newest = "newest",
        /// By submission, the oldest first.
        Oldest = "oldest",
    }
}

words! {
    /// Which of the two lists.
    pub(crate) enum ListPlace {
        /// What waits for a post of the reader's.
        Todo = "todo",
        /// All cases.
        Cases = "cases",
    }
}

words! {
    /// What alone is shown.
    pub(crate) enum ListOnly {
        /// Handled by the reader.
        Mine = "mine",
        /// With a withdrawal to answer.
        Withdrawal = "withdrawal",
        /// Under an order of supervision.
        Supervised = "supervised",
        /// With a letter of the applicant that waits for an answer.
        Letter = "letter",
        /// Whose fee is to be paid.
        FeeUnpaid = "fee_unpaid",
        /// Whose fee was asked about, or has to be fixed.
        FeeRequest = "fee_request",
        /// Whose fee is to be given back.
        FeeRefund = "fee_refund",
        /// With a note that names the reader.
        Mentioned = "mentioned",
    }
}

words! {
    /// A column of the list.
    pub(crate) enum ListColumn {
        /// Light and days left.
        Light = "light",
        /// Case number.
        Number = "number",
        /// Applicant.
        Applicant = "applicant",
        /// Item.
        ItemName = "item_name",
        /// State and step.
        State = "state",
        /// Labels.
        Labels = "labels",
        /// Who handled it last.
        Handler = "handler",
        /// The date that matters now.
        Due = "due",
        /// Submission.
        SubmittedAt = "submitted_at",
    }
}

/// Longest name, in characters.
const MOST_NAME: usize = 20;
/// Longest filter, in characters.
const MOST_WORDS: usize = 500;
/// Most views that one person keeps.
pub(crate) const MOST_VIEWS: u64 = 30;

/// What a view shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(crate) struct ViewContent {
    /// Which list.
    pub place: ListPlace,
    /// State, or several joined by commas.
    #[serde(default)]
    pub state: Option<String>,
    /// Light.
    #[serde(default)]
    pub light: Option<String>,
    /// Words.
    #[serde(default)]
    pub q: Option<String>,
    /// What alone is shown.
    #[serde(default)]
    pub only: Option<ListOnly>,
    /// A label.
    #[serde(default)]
    pub label: Option<Uuid>,
    /// Order.
    #[serde(default)]
    pub sort: Option<ListSort>,
    /// Columns; all where empty.
    #[serde(default)]
    pub columns: Vec<ListColumn>,
}

/// A name as it is kept.
pub(crate) fn name(text: &str) -> Result<String, Error> {
    let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let fits = (1..=MOST_NAME).contains(&name.chars().count());
    if fits && !name.chars().any(char::is_control) {
        Ok(name)
    } else {
        Err(Error::ViewNameWrong { max: MOST_NAME })
    }
}

/// Content as it is kept: each column once, words of a length that a filter has.
pub(crate) fn tidy(mut content: ViewContent) -> Result<ViewContent, Error> {
    let words = [&content.state, &content.light, &content.q];
    let length = |text: &&Option<String>| text.as_deref().map_or(0, |text| text.chars().count());
    if words.iter().any(|text| length(text) > MOST_WORDS) {
        return Err(Error::TextTooLong { max: MOST_WORDS });
    }
    let mut columns: Vec<ListColumn> = Vec::with_capacity(content.columns.len().min(16));
    for column in content.columns {
        if !columns.contains(&column) {
            columns.push(column);
        }
    }
    content.columns = columns;
    Ok(content)
}

/// The order of a person's views after some were named: those first, the others behind them as
/// they were. What is not his own does not count.
pub(crate) fn ordered(kept: &[Uuid], named: &[Uuid]) -> Vec<Uuid> {
    let mut order: Vec<Uuid> = Vec::with_capacity(kept.len());
    for id in named.iter().chain(kept) {
        if kept.contains(id) && !order.contains(id) {
            order.push(*id);
        }
    }
    order
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::{name, ordered};

    #[test]
    fn names_are_short() {
        assert_eq!(name(" 今天  到期 ").ok().as_deref(), Some("今天 到期"));
        assert!(name("").is_err());
        assert!(name(&"名".repeat(21)).is_err());
    }

    #[test]
    fn an_order_names_some_and_keeps_the_rest() {
        let [a, b, c, foreign] = [1, 2, 3, 4].map(Uuid::from_u128);
        assert_eq!(ordered(&[a, b, c], &[c, foreign, c]), [c, a, b]);
        assert_eq!(ordered(&[a, b], &[]), [a, b]);
    }
}
