//! Applications and their ratings.

use chrono::NaiveDate;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect, Select,
};
use tb_kernel::{AccountId, Scope};
use tb_storage::{Conn, StorageError, Tracked};
use uuid::Uuid;

use super::counter::of_counter;
use super::signing::signed_by;
pub(crate) use crate::entity::application::Model as Application;
use crate::entity::{application, rating};

type Result<T> = std::result::Result<T, StorageError>;

/// How a joint matter is answered whose departments answer as one.
pub(crate) const MERGED: &str = "merged";

impl Application {
    /// Whether the departments of its joint matter answer as one.
    pub(crate) fn is_answered_as_one(&self) -> bool {
        self.joint_answer.as_deref() == Some(MERGED)
    }
}

/// Which applications a caller reaches: his own, those of his counter, those in which he acts for
/// somebody today, and the drafts that he was let into as an assistant.
#[derive(Clone, Debug)]
pub(crate) struct Reach {
    /// By his role.
    pub scope: Scope,
    /// Authorisations given online that he may act by today.
    pub mandates: Vec<Uuid>,
    /// The day on which papers still have to count.
    pub today: NaiveDate,
}

/// One within reach.
pub(crate) async fn find(conn: &Conn, reach: &Reach, id: Uuid) -> Result<Option<Application>> {
    Ok(within(reach)
        .filter(application::Column::Id.eq(id))
        .one(conn)
        .await?)
}

/// One within reach, held until the transaction ends.
pub(crate) async fn find_locked(
    conn: &Conn,
    reach: &Reach,
    id: Uuid,
) -> Result<Option<Tracked<Application>>> {
    let query = within(reach).filter(application::Column::Id.eq(id));
    Ok(query.lock_exclusive().one(conn).await?.map(Tracked::new))
}

/// Any one, held until the transaction ends: for callers who have their own right to it.
pub(crate) async fn any_locked(conn: &Conn, id: Uuid) -> Result<Option<Tracked<Application>>> {
    let query = application::Entity::find_by_id(id).lock_exclusive();
    Ok(query.one(conn).await?.map(Tracked::new))
}

/// One by its case number.
pub(crate) async fn by_number(conn: &Conn, number: &str) -> Result<Option<Application>> {
    Ok(application::Entity::find()
        .filter(application::Column::Number.eq(number))
        .one(conn)
        .await?)
}

/// One by its case number, held until the transaction ends.
pub(crate) async fn by_number_locked(
    conn: &Conn,
    number: &str,
) -> Result<Option<Tracked<Application>>> {
    let query = application::Entity::find().filter(application::Column::Number.eq(number));
    Ok(query.lock_exclusive().one(conn).await?.map(Tracked::new))
}

/// Which of a list are wanted.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wanted<'a> {
    /// In these states; in any where none is named.
    pub states: &'a [&'a str],
    /// For this item.
    pub item: Option<&'a str>,
    /// Older than this one.
    pub before: Option<Uuid>,
    /// How many.
    pub limit: u64,
}

/// Those within reach, and those handed in that a co-applicant of this number has signed: newest first,
/// one more than `limit`.
pub(crate) async fn list(
    conn: &Conn,
    reach: &Reach,
    signed: Option<&[u8]>,
    wanted: &Wanted<'_>,
) -> Result<Vec<Application>> {
    let reached = match signed {
        None => within(reach),
        Some(number) => application::Entity::find().filter(
            Condition::any()
                .add(reached_by(reach))
                .add(signed_by_number(number)),
        ),
    };
    // The applications of a joint matter, and the rows of a batch, stand on a page of their own.
    let mut query = reached
        .filter(application::Column::JointId.is_null())
        .filter(application::Column::BatchId.is_null());
    if !wanted.states.is_empty() {
        query = query.filter(application::Column::State.is_in(wanted.states.iter().copied()));
    }
    if let Some(code) = wanted.item {
        query = query.filter(application::Column::ItemCode.eq(code));
    }
    if let Some(id) = wanted.before {
        query = query.filter(application::Column::Id.lt(id));
    }
    Ok(query
        .order_by_desc(application::Column::Id)
        .limit(wanted.limit + 1)
        .all(conn)
        .await?)
}

