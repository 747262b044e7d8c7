//! The neighbours of an item, by stage: what comes before it, what follows, what is like it.

use std::sync::Arc;

use tb_contract::item::ItemLinks;
use tb_kernel::Fault;

use crate::api::items::RelatedItems;
use crate::catalogue::Catalogue;
use crate::model::code::normal;
use crate::shelf::Shelf;
use crate::shelf::card::{Card, ItemCard};
use crate::store;

/// Most items that are only alike.
const ALIKE: usize = 6;

/// The neighbours of a published item. A neighbour that is no longer offered is left out.
pub(crate) async fn list_related(
    catalogue: &Catalogue,
    any_code: &str,
) -> Result<RelatedItems, Fault> {
    let item = catalogue.guide(any_code).await?.document.clone();
    let shelf = catalogue.shelf().await?;
    let preceding = named(catalogue, shelf, &item.links.preceding).await?;
    let following = named(catalogue, shelf, &item.links.following).await?;
    let is_named = |card: &Card| {
        preceding
            .iter()
            .chain(&following)
            .any(|one| one.code == card.view.code)
    };
    let audience = &item.audience;
    let alike = shelf.nearest(
        |card| {
            let serves =
                audience.is_empty() || card.view.audience.iter().any(|one| audience.contains(one));
            if card.view.code == item.code || is_named(card) || !serves {
                return 0;
            }
            likeness(&item.links, &card.links) * 2 + common(&item.themes, &card.view.themes)
        },
        ALIKE,
    );
    Ok(RelatedItems {
        alike: alike.into_iter().map(|card| card.view.clone()).collect(),
        preceding,
        following,
    })
}

/// How many events, trades, groups and topics two items share.
fn likeness(one: &ItemLinks, other: &ItemLinks) -> usize {
    common(&one.life_events, &other.life_events)
        + common(&one.industries, &other.industries)
        + common(&one.occupations, &other.occupations)
        + common(&one.topics, &other.topics)
}

fn common(one: &[String], other: &[String]) -> usize {
    one.iter().filter(|word| other.contains(word)).count()
}

async fn named(
    catalogue: &Catalogue,
    shelf: &Shelf,
    codes: &[String],
) -> Result<Vec<ItemCard>, Fault> {
    let mut cards = Vec::new();
    for code in codes {
        if let Some(card) = card_of(catalogue, shelf, code).await? {
            cards.push(card.view.clone());
        }
    }
    Ok(cards)
}

/// The card of an item by any of its codes.
async fn card_of(
    catalogue: &Catalogue,
    shelf: &Shelf,
    code: &str,
) -> Result<Option<Arc<Card>>, Fault> {
    if let Some(card) = shelf.card(code) {
        return Ok(Some(card));
    }
    let conn = catalogue.store().read();
    let Some(id) = store::item::id_of(&conn, &normal(code)).await? else {
        return Ok(None);
    };
    let found = store::public_item::find(&conn, id).await?;
    Ok(found.and_then(|item| shelf.card(&item.code)))
}
