//! How the applicant wants the result: what he may choose, until when, and what it needs.

use tb_contract::events::{DeliveryAddress, DeliveryTold};
use tb_contract::item::{ItemDocument, ResultDelivery};
use tb_kernel::FieldFault;
use tb_kernel::identity_number::Phone;

use super::State;
use crate::error::{fault_at, field};

/// Longest name of a recipient, in characters.
const MOST_NAME: usize = 60;
/// Shortest and longest address.
const ADDRESS: std::ops::RangeInclusive<usize> = 6..=200;

/// Whether the choice may still be changed: until the result is on its way or delivered.
pub(crate) fn is_changeable(
    item: &ItemDocument,
    state: State,
    told: Option<&DeliveryTold>,
) -> bool {
    let alive = state.is_open() || matches!(state, State::Draft | State::Decided | State::Closed);
    alive && told.is_none() && !item.handling.delivery.is_empty()
}

/// Whether the applicant can say that he has the result: a parcel, or what was delivered online.
pub(crate) fn is_confirmable(state: State, told: Option<&DeliveryTold>) -> bool {
    let Some(told) = told.filter(|told| told.confirmed_at.is_none()) else {
        return false;
    };
    match state {
        State::Closed => told.way == "courier" && told.dispatched_at.is_some(),
        State::Delivered => told.way == "online",
        _ => false,
    }
}

/// What is wrong with a choice, field by field.
pub(crate) fn faults(
    item: &ItemDocument,
    way: ResultDelivery,
    address: Option<&DeliveryAddress>,
) -> Vec<FieldFault> {
    let fault = |path: &str, code: &str| fault_at(path.to_owned(), code, &[]);
    if !item.handling.delivery.contains(&way) {
        return vec![fault("/way", field::DELIVERY_WAY)];
    }
    if !way.wants_address() {
        return Vec::new();
    }
    let Some(to) = address else {
        return vec![fault("/address/address", field::DELIVERY_ADDRESS)];
    };
    let line = |text: &str| text.trim().chars().count();
    let name_fits = (1..=MOST_NAME).contains(&line(&to.recipient));
    let address_fits = ADDRESS.contains(&line(&to.address));
    let checks = [
        (name_fits, "/address/recipient", field::DELIVERY_RECIPIENT),
        (
            Phone::parse(&to.phone).is_ok(),
            "/address/phone",
            field::DELIVERY_PHONE,
        ),
        (address_fits, "/address/address", field::DELIVERY_ADDRESS),
    ];
    checks
        .into_iter()
        .filter(|(fits, ..)| !fits)
        .map(|(_, path, code)| fault(path, code))
        .collect()
}

/// An address in normal form.
pub(crate) fn tidy(to: DeliveryAddress) -> DeliveryAddress {
    let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    DeliveryAddress {
        recipient: line(&to.recipient),
        phone: to.phone.trim().to_owned(),
        address: line(&to.address),
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use tb_contract::events::DeliveryTold;

    use super::is_confirmable;
    use crate::model::{STATES, State};

    fn told(way: &str) -> DeliveryTold {
        DeliveryTold {
            way: way.to_owned(),
            company: String::new(),
            tracking_number: String::new(),
            dispatched_at: Some(DateTime::UNIX_EPOCH),
            delivered_at: None,
            collector: String::new(),
            confirmed_at: None,
            in_force: None,
        }
    }

    #[test]
    fn a_parcel_under_way_and_an_online_delivery_are_confirmed_once() {
        for state in STATES {
            let parcel = is_confirmable(*state, Some(&told("courier")));
            assert_eq!(parcel, *state == State::Closed, "{state:?}");
            let online = is_confirmable(*state, Some(&told("online")));
            assert_eq!(online, *state == State::Delivered, "{state:?}");
            assert!(!is_confirmable(*state, None));
            assert!(!is_confirmable(*state, Some(&told("pick_up"))));
        }
        let again = DeliveryTold {
            confirmed_at: Some(DateTime::UNIX_EPOCH),
            ..told("online")
        };
        assert!(!is_confirmable(State::Delivered, Some(&again)));
    }
}
