//! Who may take a result, by which way it may go, and what a history says of it.

use chrono::{DateTime, Duration, Utc};
use tb_contract::item::ResultDelivery;

use super::{
    Collector, CollectorDocument, CollectorRelation, DeliveryFacts, Owner, Parcel, check_way,
    faults, fold, likely_way, nobody,
};
use crate::error::Error;
use crate::model::event::{EventDetail, EventKind};
use crate::model::state::DeliveryWay;

const PERSON: Owner<'_> = Owner {
    name: "张示例",
    id_number: "430102199307169986",
    organisation: false,
    agent: "",
};

fn own() -> Collector {
    Collector {
        name: "张示例".to_owned(),
        document: CollectorDocument::CitizenId,
        id_number: "430102199307169986".to_owned(),
        ..nobody()
    }
}

fn codes(collector: &Collector, owner: &Owner<'_>) -> Vec<String> {
    let faults = faults(collector, owner);
    faults.into_iter().map(|fault| fault.code).collect()
}

#[test]
fn the_applicant_himself_has_his_own_name_and_number() {
    assert!(codes(&own(), &PERSON).is_empty());
    let full_width = Collector {
        id_number: " ４３０１０２１９９３０７１６９９８６".to_owned(),
        ..own()
    };
    assert!(codes(&full_width, &PERSON).is_empty());
    let other_name = Collector {
        name: "李代领".to_owned(),
        ..own()
    };
    assert_eq!(
        codes(&other_name, &PERSON),
        ["approval.field.collector_not_applicant"]
    );
    let other_number = Collector {
        id_number: "11010519491231002X".to_owned(),
        ..own()
    };
    assert_eq!(codes(&other_number, &PERSON).len(), 1);
    let mistyped = Collector {
        id_number: "430102199307169987".to_owned(),
        ..own()
    };
    assert_eq!(
        codes(&mistyped, &PERSON),
        ["approval.field.collector_number"]
    );
}

#[test]
fn whoever_comes_for_another_says_by_what_right() {
    let mut other = Collector {
        name: "李代领".to_owned(),
        document: CollectorDocument::Passport,
        id_number: "E12345678".to_owned(),
        relation: CollectorRelation::Authorised,
        ..nobody()
    };
    assert_eq!(
        codes(&other, &PERSON),
        ["approval.field.collector_authority"]
    );
    other.authority = "授权委托书（2026-03-01）".to_owned();
    assert!(codes(&other, &PERSON).is_empty());
}

#[test]
fn for_an_organisation_its_agent_comes_or_somebody_authorised() {
    let firm = Owner {
        name: "某某有限公司",
        id_number: "91430102TEST000001",
        organisation: true,
        agent: "王经办",
    };
    assert_eq!(codes(&own(), &firm), ["approval.field.collector_not_agent"]);
    let agent = Collector {
        name: "王经办".to_owned(),
        ..own()
    };
    assert!(codes(&agent, &firm).is_empty());
}

#[test]
fn a_signature_stays_in_its_field_and_within_bounds() {
    for (signature, fits) in [
        (vec![vec![(0, 0), (600, 200)]], true),
        (vec![vec![(601, 0)]], false),
        (vec![vec![]], false),
        (vec![vec![(1, 1)]; 201], false),
        (vec![vec![(1, 1); 4_001]], false),
    ] {
        let signed = Collector { signature, ..own() };
        assert_eq!(codes(&signed, &PERSON).is_empty(), fits);
    }
}

#[test]
fn a_way_that_nobody_chose_is_not_taken() {
    let facts = |chosen, dispatched| DeliveryFacts {
        chosen,
        dispatched,
        ..DeliveryFacts::default()
    };
    for chosen in [
        None,
        Some(ResultDelivery::Courier),
        Some(ResultDelivery::Online),
    ] {
        assert_eq!(
            check_way(&facts(chosen, false), DeliveryWay::PickUp),
            Ok(())
        );
    }
    assert_eq!(check_way(&facts(None, false), DeliveryWay::Online), Ok(()));
    let at_the_counter = facts(Some(ResultDelivery::PickUp), false);
    assert_eq!(
        check_way(&at_the_counter, DeliveryWay::Online),
        Err(Error::WayNotChosen)
    );
    assert_eq!(
        check_way(&facts(None, false), DeliveryWay::InPerson),
        Err(Error::WayNotChosen)
    );
    let by_post = Some(ResultDelivery::Courier);
    assert_eq!(
        check_way(&facts(by_post, false), DeliveryWay::Courier),
        Err(Error::NothingDispatched)
    );
    assert_eq!(
        check_way(&facts(by_post, true), DeliveryWay::Courier),
        Ok(())
    );
    for chosen in [
        None,
        by_post,
        Some(ResultDelivery::PickUp),
        Some(ResultDelivery::InPerson),
    ] {
        for dispatched in [false, true] {
            let facts = facts(chosen, dispatched);
            assert_eq!(check_way(&facts, likely_way(&facts)), Ok(()));
        }
    }
}

#[test]
fn the_last_parcel_counts_and_the_applicant_may_confirm() {
    let at = DateTime::<Utc>::UNIX_EPOCH;
    let sent = |number: &str| EventDetail {
        parcel: Some(Box::new(Parcel {
            company: "邮政速递".to_owned(),
            tracking_number: number.to_owned(),
        })),
        ..EventDetail::default()
    };
    let (first, second) = (sent("EM1"), sent("EM2"));
    let came = EventDetail {
        way: Some(DeliveryWay::Courier),
        ..EventDetail::default()
    };
    let later = at + Duration::days(1);
    let history = [
        (EventKind::Dispatched, at, false, &first),
        (EventKind::Dispatched, at, false, &second),
        (EventKind::Delivered, later, true, &came),
    ];
    let delivery = fold(history.into_iter());
    assert_eq!(delivery.parcel.as_ref().unwrap().0.tracking_number, "EM2");
    assert_eq!(delivery.confirmed_at, Some(later));
    let by_staff = fold(
        history
            .into_iter()
            .map(|(kind, at, _, detail)| (kind, at, false, detail)),
    );
    assert_eq!(by_staff.confirmed_at, None);
    assert!(
        !by_staff.facts(&[], None).unconfirmed,
        "only what went online is confirmed later"
    );
}
