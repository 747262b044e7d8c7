//! Answers that are chosen, not typed: dictionary values, divisions, uploaded files.

use serde_json::{Map, Value, json};
use tb_kernel::region::{Level, Region};

use super::{CODE_LENGTH, Normalised, Refusal};
use crate::environment::{DivisionPath, Env};
use crate::kind::{AttachmentOptions, DictionaryOptions, DivisionDepth, DivisionOptions};

/// Most choices where the form says nothing.
pub(crate) const MOST_CHOICES: u32 = 100;
/// Most files where the form says nothing.
pub(crate) const MOST_FILES: u32 = 5;
/// From province to village there are five steps; a functional zone may add some.
const MOST_STEPS: usize = 8;

pub(super) fn dictionary(options: &DictionaryOptions, raw: &Value, env: &Env<'_>) -> Normalised {
    if !options.multiple {
        let value = super::string(raw, CODE_LENGTH)?;
        is_option(options, &value, env)?;
        return Ok(Value::from(value));
    }
    let max = options.max_choices.unwrap_or(MOST_CHOICES);
    let chosen = strings(raw, max)?;
    if let Some(min) = options
        .min_choices
        .filter(|min| chosen.len() < *min as usize)
    {
        return Err(Refusal::with("form.too_few", "min", min));
    }
    for value in &chosen {
        is_option(options, value, env)?;
    }
    Ok(Value::from(chosen))
}

fn is_option(options: &DictionaryOptions, value: &str, env: &Env<'_>) -> Result<(), Refusal> {
    let found = match (&options.options, &options.table) {
        (Some(list), _) => Some(list.iter().any(|choice| choice.value == value)),
        (None, Some(table)) => env.dictionaries.contains(table, value),
        (None, None) => None,
    };
    match found {
        Some(true) => Ok(()),
        Some(false) => Err(Refusal::new("form.option")),
        None => {
            let table = options.table.clone().unwrap_or_default();
            Err(Refusal::with("form.dictionary_unavailable", "table", table))
        }
    }
}

/// Distinct strings in the order given.
fn strings(raw: &Value, max: u32) -> Result<Vec<String>, Refusal> {
    let items = raw.as_array().ok_or(Refusal::new("form.type"))?;
    let mut distinct: Vec<String> = Vec::new();
    for item in items {
        let text = super::string(item, CODE_LENGTH)?;
        if !distinct.contains(&text) {
            distinct.push(text);
        }
        if distinct.len() > max as usize {
            return Err(Refusal::with("form.too_many", "max", max));
        }
    }
    Ok(distinct)
}

pub(super) fn attachment(options: &AttachmentOptions, raw: &Value) -> Normalised {
    let ids: Vec<String> = strings(raw, options.max_files.unwrap_or(MOST_FILES))?
        .into_iter()
        .map(|id| id.to_ascii_lowercase())
        .collect();
    if let Some(min) = options.min_files.filter(|min| ids.len() < *min as usize) {
        return Err(Refusal::with("form.too_few", "min", min));
    }
    if !ids.iter().all(|id| is_uuid(id)) {
        return Err(Refusal::new("form.material"));
    }
    Ok(Value::from(ids))
}

fn is_uuid(id: &str) -> bool {
    id.len() == 36
        && id.bytes().enumerate().all(|(at, b)| match at {
            8 | 13 | 18 | 23 => b == b'-',
            _ => b.is_ascii_hexdigit(),
        })
}

pub(super) fn division(options: &DivisionOptions, raw: &Value, env: &Env<'_>) -> Normalised {
    let object = raw.as_object().ok_or(Refusal::new("form.type"))?;
    let names = names(object)?;
    let code = super::string(object.get("code").unwrap_or(&Value::Null), 12)?;
    let is_code = (2..=12).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_digit());
    let found = if is_code {
        env.divisions.find(&code)
    } else {
        None
    };
    let path = found.ok_or(Refusal::new("form.division"))?;
    let wanted = level(options.depth);
    if path.level > wanted || (path.level < wanted && !path.is_leaf) {
        return Err(Refusal::new("form.division_depth"));
    }
    if options
        .within
        .as_ref()
        .is_some_and(|outer| !lies_within(&path, outer))
    {
        return Err(Refusal::new("form.division_outside"));
    }
    let official: Vec<&str> = path.steps.iter().map(|step| step.name.as_str()).collect();
    if names.is_some_and(|names| names != official) {
        return Err(Refusal::new("form.division_changed"));
    }
    let code = path
        .steps
        .last()
        .map_or(code.as_str(), |step| step.code.as_str());
    Ok(json!({ "code": code, "names": official }))
}

/// The names that the page showed, if it sent them; also checks the shape of the whole object.
fn names(object: &Map<String, Value>) -> Result<Option<Vec<String>>, Refusal> {
    if object.keys().any(|key| key != "code" && key != "names") {
        return Err(Refusal::new("form.type"));
    }
    if object.get("code").is_some_and(|code| !code.is_string()) {
        return Err(Refusal::new("form.type"));
    }
    let Some(names) = object.get("names") else {
        return Ok(None);
    };
    let names = names.as_array().ok_or(Refusal::new("form.type"))?;
    if names.len() > MOST_STEPS {
        return Err(Refusal::with("form.too_many", "max", MOST_STEPS));
    }
    names
        .iter()
        .map(|name| super::string(name, CODE_LENGTH))
        .collect::<Result<_, _>>()
        .map(Some)
}

fn level(depth: DivisionDepth) -> Level {
    match depth {
        DivisionDepth::County => Level::District,
        DivisionDepth::Town => Level::Town,
        DivisionDepth::Village => Level::Community,
    }
}

fn lies_within(path: &DivisionPath, outer: &str) -> bool {
    let same = |code: &str| {
        code == outer
            || Region::parse(code).is_some_and(|region| Region::parse(outer) == Some(region))
    };
    path.steps.iter().any(|step| same(&step.code))
}
