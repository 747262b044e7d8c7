//! Shares as they are published.

/// Part of a whole per mille, to the nearest; none of nothing. All and nothing are said of no less
/// than that: one short of all is 999.
pub fn per_mille(part: i64, whole: i64) -> Option<i64> {
    if whole <= 0 {
        return None;
    }
    let nearest = (2_000 * part + whole) / (2 * whole);
    Some(match part {
        0 => 0,
        part if part >= whole => 1_000,
        _ => nearest.clamp(1, 999),
    })
}

#[cfg(test)]
mod tests {
    use super::per_mille;

    #[test]
    fn shares_are_rounded_but_never_to_all_or_nothing() {
        for (part, whole, mille) in [
            (2, 3, 667),
            (1, 3, 333),
            (0, 5, 0),
            (5, 5, 1_000),
            (9_999, 10_000, 999),
            (1, 10_000, 1),
        ] {
            assert_eq!(per_mille(part, whole), Some(mille), "{part} of {whole}");
        }
        assert_eq!(per_mille(0, 0), None);
    }
}
