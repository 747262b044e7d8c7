//! Errors of the centre.

tb_kernel::fault_codes! {
    /// An error of the centre.
    pub enum Error in "governance" {
        /// No such dead letter.
        DeadLetterNotFound: NotFound = "dead_letter_not_found",
        /// A replay names nothing, or names it wrongly.
        BadSelection: Invalid = "bad_selection",
    }
}
