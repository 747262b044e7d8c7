//! Items that an office derives (沿用) from another one: the description is the parent's, but for a
//! closed list of places in which the office speaks for itself.

use serde_json::Value;
use tb_contract::item::{ItemDocument, ReplacingLicence, Step};
use tb_kernel::FieldFault;

use crate::error::field;
use crate::model::compare::compare;
use crate::model::publish_check::fault;
use crate::model::terms::is_longer;

/// Places that say which item it is, and of which day: no parent has a say in them.
pub(crate) const IDENTITY: [&str; 9] = [
    "/code",
    "/business_code",
    "/external_codes",
    "/base_code",
    "/department_code",
    "/department_name",
    "/region",
    "/authority/level",
    "/effective_from",
];
/// Places in which the office may speak for itself. A promise that is better than the parent's needs
/// shorter steps, whose names and posts stay the parent's.
pub(crate) const OWN: [&str; 12] = [
    "/promised_term",
    "/promised_term_note",
    STEP_TERMS,
    "/visits",
    "/places",
    "/consultation",
    "/complaint",
    "/remedies",
    "/handling/delivery",
    "/handling/in_hall",
    "/handling/self_service",
    "/handling/appointment",
];
/// The term of each step.
const STEP_TERMS: &str = "/steps/*/term";

/// The description of a derived item: the parent's, with what the child says for itself.
pub(crate) fn derive(
    parent: &ItemDocument,
    child: &ItemDocument,
) -> serde_json::Result<ItemDocument> {
    let mut whole = serde_json::to_value(parent)?;
    let own = serde_json::to_value(child)?;
    let places = IDENTITY.iter().chain(&OWN);
    for place in places.filter(|place| **place != STEP_TERMS) {
        put(&mut whole, place, own.pointer(place).cloned());
    }
    let mut whole: ItemDocument = serde_json::from_value(whole)?;
    for step in &mut whole.steps {
        if let Some(own) = child.steps.iter().find(|own| own.id == step.id) {
            step.term = own.term;
        }
    }
    // What a licence is called is the register's word, and neither says it for itself.
    let named = child.materials.iter().flat_map(|one| &one.licence_types);
    let named: Vec<&ReplacingLicence> = named.collect();
    let materials = whole.materials.iter_mut();
    for licence in materials.flat_map(|one| &mut one.licence_types) {
        if let Some(own) = named.iter().find(|own| own.code == licence.code) {
            licence.name.clone_from(&own.name);
        }
    }
    Ok(whole)
}

/// The description of a derived item after the parent's next version: where the child said what the
/// parent's last version said, it goes on saying what the parent says.
pub(crate) fn renew(
    last: &ItemDocument,
    next: &ItemDocument,
    child: &ItemDocument,
) -> serde_json::Result<ItemDocument> {
    let (before, after) = (serde_json::to_value(last)?, serde_json::to_value(next)?);
    let mut own = serde_json::to_value(child)?;
    for place in OWN.iter().filter(|place| **place != STEP_TERMS) {
        if own.pointer(place) == before.pointer(place) {
            put(&mut own, place, after.pointer(place).cloned());
        }
    }
    let mut own: ItemDocument = serde_json::from_value(own)?;
    let inherited = |step: &Step| {
        let same = |one: &Step| one.id == step.id && one.term == step.term;
        last.steps.iter().any(same)
    };
    own.steps.retain(|step| !inherited(step));
    derive(next, &own)
}

fn put(document: &mut Value, place: &str, value: Option<Value>) {
    let Some((above, key)) = place.rsplit_once('/') else {
        return;
    };
    let Some(Value::Object(parts)) = document.pointer_mut(above) else {
        return;
    };
    match value {
        Some(value) => parts.insert(key.to_owned(), value),
        None => parts.remove(key),
    };
}

/// Where a child says something that it does not have to say; and a promise that is no better than
/// the parent's.
pub(crate) fn faults(
    parent: &ItemDocument,
    child: &ItemDocument,
) -> serde_json::Result<Vec<FieldFault>> {
    let derived = serde_json::to_value(derive(parent, child)?)?;
    let said = serde_json::to_value(child)?;
    let mut places: Vec<String> = compare(&derived, &said)
        .into_iter()
        .map(|change| change.path)
        .collect();
    if places.is_empty() {
        places = reordered(&derived, &said);
    }
    let mut faults: Vec<FieldFault> = places
        .into_iter()
        .map(|place| fault(place, field::DERIVED))
        .collect();
    if let Some(bound) = parent.promised_term
        && child.promised_term.is_none_or(|own| is_longer(own, bound))
    {
        let mut late = fault("/promised_term", field::DERIVED_TERM);
        late.args.insert("max".to_owned(), bound.to_string());
        faults.push(late);
    }
    Ok(faults)
}

