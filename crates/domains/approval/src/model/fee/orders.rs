//! The fee orders of a case together: whether anything is owed beside them, what they wait for, by which
//! of them the applicant is told, and which gives up what is charged no more.

use serde_json::Value;
use tb_contract::events::FeeLine;
use tb_contract::item::ItemDocument;

use super::lines::{Rest, rest, take_off};
use super::{FeeOrder, FeeStage, FeeState};

/// What an order gives up: its place, and the lines.
pub(crate) type Amendment = (usize, Vec<FeeLine>);

/// The fees of a case as they stand.
pub(crate) struct Fees<'a> {
    /// Its orders, the last one first.
    pub orders: &'a [FeeOrder],
    /// What its form charges beside what stands, and what it charges no more.
    pub rest: Rest,
}

impl<'a> Fees<'a> {
    /// Compares the orders with what the item charges for these answers.
    pub(crate) fn of(item: &ItemDocument, answers: &Value, orders: &'a [FeeOrder]) -> Self {
        Self {
            orders,
            rest: rest(item, answers, &standing_lines(orders)),
        }
    }

    /// Whether an order waits for its money.
    pub(crate) fn is_open(&self) -> bool {
        self.orders.iter().any(FeeOrder::is_open)
    }

    /// Whether nothing is owed any more. What stands counts, not what was made last: an order that was
    /// taken back because its lines are charged no more leaves those behind it as good as they were.
    pub(crate) fn is_settled(&self) -> bool {
        let charged = self.orders.iter().any(FeeOrder::is_settled);
        charged && !self.is_open() && self.rest.more.is_empty()
    }

    /// Whether the applicant let the term for paying pass, and still owes it.
    pub(crate) fn is_lapsed(&self) -> bool {
        let last = self.orders.first();
        last.is_some_and(|last| last.state == FeeState::Lapsed) && !self.is_settled()
    }

    /// The mark of the case: money to be given back comes first, whichever order it is of.
    pub(crate) fn stage(&self) -> FeeStage {
        let goes_back = |order: &FeeOrder| order.stage() == FeeStage::Refund;
        if self.orders.iter().any(goes_back) {
            FeeStage::Refund
        } else if self.is_settled() {
            FeeStage::Settled
        } else {
            self.orders.first().map_or(FeeStage::Over, FeeOrder::stage)
        }
    }

    /// The place of the order that tells how the fee stands: where nothing is owed the last one that
    /// settles it, else the last one.
    pub(crate) fn told(&self) -> usize {
        let settles = self.orders.iter().position(FeeOrder::is_settled);
        settles.filter(|_| self.is_settled()).unwrap_or_default()
    }

    /// Which orders give up what is charged no more, the last one first. One on which nothing is due takes
    /// its share as well: there is nothing to give back of it, and nothing more of an earlier one.
    pub(crate) fn amendments(&self) -> Vec<Amendment> {
        let mut less = self.rest.less.clone();
        let mut amendments = Vec::new();
        for (place, order) in self.orders.iter().enumerate() {
            if !order.is_settled() {
                continue;
            }
            let share = take_off(&mut order.lines.clone(), &mut less);
            if order.due > 0 && share.iter().any(|line| line.sum() > 0) {
                amendments.push((place, share));
            }
        }
        amendments
    }
}

