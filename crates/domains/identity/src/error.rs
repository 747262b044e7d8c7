//! What identity refuses, each with a stable code; the texts are in `locales/`.

use tb_kernel::{Fault, FieldFault, fault_codes};

fault_codes! {
    /// Errors of identity. The variants after `StaleVersion` stand beside single fields.
    pub enum Error in "identity" {
        /// Unknown account or wrong password: never told apart.
        WrongCredentials: Unauthenticated = "wrong_credentials",
        /// Nobody is signed in. The door is open to everybody, so this is no refusal of the guard.
        NoSession: Unauthenticated = "no_session",
        /// Too many wrong passwords under this login name.
        Locked { seconds: i64 }: Limited = "locked",
        /// An administrator has locked the account; told only to who knows the password.
        AccountLocked: Forbidden = "account_locked",
        /// No such account within reach.
        AccountNotFound: NotFound = "account_not_found",
        /// The login name is in use.
        AccountTaken: Conflict = "account_taken",
        /// An entry of an account is wrong.
        InvalidAccount: Invalid = "invalid_account",
        /// The password is not good enough, or the present one is wrong.
        InvalidPassword: Invalid = "invalid_password",
        /// Only staff accounts are changed here.
        NotStaff: Invalid = "not_staff",
        /// An administrator cannot lock himself out.
        OwnAccount: Invalid = "own_account",
        /// The account has been changed by somebody else.
        StaleVersion { by: String, at: String }: Conflict = "stale_version",
        /// The days begin in the past.
        DelegationInThePast: Invalid = "delegation_in_the_past",
        /// The last day comes before the first.
        DelegationEndsBefore: Invalid = "delegation_ends_before",
        /// It begins too far ahead.
        DelegationTooFar { days: u64 }: Invalid = "delegation_too_far",
        /// It lasts too long.
        DelegationTooLong { days: u64 }: Invalid = "delegation_too_long",
        /// Why is not said.
        DelegationReasonMissing: Invalid = "delegation_reason_missing",
        /// The reason is too long.
        DelegationReasonLong { max: usize }: Invalid = "delegation_reason_long",
        /// Nobody is his own deputy.
        DeputyOfOneself: Invalid = "deputy_of_oneself",
        /// Whoever arranges it for a colleague cannot be the deputy.
        DeputyIsArranger: Invalid = "deputy_is_arranger",
        /// One of the two does not work in the caller's office, or may not sign in.
        DeputyElsewhere: Invalid = "deputy_elsewhere",
        /// One of the two holds no post that handles cases.
        NoPostToHold { name: String }: Invalid = "no_post_to_hold",
        /// The caller names deputies for himself alone.
        DelegationNotYours: Forbidden = "delegation_not_yours",
        /// Somebody is deputy on some of these days already.
        DelegationOverlaps { deputy: String, from: String, until: String }: Conflict = "delegation_overlaps",
        /// The two would be deputies of each other.
        DelegationCircular { deputy: String, from: String, until: String }: Conflict = "delegation_circular",
        /// The deputy is away himself.
        DeputyAway { deputy: String, from: String, until: String }: Conflict = "deputy_away",
        /// Who is to be away is himself a deputy on some of these days.
        DelegationPassedOn { absent: String, from: String, until: String }: Conflict = "delegation_passed_on",
        /// The deputy holds the posts of enough others.
        DeputyHoldsMany { max: usize }: Conflict = "deputy_holds_many",
        /// No such delegation within reach.
        DelegationNotFound: NotFound = "delegation_not_found",
        /// It is over.
        DelegationOver: Conflict = "delegation_over",
        /// A deputy does not lay it down himself.
        DeputyEndsNot: Forbidden = "deputy_ends_not",
        /// It was changed meanwhile.
        DelegationMoved: Conflict = "delegation_moved",
        /// Not where a page ended.
        DelegationCursor: Invalid = "delegation_cursor",

        /// An entry of an authorisation is wrong.
        InvalidProxy: Invalid = "invalid_proxy",
        /// The caller's own account has no citizen id.
        ProxyNeedsNumber: Conflict = "proxy_needs_number",
        /// One principal has offered enough in a day.
        ProxiesTooMany { max: u64 }: Limited = "proxies_too_many",
        /// One proxy has taken on enough.
        ProxiesHeld { max: u64 }: Conflict = "proxies_held",
        /// No such authorisation of the caller's.
        ProxyNotFound: NotFound = "proxy_not_found",
        /// It is over.
        ProxyOver: Conflict = "proxy_over",
        /// It was changed meanwhile.
        ProxyMoved: Conflict = "proxy_moved",
        /// Not where a page ended.
        ProxyCursor: Invalid = "proxy_cursor",

        /// Not the browser of a kiosk, or one that was shut off.
        NotAtKiosk: Forbidden = "not_at_kiosk",
        /// Kiosks are for citizens and enterprises.
        KioskForCitizens: Forbidden = "kiosk_for_citizens",
        /// An entry of a kiosk is wrong.
        InvalidKiosk: Invalid = "invalid_kiosk",
        /// No such kiosk within reach.
        KioskNotFound: NotFound = "kiosk_not_found",
        /// It was changed meanwhile.
        KioskMoved: Conflict = "kiosk_moved",
        /// It was shut off.
        KioskShut: Forbidden = "kiosk_shut",
        /// Not where a page ended.
        KioskCursor: Invalid = "kiosk_cursor",
        /// Not signed by the reader of this kiosk.
        CardForged: Forbidden = "card_forged",
        /// Read too long ago, or used already.
        CardStale: Conflict = "card_stale",
        /// Name or number of a card cannot be such.
        CardUnreadable: Invalid = "card_unreadable",
        /// Nobody of this number has an account.
        CardWithoutAccount: Conflict = "card_without_account",
        /// The account of this number bears another name.
        CardNameDiffers: Conflict = "card_name_differs",
        /// The settings allow no pretended reader.
        NoSimulatedReader: Forbidden = "no_simulated_reader",
        /// Name or place of a kiosk is missing or too long.
        KioskText { max: usize }: Invalid = "kiosk_text",
        /// No such division.
        KioskRegion: Invalid = "kiosk_region",
        /// No kiosk has this secret.
        KioskSecretWrong: Invalid = "kiosk_secret_wrong",
        /// Another browser was paired by this secret.
        KioskSecretUsed: Invalid = "kiosk_secret_used",

        /// Nobody authorises himself.
        ProxyOfOneself: Invalid = "proxy_of_oneself",
        /// It begins in the past.
        ProxyInThePast: Invalid = "proxy_in_the_past",
        /// It begins too far ahead.
        ProxyTooFar { days: u64 }: Invalid = "proxy_too_far",
        /// The last day comes before the first.
        ProxyEndsBefore: Invalid = "proxy_ends_before",
        /// It lasts longer than a year.
        ProxyTooLong: Invalid = "proxy_too_long",
        /// Too many matters, or none that is one.
        ProxyItems { max: usize }: Invalid = "proxy_items",
        /// A login name has 3 to 32 of `a-z 0-9 . _ -` and begins with a letter.
        LoginMalformed: Invalid = "login_malformed",
        /// A name is missing or too long.
        NameMalformed: Invalid = "name_malformed",
        /// Not a telephone number.
        PhoneMalformed: Invalid = "phone_malformed",
        /// Staff needs a role.
        RolesMissing: Invalid = "roles_missing",
        /// Not a role for staff.
        RoleUnknown { role: String }: Invalid = "role_unknown",
        /// The role works on a department's rows.
        RoleNeedsDepartment { role: String }: Invalid = "role_needs_department",
        /// The role works on a region's rows.
        RoleNeedsRegion { role: String }: Invalid = "role_needs_region",
        /// No such department.
        DepartmentUnknown: Invalid = "department_unknown",
        /// Too short.
        PasswordShort { min: usize }: Invalid = "password_short",
        /// Too long.
        PasswordLong { max: usize }: Invalid = "password_long",
        /// The login name, or made of it.
        PasswordIsAccount: Invalid = "password_is_account",
        /// Among those that are tried first.
        PasswordCommon: Invalid = "password_common",
        /// The same as before.
        PasswordUnchanged: Invalid = "password_unchanged",
        /// The present password is wrong.
        PasswordWrong: Invalid = "password_wrong",
    }
}

impl Error {
    /// This error beside the field at `path` (JSON Pointer).
    pub(crate) fn at(self, path: &str) -> FieldFault {
        let fault = Fault::from(self);
        FieldFault {
            path: path.to_owned(),
            code: fault.code.to_owned(),
            args: fault.args,
            message: String::new(),
        }
    }

    /// This error with the fields that it is about; none: all is well.
    pub(crate) fn unless_empty(self, fields: Vec<FieldFault>) -> Result<(), Fault> {
        if fields.is_empty() {
            Ok(())
        } else {
            Err(self.with(fields))
        }
    }

    /// This error with the fields that it is about.
    pub(crate) fn with(self, fields: Vec<FieldFault>) -> Fault {
        let mut fault = Fault::from(self);
        fault.fields = fields;
        fault
    }
}
