//! Which cases the public sees where nobody has said so by hand: organisations' all but always,
//! persons' only of permits, since an application to a public service says something of a person's
//! need, body or quarrel, and a family name with a district soon leads to him.

use tb_contract::item::{Audience, ItemDocument, ItemType};

/// National code of permits, whose cases are shown of persons too, masked.
pub(crate) const PERMIT: &str = "01";
/// National codes of what is delicate even in sums: penalties, coercion, benefits, adjudications.
pub(crate) const DELICATE: [&str; 4] = ["02", "03", "05", "09"];

/// Whether an item is withheld as a whole: what only persons ask for, and is no permit.
pub(crate) fn is_withheld(item: &ItemDocument) -> bool {
    let mut audience = item.audience.iter();
    item.item_type != ItemType::Permit && audience.all(|one| *one == Audience::NaturalPerson)
}

#[cfg(test)]
mod tests {
    use tb_contract::item::ItemDocument;

    use super::is_withheld;

    fn item(kind: &str, audience: &[&str]) -> ItemDocument {
        let item = serde_json::json!({
            "code": "11430102TB0000108H4430199007000", "name": "事项", "item_type": kind,
            "department_code": "11430102TB00000871", "department_name": "局", "region": "430102",
            "audience": audience, "case_kind": "promised", "sample": true,
        });
        serde_json::from_value(item).unwrap()
    }

    #[test]
    fn what_only_persons_ask_for_is_withheld_unless_it_is_a_permit() {
        for (kind, audience, withheld) in [
            ("05", vec!["natural_person"], true),
            ("20", vec!["natural_person"], true),
            ("07", vec!["natural_person"], true),
            ("01", vec!["natural_person"], false),
            ("20", vec!["enterprise", "natural_person"], false),
            ("10", vec!["enterprise"], false),
        ] {
            assert_eq!(
                is_withheld(&item(kind, &audience)),
                withheld,
                "{kind} {audience:?}"
            );
        }
    }
}
