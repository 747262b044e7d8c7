//! Bodies and queries of requests.

use chrono::NaiveDate;
use serde::Deserialize;
use tb_contract::item::ProcedureKind;
use utoipa::{IntoParams, ToSchema};

use crate::model::event::Listed;
use crate::model::state::{RefusalKind, Ruling, StepOutcome, SuspensionGround, TerminationGround};

/// `receive`, `accept`, `close`.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct VersionOnly {
    /// Version of the case that the caller has seen.
    pub version: i64,
}

/// `request-correction`, `return-for-review`: the one complete list.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct ListDefects {
    /// Version of the case that the caller has seen.
    pub version: i64,
    /// JSON Pointers into the form's answers.
    #[serde(default)]
    pub fields: Vec<String>,
    /// Requirement ids of materials.
    #[serde(default)]
    pub materials: Vec<String>,
    /// Words for the applicant.
    #[serde(default)]
    pub reason: String,
}

impl ListDefects {
    /// Version, list without doubles, reason.
    pub(crate) fn split(self) -> (i64, Listed, String) {
        let once = |mut list: Vec<String>| {
            let mut seen = std::collections::BTreeSet::new();
            list.retain(|one| seen.insert(one.clone()));
            list
        };
        (
            self.version,
            Listed {
                fields: once(self.fields),
                materials: once(self.materials),
            },
            self.reason,
        )
    }
}

/// `refuse`
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct RefuseCase {
    /// Version of the case that the caller has seen.
    pub version: i64,
    /// Why: no permit is needed, or not within our powers.
    pub kind: RefusalKind,
    /// Statutory reason.
    pub reason: String,
}

/// `step`
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct StepCase {
    /// Version of the case that the caller has seen.
    pub version: i64,
    /// On, or back.
    pub outcome: StepOutcome,
    /// Opinion, for the office only.
    #[serde(default)]
    pub opinion: String,
}

/// `decide`
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct DecideCase {
    /// Version of the case that the caller has seen.
    pub version: i64,
    /// The decision.
    pub result: Ruling,
    /// Reason; a denial needs one.
    #[serde(default)]
    pub reason: String,
}

/// `start-special-procedure`
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct StartSpecialProcedure {
    /// Version of the case that the caller has seen.
    pub version: i64,
    /// Kind: one that the item lists.
    pub procedure: ProcedureKind,
    /// The day by which it is planned to end.
    pub planned_end: NaiveDate,
    /// Why it is needed; the applicant reads it.
    pub reason: String,
}

/// `end-special-procedure`
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct EndSpecialProcedure {
    /// Version of the case that the caller has seen.
    pub version: i64,
    /// What it found; the applicant reads it.
    pub finding: String,
}

/// `extend`
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct ExtendCase {
    /// Version of the case that the caller has seen.
    pub version: i64,
    /// By how much, in the unit of the legal term.
    pub days: u32,
    /// Why; the applicant reads it.
    pub reason: String,
}

/// `suspend`
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct SuspendCase {
    /// Version of the case that the caller has seen.
    pub version: i64,
    /// Ground.
    pub ground: SuspensionGround,
    /// The provision that it rests on.
    pub basis: String,
    /// Facts; the applicant reads them.
    pub reason: String,
}

/// `resume`
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct ResumeCase {
    /// Version of the case that the caller has seen.
    pub version: i64,
    /// What has become of the ground; the applicant reads it.
    pub reason: String,
}

/// `terminate`
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct TerminateCase {
    /// Version of the case that the caller has seen.
    pub version: i64,
    /// Ground.
    pub ground: TerminationGround,
    /// Facts; the applicant reads them.
    pub reason: String,
}

/// `verify-originals`
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct VerifyOriginals {
    /// Version of the case that the caller has seen.
    pub version: i64,
    /// Requirement ids of the originals that were compared; all that are wanted.
    pub materials: Vec<String>,
    /// Remark; the applicant reads it.
    #[serde(default)]
    pub note: String,
}

/// `propose-void`, `void`, `reject-void`
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct ReasonOnly {
    /// Version of the case that the caller has seen.
    pub version: i64,
    /// Why. Of a case that is made void the applicant reads it; else it is for the office only.
    pub reason: String,
}

/// `report-up`, `transfer`
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct PassOnCase {
    /// Version of the case that the caller has seen.
    pub version: i64,
    /// Full name of the organ that goes on with it.
    pub organ: String,
    /// Why; the applicant reads it.
    pub reason: String,
}

/// `handle-externally`
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct HandleExternally {
    /// Version of the case that the caller has seen.
    pub version: i64,
    /// Whose system it is: 国家药品监督管理局政务服务平台.
    pub organ: String,
    /// The number that the case has there.
    pub number: String,
    /// What is said of it; the applicant reads it.
    pub reason: String,
}

/// `answer-withdrawal`
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct AnswerWithdrawal {
    /// Version of the case that the caller has seen.
    pub version: i64,
    /// Whether the case is withdrawn.
    pub granted: bool,
    /// Reason; a rejection needs one.
    #[serde(default)]
    pub reason: String,
}

/// What a list is asked for.
#[expect(clippy::struct_excessive_bools, reason = "each is a filter of its own")]
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ListQuery {
    /// State, or several joined by commas.
    pub state: Option<String>,
    /// `green`, `yellow`, `red`, `purple` or `grey`; open cases only.
    pub light: Option<String>,
    /// Case number prefix, words of the item, or exactly a name, id number or phone.
    pub q: Option<String>,
    /// Waiting for a post of the caller's.
    #[serde(default)]
    pub todo: bool,
    /// Handled by the caller.
    #[serde(default)]
    pub mine: bool,
    /// Handled by this account; `mine` goes before it.
    pub handler: Option<uuid::Uuid>,
    /// With a withdrawal to answer.
    #[serde(default)]
    pub withdrawal: bool,
    /// Bearing this label.
    pub label: Option<uuid::Uuid>,
    /// With a note that names the caller and that he has not seen.
    #[serde(default)]
    pub mentioned: bool,
    /// Under an order of supervision that waits for its reply.
    #[serde(default)]
    pub supervised: bool,
    /// Order: `due` (the most urgent first, by default), `newest` or `oldest` by submission.
    pub sort: Option<String>,
    /// With a letter of the applicant that waits for an answer.
    #[serde(default)]
    pub letter: bool,
    /// Whose fee waits for this: `unpaid`, `request` (asked about, or to be fixed), `refund`, `lapsed`.
    pub fee: Option<String>,
    /// Where the last page ended.
    pub cursor: Option<String>,
    /// Rows wanted, 1 to 100; 20 by default.
    pub limit: Option<u32>,
}

/// What is counted.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct CountQuery {
    /// Only what waits for a post of the caller's.
    #[serde(default)]
    pub todo: bool,
}

/// How a case is to be shown.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ShowQuery {
    /// With personal data in clear: needs `approval.case.unmask` and is recorded.
    #[serde(default)]
    pub unmask: bool,
}
