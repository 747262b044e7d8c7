//! Settings: the embedded defaults, then a file, then the environment (`TONGBAN__SECTION__KEY`).

mod check;

use std::path::{Path, PathBuf};

use config::{Config as Source, Environment, File, FileFormat};
use serde::{Deserialize, Serialize};
use tb_http::EdgeConfig;
use tb_storage::{BlobConfig, DatabaseConfig};

/// The defaults, with a comment on every key.
pub const DEFAULTS: &str = include_str!("../../../config/tongban.default.toml");

/// All settings.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Production or demo.
    pub mode: Mode,
    /// HTTP.
    pub server: Server,
    /// Database.
    pub database: DatabaseConfig,
    /// Files.
    pub blobs: BlobConfig,
    /// Keys.
    pub keys: Keys,
    /// Backups.
    pub backup: Backup,
    /// Fonts of papers.
    pub fonts: Fonts,
    /// Sessions and sign-in.
    pub sessions: tb_identity::Settings,
    /// Event log.
    pub events: Events,
    /// The applicants' side.
    pub intake: tb_intake::Settings,
    /// Handling of cases.
    pub approval: Approval,
    /// Short messages.
    pub sms: Sms,
    /// Other systems.
    pub apps: Apps,
    /// Other processes.
    pub roles: RoleAddresses,
    /// Log.
    pub log: Log,
    /// Metrics.
    pub metrics: Metrics,
    /// Days by which a demo city's clock runs ahead; no setting, so that no other has one.
    #[serde(skip)]
    pub days_ahead: u16,
}

/// How strict a start is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Refuses demo accounts and a missing key.
    Production,
    /// For trying out.
    Demo,
}

/// HTTP settings: where to listen, and what the edge needs.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Server {
    /// Address and port.
    pub listen: std::net::SocketAddr,
    /// Seconds that open requests and running tasks get to end when the process is asked to stop.
    pub shutdown_seconds: u64,
    /// The edge's own.
    #[serde(flatten)]
    pub edge: EdgeConfig,
}

/// Where the keys are.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Keys {
    /// Key file.
    pub file: PathBuf,
}

/// Backup settings.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Backup {
    /// Passphrase of the keys in a backup; empty: keys are left out.
    pub passphrase: String,
}

/// Where fonts are.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fonts {
    /// Font files.
    pub paths: Vec<PathBuf>,
}

/// Event log settings.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Events {
    /// Days that events are kept after everybody has taken them; 0: for good.
    pub keep_days: u32,
}

/// Settings of the departments' side.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Approval {
    /// Seconds for which a batch can be revoked whole before it begins.
    pub batch_window_seconds: u32,
    /// Working days after a term at which handler, head, leader and inspectorate are told.
    pub escalation_days: [u32; 4],
    /// Working days for the reply to an order of the platform.
    pub supervision_reply_days: u32,
    /// When a case becomes yellow.
    pub lights: tb_approval::Lights,
    /// Where fees are paid.
    pub payments: PaymentChoice,
    /// Working days for paying a fee.
    pub payment_days: u32,
    /// Working days for a department's part of the answer to a joint matter.
    pub joint_part_days: u32,
    /// Working days after which the lead office must have sent it.
    pub joint_send_days: u32,
}

impl Approval {
    /// Sub-terms of one answer to a joint matter.
    #[must_use]
    pub fn joint_terms(&self) -> tb_approval::SubTerms {
        tb_approval::SubTerms {
            part: self.joint_part_days,
            send: self.joint_send_days,
        }
    }
}

/// Where fees are paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaymentChoice {
    /// Nowhere: no notices of payment.
    None,
    /// At the simulated payment platform.
    Simulator,
}

/// Settings of short messages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sms {
    /// Who sends them.
    pub operator: OperatorChoice,
    /// The signature that the operator has approved: 【…】 in front of each text.
    pub signature: String,
    /// Days for which a rating by reply is taken.
    pub reply_days: u32,
}

impl Default for Sms {
    fn default() -> Self {
        Self {
            operator: OperatorChoice::None,
            signature: "通办".to_owned(),
            reply_days: 7,
        }
    }
}

/// Who sends short messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OperatorChoice {
    /// Nobody: none go out.
    None,
    /// The simulated operator.
    Simulator,
}

