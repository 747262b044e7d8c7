//! How a result reaches the applicant (送达): what he chose, what the office does, who takes it, and
//! when it counts as delivered.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use tb_contract::events::DeliveryChoice;
use tb_contract::item::ResultDelivery;
use tb_kernel::FieldFault;
use tb_kernel::identity_number::{CitizenId, half_width};
use utoipa::ToSchema;

use super::apply::Facts;
use super::command::Command;
use super::event::{EventDetail, EventKind};
use super::guard::Guard;
use super::state::{DeliveryWay, State};
use super::words::words;
use crate::error::{Error, field};

/// Longest name, in characters.
const MOST_NAME: usize = 60;
/// Longest number of a document or of a parcel.
const MOST_NUMBER: usize = 40;
/// Longest description of an authority.
const MOST_AUTHORITY: usize = 200;
/// The most strokes of a signature.
const MOST_STROKES: usize = 200;
/// The most points of all its strokes.
const MOST_POINTS: usize = 4_000;
/// Width and height of the field it is drawn in.
const FIELD: (u16, u16) = (600, 200);

words! {
    /// What a collector shows of himself.
    pub(crate) enum CollectorDocument {
        /// 居民身份证
        CitizenId = "citizen_id",
        /// 港澳台居民的通行证或者居住证
        TravelPermit = "travel_permit",
        /// 护照
        Passport = "passport",
        /// 其他有效证件
        Other = "other",
    }
}

words! {
    /// What the collector is to the applicant.
    pub(crate) enum CollectorRelation {
        /// 本人；单位的，为其经办人
        Own = "own",
        /// 受委托人
        Authorised = "authorised",
    }
}

/// Who takes a result. Personal data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(crate) struct Collector {
    /// Name.
    pub name: String,
    /// What he showed.
    pub document: CollectorDocument,
    /// Its number.
    pub id_number: String,
    /// What he is to the applicant.
    pub relation: CollectorRelation,
    /// What he was authorised by; for whoever comes in another's place.
    #[serde(default)]
    pub authority: String,
    /// His signature as it was drawn, in a field of 600 by 200; empty where he confirmed by word.
    #[serde(default)]
    pub signature: Vec<Vec<(u16, u16)>>,
}

impl Collector {
    /// The number of what he showed, for those who need not know it.
    pub(crate) fn masked_number(&self) -> String {
        let citizen = CitizenId::try_from(normal(&self.id_number)).map(|id| id.masked());
        citizen.unwrap_or_else(|_| "*".repeat(self.id_number.chars().count().min(6)))
    }
}

/// A parcel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Parcel {
    /// Courier.
    pub company: String,
    /// Its number.
    pub tracking_number: String,
}

impl Parcel {
    /// Whether courier and number are both there.
    pub(crate) fn is_named(&self) -> bool {
        is_line(&self.company, MOST_NAME) && is_line(&self.tracking_number, MOST_NUMBER)
    }
}

/// How far a delivery has come, out of a history.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Delivery {
    /// The parcel that is under way, or has come, and when it was given to the courier.
    pub parcel: Option<(Parcel, DateTime<Utc>)>,
    /// How it was delivered, when, and who took it.
    pub done: Option<(DeliveryWay, DateTime<Utc>, Option<Collector>)>,
    /// When the applicant said that he has it.
    pub confirmed_at: Option<DateTime<Utc>>,
}

/// The delivery as the rules look at it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct DeliveryFacts<'a> {
    /// What the item offers; empty where it does not say.
    pub offered: &'a [ResultDelivery],
    /// What the applicant chose.
    pub chosen: Option<ResultDelivery>,
    /// Whether a parcel is under way.
    pub dispatched: bool,
    /// Whether an online delivery was not confirmed.
    pub unconfirmed: bool,
    /// Whether the result is at a counter, or on its way there.
    pub at_counter: bool,
}

/// Reads a history.
pub(crate) fn fold<'a>(
    events: impl Iterator<Item = (EventKind, DateTime<Utc>, bool, &'a EventDetail)>,
) -> Delivery {
    let mut delivery = Delivery::default();
    for (kind, at, by_applicant, detail) in events {
        match kind {
            EventKind::Dispatched => {
                delivery.parcel = detail.parcel.as_deref().cloned().map(|parcel| (parcel, at));
            }
            EventKind::ParcelReturned => delivery.parcel = None,
            EventKind::Delivered => {
                delivery.done = detail
                    .way
                    .map(|way| (way, at, detail.collector.as_deref().cloned()));
                delivery.confirmed_at = by_applicant.then_some(at);
            }
            EventKind::ReceiptConfirmed => delivery.confirmed_at = Some(at),
            _ => {}
        }
    }
    delivery
}

