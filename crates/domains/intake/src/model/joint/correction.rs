//! One list of what is to be corrected in all items of a joint matter, by the names of its joint form, and
//! what of the answers goes back to which item.

use serde_json::Value;
use tb_contract::joint::JointItem;

use crate::model::{Correction, covers, form_field};

/// What one item wants corrected.
pub(crate) struct Wanted<'a> {
    /// Key of the member.
    pub member: &'a str,
    /// Name of its item.
    pub item: &'a str,
    /// Name of its department.
    pub office: &'a str,
    /// Its list.
    pub correction: &'a Correction,
}

/// The lists of several items as one: what they share stands once, the words of each stand under its name,
/// the first last day counts.
pub(crate) fn merged(joint: &JointItem, lists: &[Wanted<'_>]) -> Correction {
    let mut all = Correction::default();
    let mut words = Vec::new();
    for one in lists {
        let fields = one.correction.fields.iter();
        for path in fields.map(|path| joint_path(joint, one.member, path)) {
            if !all.fields.contains(&path) {
                all.fields.push(path);
            }
        }
        for id in &one.correction.materials {
            let id = joint.material_id(one.member, id);
            if !all.materials.contains(&id) {
                all.materials.push(id);
            }
        }
        let reason = one.correction.reason.trim();
        words.push(format!("【{}·{}】\n{reason}", one.item, one.office));
        all.due = [all.due, one.correction.due].into_iter().flatten().min();
    }
    words.join("\n\n").trim().clone_into(&mut all.reason);
    all
}

/// A place in a member's form as the joint form has it.
pub(crate) fn joint_path(joint: &JointItem, member: &str, path: &str) -> String {
    let inner = path.strip_prefix('/').unwrap_or(path);
    let (key, rest) = inner
        .split_once('/')
        .map_or((inner, ""), |(key, rest)| (key, rest));
    let key = joint.field_key(member, key);
    if rest.is_empty() {
        format!("/{key}")
    } else {
        format!("/{key}/{rest}")
    }
}

/// A requirement of a member as the joint matter has it, files of its form included.
pub(crate) fn joint_requirement(joint: &JointItem, member: &str, requirement: &str) -> String {
    match form_field(requirement) {
        Some(key) => format!("form.{}", joint.field_key(member, key)),
        None => joint.material_id(member, requirement),
    }
}

/// The answers of an item after a correction of the whole: those of its list that changed there are taken
/// from `new`, its own answers as the whole has them now; all others stay.
pub(crate) fn answered(
    joint: &JointItem,
    wanted: &Wanted<'_>,
    (old, new): (&Value, &Value),
    changed: &[String],
) -> Value {
    let mut answers = old.clone();
    let Some(all) = answers.as_object_mut() else {
        return answers;
    };
    for path in &wanted.correction.fields {
        let place = joint_path(joint, wanted.member, path);
        let is_changed = changed.iter().any(|one| covers(one, &place));
        let key = path
            .trim_start_matches('/')
            .split('/')
            .next()
            .unwrap_or_default();
        match new.get(key).filter(|_| is_changed) {
            Some(value) => {
                all.insert(key.to_owned(), value.clone());
            }
            None if is_changed => {
                all.remove(key);
            }
            None => {}
        }
    }
    answers
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};
    use tb_contract::joint::JointItem;

    use super::{Wanted, answered, joint_requirement, merged};
    use crate::model::Correction;

    fn matter() -> JointItem {
        let part = |member: &str, key: &str| json!({"member": member, "key": key});
        serde_json::from_value(json!({
            "code": "YJS", "name": "开办餐饮店", "lead_department_code": "1", "region": "430102", "audience": [],
            "shared_fields": [{"key": "area", "parts": [part("food", "area"), part("fire", "size")]}],
            "shared_materials": [{"key": "licence", "parts": [part("food", "licence"), part("fire", "paper")]}]
        }))
        .unwrap()
    }

    fn list(fields: &[&str], materials: &[&str], due: &str) -> Correction {
        let own = |all: &[&str]| all.iter().map(|&one| one.to_owned()).collect();
        Correction {
            fields: own(fields),
            materials: own(materials),
            reason: "请补正".to_owned(),
            due: due.parse().ok(),
        }
    }

    #[test]
    fn several_lists_become_one_without_doubles() {
        let food = list(
            &["/area", "/staff/0/name"],
            &["licence", "plan"],
            "2026-12-14",
        );
        let fire = list(&["/size"], &["paper"], "2026-12-10");
        let wanted = |member, item, correction| Wanted {
            member,
            item,
            office: "某局",
            correction,
        };
        let lists = [
            wanted("food", "食品经营许可", &food),
            wanted("fire", "消防安全检查", &fire),
        ];
        let one = merged(&matter(), &lists);
        assert_eq!(one.fields, ["/area", "/food_staff/0/name"]);
        assert_eq!(one.materials, ["licence", "food_plan"]);
        assert_eq!(one.due, "2026-12-10".parse().ok(), "the first last day");
        assert_eq!(
            one.reason,
            "【食品经营许可·某局】\n请补正\n\n【消防安全检查·某局】\n请补正"
        );
    }

    #[test]
    fn an_item_takes_what_it_listed_and_what_changed() {
        let fire = list(&["/size"], &[], "2026-12-10");
        let wanted = Wanted {
            member: "fire",
            item: "消防安全检查",
            office: "某局",
            correction: &fire,
        };
        let (old, new) = (
            json!({"size": "9", "exits": "2"}),
            json!({"size": "12", "exits": "3"}),
        );
        let take = |changed: &[&str]| -> Value {
            let changed: Vec<String> = changed.iter().map(|&one| one.to_owned()).collect();
            answered(&matter(), &wanted, (&old, &new), &changed)
        };
        assert_eq!(take(&["/area"]), json!({"size": "12", "exits": "2"}));
        assert_eq!(take(&["/fire_exits"]), old, "nobody listed it");
        let gone = answered(
            &matter(),
            &wanted,
            (&old, &json!({})),
            &["/area".to_owned()],
        );
        assert_eq!(gone, json!({"exits": "2"}));
        assert_eq!(
            joint_requirement(&matter(), "fire", "form.size"),
            "form.area"
        );
        assert_eq!(joint_requirement(&matter(), "food", "plan"), "food_plan");
    }
}
