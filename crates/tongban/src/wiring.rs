//! Wiring: the only place that names concrete adapters. Opens storage, makes the ports (in this
//! process or over to another role), and collects the modules that a role runs.

use std::sync::Arc;

use axum::Router;
use tb_approval::{Press, Simulator};
use tb_catalogue::Catalogue;
use tb_contract::collections::Collections;
use tb_contract::licences::HeldLicences;
use tb_contract::ports::{
    AccountNames, Applicants, Colleagues, Divisions, IntakeChanges, IssuedLicences, Outbound,
    Papers,
};
use tb_events::{EventLog, TableConfig, TableLog};
use tb_gateway::{Client, OutboundClient, OutboundRules, RemoteDivisions, RemoteRole};
use tb_http::{Authentication, Edge, Texts};
use tb_kernel::{Entropy, RequestId};
use tb_module::{Manifest, Module};
use tb_storage::migration::{MigrationSet, migrate};
use tb_storage::{Blobs, Database, KeyRing, Origin, Sealer, StorageError, Store};
use tb_typeset::Typeroom;
use utoipa::openapi::OpenApi;

use crate::cli::{Failure, both};
use crate::config::{Config, Mode, OperatorChoice, PaymentChoice, Sms, without_password};
use crate::fonts::Fonts;
use crate::roles::Role;
use crate::system::{SystemClock, SystemEntropy};

/// Every domain.
pub fn manifests() -> Vec<Manifest> {
    vec![
        tb_identity::manifest(),
        tb_catalogue::manifest(),
        tb_intake::manifest(),
        tb_governance::manifest(),
        tb_interaction::manifest(),
        tb_insight::manifest(),
        tb_approval::manifest(),
        tb_apps::manifest(),
        tb_licence::manifest(),
        tb_hall::manifest(),
    ]
}

/// Opens storage and brings the database up to date.
pub(crate) async fn open_store(config: &Config) -> Result<Store, Failure> {
    crate::backup::refuse_half_restored(config)?;
    let sealer = open_keys(config)?;
    let blobs = open_blobs(config, &sealer)?;
    open_database(config, sealer, blobs).await
}

/// Reads the keys.
pub(crate) fn open_keys(config: &Config) -> Result<Arc<Sealer>, Failure> {
    let create = (config.mode == Mode::Demo).then_some(&SystemEntropy as &dyn Entropy);
    let keys = KeyRing::from_file(&config.keys.file, create).map_err(|error| {
        let what = both(
            "没有可用的密钥文件不能启动，请先运行 tongban keys new",
            "there is no start without a good key file; run `tongban keys new` first",
        );
        Failure::new(format!("{what}: {error}"))
    })?;
    Ok(Arc::new(Sealer::new(keys, Arc::new(SystemEntropy))))
}

/// Opens the file store.
pub(crate) fn open_blobs(config: &Config, sealer: &Arc<Sealer>) -> Result<Blobs, Failure> {
    Blobs::open(&config.blobs, sealer.clone()).map_err(|error| {
        let what = both("文件存储打不开", "the file store cannot be opened");
        Failure::new(format!("{what}: {}: {error}", config.blobs.url))
    })
}

/// Opens the database and brings it up to date.
pub(crate) async fn open_database(
    config: &Config,
    sealer: Arc<Sealer>,
    blobs: Blobs,
) -> Result<Store, Failure> {
    let opening = async {
        make_folder(&config.database.url)?;
        let database = Database::connect(&config.database).await?;
        migrate(&database, &migration_sets()).await?;
        let clock = Arc::new(SystemClock::ahead(config.days_ahead));
        let entropy = Arc::new(SystemEntropy);
        Store::new(database, sealer, blobs, clock, entropy).await
    };
    opening.await.map_err(|error: StorageError| {
        let what = both("数据库打不开", "the database cannot be opened");
        let address = without_password(&config.database.url);
        Failure::new(format!("{what}: {address}: {error}"))
    })
}

fn migration_sets() -> Vec<MigrationSet> {
    let domains = manifests().into_iter().map(|manifest| manifest.migrations);
    domains
        .chain([tb_events::MIGRATIONS, tb_jobs::MIGRATIONS])
        .collect()
}

/// The migrations that this program knows, by the table that notes them.
pub(crate) fn known_migrations() -> std::collections::BTreeMap<String, Vec<String>> {
    tb_storage::migration::known_migrations(&migration_sets())
}

