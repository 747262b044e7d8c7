//! An orderly end: neither an open page nor a client that never finishes holds the process.

use std::io::Write;
use std::net::TcpStream;
use std::time::{Duration, Instant};

use crate::city::City;

/// What a process may take that has nothing to wait for; on a busy machine.
const SOON: Duration = Duration::from_secs(10);

#[tokio::test(flavor = "multi_thread")]
async fn an_open_page_does_not_hold_the_process() {
    let mut city = City::fill();
    city.serve().await;
    stops_with_open_pages(&mut city).await;
    city.serve_roles().await;
    stops_with_open_pages(&mut city).await;
}

async fn stops_with_open_pages(city: &mut City) {
    let citizen = city.sign_in("citizen1").await;
    let clerk = city.sign_in("clerk_hr").await;
    let mut pages = Vec::new();
    for (browser, path) in [
        (&citizen, "/api/v1/intake/live"),
        (&clerk, "/api/v1/approval/live"),
    ] {
        let page = browser.open(path).await;
        assert_eq!(page.status(), 200, "{path}");
        pages.push(tokio::spawn(page.bytes()));
    }
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert!(pages.iter().all(|page| !page.is_finished()));
    let asked = Instant::now();
    city.stop();
    assert!(asked.elapsed() < SOON, "{:?}", asked.elapsed());
    for page in pages {
        page.await.unwrap().unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_never_comes_is_not_waited_for() {
    let mut city = City::fill();
    city.set("SERVER__SHUTDOWN_SECONDS", "2");
    city.serve().await;
    let address = city.url().replace("http://", "");
    let mut connection = TcpStream::connect(&address).unwrap();
    let head = format!(
        "POST /api/v1/identity/session HTTP/1.1\r\nHost: {address}\r\n\
         Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{{"
    );
    connection.write_all(head.as_bytes()).unwrap();
    tokio::time::sleep(Duration::from_millis(300)).await;
    let asked = Instant::now();
    city.stop();
    let took = asked.elapsed();
    let patience = Duration::from_secs(2);
    assert!(took >= patience && took < patience + SOON, "{took:?}");
}
