//! Each port between roles, both ends in one place: the route that its owner's role exposes and
//! the client that implements the same trait elsewhere.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use async_trait::async_trait;
use axum::Router;
use axum::extract::State;
use axum::routing::{get, post};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use tb_contract::divisions::{Division, DivisionTree};
use tb_contract::feed::ChangePage;
use tb_contract::licences::{HeldLicence, HeldLicences, LicenceHolder, LicenceSheet, StandingNow};
use tb_contract::ports::{
    AccountNames, ApplicantProfile, Applicants, Colleague, Colleagues, Divisions, Identified,
    IntakeChanges, IssuedLicence, IssuedLicences, Papers, PortResult,
};
use tb_http::{Json, Query};
use tb_kernel::{AccountId, DepartmentId};
use uuid::Uuid;

use crate::client::RemoteRole;

#[derive(Serialize, Deserialize)]
struct ChangesQuery {
    cursor: String,
    limit: u64,
}

/// `GET /internal/v1/intake/changes?cursor=&limit=`: the feed that the governance centre reads.
pub fn expose_changes(port: Arc<dyn IntakeChanges>) -> Router {
    async fn changes(
        State(port): State<Arc<dyn IntakeChanges>>,
        Query(query): Query<ChangesQuery>,
    ) -> tb_http::Result<Json<ChangePage>> {
        Ok(Json(
            port.changes(&query.cursor, query.limit.clamp(1, 500))
                .await?,
        ))
    }
    Router::new()
        .route("/internal/v1/intake/changes", get(changes))
        .with_state(port)
}

#[async_trait]
impl IntakeChanges for RemoteRole {
    async fn changes(&self, cursor: &str, limit: u64) -> PortResult<ChangePage> {
        self.ask(
            "intake/changes",
            &ChangesQuery {
                cursor: cursor.to_owned(),
                limit,
            },
        )
        .await
    }
}

#[derive(Serialize, Deserialize)]
struct PaperQuery {
    id: Uuid,
}

/// `GET /internal/v1/approval/paper?id=`: whether the PDF lies in the blob store, after it was
/// rendered where need be.
pub fn expose_papers(port: Arc<dyn Papers>) -> Router {
    async fn ready(
        State(port): State<Arc<dyn Papers>>,
        Query(query): Query<PaperQuery>,
    ) -> tb_http::Result<Json<bool>> {
        Ok(Json(port.ready(query.id).await?))
    }
    Router::new()
        .route("/internal/v1/approval/paper", get(ready))
        .with_state(port)
}

#[async_trait]
impl Papers for RemoteRole {
    async fn ready(&self, paper_id: Uuid) -> PortResult<bool> {
        self.ask("approval/paper", &PaperQuery { id: paper_id })
            .await
    }
}

#[derive(Serialize, Deserialize)]
struct LicencesQuery {
    case_number: String,
}

/// What is asked about an item.
#[derive(Serialize, Deserialize)]
struct IssuesQuery {
    item_code: String,
}

/// `GET /internal/v1/licence/of-case?case_number=`: the licences of a case, rendered where need be.
pub fn expose_licences(port: Arc<dyn IssuedLicences>) -> Router {
    async fn of_case(
        State(port): State<Arc<dyn IssuedLicences>>,
        Query(query): Query<LicencesQuery>,
    ) -> tb_http::Result<Json<Vec<IssuedLicence>>> {
        Ok(Json(port.of_case(&query.case_number).await?))
    }
    async fn issues_since(
        State(port): State<Arc<dyn IssuedLicences>>,
        Query(query): Query<IssuesQuery>,
    ) -> tb_http::Result<Json<Option<DateTime<Utc>>>> {
        Ok(Json(port.issues_since(&query.item_code).await?))
    }
    Router::new()
        .route("/internal/v1/licence/of-case", get(of_case))
        .route("/internal/v1/licence/issues-since", get(issues_since))
        .with_state(port)
}

#[async_trait]
impl IssuedLicences for RemoteRole {
    async fn of_case(&self, case_number: &str) -> PortResult<Vec<IssuedLicence>> {
        let case_number = case_number.to_owned();
        self.ask("licence/of-case", &LicencesQuery { case_number })
            .await
    }

