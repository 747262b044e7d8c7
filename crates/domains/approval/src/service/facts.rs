//! How a case stands after a change, as others count and publish it.

use tb_contract::events::{CaseFacts, CaseResult, Holder};
use tb_contract::item::{ItemResult, ItemType, ResultIssue};
use tb_kernel::Fault;
use tb_storage::Tx;

use super::order_licence::is_licence;
use super::record::Open;
use super::result::attached;
use crate::model::result::in_force;
use crate::model::state::Ruling;
use crate::sealed;
use crate::store::copy;

/// What an organisation keeps of its name at either end.
const ENDS: usize = 4;

/// The facts of the row as it is about to be committed.
pub(crate) fn case_facts(tx: &Tx, open: &Open<'_>) -> Result<CaseFacts, Fault> {
    let (row, item) = (&open.row, &open.setting.item);
    let who = sealed::applicant(tx.sealer(), row)?;
    let result = item.result.as_ref();
    let attached = in_force(attached(&open.history));
    let permit = item.item_type == ItemType::Permit;
    let granted = row.result.as_deref() == Some(Ruling::Granted.to_string().as_str());
    Ok(CaseFacts {
        item_name: row.item_name.clone(),
        permit,
        result_name: result.map_or_else(String::new, |one| result_name(one, &attached)),
        validity: result.map(|one| one.validity.clone()).unwrap_or_default(),
        department_code: row.department_code.clone(),
        region: copy::region(&row.region)?,
        channel: row.channel.clone(),
        organisation: row.organisation,
        applicant: shown(&who.name, row.organisation),
        sample: item.sample,
        running: row.running,
        submitted_at: row.submitted_at,
        accepted_at: row.accepted_at,
        decided_at: row.decided_at,
        paused_since: row.paused_since,
        yellow_from: row.yellow_from,
        promised_until: row.promised_until,
        legal_until: row.legal_until.or(row.acceptance_until),
        holder: (permit && granted && row.organisation).then_some(Holder {
            name: who.name,
            code: who.id_number,
        }),
    })
}

/// The paper that a case came to: what is attached has a name once it is, and a licence is ordered of the register.
/// A decision is no paper beside itself.
fn result_name(result: &ItemResult, attached: &[&CaseResult]) -> String {
    match result.issue {
        ResultIssue::Office => attached
            .iter()
            .find(|one| one.of == result.name)
            .map_or_else(String::new, |one| one.name.clone()),
        ResultIssue::Decision if is_licence(result) => result.name.clone(),
        ResultIssue::Decision => String::new(),
    }
}

/// A person by family name, an organisation by the ends of its name.
fn shown(name: &str, organisation: bool) -> String {
    let name = name.trim();
    let length = name.chars().count();
    if organisation && length > 2 * ENDS {
        let head: String = name.chars().take(ENDS).collect();
        let tail: String = name.chars().skip(length - ENDS).collect();
        return format!("{head}***{tail}");
    }
    match name.chars().next() {
        Some(first) if length > 1 => format!("{first}{}", "*".repeat((length - 1).min(2))),
        _ => "*".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn nobody_is_shown_in_full() {
        assert_eq!(shown("王芳", false), "王*");
        assert_eq!(shown("王小芳", false), "王**");
        assert_eq!(shown("王", false), "*");
        assert_eq!(
            shown("长沙样例餐饮管理有限公司", true),
            "长沙样例***有限公司"
        );
        assert_eq!(shown("样例小吃店", true), "样**");
    }
}
