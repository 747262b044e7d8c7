//! What the public reads: lists, guides, the situation guide, themes, hot items, figures.

use std::collections::HashMap;

use tb_contract::item::SituationAnswers;
use tb_kernel::{Fault, Region};
use tb_search::{Hits, Query};

use crate::api::items::{BrowseQuery, FacetValue, FacetView, Figures, ItemList, ThemeView};
use crate::catalogue::Catalogue;
use crate::entity::theme;
use crate::error::Error;
use crate::model::ThemeAudience;
use crate::model::code_table::{CodeTable, CodeView};
use crate::model::situation::{SituationView, judge};
use crate::service::own_json;
use crate::shelf::Shelf;
use crate::shelf::card::{FACETS, ItemCard, word};
use crate::shelf::guide::GuideView;
use crate::store;

/// A page of published items, the best hits first.
pub(crate) async fn list_items(
    catalogue: &Catalogue,
    query: BrowseQuery,
) -> Result<ItemList, Fault> {
    let shelf = catalogue.shelf().await?;
    let with_facets = query.facets.unwrap_or(false);
    let region = query.region.clone();
    let hits = shelf.search(search_query(query, with_facets)).await?;
    let items: Vec<ItemCard> = hits
        .hits
        .iter()
        .filter_map(|hit| Some(shelf.card(&hit.id)?.view.clone()))
        .collect();
    let facets = if with_facets {
        Some(facets(catalogue, shelf, &hits, region.as_ref()).await?)
    } else {
        None
    };
    Ok(ItemList {
        items,
        next_cursor: hits.next,
        meant: hits.meant,
        facets,
    })
}

fn search_query(query: BrowseQuery, with_facets: bool) -> Query {
    let region = query.region.map(|region| region.as_str().to_owned());
    let filters = [
        ("department", query.department),
        ("audience", query.audience.map(|audience| word(&audience))),
        ("theme", query.theme),
        ("life_event", query.life_event),
        ("industry", query.industry),
        ("occupation", query.occupation),
        ("green_channel", query.green_channel),
        ("topic", query.topic),
        ("region", region),
        (
            "item_type",
            query.item_type.map(|item_type| word(&item_type)),
        ),
        ("online", query.online.map(|online| online.to_string())),
    ];
    let wanted = filters.into_iter().filter_map(|(name, value)| {
        let value = value.filter(|value| !value.is_empty())?;
        Some((name.to_owned(), value))
    });
    let page = tb_kernel::PageRequest {
        cursor: query.cursor,
        limit: query.limit,
    };
    Query {
        text: query.q.unwrap_or_default(),
        filters: wanted.collect(),
        limit: usize::try_from(page.limit()).unwrap_or(usize::MAX),
        after: page.cursor,
        facet_counts: if with_facets {
            FACETS.map(str::to_owned).to_vec()
        } else {
            Vec::new()
        },
    }
}

/// Counts with the words that people read: names of departments and divisions, and those that the
/// tables of codes give, in their order; what is not offered is left out.
async fn facets(
    catalogue: &Catalogue,
    shelf: &Shelf,
    hits: &Hits,
    region: Option<&Region>,
) -> Result<Vec<FacetView>, Fault> {
    let tables = catalogue.codes().await?;
    let names: HashMap<String, String> = shelf.department_names();
    let tree = catalogue.tree().await?;
    let label = |facet: &str, value: &str| match facet {
        "department" => names
            .get(value)
            .cloned()
            .unwrap_or_else(|| value.to_owned()),
        "region" => tree
            .get(value)
            .map_or_else(|| value.to_owned(), |division| division.name.clone()),
        _ => value.to_owned(),
    };
    let view = |facet: &tb_search::FacetCounts| FacetView {
        name: facet.name.clone(),
        values: facet
            .values
            .iter()
            .map(|value| FacetValue {
                value: value.value.clone(),
                label: label(&facet.name, &value.value),
                count: value.count,
            })
            .collect(),
    };
    let mut views: Vec<FacetView> = hits.facets.iter().map(view).collect();
    for view in &mut views {
        let table = CodeTable::from_word(&view.name);
        if let Some(table) = table.filter(|table| tables.is_written(*table, region)) {
            name_and_order(&mut view.values, &tables.effective(table, region));
        }
    }
    Ok(views)
}

