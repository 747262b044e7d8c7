//! Files: found by content, sealed on disk, stored once.

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
async fn named_papers_are_replaced_and_missing_ones_are_none() {
    let fresh = Fresh::new(&[]).await;
    let blobs = fresh.store().await.blobs().clone();
    assert!(!blobs.exists("papers/receipt").await.unwrap());
    assert_eq!(blobs.get("papers/receipt").await.unwrap(), None);
    blobs.put_named("papers/receipt", b"one").await.unwrap();
    blobs.put_named("papers/receipt", b"two").await.unwrap();
    assert_eq!(
        blobs.get("papers/receipt").await.unwrap().as_deref(),
        Some(b"two".as_slice())
    );
}
