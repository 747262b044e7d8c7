//! What every file store does, local or remote. The same functions run on a folder (`blobs`) and
//! on an S3-compatible store (`s3`).

use tb_storage::{Blobs, StorageError};

/// All of it.
pub async fn conforms(blobs: &Blobs) {
    content_is_its_own_address(blobs).await;
    what_is_not_there_is_none(blobs).await;
    a_named_paper_is_replaced(blobs).await;
    an_empty_file_is_a_file(blobs).await;
    a_large_file_comes_back_whole(blobs).await;
    files_that_nobody_comes_to_name_go_again(blobs).await;
}

async fn content_is_its_own_address(blobs: &Blobs) {
    let text = "户口簿 household register".as_bytes();
    let address = blobs.put(text).await.unwrap();
    assert_eq!(blobs.put(text).await.unwrap(), address);
    assert_ne!(blobs.put(b"another").await.unwrap(), address);
    assert_eq!(blobs.get(&address).await.unwrap().as_deref(), Some(text));
    assert!(blobs.exists(&address).await.unwrap());
}

async fn what_is_not_there_is_none(blobs: &Blobs) {
    for name in ["papers/none", "00aa11bb"] {
        assert!(!blobs.exists(name).await.unwrap(), "{name}");
        assert_eq!(blobs.get(name).await.unwrap(), None, "{name}");
    }
}

async fn a_named_paper_is_replaced(blobs: &Blobs) {
    for text in [b"one", b"two"] {
        blobs.put_named("papers/receipt", text).await.unwrap();
        let read = blobs.get("papers/receipt").await.unwrap();
        assert_eq!(read.as_deref(), Some(text.as_slice()));
    }
    // Below a file there is none.
    let below = "papers/receipt/one";
    assert!(!blobs.exists(below).await.unwrap());
    assert_eq!(blobs.get(below).await.unwrap(), None);
    blobs.remove(below).await.unwrap();
    assert!(blobs.exists("papers/receipt").await.unwrap());
}

async fn an_empty_file_is_a_file(blobs: &Blobs) {
    let address = blobs.put(b"").await.unwrap();
    assert_eq!(blobs.get(&address).await.unwrap(), Some(Vec::new()));
}

/// Several parts of an upload, and a rest.
async fn a_large_file_comes_back_whole(blobs: &Blobs) {
    let page: Vec<u8> = (0..1_u32 << 14)
        .flat_map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes())
        .collect();
    let mut content = page.repeat(13 << 4);
    content.extend_from_slice(b"rest");
    let address = blobs.put(&content).await.unwrap();
    let read = blobs.get(&address).await.unwrap().unwrap();
    assert!(read == content, "a large file was changed on its way");
}

async fn files_that_nobody_comes_to_name_go_again(blobs: &Blobs) {
    let mut spool = blobs.spool();
    spool.push(b"enclosed").await.unwrap();
    let file = spool.finish().await.unwrap();
    let files = |name: &str| vec![(format!("letter/{name}"), &file)];
    let refused: Result<(), StorageError> = blobs
        .put_for(&files("refused"), async {
            let is_there = blobs.exists("letter/refused").await?;
            assert!(is_there, "it lies there before the row is written");
            Err(StorageError::Misuse("refused"))
        })
        .await;
    assert!(refused.is_err());
    assert!(!blobs.exists("letter/refused").await.unwrap());
    let named: Result<(), StorageError> = blobs.put_for(&files("named"), async { Ok(()) }).await;
    named.unwrap();
    assert!(blobs.exists("letter/named").await.unwrap());
}
