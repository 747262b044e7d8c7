//! What queries take: a pool for reading or the transaction under way, behind one type, so that
//! a query is written (and compiled) once.

use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, ExecResult,
    QueryResult, Statement,
};

/// A place to run statements.
#[derive(Debug)]
pub enum Conn {
    /// The pool.
    Pool(DatabaseConnection),
    /// The transaction under way.
    Tx(DatabaseTransaction),
}

#[async_trait::async_trait]
impl ConnectionTrait for Conn {
    fn get_database_backend(&self) -> DbBackend {
        match self {
            Self::Pool(pool) => pool.get_database_backend(),
            Self::Tx(tx) => tx.get_database_backend(),
        }
    }

    async fn execute_raw(&self, stmt: Statement) -> Result<ExecResult, DbErr> {
        match self {
            Self::Pool(pool) => pool.execute_raw(stmt).await,
            Self::Tx(tx) => tx.execute_raw(stmt).await,
        }
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        match self {
            Self::Pool(pool) => pool.execute_unprepared(sql).await,
            Self::Tx(tx) => tx.execute_unprepared(sql).await,
        }
    }

    async fn query_one_raw(&self, stmt: Statement) -> Result<Option<QueryResult>, DbErr> {
        match self {
            Self::Pool(pool) => pool.query_one_raw(stmt).await,
            Self::Tx(tx) => tx.query_one_raw(stmt).await,
        }
    }

    async fn query_all_raw(&self, stmt: Statement) -> Result<Vec<QueryResult>, DbErr> {
        match self {
            Self::Pool(pool) => pool.query_all_raw(stmt).await,
            Self::Tx(tx) => tx.query_all_raw(stmt).await,
        }
    }
}

impl Conn {
    /// Whether this is SQLite, for the few statements that differ.
    pub fn is_sqlite(&self) -> bool {
        self.get_database_backend() == DbBackend::Sqlite
    }
}