/// Settings of messages to other systems.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Apps {
    /// What may be called.
    #[serde(flatten)]
    pub outbound: tb_gateway::OutboundRules,
    /// How messages leave.
    #[serde(flatten)]
    pub sending: tb_apps::Settings,
}

/// Addresses of roles in other processes; empty: this process.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoleAddresses {
    /// Web, for the ports of identity and catalogue.
    pub web: String,
    /// Intake.
    pub intake: String,
    /// Governance.
    pub governance: String,
    /// Approval.
    pub approval: String,
}

/// Log settings.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Log {
    /// Text or JSON.
    pub format: LogFormat,
    /// Filter.
    pub filter: String,
}

/// Form of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogFormat {
    /// For people.
    Text,
    /// For machines.
    Json,
}

/// Metrics settings.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Metrics {
    /// Whether /metrics answers.
    pub enabled: bool,
}

/// Reads the settings.
pub fn load(file: Option<&Path>) -> Result<Config, config::ConfigError> {
    let mut source = Source::builder().add_source(File::from_str(DEFAULTS, FileFormat::Toml));
    if let Some(file) = file {
        source = source.add_source(File::from(file).format(FileFormat::Toml));
    }
    let environment = Environment::with_prefix("TONGBAN")
        .prefix_separator("__")
        .separator("__")
        .try_parsing(true);
    let config: Config = source.add_source(environment).build()?.try_deserialize()?;
    config.check()?;
    Ok(config)
}

/// What stands in the place of a secret.
const HIDDEN: &str = "***";

impl Config {
    /// The same settings to be shown: no password, no secret key.
    #[must_use]
    pub fn without_secrets(mut self) -> Self {
        self.database.url = without_password(&self.database.url);
        if !self.blobs.secret_access_key.is_empty() {
            HIDDEN.clone_into(&mut self.blobs.secret_access_key);
        }
        if !self.backup.passphrase.is_empty() {
            HIDDEN.clone_into(&mut self.backup.passphrase);
        }
        self
    }

    /// The same settings for trying out: everything under one folder, on loopback.
    #[must_use]
    pub fn for_demo(mut self, folder: &Path, port: u16, days_ahead: u16) -> Self {
        self.mode = Mode::Demo;
        self.days_ahead = days_ahead;
        // What somebody has set stays: a test fills a demo city on PostgreSQL.
        if self.database.url.starts_with("sqlite:") {
            self.database.url = format!("sqlite://{}", folder.join("tongban.db").display());
        }
        self.approval.payments = PaymentChoice::Simulator;
        self.sessions.simulated_card_reader = true;
        self.sms.operator = OperatorChoice::Simulator;
        // The other system of a demo runs on the same machine.
        self.apps.outbound.allow_http = true;
        self.apps.outbound.allow = vec!["127.0.0.1".to_owned()];
        self.blobs.url = folder.join("blobs").display().to_string();
        self.keys.file = folder.join("keys");
        self.server.listen = std::net::SocketAddr::from(([127, 0, 0, 1], port));
        self.server.edge.public_url = format!("http://127.0.0.1:{port}");
        self
    }
}

