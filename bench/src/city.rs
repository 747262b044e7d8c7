//! A filled demo city with its server process. Everything ends with it.

use std::fs::File;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::Fallible;
use crate::wire::Wire;

/// The password of every demo account.
pub(crate) const PASSWORD: &str = "tongban-demo-2026";
/// 失业登记, the demo city's first item.
pub(crate) const ITEM: &str = "11430102TB000008714432099001000";

/// A demo city.
pub(crate) struct City {
    pub(crate) folder: TempDir,
    pub(crate) database: String,
    pub(crate) port: u16,
    tongban: PathBuf,
    server: Option<Child>,
    days_ahead: u32,
}

/// More cases than a demo city has.
#[derive(Clone, Copy, Default)]
pub(crate) struct Crowd {
    /// How many.
    pub(crate) cases: u64,
    /// Days over which they were handed in.
    pub(crate) days: u32,
    /// Days by which the city's clock runs ahead.
    pub(crate) days_ahead: u32,
}

impl City {
    /// Fills one, in SQLite where no database is named.
    pub(crate) fn fill(tongban: &Path, postgres: Option<String>) -> Fallible<Self> {
        Self::crowded(tongban, postgres, Crowd::default())
    }

    /// Fills one with more cases.
    pub(crate) fn crowded(
        tongban: &Path,
        postgres: Option<String>,
        crowd: Crowd,
    ) -> Fallible<Self> {
        let folder = tempfile::tempdir()?;
        let file = folder.path().join("data/tongban.db");
        let database = postgres.unwrap_or_else(|| format!("sqlite://{}", file.display()));
        let city = Self {
            folder,
            database,
            port: free_port()?,
            tongban: tongban.to_owned(),
            server: None,
            days_ahead: crowd.days_ahead,
        };
        let mut filling = city.demo(None);
        filling.args([
            "--fill-only",
            "--cases",
            &crowd.cases.to_string(),
            "--case-days",
            &crowd.days.to_string(),
        ]);
        let filled = filling.output()?;
        if !filled.status.success() {
            return Err(format!(
                "the city was not filled: {}",
                String::from_utf8_lossy(&filled.stderr)
            )
            .into());
        }
        Ok(city)
    }

    /// The database file, where it is SQLite.
    pub(crate) fn file(&self) -> PathBuf {
        PathBuf::from(self.database.trim_start_matches("sqlite://"))
    }

    fn command(&self, command: &str, core: Option<usize>) -> Command {
        let data = self.folder.path().join("data");
        let mut run = pinned(&self.tongban, core);
        run.arg(command)
            .env("TONGBAN__MODE", "demo")
            .env("TONGBAN__DATABASE__URL", &self.database)
            .env("TONGBAN__DATABASE__CONNECTIONS", "16")
            .env("TONGBAN__BLOBS__URL", data.join("blobs"))
            .env("TONGBAN__KEYS__FILE", data.join("keys"))
            .env("TONGBAN__SERVER__REQUESTS_PER_SECOND", "0")
            .env(
                "TONGBAN__SERVER__LISTEN",
                format!("127.0.0.1:{}", self.port),
            )
            .env(
                "TONGBAN__SERVER__PUBLIC_URL",
                format!("http://127.0.0.1:{}", self.port),
            );
        run
    }

    /// The demo command, whose clock may run ahead.
    fn demo(&self, core: Option<usize>) -> Command {
        let mut run = self.command("demo", core);
        run.args(["--days-ahead", &self.days_ahead.to_string()])
            .args(["--port", &self.port.to_string(), "--data"])
            .arg(self.folder.path().join("data"));
        run
    }

    /// Starts all roles in one process, on one core or on all: the time until it is ready.
    pub(crate) fn serve(&mut self, core: Option<usize>) -> Fallible<Duration> {
        let log = File::create(self.folder.path().join("server.log"))?;
        let begin = Instant::now();
        let mut run = if self.days_ahead == 0 {
            self.command("serve", core)
        } else {
            self.demo(core)
        };
        let server = run.stdout(Stdio::null()).stderr(log).spawn()?;
        self.server = Some(server);
        wait_until_answered(self.port, "/readyz")?;
        Ok(begin.elapsed())
    }

    /// The server's process.
    pub(crate) fn pid(&self) -> u32 {
        self.server.as_ref().map_or(0, Child::id)
    }

    /// Asks the server to end, and waits.
    pub(crate) fn stop(&mut self) -> Fallible<()> {
        if let Some(mut server) = self.server.take() {
            Command::new("kill").arg(server.id().to_string()).status()?;
            server.wait()?;
        }
        Ok(())
    }
}

impl Drop for City {
    fn drop(&mut self) {
        if let Some(mut server) = self.server.take() {
            drop(server.kill());
            drop(server.wait());
        }
    }
}

/// A command on one core, or on all.
pub(crate) fn pinned(program: &Path, core: Option<usize>) -> Command {
    match core {
        None => Command::new(program),
        Some(core) => {
            let mut run = Command::new("taskset");
            run.args(["-c", &core.to_string()]).arg(program);
            run
        }
    }
}

/// Waits until a server answers well.
pub(crate) fn wait_until_answered(port: u16, path: &str) -> Fallible<()> {
    for _ in 0..30_000 {
        if Wire::new(port)
            .send("GET", path, "", "")
            .is_ok_and(|answer| answer.status == 200)
        {
            return Ok(());
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    Err(format!("nothing answers on port {port}").into())
}

/// A port on which nobody listens.
pub(crate) fn free_port() -> Fallible<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}