/// A new one.
pub(crate) async fn insert(conn: &Conn, row: Application) -> Result<()> {
    application::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

/// Writes what has changed.
pub(crate) async fn save(conn: &Conn, row: &Tracked<Application>) -> Result<()> {
    application::Entity::update_many()
        .set(row.changes())
        .filter(application::Column::Id.eq(row.id))
        .exec(conn)
        .await?;
    Ok(())
}

/// Takes a draft away.
pub(crate) async fn delete(conn: &Conn, id: Uuid) -> Result<()> {
    application::Entity::delete_by_id(id).exec(conn).await?;
    Ok(())
}

/// The rating of an application.
pub(crate) async fn rating(conn: &Conn, application_id: Uuid) -> Result<Option<rating::Model>> {
    Ok(rating::Entity::find()
        .filter(rating::Column::ApplicationId.eq(application_id))
        .one(conn)
        .await?)
}

/// Keeps a rating.
pub(crate) async fn insert_rating(conn: &Conn, row: rating::Model) -> Result<()> {
    row.into_active_model().reset_all().insert(conn).await?;
    Ok(())
}

/// Those of these ids.
pub(crate) async fn of_ids(conn: &Conn, ids: Vec<Uuid>) -> Result<Vec<Application>> {
    Ok(application::Entity::find()
        .filter(application::Column::Id.is_in(ids))
        .all(conn)
        .await?)
}

/// Gives applications that belong to nobody yet to an account.
pub(crate) async fn give(conn: &Conn, ids: Vec<Uuid>, account: Uuid) -> Result<()> {
    application::Entity::update_many()
        .col_expr(application::Column::AccountId, Expr::value(account))
        .filter(application::Column::Id.is_in(ids))
        .filter(application::Column::AccountId.eq(Uuid::nil()))
        .exec(conn)
        .await?;
    Ok(())
}

/// Applications belong to accounts; departments have cases instead, but for the drafts of their
/// counters, which nobody else sees.
fn within(reach: &Reach) -> Select<application::Entity> {
    application::Entity::find().filter(reached_by(reach))
}

fn reached_by(reach: &Reach) -> Condition {
    use application::Column;
    match &reach.scope {
        Scope::Everything => Condition::all(),
        Scope::Own(account) => Condition::any()
            .add(Column::AccountId.eq(account.0))
            .add(as_proxy(reach, *account))
            .add(as_assistant(reach, *account)),
        Scope::Department(counter) => Condition::all()
            .add(Column::State.eq("draft"))
            .add(Column::Id.in_subquery(of_counter(counter.0))),
        Scope::Region(_) => Condition::any().add(Column::Id.is_null()),
    }
}

/// Those handed in that a co-applicant of this number has signed.
fn signed_by_number(number: &[u8]) -> Condition {
    Condition::all()
        .add(application::Column::State.ne("draft"))
        .add(application::Column::Id.in_subquery(signed_by(number)))
}

/// Those in which an account acts for somebody: by an authorisation that holds today, or by a paper
/// whose last day has not passed; in either case as long as nobody has ended it.
fn as_proxy(reach: &Reach, account: AccountId) -> Condition {
    use application::Column;
    let by_paper = Condition::all()
        .add(Column::ProxyMandateId.is_null())
        .add(Column::ProxyUntil.gte(reach.today));
    let by_mandate = Column::ProxyMandateId.is_in(reach.mandates.iter().copied());
    Condition::all()
        .add(Column::ProxyId.eq(account.0))
        .add(Column::ProxyEndedOn.is_null())
        .add(Condition::any().add(by_paper).add(by_mandate))
}

/// Drafts that an assistant was let into, by consent that holds today.
fn as_assistant(reach: &Reach, account: AccountId) -> Condition {
    use application::Column;
    Condition::all()
        .add(Column::AssistantId.eq(account.0))
        .add(Column::AssistUntil.gte(reach.today))
        .add(Column::State.eq("draft"))
}

/// Those begun by an authorisation, held until the transaction ends.
pub(crate) async fn of_mandate_locked(
    conn: &Conn,
    mandate: Uuid,
) -> Result<Vec<Tracked<Application>>> {
    let rows = application::Entity::find()
        .filter(application::Column::ProxyMandateId.eq(mandate))
        .filter(application::Column::ProxyEndedOn.is_null())
        .order_by_asc(application::Column::Id)
        .lock_exclusive()
        .all(conn)
        .await?;
    Ok(rows.into_iter().map(Tracked::new).collect())
}

/// Drafts begun by a paper that counts no more, which nobody reaches: a thousand at a time.
pub(crate) async fn lapsed_drafts(conn: &Conn, today: NaiveDate) -> Result<Vec<Uuid>> {
    use application::Column;
    let over = Condition::any()
        .add(Column::ProxyUntil.lt(today))
        .add(Column::ProxyEndedOn.is_not_null());
    let rows = application::Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::AccountId.eq(Uuid::nil()))
        .filter(Column::State.eq("draft"))
        // At a counter whoever acts has no account: there the draft is the counter's.
        .filter(Column::ProxyId.is_not_null())
        .filter(over)
        .order_by_asc(Column::Id)
        .limit(1_000)
        .lock_exclusive()
        .into_tuple();
    Ok(rows.all(conn).await?)
}

/// Handed in by a paper for somebody who had no account then, by his number.
pub(crate) async fn unclaimed(conn: &Conn, id_bidx: &[u8]) -> Result<Vec<Uuid>> {
    let rows = application::Entity::find()
        .filter(application::Column::AccountId.eq(Uuid::nil()))
        .filter(application::Column::ApplicantIdBidx.eq(id_bidx.to_vec()))
        .filter(application::Column::ProxyProof.is_not_null())
        .filter(application::Column::State.ne("draft"))
        .all(conn)
        .await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}
