//! What proving one's identity has settled stays as it is: an application names its applicant in no
//! other way than his account does. A row of a batch is for somebody else: what its sheet asks for says
//! who that is.

use serde_json::Value;
use tb_contract::events::Applicant;
use tb_forms::{Field, FormDocument, Table};
use tb_kernel::FieldFault;

use crate::error::{fault_at, field};

/// What is known of an applicant under the name of a prefill source. Of an enterprise's agent his name
/// alone travels with the application.
fn known(who: &Applicant, source: &str) -> Option<String> {
    let enterprise = !who.agent_name.is_empty();
    let value = match (source, enterprise) {
        ("account.name", true) => &who.agent_name,
        ("account.name", false) | ("enterprise.name", true) => &who.name,
        ("account.citizen_id", false) | ("enterprise.credit_code", true) => &who.id_number,
        _ => return None,
    };
    (!value.is_empty()).then(|| value.clone())
}

/// Whose answers they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answering {
    /// Those of an application: the applicant's.
    Applicant,
    /// Those of a row of a batch: of the person who stands in its columns.
    Row,
}

/// Answers that differ from it, where the form wants them to stay.
pub(crate) fn verified_faults(
    document: &FormDocument,
    form: &Value,
    who: &Applicant,
    answering: Answering,
) -> Vec<FieldFault> {
    let mut unlike = tb_forms::unlike(document, form, |source| known(who, source));
    if answering == Answering::Row
        && let Ok(table) = Table::of(document)
    {
        let has = |key: &str| table.columns.iter().any(|one| one.field.key == key);
        unlike.retain(|one| !has(&one.key));
    }
    let fault = |one: &Field| {
        // Without what is known: faults are kept, and travel.
        let args = [("label", one.label.as_str())];
        fault_at(format!("/form/{}", one.key), field::NOT_VERIFIED, &args)
    };
    unlike.into_iter().map(fault).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use tb_kernel::AccountId;

    use super::*;

    fn form() -> FormDocument {
        serde_json::from_value(json!({"key": "f", "title": "表", "sections": [{"key": "s", "title": "人", "fields": [
            {"key": "name", "label": "姓名", "kind": "text", "prefill": "account.name", "verified": true},
            {"key": "id", "label": "号码", "kind": "citizen_id", "prefill": "account.citizen_id", "verified": true},
            {"key": "contact", "label": "联系人", "kind": "text", "prefill": "account.name"},
            {"key": "firm", "label": "单位", "kind": "text", "prefill": "enterprise.name", "verified": true}]}]}))
        .expect("a form")
    }

    fn who(agent: &str) -> Applicant {
        Applicant {
            account_id: AccountId(uuid::Uuid::nil()),
            name: "张示例".to_owned(),
            id_number: "430102199307169986".to_owned(),
            phone: String::new(),
            agent_name: agent.to_owned(),
        }
    }

    fn paths(form_answers: &Value, agent: &str) -> Vec<String> {
        let faults = verified_faults(&form(), form_answers, &who(agent), Answering::Applicant);
        faults.into_iter().map(|fault| fault.path).collect()
    }

    #[test]
    fn an_applicant_stays_who_he_is() {
        let own = json!({"name": "张示例", "id": "430102199307169986", "contact": "李示例"});
        assert!(paths(&own, "").is_empty());
        let other = json!({"name": "张示例２", "id": "430102199307169986"});
        assert_eq!(paths(&other, ""), ["/form/name"]);
    }

    #[test]
    fn an_enterprise_is_held_to_its_own_name_and_its_agent_to_his() {
        let right = json!({"name": "王经办", "firm": "张示例", "id": "110101199003070011"});
        assert!(
            paths(&right, "王经办").is_empty(),
            "the agent's number is not known here"
        );
        let wrong = json!({"name": "张示例", "firm": "别的公司"});
        assert_eq!(paths(&wrong, "王经办"), ["/form/name", "/form/firm"]);
    }

    #[test]
    fn a_row_of_a_batch_names_its_person_but_no_other_employer() {
        let form: FormDocument = serde_json::from_value(json!({"key": "f", "title": "表", "sections": [{"key": "s", "title": "人", "fields": [
            {"key": "name", "label": "姓名", "kind": "text", "required": true, "prefill": "account.name", "verified": true},
            {"key": "id", "label": "号码", "kind": "citizen_id", "required": true, "prefill": "account.citizen_id", "verified": true},
            {"key": "firm", "label": "单位", "kind": "text", "prefill": "enterprise.name", "verified": true}]}]}))
        .expect("a form");
        let answers = json!({"name": "李示例", "id": "110101199003070011", "firm": "别的公司"});
        let paths = |answering| -> Vec<String> {
            let faults = verified_faults(&form, &answers, &who("王经办"), answering);
            faults.into_iter().map(|fault| fault.path).collect()
        };
        assert_eq!(paths(Answering::Row), ["/form/firm"]);
        assert_eq!(paths(Answering::Applicant), ["/form/name", "/form/firm"]);
    }

    #[test]
    fn what_is_not_answered_or_not_known_differs_from_nothing() {
        assert!(paths(&json!({}), "").is_empty());
        assert!(paths(&json!({"firm": "任意"}), "").is_empty());
    }
}
