//! Requests for help, as whoever asks and the assistants of the division see them.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use tb_contract::events::LetterFile;
use tb_http::Ctx;
use tb_kernel::identity_number::{Phone, mask_name};
use tb_kernel::{AccountId, ApplicationId, office_time};
use tb_storage::{Conn, Sealer, StorageError};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::model::assist::{
    AssistGround, AssistLight, AssistMay, AssistOutcome, AssistPlace, AssistState, Help, urgency,
};
use crate::sealed::{ASSIST_ASKED, ASSIST_PAPER, ASSIST_WORDS};
use crate::service::assist::state;
use crate::store;
use crate::store::assist::{Consent, Note, Request};

/// Who reads a request.
#[derive(Clone, Copy)]
pub(crate) struct HelpReader {
    account: AccountId,
    at_desk: bool,
    today: NaiveDate,
}

impl HelpReader {
    /// Whoever has asked.
    pub fn asker<P>(ctx: &Ctx<P>) -> Self {
        Self::of(ctx, false)
    }

    /// An assistant of the division.
    pub fn desk<P>(ctx: &Ctx<P>) -> Self {
        Self::of(ctx, true)
    }

    fn of<P>(ctx: &Ctx<P>, at_desk: bool) -> Self {
        Self {
            account: ctx.actor().id,
            at_desk,
            today: office_time::day(ctx.now()),
        }
    }

    /// Whether it is the assistant who has it.
    fn has(self, request: &Request) -> bool {
        self.at_desk && request.assistant_id == Some(self.account.0)
    }
}

/// A request as lists show it.
#[derive(Debug, Serialize, ToSchema)]
pub struct HelpRow {
    /// Id.
    pub id: Uuid,
    /// Item.
    pub item_name: String,
    /// Office that handles it.
    pub department_name: String,
    /// Who asks; masked at the desk.
    pub name: String,
    /// Where help is wanted.
    pub place: AssistPlace,
    /// How far it is.
    pub state: AssistState,
    /// How urgent the first contact is; none once it was made.
    pub light: Option<AssistLight>,
    /// Last day for it.
    pub contact_by: NaiveDate,
    /// The assistant who has it.
    pub assistant: Option<String>,
    /// How it ended.
    pub outcome: Option<AssistOutcome>,
    /// Asked.
    pub created_at: DateTime<Utc>,
}

/// One request.
#[derive(Debug, Serialize, ToSchema)]
pub struct HelpView {
    /// Id.
    pub id: Uuid,
    /// Version to send back with a step.
    pub version: i64,
    /// The draft that it is about; none as long as there is none.
    pub application_id: Option<ApplicationId>,
    /// Item.
    pub item_code: String,
    /// Its name.
    pub item_name: String,
    /// Office that handles it.
    pub department_name: String,
    /// Who asks; masked for assistants who do not have it.
    pub name: String,
    /// Phone; masked alike.
    pub phone: String,
    /// Why; empty for assistants of whom nobody has it but another.
    pub reason: String,
    /// When it suits.
    pub preferred: String,
    /// Where help is wanted.
    pub place: AssistPlace,
    /// Why an assistant should come.
    pub ground: Option<AssistGround>,
    /// Where to; shown to the assistant who has it.
    pub address: String,
    /// How far it is.
    pub state: AssistState,
    /// How urgent the first contact is; none once it was made.
    pub light: Option<AssistLight>,
    /// Last day for it.
    pub contact_by: NaiveDate,
    /// When somebody was reached first.
    pub contacted_at: Option<DateTime<Utc>>,
    /// The assistant who has it.
    pub assistant: Option<String>,
    /// Whether that is the caller.
    pub mine: bool,
    /// What the applicant has consented to, and what he has ended, oldest first.
    pub consents: Vec<HelpConsent>,
    /// What happened.
    pub notes: Vec<HelpNote>,
    /// How it ended.
    pub outcome: Option<AssistOutcome>,
    /// Asked.
    pub created_at: DateTime<Utc>,
    /// Over.
    pub closed_at: Option<DateTime<Utc>>,
}

/// A consent.
#[derive(Debug, Serialize, ToSchema)]
pub struct HelpConsent {
    /// Whom he lets in.
    pub assistant: String,
    /// What that one may do.
    pub may: AssistMay,
    /// Given.
    pub given_at: DateTime<Utc>,
    /// Last day.
    pub until_on: NaiveDate,
    /// Whether it holds today.
    pub in_force: bool,
    /// Ended before.
    pub ended_at: Option<DateTime<Utc>>,
    /// Pages of the signed paper, where it is one.
    #[schema(value_type = Vec<HelpPaper>)]
    pub paper: Vec<HelpPaper>,
}

/// A page of a signed paper.
#[derive(Debug, Serialize, ToSchema)]
pub struct HelpPaper {
    /// Id.
    pub id: Uuid,
    /// File name.
    pub file_name: String,
    /// Size in bytes.
    pub size: i64,
}

