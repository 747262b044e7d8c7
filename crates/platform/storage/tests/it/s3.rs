//! Files in an S3-compatible store: the conformance suite and what only such a store can do wrong,
//! against `moto`, which `scripts/setup test` installs. Without it these tests fail.

use std::fs::File;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use tb_storage::{BlobConfig, Blobs, KeyRing, Sealer, StorageError};

use crate::blob_conformance::conforms;
use crate::fresh::{Fresh, Hashes};

/// A bucket that exists.
const BUCKET: &str = "tongban-files";

/// A store of its own, with one user; ended by its process id when dropped.
struct Moto {
    process: Child,
    port: u16,
    config: BlobConfig,
    folder: tempfile::TempDir,
}

impl Drop for Moto {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

impl Moto {
    /// Starts it, makes a user who may do everything with files, and a bucket. From then on
    /// signatures are checked.
    fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let log = File::create(folder.path().join("log")).unwrap();
        let port = TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        let process = Command::new(program())
            .args(["-H", "127.0.0.1", "-p", &port.to_string()])
            // The four requests that make user and bucket go unchecked.
            .env("INITIAL_NO_AUTH_ACTION_COUNT", "4")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .unwrap();
        let mut moto = Self {
            process,
            port,
            config: BlobConfig {
                url: format!("s3://{BUCKET}/city"),
                endpoint: format!("http://127.0.0.1:{port}"),
                region: "us-east-1".to_owned(),
                ..BlobConfig::default()
            },
            folder,
        };
        moto.wait_until_ready();
        moto.make_user();
        moto.ask("PUT", &format!("/{BUCKET}"), "s3", "");
        moto
    }

    fn wait_until_ready(&mut self) {
        for _ in 0..600 {
            if TcpStream::connect(("127.0.0.1", self.port)).is_ok() {
                return;
            }
            let ended = self.process.try_wait().unwrap();
            assert!(ended.is_none(), "moto ended:\n{}", self.log());
            std::thread::sleep(Duration::from_millis(100));
        }
        panic!("moto is not ready:\n{}", self.log());
    }

    fn make_user(&mut self) {
        let policy = "%7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%5B%7B%22Effect%22%3A%22Allow%22%2C%22Action%22%3A%22s3%3A*%22%2C%22Resource%22%3A%22*%22%7D%5D%7D";
        let act = |action: &str| {
            let body = format!("Action={action}&Version=2010-05-08&UserName=tongban");
            self.ask("POST", "/", "iam", &body)
        };
        act("CreateUser");
        let key = act("CreateAccessKey");
        act(&format!(
            "PutUserPolicy&PolicyName=files&PolicyDocument={policy}"
        ));
        self.config.access_key_id = element(&key, "AccessKeyId");
        self.config.secret_access_key = element(&key, "SecretAccessKey");
    }

    /// A request of the set-up, signed by nobody.
    fn ask(&self, method: &str, path: &str, service: &str, body: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        let credential = format!("nobody/20260101/us-east-1/{service}/aws4_request");
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\
             Authorization: AWS4-HMAC-SHA256 Credential={credential}, SignedHeaders=host, Signature=none\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        answer
    }

    fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("log")).unwrap()
    }

    fn open(&self, change: impl FnOnce(&mut BlobConfig)) -> Blobs {
        let mut config = self.config.clone();
        change(&mut config);
        let keys = KeyRing::parse(&KeyRing::generate(&Hashes)).unwrap();
        Blobs::open(&config, Arc::new(Sealer::new(keys, Arc::new(Hashes)))).unwrap()
    }
}

fn element(xml: &str, name: &str) -> String {
    let (_, rest) = xml.split_once(&format!("<{name}>")).unwrap();
    rest.split('<').next().unwrap().to_owned()
}

/// Where `scripts/setup test` puts it.
#[expect(
    clippy::disallowed_methods,
    reason = "the scripts name the cache in the environment"
)]
fn program() -> PathBuf {
    let cache = std::env::var("TONGBAN_CACHE").map_or_else(
        |_| PathBuf::from(std::env::var("HOME").unwrap()).join(".cache/tongban"),
        PathBuf::from,
    );
    let program = cache.join("moto/bin/moto_server");
    assert!(
        program.exists(),
        "{} is missing: run scripts/setup test",
        program.display()
    );
    program
}

#[tokio::test]
async fn a_store_of_this_kind_conforms() {
    let moto = Moto::start();
    conforms(&moto.open(|_| ())).await;
    let log = moto.log();
    assert!(
        log.contains("PUT /tongban-files/city/papers/receipt"),
        "{log}"
    );
}

#[tokio::test]
async fn it_is_swept_like_a_folder() {
    let moto = Moto::start();
    let fresh = Fresh::new(&[]).await;
    let store = fresh.store_over(&fresh.keys, &moto.config).await;
    crate::sweep::tables(&store).await;
    crate::sweep::comes_and_goes(&fresh, &store).await;
}

#[tokio::test]
async fn what_it_refuses_is_said_clearly() {
    let moto = Moto::start();
    moto.open(|_| ()).put(b"mine").await.unwrap();
    let wrong_key = moto.open(|config| config.access_key_id = "AKIANOBODY".to_owned());
    let wrong_secret = moto.open(|config| config.secret_access_key = "guessed".to_owned());
    for blobs in [wrong_key, wrong_secret] {
        let refusals = [
            blobs.put(b"mine").await.map(drop),
            blobs.put_named("papers/x", b"x").await,
            blobs.get("papers/receipt").await.map(drop),
        ];
        for refusal in refusals {
            let error = refusal.unwrap_err();
            assert!(matches!(error, StorageError::BlobsRefused), "{error}");
            assert!(error.to_string().contains("refuses the access key"));
        }
    }
    let elsewhere = moto.open(|config| config.url = "s3://no-such-bucket/city".to_owned());
    let error = elsewhere.put(b"mine").await.unwrap_err().to_string();
    assert!(
        error.contains("no-such-bucket") || error.contains("NoSuchBucket"),
        "{error}"
    );
}

#[tokio::test]
async fn a_store_that_is_down_is_said_to_be_down_soon() {
    let mut moto = Moto::start();
    let blobs = moto.open(|_| ());
    moto.process.kill().unwrap();
    moto.process.wait().unwrap();
    let answer = tokio::time::timeout(Duration::from_secs(30), blobs.put(b"mine")).await;
    let error = answer.expect("within half a minute").unwrap_err();
    assert!(matches!(error, StorageError::Blob(_)), "{error}");
}
