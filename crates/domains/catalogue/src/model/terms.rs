//! Terms side by side. Only terms of one unit compare exactly; for others a day at the office
//! counts eight hours and five days a week, which is fine for telling that a promise is longer
//! than the law allows and never decides a due date.

use tb_calendar::{Term, Unit};

/// Minutes of office time, about.
pub(crate) fn office_minutes(term: Term) -> u64 {
    let length = u64::from(term.length);
    match term.unit {
        Unit::OnTheSpot => 0,
        Unit::Minutes => length,
        Unit::Hours => length * 60,
        Unit::WorkingDays => length * 8 * 60,
        Unit::NaturalDays => length * 8 * 60 * 5 / 7,
        Unit::Months => length * 8 * 60 * 21,
        Unit::Years => length * 8 * 60 * 250,
    }
}

/// Whether `term` is longer than `bound`.
pub(crate) fn is_longer(term: Term, bound: Term) -> bool {
    if term.unit == bound.unit {
        term.length > bound.length
    } else {
        office_minutes(term) > office_minutes(bound)
    }
}

/// Whether a term says anything: of length zero only "on the spot" does.
pub(crate) fn is_sound(term: Term) -> bool {
    term.length > 0 || term.unit == Unit::OnTheSpot
}

#[cfg(test)]
mod tests {
    use super::{is_longer, is_sound};
    use tb_calendar::{Term, Unit};

    #[test]
    fn promises_are_measured_against_the_law() {
        let days = Term::working_days;
        assert!(is_longer(days(11), days(10)) && !is_longer(days(10), days(10)));
        assert!(
            !is_longer(days(5), Term::natural_days(7)) && is_longer(days(6), Term::natural_days(7))
        );
        assert!(
            !is_longer(Term::ON_THE_SPOT, days(1)) && is_longer(Term::new(9, Unit::Hours), days(1))
        );
        assert!(is_sound(Term::ON_THE_SPOT) && !is_sound(days(0)));
    }
}
