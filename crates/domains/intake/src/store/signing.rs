//! Requests for signatures, and who is to sign.

use chrono::NaiveDate;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait, sea_query::SelectStatement,
};
use tb_storage::{Conn, StorageError};
use uuid::Uuid;

pub(crate) use crate::entity::co_applicant::Model as CoApplicant;
pub(crate) use crate::entity::signing::Model as Signing;
use crate::entity::{co_applicant, signing};

type Result<T> = std::result::Result<T, StorageError>;

/// Who is named for an application, in order.
pub(crate) async fn all(conn: &Conn, application_id: Uuid) -> Result<Vec<CoApplicant>> {
    Ok(co_applicant::Entity::find()
        .filter(co_applicant::Column::ApplicationId.eq(application_id))
        .order_by_asc(co_applicant::Column::Place)
        .all(conn)
        .await?)
}

/// Names these and nobody else.
pub(crate) async fn replace(
    conn: &Conn,
    application_id: Uuid,
    rows: Vec<CoApplicant>,
) -> Result<()> {
    co_applicant::Entity::delete_many()
        .filter(co_applicant::Column::ApplicationId.eq(application_id))
        .exec(conn)
        .await?;
    for row in rows {
        co_applicant::Entity::insert(row.into_active_model().reset_all())
            .exec_without_returning(conn)
            .await?;
    }
    Ok(())
}

/// Writes one.
pub(crate) async fn save_one(conn: &Conn, row: CoApplicant) -> Result<()> {
    row.into_active_model().reset_all().update(conn).await?;
    Ok(())
}

/// The one of this number whom an application was shown to: asked, or signed.
pub(crate) async fn of_number(
    conn: &Conn,
    application_id: Uuid,
    number: &[u8],
) -> Result<Option<CoApplicant>> {
    Ok(co_applicant::Entity::find()
        .filter(co_applicant::Column::ApplicationId.eq(application_id))
        .filter(co_applicant::Column::NumberBidx.eq(number.to_vec()))
        .filter(co_applicant::Column::State.is_in(["asked", "signed"]))
        .one(conn)
        .await?)
}

/// What waits for the signature of this number, or has it and was not handed in yet; newest application
/// first, one more than `limit`.
pub(crate) async fn waiting(
    conn: &Conn,
    number: &[u8],
    before: Option<Uuid>,
    limit: u64,
) -> Result<Vec<CoApplicant>> {
    let mut query = co_applicant::Entity::find()
        .filter(co_applicant::Column::NumberBidx.eq(number.to_vec()))
        .filter(
            Condition::any()
                .add(co_applicant::Column::State.eq("asked"))
                .add(
                    Condition::all()
                        .add(co_applicant::Column::State.eq("signed"))
                        .add(co_applicant::Column::ApplicationId.in_subquery(under_way())),
                ),
        );
    if let Some(id) = before {
        query = query.filter(co_applicant::Column::ApplicationId.lt(id));
    }
    Ok(query
        .order_by_desc(co_applicant::Column::ApplicationId)
        .limit(limit + 1)
        .all(conn)
        .await?)
}

/// Applications that signatures were asked for and that have not been handed in.
fn under_way() -> SelectStatement {
    signing::Entity::find()
        .select_only()
        .column(signing::Column::ApplicationId)
        .filter(signing::Column::State.is_in(["open", "complete"]))
        .into_query()
}

/// Applications that this number has signed.
pub(super) fn signed_by(number: &[u8]) -> SelectStatement {
    co_applicant::Entity::find()
        .select_only()
        .column(co_applicant::Column::ApplicationId)
        .filter(co_applicant::Column::NumberBidx.eq(number.to_vec()))
        .filter(co_applicant::Column::State.eq("signed"))
        .into_query()
}

/// The request made last for an application.
pub(crate) async fn find(conn: &Conn, application_id: Uuid) -> Result<Option<Signing>> {
    Ok(signing::Entity::find_by_id(application_id)
        .one(conn)
        .await?)
}

/// Writes a request, in the place of the one before.
pub(crate) async fn save(conn: &Conn, row: Signing) -> Result<()> {
    let known = OnConflict::column(signing::Column::ApplicationId)
        .update_columns([
            signing::Column::State,
            signing::Column::Digest,
            signing::Column::AskedAt,
            signing::Column::UntilOn,
            signing::Column::RemindOn,
            signing::Column::UrgedOn,
        ])
        .to_owned();
    signing::Entity::insert(row.into_active_model().reset_all())
        .on_conflict(known)
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

/// Requests whose term is over, signed by all or not, or whose day for reminding has come: a thousand at
/// a time.
pub(crate) async fn due(conn: &Conn, today: NaiveDate) -> Result<Vec<Uuid>> {
    let is_due = Condition::any()
        .add(signing::Column::UntilOn.lt(today))
        .add(signing::Column::RemindOn.lte(today));
    let rows = signing::Entity::find()
        .select_only()
        .column(signing::Column::ApplicationId)
        .filter(signing::Column::State.is_in(["open", "complete"]))
        .filter(is_due)
        .order_by_asc(signing::Column::ApplicationId)
        .limit(1_000)
        .into_tuple();
    Ok(rows.all(conn).await?)
}

/// Deletes all of a draft.
pub(crate) async fn delete(conn: &Conn, application_id: Uuid) -> Result<()> {
    replace(conn, application_id, Vec::new()).await?;
    signing::Entity::delete_by_id(application_id)
        .exec(conn)
        .await?;
    Ok(())
}
