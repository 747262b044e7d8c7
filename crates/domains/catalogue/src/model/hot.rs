//! Which items are hot: the pinned ones in their order, then those most applied for.

use uuid::Uuid;

/// Hot items at most.
pub(crate) const MOST: usize = 20;

/// An item that is pinned or counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Candidate {
    pub id: Uuid,
    pub pin: Option<i32>,
    pub count: i64,
}

/// The hot items in their order.
pub(crate) fn order(mut candidates: Vec<Candidate>) -> Vec<Uuid> {
    candidates.retain(|one| one.pin.is_some() || one.count > 0);
    candidates.sort_by_key(|one| {
        let unpinned = one.pin.is_none();
        (unpinned, one.pin, std::cmp::Reverse(one.count), one.id)
    });
    candidates.iter().take(MOST).map(|one| one.id).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pinned_items_come_first_and_the_others_by_their_count() {
        let one = |n: u128, pin, count| Candidate {
            id: Uuid::from_u128(n),
            pin,
            count,
        };
        let all = vec![
            one(1, None, 5),
            one(2, Some(2), 0),
            one(3, None, 9),
            one(4, Some(1), 1),
            one(5, None, 0),
        ];
        let expected = [4, 2, 3, 1].map(Uuid::from_u128);
        assert_eq!(order(all), expected);
        let many = (1..60).map(|n| one(n, None, 1)).collect();
        assert_eq!(order(many).len(), MOST);
    }
}
