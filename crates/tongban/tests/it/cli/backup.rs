//! `backup` and `restore` of a small place: what is refused, and that nothing half is left. The
//! drill over a city at work is in the process tests.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::{Ended, Place};

const PASSWORD: &str = "A long enough password 2026\n";
const PASSPHRASE: &str = "a passphrase of the test";

/// A place with an administrator and a few files.
fn filled() -> Place {
    let place = Place::with_keys();
    place.run(&["migrate"]).good();
    place
        .run_told(PASSWORD, &["account", "create-admin", "root_admin"])
        .good();
    let doctor = place.run(&["doctor"]);
    assert!(doctor.out.contains("written and read back"), "{doctor:?}");
    for n in 0..3 {
        let folder = place.path().join("data/blobs/papers");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join(format!("{n}.pdf")), vec![n; 10_000]).unwrap();
    }
    place.file("passphrase", PASSPHRASE);
    place
}

fn back_up(place: &Place, to: &str) -> PathBuf {
    place
        .run(&["backup", "--to", to, "--passphrase-file", "passphrase"])
        .good();
    place.path().join(to)
}

fn restore(place: &Place, from: &Path, more: &[&str]) -> Ended {
    let from = from.display().to_string();
    place.run(&[&["restore", "--from", &from], more].concat())
}

/// Everything that lies in a folder, with its content.
fn all_files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in std::fs::read_dir(&next).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                found.push((path.clone(), std::fs::read(&path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

#[test]
fn keys_come_back_by_the_passphrase_alone() {
    let place = filled();
    let folder = back_up(&place, "b1");
    let keys = std::fs::read_to_string(place.path().join("data/keys")).unwrap();
    let secret = keys.split_whitespace().nth(1).unwrap();
    for (path, content) in all_files(&folder) {
        let text = String::from_utf8_lossy(&content);
        assert!(!text.contains(secret), "a key lies open in {path:?}");
    }
    let new = Place::new();
    new.file("passphrase", "another passphrase");
    let passphrase = ["--passphrase-file", "passphrase"];
    restore(&new, &folder, &passphrase).failed(1, &["口令不对", "wrong passphrase"]);
    restore(&new, &folder, &[]).failed(1, &["没有密钥", "no keys"]);
    assert!(!new.path().join("data").exists());
    new.file("passphrase", PASSPHRASE);
    restore(&new, &folder, &passphrase).good();
    let back = std::fs::read_to_string(new.path().join("data/keys")).unwrap();
    assert_eq!(back, keys);
    let of = |place: &Place| {
        let blobs = place.path().join("data/blobs/papers");
        let names = all_files(&blobs).into_iter();
        names
            .map(|(path, content)| (path.file_name().unwrap().to_owned(), content))
            .collect::<Vec<_>>()
    };
    assert_eq!(of(&new), of(&place));
    let left = std::fs::read_dir(new.path().join("data")).unwrap();
    let left: Vec<_> = left.map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left.len(), 3, "database, files, keys: {left:?}");
    new.run(&["audit", "verify"]).good();
}

#[test]
fn a_backup_without_passphrase_says_that_the_keys_are_not_in_it() {
    let place = filled();
    let said = place.run(&["backup", "--to", "b1"]).good();
    assert!(
        said.contains("密钥不在备份中") && said.contains("NOT in it"),
        "{said}"
    );
    place
        .run(&["backup", "--to", "b1"])
        .failed(1, &["已经存在", "not overwritten"]);
    place.file("short", "short");
    place
        .run(&["backup", "--to", "b2", "--passphrase-file", "short"])
        .failed(1, &["至少 12", "at least 12"]);
    // Another place with keys of its own cannot open it.
    let other = Place::with_keys();
    let before = all_files(other.path());
    restore(&other, &place.path().join("b1"), &[])
        .failed(1, &["密钥不对", "wrong keys", "k1, root"]);
    assert_eq!(all_files(other.path()), before);
}

#[test]
fn what_is_damaged_is_named_before_anything_is_changed() {
    let place = filled();
    let good = back_up(&place, "b1");
    let target = Place::new();
    target.file("passphrase", PASSPHRASE);
    let passphrase = ["--passphrase-file", "passphrase"];
    for (file, names) in [
        ("files/papers/1.pdf", "files/papers/1.pdf"),
        ("database.sqlite", "database.sqlite"),
        ("files.list", "files.list"),
        ("manifest.json", "manifest.json"),
        ("manifest.seal", "manifest.seal"),
    ] {
        let path = good.join(file);
        let right = std::fs::read(&path).unwrap();
        let mut wrong = right.clone();
        // A digit of a sum, a byte of a page: never the form of the file.
        let at = if file == "manifest.json" {
            String::from_utf8_lossy(&right)
                .find("\"sha256\": \"")
                .unwrap()
                + 11
        } else {
            right.len() / 2
        };
        wrong[at] = if right[at] == b'0' { b'1' } else { b'0' };
        std::fs::write(&path, &wrong).unwrap();
        restore(&target, &good, &passphrase).failed(1, &["已损坏", names]);
        restore(&target, &good, &["--check", passphrase[0], passphrase[1]]).failed(1, &[names]);
        if file.starts_with("files/") {
            std::fs::remove_file(&path).unwrap();
            restore(&target, &good, &passphrase).failed(1, &["missing", names]);
        }
        std::fs::write(&path, &right).unwrap();
    }
    assert!(!target.path().join("data").exists());
    restore(&target, &good, &passphrase).good();
}

#[test]
fn what_is_newer_than_this_program_is_refused() {
    let place = filled();
    let folder = back_up(&place, "b1");
    let path = folder.join("manifest.json");
    let right = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, right.replace("\"format\": 1", "\"format\": 2")).unwrap();
    restore(&place, &folder, &["--check"])
        .failed(1, &["备份格式为 2", "restore it with a newer version"]);
    let newer = right.replacen("\"m0001_", "\"m9999_", 1);
    assert_ne!(newer, right);
    std::fs::write(&path, newer).unwrap();
    restore(&place, &folder, &["--check"]).failed(1, &["更新的版本", "does not know m9999_"]);
    let other = right.replace("\"database\": \"sqlite\"", "\"database\": \"postgres\"");
    std::fs::write(&path, other).unwrap();
    restore(&place, &folder, &["--check"]).failed(1, &["Postgres", "Sqlite"]);
    std::fs::write(&path, "{").unwrap();
    restore(&place, &folder, &["--check"]).failed(1, &["清单已损坏", "manifest.json"]);
}

#[test]
fn what_is_there_is_not_overwritten_but_set_aside() {
    let place = filled();
    let folder = back_up(&place, "b1");
    place
        .run_told(PASSWORD, &["account", "create-admin", "second_admin"])
        .good();
    let before = std::fs::read(place.path().join("data/tongban.db")).unwrap();
    restore(&place, &folder, &[]).failed(1, &["不是空的", "--replace"]);
    assert!(std::fs::read(place.path().join("data/tongban.db")).unwrap() == before);
    let said = restore(&place, &folder, &["--replace"]).good();
    assert!(said.contains("原有内容另存于"), "{said}");
    // The account that came after the backup is gone from here, and there in what was set aside.
    place
        .run_told(PASSWORD, &["account", "create-admin", "second_admin"])
        .good();
    let aside = std::fs::read_dir(place.path().join("data")).unwrap();
    let aside: Vec<_> = aside
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.to_string_lossy().contains("tongban.db.before-"))
        .collect();
    assert_eq!(aside.len(), 1, "{aside:?}");
    let url = format!("sqlite://{}", aside[0].display());
    let mut again = place.command(&["account", "create-admin", "second_admin"]);
    again.env("TONGBAN__DATABASE__URL", &url);
    assert!(!again.output().unwrap().status.success(), "it is there");
}

