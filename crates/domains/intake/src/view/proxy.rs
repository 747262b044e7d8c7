//! Who acts for the applicant, as both of them see it.

use chrono::NaiveDate;
use serde::Serialize;
use tb_contract::events::{Proxy, ProxyRelation};
use tb_http::Ctx;
use tb_kernel::identity_number::{CitizenId, Phone, mask_name};
use tb_kernel::office_time;
use tb_storage::{Sealer, StorageError};
use utoipa::ToSchema;

use crate::sealed;
use crate::service::is_proxy;
use crate::store::application::Application;

/// Who acts for the applicant.
#[derive(Debug, Serialize, ToSchema)]
pub struct ApplicationProxy {
    /// Full name; each of the two knows who the other is.
    pub name: String,
    /// Citizen id, masked.
    pub id_number: String,
    /// Phone, masked.
    pub phone: String,
    /// By which right.
    pub relation: ProxyRelation,
    /// Whether by an authorisation given online; else by a paper among the materials.
    pub online: bool,
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub until: NaiveDate,
    /// The day on which it was ended before.
    pub ended_on: Option<NaiveDate>,
    /// Whether it is over, ended or past its last day.
    pub over: bool,
    /// Whether it is the caller.
    pub mine: bool,
}

/// Who acts for the applicant of an application.
pub(super) fn proxy<P>(
    ctx: &Ctx<P>,
    row: &Application,
) -> Result<Option<ApplicationProxy>, StorageError> {
    let Some(proxy) = sealed::proxy(ctx.store().sealer(), row)? else {
        return Ok(None);
    };
    let today = office_time::day(ctx.now());
    Ok(Some(ApplicationProxy {
        id_number: CitizenId::try_from(proxy.id_number)
            .map_or_else(|_| String::new(), |id| id.masked()),
        phone: Phone::parse(&proxy.phone).map_or_else(|_| String::new(), |phone| phone.masked()),
        over: proxy.ended_on.is_some() || proxy.until < today,
        name: proxy.name,
        relation: proxy.relation,
        online: proxy.mandate_id.is_some(),
        from: proxy.from,
        until: proxy.until,
        ended_on: proxy.ended_on,
        mine: is_proxy(row, ctx.actor().id),
    }))
}

/// That somebody acts for somebody, as lists say it.
#[derive(Debug, Serialize, ToSchema)]
pub struct RowProxy {
    /// Whether the caller is who acts.
    pub mine: bool,
    /// Whether by an authorisation given online: then a draft is the applicant's from the beginning.
    pub online: bool,
    /// The other of the two, masked.
    pub name: String,
}

/// The same for a line of a list.
pub(super) fn row_proxy<P>(
    ctx: &Ctx<P>,
    row: &Application,
) -> Result<Option<RowProxy>, StorageError> {
    let sealer: &Sealer = ctx.store().sealer();
    let Some(Proxy {
        name, mandate_id, ..
    }) = sealed::proxy(sealer, row)?
    else {
        return Ok(None);
    };
    let mine = is_proxy(row, ctx.actor().id);
    let name = if mine {
        sealed::applicant(sealer, row)?.name
    } else {
        name
    };
    Ok(Some(RowProxy {
        mine,
        online: mandate_id.is_some(),
        name: mask_name(&name),
    }))
}
