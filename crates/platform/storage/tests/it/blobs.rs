//! Files: found by content, sealed on disk, stored once.

use std::io::{Read, Seek, SeekFrom};

use futures::TryStreamExt;

use crate::fresh::Fresh;

const TEXT: &str = "身份证复印件 identity card";

fn files(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found
}

#[tokio::test]
async fn the_same_content_lies_once_and_sealed() {
    let fresh = Fresh::new(&[]).await;
    let store = fresh.store().await;
    let address = store.blobs().put(TEXT.as_bytes()).await.unwrap();
    assert_eq!(store.blobs().put(TEXT.as_bytes()).await.unwrap(), address);
    assert_eq!(
        store.blobs().get(&address).await.unwrap().as_deref(),
        Some(TEXT.as_bytes())
    );
    let files = files(&fresh.folder.path().join("blobs"));
    assert_eq!(files.len(), 1);
    let on_disk = std::fs::read(&files[0]).unwrap();
    assert!(!on_disk.windows(8).any(|window| window == b"identity"));
}

#[tokio::test]
async fn a_file_put_in_the_place_of_another_does_not_open() {
    let fresh = Fresh::new(&[]).await;
    let store = fresh.store().await;
    let mine = store.blobs().put(b"mine").await.unwrap();
    let folder = fresh.folder.path().join("blobs");
    let before = files(&folder);
    store.blobs().put(b"other").await.unwrap();
    let other = files(&folder)
        .into_iter()
        .find(|path| !before.contains(path))
        .unwrap();
    std::fs::copy(other, &before[0]).unwrap();
    assert!(store.blobs().get(&mine).await.is_err());
}

#[tokio::test]
async fn a_folder_conforms() {
    let fresh = Fresh::new(&[]).await;
    crate::blob_conformance::conforms(fresh.store().await.blobs()).await;
}

/// A few pieces, none like another.
fn long() -> Vec<u8> {
    let words = (0..80_000_u32).map(|n| n.wrapping_mul(2_654_435_761));
    words.flat_map(u32::to_le_bytes).collect()
}

#[tokio::test]
async fn a_long_file_is_read_piece_by_piece() {
    let fresh = Fresh::new(&[]).await;
    let store = fresh.store().await;
    let content = long();
    let address = store.blobs().put(&content).await.unwrap();
    let mut read = store.blobs().open_file(&address).await.unwrap().unwrap();
    assert_eq!(read.length, content.len() as u64);
    let mut back = Vec::new();
    while let Some(piece) = read.pieces.try_next().await.unwrap() {
        assert!(piece.len() <= 64 * 1024, "{} bytes at once", piece.len());
        back.extend_from_slice(&piece);
    }
    assert!(back == content);
}

#[tokio::test]
async fn a_long_file_cannot_be_cut_off_turned_round_or_changed() {
    const SEALED: usize = 64 * 1024 + 16;
    let fresh = Fresh::new(&[]).await;
    let store = fresh.store().await;
    let address = store.blobs().put(&long()).await.unwrap();
    let file = files(&fresh.folder.path().join("blobs")).remove(0);
    let right = std::fs::read(&file).unwrap();
    let head = right.len() % SEALED - long().len() % (64 * 1024) - 16;
    let wrong = |what: &str| {
        let mut bytes = right.clone();
        match what {
            "cut off" => bytes.truncate(head + 2 * SEALED),
            "cut within" => bytes.truncate(right.len() - 5),
            "longer" => bytes.push(0),
            "turned round" => bytes[head..head + 2 * SEALED].rotate_left(SEALED),
            _ => *bytes.last_mut().unwrap() ^= 1,
        }
        bytes
    };
    for what in ["cut off", "cut within", "longer", "turned round", "changed"] {
        std::fs::write(&file, wrong(what)).unwrap();
        assert!(store.blobs().get(&address).await.is_err(), "{what}");
    }
    std::fs::write(&file, &right).unwrap();
    assert!(store.blobs().get(&address).await.is_ok());
}

#[tokio::test]
async fn a_file_on_its_way_in_leaves_nothing_to_read() {
    let fresh = Fresh::new(&[]).await;
    let store = fresh.store().await;
    let mut spool = store.blobs().spool();
    for _ in 0..40_000 {
        spool.push(TEXT.as_bytes()).await.unwrap();
    }
    let received = spool.finish().await.unwrap();
    let length = 40_000 * TEXT.len() as u64;
    assert_eq!(received.length(), length);
    let blobs = fresh.folder.path().join("blobs");
    assert!(files(&blobs).is_empty(), "its file has no name");
    let open: Vec<_> = std::fs::read_dir("/proc/self/fd")
        .unwrap()
        .flatten()
        .collect();
    let ours = open.iter().map(std::fs::DirEntry::path).find(|fd| {
        let target = std::fs::read_link(fd).unwrap_or_default();
        target.starts_with(&blobs)
    });
    let on_disk = std::fs::read(ours.expect("a file without a name")).unwrap();
    assert!(on_disk.len() as u64 > length / 2);
    assert!(!on_disk.windows(8).any(|window| window == b"identity"));

    let mut reader = received.reader();
    reader
        .seek(SeekFrom::Start(length - TEXT.len() as u64))
        .unwrap();
    let mut last = String::new();
    reader.read_to_string(&mut last).unwrap();
    assert_eq!(last, TEXT);
    reader
        .seek(SeekFrom::Start(
            70_000 / TEXT.len() as u64 * TEXT.len() as u64,
        ))
        .unwrap();
    let mut middle = vec![0; TEXT.len()];
    reader.read_exact(&mut middle).unwrap();
    assert_eq!(middle, TEXT.as_bytes());
    let address = store.blobs().put_spooled(&received).await.unwrap();
    assert_eq!(
        address,
        store
            .blobs()
            .put(TEXT.repeat(40_000).as_bytes())
            .await
            .unwrap()
    );
}