    async fn issues_since(&self, item_code: &str) -> PortResult<Option<DateTime<Utc>>> {
        let item_code = item_code.to_owned();
        self.ask("licence/issues-since", &IssuesQuery { item_code })
            .await
    }
}

/// What is asked about somebody's licences.
#[derive(Serialize, Deserialize)]
struct HeldQuestion<T> {
    holder: LicenceHolder,
    about: T,
}

/// `POST /internal/v1/licence/in-force`, `…/standing` and `…/sheet`: the licences of a holder.
pub fn expose_held_licences(port: Arc<dyn HeldLicences>) -> Router {
    type Port = State<Arc<dyn HeldLicences>>;
    async fn in_force(
        State(port): Port,
        Json(asked): Json<HeldQuestion<Vec<String>>>,
    ) -> tb_http::Result<Json<Vec<HeldLicence>>> {
        Ok(Json(port.in_force(&asked.holder, &asked.about).await?))
    }
    async fn standing(
        State(port): Port,
        Json(asked): Json<HeldQuestion<Vec<Uuid>>>,
    ) -> tb_http::Result<Json<Vec<StandingNow>>> {
        Ok(Json(port.standing(&asked.holder, &asked.about).await?))
    }
    async fn sheet(
        State(port): Port,
        Json(asked): Json<HeldQuestion<Uuid>>,
    ) -> tb_http::Result<Json<Option<LicenceSheet>>> {
        Ok(Json(port.sheet(&asked.holder, asked.about).await?))
    }
    Router::new()
        .route("/internal/v1/licence/in-force", post(in_force))
        .route("/internal/v1/licence/standing", post(standing))
        .route("/internal/v1/licence/sheet", post(sheet))
        .with_state(port)
}

#[async_trait]
impl HeldLicences for RemoteRole {
    async fn in_force(
        &self,
        holder: &LicenceHolder,
        types: &[String],
    ) -> PortResult<Vec<HeldLicence>> {
        let (holder, about) = (holder.clone(), types.to_vec());
        self.ask_with("licence/in-force", &HeldQuestion { holder, about })
            .await
    }

    async fn standing(&self, holder: &LicenceHolder, ids: &[Uuid]) -> PortResult<Vec<StandingNow>> {
        let (holder, about) = (holder.clone(), ids.to_vec());
        self.ask_with("licence/standing", &HeldQuestion { holder, about })
            .await
    }

    async fn sheet(&self, holder: &LicenceHolder, id: Uuid) -> PortResult<Option<LicenceSheet>> {
        let (holder, about) = (holder.clone(), id);
        self.ask_with("licence/sheet", &HeldQuestion { holder, about })
            .await
    }
}

#[derive(Serialize, Deserialize)]
struct ProfileQuery {
    account: AccountId,
}

/// `GET /internal/v1/identity/profile?account=`, `POST /internal/v1/identity/account-of`, `…/agents-of`.
pub fn expose_applicants(port: Arc<dyn Applicants>) -> Router {
    async fn profile(
        State(port): State<Arc<dyn Applicants>>,
        Query(query): Query<ProfileQuery>,
    ) -> tb_http::Result<Json<Option<ApplicantProfile>>> {
        Ok(Json(port.profile(query.account).await?))
    }
    async fn account_of(
        State(port): State<Arc<dyn Applicants>>,
        Json(who): Json<Identified>,
    ) -> tb_http::Result<Json<Option<AccountId>>> {
        Ok(Json(port.account_of(&who).await?))
    }
    async fn agents_of(
        State(port): State<Arc<dyn Applicants>>,
        Json(credit_code): Json<String>,
    ) -> tb_http::Result<Json<Vec<AccountId>>> {
        Ok(Json(port.agents_of(&credit_code).await?))
    }
    Router::new()
        .route("/internal/v1/identity/profile", get(profile))
        .route("/internal/v1/identity/account-of", post(account_of))
        .route("/internal/v1/identity/agents-of", post(agents_of))
        .with_state(port)
}