impl Delivery {
    /// What the rules look at.
    pub(crate) fn facts<'a>(
        &self,
        offered: &'a [ResultDelivery],
        chosen: Option<&DeliveryChoice>,
    ) -> DeliveryFacts<'a> {
        let online = matches!(self.done, Some((DeliveryWay::Online, ..)));
        DeliveryFacts {
            offered,
            chosen: chosen.map(|choice| choice.way),
            dispatched: self.parcel.is_some(),
            unconfirmed: online && self.confirmed_at.is_none(),
            at_counter: false,
        }
    }
}

/// The guards of a delivery.
pub(super) fn check(guard: Guard, case: &Facts<'_>, command: &Command) -> Result<(), Error> {
    let (facts, refuse) = (
        &case.delivery,
        |holds: bool, error: Error| if holds { Ok(()) } else { Err(error) },
    );
    match (guard, command) {
        (Guard::WayOffered, Command::ChooseDelivery { choice, .. }) => {
            refuse(facts.offered.contains(&choice.way), Error::WayNotOffered)
        }
        (Guard::NotDispatched, _) => refuse(!facts.dispatched, Error::ParcelUnderWay),
        (Guard::NotAtCounter, _) => refuse(!facts.at_counter, Error::ResultAtCounter),
        (Guard::CourierChosen, _) => refuse(
            facts.chosen == Some(ResultDelivery::Courier),
            Error::CourierNotChosen,
        ),
        (Guard::ParcelNamed, Command::Dispatch(parcel)) => {
            refuse(parcel.is_named(), Error::ParcelMissing)
        }
        (Guard::WayFits, Command::Deliver { way, .. }) => check_way(facts, *way),
        (Guard::CollectorNamed, Command::Deliver { way, collector }) => refuse(
            !way.is_by_hand() || collector.is_some(),
            Error::CollectorMissing,
        ),
        (Guard::ParcelSent, _) => refuse(facts.dispatched, Error::NothingDispatched),
        (Guard::ReceiptOpen, _) => refuse(facts.unconfirmed, Error::NothingToConfirm),
        _ => Ok(()),
    }
}

/// Whoever comes to the counter is served there, whatever he chose; anything else has to be his
/// choice. Who chose nothing can be served online where the item is: a licence on paper is not.
fn check_way(facts: &DeliveryFacts<'_>, way: DeliveryWay) -> Result<(), Error> {
    let chosen = facts.chosen;
    match way {
        DeliveryWay::Courier if !facts.dispatched => Err(Error::NothingDispatched),
        DeliveryWay::PickUp | DeliveryWay::Courier => Ok(()),
        DeliveryWay::Online if is_online(facts) => Ok(()),
        DeliveryWay::InPerson if chosen == Some(ResultDelivery::InPerson) => Ok(()),
        DeliveryWay::Online | DeliveryWay::InPerson => Err(Error::WayNotChosen),
    }
}

/// Whether an online delivery is chosen, or offered to whoever chose nothing; an item that does not
/// say how it is delivered has nothing else.
fn is_online(facts: &DeliveryFacts<'_>) -> bool {
    let online = ResultDelivery::Online;
    match facts.chosen {
        Some(chosen) => chosen == online,
        None => facts.offered.is_empty() || facts.offered.contains(&online),
    }
}

/// A way that nothing but state, rights and facts can refuse.
pub(crate) fn likely_way(facts: &DeliveryFacts<'_>) -> DeliveryWay {
    match facts.chosen {
        None if !is_online(facts) => DeliveryWay::PickUp,
        None | Some(ResultDelivery::Online) => DeliveryWay::Online,
        Some(ResultDelivery::Courier) if facts.dispatched => DeliveryWay::Courier,
        Some(ResultDelivery::InPerson) => DeliveryWay::InPerson,
        Some(ResultDelivery::Courier | ResultDelivery::PickUp) => DeliveryWay::PickUp,
    }
}

