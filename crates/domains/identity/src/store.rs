//! Every query of identity.

pub(crate) mod delegation;
pub(crate) mod kiosk;
pub(crate) mod proxy;

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, LikeExpr, OnConflict};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, ExprTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect, Select, Set,
};
use tb_kernel::{AccountId, AccountKind, Scope};
use tb_storage::{Conn, StorageError, lies_in};
use uuid::Uuid;

use crate::entity::credential::{self, PasswordHash};
use crate::entity::{account, attempt, session};
use crate::model::STAFF;
use crate::sealing::kind_key;

/// The accounts within reach.
fn within(scope: &Scope) -> Condition {
    let all = Condition::all();
    match scope {
        Scope::Everything => all,
        Scope::Region(region) => all.add(lies_in(account::Column::Region, region)),
        Scope::Department(id) => all.add(account::Column::DepartmentId.eq(id.0)),
        Scope::Own(id) => all.add(account::Column::Id.eq(id.0)),
    }
}

/// An account.
pub(crate) async fn find(
    conn: &Conn,
    scope: &Scope,
    id: AccountId,
) -> Result<Option<account::Model>, StorageError> {
    Ok(account::Entity::find_by_id(id.0)
        .filter(within(scope))
        .one(conn)
        .await?)
}

/// The account of a citizen for himself, or of the agent of an enterprise; the oldest.
pub(crate) async fn of_citizen(
    conn: &Conn,
    citizen_id_bidx: &[u8],
    credit_code: Option<&str>,
) -> Result<Option<account::Model>, StorageError> {
    let query =
        account::Entity::find().filter(account::Column::CitizenIdBidx.eq(citizen_id_bidx.to_vec()));
    let query = match credit_code {
        None => query.filter(account::Column::Kind.eq(kind_key(AccountKind::Person))),
        Some(code) => query
            .filter(account::Column::Kind.eq(kind_key(AccountKind::EnterpriseAgent)))
            .filter(account::Column::EnterpriseCreditCode.eq(code)),
    };
    let query = query.filter(account::Column::DisabledAt.is_null());
    Ok(query.order_by_asc(account::Column::Id).one(conn).await?)
}

/// The agents of an enterprise who may sign in.
pub(crate) async fn agents_of(
    conn: &Conn,
    credit_code: &str,
) -> Result<Vec<AccountId>, StorageError> {
    let ids: Vec<Uuid> = account::Entity::find()
        .select_only()
        .column(account::Column::Id)
        .filter(account::Column::Kind.eq(kind_key(AccountKind::EnterpriseAgent)))
        .filter(account::Column::EnterpriseCreditCode.eq(credit_code))
        .filter(account::Column::DisabledAt.is_null())
        .order_by_asc(account::Column::Id)
        .into_tuple()
        .all(conn)
        .await?;
    Ok(ids.into_iter().map(AccountId).collect())
}

/// The accounts of these ids.
pub(crate) async fn find_many(
    conn: &Conn,
    ids: &[AccountId],
) -> Result<Vec<account::Model>, StorageError> {
    let ids = ids.iter().map(|id| id.0);
    Ok(account::Entity::find()
        .filter(account::Column::Id.is_in(ids))
        .all(conn)
        .await?)
}

/// Staff within reach who may sign in, by name.
pub(crate) async fn working(
    conn: &Conn,
    scope: &Scope,
    limit: u64,
) -> Result<Vec<account::Model>, StorageError> {
    Ok(account::Entity::find()
        .filter(within(scope))
        .filter(account::Column::Kind.is_in(STAFF.map(kind_key)))
        .filter(account::Column::DisabledAt.is_null())
        .order_by_asc(account::Column::Name)
        .order_by_asc(account::Column::Id)
        .limit(limit)
        .all(conn)
        .await?)
}

/// An account, taken for this transaction: other writers wait.
pub(crate) async fn take(
    conn: &Conn,
    scope: &Scope,
    id: AccountId,
) -> Result<Option<account::Model>, StorageError> {
    Ok(account::Entity::find_by_id(id.0)
        .filter(within(scope))
        .lock_exclusive()
        .one(conn)
        .await?)
}

/// The account of a login name: the way in, before there is any scope.
pub(crate) async fn find_by_login(
    conn: &Conn,
    login_bidx: &[u8],
) -> Result<Option<account::Model>, StorageError> {
    Ok(account::Entity::find()
        .filter(account::Column::LoginBidx.eq(login_bidx.to_vec()))
        .one(conn)
        .await?)
}

/// What to list.
#[derive(Default)]
pub(crate) struct Listing {
    /// Start of a login name or part of a name; finds staff.
    pub words: Option<String>,
    /// Blind indexes of the words as name, id number, phone; and as login name.
    pub indexes: Option<([Vec<u8>; 3], Vec<u8>)>,
    /// Kind.
    pub kind: Option<&'static str>,
    /// Department's credit code.
    pub department: Option<String>,
    /// Accounts older than this one.
    pub before: Option<Uuid>,
}

