//! The delivery of a case for its page.

use tb_contract::events::DeliveryChoice;
use tb_contract::item::ItemDocument;
use tb_kernel::identity_number::mask_name;

use super::mask_phone;
use crate::api::view::{CollectorView, ResultDeliveryView};
use crate::model::delivery::{Collector, Delivery};

/// Characters at the beginning of an address in which province, city and county stand.
const DIVISIONS: usize = 12;
/// In the place of what is not shown.
const HIDDEN: &str = "******";

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
    let masked = who.masked_number();
    CollectorView {
        name: if clear {
            who.name.clone()
        } else {
            mask_name(&who.name)
        },
        document: who.document,
        id_number: if clear { who.id_number } else { masked },
        relation: who.relation,
        authority: if clear || who.authority.is_empty() {
            who.authority
        } else {
            HIDDEN.to_owned()
        },
        signed: !who.signature.is_empty(),
    }
}

/// Province, city and county where they are written, and no more.
fn mask_address(address: &str) -> String {
    let head: Vec<char> = address.chars().take(DIVISIONS).collect();
    let shown = head
        .iter()
        .rposition(|one| matches!(one, '省' | '市' | '区' | '县' | '旗'))
        .map_or(0, |last| last + 1);
    let shown: String = head.iter().take(shown).collect();
    format!("{shown}{HIDDEN}")
}

#[cfg(test)]
mod tests {
    use super::mask_address;

    #[test]
    fn an_address_shows_its_divisions_and_no_house() {
        let masked = |text: &str| mask_address(text);
        assert_eq!(
            masked("湖南省长沙市芙蓉区八一路1号301室"),
            "湖南省长沙市芙蓉区******"
        );
        assert_eq!(masked("八一路12号"), "******");
        assert_eq!(masked("长沙市八一路12号"), "长沙市******");
    }
}
