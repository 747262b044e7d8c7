//! A demo city of a test: its folder, its database, its processes. Everything ends with it.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use tempfile::TempDir;

use crate::browser::Browser;

/// The password of every demo account.
pub const PASSWORD: &str = tongban::DEMO_PASSWORD;

/// A filled demo city.
pub struct City {
    pub folder: TempDir,
    pub database: String,
    port: u16,
    processes: Vec<Child>,
    settings: Vec<(String, String)>,
}

impl City {
    /// A place for one: a folder and an empty database.
    pub fn bare() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = database(folder.path());
        Self {
            folder,
            database,
            port: free_ports(4),
            processes: Vec::new(),
            settings: Vec::new(),
        }
    }

    /// Fills one.
    pub fn fill() -> Self {
        let city = Self::bare();
        let status = city
            .command("demo")
            .args(["--fill-only", "--data"])
            .arg(city.data())
            .status()
            .unwrap();
        assert!(status.success(), "the demo city could not be filled");
        city
    }

    /// Where its data lies.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// Its log.
    pub fn log(&self) -> PathBuf {
        self.folder.path().join("server.log")
    }

    /// The address that people type.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Changes a setting for what is started from now on.
    pub fn set(&mut self, key: &str, value: &str) {
        self.settings
            .push((format!("TONGBAN__{key}"), value.to_owned()));
    }

    /// Starts everything in one process and waits until it is ready.
    pub async fn serve(&mut self) {
        self.start("all", 0);
        self.wait_until_ready(0).await;
    }

    /// Starts the four roles as processes of their own.
    pub async fn serve_roles(&mut self) {
        for (n, role) in ["web", "intake", "governance", "approval"]
            .into_iter()
            .enumerate()
        {
            self.start(role, u16::try_from(n).unwrap());
        }
        for n in 0..4 {
            self.wait_until_ready(n).await;
        }
    }

    /// Kills all processes as a power cut would.
    pub fn kill(&mut self) {
        for mut process in self.processes.drain(..) {
            process.kill().unwrap();
            process.wait().unwrap();
        }
    }

    /// Asks all processes to end, and waits.
    pub fn stop(&mut self) {
        for mut process in self.processes.drain(..) {
            let kill = Command::new("kill")
                .arg(process.id().to_string())
                .status()
                .unwrap();
            assert!(kill.success());
            assert!(
                process.wait().unwrap().success(),
                "a process did not end well"
            );
        }
    }

    /// A browser that has signed in.
    pub async fn sign_in(&self, account: &str) -> Browser {
        Browser::sign_in(&self.url(), account, PASSWORD).await
    }

    /// A command of the binary with the settings of this city.
    pub fn command(&self, command: &str) -> Command {
        let data = self.data();
        let mut run = Command::new(env!("CARGO_BIN_EXE_tongban"));
        run.arg(command)
            .env("TONGBAN__MODE", "demo")
            .env("TONGBAN__DATABASE__URL", &self.database)
            .env("TONGBAN__BLOBS__URL", data.join("blobs"))
            .env("TONGBAN__KEYS__FILE", data.join("keys"))
            .env("TONGBAN__SERVER__REQUESTS_PER_SECOND", "0")
            .env(
                "TONGBAN__LOG__FILTER",
                "debug,sqlx=info,hyper=info,sea_orm=info",
            )
            .envs(self.settings.iter().cloned());
        run
    }

    fn start(&mut self, role: &str, offset: u16) {
        let log = File::options()
            .create(true)
            .append(true)
            .open(self.log())
            .unwrap();
        let address = |n: u16| format!("http://127.0.0.1:{}", self.port + n);
        let mut run = self.command("serve");
        run.args(["--role", role])
            .env(
                "TONGBAN__SERVER__LISTEN",
                format!("127.0.0.1:{}", self.port + offset),
            )
            .env("TONGBAN__SERVER__PUBLIC_URL", self.url())
            .stdout(Stdio::null())
            .stderr(log);
        if role != "all" {
            for (n, name) in ["WEB", "INTAKE", "GOVERNANCE", "APPROVAL"]
                .into_iter()
                .enumerate()
            {
                run.env(
                    format!("TONGBAN__ROLES__{name}"),
                    address(u16::try_from(n).unwrap()),
                );
            }
        }
        self.processes.push(run.spawn().unwrap());
    }

    async fn wait_until_ready(&mut self, offset: u16) {
        let url = format!("http://127.0.0.1:{}/readyz", self.port + offset);
        for _ in 0..300 {
            if reqwest::get(&url)
                .await
                .is_ok_and(|answer| answer.status().is_success())
            {
                return;
            }
            for process in &mut self.processes {
                assert!(
                    process.try_wait().unwrap().is_none(),
                    "a process ended:\n{}",
                    tail(&self.folder.path().join("server.log"))
                );
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("not ready:\n{}", tail(&self.log()));
    }
}

impl Drop for City {
    fn drop(&mut self) {
        for mut process in self.processes.drain(..) {
            drop(process.kill());
            drop(process.wait());
        }
    }
}

/// The end of a log.
pub fn tail(path: &Path) -> String {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(40)..].join("\n")
}

fn database(folder: &Path) -> String {
    match std::env::var("TONGBAN_TEST_PG") {
        Ok(server) if !server.is_empty() => new_postgres_database(&server),
        _ => format!("sqlite://{}", folder.join("data/tongban.db").display()),
    }
}

/// Makes a database through the server's own client program.
fn new_postgres_database(server: &str) -> String {
    let name = format!("tb_process_{}_{}", std::process::id(), free_ports(1));
    let made = Command::new("psql")
        .args(["-qd", server, "-c", &format!("CREATE DATABASE {name}")])
        .status()
        .unwrap();
    assert!(made.success());
    let (address, query) = server.split_once('?').map_or((server, ""), |(a, q)| (a, q));
    let base = address.rsplit_once('/').unwrap().0;
    if query.is_empty() {
        format!("{base}/{name}")
    } else {
        format!("{base}/{name}?{query}")
    }
}

/// The first of `n` free ports in a row.
fn free_ports(n: u16) -> u16 {
    for _ in 0..200 {
        let first = std::net::TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        let row = (0..n).map_while(|offset| first.checked_add(offset));
        if row
            .filter(|port| std::net::TcpListener::bind(("127.0.0.1", *port)).is_ok())
            .count()
            == usize::from(n)
        {
            return first;
        }
    }
    panic!("no free ports");
}
