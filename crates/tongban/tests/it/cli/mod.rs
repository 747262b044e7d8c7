//! The command line as its users meet it: the built binary in a folder of its own, its output and
//! its exit status.

mod archive;
mod backup;
mod clock;
mod jobs;
mod numbers;
mod records;
mod serving;
mod settings;

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// A fresh folder in which the binary runs with its default settings.
pub struct Place(TempDir);

/// What a command ended with.
#[derive(Debug)]
pub struct Ended {
    pub status: i32,
    pub out: String,
    pub err: String,
}

impl Place {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// The same with a key file.
    pub fn with_keys() -> Self {
        let place = Self::new();
        place.run(&["keys", "new"]).good();
        place
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// Writes a file and returns its name.
    pub fn file<'a>(&self, name: &'a str, text: &str) -> &'a str {
        std::fs::write(self.path().join(name), text).unwrap();
        name
    }

    /// The command, not started yet. Settings of the caller's environment do not reach it.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tongban"));
        command
            .args(args)
            .current_dir(self.path())
            .env_clear()
            .env("PATH", "/usr/bin:/bin")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    pub fn run(&self, args: &[&str]) -> Ended {
        Ended::of(self.command(args))
    }

    /// Runs it with a setting from the environment.
    pub fn run_with(&self, settings: &[(&str, &str)], args: &[&str]) -> Ended {
        let mut command = self.command(args);
        command.envs(settings.iter().copied());
        Ended::of(command)
    }

    /// Runs it with something on standard input.
    pub fn run_told(&self, told: &str, args: &[&str]) -> Ended {
        let mut command = self.command(args);
        let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        stdin.write_all(told.as_bytes()).unwrap();
        drop(stdin);
        Ended::from(child.wait_with_output().unwrap())
    }
}

impl From<std::process::Output> for Ended {
    fn from(output: std::process::Output) -> Self {
        Self {
            status: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Ended {
    pub fn of(mut command: Command) -> Self {
        command.output().unwrap().into()
    }

    /// It went well; its standard output.
    #[track_caller]
    pub fn good(self) -> String {
        assert_eq!(self.status, 0, "{self:?}");
        self.out
    }

    /// It failed with this status and said all of this on standard error.
    #[track_caller]
    pub fn failed(self, status: i32, said: &[&str]) -> String {
        assert_eq!(self.status, status, "{self:?}");
        for words in said {
            assert!(self.err.contains(words), "no “{words}” in {self:?}");
        }
        self.err
    }
}

#[test]
fn what_is_not_known_gets_the_usage() {
    let place = Place::new();
    for args in [
        &["--no-such-option"][..],
        &["no-such-command"],
        &["serve", "--role", "none"],
        &[
            "clock",
            "due",
            "--start",
            "yesterday",
            "--working-days",
            "5",
        ],
    ] {
        let err = place.run(args).failed(2, &["--help"]);
        assert!(err.starts_with("error: "), "{err}");
    }
    place
        .run(&["--no-such-option"])
        .failed(2, &["Usage: tongban"]);
    // Nothing at all is a question for help.
    place
        .run(&[])
        .failed(2, &["Usage: tongban", "doctor", "一网通办"]);
    assert!(place.run(&["--help"]).good().contains("Usage: tongban"));
}

#[test]
fn the_api_document_is_printed() {
    let place = Place::new();
    let out = place.run(&["openapi"]).good();
    let document: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(document["openapi"], "3.1.0");
    for path in ["/api/v1/intake/applications", "/api/v1/identity/session"] {
        assert!(document["paths"][path]["post"].is_object(), "{path}");
    }
    assert!(document["components"]["schemas"]["ProblemBody"].is_object());
    assert!(
        !place.path().join("data").exists(),
        "printing it touches nothing"
    );
}
