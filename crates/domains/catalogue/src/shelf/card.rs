//! An item as lists show it, and as the search index knows it.

use serde::{Deserialize, Serialize};
use tb_calendar::Term;
use tb_contract::item::{Audience, CaseKind, ItemDocument, ItemLinks, ItemType};
use tb_kernel::Region;
use tb_search::Entry;
use utoipa::ToSchema;

pub(crate) use crate::model::word;
use crate::store::public_item::PublicItem;

/// Names of the index's facets.
pub(crate) const FACETS: [&str; 11] = [
    "department",
    "audience",
    "theme",
    "region",
    "item_type",
    "online",
    "life_event",
    "industry",
    "occupation",
    "green_channel",
    "topic",
];

/// An item in a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ItemCard {
    /// Implementation code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Handling department.
    pub department_name: String,
    /// Its code.
    pub department_code: String,
    /// Region.
    pub region: Region,
    /// Type.
    pub item_type: ItemType,
    /// Who may apply; empty where the source does not say.
    pub audience: Vec<Audience>,
    /// Instant or promised.
    pub case_kind: CaseKind,
    /// In short.
    pub summary: String,
    /// Promised term.
    #[schema(value_type = Option<serde_json::Value>)]
    pub promised_term: Option<Term>,
    /// Legal term.
    #[schema(value_type = Option<serde_json::Value>)]
    pub legal_term: Option<Term>,
    /// Whether it can be applied for online.
    pub online: bool,
    /// Visits needed.
    pub visits: u8,
    /// Sample data.
    pub sample: bool,
    /// Themes.
    pub themes: Vec<String>,
}

/// What the shelf keeps of an item.
#[derive(Debug)]
pub(crate) struct Card {
    pub view: ItemCard,
    pub links: ItemLinks,
    /// Codes of the licences that replace one of its materials.
    pub licences: Vec<String>,
    pub hot_rank: Option<i32>,
}

impl Card {
    pub(crate) fn new(item: &PublicItem, document: ItemDocument) -> Self {
        let replacing = document.materials.iter().flat_map(|one| &one.licence_types);
        let licences = replacing.map(|one| one.code.clone()).collect();
        let view = ItemCard {
            online: document.is_online(),
            code: item.code.clone(),
            name: document.name,
            department_name: document.department_name,
            department_code: document.department_code,
            region: document.region,
            item_type: document.item_type,
            audience: document.audience,
            case_kind: document.case_kind,
            summary: document.summary,
            promised_term: document.promised_term,
            legal_term: document.legal_term,
            visits: document.visits,
            sample: document.sample,
            themes: document.themes,
        };
        Self {
            view,
            links: document.links,
            licences,
            hot_rank: item.hot_rank,
        }
    }
}

/// An item for the search index.
pub(crate) fn entry(item: &ItemDocument, hot_rank: Option<i32>) -> Entry {
    let mut keywords = item.keywords.clone();
    keywords.push(item.code.clone());
    keywords.extend(item.business_code.clone());
    keywords.extend(item.external_codes.iter().cloned());
    Entry {
        id: item.code.clone(),
        title: item.name.clone(),
        body: vec![
            (2.0, item.summary.clone()),
            (1.0, item.category.clone()),
            (1.0, item.department_name.clone()),
            (0.5, item.conditions.join("\n")),
        ],
        keywords,
        facets: facets(item),
        boost: boost(item, hot_rank),
    }
}

fn facets(item: &ItemDocument) -> Vec<(String, String)> {
    let mut facets = vec![
        ("department".to_owned(), item.department_code.clone()),
        ("item_type".to_owned(), word(&item.item_type)),
        ("online".to_owned(), item.is_online().to_string()),
    ];
    facets.extend(
        item.audience
            .iter()
            .map(|audience| ("audience".to_owned(), word(audience))),
    );
    facets.extend(
        item.themes
            .iter()
            .map(|theme| ("theme".to_owned(), theme.clone())),
    );
    let links = &item.links;
    for (facet, words) in [
        ("life_event", &links.life_events),
        ("industry", &links.industries),
        ("occupation", &links.occupations),
        ("green_channel", &links.green_channels),
        ("topic", &links.topics),
    ] {
        facets.extend(words.iter().map(|word| (facet.to_owned(), word.clone())));
    }
    // An item of a district is found under its city and province too.
    facets.extend(
        item.region
            .path()
            .split('/')
            .map(|region| ("region".to_owned(), region.to_owned())),
    );
    facets
}

/// Among equally good hits: hot items first, then what can be applied for online.
fn boost(item: &ItemDocument, hot_rank: Option<i32>) -> f32 {
    match hot_rank {
        Some(rank) => 10.0 - f32::from(i16::try_from(rank.clamp(0, 40)).unwrap_or(40)) / 10.0,
        None if item.is_online() => 4.0,
        None => 0.0,
    }
}
