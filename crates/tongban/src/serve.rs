//! Serving: the routers of a role behind the edge, its tasks under a supervisor, until a signal
//! asks for the end; then no new request is taken, running ones finish, tasks stop.

use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use metrics_exporter_prometheus::PrometheusHandle;
use tb_http::{Edge, serve_router};
use tb_jobs::{JobRunner, Periodic, RunnerConfig, Supervisor};
use tb_storage::Store;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::cli::{Failure, Outcome, both};
use crate::config::{Config, Mode};
use crate::roles::Role;
use crate::{telemetry, upkeep, wiring};

const CLOSING: Duration = Duration::from_secs(2);

/// Serves a role until a signal.
pub async fn serve(config: Config, role: Role) -> Outcome {
    let store = wiring::open_store(&config).await?;
    refuse_demo_accounts(&config, &store).await?;
    serve_store(config, role, store, |_| Ok(())).await
}

/// Serves a role over a store that is open already; `ready` is called once it listens.
pub async fn serve_store(
    config: Config,
    role: Role,
    store: Store,
    ready: impl FnOnce(SocketAddr) -> Result<(), Failure>,
) -> Outcome {
    let metrics = telemetry::start_metrics().filter(|_| config.metrics.enabled);
    let edge = wiring::edge(&config, &store, role)?;
    let wired = wiring::wire(&config, &edge, role).await?;
    let mut supervisor = Supervisor::new(CancellationToken::new());
    let upkeep = upkeep::jobs(&config.events);
    start_tasks(&mut supervisor, &edge, &wired, upkeep);
    let app = router(&edge, role, wired, metrics)?;
    let listen = config.server.listen;
    let listener = TcpListener::bind(listen).await.map_err(|error| {
        let what = both("地址不能使用", "the address cannot be listened on");
        Failure::new(format!("{what}: {listen}: {error}"))
    })?;
    let address = listener.local_addr()?;
    tracing::info!(%address, ?role, "ready");
    ready(address)?;
    let patience = Duration::from_secs(config.server.shutdown_seconds);
    let shutdown = supervisor.shutdown().clone();
    let until = serve_until_signal(listener, app, &edge, shutdown, patience).await?;
    let late = supervisor
        .stop(until.saturating_duration_since(Instant::now()))
        .await;
    // Waits for connections that a request which did not end still holds: not for long.
    if let Ok(closed) = tokio::time::timeout(CLOSING, store.database().close()).await {
        closed?;
    } else {
        tracing::warn!("the database could not be closed in time");
    }
    tracing::info!(?late, "stopped");
    Ok(ExitCode::SUCCESS)
}

/// Serves until a signal. Then open requests may end and live streams are ended, within `patience`:
/// a client that never finishes does not hold the process. Answers when all has to be over.
async fn serve_until_signal(
    listener: TcpListener,
    app: Router,
    edge: &Edge,
    shutdown: CancellationToken,
    patience: Duration,
) -> std::io::Result<Instant> {
    let asked_at = Arc::new(OnceLock::new());
    let (asked, live) = (shutdown.clone(), edge.live().clone());
    let moment = asked_at.clone();
    let serving = axum::serve(
        listener,
        app.into_make_service_with_connect_info::<SocketAddr>(),
    )
    .with_graceful_shutdown(async move {
        wait_for_signal().await;
        tracing::info!("asked to stop");
        moment.get_or_init(Instant::now);
        live.end();
        asked.cancel();
    });
    let overdue = async {
        shutdown.cancelled().await;
        tokio::time::sleep(patience).await;
    };
    tokio::select! {
        served = serving => served?,
        () = overdue => tracing::warn!("some requests did not end in time"),
    }
    Ok(*asked_at.get_or_init(Instant::now) + patience)
}

async fn refuse_demo_accounts(config: &Config, store: &Store) -> Result<(), Failure> {
    if config.mode == Mode::Production && tb_identity::has_demo_accounts(store).await? {
        return Err(Failure::new(both(
            "数据库中有演示账号，生产环境不能启动。",
            "The database holds demo accounts; a production start refuses them.",
        )));
    }
    Ok(())
}

fn start_tasks(
    supervisor: &mut Supervisor,
    edge: &Edge,
    wired: &wiring::Wired,
    upkeep: Vec<Periodic>,
) {
    let (log, modules) = (&wired.log, &wired.modules);
    for module in modules {
        for subscription in &module.subscriptions {
            let (log, subscription) = (log.clone(), subscription.clone());
            supervisor.start(subscription.group, move |shutdown| {
                let (log, subscription) = (log.clone(), subscription.clone());
                async move {
                    if let Err(fault) = log.run(subscription, shutdown).await {
                        tracing::error!(code = fault.code, cause = ?fault.cause, "a consumer cannot run");
                    }
                }
            });
        }
        for task in &module.tasks {
            let start = task.start.clone();
            supervisor.start(task.name, move |shutdown| start(shutdown));
        }
    }
    let store = edge.store().clone();
    let queues: Vec<_> = modules
        .iter()
        .flat_map(|module| module.queues.clone())
        .collect();
    let periodic: Vec<_> = modules
        .iter()
        .flat_map(|module| module.periodic.clone())
        .chain(upkeep)
        .collect();
    supervisor.start("jobs", move |shutdown| {
        let mut runner = JobRunner::new(store.clone(), RunnerConfig::default());
        runner = queues.iter().cloned().fold(runner, JobRunner::handle);
        runner = periodic.iter().cloned().fold(runner, JobRunner::periodic);
        runner.run(shutdown)
    });
}

fn router(
    edge: &Edge,
    role: Role,
    wired: wiring::Wired,
    metrics: Option<PrometheusHandle>,
) -> Result<Router, Failure> {
    let mut public = Router::new();
    let mut internal = wired.exposed;
    for module in wired.modules {
        let (routes, _) = module.routes.split_for_parts();
        public = public.nest(&format!("/api/v1/{}", module.domain), routes);
        internal = internal.nest(&format!("/internal/v1/{}", module.domain), module.internal);
    }
    let openapi: Arc<str> = crate::cli::openapi_json()?.into();
    public = public
        .merge(wired.forwarded)
        .route(
            "/openapi.json",
            get(|| async move {
                (
                    [(header::CONTENT_TYPE, "application/json")],
                    openapi.to_string(),
                )
            }),
        )
        .route("/healthz", get(|| async { "ok" }))
        .route("/readyz", get(ready_check).with_state(edge.store().clone()));
    if let Some(handle) = metrics {
        public = public.route("/metrics", get(|| async move { handle.render() }));
    }
    if role.faces_browsers() {
        public = public.merge(tb_http::site());
    }
    Ok(serve_router(edge, public, internal))
}

/// Ready: the database answers.
async fn ready_check(State(store): State<Store>) -> Response {
    match store.ping().await {
        Ok(()) => "ready".into_response(),
        Err(error) => {
            tracing::warn!(%error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "not ready").into_response()
        }
    }
}

async fn wait_for_signal() {
    let Ok(mut terminate) = signal(SignalKind::terminate()) else {
        return;
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}
