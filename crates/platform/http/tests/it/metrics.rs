//! Labels of metrics: what clients invent makes no new series.

use std::collections::BTreeSet;

use metrics_exporter_prometheus::PrometheusBuilder;

use crate::edges::{Edges, from, send};

#[tokio::test]
async fn clients_cannot_make_series() {
    let recorder = PrometheusBuilder::new().build_recorder();
    let handle = recorder.handle();
    let _kept = metrics::set_default_local_recorder(&recorder);
    let edges = Edges::new().await;
    let (_, router) = edges.facing();
    let series = || {
        let text = handle.render();
        let lines = text.lines().filter(|line| line.starts_with("http_"));
        lines
            .map(|line| line.rsplit_once(' ').unwrap().0.to_owned())
            .collect::<BTreeSet<_>>()
    };
    let ask = async |n: usize| {
        let method = format!("BREW{n}");
        send(&router, from("203.0.113.1", &method, "/api/v1/test/whoami")).await;
        let path = format!("/api/v1/test/{n}/none");
        assert_eq!(
            send(&router, from("203.0.113.1", "GET", &path))
                .await
                .status,
            404
        );
    };
    ask(0).await;
    let first = series();
    for n in 1..20 {
        ask(n).await;
    }
    assert_eq!(series(), first);
    let has = |label: &str| first.iter().any(|line| line.contains(label));
    assert!(
        has("method=\"other\"") && has("route=\"unmatched\""),
        "{first:?}"
    );
    assert!(has("route=\"/api/v1/test/whoami\""));
}
