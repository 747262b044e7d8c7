//! For whom an application is begun: for the caller himself, for somebody who has authorised him
//! online, or for somebody whose paper he will hand in.

use tb_contract::access::ApplicationWrite;
use tb_contract::events::{Proxy, ProxyRelation};
use tb_contract::item::ItemDocument;
use tb_contract::ports::ApplicantProfile;
use tb_http::Ctx;
use tb_kernel::{AccountId, AccountKind, Fault, office_time};
use tb_storage::Tx;
use uuid::Uuid;

use crate::app::App;
use crate::error::{Error, with_fields};
use crate::model::counter::Identity;
use crate::model::proxy::{ByPaper, OnBehalf, expect_allowed, other};
use crate::sealed;
use crate::sentence::args;
use crate::service::write::{Entry, record, send};
use crate::store;
use crate::store::application::Application;

/// For whom an application is.
pub(crate) struct For {
    /// What is known of him.
    pub profile: ApplicantProfile,
    /// The kind of account that he has or would have.
    pub kind: AccountKind,
    /// Who acts for him.
    pub proxy: Option<Proxy>,
}

/// For whom the caller applies; asked of identity, so never inside a transaction.
pub(crate) async fn for_whom(
    app: &App,
    ctx: &Ctx<ApplicationWrite>,
    item: &ItemDocument,
    on_behalf: Option<&OnBehalf>,
) -> Result<For, Fault> {
    let caller = app.applicants().profile(ctx.actor().id).await?;
    let caller = caller.ok_or(Error::ProfileMissing)?;
    let Some(on_behalf) = on_behalf else {
        return Ok(For {
            profile: caller,
            kind: ctx.actor().kind,
            proxy: None,
        });
    };
    if ctx.actor().kind != AccountKind::Person {
        return Err(Error::ProxyPersonsOnly.into());
    }
    let (profile, proxy) = match on_behalf {
        OnBehalf::Mandate { mandate_id } => {
            by_mandate(app, ctx, item, &caller, *mandate_id).await?
        }
        OnBehalf::Letter(entered) => by_letter(ctx, item, &caller, entered)?,
    };
    Ok(For {
        profile,
        kind: AccountKind::Person,
        proxy: Some(proxy),
    })
}

async fn by_mandate(
    app: &App,
    ctx: &Ctx<ApplicationWrite>,
    item: &ItemDocument,
    caller: &ApplicantProfile,
    mandate_id: Uuid,
) -> Result<(ApplicantProfile, Proxy), Fault> {
    expect_allowed(item, ProxyRelation::Proxy)?;
    let mut held = ctx.actor().proxy_of.iter();
    let mandate = held.find(|one| one.mandate_id == mandate_id);
    let mandate = mandate.ok_or(Error::ProxyNotHeld)?;
    if !mandate.covers(&item.code) {
        return Err(Error::ProxyOutOfScope.into());
    }
    let principal = app.applicants().profile(mandate.id).await?;
    let proxy = Proxy {
        mandate_id: Some(mandate_id),
        ..of(caller, ProxyRelation::Proxy, (mandate.from, mandate.until))
    };
    Ok((principal.ok_or(Error::ProxyNotHeld)?, proxy))
}

fn by_letter(
    ctx: &Ctx<ApplicationWrite>,
    item: &ItemDocument,
    caller: &ApplicantProfile,
    entered: &ByPaper,
) -> Result<(ApplicantProfile, Proxy), Fault> {
    expect_allowed(item, entered.relation)?;
    let today = office_time::day(ctx.now());
    let who = other(
        entered,
        &caller.citizen_id,
        "/on_behalf",
        today,
        ctx.locale(),
    )
    .map_err(|faults| with_fields(Error::ProxyInvalid, faults))?;
    // Whose account it is, is asked at the hand-in alone: a draft must not tell whether there is one.
    let profile = ApplicantProfile {
        account_id: AccountId(Uuid::nil()),
        name: who.name,
        citizen_id: who.citizen_id,
        phone: who.phone,
        enterprise_name: String::new(),
        credit_code: String::new(),
    };
    let days = (entered.from, entered.until);
    Ok((profile, of(caller, entered.relation, days)))
}

fn of(
    caller: &ApplicantProfile,
    relation: ProxyRelation,
    (from, until): (chrono::NaiveDate, chrono::NaiveDate),
) -> Proxy {
    Proxy {
        account_id: caller.account_id,
        name: caller.name.clone(),
        id_number: caller.citizen_id.clone(),
        phone: caller.phone.clone(),
        relation,
        mandate_id: None,
        from,
        until,
        ended_on: None,
    }
}

/// Who stands at a counter for the applicant, as the clerk has entered him: he needs no account, and
/// reaches nothing afterwards.
pub(crate) fn stands_in<P>(
    ctx: &Ctx<P>,
    item: &ItemDocument,
    applicant: &Identity,
    entered: &ByPaper,
) -> Result<Proxy, Fault> {
    if applicant.credit_code.is_some() {
        return Err(Error::ProxyPersonsOnly.into());
    }
    expect_allowed(item, entered.relation)?;
    let (own, today) = (&applicant.citizen_id, office_time::day(ctx.now()));
    let who = other(entered, own, "/proxy", today, ctx.locale())
        .map_err(|faults| with_fields(Error::ProxyInvalid, faults))?;
    Ok(Proxy {
        account_id: AccountId(Uuid::nil()),
        name: who.name,
        id_number: who.citizen_id,
        phone: who.phone,
        relation: entered.relation,
        mandate_id: None,
        from: entered.from,
        until: entered.until,
        ended_on: None,
    })
}

/// Notes on a new draft who acts, and lets the principal know. What the session says of an
/// authorisation may be older than its end.
pub(crate) async fn represent(tx: &Tx, row: &mut Application, proxy: &Proxy) -> Result<(), Fault> {
    if let Some(mandate) = proxy.mandate_id
        && store::mandate::hold(tx.conn(), mandate).await?
    {
        return Err(Error::ProxyNotHeld.into());
    }
    sealed::set_proxy(tx.sealer(), row, proxy)?;
    let now = tx.now();
    record(tx, row, Entry::own("begun_by_proxy", now, "")).await?;
    if !row.account_id.is_nil() {
        let words = args([
            ("name", Some(proxy.name.clone())),
            ("item_name", Some(row.item_name.clone())),
        ]);
        send(tx, row, row.account_id, "begun_by_proxy", &words).await?;
    }
    Ok(())
}