/// An address without the password in it: `postgres://user:password@host/name?password=…`.
pub(crate) fn without_password(url: &str) -> String {
    let (address, query) = url.split_once('?').map_or((url, ""), |(a, q)| (a, q));
    let mut shown = match address.split_once("://").and_then(|(scheme, rest)| {
        let (login, host) = rest.rsplit_once('@')?;
        let (user, _) = login.split_once(':')?;
        Some(format!("{scheme}://{user}:{HIDDEN}@{host}"))
    }) {
        Some(shown) => shown,
        None => address.to_owned(),
    };
    let parts = query.split('&').filter(|part| !part.is_empty());
    for (n, part) in parts.enumerate() {
        shown.push(if n == 0 { '?' } else { '&' });
        match part.split_once('=') {
            Some((name, _)) if name.contains("password") => {
                shown.push_str(name);
                shown.push('=');
                shown.push_str(HIDDEN);
            }
            _ => shown.push_str(part),
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::{Mode, OperatorChoice, PaymentChoice, Sms, load, without_password};

    #[test]
    fn the_defaults_are_complete() {
        let config = load(None).expect("defaults parse");
        assert_eq!(config.mode, Mode::Production);
        assert!(config.server.listen.ip().is_loopback());
        // The file says the same as the code, or one of them is wrong.
        assert_eq!(config.sessions, tb_identity::Settings::default());
        assert_eq!(config.events.keep_days, 30);
        assert_eq!(config.apps.sending, tb_apps::Settings::default());
        assert_eq!(config.sms, Sms::default());
        assert_eq!(config.apps.outbound, tb_gateway::OutboundRules::default());
    }

    #[test]
    fn a_file_sets_the_sessions() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("tongban.toml");
        let read = |text: &str| {
            std::fs::write(&file, text).unwrap();
            load(Some(&file))
        };
        let config = read("[sessions]\nidle_minutes = 5\nsign_ins_per_minute = 0").unwrap();
        assert_eq!(config.sessions.idle_minutes, 5);
        assert_eq!(config.sessions.absolute_hours, 12);
        assert_eq!(config.sessions.sign_ins_per_minute, 0);
        for wrong in [
            "idle_minutes = 0",
            "absolute_hours = 0",
            "idle = 5",
            "idle_minutes = -1",
        ] {
            read(&format!("[sessions]\n{wrong}")).expect_err(wrong);
        }
    }

    #[test]
    fn production_charges_and_sends_nothing_by_itself_and_never_at_a_simulator() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("tongban.toml");
        let read = |text: &str| {
            std::fs::write(&file, text).unwrap();
            load(Some(&file))
        };
        assert_eq!(
            read("").unwrap().approval.payments,
            PaymentChoice::None,
            "by default"
        );
        let simulated = "[approval]\npayments = \"simulator\"";
        read(simulated).expect_err("in production");
        read(&format!("mode = \"demo\"\n{simulated}")).expect("in a demo city");
        let pretended = "[sessions]\nsimulated_card_reader = true";
        read(pretended).expect_err("in production");
        read(&format!("mode = \"demo\"\n{pretended}")).expect("in a demo city");
        for days in ["0", "91"] {
            read(&format!("[approval]\npayment_days = {days}")).expect_err(days);
        }
        assert_eq!(read("").unwrap().sms.operator, OperatorChoice::None);
        let simulated = "[sms]\noperator = \"simulator\"";
        read(simulated).expect_err("in production");
        read(&format!("mode = \"demo\"\n{simulated}")).expect("in a demo city");
        for wrong in ["reply_days = 0", "reply_days = 31", "signature = \" \""] {
            read(&format!("[sms]\n{wrong}")).expect_err(wrong);
        }
    }

    #[test]
    fn help_is_answered_within_days_that_can_be_kept() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("tongban.toml");
        let read = |text: &str| {
            std::fs::write(&file, text).unwrap();
            load(Some(&file))
        };
        assert_eq!(
            read("").unwrap().intake.assist_contact_days,
            1,
            "by default"
        );
        for days in ["0", "11"] {
            read(&format!("[intake]\nassist_contact_days = {days}")).expect_err(days);
        }
    }

    #[test]
    fn lights_differ_by_type_and_level_and_a_wrong_word_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("tongban.toml");
        let read = |text: &str| {
            std::fs::write(&file, text).unwrap();
            load(Some(&file))
        };
        let of = "[[approval.lights.of]]\n";
        let permits = "item_types = [\"01\"]\nlevels = [\"province\"]\nyellow_working_days = 3";
        let lights = read(&format!("{of}{permits}")).unwrap().approval.lights;
        assert_eq!(lights.of[0].yellow_working_days, Some(3));
        assert_eq!(lights.yellow_percent, 20, "by default");
        for wrong in [
            "item_types = [\"1\"]",
            "levels = [\"district\"]",
            "yellow_percent = 101",
            "yellow_days = 1",
        ] {
            read(&format!("{of}{wrong}")).expect_err(wrong);
        }
    }

    #[test]
    fn passwords_are_not_shown() {
        for (url, shown) in [
            ("sqlite:///data/a.db", "sqlite:///data/a.db"),
            ("postgres://u:p@h:5432/d", "postgres://u:***@h:5432/d"),
            ("postgres://u:p@ss:w@h/d", "postgres://u:***@h/d"),
            (
                "postgres://u@h/d?sslmode=require",
                "postgres://u@h/d?sslmode=require",
            ),
            (
                "postgres://h/d?user=u&password=p",
                "postgres://h/d?user=u&password=***",
            ),
        ] {
            assert_eq!(without_password(url), shown);
        }
    }
}