/// The lines that are charged already: of the orders that stand.
pub(crate) fn standing_lines(orders: &[FeeOrder]) -> Vec<FeeLine> {
    let standing = orders.iter().filter(|order| order.stands());
    standing.flat_map(|order| order.lines.clone()).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const COPY: i64 = 2_000;

    fn item() -> ItemDocument {
        let fees =
            json!([{ "name": "工本费", "amount": COPY, "basis": "b", "quantity_field": "copies" }]);
        serde_json::from_value(json!({ "code": "c", "name": "n", "item_type": "01",
            "department_code": "d", "department_name": "o", "region": "430102",
            "audience": ["natural_person"], "case_kind": "promised", "sample": true, "fees": fees }))
        .unwrap()
    }

    fn copies(quantity: i64) -> Vec<FeeLine> {
        vec![FeeLine {
            name: "工本费".to_owned(),
            basis: "b".to_owned(),
            standard: String::new(),
            unit_amount: COPY,
            quantity,
        }]
    }

    /// An order over so many copies.
    fn order(state: FeeState, quantity: i64) -> FeeOrder {
        let blank = FeeOrder {
            state,
            lines: copies(quantity),
            ..FeeOrder::new(COPY * quantity)
        };
        match state {
            FeeState::Paid => FeeOrder {
                paid: blank.due,
                ..blank
            },
            FeeState::Exempt => FeeOrder { due: 0, ..blank },
            _ => blank,
        }
    }

    /// How a case stands whose form asks for so many: mark, whether it is settled, the order told of.
    fn stands(orders: &[FeeOrder], wanted: i64) -> (FeeStage, bool, usize) {
        let fees = Fees::of(&item(), &json!({ "copies": wanted }), orders);
        (fees.stage(), fees.is_settled(), fees.told())
    }

    fn amended(orders: &[FeeOrder], wanted: i64) -> Vec<Amendment> {
        Fees::of(&item(), &json!({ "copies": wanted }), orders).amendments()
    }

    #[test]
    fn what_stands_settles_whatever_was_made_after_it() {
        use FeeState as S;
        let paid = order(S::Paid, 2);
        assert_eq!(
            stands(std::slice::from_ref(&paid), 2),
            (FeeStage::Settled, true, 0)
        );
        for gone in [S::Cancelled, S::Lapsed] {
            let orders = [order(gone, 3), paid.clone()];
            assert_eq!(stands(&orders, 2), (FeeStage::Settled, true, 1), "{gone}");
            let last = orders[0].stage();
            assert_eq!(stands(&orders, 5), (last, false, 0), "owed still: {gone}");
        }
        let lapsed = [order(S::Lapsed, 3), paid.clone()];
        let of = |wanted: i64| Fees::of(&item(), &json!({ "copies": wanted }), &lapsed).is_lapsed();
        assert!(of(5) && !of(2), "who owes nothing is late with nothing");
        let open = [order(S::Noticed, 3), paid];
        assert_eq!(stands(&open, 5), (FeeStage::Unpaid, false, 0));
        assert_eq!(stands(&[], 2), (FeeStage::Over, false, 0));
        let exempt = order(S::Exempt, 2);
        assert!(stands(&[exempt], 2).1);
    }

    #[test]
    fn money_that_goes_back_is_seen_behind_a_new_notice() {
        use super::super::{Request, RequestKind};
        let request = Request::of_platform(1_500, chrono::DateTime::default());
        assert_eq!(request.kind, RequestKind::Refund);
        let part = FeeOrder {
            paid: 1_500,
            request: Some(request),
            ..order(FeeState::Cancelled, 2)
        };
        let orders = [order(FeeState::Preparing, 5), part];
        assert_eq!(stands(&orders, 5), (FeeStage::Refund, false, 0));
    }

    #[test]
    fn the_last_order_gives_up_first_and_what_is_waived_stays_so() {
        use FeeState as S;
        let paid = [order(S::Paid, 3), order(S::Paid, 2)];
        assert!(amended(&paid, 5).is_empty());
        assert_eq!(amended(&paid, 4), [(0, copies(1))]);
        assert_eq!(amended(&paid, 1), [(0, copies(3)), (1, copies(1))]);
        let exempt = [order(S::Exempt, 3), order(S::Paid, 2)];
        assert!(amended(&exempt, 2).is_empty(), "he pays for two as before");
        assert_eq!(amended(&exempt, 1), [(1, copies(1))]);
        let gone = [order(S::Cancelled, 3), order(S::Paid, 2)];
        assert_eq!(amended(&gone, 1), [(1, copies(1))]);
    }
}