/// Accounts, newest first; one more than `limit`.
pub(crate) async fn list(
    conn: &Conn,
    scope: &Scope,
    listing: Listing,
    limit: u64,
) -> Result<Vec<account::Model>, StorageError> {
    Ok(listed(scope, listing).limit(limit + 1).all(conn).await?)
}

fn listed(scope: &Scope, listing: Listing) -> Select<account::Entity> {
    let mut wanted = within(scope);
    if let (Some(words), Some(([name, citizen_id, phone], login))) =
        (listing.words, listing.indexes)
    {
        let words = words
            .replace('\\', "\\\\")
            .replace('%', "\\%")
            .replace('_', "\\_");
        let like = |pattern: String| LikeExpr::new(pattern).escape('\\');
        // Only staff is found by words: the many others, whose names are sealed anyway, by exact
        // values, each with its index.
        let by_words = Condition::any()
            .add(account::Column::Login.like(like(format!("{}%", words.to_lowercase()))))
            .add(account::Column::Name.like(like(format!("%{words}%"))));
        let staff = Condition::all()
            .add(account::Column::Kind.is_in(STAFF.map(kind_key)))
            .add(by_words);
        let any = Condition::any()
            .add(staff)
            .add(account::Column::NameBidx.eq(name))
            .add(account::Column::CitizenIdBidx.eq(citizen_id))
            .add(account::Column::PhoneBidx.eq(phone))
            .add(account::Column::LoginBidx.eq(login));
        wanted = wanted.add(any);
    }
    let wanted = wanted
        .add_option(listing.kind.map(|kind| account::Column::Kind.eq(kind)))
        .add_option(
            listing
                .department
                .map(|code| account::Column::DepartmentCode.eq(code)),
        )
        .add_option(listing.before.map(|id| account::Column::Id.lt(id)));
    account::Entity::find()
        .filter(wanted)
        .order_by_desc(account::Column::Id)
}