#[test]
fn a_database_that_broke_is_no_obstacle() {
    let place = filled();
    let folder = back_up(&place, "b1");
    let database = place.path().join("data/tongban.db");
    std::fs::write(&database, "no database at all, but something".repeat(400)).unwrap();
    place.file("data/tongban.db-wal", "what was written beside it");
    restore(&place, &folder, &["--replace"]).good();
    place.run(&["audit", "verify"]).good();
    std::fs::remove_file(&database).unwrap();
    place.file("data/tongban.db-wal", "left alone");
    restore(&place, &folder, &[]).failed(1, &["not empty"]);
}

#[test]
fn kill_and_a_full_disk_leave_nothing_half() {
    let place = filled();
    // A full disk: no file may grow beyond 200 blocks of 512 bytes, the database is larger.
    let program = env!("CARGO_BIN_EXE_tongban");
    let mut full = std::process::Command::new("/bin/bash");
    full.args([
        "-c",
        "trap '' XFSZ; ulimit -f 200; exec \"$0\" backup --to b1",
    ])
    .arg(program)
    .current_dir(place.path())
    .env_clear();
    Ended::of(full).failed(1, &["tongban: "]);
    assert!(!place.path().join("b1").exists());
    assert!(!place.path().join("b1.partial").exists());

    // Killed at any moment: a whole backup or none, and the next one goes well.
    for moment in [5, 15, 30, 60, 90, 120, 200] {
        let mut child = place.command(&["backup", "--to", "b1"]).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(moment));
        child.kill().unwrap();
        child.wait().unwrap();
        if place.path().join("b1").exists() {
            restore(&place, &place.path().join("b1"), &["--check"]).good();
            std::fs::remove_dir_all(place.path().join("b1")).unwrap();
        }
    }
    let folder = back_up(&place, "b1");
    assert!(!place.path().join("b1.partial").exists());

    // A restore killed at any moment: a server starts over all of it or not at all.
    let target = Place::new();
    target.file("passphrase", PASSPHRASE);
    let from = folder.display().to_string();
    let args = [
        "restore",
        "--from",
        &from,
        "--passphrase-file",
        "passphrase",
    ];
    let mut killed = 0;
    for moment in [150, 250, 300, 350, 400, 450, 500, 600] {
        let mut child = target.command(&args).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(moment));
        child.kill().unwrap();
        child.wait().unwrap();
        let is_whole = target.path().join("data/tongban.db").exists();
        let is_noted = target.path().join("data/keys.restore-journal").exists();
        if is_noted {
            killed += 1;
            target
                .run(&["audit", "verify"])
                .failed(1, &["恢复被中断", "run `tongban restore` again"]);
        } else if is_whole {
            break;
        }
    }
    eprintln!("{killed} restores were killed in the middle");
    if !target.path().join("data/tongban.db").exists() {
        target.run(&args).good();
    }
    target.run(&["audit", "verify"]).good();
    target
        .run_told(PASSWORD, &["account", "create-admin", "root_admin"])
        .failed(1, &[]);
}
