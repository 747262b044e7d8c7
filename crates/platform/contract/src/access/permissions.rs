//! The permissions: a type each, its key, its door, and what it lets one do.

use super::{Door, Permission};

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
    /// See who asks for help (帮办代办) in one's division, take it on, get in touch, close it.
    AssistDesk = "intake.assist.desk";
    /// Look into and fill in drafts that applicants have let one into; never hand in or sign.
    AssistFill = "intake.assist.fill";

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
    /// Say which short messages one wishes.
    SmsWish = "interaction.sms.wish", SignedIn;
    /// Tell what became of short messages, and what was replied: the operator, by its signature.
    SmsNotify = "interaction.sms.notify", Public;
    /// See which short messages went out, and what became of them.
    SmsRead = "interaction.sms.read";
    /// Reply as a phone of the simulated operator (模拟短信运营商).
    SmsSimulate = "interaction.sms.simulate";
    /// Take ratings that are given by phone; the rule keeps out the staff of the office rated.
    HotlineRate = "interaction.hotline.rate";
    /// Say what one thinks of an office as a whole (综合点评).
    AppraisalGive = "interaction.appraisal.give";
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
    /// See the register of penalties in every state.
    PenaltyRead = "insight.penalty.read";
    /// Enter, import and correct penalties (行政处罚) of one's office.
    PenaltyWrite = "insight.penalty.write";
    /// Check as the second person what was entered: publish, return, withdraw, end by repair.
    PenaltyCheck = "insight.penalty.check";
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