fn make_folder(url: &str) -> Result<(), StorageError> {
    let path = url.strip_prefix("sqlite://").map(std::path::Path::new);
    if let Some(folder) = path.and_then(std::path::Path::parent) {
        std::fs::create_dir_all(folder)?;
    }
    Ok(())
}

/// The edge of a role.
pub(crate) fn edge(config: &Config, store: &Store, role: Role) -> Result<Edge, Failure> {
    let texts: Vec<_> = manifests()
        .iter()
        .flat_map(|manifest| manifest.texts)
        .collect();
    let authentication = if role.faces_browsers() {
        Authentication::Sessions(tb_identity::sessions_with(store, config.sessions))
    } else {
        Authentication::Tokens
    };
    Ok(Edge::new(
        config.server.edge.clone(),
        store.clone(),
        authentication,
        Texts::new(&texts)?,
    ))
}

/// What a role runs, ready to be served.
pub(crate) struct Wired {
    /// The domains.
    pub modules: Vec<Module>,
    /// The event log.
    pub log: Arc<dyn EventLog>,
    /// Ports that this process exposes to other roles.
    pub exposed: Router,
    /// Forwarding to other roles.
    pub forwarded: Router,
}

/// The ports, each in this process or over to the role that owns it.
#[derive(Clone)]
pub struct Ports {
    /// The catalogue of this process.
    pub catalogue: Catalogue,
    /// The event log.
    pub log: Arc<dyn EventLog>,
    /// Identity's.
    pub applicants: Arc<dyn Applicants>,
    /// Identity's, too.
    pub names: Arc<dyn AccountNames>,
    /// Identity's, too: who works where.
    pub colleagues: Arc<dyn Colleagues>,
    /// The catalogue's.
    pub divisions: Arc<dyn Divisions>,
    /// Intake's.
    pub changes: Arc<dyn IntakeChanges>,
    /// Approval's papers, for intake.
    pub papers: Arc<dyn Papers>,
    /// The register's licences, for the archive.
    pub licences: Arc<dyn IssuedLicences>,
    /// The register's licences by their holders, for intake.
    pub held: Arc<dyn HeldLicences>,
    /// Intake's results that wait at counters, for the hall, which runs beside it.
    pub collections: Arc<dyn Collections>,
    /// Where approval renders them.
    pub press: Press,
    /// Where licences are set.
    pub typeroom: Typeroom,
    /// Sessions and sign-in.
    pub sessions: tb_identity::Settings,
    /// Terms of the applicants' side.
    pub intake: tb_intake::Settings,
    /// Clocks and batches.
    pub approval: tb_approval::Settings,
    /// Where fees are paid.
    pub payments: Option<tb_approval::PaymentPlatform>,
    /// Who sends short messages.
    pub operator: Option<tb_interaction::Operator>,
    /// The way out to other systems.
    pub outbound: Arc<dyn Outbound>,
    /// How messages leave.
    pub sending: tb_apps::Settings,
}

impl Ports {
    /// All ports within one process.
    pub fn local(
        edge: &Edge,
        log: Arc<dyn EventLog>,
        fonts: Fonts,
    ) -> Result<Self, tb_kernel::Fault> {
        let store = edge.store();
        let catalogue = Catalogue::new(store, tb_licence::types(store))?;
        let typeroom = Typeroom::new(fonts.reader());
        let press = Press::new(store, typeroom.clone());
        Ok(Self {
            divisions: Arc::new(catalogue.clone()),
            applicants: tb_identity::applicants(store),
            names: tb_identity::names(store),
            colleagues: tb_identity::colleagues(store),
            changes: tb_intake::changes(log.clone()),
            catalogue,
            log,
            papers: Arc::new(press.clone()),
            licences: tb_licence::issued(store, typeroom.clone(), &edge.config().public_url),
            held: tb_licence::held(store, typeroom.clone(), &edge.config().public_url),
            collections: tb_intake::collections(store),
            press,
            typeroom,
            sessions: tb_identity::Settings::default(),
            intake: tb_intake::Settings::default(),
            approval: tb_approval::Settings::default(),
            payments: Some(Simulator::platform(store)),
            operator: Some(simulated_operator(store, &Sms::default())),
            outbound: Arc::new(OutboundClient::new(OutboundRules::default())?),
            sending: tb_apps::Settings::default(),
        })
    }

