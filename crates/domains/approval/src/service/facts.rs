//! How a case stands after a change, as others count and publish it.

use tb_contract::events::{CaseFacts, Holder};
use tb_contract::item::ItemType;
use tb_kernel::Fault;
use tb_storage::Tx;

use super::record::Open;
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
    let permit = item.item_type == ItemType::Permit;
    let granted = row.result.as_deref() == Some(Ruling::Granted.to_string().as_str());
    Ok(CaseFacts {
        item_name: row.item_name.clone(),
        permit,
        result_name: result.map(|one| one.name.clone()).unwrap_or_default(),
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
