//! `tongban account create-admin`.

use std::io::{BufRead, IsTerminal, Write};

use clap::Subcommand;
use tb_storage::Store;

use super::{Failure, Outcome, both, refusal, say};

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
                .map_err(|fault| refusal(&fault, &tb_identity::manifest()))?;
            say(&both(
                &format!("已创建管理员 {account}"),
                &format!("administrator {account} created"),
            ))
        }
    }
}

fn read_password() -> Result<String, Failure> {
    if std::io::stdin().is_terminal() {
        write!(std::io::stderr(), "密码 password: ")?;
    }
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
