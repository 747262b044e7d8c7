//! Official papers as PDF: typed data in, the same bytes out every time.
//!
//! The engine touches nothing outside: fonts come in as bytes, templates are
//! built in, and neither clock, files nor network are within its reach. What a
//! person wrote reaches the typesetter as data and is never read as markup.

mod archive_list;
mod batch_receipt;
mod clean;
mod commitment;
mod delivery;
mod error;
mod fee;
mod hearing;
mod joint;
mod licence;
mod paper;
mod relay_list;
#[cfg(test)]
mod tests;
mod typeroom;
mod typesetter;
mod world;

pub use archive_list::{ArchiveList, ArchiveRow, SignedBy};
pub use batch_receipt::{BatchReceipt, BatchReceiptRow};
pub use commitment::{CommitmentLetter, RevocationDecision, RevocationNotice};
pub use delivery::{CollectorLines, DeliveryReceipt};
pub use error::TypesetError;
pub use fee::{ChargedLine, PaymentNotice};
pub use hearing::{HearingNotice, HearingRight};
pub use joint::{
    ItemAcceptance, ItemBeside, ItemCorrection, JointAcceptance, JointCorrection, SharedPart,
};
pub use licence::{FaceLine, Licence, SheetWay};
pub use paper::{
    AcceptanceNotice, Addressee, AddresseeKind, Case, CorrectionNotice, Decision, Defect,
    DeferralPromise, DeferredMaterial, Due, Enquiry, ExtensionNotice, MaterialForm,
    MaterialReceipt, Matter, Paper, ReceivedMaterial, RefusalKind, RefusalNotice, Remedy, Ruling,
    SpecialProcedureNotice, SuspensionNotice, Template, Term, TermUnit, TerminationNotice,
    Validity,
};
pub use relay_list::{RelayList, RelayRow};
pub use typeroom::Typeroom;
pub use typesetter::Typesetter;