    /// The same, but what another role owns is asked over there.
    fn over_to_others(
        mut self,
        config: &Config,
        client: &Client,
        role: Role,
    ) -> Result<Self, Failure> {
        let remote = |name: &str, address: &str| match address {
            "" => Err(Failure::new(format!(
                "[roles] {name} is not set, but this role calls it"
            ))),
            address => Ok(RemoteRole::new(client.clone(), address)),
        };
        if role == Role::Intake {
            let web = remote("web", &config.roles.web)?;
            self.applicants = Arc::new(web.clone());
            self.colleagues = Arc::new(web.clone());
            self.held = Arc::new(web.clone());
            self.divisions = Arc::new(RemoteDivisions::new(web));
            self.papers = Arc::new(remote("approval", &config.roles.approval)?);
        }
        if role == Role::Governance {
            self.changes = Arc::new(remote("intake", &config.roles.intake)?);
            self.names = Arc::new(remote("web", &config.roles.web)?);
        }
        if role == Role::Approval {
            let web = remote("web", &config.roles.web)?;
            self.colleagues = Arc::new(web.clone());
            self.licences = Arc::new(web);
        }
        Ok(self)
    }
}

fn simulated_operator(store: &Store, sms: &Sms) -> tb_interaction::Operator {
    tb_interaction::Simulator::operator(store, &sms.signature, sms.reply_days)
}

/// The modules of the domains that `runs` names.
pub fn modules(
    edge: &Edge,
    ports: &Ports,
    runs: impl Fn(&str) -> bool,
) -> Result<Vec<Module>, tb_kernel::Fault> {
    let mut modules = Vec::new();
    if runs("identity") {
        let needs = tb_identity::Ports {
            departments: Arc::new(ports.catalogue.clone()),
        };
        modules.push(tb_identity::module_with(edge, needs, ports.sessions));
    }
    if runs("catalogue") {
        modules.push(tb_catalogue::module(edge, ports.catalogue.clone()));
    }
    if runs("intake") {
        let needs = tb_intake::Ports {
            applicants: ports.applicants.clone(),
            divisions: ports.divisions.clone(),
            papers: ports.papers.clone(),
            licences: ports.held.clone(),
            colleagues: ports.colleagues.clone(),
            typeroom: ports.typeroom.clone(),
            settings: ports.intake.clone(),
        };
        modules.push(tb_intake::module(edge, needs));
    }
    if runs("interaction") {
        modules.push(tb_interaction::module(tb_interaction::Ports {
            applicants: ports.applicants.clone(),
            operator: ports.operator.clone(),
            settings: tb_interaction::Settings::default(),
        }));
    }
    if runs("governance") {
        let needs = tb_governance::Ports {
            changes: ports.changes.clone(),
            log: ports.log.clone(),
            names: ports.names.clone(),
        };
        modules.push(tb_governance::module(edge, needs));
    }
    if runs("approval") {
        modules.push(tb_approval::module(
            edge,
            tb_approval::Ports {
                press: ports.press.clone(),
                colleagues: ports.colleagues.clone(),
                licences: ports.licences.clone(),
                payments: ports.payments.clone(),
                settings: ports.approval.clone(),
            },
        ));
    }
    if runs("insight") {
        modules.push(tb_insight::module(edge));
    }
    if runs("apps") {
        let needs = tb_apps::Ports {
            outbound: ports.outbound.clone(),
            settings: ports.sending.clone(),
        };
        modules.push(tb_apps::module(edge, needs));
    }
    if runs("licence") {
        let needs = tb_licence::Ports {
            applicants: ports.applicants.clone(),
            typeroom: ports.typeroom.clone(),
        };
        modules.push(tb_licence::module(edge, needs));
    }
    if runs("hall") {
        let needs = tb_hall::Ports {
            applicants: ports.applicants.clone(),
            collections: ports.collections.clone(),
            settings: tb_hall::Settings::default(),
        };
        modules.push(tb_hall::module(needs));
    }
    Ok(modules)
}

