//! Where an item is used: what would notice if it were withdrawn.

use tb_contract::access::ItemManage;
use tb_http::Ctx;
use tb_kernel::Fault;

use crate::api::transfer::{ItemUse, ItemUses, UseKind};
use crate::catalogue::Catalogue;
use crate::error::Error;
use crate::model::code::{all_of, normal};
use crate::service::derived_items::children;
use crate::service::joint_items::used_in;
use crate::service::own_json;
use crate::shelf::card::Card;
use crate::store;

/// The items derived from this one, the published items that name it, by the way in which they do, and
/// the joint matters within reach that it belongs to.
pub(crate) async fn list_uses(
    catalogue: &Catalogue,
    ctx: &Ctx<ItemManage>,
    code: &str,
) -> Result<ItemUses, Fault> {
    let item = store::item::find(&ctx.read(), ctx.scope(), code)
        .await?
        .ok_or(Error::ItemNotFound)?;
    let codes: Vec<String> = all_of(&own_json(&item.draft)?)
        .into_iter()
        .map(|(code, _, _)| code)
        .collect();
    let names = |list: &[String]| list.iter().any(|other| codes.contains(&normal(other)));
    let mut issued = Vec::new();
    for code in &codes {
        issued.extend(catalogue.licence_types().issued_by(code).await?);
    }
    let takes = |card: &Card| card.licences.iter().any(|code| issued.contains(code));
    let shelf = catalogue.shelf().await?;
    let cards = shelf.nearest(
        |card| {
            let links = &card.links;
            usize::from(names(&links.preceding) || names(&links.following) || takes(card))
        },
        usize::MAX,
    );
    let uses = |card: &Card| {
        let kinds = [
            (UseKind::Preceding, names(&card.links.preceding)),
            (UseKind::Following, names(&card.links.following)),
            (UseKind::Licence, takes(card)),
        ];
        let view = &card.view;
        kinds
            .into_iter()
            .filter(|(_, does)| *does)
            .map(|(kind, _)| ItemUse {
                kind,
                code: view.code.clone(),
                name: view.name.clone(),
                department_name: view.department_name.clone(),
            })
            .collect::<Vec<_>>()
    };
    let joint = used_in(ctx, &codes).await?.into_iter();
    let joint = joint.map(|item| ItemUse {
        kind: UseKind::Joint,
        code: item.code,
        name: item.name,
        department_name: item.lead_department_name,
    });
    let items = cards.iter().flat_map(|card| uses(card));
    let (first, derived) = children(ctx, item.id).await?;
    let items = first.into_iter().chain(joint).chain(items).collect();
    Ok(ItemUses { items, derived })
}
