//! What can go wrong, by stable codes; the texts lie in `locales/`.

tb_kernel::fault_codes! {
    /// An error of the domain.
    pub enum Error in "apps" {
        /// No such endpoint.
        EndpointNotFound: NotFound = "endpoint_not_found",
        /// No such delivery.
        DeliveryNotFound: NotFound = "delivery_not_found",
        /// Somebody else has changed the endpoint since it was read.
        StaleVersion: Conflict = "stale_version",
        /// The endpoint's data is not right.
        EndpointInvalid: Invalid = "endpoint_invalid",
        /// The endpoint is switched off.
        EndpointOff: Conflict = "endpoint_off",
        /// It is on its way and cannot be sent again now.
        StillWaiting: Conflict = "still_waiting",
        /// The span of time is none, or too long.
        BadSpan: Invalid = "bad_span",
    }
}

/// Codes of single fields.
pub mod field {
    /// Must be filled in, within its length.
    pub const LENGTH: &str = "apps.field.length";
    /// Not an https address.
    pub const ADDRESS: &str = "apps.field.address";
    /// An address within the house that is not allowed.
    pub const PRIVATE: &str = "apps.field.private";
    /// Not a kind of event.
    pub const KIND: &str = "apps.field.kind";
    /// Too many.
    pub const TOO_MANY: &str = "apps.field.too_many";
}