/// Stores a new account with its password.
pub(crate) async fn insert(
    conn: &Conn,
    row: account::Model,
    hash: PasswordHash,
) -> Result<(), StorageError> {
    let password = credential::Model {
        account_id: row.id,
        hash,
        changed_at: row.created_at,
    };
    account::Entity::insert(row.into_active_model())
        .exec_without_returning(conn)
        .await?;
    credential::Entity::insert(password.into_active_model())
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

/// Replaces an account that this transaction has taken.
pub(crate) async fn update(conn: &Conn, row: account::Model) -> Result<(), StorageError> {
    row.into_active_model().reset_all().update(conn).await?;
    Ok(())
}

/// Whether any account is of the demo.
pub(crate) async fn any_demo(conn: &Conn) -> Result<bool, StorageError> {
    let found = account::Entity::find()
        .filter(account::Column::Demo.eq(true))
        .one(conn)
        .await?;
    Ok(found.is_some())
}

/// The password of an account, as a PHC string.
pub(crate) async fn password_hash(
    conn: &Conn,
    account: Uuid,
) -> Result<Option<PasswordHash>, StorageError> {
    Ok(credential::Entity::find_by_id(account)
        .one(conn)
        .await?
        .map(|row| row.hash))
}

/// Replaces the password of an account, and says whether it must be changed at the next sign-in.
pub(crate) async fn set_password(
    conn: &Conn,
    account: Uuid,
    hash: PasswordHash,
    must_change: bool,
    now: DateTime<Utc>,
) -> Result<(), StorageError> {
    let row = credential::ActiveModel {
        account_id: Set(account),
        hash: Set(hash),
        changed_at: Set(now),
    };
    row.update(conn).await?;
    let row = account::ActiveModel {
        id: Set(account),
        must_change_password: Set(must_change),
        ..Default::default()
    };
    row.update(conn).await?;
    Ok(())
}

/// The attempts under a login name, taken for this transaction: others wait.
pub(crate) async fn take_attempts(
    conn: &Conn,
    login_bidx: &[u8],
    now: DateTime<Utc>,
) -> Result<attempt::Model, StorageError> {
    let none = attempt::Model {
        login_bidx: login_bidx.to_vec(),
        failed: 0,
        first_at: now,
        locked_until: None,
    };
    attempt::Entity::insert(none.clone().into_active_model())
        .on_conflict(
            OnConflict::column(attempt::Column::LoginBidx)
                .do_nothing()
                .to_owned(),
        )
        .exec_without_returning(conn)
        .await?;
    let row = attempt::Entity::find_by_id(login_bidx.to_vec())
        .lock_exclusive()
        .one(conn)
        .await?;
    Ok(row.unwrap_or(none))
}

/// Stores the attempts under a login name.
pub(crate) async fn update_attempts(conn: &Conn, row: attempt::Model) -> Result<(), StorageError> {
    row.into_active_model().reset_all().update(conn).await?;
    Ok(())
}

/// Forgets the attempts under a login name.
pub(crate) async fn clear_attempts(conn: &Conn, login_bidx: &[u8]) -> Result<(), StorageError> {
    attempt::Entity::delete_by_id(login_bidx.to_vec())
        .exec(conn)
        .await?;
    Ok(())
}

/// The lock-outs in force among these login names.
pub(crate) async fn lock_outs(
    conn: &Conn,
    logins: Vec<Vec<u8>>,
    now: DateTime<Utc>,
) -> Result<Vec<attempt::Model>, StorageError> {
    let rows = attempt::Entity::find()
        .filter(attempt::Column::LoginBidx.is_in(logins))
        .filter(attempt::Column::LockedUntil.gt(now))
        .all(conn)
        .await?;
    Ok(rows)
}

/// Stores a new session.
pub(crate) async fn insert_session(conn: &Conn, row: session::Model) -> Result<(), StorageError> {
    session::Entity::insert(row.into_active_model())
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

/// A session that has not been ended, with its account.
pub(crate) async fn find_session(
    conn: &Conn,
    token_hash: &[u8],
) -> Result<Option<(session::Model, account::Model)>, StorageError> {
    let found = session::Entity::find()
        .filter(session::Column::TokenHash.eq(token_hash.to_vec()))
        .filter(session::Column::EndedAt.is_null())
        .one(conn)
        .await?;
    let Some(session) = found else {
        return Ok(None);
    };
    let account = account::Entity::find_by_id(session.account_id)
        .one(conn)
        .await?;
    Ok(account.map(|account| (session, account)))
}

/// Notes that a session is in use, unless it has been ended.
pub(crate) async fn touch_session(
    conn: &Conn,
    id: Uuid,
    now: DateTime<Utc>,
) -> Result<(), StorageError> {
    session::Entity::update_many()
        .col_expr(session::Column::LastSeenAt, Expr::value(now))
        .filter(session::Column::Id.eq(id))
        .filter(session::Column::EndedAt.is_null())
        .exec(conn)
        .await?;
    Ok(())
}

/// Ends a session.
pub(crate) async fn end_session(
    conn: &Conn,
    token_hash: &[u8],
    now: DateTime<Utc>,
) -> Result<(), StorageError> {
    let of_token = session::Column::TokenHash.eq(token_hash.to_vec());
    end_where(conn, of_token.into(), now).await
}

/// Ends the sessions of an account, but for the one of the token `but`.
pub(crate) async fn end_sessions(
    conn: &Conn,
    account: Uuid,
    but: Option<&[u8]>,
    now: DateTime<Utc>,
) -> Result<(), StorageError> {
    let others = but.map(|hash| session::Column::TokenHash.ne(hash.to_vec()));
    end_where(
        conn,
        Condition::all()
            .add(session::Column::AccountId.eq(account))
            .add_option(others),
        now,
    )
    .await
}

async fn end_where(conn: &Conn, which: Condition, now: DateTime<Utc>) -> Result<(), StorageError> {
    session::Entity::update_many()
        .col_expr(session::Column::EndedAt, Expr::value(now))
        .filter(session::Column::EndedAt.is_null())
        .filter(which)
        .exec(conn)
        .await?;
    Ok(())
}

/// Deletes sessions ended, or created, before the given moments, and attempts that no longer count;
/// returns how many rows went.
pub(crate) async fn tidy(
    conn: &Conn,
    ended_before: DateTime<Utc>,
    created_before: DateTime<Utc>,
    attempts_before: DateTime<Utc>,
) -> Result<u64, StorageError> {
    let over = Condition::any()
        .add(session::Column::EndedAt.lt(ended_before))
        .add(session::Column::CreatedAt.lt(created_before));
    let sessions = session::Entity::delete_many()
        .filter(over)
        .exec(conn)
        .await?;
    let old = Condition::all()
        .add(attempt::Column::FirstAt.lt(attempts_before))
        .add(
            attempt::Column::LockedUntil
                .is_null()
                .or(attempt::Column::LockedUntil.lt(attempts_before)),
        );
    let attempts = attempt::Entity::delete_many()
        .filter(old)
        .exec(conn)
        .await?;
    Ok(sessions.rows_affected + attempts.rows_affected)
}

#[cfg(test)]
mod tests {
    use sea_orm::{ConnectionTrait, QueryTrait, Statement};
    use tb_kernel::Scope;
    use tb_testkit::TestApp;

    use super::{Listing, listed};

    #[tokio::test]
    async fn a_search_does_not_walk_over_all_accounts() {
        let app = TestApp::new(vec![crate::manifest()], |_, _| Vec::new()).await;
        let conn = app.store().read();
        if !conn.is_sqlite() {
            return; // PostgreSQL's planner walks over small tables whatever there is.
        }
        let listing = Listing {
            words: Some("周".to_owned()),
            indexes: Some(([vec![1], vec![2], vec![3]], vec![4])),
            ..Listing::default()
        };
        let query = listed(&Scope::Everything, listing).build(conn.get_database_backend());
        let question = Statement::from_string(
            conn.get_database_backend(),
            format!("EXPLAIN QUERY PLAN {query}"),
        );
        let rows = conn.query_all_raw(question).await.unwrap();
        let steps: Vec<String> = rows
            .iter()
            .map(|row| row.try_get("", "detail").unwrap())
            .collect();
        assert!(
            !steps.iter().any(|step| step.starts_with("SCAN")),
            "{steps:?}"
        );
        assert!(
            steps.iter().any(|step| step.contains("kind=?")),
            "{steps:?}"
        );
    }
}
