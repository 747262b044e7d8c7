//! What can go wrong in the hall, by stable codes; the texts lie in `locales/`.

use tb_kernel::fault_codes;

fault_codes! {
    /// The hall's errors.
    pub enum Error in "hall" {
        /// No such place, or none within reach.
        SiteNotFound: NotFound = "site_not_found",
        /// Somebody else has changed the place since it was read.
        StaleSite { by: String, at: String }: Conflict = "stale_site",
        /// Its description is not right.
        SiteInvalid: Invalid = "site_invalid",
        /// No department of this code within reach.
        DepartmentUnknown: Invalid = "department_unknown",
        /// The change concerns other bookings than were seen.
        AffectedChanged { count: usize }: Conflict = "affected_changed",
        /// Those who have booked are told why.
        ReasonMissing: Invalid = "reason_missing",
        /// Too much is said.
        ReasonTooLong { max: usize }: Invalid = "reason_too_long",
        /// No such appointment, or none within reach.
        AppointmentNotFound: NotFound = "appointment_not_found",
        /// Somebody else has changed the appointment since it was read.
        StaleAppointment: Conflict = "stale_appointment",
        /// Either an item or the case whose result is collected.
        ErrandUnclear: Invalid = "errand_unclear",
        /// No visit can be booked for this item.
        NotBookable: NotFound = "not_bookable",
        /// No result of this case waits at a counter.
        NothingToCollect: NotFound = "nothing_to_collect",
        /// The counter does not take this.
        CounterAstray: Invalid = "counter_astray",
        /// There is no such slot.
        SlotUnknown: Conflict = "slot_unknown",
        /// It is too late for it, or too early.
        SlotClosed: Conflict = "slot_closed",
        /// All its places are taken.
        SlotFull: Conflict = "slot_full",
        /// There is a booking for the same on that day.
        BookedAlready: Conflict = "booked_already",
        /// Another booking of the same account is at the same time.
        BookedThen: Conflict = "booked_then",
        /// The account has as many visits to come as one may have.
        TooManyOpen { max: u32 }: Conflict = "too_many_open",
        /// Booking is closed to somebody who missed too many visits.
        BookingClosed { until: String }: Forbidden = "booking_closed",
        /// Nothing is known of who books.
        WhoUnknown: Conflict = "who_unknown",
        /// The appointment is too far for that.
        WrongState: Conflict = "wrong_state",
        /// It can no longer be changed.
        TooLate: Conflict = "too_late",
        /// The visit is on another day.
        NotToday: Conflict = "not_today",
        /// The place of a list is not one of ours.
        WrongCursor: Invalid = "wrong_cursor",
    }
}

/// Codes of single fields: they stand in `fields` of a problem.
pub mod field {
    macro_rules! codes {
        ($($(#[$doc:meta])* $name:ident = $code:literal;)*) => {
            $($(#[$doc])* pub const $name: &str = concat!("hall.field.", $code);)*
            /// Every code, so that a test can demand their texts.
            pub const CODES: &[&str] = &[$($name),*];
        };
    }

    codes! {
        /// Must be filled in.
        REQUIRED = "required";
        /// Too long.
        TOO_LONG = "too_long";
        /// Too many.
        TOO_MANY = "too_many";
        /// Out of range.
        RANGE = "range";
        /// Not seven days.
        WEEK = "week";
        /// No time from one to a later one.
        PERIOD = "period";
        /// The afternoon begins before the morning ends.
        OVERLAP = "overlap";
        /// It stands there twice.
        TWICE = "twice";
        /// No counter, or too many.
        COUNTERS = "counters";
        /// Not a key.
        KEY = "key";
        /// The counter takes in nothing.
        NOTHING_TAKEN = "nothing_taken";
    }
}
