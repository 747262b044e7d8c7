//! The shared vectors: the web build runs the same cases against its own reading of the rules.

use serde::Deserialize;
use serde_json::{Value, json};
use tb_forms::{Answers, FieldProblem, FormDocument, validate, validate_draft};

use crate::city::City;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    form: Option<String>,
    fields: Option<Value>,
    #[serde(default)]
    mode: Option<String>,
    answers: Value,
    problems: Vec<Place>,
    normalised: Option<Value>,
}

#[derive(Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    path: String,
    code: String,
}

fn document(case: &Case) -> FormDocument {
    let document = match &case.fields {
        None => {
            assert_eq!(case.form.as_deref(), Some("example.form.json"));
            serde_json::to_value(crate::example()).unwrap()
        }
        Some(fields) => json!({
            "key": "vector", "title": "样本",
            "sections": [{ "key": "only", "title": "样本", "fields": fields }],
        }),
    };
    FormDocument::read(&document).unwrap_or_else(|problems| panic!("{}: {problems:?}", case.name))
}

fn places(problems: Vec<FieldProblem>) -> Vec<Place> {
    let mut places: Vec<Place> = problems
        .into_iter()
        .map(|problem| Place {
            path: problem.path,
            code: problem.code.to_owned(),
        })
        .collect();
    places.sort();
    places
}

#[test]
fn every_vector_is_judged_as_written() {
    let (city, cases) = City::with_cases::<Case>();
    assert!(cases.len() > 200);
    let mut wrong = Vec::new();
    for mut case in cases {
        let document = document(&case);
        let is_draft = case.mode.as_deref() == Some("draft");
        let judge = if is_draft { validate_draft } else { validate };
        case.problems.sort();
        match judge(&document, &case.answers, &city.env()) {
            Err(problems) => {
                let found = places(problems);
                if found != case.problems {
                    wrong.push(format!("{}: {found:?}", case.name));
                }
            }
            Ok(answers) => {
                let normal = answers.into_value();
                if !case.problems.is_empty() || case.normalised.as_ref() != Some(&normal) {
                    wrong.push(format!("{}: accepted as {normal}", case.name));
                    continue;
                }
                let again = judge(&document, &normal, &city.env()).map(Answers::into_value);
                assert_eq!(again.ok(), Some(normal), "{}: not stable", case.name);
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{}\n{} wrong",
        wrong.join("\n"),
        wrong.len()
    );
}