/// A collector who stands for nobody: to try the rules with.
pub(crate) fn nobody() -> Collector {
    Collector {
        name: "-".to_owned(),
        document: CollectorDocument::Other,
        id_number: "-".to_owned(),
        relation: CollectorRelation::Own,
        authority: String::new(),
        signature: Vec::new(),
    }
}

/// What happened, from when it counts, and what it says besides; for the commands of a delivery.
pub(super) fn event(
    case: &Facts<'_>,
    command: &Command,
    now: DateTime<Utc>,
) -> (EventKind, DateTime<Utc>, EventDetail) {
    let (mut detail, mut at) = (EventDetail::default(), now);
    let kind = match command {
        Command::ChooseDelivery { at: moment, choice } => {
            at = *moment;
            detail.delivery = Some(Box::new(choice.clone()));
            EventKind::DeliveryChosen
        }
        Command::Dispatch(parcel) => {
            detail.parcel = Some(Box::new(parcel.clone()));
            EventKind::Dispatched
        }
        Command::Deliver { way, collector } => {
            detail.way = Some(*way);
            detail.collector = collector.clone().filter(|_| way.is_by_hand()).map(Box::new);
            EventKind::Delivered
        }
        _ => {
            let (kind, way) = confirmed(case.state);
            detail.way = way;
            kind
        }
    };
    (kind, at, detail)
}

/// Where the receipt of the applicant leads: a parcel that he has is delivered, an online delivery
/// was that before.
pub(super) fn confirmed(state: State) -> (EventKind, Option<DeliveryWay>) {
    match state {
        State::Delivered => (EventKind::ReceiptConfirmed, None),
        _ => (EventKind::Delivered, Some(DeliveryWay::Courier)),
    }
}

/// To whom a result belongs.
pub(crate) struct Owner<'a> {
    /// Name.
    pub name: &'a str,
    /// Citizen id or credit code.
    pub id_number: &'a str,
    /// Whether it is an organisation.
    pub organisation: bool,
    /// Its agent.
    pub agent: &'a str,
}

/// What is wrong with a collector, field by field.
pub(crate) fn faults(collector: &Collector, owner: &Owner<'_>) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    let mut wrong = |holds: bool, path: &str, code: &'static str| {
        if !holds {
            faults.push(field(format!("/collector/{path}"), code));
        }
    };
    let number = normal(&collector.id_number);
    wrong(
        is_line(&collector.name, MOST_NAME),
        "name",
        "approval.field.collector_name",
    );
    let is_number = match collector.document {
        CollectorDocument::CitizenId => CitizenId::try_from(number.clone()).is_ok(),
        _ => is_line(&number, MOST_NUMBER),
    };
    wrong(is_number, "id_number", "approval.field.collector_number");
    match collector.relation {
        CollectorRelation::Own if owner.organisation => {
            let agent = half_width(owner.agent.trim());
            let fits = agent.is_empty() || half_width(collector.name.trim()) == agent;
            wrong(fits, "relation", "approval.field.collector_not_agent");
        }
        CollectorRelation::Own => {
            let same_name = half_width(collector.name.trim()) == half_width(owner.name.trim());
            let same_number = collector.document != CollectorDocument::CitizenId
                || !is_number
                || number == normal(owner.id_number);
            wrong(
                same_name && same_number,
                "relation",
                "approval.field.collector_not_applicant",
            );
        }
        CollectorRelation::Authorised => {
            let told = is_line(&collector.authority, MOST_AUTHORITY);
            wrong(told, "authority", "approval.field.collector_authority");
        }
    }
    wrong(
        is_drawn(&collector.signature),
        "signature",
        "approval.field.signature",
    );
    faults
}

/// Whether a signature fits its field; none at all does.
fn is_drawn(strokes: &[Vec<(u16, u16)>]) -> bool {
    let points: usize = strokes.iter().map(Vec::len).sum();
    let inside = |(x, y): &(u16, u16)| *x <= FIELD.0 && *y <= FIELD.1;
    strokes.len() <= MOST_STROKES
        && points <= MOST_POINTS
        && strokes
            .iter()
            .all(|stroke| !stroke.is_empty() && stroke.iter().all(inside))
}

fn normal(number: &str) -> String {
    half_width(number.trim()).to_uppercase()
}

fn is_line(text: &str, most: usize) -> bool {
    let length = text.trim().chars().count();
    (1..=most).contains(&length) && !text.contains(['\n', '\r'])
}

#[cfg(test)]
mod tests;
