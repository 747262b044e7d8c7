//! The fee of a case as the applicant may act on it.

use tb_contract::events::FeeTold;

/// What an applicant may ask about his fee.
pub(crate) const ASKABLE: [&str; 3] = ["reduction", "exemption", "refund"];

/// Whether it can be paid now.
pub(crate) fn is_payable(told: &FeeTold) -> bool {
    told.code.is_some() && matches!(told.state.as_str(), "noticed" | "reduced")
}

/// Whether a request can be made now: to pay less or nothing before it is paid, and once; to get money
/// back where the office says that there is some.
pub(crate) fn may_ask(told: &FeeTold, what: &str) -> bool {
    if told.request.is_some() {
        return false;
    }
    match what {
        "reduction" | "exemption" => told.state == "noticed",
        "refund" => told.refundable,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use tb_contract::events::FeeTold;

    use super::{ASKABLE, is_payable, may_ask};

    fn told(state: &str) -> FeeTold {
        FeeTold {
            state: state.to_owned(),
            lines: Vec::new(),
            amount: 2_000,
            due: 2_000,
            paid: 0,
            refunded: 0,
            pay_by: None,
            code: Some("1".to_owned()),
            pay_url: None,
            paid_at: None,
            receipt: None,
            request: None,
            refusal: String::new(),
            refundable: false,
            earlier: Vec::new(),
        }
    }

    #[test]
    fn one_asks_before_paying_and_once() {
        let askable = |told: &FeeTold| ASKABLE.map(|what| may_ask(told, what));
        assert_eq!(askable(&told("noticed")), [true, true, false]);
        for state in ["reduced", "paid", "exempt", "lapsed", "refunded"] {
            assert_eq!(askable(&told(state)), [false; 3], "{state}");
        }
        let back = FeeTold {
            refundable: true,
            ..told("paid")
        };
        assert_eq!(askable(&back), [false, false, true]);
        let asked = FeeTold {
            request: Some("refund".to_owned()),
            ..back
        };
        assert_eq!(askable(&asked), [false; 3]);
        assert!(!may_ask(&told("noticed"), "gift"));
    }

    #[test]
    fn what_has_no_code_cannot_be_paid() {
        assert!(is_payable(&told("noticed")) && is_payable(&told("reduced")));
        assert!(!is_payable(&told("lapsed")) && !is_payable(&told("paid")));
        let waiting = FeeTold {
            code: None,
            ..told("reduced")
        };
        assert!(!is_payable(&waiting));
    }
}
