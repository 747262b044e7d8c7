//! The demo city: fills an empty installation once with the files under `demo/`, then serves it on
//! loopback. Everything in it is sample data and marked as such.

mod content;
mod crowd;
mod fill;
mod history;

use std::net::SocketAddr;

use crate::cli::{Failure, Outcome, both, say};
use crate::config::Config;
use crate::roles::Role;
use crate::{serve, telemetry, wiring};

pub(crate) use crowd::Crowd;
pub use fill::DEMO_PASSWORD;

/// Fills where needed, then serves until a signal.
pub(crate) async fn run(config: Config, fill_only: bool, crowd: Crowd) -> Outcome {
    telemetry::start_log(&config.log);
    let store = wiring::open_store(&config).await?;
    fill::fill(&store)
        .await
        .map_err(|fault| Failure::new(fault.to_string()))?;
    crowd::fill(&store, crowd)
        .await
        .map_err(|fault| Failure::new(fault.to_string()))?;
    if fill_only {
        store.database().close().await?;
        return say(&both("演示城市已就绪", "the demo city is filled"));
    }
    let days_ahead = config.days_ahead;
    let announce = move |address| announce(address, days_ahead);
    serve::serve_store(config, Role::All, store, announce).await
}

/// Says where the demo is and who can sign in.
fn announce(address: SocketAddr, days_ahead: u16) -> Result<(), Failure> {
    say(&format!(
        "\n通办演示城市已就绪 / the demo city is ready: http://{address}\n"
    ))?;
    if days_ahead > 0 {
        say(&format!(
            "  时钟比实际快 {days_ahead} 天 / the clock runs {days_ahead} days ahead\n"
        ))?;
    }
    say(&format!(
        "  门户 portal http://{address}/   办件 desk http://{address}/desk/   管理 admin http://{address}/admin/"
    ))?;
    say(&format!(
        "  演示账号 accounts (密码 password: {DEMO_PASSWORD}; 仅供演示, for the demo only):"
    ))?;
    for account in content::accounts()? {
        let of = account
            .department_code
            .as_deref()
            .map(content::department_name)
            .transpose()?
            .unwrap_or_default();
        say(&format!(
            "    {:<18} {} {}",
            account.account, account.name, of
        ))?;
    }
    Ok(())
}
