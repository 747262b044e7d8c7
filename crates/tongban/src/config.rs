//! Settings: the embedded defaults, then a file, then the environment (`TONGBAN__SECTION__KEY`).

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
    /// Fonts of papers.
    pub fonts: Fonts,
    /// Other processes.
    pub roles: RoleAddresses,
    /// Log.
    pub log: Log,
    /// Metrics.
    pub metrics: Metrics,
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

/// Where fonts are.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fonts {
    /// Font files.
    pub paths: Vec<PathBuf>,
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
    source.add_source(environment).build()?.try_deserialize()
}

impl Config {
    /// The same settings for trying out: everything under one folder, on loopback.
    #[must_use]
    pub fn for_demo(mut self, folder: &Path, port: u16) -> Self {
        self.mode = Mode::Demo;
        // What somebody has set stays: a test fills a demo city on PostgreSQL.
        if self.database.url.starts_with("sqlite:") {
            self.database.url = format!("sqlite://{}", folder.join("tongban.db").display());
        }
        self.blobs.url = folder.join("blobs").display().to_string();
        self.keys.file = folder.join("keys");
        self.server.listen = std::net::SocketAddr::from(([127, 0, 0, 1], port));
        self.server.edge.public_url = format!("http://127.0.0.1:{port}");
        self
    }
}

#[cfg(test)]
mod tests {
    use super::{Mode, load};

    #[test]
    fn the_defaults_are_complete() {
        let config = load(None).expect("defaults parse");
        assert_eq!(config.mode, Mode::Production);
        assert!(config.server.listen.ip().is_loopback());
    }
}