/// Lists that hold the same rows in another order, which a comparison does not tell.
fn reordered(derived: &Value, said: &Value) -> Vec<String> {
    let parts = derived.as_object().into_iter().flatten();
    parts
        .filter(|(key, value)| said.get(key.as_str()) != Some(*value))
        .map(|(key, _)| format!("/{key}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use tb_calendar::Term;
    use tb_contract::item::ItemDocument;

    use super::{derive, faults, renew};
    use crate::error::field;

    fn item(code: &str, more: serde_json::Value) -> ItemDocument {
        let mut all = json!({
            "code": code, "name": "失业登记", "item_type": "20", "region": "430102", "department_code": code,
            "department_name": code, "audience": ["natural_person"], "case_kind": "promised", "sample": false,
        });
        all.as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        serde_json::from_value(all).unwrap()
    }

    fn parent() -> ItemDocument {
        let step = json!({"id": "check", "name": "初审", "post": "clerk", "term": {"length": 5, "unit": "working_days"}, "standard": ""});
        let more = json!({"summary": "上级的说明", "consultation": "上级电话", "visits": 1, "steps": [step]});
        let mut parent = item("P", more);
        parent.promised_term = Some(Term::working_days(5));
        parent.handling.in_hall = true;
        parent
    }

    #[test]
    fn a_child_is_its_parent_but_where_it_speaks_for_itself() {
        let mut child = item(
            "C",
            json!({"summary": "自己的说明", "consultation": "自己的电话"}),
        );
        child.promised_term = Some(Term::working_days(3));
        child.effective_from = "2026-12-01".parse().ok();
        let whole = derive(&parent(), &child).unwrap();
        assert_eq!(
            (whole.code.as_str(), whole.department_code.as_str()),
            ("C", "C")
        );
        assert_eq!(
            (whole.summary.as_str(), whole.consultation.as_str()),
            ("上级的说明", "自己的电话")
        );
        assert_eq!(
            (whole.promised_term, whole.visits),
            (Some(Term::working_days(3)), 0)
        );
        assert_eq!(whole.effective_from, child.effective_from);
        assert!(!whole.handling.in_hall);
        assert_eq!(
            derive(&parent(), &whole).unwrap(),
            whole,
            "it is whole already"
        );
        assert_eq!(faults(&parent(), &whole).unwrap(), []);
    }

    #[test]
    fn what_is_not_its_own_is_named_by_its_place() {
        let mut child = derive(&parent(), &item("C", json!({}))).unwrap();
        child.promised_term = Some(Term::working_days(5));
        child.summary = "自己的说明".to_owned();
        child.conditions.push("多一个条件".to_owned());
        child.handling.process = "自己的流程".to_owned();
        child.steps[0].term = Term::working_days(2);
        child.steps[0].name = "自己的步骤".to_owned();
        let told: Vec<_> = faults(&parent(), &child)
            .unwrap()
            .into_iter()
            .map(|one| (one.path, one.code))
            .collect();
        let derived = |path: &str| (path.to_owned(), field::DERIVED.to_owned());
        assert_eq!(
            told,
            [
                derived("/conditions/0"),
                derived("/handling/process"),
                derived("/steps/0/name"),
                derived("/summary")
            ]
        );
    }

    #[test]
    fn a_promise_is_kept_or_made_better() {
        let with = |term: Option<Term>| {
            let mut child = derive(&parent(), &item("C", json!({}))).unwrap();
            child.promised_term = term;
            faults(&parent(), &child)
                .unwrap()
                .into_iter()
                .map(|one| one.code)
                .collect::<Vec<_>>()
        };
        assert!(with(Some(Term::working_days(5))).is_empty());
        assert!(with(Some(Term::ON_THE_SPOT)).is_empty());
        assert_eq!(with(Some(Term::working_days(6))), [field::DERIVED_TERM]);
        assert_eq!(with(None), [field::DERIVED_TERM]);
    }

    #[test]
    fn what_a_licence_is_called_is_nobodys_own() {
        let with = |code: &str, name: &str| {
            let material = json!({"id": "permit", "name": "许可证", "necessity": "required", "source": "government",
                "form": "electronic", "licence_types": [{"code": code, "name": name}]});
            let mut item = parent();
            item.materials = vec![serde_json::from_value(material).unwrap()];
            item
        };
        let above = with("A", "旧名");
        let mut child = derive(&above, &with("A", "新名")).unwrap();
        child.promised_term = above.promised_term;
        assert_eq!(child.materials[0].licence_types[0].name, "新名");
        assert!(faults(&above, &child).unwrap().is_empty());
        child.materials[0].licence_types[0].code = "B".to_owned();
        assert!(!faults(&above, &child).unwrap().is_empty());
    }

    #[test]
    fn rows_in_another_order_are_told_too() {
        let mut above = parent();
        let mut second = above.steps[0].clone();
        second.id = "decide".to_owned();
        above.steps.push(second);
        let mut child = derive(&above, &item("C", json!({}))).unwrap();
        child.promised_term = above.promised_term;
        child.steps.reverse();
        let told = faults(&above, &child).unwrap();
        assert_eq!((told.len(), told[0].path.as_str()), (1, "/steps"));
    }

    #[test]
    fn only_what_differs_is_kept_from_the_parents_next_version() {
        let last = parent();
        let mut child = derive(&last, &item("C", json!({}))).unwrap();
        // The telephone is its own; the promise and the visit are the parent's.
        child.consultation = "自己的电话".to_owned();
        child.promised_term = last.promised_term;
        child.visits = last.visits;
        child.steps.clone_from(&last.steps);
        let mut next = last.clone();
        next.summary = "上级的新说明".to_owned();
        next.consultation = "上级的新电话".to_owned();
        next.promised_term = Some(Term::working_days(3));
        next.steps[0].term = Term::working_days(3);
        next.visits = 0;
        next.effective_from = "2026-12-01".parse().ok();
        let whole = renew(&last, &next, &child).unwrap();
        assert_eq!(
            (whole.summary.as_str(), whole.consultation.as_str()),
            ("上级的新说明", "自己的电话")
        );
        assert_eq!((whole.promised_term, whole.visits), (next.promised_term, 0));
        assert_eq!(whole.steps, next.steps);
        assert_eq!(whole.effective_from, None, "a day belongs to its version");
        assert!(faults(&next, &whole).unwrap().is_empty());

        child.steps[0].term = Term::working_days(2);
        let kept = renew(&last, &next, &child).unwrap();
        assert_eq!(kept.steps[0].term, Term::working_days(2));
    }
}
