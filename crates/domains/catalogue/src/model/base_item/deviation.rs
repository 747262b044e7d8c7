//! In what an item says something else than its base item.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tb_contract::item::{ItemDocument, LegalBasis};
use utoipa::ToSchema;

use super::{BaseItem, level_of};
use crate::model::terms;

/// A place where an item says something else than its base item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Deviation {
    /// The place in the item: `/name`, `/item_type`, `/legal_term`, `/authority/level` or
    /// `/legal_bases`.
    pub path: String,
    /// What the base item says; of legal bases, those that the item lacks.
    #[schema(value_type = serde_json::Value)]
    pub base: Value,
    /// What the item says.
    #[schema(value_type = Option<serde_json::Value>)]
    pub item: Value,
}

/// Where an item deviates from its base item. An item may say more than its base: a name that goes
/// on with what is handled in particular, further legal bases, a shorter term.
pub(crate) fn deviations(base: &BaseItem, item: &ItemDocument) -> Vec<Deviation> {
    let mut found = Vec::new();
    let mut add = |path: &str, base: Value, item: Value| {
        let path = path.to_owned();
        found.push(Deviation { path, base, item });
    };
    if !is_named_after(&item.name, &base.name) {
        add("/name", json!(base.name), json!(item.name));
    }
    if item.item_type != base.item_type {
        add("/item_type", json!(base.item_type), json!(item.item_type));
    }
    let too_long = base
        .legal_term
        .zip(item.legal_term)
        .is_some_and(|(base, own)| terms::is_longer(own, base));
    if too_long {
        add(
            "/legal_term",
            json!(base.legal_term),
            json!(item.legal_term),
        );
    }
    let level = level_of(item);
    let elsewhere = level.is_some_and(|level| !base.levels.contains(&level));
    if elsewhere && !base.levels.is_empty() {
        add("/authority/level", json!(base.levels), json!(level));
    }
    let lacking: Vec<String> = base
        .legal_bases
        .iter()
        .filter(|wanted| !item.legal_bases.iter().any(|own| is_same(own, wanted)))
        .map(words)
        .collect();
    if !lacking.is_empty() {
        let own: Vec<String> = item.legal_bases.iter().map(words).collect();
        add("/legal_bases", json!(lacking), json!(own));
    }
    found
}

/// Whether a name is that of the base item, or begins with it and goes on in brackets or behind a dash.
fn is_named_after(name: &str, base: &str) -> bool {
    let plain = |text: &str| -> String { text.chars().filter(|c| !c.is_whitespace()).collect() };
    let (name, base) = (plain(name), plain(base));
    name.strip_prefix(base.as_str())
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(['（', '(', '—', '-', '·']))
}

/// Whether two name the same article of the same law; without an article the law is enough.
fn is_same(own: &LegalBasis, wanted: &LegalBasis) -> bool {
    let article = plain(&wanted.article);
    plain(&own.name) == plain(&wanted.name)
        && (article.is_empty() || plain(&own.article) == article)
}

fn plain(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '《' | '》'))
        .collect()
}

fn words(basis: &LegalBasis) -> String {
    format!("{} {}", basis.name.trim(), basis.article.trim())
        .trim()
        .to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn pair(base: Value, item: Value) -> Vec<String> {
        let mut whole = json!({
            "code": "11430102TB000008714432099001000", "name": "失业登记", "item_type": "20", "region": "430102", "department_code": "",
            "department_name": "", "audience": [], "case_kind": "promised", "sample": true,
        });
        let mut other = json!({"code": "432099001000", "name": "失业登记", "item_type": "20"});
        for (document, more) in [(&mut whole, item), (&mut other, base)] {
            if let (Value::Object(document), Value::Object(more)) = (document, more) {
                document.extend(more);
            }
        }
        let base: BaseItem = serde_json::from_value(other).unwrap();
        let item: ItemDocument = serde_json::from_value(whole).unwrap();
        deviations(&base, &item)
            .into_iter()
            .map(|one| one.path)
            .collect()
    }

    #[test]
    fn an_item_may_say_more_than_its_base_and_nothing_else() {
        let none: [&str; 0] = [];
        assert_eq!(pair(json!({}), json!({})), none);
        assert_eq!(
            pair(json!({}), json!({"name": "失业登记（灵活就业人员）"})),
            none
        );
        assert_eq!(
            pair(json!({}), json!({"name": "失业登记和就业登记"})),
            ["/name"]
        );
        assert_eq!(pair(json!({}), json!({"item_type": "01"})), ["/item_type"]);
    }

    #[test]
    fn only_a_longer_term_and_a_foreign_level_deviate() {
        let days = |length: u32| json!({"legal_term": {"length": length, "unit": "working_days"}});
        let none: [&str; 0] = [];
        assert_eq!(pair(days(10), days(10)), none);
        assert_eq!(pair(days(10), json!({})), none, "it says nothing");
        assert_eq!(pair(days(10), days(11)), ["/legal_term"]);
        assert_eq!(
            pair(json!({"levels": ["city"]}), json!({})),
            ["/authority/level"]
        );
        assert_eq!(pair(json!({"levels": ["city", "county"]}), json!({})), none);
    }

    #[test]
    fn the_bases_in_law_must_be_there() {
        let law = |name: &str, article: &str| json!({"legal_bases": [{"name": name, "article": article, "text": ""}]});
        let none: [&str; 0] = [];
        assert_eq!(
            pair(
                law("就业促进法", "第三十五条"),
                law("《就业促进法》", " 第三十五条")
            ),
            none
        );
        assert_eq!(
            pair(law("就业促进法", ""), law("就业促进法", "第三十五条")),
            none
        );
        assert_eq!(
            pair(law("就业促进法", "第三十五条"), law("就业促进法", "第三条")),
            ["/legal_bases"]
        );
    }
}
