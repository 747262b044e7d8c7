//! Answers of a form in words, as they may stand on a licence.

use serde_json::Value;
use tb_contract::events::FormAnswer;
use tb_forms::Kind;
use tb_forms::document::{Field, FormDocument};

/// The answers that can be said in a few words; tables and files cannot.
pub(crate) fn in_words(form: &FormDocument, answers: &Value) -> Vec<FormAnswer> {
    form.fields()
        .filter_map(|field| {
            let text = words(&field.kind, answers.get(&field.key)?)?;
            Some(FormAnswer {
                key: field.key.clone(),
                label: field.label.clone(),
                text,
            })
        })
        .filter(|answer| !answer.text.is_empty())
        .collect()
}

/// Every answer as a line, what is repeated with the number of its row: as a reader on paper wants it.
pub(crate) fn every_line(form: &FormDocument, answers: &Value) -> Vec<(String, String)> {
    let mut lines = Vec::new();
    for field in form.fields() {
        lines_of(&mut lines, "", field, answers);
    }
    lines
}

fn lines_of(lines: &mut Vec<(String, String)>, before: &str, field: &Field, answers: &Value) {
    let Some(answer) = answers.get(&field.key) else {
        return;
    };
    let label = format!("{before}{}", field.label);
    match &field.kind {
        Kind::Repeat(group) => {
            let rows = answer.as_array().into_iter().flatten();
            for (at, row) in rows.enumerate() {
                let before = format!("{label}（{}）", at + 1);
                for field in &group.fields {
                    lines_of(lines, &before, field, row);
                }
            }
        }
        kind => {
            let text = words(kind, answer).filter(|text| !text.is_empty());
            lines.extend(text.map(|text| (label, text)));
        }
    }
}

fn words(kind: &Kind, answer: &Value) -> Option<String> {
    match kind {
        Kind::Dictionary(options) => {
            let label = |value: &str| {
                let listed = options.options.iter().flatten();
                let found = listed.clone().find(|choice| choice.value == value);
                found.map_or_else(|| value.to_owned(), |choice| choice.label.clone())
            };
            match answer {
                Value::Array(values) => {
                    let labels: Vec<String> =
                        values.iter().filter_map(Value::as_str).map(label).collect();
                    Some(labels.join("、"))
                }
                other => other.as_str().map(label),
            }
        }
        Kind::Division(_) => {
            let names = answer.get("names")?.as_array()?;
            Some(names.iter().filter_map(Value::as_str).collect())
        }
        Kind::Number(options) => {
            let unit = options.unit.as_deref().unwrap_or_default();
            plain(answer).map(|number| format!("{number}{unit}"))
        }
        Kind::Attachment(_) | Kind::Repeat(_) | Kind::Unrecognised(_) => None,
        _ => plain(answer),
    }
}

fn plain(answer: &Value) -> Option<String> {
    match answer {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{every_line, in_words};

    #[test]
    fn choices_places_and_numbers_are_said_in_words() {
        let form = serde_json::from_value(json!({"key": "f", "title": "表", "sections": [{
        "key": "s", "title": "节", "fields": [
            {"key": "name", "label": "姓名", "kind": "text"},
            {"key": "kinds", "label": "项目", "kind": "dictionary", "multiple": true,
             "options": [{"value": "a", "label": "热食"}, {"value": "b", "label": "冷食"}]},
            {"key": "place", "label": "所在地", "kind": "division", "depth": "village"},
            {"key": "area", "label": "面积", "kind": "number", "unit": "平方米"},
            {"key": "staff", "label": "人员", "kind": "repeat", "fields": []},
            {"key": "empty", "label": "空", "kind": "text"},
        ]}]}))
        .unwrap();
        let answers = json!({"name": " 张示例 ", "kinds": ["a", "b"], "area": "88.5",
            "place": {"code": "430102001", "names": ["长沙市", "芙蓉区"]}, "staff": [{}], "empty": ""});
        let said: Vec<(String, String)> = in_words(&form, &answers)
            .into_iter()
            .map(|answer| (answer.label, answer.text))
            .collect();
        let expected = [
            ("姓名", "张示例"),
            ("项目", "热食、冷食"),
            ("所在地", "长沙市芙蓉区"),
            ("面积", "88.5平方米"),
        ];
        let expected = expected.map(|(label, text)| (label.to_owned(), text.to_owned()));
        assert_eq!(said, expected);
    }

    #[test]
    fn every_row_of_a_group_is_a_line_for_the_reader_on_paper() {
        let form = serde_json::from_value(json!({"key": "f", "title": "表", "sections": [{
        "key": "s", "title": "节", "fields": [
            {"key": "name", "label": "姓名", "kind": "text"},
            {"key": "family", "label": "家庭成员", "kind": "repeat", "fields": [
                {"key": "name", "label": "姓名", "kind": "text"},
                {"key": "jobs", "label": "工作", "kind": "repeat", "fields": [
                    {"key": "at", "label": "单位", "kind": "text"}]}]},
        ]}]}))
        .unwrap();
        let answers = json!({"name": "甲", "family": [
            {"name": "乙", "jobs": [{"at": "厂"}]}, {"name": "丙"}]});
        let said = every_line(&form, &answers);
        let expected = [
            ("姓名", "甲"),
            ("家庭成员（1）姓名", "乙"),
            ("家庭成员（1）工作（1）单位", "厂"),
            ("家庭成员（2）姓名", "丙"),
        ];
        assert_eq!(
            said,
            expected.map(|(label, text)| (label.to_owned(), text.to_owned()))
        );
    }
}
