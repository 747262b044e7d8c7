//! PostgreSQL's own tools, found on the PATH: `pg_dump` and `pg_restore`, custom format. The
//! password goes by environment, never on the command line.

use std::path::Path;
use std::process::{Command, Output, Stdio};

use super::refused;
use crate::cli::Failure;

/// Checks that a tool is there and as new as the server.
pub async fn check_tool(tool: &'static str, server: Option<i32>) -> Result<(), Failure> {
    let mut command = Command::new(tool);
    command.arg("--version");
    let told = run(command).await.map_err(|error| {
        refused(
            &format!("PATH 中没有 {tool}，请安装 postgresql-client：{error}"),
            &format!("{tool} is not on the PATH; install postgresql-client: {error}"),
        )
    })?;
    let told = String::from_utf8_lossy(&told.stdout).into_owned();
    let major = major(&told);
    let Some(server) = server.map(|server| server / 10_000) else {
        return Ok(());
    };
    if major.is_none_or(|major| major < server) {
        let told = told.trim();
        return Err(refused(
            &format!(
                "{tool} 比服务器旧：{told}，服务器为 {server}；请安装 postgresql-client-{server}"
            ),
            &format!(
                "{tool} is older than the server: {told}, the server is {server}; install postgresql-client-{server}"
            ),
        ));
    }
    Ok(())
}

/// The first number in `pg_dump (PostgreSQL) 15.18 (Debian …)`.
fn major(told: &str) -> Option<i32> {
    let version = told.split_whitespace().find(|word| {
        word.chars()
            .next()
            .is_some_and(|first| first.is_ascii_digit())
    })?;
    let digits: String = version.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

/// Dumps what a snapshot shows.
pub async fn dump(url: &str, snapshot: &str, to: &Path) -> Result<(), Failure> {
    let mut command = tool("pg_dump", url);
    command
        .args(["--format=custom", "--compress=6", "--schema=public"])
        .args(["--no-owner", "--no-privileges", "--lock-wait-timeout=60s"])
        .arg(format!("--snapshot={snapshot}"))
        .arg("--file")
        .arg(to);
    good("pg_dump", run(command).await?)?;
    std::fs::File::open(to)?.sync_all()?;
    Ok(())
}

/// Fills the empty schema, all or nothing.
pub async fn fill(url: &str, from: &Path) -> Result<(), Failure> {
    let mut command = tool("pg_restore", url);
    command
        .args(["--schema=public", "--no-owner", "--no-privileges"])
        .args(["--single-transaction", "--exit-on-error"])
        .arg(from);
    good("pg_restore", run(command).await?)
}

fn tool(name: &str, url: &str) -> Command {
    let (address, password) = split_password(url);
    let mut command = Command::new(name);
    command.arg("--no-password").arg("--dbname").arg(address);
    if let Some(password) = password {
        command.env("PGPASSWORD", password);
    }
    command
}

async fn run(mut command: Command) -> Result<Output, Failure> {
    command.stdin(Stdio::null());
    Ok(tokio::task::spawn_blocking(move || command.output()).await??)
}

fn good(tool: &str, output: Output) -> Result<(), Failure> {
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    Err(refused(
        &format!("{tool} 失败（{}）", output.status),
        &format!("{tool} failed ({}): {said}", output.status),
    ))
}

/// The address without its password, and the password as it is typed.
fn split_password(url: &str) -> (String, Option<String>) {
    let (address, query) = match url.split_once('?') {
        Some((address, query)) => (address, Some(query)),
        None => (url, None),
    };
    let mut password = None;
    let mut shown = address.to_owned();
    if let Some((scheme, rest)) = address.split_once("://")
        && let Some((login, host)) = rest.rsplit_once('@')
        && let Some((user, secret)) = login.split_once(':')
    {
        password = Some(decoded(secret));
        shown = format!("{scheme}://{user}@{host}");
    }
    let mut kept = Vec::new();
    for part in query.into_iter().flat_map(|query| query.split('&')) {
        match part.strip_prefix("password=") {
            Some(secret) => password = Some(decoded(secret)),
            None if !part.is_empty() => kept.push(part),
            None => {}
        }
    }
    if !kept.is_empty() {
        shown = format!("{shown}?{}", kept.join("&"));
    }
    (shown, password)
}

/// Undoes percent signs.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let pair = after
            .get(..2)
            .and_then(|pair| std::str::from_utf8(pair).ok());
        let value = pair.and_then(|pair| u8::from_str_radix(pair, 16).ok());
        if let (b'%', Some(value)) = (first, value) {
            bytes.push(value);
            rest = after.get(2..).unwrap_or_default();
        } else {
            bytes.push(first);
            rest = after;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::{major, split_password};

    #[test]
    fn a_password_never_stays_in_the_address() {
        for (url, address, password) in [
            ("postgres://u@h/d", "postgres://u@h/d", None),
            ("postgres://u:p%40s@h/d", "postgres://u@h/d", Some("p@s")),
            (
                "postgres://h/d?user=u&password=p%2Fq&sslmode=require",
                "postgres://h/d?user=u&sslmode=require",
                Some("p/q"),
            ),
        ] {
            assert_eq!(
                split_password(url),
                (address.to_owned(), password.map(str::to_owned))
            );
        }
    }

    #[test]
    fn a_version_is_read() {
        assert_eq!(
            major("pg_dump (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)"),
            Some(15)
        );
        assert_eq!(major("pg_dump (PostgreSQL) 17beta1"), Some(17));
        assert_eq!(major("something else"), None);
    }
}
