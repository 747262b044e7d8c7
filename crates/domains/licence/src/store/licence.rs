//! Licences and their serials.

use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait, Set,
};
use tb_kernel::Scope;
use tb_storage::{Conn, Sealer, StorageError, lies_in};
use uuid::Uuid;

use crate::entity::licence::{Column, Entity, Model};
use crate::entity::{change, serial};
use crate::model::change::ChangeState;
use crate::model::standing::LicenceState;
use crate::sealed::{CODE, HOLDER_ID, HOLDER_NAME, normal_id, normal_name};

/// Licences of one holder that are offered at once: an enterprise with more of some types chooses among
/// the newest.
const MOST_OFFERED: u64 = 50;

/// Whose licences may be seen.
#[derive(Clone, Debug)]
pub(crate) enum Within<'a> {
    /// Those of a department or region.
    Scope(&'a Scope),
    /// Those of these holders: blind indexes of their numbers.
    Holders(&'a [Vec<u8>]),
}

impl Within<'_> {
    fn condition(&self) -> Condition {
        let all = Condition::all();
        match self {
            Self::Holders(indexes) => all.add(Column::HolderIdBidx.is_in(indexes.to_vec())),
            Self::Scope(Scope::Everything) => all,
            Self::Scope(Scope::Department(id)) => all.add(Column::DepartmentId.eq(id.0)),
            Self::Scope(Scope::Region(region)) => all.add(lies_in(Column::Region, region)),
            // Whoever reaches his own rows only reaches them as their holder.
            Self::Scope(Scope::Own(_)) => all.add(Expr::val(1).eq(0)),
        }
    }
}

/// What a list is narrowed to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Filter<'a> {
    /// Exactly a number, an identifier, a case number, a holder's name or number.
    pub exactly: Option<&'a str>,
    /// Licences of one case.
    pub case_number: Option<&'a str>,
    /// About which something is asked and not decided.
    pub waiting: bool,
    /// Behind this licence.
    pub after: Option<Uuid>,
}

/// Licences within reach, the newest first; one more than `limit`.
pub(crate) async fn list(
    conn: &Conn,
    sealer: &Sealer,
    within: &Within<'_>,
    filter: &Filter<'_>,
    limit: u64,
) -> Result<Vec<Model>, StorageError> {
    let mut query = Entity::find().filter(within.condition());
    if let Some(q) = filter.exactly {
        let any = Condition::any()
            .add(Column::Number.eq(q))
            .add(Column::Mark.eq(q))
            .add(Column::CaseNumber.eq(q))
            .add(Column::HolderNameBidx.eq(sealer.blind_index(HOLDER_NAME, &normal_name(q))))
            .add(Column::HolderIdBidx.eq(sealer.blind_index(HOLDER_ID, &normal_id(q))));
        query = query.filter(any);
    }
    if let Some(number) = filter.case_number {
        query = query.filter(Column::CaseNumber.eq(number));
    }
    if filter.waiting {
        let open = change::Entity::find()
            .select_only()
            .column(change::Column::LicenceId)
            .filter(change::Column::State.eq(ChangeState::Open.as_str()))
            .into_query();
        query = query.filter(Column::Id.in_subquery(open));
    }
    if let Some(after) = filter.after {
        query = query.filter(Column::Id.lt(after));
    }
    let rows = query.order_by_desc(Column::Id).limit(limit + 1);
    Ok(rows.all(conn).await?)
}

/// A licence within reach.
pub(crate) async fn find(
    conn: &Conn,
    within: &Within<'_>,
    id: Uuid,
) -> Result<Option<Model>, StorageError> {
    Ok(Entity::find_by_id(id)
        .filter(within.condition())
        .one(conn)
        .await?)
}

/// The same, taken for this transaction: other writers wait.
pub(crate) async fn take(
    conn: &Conn,
    within: &Within<'_>,
    id: Uuid,
) -> Result<Option<Model>, StorageError> {
    Ok(Entity::find_by_id(id)
        .filter(within.condition())
        .lock_exclusive()
        .one(conn)
        .await?)
}

