//! 办结上传结果: which results the office has to attach before a case is closed, and which of those attached count.

use tb_contract::events::CaseResult;
use tb_contract::item::{ItemDocument, ItemResult, ResultIssue};

use super::state::{Ruling, State};
use crate::error::Error;

/// Longest name or number of a result, in characters.
const MOST_NAME: usize = 100;
/// Most copies on paper.
const MOST_COPIES: u32 = 99;

/// The results that are papers of the office's own.
pub(crate) fn papers(item: &ItemDocument) -> impl Iterator<Item = &ItemResult> {
    item.results()
        .filter(|result| result.issue == ResultIssue::Office)
}

/// The results that count, of all that were attached in their order: of each the last.
pub(crate) fn in_force<'a>(attached: impl Iterator<Item = &'a CaseResult>) -> Vec<&'a CaseResult> {
    let mut found: Vec<&CaseResult> = Vec::new();
    for one in attached {
        match found.iter_mut().find(|known| known.of == one.of) {
            Some(known) => *known = one,
            None => found.push(one),
        }
    }
    found
}

/// Names of the results that a granted case still owes.
pub(crate) fn owed(
    item: &ItemDocument,
    ruling: Option<Ruling>,
    in_force: &[&CaseResult],
) -> Vec<String> {
    if ruling != Some(Ruling::Granted) {
        return Vec::new();
    }
    papers(item)
        .filter(|result| !in_force.iter().any(|one| one.of == result.name))
        .map(|result| result.name.clone())
        .collect()
}

/// How the case stands that something is attached to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Standing {
    /// State.
    pub state: State,
    /// What was decided.
    pub ruling: Option<Ruling>,
    /// Whether the decision was revoked.
    pub revoked: bool,
    /// Whether the result is on its way, or at a counter.
    pub away: bool,
}

/// Whether a result may be attached, or put in the place of a wrong one with a reason: behind the grant, and
/// before the applicant has it.
pub(crate) fn check(
    item: &ItemDocument,
    standing: Standing,
    in_force: &[&CaseResult],
    new: &CaseResult,
    reason: &str,
) -> Result<(), Error> {
    if standing.revoked {
        return Err(Error::DecisionRevoked);
    }
    let open = matches!(standing.state, State::Decided | State::Closed) && !standing.away;
    if !open || standing.ruling != Some(Ruling::Granted) {
        return Err(Error::ResultTooLate);
    }
    if !papers(item).any(|result| result.name == new.of) {
        return Err(Error::ResultUnknown);
    }
    let fits = |text: &str| !text.is_empty() && text.chars().count() <= MOST_NAME;
    if !fits(&new.name) || !fits(&new.number) {
        return Err(Error::ResultIncomplete { max: MOST_NAME });
    }
    if new.file.is_none() && !(1..=MOST_COPIES).contains(&new.copies) {
        return Err(Error::ResultFileMissing { max: MOST_COPIES });
    }
    let replaces = in_force.iter().any(|one| one.of == new.of);
    if replaces && reason.is_empty() {
        return Err(Error::ReasonMissing);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use tb_contract::events::{CaseResult, LetterFile};
    use tb_contract::item::ItemDocument;

    use super::{Standing, check, in_force, owed};
    use crate::error::Error;
    use crate::model::state::{Ruling, State};

    fn item() -> ItemDocument {
        let item = json!({
            "code": "c", "name": "登记", "item_type": "20", "region": "430102", "department_code": "D",
            "department_name": "某局", "audience": ["natural_person"], "case_kind": "promised", "sample": true,
            "result": {"name": "批复", "kind": "批文"},
            "further_results": [{"name": "登记卡", "kind": "其他", "issue": "office"},
                                {"name": "附图", "kind": "其他", "issue": "office"}],
        });
        serde_json::from_value(item).unwrap()
    }

    fn result(of: &str, number: &str) -> CaseResult {
        CaseResult {
            of: of.to_owned(),
            name: of.to_owned(),
            number: number.to_owned(),
            valid_until: None,
            file: None,
            copies: 1,
        }
    }

    #[test]
    fn what_is_a_paper_of_its_own_is_owed_of_a_grant_until_it_is_there() {
        let item = item();
        let none = owed(&item, Some(Ruling::Granted), &[]);
        assert_eq!(
            none,
            ["登记卡", "附图"],
            "the decision is no paper of its own"
        );
        assert!(owed(&item, Some(Ruling::Denied), &[]).is_empty());
        assert!(owed(&item, None, &[]).is_empty());
        let card = result("登记卡", "1");
        assert_eq!(owed(&item, Some(Ruling::Granted), &[&card]), ["附图"]);
    }

    #[test]
    fn of_each_result_the_last_counts() {
        let all = [
            result("登记卡", "1"),
            result("附图", "2"),
            result("登记卡", "3"),
        ];
        let found = in_force(all.iter());
        let numbers: Vec<&str> = found.iter().map(|one| one.number.as_str()).collect();
        assert_eq!(numbers, ["3", "2"]);
    }

    #[test]
    fn it_is_attached_behind_the_grant_and_before_the_applicant_has_it() {
        let item = item();
        let good = Standing {
            state: State::Decided,
            ruling: Some(Ruling::Granted),
            revoked: false,
            away: false,
        };
        let card = result("登记卡", "1");
        let on = |standing, new: &CaseResult| check(&item, standing, &[], new, "");
        assert!(on(good, &card).is_ok());
        let closed = Standing {
            state: State::Closed,
            ..good
        };
        assert!(on(closed, &card).is_ok());
        for late in [
            Standing {
                state: State::Delivered,
                ..good
            },
            Standing {
                state: State::Examining,
                ..good
            },
            Standing {
                ruling: Some(Ruling::Denied),
                ..good
            },
            Standing {
                away: true,
                ..closed
            },
        ] {
            assert!(matches!(on(late, &card), Err(Error::ResultTooLate)));
        }
        let revoked = Standing {
            revoked: true,
            ..good
        };
        assert!(matches!(on(revoked, &card), Err(Error::DecisionRevoked)));
        let strange = result("批复", "1");
        assert!(matches!(on(good, &strange), Err(Error::ResultUnknown)));
        let bare = result("登记卡", "");
        assert!(matches!(
            on(good, &bare),
            Err(Error::ResultIncomplete { .. })
        ));
        let nothing = CaseResult {
            copies: 0,
            ..card.clone()
        };
        assert!(matches!(
            on(good, &nothing),
            Err(Error::ResultFileMissing { .. })
        ));
        let file = LetterFile::new(uuid::Uuid::nil(), "卡.pdf".to_owned(), "application/pdf", 9);
        let scanned = CaseResult {
            file: Some(file),
            ..nothing
        };
        assert!(on(good, &scanned).is_ok());
        let again = check(&item, good, &[&card], &scanned, "");
        assert!(matches!(again, Err(Error::ReasonMissing)));
        assert!(check(&item, good, &[&card], &scanned, "盖错了章").is_ok());
    }
}
