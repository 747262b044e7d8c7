//! The drill: a city at work is backed up, the copy is brought up elsewhere from nothing but the
//! folder and the passphrase, and cases, files, papers and the audit trail are the same.

use std::path::Path;
use std::process::Output;

use serde_json::Value;

use crate::browser::Browser;
use crate::city::City;
use crate::crash::{Shared, apply_until_cut, handle_until_cut};
use crate::journey::{self, text};
use crate::path::walk;

const PASSPHRASE: &str = "drill passphrase 演练口令";

/// What a citizen sees of one application, and the bytes of its files and papers.
async fn seen(citizen: &Browser, path: &str) -> (Value, Vec<Vec<u8>>) {
    let view = citizen.get(path).await;
    let mut bytes = Vec::new();
    let asked = view["materials"].as_array().into_iter().flatten();
    let files = asked.flat_map(|material| material["files"].as_array().into_iter().flatten());
    let files = files.map(|file| format!("materials/{}", text(file, "id")));
    let papers = view["papers"].as_array().into_iter().flatten();
    let papers = papers.map(|paper| format!("papers/{}", text(paper, "id")));
    for file in files.chain(papers) {
        let (status, content) = citizen.bytes(&format!("{path}/{file}")).await;
        assert!(status.is_success(), "{file}: {status}");
        bytes.push(content);
    }
    (view, bytes)
}

/// The same once nothing is on its way to the citizen's page any more.
async fn settled(citizen: &Browser, path: &str) -> (Value, Vec<Vec<u8>>) {
    let mut last = seen(citizen, path).await;
    for _ in 0..20 {
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
        let now = seen(citizen, path).await;
        if now == last {
            break;
        }
        last = now;
    }
    last
}

#[track_caller]
fn good(output: Output) -> String {
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let wrong = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{said}\n{wrong}");
    said
}

fn restore(city: &City, from: &Path, passphrase: &Path, more: &[&str]) -> Output {
    let mut run = city.command("restore");
    run.arg("--from").arg(from).args(more);
    run.arg("--passphrase-file").arg(passphrase);
    run.output().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_city_at_work_comes_up_elsewhere() {
    let mut city = City::fill();
    city.serve().await;
    let path = walk(&city).await;
    let citizen = city.sign_in("citizen1").await;
    let clerk = city.sign_in("clerk_hr").await;
    let head = city.sign_in("head_hr").await;
    let before = settled(&citizen, &path).await;
    assert!(before.1.len() >= 4, "a file and three papers");

    let shared = Shared::default();
    let mut load = tokio::task::JoinSet::new();
    for _ in 0..3 {
        load.spawn(apply_until_cut(citizen.clone(), shared.clone()));
    }
    load.spawn(handle_until_cut(clerk, head, shared.clone()));
    tokio::time::sleep(std::time::Duration::from_secs(3)).await;
    let (submitted, decided) = {
        let all = shared.lock().unwrap();
        (all.submitted.clone(), all.decided.clone())
    };
    assert!(submitted.len() > 3 && !decided.is_empty(), "{submitted:?}");

    let elsewhere = tempfile::tempdir().unwrap();
    let (folder, secret) = (
        elsewhere.path().join("backup"),
        elsewhere.path().join("passphrase"),
    );
    std::fs::write(&secret, PASSPHRASE).unwrap();
    let mut run = city.command("backup");
    run.arg("--to").arg(&folder);
    run.arg("--passphrase-file").arg(&secret);
    let run = tokio::task::spawn_blocking(move || run.output().unwrap());
    good(run.await.unwrap());
    // The work went on beside it.
    let during = shared.lock().unwrap().submitted.len();
    assert!(during > submitted.len(), "{during} after the backup");
    load.abort_all();
    while load.join_next().await.is_some() {}
    city.stop();
    let taken = std::fs::read_dir(elsewhere.path()).unwrap().count();
    assert_eq!(taken, 2, "nothing lies beside the backup");

    let mut other = City::bare();
    let checked = good(restore(&other, &folder, &secret, &["--check"]));
    assert!(checked.contains("the backup is good"), "{checked}");
    assert!(!other.data().exists(), "checking makes nothing");
    let said = good(restore(&other, &folder, &secret, &[]));
    assert!(said.contains("its head is the same"), "{said}");
    let again = restore(&other, &folder, &secret, &[]);
    assert_eq!(again.status.code(), Some(1), "it is not empty any more");
    assert!(String::from_utf8_lossy(&again.stderr).contains("not empty"));

    other.serve().await;
    let citizen = other.sign_in("citizen1").await;
    assert!(
        seen(&citizen, &path).await == before,
        "the application, its files or its papers differ"
    );
    let clerk = other.sign_in("clerk_hr").await;
    for (number, path) in &submitted {
        let application = citizen.get(path).await;
        assert_eq!(application["case_number"], **number);
        let case = journey::case(&clerk, number).await;
        if let Some(result) = decided.get(number) {
            assert_eq!(case["result"], **result, "{number}");
        }
    }
    // The copy works on.
    journey::submit(&citizen, &journey::Person::demo()).await;
    other.stop();
    good(other.command("audit").arg("verify").output().unwrap());

    // What is there goes aside, and only when nobody works on it.
    let said = good(restore(&other, &folder, &secret, &["--replace"]));
    assert!(said.contains("what was there before"), "{said}");
    other.serve().await;
    let busy = restore(&other, &folder, &secret, &["--replace"]);
    assert!(
        String::from_utf8_lossy(&busy.stderr).contains("stop `tongban serve` first"),
        "{busy:?}"
    );
    let citizen = other.sign_in("citizen1").await;
    assert!(
        seen(&citizen, &path).await == before,
        "a refused restore changes nothing"
    );
    other.stop();
    lose_files_and_back_up(&other, &elsewhere.path().join("second"));
}

/// A file that the database names and the store has lost is reported, and the backup is made.
fn lose_files_and_back_up(city: &City, to: &Path) {
    let mut lost = Vec::new();
    for folder in std::fs::read_dir(city.data().join("blobs")).unwrap() {
        for file in std::fs::read_dir(folder.unwrap().path()).unwrap() {
            let file = file.unwrap();
            let name = file.file_name().to_string_lossy().into_owned();
            if name.len() == 64 {
                std::fs::remove_file(file.path()).unwrap();
                lost.push(name);
            }
        }
    }
    let mut run = city.command("backup");
    let output = run.arg("--to").arg(to).output().unwrap();
    assert_eq!(output.status.code(), Some(3), "{output:?}");
    let manifest = std::fs::read(to.join("manifest.json")).unwrap();
    let manifest: Value = serde_json::from_slice(&manifest).unwrap();
    let missing = manifest["missing"].as_array().unwrap();
    assert!(!missing.is_empty() && missing.len() <= lost.len());
    for name in missing {
        assert!(lost.contains(&name.as_str().unwrap().to_owned()), "{name}");
    }
}
