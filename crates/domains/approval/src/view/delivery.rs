//! The delivery of a case for its page.

use tb_contract::events::DeliveryChoice;
use tb_contract::item::ItemDocument;
use tb_kernel::identity_number::mask_name;

use super::{mask_id, mask_phone};
use crate::api::view::{CollectorView, ResultDeliveryView};
use crate::model::delivery::{Collector, CollectorDocument, Delivery};

/// Characters of an address that tell city and county, and no more.
const SHOWN: usize = 6;

/// The delivery, masked or in clear.
pub(super) fn delivery(
    item: &ItemDocument,
    choice: Option<&DeliveryChoice>,
    delivery: Delivery,
    clear: bool,
) -> ResultDeliveryView {
    let address = choice.and_then(|choice| choice.address.as_ref());
    let shown = |masked: fn(&str) -> String, text: Option<&String>| match text {
        None => String::new(),
        Some(text) if clear => text.clone(),
        Some(text) => masked(text),
    };
    let (parcel, dispatched_at) = delivery.parcel.unzip();
    let (way, delivered_at, collector) = match delivery.done {
        Some((way, at, collector)) => (Some(way), Some(at), collector),
        None => (None, None, None),
    };
    let (company, tracking_number) = parcel
        .map(|parcel| (parcel.company, parcel.tracking_number))
        .unzip();
    ResultDeliveryView {
        offered: item.handling.delivery.clone(),
        chosen: choice.map(|choice| choice.way),
        chosen_at: choice.map(|choice| choice.chosen_at),
        recipient: shown(mask_name, address.map(|to| &to.recipient)),
        phone: shown(mask_phone, address.map(|to| &to.phone)),
        address: shown(mask_address, address.map(|to| &to.address)),
        company,
        tracking_number,
        dispatched_at,
        way,
        delivered_at,
        collector: collector.map(|who| view(who, clear)),
        confirmed_at: delivery.confirmed_at,
    }
}

fn view(who: Collector, clear: bool) -> CollectorView {
    let masked = match who.document {
        CollectorDocument::CitizenId => mask_id(&who.id_number),
        _ => "*".repeat(who.id_number.chars().count().min(6)),
    };
    CollectorView {
        name: if clear {
            who.name.clone()
        } else {
            mask_name(&who.name)
        },
        document: who.document,
        id_number: if clear { who.id_number } else { masked },
        relation: who.relation,
        authority: who.authority,
        signed: !who.signature.is_empty(),
    }
}

fn mask_address(address: &str) -> String {
    let head: String = address.chars().take(SHOWN).collect();
    format!("{head}******")
}