#[async_trait]
impl Applicants for RemoteRole {
    async fn profile(&self, account: AccountId) -> PortResult<Option<ApplicantProfile>> {
        self.ask("identity/profile", &ProfileQuery { account })
            .await
    }

    async fn account_of(&self, who: &Identified) -> PortResult<Option<AccountId>> {
        self.ask_with("identity/account-of", who).await
    }

    async fn agents_of(&self, credit_code: &str) -> PortResult<Vec<AccountId>> {
        self.ask_with("identity/agents-of", &credit_code).await
    }
}

#[derive(Serialize, Deserialize)]
struct NamesQuery {
    /// Joined by commas.
    accounts: String,
}

/// `GET /internal/v1/identity/names?accounts=`.
pub fn expose_names(port: Arc<dyn AccountNames>) -> Router {
    async fn names(
        State(port): State<Arc<dyn AccountNames>>,
        Query(query): Query<NamesQuery>,
    ) -> tb_http::Result<Json<HashMap<AccountId, String>>> {
        let ids = query.accounts.split(',').filter_map(|id| id.parse().ok());
        let accounts: Vec<AccountId> = ids.map(AccountId).take(500).collect();
        Ok(Json(port.names(&accounts).await?))
    }
    Router::new()
        .route("/internal/v1/identity/names", get(names))
        .with_state(port)
}

#[async_trait]
impl AccountNames for RemoteRole {
    async fn names(&self, accounts: &[AccountId]) -> PortResult<HashMap<AccountId, String>> {
        let ids: Vec<String> = accounts.iter().map(|id| id.0.to_string()).collect();
        let query = NamesQuery {
            accounts: ids.join(","),
        };
        self.ask("identity/names", &query).await
    }
}

#[derive(Serialize, Deserialize)]
struct ColleaguesQuery {
    department: DepartmentId,
}

/// `GET /internal/v1/identity/colleagues?department=`.
pub fn expose_colleagues(port: Arc<dyn Colleagues>) -> Router {
    async fn colleagues(
        State(port): State<Arc<dyn Colleagues>>,
        Query(query): Query<ColleaguesQuery>,
    ) -> tb_http::Result<Json<Vec<Colleague>>> {
        Ok(Json(port.of_department(query.department).await?))
    }
    Router::new()
        .route("/internal/v1/identity/colleagues", get(colleagues))
        .with_state(port)
}

#[async_trait]
impl Colleagues for RemoteRole {
    async fn of_department(&self, department: DepartmentId) -> PortResult<Vec<Colleague>> {
        self.ask("identity/colleagues", &ColleaguesQuery { department })
            .await
    }
}

/// `GET /internal/v1/catalogue/divisions`: all rows of the tree.
pub fn expose_divisions(port: Arc<dyn Divisions>) -> Router {
    async fn rows(State(port): State<Arc<dyn Divisions>>) -> tb_http::Result<Json<Vec<Division>>> {
        Ok(Json(port.tree().await?.rows().cloned().collect()))
    }
    Router::new()
        .route("/internal/v1/catalogue/divisions", get(rows))
        .with_state(port)
}

/// The division tree of another role, kept for ten minutes: divisions change once a year.
pub struct RemoteDivisions {
    role: RemoteRole,
    kept: Mutex<Option<(Instant, Arc<DivisionTree>)>>,
}

const KEPT: Duration = Duration::from_mins(10);

impl RemoteDivisions {
    /// The tree of the role that runs the catalogue.
    pub fn new(role: RemoteRole) -> Self {
        Self {
            role,
            kept: Mutex::new(None),
        }
    }
}

#[async_trait]
impl Divisions for RemoteDivisions {
    async fn tree(&self) -> PortResult<Arc<DivisionTree>> {
        let kept = self
            .kept
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        if let Some((_, tree)) = kept.filter(|(since, _)| since.elapsed() < KEPT) {
            return Ok(tree);
        }
        let rows: Vec<Division> = self.role.ask("catalogue/divisions", &()).await?;
        let tree = Arc::new(DivisionTree::new(rows));
        *self.kept.lock().unwrap_or_else(PoisonError::into_inner) =
            Some((Instant::now(), tree.clone()));
        Ok(tree)
    }
}
