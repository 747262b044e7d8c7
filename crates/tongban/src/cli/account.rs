//! `tongban account create-admin`.

use std::io::{BufRead, IsTerminal, Write};

use clap::Subcommand;
use tb_storage::Store;

use super::{Failure, Outcome, say};

/// What to do with accounts.
#[derive(Debug, Subcommand)]
pub enum Account {
    /// Create the first administrator; the password is asked for, or read from standard input.
    CreateAdmin {
        /// Login name.
        account: String,
    },
}

/// Runs the command.
pub async fn run(command: &Account, store: &Store) -> Outcome {
    match command {
        Account::CreateAdmin { account } => {
            let password = read_password()?;
            tb_identity::create_administrator(store, account, &password)
                .await
                .map_err(|fault| Failure::new(refusal(&fault)))?;
            say(&format!("administrator {account} created"))
        }
    }
}

fn refusal(fault: &tb_kernel::Fault) -> String {
    let texts = tb_http::Texts::new(&tb_identity::manifest().texts).unwrap_or_default();
    let text = |locale| texts.text(locale, fault.code, &fault.args);
    format!(
        "{} / {}",
        text(tb_kernel::Locale::Chinese),
        text(tb_kernel::Locale::English)
    )
}

fn read_password() -> Result<String, Failure> {
    if std::io::stdin().is_terminal() {
        write!(std::io::stderr(), "password: ")?;
    }
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