/// Words that the table does not have stand behind the others.
fn name_and_order(values: &mut Vec<FacetValue>, codes: &[CodeView]) {
    let place = |value: &str| codes.iter().position(|one| one.code == value);
    let of = |value: &str| codes.iter().find(|one| one.code == value);
    values.retain(|value| of(&value.value).is_none_or(|one| one.offered));
    for value in values.iter_mut() {
        if let Some(name) = of(&value.value).and_then(|one| one.name.clone()) {
            value.label = name;
        }
    }
    values.sort_by_key(|value| place(&value.value).unwrap_or(usize::MAX));
}

/// One published version of an item, whether or not it is still offered.
pub(crate) async fn read_version(
    catalogue: &Catalogue,
    code: &str,
    version: i64,
) -> Result<GuideView, Fault> {
    let conn = catalogue.store().read();
    let id = store::item::id_of(&conn, code)
        .await?
        .ok_or(Error::ItemNotFound)?;
    let newest = store::public_item::find(&conn, id)
        .await?
        .ok_or(Error::ItemNotFound)?;
    let found = store::item::version(&conn, id, version).await?;
    let row = found.ok_or(Error::VersionNotFound { version })?;
    let current = newest.version == version && row.withdrawn_at.is_none();
    Ok(GuideView::new(
        version,
        row.published_at,
        current,
        own_json(&row.document)?,
    ))
}

/// What a set of situation answers asks for.
pub(crate) async fn judge_situation(
    catalogue: &Catalogue,
    code: &str,
    answers: &SituationAnswers,
) -> Result<SituationView, Fault> {
    let guide = catalogue.guide(code).await?;
    judge(&guide.document, answers)
        .map_err(|faults| Fault::fields(Fault::from(Error::AnswersInvalid).code, faults))
}

/// The themes with the number of items under each.
pub(crate) async fn list_themes(
    catalogue: &Catalogue,
    audience: Option<ThemeAudience>,
) -> Result<Vec<ThemeView>, Fault> {
    let shelf = catalogue.shelf().await?;
    let themes = store::theme::all(&catalogue.store().read()).await?;
    let views = themes.into_iter().map(|theme| theme_view(shelf, theme));
    Ok(views
        .filter(|theme| audience.is_none_or(|wanted| wanted == theme.audience))
        .collect())
}

fn theme_view(shelf: &Shelf, theme: theme::Model) -> ThemeView {
    let is_person = theme.audience == ThemeAudience::Person.as_str();
    let audience = if is_person {
        ThemeAudience::Person
    } else {
        ThemeAudience::Enterprise
    };
    let items = shelf.count(|card| {
        card.view.themes.contains(&theme.name)
            && card.view.audience.iter().any(|one| audience.serves(*one))
    });
    ThemeView {
        name: theme.name,
        icon: theme.icon,
        audience,
        items,
    }
}

/// The hot items, in their order.
pub(crate) async fn list_hot(catalogue: &Catalogue) -> Result<Vec<ItemCard>, Fault> {
    Ok(catalogue
        .shelf()
        .await?
        .hot()
        .into_iter()
        .map(|card| card.view.clone())
        .collect())
}

/// The public figures, counted now.
pub(crate) async fn count_figures(catalogue: &Catalogue) -> Result<Figures, Fault> {
    let conn = catalogue.store().read();
    let (items, online_items) = store::item::count_published(&conn).await?;
    let departments = store::department::count(&conn).await?;
    Ok(Figures {
        items,
        online_items,
        departments,
        data_at: catalogue.store().clock().now(),
    })
}
