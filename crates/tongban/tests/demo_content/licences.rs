//! The types of licences: each names items of the demo, and fields that their forms have.

use tb_licence::seed::TypeSeed;

use crate::{assert_unique, items};

#[test]
fn types_name_items_that_are_there_and_fields_of_their_forms() {
    let text = include_str!("../../demo/licence-types.json");
    let seeds: Vec<TypeSeed> = serde_json::from_str(text).unwrap();
    assert_unique("licence-types.json", seeds.iter().map(|s| s.code.as_str()));
    let items = items();
    let mut checked = 0;
    for seed in seeds {
        let document = serde_json::to_value(&seed.document).unwrap();
        for code in document["items"].as_array().unwrap() {
            let code = code.as_str().unwrap();
            let found = items.iter().find(|(_, _, item)| item.code.ends_with(code));
            let (file, _, item) = found.unwrap_or_else(|| panic!("{}: {code}", seed.code));
            let result = item.result.as_ref().unwrap();
            assert_eq!(result.kind, "证照", "{file}");
            assert_eq!(result.name, document["name"], "{file}");
            let form = item.form.as_ref().unwrap();
            let mut keys: Vec<&str> = Vec::new();
            for line in document["face"].as_array().unwrap() {
                let named = line["source"]["keys"].as_array();
                keys.extend(named.into_iter().flatten().filter_map(|key| key.as_str()));
            }
            for key in ["name_key", "id_key"] {
                keys.extend(document["holder"][key].as_str());
            }
            for key in keys {
                assert!(form.fields().any(|field| field.key == key), "{file}: {key}");
                checked += 1;
            }
        }
    }
    assert!(checked > 15, "only {checked} fields are named");
}

#[test]
fn materials_are_replaced_by_types_that_an_item_of_the_demo_issues() {
    let text = include_str!("../../demo/licence-types.json");
    let seeds: Vec<TypeSeed> = serde_json::from_str(text).unwrap();
    let items = items();
    let mut replaced = 0;
    for (file, _, item) in &items {
        for material in &item.materials {
            for named in &material.licence_types {
                let seed = seeds.iter().find(|seed| seed.code == named.code);
                let seed = seed.unwrap_or_else(|| panic!("{file}: {}", named.code));
                assert_eq!(seed.document.name, named.name, "{file}");
                assert!(material.takes_files(), "{file}: {}", material.id);
                replaced += 1;
            }
        }
    }
    assert!(replaced > 0, "no item of the demo takes a licence");
}