/// A licence by the code on it, for whoever holds it in his hand.
pub(crate) async fn by_code(
    conn: &Conn,
    sealer: &Sealer,
    code: &str,
) -> Result<Option<Model>, StorageError> {
    Ok(Entity::find()
        .filter(Column::CodeBidx.eq(sealer.blind_index(CODE, code)))
        .one(conn)
        .await?)
}

/// The licences of a number, for whoever knows its holder besides; types may share a number.
pub(crate) async fn by_number(conn: &Conn, number: &str) -> Result<Vec<Model>, StorageError> {
    Ok(Entity::find()
        .filter(Column::Number.eq(number))
        .order_by_desc(Column::Id)
        .limit(20)
        .all(conn)
        .await?)
}

/// The licences of a case, for whoever reads them.
pub(crate) async fn issued_for(conn: &Conn, case_number: &str) -> Result<Vec<Model>, StorageError> {
    Ok(Entity::find()
        .filter(Column::CaseNumber.eq(case_number))
        .order_by_asc(Column::Id)
        .all(conn)
        .await?)
}

/// The licences of a case, for the consumer; kept from other writers.
pub(crate) async fn of_case(conn: &Conn, case_number: &str) -> Result<Vec<Model>, StorageError> {
    Ok(Entity::find()
        .filter(Column::CaseNumber.eq(case_number))
        .order_by_asc(Column::Id)
        .lock_exclusive()
        .all(conn)
        .await?)
}

/// A holder's licences of some types whose state is valid, the newest first; their last day may be over.
pub(crate) async fn valid_of(
    conn: &Conn,
    holder: &[u8],
    types: &[String],
) -> Result<Vec<Model>, StorageError> {
    Ok(Entity::find()
        .filter(Column::HolderIdBidx.eq(holder.to_vec()))
        .filter(Column::TypeCode.is_in(types.iter().map(String::as_str)))
        .filter(Column::State.eq(LicenceState::Valid.as_str()))
        .order_by_desc(Column::Id)
        .limit(MOST_OFFERED)
        .all(conn)
        .await?)
}

/// Some of a holder's licences.
pub(crate) async fn some_of(
    conn: &Conn,
    holder: &[u8],
    ids: &[Uuid],
) -> Result<Vec<Model>, StorageError> {
    Ok(Entity::find()
        .filter(Column::HolderIdBidx.eq(holder.to_vec()))
        .filter(Column::Id.is_in(ids.to_vec()))
        .all(conn)
        .await?)
}

/// Adds a licence.
pub(crate) async fn insert(conn: &Conn, row: Model) -> Result<(), StorageError> {
    Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

/// Writes a licence that this transaction has taken.
pub(crate) async fn update(conn: &Conn, row: Model) -> Result<(), StorageError> {
    row.into_active_model().reset_all().update(conn).await?;
    Ok(())
}

/// The next serial; its row is held until the end of the transaction, so that serials have neither
/// gaps nor doubles.
pub(crate) async fn next_serial(
    conn: &Conn,
    type_code: &str,
    organ_code: &str,
    year: i32,
) -> Result<i64, StorageError> {
    let first = serial::ActiveModel {
        type_code: Set(type_code.to_owned()),
        organ_code: Set(organ_code.to_owned()),
        year: Set(year),
        last: Set(1),
    };
    let key = [
        serial::Column::TypeCode,
        serial::Column::OrganCode,
        serial::Column::Year,
    ];
    let next = Expr::col((serial::Entity, serial::Column::Last)).add(1);
    let row = serial::Entity::insert(first)
        .on_conflict(
            OnConflict::columns(key)
                .value(serial::Column::Last, next)
                .to_owned(),
        )
        .exec_with_returning(conn)
        .await?;
    Ok(row.last)
}