/// Something that happened with a request.
#[derive(Debug, Serialize, ToSchema)]
pub struct HelpNote {
    /// What: `asked`, `taken`, `contacted`, `missed`, `handed_over`, `consented`, `consented_on_paper`,
    /// `consent_ended`, `draft_deleted`, or an outcome.
    pub kind: String,
    /// The assistant; empty for the applicant.
    pub by: String,
    /// Words that came with it.
    pub words: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// A line of a list.
pub(crate) fn row(
    sealer: &Sealer,
    request: Request,
    reader: HelpReader,
) -> Result<HelpRow, StorageError> {
    let asked: Help = sealer.open_json(ASSIST_ASKED, request.id, &request.asked)?;
    let state = state(&request);
    Ok(HelpRow {
        id: request.id,
        name: if reader.at_desk {
            mask_name(&asked.name)
        } else {
            asked.name
        },
        place: place(&request),
        state,
        light: light(&request, reader.today),
        outcome: outcome(&request),
        item_name: request.item_name,
        department_name: request.department_name,
        contact_by: request.contact_by,
        assistant: request.assistant_name,
        created_at: request.created_at,
    })
}

/// One request with all that belongs to it. What names the applicant is shown to himself and to the assistant
/// who has it.
pub(crate) async fn help(
    sealer: &Sealer,
    conn: &Conn,
    request: Request,
    reader: HelpReader,
) -> Result<HelpView, StorageError> {
    let mine = reader.has(&request);
    let asked = shown(
        sealer.open_json(ASSIST_ASKED, request.id, &request.asked)?,
        mine || !reader.at_desk,
    );
    let consents = store::assist::consents(conn, request.id).await?;
    let notes = store::assist::notes(conn, request.id).await?;
    Ok(HelpView {
        id: request.id,
        version: request.version,
        application_id: request.application_id.map(ApplicationId),
        name: asked.name,
        phone: asked.phone,
        reason: asked.reason,
        preferred: asked.preferred,
        place: place(&request),
        ground: asked.ground,
        address: asked.address,
        state: state(&request),
        light: light(&request, reader.today),
        contact_by: request.contact_by,
        contacted_at: request.contacted_at,
        mine,
        consents: consents
            .into_iter()
            .map(|one| consent(sealer, one, reader.today))
            .collect::<Result<_, _>>()?,
        notes: notes
            .into_iter()
            .map(|one| note(sealer, one))
            .collect::<Result<_, _>>()?,
        outcome: outcome(&request),
        item_code: request.item_code,
        item_name: request.item_name,
        department_name: request.department_name,
        assistant: request.assistant_name,
        created_at: request.created_at,
        closed_at: request.closed_at,
    })
}

fn shown(asked: Help, open: bool) -> Help {
    if open {
        return asked;
    }
    let phone = Phone::parse(&asked.phone);
    Help {
        name: mask_name(&asked.name),
        phone: phone.map_or_else(|_| String::new(), |phone| phone.masked()),
        address: String::new(),
        ..asked
    }
}

fn place(request: &Request) -> AssistPlace {
    AssistPlace::parse(&request.place).unwrap_or(AssistPlace::Online)
}

fn outcome(request: &Request) -> Option<AssistOutcome> {
    request.outcome.as_deref().and_then(AssistOutcome::parse)
}

fn light(request: &Request, today: NaiveDate) -> Option<AssistLight> {
    let waits = state(request) != AssistState::Closed && request.contacted_at.is_none();
    urgency(request.contact_by, waits, today)
}

fn consent(sealer: &Sealer, row: Consent, today: NaiveDate) -> Result<HelpConsent, StorageError> {
    let files: Vec<LetterFile> = match &row.paper {
        Some(paper) => sealer.open_json(ASSIST_PAPER, row.id, paper)?,
        None => Vec::new(),
    };
    Ok(HelpConsent {
        assistant: row.assistant_name,
        may: AssistMay::parse(&row.may).unwrap_or(AssistMay::Look),
        given_at: row.given_at,
        until_on: row.until_on,
        in_force: row.ended_at.is_none() && row.until_on >= today,
        ended_at: row.ended_at,
        paper: files
            .into_iter()
            .map(|file| HelpPaper {
                id: file.id,
                file_name: file.file_name,
                size: file.size,
            })
            .collect(),
    })
}

fn note(sealer: &Sealer, row: Note) -> Result<HelpNote, StorageError> {
    let words = row
        .words
        .as_ref()
        .map(|sealed| sealer.open_text(ASSIST_WORDS, row.id, sealed))
        .transpose()?;
    Ok(HelpNote {
        kind: row.kind,
        by: row.by_name,
        words: words.unwrap_or_default(),
        at: row.at,
    })
}
