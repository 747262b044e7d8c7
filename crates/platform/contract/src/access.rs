//! The one registry of permissions and roles. A handler names its permission in the type of its
//! context; a role grants permissions, each with a reach; the reach becomes the [`tb_kernel::Scope`] that
//! every query takes. A test walks route × role × relation over these tables.

mod deputy;
mod granted;
#[cfg(test)]
mod tests;

pub use deputy::{as_deputy, deputised_roles, given_by};
pub use granted::{granted, reach, scope_of};

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

macro_rules! permissions {
    ($($(#[$doc:meta])* $name:ident = $key:literal $(, $door:ident)?;)*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy, Debug)]
            pub struct $name;
            impl Permission for $name {
                const KEY: &'static str = $key;
                $(const DOOR: Door = Door::$door;)?
            }
        )*

        /// Every permission with its door.
        pub const PERMISSIONS: &[(&str, Door)] = &[$(($key, <$name as Permission>::DOOR)),*];
    };
}

permissions! {
    /// Sign in and out, see one's own session.
    SessionUse = "identity.session.use", Public;
    /// Change one's own password.
    PasswordChange = "identity.password.change", SignedIn;
    /// See one's own profile unmasked.
    ProfileRead = "identity.profile.read", SignedIn;
    /// Authorise somebody to act for oneself (委托授权), take on or end such an authorisation.
    ProxyKeep = "identity.proxy.keep";
    /// See staff accounts.
    AccountRead = "identity.account.read";
    /// Create, lock and change staff accounts.
    AccountWrite = "identity.account.write";
    /// Register kiosks (自助终端), give them new secrets, shut them off.
    KioskManage = "identity.kiosk.manage";
    /// Pair a browser as a kiosk, ask which kiosk this is, sign in there by an identity card.
    KioskUse = "identity.kiosk.use", Public;
    /// See the roles and what they grant.
    RoleRead = "identity.role.read";

    /// Find items and read guides.
    ItemBrowse = "catalogue.item.browse", Public;
    /// See items in every state, with their versions.
    ItemManage = "catalogue.item.manage";
    /// Change drafts of items.
    ItemWrite = "catalogue.item.write";
    /// Approve or return versions that somebody else has submitted.
    ItemReview = "catalogue.item.review";
    /// Withdraw items; publish and withdraw joint matters.
    ItemPublish = "catalogue.item.publish";
    /// Import items.
    ItemImport = "catalogue.item.import";
    /// Keep the base catalogue that items implement.
    BaseItemWrite = "catalogue.base_item.write";
    /// Keep the names and the order of codes.
    CodeTableWrite = "catalogue.code_table.write";
    /// Keep the words that count as the same in searches.
    SynonymWrite = "catalogue.synonym.write";
    /// Create and change departments.
    DepartmentWrite = "catalogue.department.write";
    /// See the calendar.
    CalendarRead = "catalogue.calendar.read", Public;
    /// Import years of the calendar.
    CalendarWrite = "catalogue.calendar.write";

    /// Make, fill in, submit, correct, withdraw one's own applications.
    ApplicationWrite = "intake.application.write";
    /// See one's own applications.
    ApplicationRead = "intake.application.read";
    /// Ask for the progress of a case by number and password.
    ProgressRead = "intake.progress.read", Public;
    /// Read messages to oneself.
    MessageRead = "intake.message.read", SignedIn;
    /// See the drafts of one's counter (窗口收件), and what it has taken in.
    CounterRead = "intake.counter.read";
    /// Take in applications at the counter for whoever stands there. With the reach of a department
    /// its own items, with that of a region those that the comprehensive counter (综窗) takes in for
    /// all departments.
    CounterWrite = "intake.counter.write";

    /// Call somebody of the hall to a kiosk (呼叫人工).
    CallMake = "intake.call.make", Public;
    /// See the calls from the kiosks that one's office looks after, and take them.
    CallTake = "intake.call.take";

    /// See cases.
    CaseRead = "approval.case.read";
    /// See personal data of a case unmasked.
    CaseUnmask = "approval.case.unmask";
    /// Receive, accept, refuse, request corrections.
    CaseAccept = "approval.case.accept";
    /// Do an examination step; the step's post is checked besides.
    CaseExamine = "approval.case.examine";
    /// Decide; but for instant items the rule wants a head besides.
    CaseDecide = "approval.case.decide";
    /// Special procedures, extension, suspension, termination, report up; the rule wants a head for
    /// most of them.
    CaseDivert = "approval.case.divert";
    /// Close and deliver.
    CaseClose = "approval.case.close";
    /// Hand cases over to a colleague, and see who handles how many.
    CaseHandOver = "approval.case.hand_over";
    /// Give one command to many cases; each case asks for the permission of the command besides.
    CaseBatch = "approval.case.batch";
    /// Take cases out of the house as exchange records, unmasked; a reason goes into the audit trail.
    CaseExport = "approval.case.export";
    /// See which closed cases are to be archived, the hand-over lists and the rules of retention.
    ArchiveRead = "approval.archive.read";
    /// Make hand-over lists of closed cases (归档移交) and hand them over.
    ArchiveHandOver = "approval.archive.hand_over";
    /// Receive what somebody else handed over, or send it back.
    ArchiveReceive = "approval.archive.receive";
    /// Keep fonds, pattern of archive numbers and rules of retention.
    ArchiveSetUp = "approval.archive.set_up";
    /// Take packages out of the archive, unmasked; a reason goes into the audit trail.
    ArchiveTake = "approval.archive.take";
    /// Read notes that the office keeps about a case, and who works there.
    NoteRead = "approval.note.read";
    /// Write such notes.
    NoteWrite = "approval.note.write";
    /// Keep views of the list of cases, and see those that colleagues share.
    ViewKeep = "approval.view.keep";
    /// Read what applicant and office wrote to each other about a case; the read is recorded.
    LetterRead = "approval.letter.read";
    /// Write to the applicant of a case, or note that nothing needs an answer.
    LetterWrite = "approval.letter.write";
    /// Ask other departments for their opinions about a case.
    OpinionAsk = "approval.opinion.ask";
    /// See what one's department is asked about others' cases, and answer.
    OpinionAnswer = "approval.opinion.answer";
    /// Read the fees of a case, and what was asked about them.
    FeeRead = "approval.fee.read";
    /// Issue notices of payment, propose what is asked for, cancel.
    FeeHandle = "approval.fee.handle";
    /// Answer as the second person what was proposed: reductions, exemptions, refunds.
    FeeApprove = "approval.fee.approve";
    /// Tell of payments: the payment platform, by its signature.
    PaymentNotify = "approval.payment.notify", Public;
    /// Pay at the simulated payment platform (模拟缴费平台).
    PaymentSimulate = "approval.payment.simulate", Public;
    /// Name a deputy for the time when one is away; with the reach of a department, for a colleague too.
    DelegationKeep = "identity.delegation.keep";
    /// Hand papers and results over between a counter and the offices that it works for (材料交接), and
    /// receive them.
    RelayUse = "approval.relay.use";
    /// Hand results out that lie at one's counter (统一窗口出件).
    ShelfUse = "approval.shelf.use";
    /// Put labels on cases and take them off.
    LabelUse = "approval.label.use";
    /// Make, change and remove the labels of one's department.
    LabelWrite = "approval.label.write";
    /// Answer an applicant's withdrawal.
    WithdrawalAnswer = "approval.withdrawal.answer";

    /// Ask whether a licence is genuine and valid.
    LicenceVerify = "licence.licence.verify", Public;
    /// See orders of supervision.
    SupervisionRead = "approval.supervision.read";
    /// Urge a case, or order a reply about it.
    SupervisionIssue = "approval.supervision.issue";
    /// Answer an order; the rule wants the post that it is addressed to.
    SupervisionReply = "approval.supervision.reply";

    /// See and show one's own licences.
    LicenceOwn = "licence.licence.own";
    /// Find licences by number, name or id, and open them.
    LicenceRead = "licence.licence.read";
    /// Propose to revoke, deregister, replace or change a licence.
    LicencePropose = "licence.change.propose";
    /// Decide on such a proposal; the rule wants a second person.
    LicenceDecide = "licence.change.decide";
    /// See and change the types of licences.
    LicenceTypeWrite = "licence.type.write";
    /// See what becomes of one's own poor rating, and answer the call-back.
    RectificationFollow = "interaction.rectification.follow", SignedIn;
    /// See rectification tasks of poor ratings.
    RectificationRead = "interaction.rectification.read";
    /// Get in touch, record findings and measures, ask that a rating does not count.
    RectificationHandle = "interaction.rectification.handle";
    /// Call back whether somebody is satisfied now; the rule wants another person than the handler.
    RectificationCallBack = "interaction.rectification.call_back";
    /// Decide whether a rating counts; the rule wants another organisation than the one rated.
    AppealDecide = "interaction.appeal.decide";
    /// Read the words of ratings before they are shown to the public.
    WordsReview = "interaction.words.review";
    /// Hand out a one-time link by which a case can be rated.
    RatingInvite = "interaction.rating.invite";
    /// Rate by a one-time link.
    RatingByLink = "interaction.rating.by_link", Public;
    /// See the published rates and words.
    RatesRead = "interaction.rates.read", Public;

    /// See the exchange: what the centre took in and handed on.
    ChannelRead = "governance.channel.read";
    /// See the event log: lag, retries, dead letters.
    EventLogRead = "governance.event_log.read";
    /// Replay or discard dead letters.
    EventLogWrite = "governance.event_log.write";
    /// Read the audit trail.
    AuditRead = "governance.audit.read";

    /// See what is published of cases, permits and figures, and take open data.
    PublicityRead = "insight.publicity.read", Public;
    /// See the board.
    BoardRead = "insight.board.read", Public;
    /// See statistics by department, item and period.
    StatisticsRead = "insight.statistics.read";
    /// Withdraw and correct published permits.
    PermitCorrect = "insight.permit.correct";
    /// Say which items are not published, see how the figures compare with the cases.
    PublicityManage = "insight.publicity.manage";

    /// See where and when a visit can be booked.
    SlotBrowse = "hall.slot.browse", Public;
    /// Book visits, change and cancel them, see one's own.
    AppointmentOwn = "hall.appointment.own";
    /// See who has booked, confirm, decline, move, check in.
    AppointmentHandle = "hall.appointment.handle";
    /// Keep service places with their hours and counters.
    SiteWrite = "hall.site.write";

    /// See endpoints of other systems and what was sent to them.
    EndpointRead = "apps.endpoint.read";
    /// Register, change and test endpoints, send messages again.
    EndpointWrite = "apps.endpoint.write";
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
            (WordsReview::KEY, Reach::Region),
            (StatisticsRead::KEY, Reach::Region),
            (PermitCorrect::KEY, Reach::Region),
            (AppointmentHandle::KEY, Reach::Region),
            (SiteWrite::KEY, Reach::Region),
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
        ],
    },
];

/// A role by its key.
pub fn role(key: &str) -> Option<&'static Role> {
    ROLES.iter().find(|role| role.key == key)
}