/// Collects what `role` runs.
pub(crate) async fn wire(config: &Config, edge: &Edge, role: Role) -> Result<Wired, Failure> {
    let log: Arc<dyn EventLog> =
        Arc::new(TableLog::new(edge.store().clone(), TableConfig::default()));
    let client = Client::new(edge.service_key().clone())?;
    let fonts = Fonts::new(config.fonts.paths.clone());
    let ports = Ports {
        sessions: config.sessions,
        intake: config.intake.clone(),
        approval: tb_approval::Settings {
            batch_window_seconds: config.approval.batch_window_seconds,
            escalation_days: config.approval.escalation_days,
            supervision_reply_days: config.approval.supervision_reply_days,
            payment_days: config.approval.payment_days,
            joint_terms: config.approval.joint_terms(),
            lights: config.approval.lights.clone(),
            ..tb_approval::Settings::default()
        },
        payments: match config.approval.payments {
            PaymentChoice::None => None,
            PaymentChoice::Simulator => Some(Simulator::platform(edge.store())),
        },
        operator: match config.sms.operator {
            OperatorChoice::None => None,
            OperatorChoice::Simulator => Some(simulated_operator(edge.store(), &config.sms)),
        },
        outbound: Arc::new(OutboundClient::new(config.apps.outbound.clone())?),
        sending: config.apps.sending.clone(),
        ..Ports::local(edge, log.clone(), fonts)?.over_to_others(config, &client, role)?
    };
    if role.runs("catalogue") {
        let by = Origin::system(
            "catalogue.publish_shipped_calendar",
            RequestId(edge.store().new_id()),
        );
        tb_catalogue::seed::seed_calendar(edge.store(), &by).await?;
        ports.catalogue.warm().await?;
    }
    Ok(Wired {
        modules: modules(edge, &ports, |domain| role.runs(domain))?,
        exposed: exposed(&ports, role),
        forwarded: forwarded(config, edge, &client, role)?,
        log,
    })
}

fn exposed(ports: &Ports, role: Role) -> Router {
    let mut router = Router::new();
    if role.runs("identity") {
        router = router.merge(tb_gateway::expose_applicants(ports.applicants.clone()));
        router = router.merge(tb_gateway::expose_names(ports.names.clone()));
        router = router.merge(tb_gateway::expose_colleagues(ports.colleagues.clone()));
    }
    if role.runs("licence") {
        router = router.merge(tb_gateway::expose_licences(ports.licences.clone()));
        router = router.merge(tb_gateway::expose_held_licences(ports.held.clone()));
    }
    if role.runs("catalogue") {
        router = router.merge(tb_gateway::expose_divisions(ports.divisions.clone()));
    }
    if role.runs("intake") {
        router = router.merge(tb_gateway::expose_changes(ports.changes.clone()));
    }
    if role.runs("approval") {
        router = router.merge(tb_gateway::expose_papers(ports.papers.clone()));
    }
    router
}

fn forwarded(config: &Config, edge: &Edge, client: &Client, role: Role) -> Result<Router, Failure> {
    let mut router = Router::new();
    if role != Role::Web {
        return Ok(router);
    }
    let others = [
        ("intake", &config.roles.intake),
        ("interaction", &config.roles.intake),
        ("hall", &config.roles.intake),
        ("governance", &config.roles.governance),
        ("apps", &config.roles.governance),
        ("insight", &config.roles.governance),
        ("approval", &config.roles.approval),
    ];
    for (domain, address) in others {
        if address.is_empty() {
            return Err(Failure::new(format!(
                "[roles] {domain} is not set, but web forwards to it"
            )));
        }
        router = router.merge(tb_gateway::forward_routes(edge, client, domain, address));
    }
    Ok(router)
}

/// The API documents of the domains, with operation names unique over all of them.
pub fn api_documents() -> Vec<(&'static str, OpenApi)> {
    let documents = [
        ("identity", tb_identity::api_document()),
        ("catalogue", tb_catalogue::api_document()),
        ("intake", tb_intake::api_document()),
        ("governance", tb_governance::api_document()),
        ("interaction", tb_interaction::api_document()),
        ("insight", tb_insight::api_document()),
        ("approval", tb_approval::api_document()),
        ("apps", tb_apps::api_document()),
        ("licence", tb_licence::api_document()),
        ("hall", tb_hall::api_document()),
    ];
    documents
        .into_iter()
        .map(|(domain, document)| (domain, tb_http::under_prefix(domain, document)))
        .collect()
}
