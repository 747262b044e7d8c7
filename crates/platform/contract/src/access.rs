//! The one registry of permissions and roles. A handler names its permission in the type of its
//! context; a role grants permissions, each with a reach; the reach becomes the [`tb_kernel::Scope`] that
//! every query takes. A test walks route × role × relation over these tables.

mod deputy;
mod granted;
mod permissions;
#[cfg(test)]
mod tests;

pub use deputy::{as_deputy, deputised_roles, given_by};
pub use granted::{granted, reach, scope_of};
pub use permissions::*;

/// A permission, as a type that a handler's context names.
pub trait Permission: Send + Sync + 'static {
    /// `<domain>.<noun>.<verb>`.
    const KEY: &'static str;
    /// What the caller needs to be before roles are looked at.
    const DOOR: Door = Door::Role;
}

/// Who may pass before roles are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    /// Anybody, signed in or not.
    Public,
    /// Anybody who is signed in; rows are his own.
    SignedIn,
    /// Whoever holds a role that grants it.
    Role,
}

/// How far a grant reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// His own rows.
    Own,
    /// Rows of his department.
    Department,
    /// Rows of his region and what lies in it.
    Region,
    /// All rows.
    All,
}

/// A role: what whoever holds it may do, and how far.
#[derive(Clone, Copy, Debug)]
pub struct Role {
    /// Key.
    pub key: &'static str,
    /// Whether it is given to staff (else to citizens and agents at registration).
    pub staff: bool,
    /// Permissions with their reach.
    pub grants: &'static [(&'static str, Reach)],
}

