//! `serve` in production: what it refuses, and that it ends in good order.

use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use super::{Ended, Place};

/// A production server in a place; killed when dropped.
pub struct Server(Option<Child>);

impl Server {
    /// Starts it and waits until it has sealed what there was to seal.
    pub fn start(place: &Place) -> Self {
        let port = free_port();
        let mut command = place.command(&["serve"]);
        command
            .env("TONGBAN__SERVER__LISTEN", format!("127.0.0.1:{port}"))
            .stderr(Stdio::null());
        let mut server = Self(Some(command.spawn().unwrap()));
        for _ in 0..300 {
            if TcpStream::connect(("127.0.0.1", port)).is_ok() {
                // Twice the time between two sealings.
                std::thread::sleep(Duration::from_secs(2));
                return server;
            }
            let child = server.0.as_mut().unwrap();
            assert!(child.try_wait().unwrap().is_none(), "the server ended");
            std::thread::sleep(Duration::from_millis(100));
        }
        panic!("the server does not listen");
    }

    /// Asks it to end: it does so with status 0.
    pub fn stop(mut self) {
        let mut child = self.0.take().unwrap();
        let asked = Command::new("kill").arg(child.id().to_string()).status();
        assert!(asked.unwrap().success());
        assert!(child.wait().unwrap().success(), "it did not end well");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(mut child) = self.0.take() {
            drop(child.kill());
            drop(child.wait());
        }
    }
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

#[test]
fn there_is_no_start_without_a_key() {
    let place = Place::new();
    let err = place.run(&["serve"]).failed(
        1,
        &[
            "没有可用的密钥文件不能启动",
            "no start without a good key file",
            "tongban keys new",
        ],
    );
    assert_eq!(
        err.matches("tongban keys new").count(),
        2,
        "said once: {err}"
    );
    assert!(!place.path().join("data/tongban.db").exists());
}

#[test]
fn demo_accounts_are_refused() {
    let place = Place::new();
    place.run(&["demo", "--fill-only", "--data", "data"]).good();
    let port = free_port();
    let mut command = place.command(&["serve"]);
    command.env("TONGBAN__SERVER__LISTEN", format!("127.0.0.1:{port}"));
    Ended::of(command).failed(1, &["演示账号", "demo accounts"]);
}

#[test]
fn a_taken_address_is_named() {
    let place = Place::with_keys();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    place
        .run_with(&[("TONGBAN__SERVER__LISTEN", &address)], &["serve"])
        .failed(1, &["地址不能使用", "cannot be listened on", &address]);
}

#[test]
fn a_role_without_its_neighbours_is_refused() {
    let place = Place::with_keys();
    place
        .run(&["serve", "--role", "web"])
        .failed(1, &["[roles] intake"]);
}
