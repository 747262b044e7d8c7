//! What goes between a counter and the offices that it works for (综窗): the papers of applicants to the
//! office, results back to the counter. A list says what is handed over; each side signs for it.

use serde::{Deserialize, Serialize};
use tb_contract::item::{ItemDocument, MaterialForm, ResultDelivery};

use super::state::State;
use super::words::words;

/// The most cases of one list: each is an event of its own in the transaction.
pub(crate) const MOST_CASES: usize = 50;
/// Longest name of a place on the shelf, in characters.
pub(crate) const MOST_PLACE: usize = 20;

words! {
    /// What a list hands over.
    pub(crate) enum RelayWhat {
        /// 申请材料
        Papers = "papers",
        /// 办理结果
        Results = "results",
    }
}

words! {
    /// How far a list has come.
    pub(crate) enum RelayState {
        /// Sent, and not received yet.
        UnderWay = "under_way",
        /// Received; single cases may have gone back.
        Received = "received",
        /// Taken back before it was received.
        Withdrawn = "withdrawn",
    }
}

words! {
    /// How far one case of a list has come.
    pub(crate) enum RelayEntryState {
        /// Sent, and not received yet.
        UnderWay = "under_way",
        /// Its papers are with the office.
        Arrived = "arrived",
        /// Its result lies at the counter.
        Shelved = "shelved",
        /// The counter handed its result out.
        HandedOut = "handed_out",
        /// The office delivered its result by itself.
        Collected = "collected",
        /// It is with the sender again.
        Returned = "returned",
    }
}

words! {
    /// Where the result of a closed case is between its office and a counter.
    pub(crate) enum ResultAt {
        /// With the office; a counter is to hand it out.
        Waits = "waits",
        /// On a list that nobody has received yet.
        UnderWay = "under_way",
        /// At a counter.
        Counter = "counter",
    }
}

impl ResultAt {
    /// Whether the office does not have it.
    pub(crate) fn is_away(self) -> bool {
        self != Self::Waits
    }
}

/// Whether a result is to be handed out at a counter: as the applicant chose, else where a counter took
/// the case in, or where the item is not delivered online.
pub(crate) fn goes_to_counter(
    offered: &[ResultDelivery],
    chosen: Option<ResultDelivery>,
    from_counter: bool,
) -> bool {
    match chosen {
        Some(way) => way == ResultDelivery::PickUp,
        None => from_counter || !(offered.is_empty() || offered.contains(&ResultDelivery::Online)),
    }
}

/// What an event says of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub(crate) struct Relayed {
    /// What was handed over.
    pub what: RelayWhat,
    /// Number of the list.
    pub number: String,
    /// Who handed it over.
    pub from: String,
    /// Who receives it.
    pub to: String,
    /// Where a result lies.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub place: String,
}

/// Names of the materials that a counter took on paper. What comes as a file alone was compared there,
/// and its paper given back.
pub(crate) fn taken_on_paper(item: &ItemDocument, papers: &[String]) -> Vec<String> {
    item.materials
        .iter()
        .filter(|one| one.form != MaterialForm::Electronic && papers.contains(&one.id))
        .map(|one| one.name.clone())
        .collect()
}

/// Names of what a granted or denied case hands out.
pub(crate) fn results(item: &ItemDocument, granted: bool) -> Vec<String> {
    let all = item.result.iter().chain(&item.further_results);
    let named = all.filter(|_| granted);
    let mut named: Vec<String> = named.map(|one| one.name.clone()).collect();
    if named.is_empty() {
        named.push("决定书".to_owned());
    }
    named
}

/// Whether the papers of a case in this state belong to the office: those of an application that came
/// to nothing before anybody looked at it go back to the applicant.
pub(crate) fn is_for_office(state: State) -> bool {
    !matches!(state, State::Withdrawn | State::Voided | State::Transferred)
}

#[cfg(test)]
mod tests {
    use tb_contract::item::ResultDelivery::{Courier, Online, PickUp};

    use super::{goes_to_counter, is_for_office};
    use crate::model::state::State;
    use crate::model::words::Word;

    #[test]
    fn a_result_goes_where_the_applicant_looks_for_it() {
        assert!(goes_to_counter(&[Online], Some(PickUp), false));
        assert!(!goes_to_counter(&[PickUp], Some(Courier), true), "he chose");
        assert!(goes_to_counter(&[], None, true), "he came to one");
        assert!(goes_to_counter(&[PickUp, Courier], None, false));
        assert!(!goes_to_counter(&[PickUp, Online], None, false));
    }

    #[test]
    fn papers_of_what_was_given_up_stay_at_the_counter() {
        let stays: Vec<&State> = State::ALL
            .iter()
            .filter(|one| !is_for_office(**one))
            .collect();
        assert_eq!(
            stays,
            [&State::Withdrawn, &State::Transferred, &State::Voided]
        );
    }
}
