//! The counter (窗口收件): a clerk takes an application in for whoever stands there. The application
//! is like any other and belongs to the person; until it is handed in it belongs to the counter.

pub(crate) mod begin;
pub(crate) mod claim;
pub(crate) mod hand_in;
pub(crate) mod papers;
pub(crate) mod present;
pub(crate) mod read;

use tb_contract::access::CounterWrite;
use tb_contract::events::TakenElsewhere;
use tb_contract::ports::Identified;
use tb_http::Ctx;
use tb_kernel::{AccountKind, DepartmentRef, Fault, Scope, office_time};
use tb_storage::{Conn, Sealer, StorageError, Tx};

use crate::error::Error;
use crate::model::counter::{Identity, Present, owner};
use crate::sealed::{COUNTER_OWNER, COUNTER_PRESENT};
use crate::service::write::SELF;
use crate::store;
use crate::store::application::{Application, Reach};
use crate::store::counter::{Entry, Takes};

/// The channel of what a counter takes in.
pub(crate) const CHANNEL: &str = "counter";

/// The rows within a caller's reach. Whoever stands behind a counter reaches its drafts, however far
/// he may take applications in.
pub(crate) fn rows<P>(ctx: &Ctx<P>) -> Reach {
    let scope = match (ctx.scope(), &ctx.actor().department) {
        (Scope::Region(_), Some(department)) => Scope::Department(department.id),
        (scope, _) => scope.clone(),
    };
    let held = ctx.actor().proxy_of.iter();
    Reach {
        scope,
        mandates: held.map(|one| one.mandate_id).collect(),
        today: office_time::day(ctx.now()),
    }
}

/// Whether the caller stands behind a counter.
pub(crate) fn behind_counter<P>(ctx: &Ctx<P>) -> bool {
    matches!(rows(ctx).scope, Scope::Department(_))
}

/// Whose hand writes, for `updated_by`: the applicant's own, or that of the clerk or assistant who does it
/// for him.
pub(crate) fn hand<P>(ctx: &Ctx<P>) -> &str {
    if ctx.actor().kind == AccountKind::Staff {
        &ctx.actor().name
    } else {
        SELF
    }
}

/// The counter that a caller stands behind.
pub(super) fn counter<P>(ctx: &Ctx<P>) -> Result<&DepartmentRef, Error> {
    ctx.actor().department.as_ref().ok_or(Error::CounterMissing)
}

/// What it may take in.
pub(super) fn takes(ctx: &Ctx<CounterWrite>) -> Result<Takes, Error> {
    Ok(Takes {
        department_code: counter(ctx)?.code.clone(),
        comprehensive: match ctx.scope() {
            Scope::Region(region) => Some(region.clone()),
            _ => None,
        },
    })
}

/// The entry of an application that came by a counter.
pub(crate) async fn entry_of(
    conn: &Conn,
    row: &Application,
) -> Result<Option<Entry>, StorageError> {
    if row.channel == CHANNEL {
        store::counter::find(conn, row.id).await
    } else {
        Ok(None)
    }
}

/// The same while it is a draft: it must be there.
pub(super) async fn draft_entry(tx: &Tx, row: &Application) -> Result<Entry, Fault> {
    let entry = entry_of(tx.conn(), row).await?;
    Ok(entry.ok_or(Error::ApplicationNotFound)?)
}

/// Requirement ids whose paper was taken or whose original was compared.
pub(crate) fn papers_of(entry: &Entry) -> Result<Vec<String>, StorageError> {
    Ok(serde_json::from_str(&entry.papers)?)
}

/// The counter's division, where it took in for an office of another one.
pub(crate) fn elsewhere_of(entry: &Entry) -> Result<Option<TakenElsewhere>, StorageError> {
    let column = entry.elsewhere.as_deref();
    Ok(column.map(serde_json::from_str).transpose()?)
}

/// Who stood there.
pub(crate) fn present_of(sealer: &Sealer, entry: &Entry) -> Result<Present, StorageError> {
    sealer.open_json(COUNTER_PRESENT, entry.application_id, &entry.present)
}

/// Writes who stood there, with the index that his account finds it by.
pub(super) fn set_present(
    sealer: &Sealer,
    entry: &mut Entry,
    present: &Present,
) -> Result<(), StorageError> {
    entry.present = sealer.seal_json(COUNTER_PRESENT, entry.application_id, present)?;
    let words = owner(&present.citizen_id, present.credit_code.as_deref());
    entry.owner_bidx = sealer.blind_index(COUNTER_OWNER, &words.unwrap_or_default());
    Ok(())
}

/// As identity is asked for his account.
fn identified(present: &Present) -> Identified {
    Identified {
        citizen_id: present.citizen_id.clone(),
        credit_code: present.credit_code.clone(),
    }
}

/// What is known of whom the clerk has identified, as a profile would say it.
fn profile(who: &Identity) -> tb_contract::ports::ApplicantProfile {
    let organisation = who.credit_code.is_some();
    let (name, enterprise_name) = if organisation {
        (who.agent_name.clone(), who.name.clone())
    } else {
        (who.name.clone(), String::new())
    };
    tb_contract::ports::ApplicantProfile {
        account_id: tb_kernel::AccountId(uuid::Uuid::nil()),
        name,
        citizen_id: who.citizen_id.clone(),
        phone: who.phone.clone(),
        enterprise_name,
        credit_code: who.credit_code.clone().unwrap_or_default(),
    }
}