/// The roles.
pub const ROLES: &[Role] = &[
    Role {
        key: "citizen",
        staff: false,
        grants: &[
            (ApplicationWrite::KEY, Reach::Own),
            (ApplicationRead::KEY, Reach::Own),
            (LicenceOwn::KEY, Reach::Own),
            (AppointmentOwn::KEY, Reach::Own),
            (ProxyKeep::KEY, Reach::Own),
            (AppraisalGive::KEY, Reach::Own),
        ],
    },
    Role {
        key: "enterprise_agent",
        staff: false,
        grants: &[
            (ApplicationWrite::KEY, Reach::Own),
            (ApplicationRead::KEY, Reach::Own),
            (LicenceOwn::KEY, Reach::Own),
            (AppointmentOwn::KEY, Reach::Own),
            (AppraisalGive::KEY, Reach::Own),
        ],
    },
    Role {
        key: "clerk",
        staff: true,
        grants: &[
            (CallTake::KEY, Reach::Department),
            (CounterRead::KEY, Reach::Department),
            (CounterWrite::KEY, Reach::Department),
            (CaseRead::KEY, Reach::Department),
            (CaseUnmask::KEY, Reach::Department),
            (CaseAccept::KEY, Reach::Department),
            (CaseExamine::KEY, Reach::Department),
            (CaseDecide::KEY, Reach::Department),
            (CaseDivert::KEY, Reach::Department),
            (CaseClose::KEY, Reach::Department),
            (CaseBatch::KEY, Reach::Department),
            (ArchiveRead::KEY, Reach::Department),
            (ArchiveHandOver::KEY, Reach::Department),
            (WithdrawalAnswer::KEY, Reach::Department),
            (NoteRead::KEY, Reach::Department),
            (DelegationKeep::KEY, Reach::Own),
            (ViewKeep::KEY, Reach::Own),
            (NoteWrite::KEY, Reach::Department),
            (FeeRead::KEY, Reach::Department),
            (FeeHandle::KEY, Reach::Department),
            (LetterRead::KEY, Reach::Department),
            (LetterWrite::KEY, Reach::Department),
            (OpinionAsk::KEY, Reach::Department),
            (OpinionAnswer::KEY, Reach::Department),
            (RelayUse::KEY, Reach::Department),
            (LabelUse::KEY, Reach::Department),
            (SupervisionRead::KEY, Reach::Department),
            (SupervisionReply::KEY, Reach::Department),
            (LicenceRead::KEY, Reach::Department),
            (LicencePropose::KEY, Reach::Department),
            (RectificationRead::KEY, Reach::Department),
            (RectificationHandle::KEY, Reach::Department),
            (RectificationCallBack::KEY, Reach::Department),
            (RatingInvite::KEY, Reach::Department),
            (AppointmentHandle::KEY, Reach::Department),
            (PenaltyRead::KEY, Reach::Department),
            (PenaltyWrite::KEY, Reach::Department),
        ],
    },
    Role {
        key: "counter_clerk",
        staff: true,
        grants: &[
            (CallTake::KEY, Reach::Department),
            (CounterRead::KEY, Reach::Department),
            (CounterWrite::KEY, Reach::Region),
            (RelayUse::KEY, Reach::Department),
            (ShelfUse::KEY, Reach::Department),
            (AppointmentHandle::KEY, Reach::Department),
        ],
    },
    Role {
        key: "assistant",
        staff: true,
        grants: &[
            (AssistDesk::KEY, Reach::Region),
            (AssistFill::KEY, Reach::Own),
        ],
    },
    Role {
        key: "head",
        staff: true,
        grants: &[
            (CaseRead::KEY, Reach::Department),
            (CaseUnmask::KEY, Reach::Department),
            (CaseAccept::KEY, Reach::Department),
            (CaseExamine::KEY, Reach::Department),
            (CaseDecide::KEY, Reach::Department),
            (CaseDivert::KEY, Reach::Department),
            (CaseClose::KEY, Reach::Department),
            (CaseBatch::KEY, Reach::Department),
            (CaseHandOver::KEY, Reach::Department),
            (CaseExport::KEY, Reach::Department),
            (ArchiveRead::KEY, Reach::Department),
            (ArchiveHandOver::KEY, Reach::Department),
            (ArchiveTake::KEY, Reach::Department),
            (WithdrawalAnswer::KEY, Reach::Department),
            (NoteRead::KEY, Reach::Department),
            (DelegationKeep::KEY, Reach::Department),
            (ViewKeep::KEY, Reach::Own),
            (NoteWrite::KEY, Reach::Department),
            (FeeRead::KEY, Reach::Department),
            (FeeHandle::KEY, Reach::Department),
            (FeeApprove::KEY, Reach::Department),
            (LetterRead::KEY, Reach::Department),
            (LetterWrite::KEY, Reach::Department),
            (OpinionAsk::KEY, Reach::Department),
            (OpinionAnswer::KEY, Reach::Department),
            (RelayUse::KEY, Reach::Department),
            (LabelUse::KEY, Reach::Department),
            (LabelWrite::KEY, Reach::Department),
            (SupervisionRead::KEY, Reach::Department),
            (SupervisionIssue::KEY, Reach::Department),
            (SupervisionReply::KEY, Reach::Department),
            (LicenceRead::KEY, Reach::Department),
            (LicencePropose::KEY, Reach::Department),
            (LicenceDecide::KEY, Reach::Department),
            (RectificationRead::KEY, Reach::Department),
            (RectificationHandle::KEY, Reach::Department),
            (RectificationCallBack::KEY, Reach::Department),
            (RatingInvite::KEY, Reach::Department),
            (AppointmentHandle::KEY, Reach::Department),
            (ItemManage::KEY, Reach::Department),
            (StatisticsRead::KEY, Reach::Department),
            (PermitCorrect::KEY, Reach::Department),
            (PenaltyRead::KEY, Reach::Department),
            (PenaltyWrite::KEY, Reach::Department),
            (PenaltyCheck::KEY, Reach::Department),
        ],
    },
    Role {
        key: "archivist",
        staff: true,
        grants: &[
            (CaseRead::KEY, Reach::Department),
            (ViewKeep::KEY, Reach::Own),
            (ArchiveRead::KEY, Reach::Department),
            (ArchiveReceive::KEY, Reach::Department),
            (ArchiveSetUp::KEY, Reach::Department),
            (ArchiveTake::KEY, Reach::Department),
        ],
    },
    Role {
        key: "leader",
        staff: true,
        grants: &[
            (CaseRead::KEY, Reach::Department),
            (FeeRead::KEY, Reach::Department),
            (LetterRead::KEY, Reach::Department),
            (NoteRead::KEY, Reach::Department),
            (DelegationKeep::KEY, Reach::Department),
            (ViewKeep::KEY, Reach::Own),
            (SupervisionRead::KEY, Reach::Department),
            (SupervisionIssue::KEY, Reach::Department),
            (SupervisionReply::KEY, Reach::Department),
        ],
    },
    Role {
        key: "centre_operator",
        staff: true,
        grants: &[
            (ChannelRead::KEY, Reach::Region),
            (CaseRead::KEY, Reach::Region),
            (ViewKeep::KEY, Reach::Own),
            (SupervisionRead::KEY, Reach::Region),
            (SupervisionIssue::KEY, Reach::Region),
            (SupervisionReply::KEY, Reach::Region),
            (ItemManage::KEY, Reach::Region),
            (ItemReview::KEY, Reach::Region),
            (RectificationRead::KEY, Reach::Region),
            (RectificationCallBack::KEY, Reach::Region),
            (AppealDecide::KEY, Reach::Region),
            (HotlineRate::KEY, Reach::Region),
            (WordsReview::KEY, Reach::Region),
            (StatisticsRead::KEY, Reach::Region),
            (PermitCorrect::KEY, Reach::Region),
            (AppointmentHandle::KEY, Reach::Region),
            (SiteWrite::KEY, Reach::Region),
            (PenaltyRead::KEY, Reach::Region),
        ],
    },
    Role {
        key: "administrator",
        staff: true,
        grants: &[
            (AccountRead::KEY, Reach::All),
            (AccountWrite::KEY, Reach::All),
            (KioskManage::KEY, Reach::All),
            (RoleRead::KEY, Reach::All),
            (ItemManage::KEY, Reach::All),
            (ItemWrite::KEY, Reach::All),
            (ItemReview::KEY, Reach::All),
            (ItemPublish::KEY, Reach::All),
            (ItemImport::KEY, Reach::All),
            (BaseItemWrite::KEY, Reach::All),
            (CodeTableWrite::KEY, Reach::All),
            (SynonymWrite::KEY, Reach::All),
            (DepartmentWrite::KEY, Reach::All),
            (CalendarWrite::KEY, Reach::All),
            (LicenceTypeWrite::KEY, Reach::All),
            (LicenceRead::KEY, Reach::All),
            (ChannelRead::KEY, Reach::All),
            (EventLogRead::KEY, Reach::All),
            (EventLogWrite::KEY, Reach::All),
            (AuditRead::KEY, Reach::All),
            (StatisticsRead::KEY, Reach::All),
            (PublicityManage::KEY, Reach::All),
            (SiteWrite::KEY, Reach::All),
            (EndpointRead::KEY, Reach::All),
            (EndpointWrite::KEY, Reach::All),
            (SmsRead::KEY, Reach::All),
            (SmsSimulate::KEY, Reach::All),
        ],
    },
];

/// A role by its key.
pub fn role(key: &str) -> Option<&'static Role> {
    ROLES.iter().find(|role| role.key == key)
}
