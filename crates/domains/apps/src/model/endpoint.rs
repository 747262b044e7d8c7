//! What an endpoint is told of.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use tb_contract::ports::{Outbound, Unsent};
use tb_kernel::FieldFault;
use utoipa::ToSchema;

use crate::error::field;

/// The kinds of events, as other systems know them.
pub(crate) const KINDS: &[&str] = &[
    "case.submitted",
    "case.resubmitted",
    "case.corrected",
    "case.received",
    "case.pre_review_returned",
    "case.pre_review_passed",
    "case.originals_verified",
    "case.returned",
    "case.reminded",
    "case.correction_requested",
    "case.correction_lapsed",
    "case.accepted",
    "case.deemed_accepted",
    "case.not_accepted",
    "case.refused",
    "case.step_completed",
    "case.step_returned",
    "case.special_procedure_started",
    "case.special_procedure_ended",
    "case.extended",
    "case.suspended",
    "case.resumed",
    "case.terminated",
    "case.reported_up",
    "case.transferred",
    "case.decided",
    "case.closed",
    "case.dispatched",
    "case.delivered",
    "case.withdrawal_asked",
    "case.withdrawn",
    "case.withdrawal_rejected",
    "case.handled_externally",
    "case.handed_over",
    "case.void_proposed",
    "case.void_rejected",
    "case.voided",
    "case.rated",
    "case.deferred_urged",
    "case.deferred_supplied",
    "case.returned_unsupplied",
    "case.delivery_chosen",
    "case.delivery_change_late",
    "case.parcel_returned",
    "case.receipt_confirmed",
    "case.result_attached",
    "case.commitment_checked",
    "case.rectification_ordered",
    "case.revocation_proposed",
    "case.statement_made",
    "case.decision_revoked",
    "case.decision_kept",
    "case.message_received",
    "case.proxy_ended",
    "case.message_sent",
    "case.urged",
    "case.supervised",
    "case.supervision_replied",
    "case.opinion_asked",
    "case.opinion_given",
    "case.opinion_declined",
    "case.hearing_right_told",
    "case.hearing_asked",
    "case.hearing_waived",
    "case.hearing_called",
    "case.hearing_held",
    "case.relay_sent",
    "case.joint_answered",
    "case.joint_returned",
    "case.relay_arrived",
    "case.relay_returned",
    "case.result_shelved",
    "case.opinion_withdrawn",
    "case.fee_noticed",
    "case.fee_billed",
    "case.fee_paid",
    "case.fee_reduction_asked",
    "case.fee_refund_asked",
    "case.fee_proposed",
    "case.fee_reduced",
    "case.fee_exempted",
    "case.fee_request_refused",
    "case.fee_reminded",
    "case.fee_lapsed",
    "case.fee_cancelled",
    "case.fee_refund_approved",
    "case.fee_refunded",
    "case.fee_refund_failed",
];

const MOST: usize = 200;

/// What can be said of an endpoint.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[schema(as = EndpointFields)]
pub struct Fields {
    /// What it is called.
    pub name: String,
    /// Where messages go.
    pub url: String,
    /// Kinds of events it wants; all where empty.
    #[serde(default)]
    pub kinds: Vec<String>,
    /// Codes of the items whose cases it wants; all where empty.
    #[serde(default)]
    pub item_codes: Vec<String>,
    /// Codes of the departments whose cases it wants; all where empty.
    #[serde(default)]
    pub department_codes: Vec<String>,
    /// Whether messages go to it.
    pub active: bool,
}

/// What an endpoint wants, as its row keeps it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Wants {
    pub kinds: Vec<String>,
    pub item_codes: Vec<String>,
    pub department_codes: Vec<String>,
}

impl Wants {
    /// Whether it wants this event.
    pub fn takes(&self, kind: &str, item_code: &str, department_code: &str) -> bool {
        let holds = |list: &[String], value: &str| {
            list.is_empty() || list.iter().any(|wanted| wanted == value)
        };
        holds(&self.kinds, kind)
            && holds(&self.item_codes, item_code)
            && holds(&self.department_codes, department_code)
    }
}

/// What is wrong with an endpoint.
pub(crate) fn check(fields: &Fields, outbound: &dyn Outbound) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    let mut say = |path: &str, code: &str| {
        faults.push(FieldFault {
            path: path.to_owned(),
            code: code.to_owned(),
            args: BTreeMap::new(),
            message: String::new(),
        });
    };
    if fields.name.trim().is_empty() || fields.name.chars().count() > 60 {
        say("/name", field::LENGTH);
    }
    if fields.url.len() > 500 {
        say("/url", field::LENGTH);
    }
    match outbound.check(&fields.url) {
        Ok(()) => {}
        Err(Unsent::Forbidden) => say("/url", field::PRIVATE),
        Err(_) => say("/url", field::ADDRESS),
    }
    for (n, kind) in fields.kinds.iter().enumerate() {
        if !KINDS.contains(&kind.as_str()) {
            say(&format!("/kinds/{n}"), field::KIND);
        }
    }
    for (path, list) in [
        ("/item_codes", &fields.item_codes),
        ("/department_codes", &fields.department_codes),
    ] {
        if list.len() > MOST {
            say(path, field::TOO_MANY);
        }
        for (n, code) in list.iter().enumerate() {
            if code.is_empty() || code.len() > 64 {
                say(&format!("{path}/{n}"), field::LENGTH);
            }
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::Wants;

    #[test]
    fn an_empty_list_wants_all() {
        let some = Wants {
            kinds: vec!["case.accepted".into()],
            item_codes: Vec::new(),
            department_codes: vec!["A".into()],
        };
        assert!(Wants::default().takes("case.closed", "i", "A"));
        assert!(some.takes("case.accepted", "i", "A"));
        assert!(!some.takes("case.closed", "i", "A"));
        assert!(!some.takes("case.accepted", "i", "B"));
    }
}
