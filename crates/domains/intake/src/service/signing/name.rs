//! Naming co-applicants in a draft.

use serde::Deserialize;
use tb_contract::access::ApplicationWrite;
use tb_http::Ctx;
use tb_kernel::{ApplicationId, Fault, office_time};
use tb_storage::Tx;
use utoipa::ToSchema;

use super::{index, release, rule};
use crate::app::App;
use crate::error::{Error, with_fields};
use crate::model::State;
use crate::model::signing::{CoApplicantEntry, Person, SignerState, SigningState, people};
use crate::sealed::{self, CO_PERSON};
use crate::service::write::{SELF, expect_version, held, save, touch};
use crate::store;
use crate::store::signing::CoApplicant;
use crate::view::{ApplicationView, view};

/// Everybody who is to sign besides the applicant; whoever is left out is named no more.
#[derive(Deserialize, ToSchema)]
pub struct NameCoApplicants {
    /// Version that the page has.
    pub version: i64,
    /// The co-applicants.
    pub co_applicants: Vec<CoApplicantEntry>,
}

/// Keeps who is named. Where somebody has declined, the request ends with it; else it has to be taken
/// back first.
pub(crate) async fn name(
    app: &App,
    ctx: &Ctx<ApplicationWrite>,
    id: ApplicationId,
    body: NameCoApplicants,
) -> Result<ApplicationView, Fault> {
    let mut tx = ctx.begin().await?;
    let mut row = held(&tx, ctx, id).await?;
    expect_version(&row, body.version, ctx.locale())?;
    if sealed::state(&row)? != State::Draft {
        return Err(Error::NotDraft.into());
    }
    let item = app.item_of(tx.conn(), &row).await?;
    let rule = rule(&item)?;
    let who = sealed::applicant(tx.sealer(), &row)?;
    let today = office_time::day(tx.now());
    let people = people(
        &body.co_applicants,
        rule,
        &who.id_number,
        today,
        ctx.locale(),
    )
    .map_err(|faults| with_fields(Error::SignersInvalid, faults))?;
    if row.signing_until.is_some() {
        let those = store::signing::all(tx.conn(), row.id).await?;
        let declined = SignerState::Declined.as_str();
        if those.iter().all(|one| one.state != declined) {
            return Err(Error::SigningOpen.into());
        }
        let ended = SigningState::TakenBack;
        release(&tx, &mut row, ended, "co_taken_back", &who.name).await?;
    }
    let rows = (0_i32..)
        .zip(people)
        .map(|(place, person)| named(&tx, row.id, place, &person))
        .collect::<Result<Vec<_>, _>>()?;
    store::signing::replace(tx.conn(), row.id, rows).await?;
    touch(&mut row, SELF, tx.now());
    save(&tx, &row).await?;
    tx.done("intake.application.co_applicants_named", "application", id);
    let answer = view(app, ctx, tx.conn(), &row).await?;
    tx.commit(&answer).await?;
    Ok(answer)
}

fn named(
    tx: &Tx,
    application_id: uuid::Uuid,
    place: i32,
    person: &Person,
) -> Result<CoApplicant, tb_storage::StorageError> {
    let id = tx.new_id();
    Ok(CoApplicant {
        id,
        application_id,
        place,
        organisation: person.organisation,
        number_bidx: index(tx.sealer(), &person.key()),
        person: tx.sealer().seal_json(CO_PERSON, id, person)?,
        account_id: None,
        state: SignerState::Named.as_str().to_owned(),
        signature: None,
        digest: None,
        signed_at: None,
        reason: None,
    })
}
