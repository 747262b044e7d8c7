//! The words that every part of Tongban shares: ids, time, paging, who acts, what he may see,
//! regions, identity numbers, money, events as they travel, and errors with stable codes.
//! Pure: no I/O, no clock of its own, no randomness of its own.

pub mod actor;
pub mod clock;
pub mod event;
pub mod fault;
pub mod id;
pub mod identity_number;
pub mod locale;
pub mod money;
pub mod office_time;
pub mod page;
pub mod region;
pub mod scope;
pub mod share;

pub use actor::{
    AccountKind, Actor, DepartmentRef, Deputised, EnterpriseRef, KioskRef, Represented,
};
pub use clock::{Clock, Entropy, FixedClock};
pub use event::Event;
pub use fault::{ErrorKind, Fault, FieldFault};
pub use id::{
    AccountId, ApplicationId, CaseId, DepartmentId, ItemId, MaterialId, RectificationId, RequestId,
};
pub use locale::Locale;
pub use money::Fen;
pub use page::{Page, PageRequest};
pub use region::Region;
pub use scope::Scope;
pub use share::per_mille;
