//! Files: what they are, how large, whose.

use std::io::{Cursor, Write};
use std::time::Duration;

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use bytes::Bytes;
use futures::{StreamExt, stream};
use serde_json::json;

use crate::town::{ITEM, PDF, Town, draft, look, path, submitted, upload};

fn office(names: &[&str]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for name in names {
        writer
            .start_file(*name, zip::write::SimpleFileOptions::default())
            .unwrap();
        writer.write_all(b"<x/>").unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[tokio::test]
async fn a_file_comes_back_as_it_was_given() {
    let town = Town::new().await;
    let mine = town.person(1);
    let draft = draft(&mine).await;
    let given = upload(&mine, &draft, "proof", "解除证明 (1).PDF", PDF).await;
    assert_eq!(
        (&given["media_type"], &given["file_name"]),
        (&json!("application/pdf"), &json!("解除证明 (1).PDF"))
    );
    let url = path(
        &draft,
        &format!("/materials/{}", given["id"].as_str().unwrap()),
    );
    let back = mine.get(&url).await;
    assert_eq!((back.status, &back.bytes[..]), (StatusCode::OK, PDF));
    assert_eq!(back.headers["x-content-type-options"], "nosniff");
    assert_eq!(
        back.headers["content-disposition"],
        "inline; filename*=UTF-8''%E8%A7%A3%E9%99%A4%E8%AF%81%E6%98%8E%20%281%29.PDF"
    );
    let docx = office(&["[Content_Types].xml", "word/document.xml"]);
    let given = upload(&mine, &draft, "extra", "说明.docx", &docx).await;
    let back = mine
        .get(&path(
            &draft,
            &format!("/materials/{}", given["id"].as_str().unwrap()),
        ))
        .await;
    assert!(
        back.headers["content-disposition"]
            .to_str()
            .unwrap()
            .starts_with("attachment;")
    );

    assert_eq!(mine.delete(&url).await.status, StatusCode::NO_CONTENT);
    mine.get(&url)
        .await
        .refused(404, "intake.material_not_found");
    mine.delete(&url)
        .await
        .refused(404, "intake.material_not_found");
    assert_eq!(
        look(&mine, &draft).await["materials"][1]["files"],
        json!([])
    );
}

#[tokio::test]
async fn only_safe_kinds_whose_name_says_so_are_taken() {
    let town = Town::new().await;
    let mine = town.person(1);
    let url = path(&draft(&mine).await, "/materials");
    let fields = [("requirement_id", "proof")];
    let bad: [(&str, &[u8]); 8] = [
        (
            "setup.pdf",
            b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff",
        ),
        ("tool.png", b"\x7fELF\x02\x01\x01\x00"),
        ("page.pdf", b"<html><script>alert(1)</script></html>"),
        ("script.jpg", b"#!/bin/sh\nrm -rf /\n"),
        ("证明.exe", PDF),
        ("证明", PDF),
        ("证明.docx", PDF),
        ("archive.docx", &office(&["run.exe"])),
    ];
    for (name, content) in bad {
        let refused = mine
            .multipart(&url, &fields, ("file", name, content))
            .await
            .refused(422, "intake.material_type");
        assert_eq!(
            refused["args"]["allowed"], "pdf, jpg, png, docx, xlsx, ofd",
            "{name}"
        );
    }
    let macros = office(&[
        "[Content_Types].xml",
        "word/document.xml",
        "word/vbaProject.bin",
    ]);
    mine.multipart(&url, &fields, ("file", "宏.docx", &macros))
        .await
        .refused(422, "intake.material_type");
    mine.multipart(&url, &fields, ("file", "空.pdf", b""))
        .await
        .refused(422, "intake.material_empty");
    mine.multipart(
        &url,
        &[("requirement_id", "nothing")],
        ("file", "a.pdf", PDF),
    )
    .await
    .refused(422, "intake.material_not_asked");
    mine.multipart(
        &url,
        &[("requirement_id", "closure_proof")],
        ("file", "a.pdf", PDF),
    )
    .await
    .refused(422, "intake.material_not_asked");
    mine.multipart(&url, &[], ("file", "a.pdf", PDF))
        .await
        .refused(422, "intake.material_upload");
    mine.multipart(&url, &fields, ("other", "a.pdf", PDF))
        .await
        .refused(422, "intake.material_upload");
    mine.post(&url, &json!({"requirement_id": "proof"}))
        .await
        .refused(422, "intake.material_upload");
}

/// A multipart body that goes on and on, and counts what is asked of it.
fn endless(counter: std::sync::Arc<std::sync::atomic::AtomicUsize>) -> Body {
    let head = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n%PDF-1.7\n";
    let chunk = Bytes::from(vec![b' '; 1024 * 1024]);
    let chunks = (0..2048).map(move |_| {
        counter.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        Ok::<_, std::io::Error>(chunk.clone())
    });
    Body::from_stream(stream::iter(
        std::iter::once(Ok(Bytes::from(head))).chain(chunks),
    ))
}

#[tokio::test]
async fn two_gigabytes_are_refused_without_being_read() {
    let town = Town::new().await;
    let mine = town.person(1);
    let url = path(&draft(&mine).await, "/materials");
    let cookie = format!("tb_session={}", mine.cookie().unwrap());
    let request = || {
        Request::builder()
            .method(Method::POST)
            .uri(&url)
            .header(header::COOKIE, &cookie)
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=b")
    };
    let read = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let declared = request()
        .header(header::CONTENT_LENGTH, 2_u64 * 1024 * 1024 * 1024)
        .body(endless(read.clone()))
        .unwrap();
    mine.send(declared)
        .await
        .refused(413, "intake.material_too_large");
    assert_eq!(
        read.load(std::sync::atomic::Ordering::Relaxed),
        0,
        "a declared length is enough"
    );

    let undeclared = request().body(endless(read.clone())).unwrap();
    mine.send(undeclared)
        .await
        .refused(413, "intake.material_too_large");
    let megabytes = read.load(std::sync::atomic::Ordering::Relaxed);
    assert!((50..=52).contains(&megabytes), "{megabytes} MiB read");
}

#[tokio::test]
async fn an_upload_that_breaks_off_leaves_nothing() {
    let town = Town::new().await;
    let mine = town.person(1);
    let draft = draft(&mine).await;
    let body = "--b\r\nContent-Disposition: form-data; name=\"requirement_id\"\r\n\r\nproof\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n%PDF-1.7";
    let request = Request::builder()
        .method(Method::POST)
        .uri(path(&draft, "/materials"))
        .header(
            header::COOKIE,
            format!("tb_session={}", mine.cookie().unwrap()),
        )
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=b")
        .body(Body::from(body))
        .unwrap();
    mine.send(request)
        .await
        .refused(422, "intake.material_upload");
    assert_eq!(
        look(&mine, &draft).await["materials"][1]["files"],
        json!([])
    );
}

#[tokio::test]
async fn files_are_bounded_in_number_and_closed_after_submission() {
    let town = Town::new().await;
    let mine = town.person(1);
    let open = draft(&mine).await;
    for n in 0..20 {
        upload(&mine, &open, "extra", &format!("{n}.pdf"), PDF).await;
    }
    let fields = [("requirement_id", "extra")];
    mine.multipart(&path(&open, "/materials"), &fields, ("file", "21.pdf", PDF))
        .await
        .refused(422, "intake.material_count");

    let done = submitted(&mine).await;
    mine.multipart(&path(&done, "/materials"), &fields, ("file", "a.pdf", PDF))
        .await
        .refused(409, "intake.not_editable");
    let file = done["materials"][1]["files"][0]["id"].as_str().unwrap();
    mine.delete(&path(&done, &format!("/materials/{file}")))
        .await
        .refused(409, "intake.not_editable");
}

#[tokio::test]
async fn attachment_fields_take_files_of_this_application_only() {
    let town = Town::new().await;
    let mine = town.person(1);
    let ready = crate::town::complete(&mine).await;
    let foreign = upload(&mine, &draft(&mine).await, "proof", "a.pdf", PDF).await;
    let wrong_type = upload(&mine, &ready, "form.photo", "a.pdf", PDF).await;
    let mut version = ready["version"].clone();
    for id in [&foreign["id"], &wrong_type["id"]] {
        let mut form = crate::town::answers();
        form["photo"] = json!([id]);
        let saved = mine
            .put(
                &path(&ready, "/form"),
                &json!({"version": version, "form": form}),
            )
            .await
            .ok();
        version = saved["version"].clone();
        let refused = mine
            .post(&path(&ready, "/submit"), &json!({"version": version}))
            .await
            .refused(422, "intake.application_invalid");
        assert_eq!(crate::town::fields(&refused), ["/form/photo"]);
    }
    let png = upload(
        &mine,
        &ready,
        "form.photo",
        "a.png",
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
    )
    .await;
    let mut form = crate::town::answers();
    form["photo"] = json!([png["id"]]);
    let saved = mine
        .put(
            &path(&ready, "/form"),
            &json!({"version": version, "form": form}),
        )
        .await
        .ok();
    assert_eq!(saved["attachments"].as_array().unwrap().len(), 2);
    mine.post(
        &path(&ready, "/submit"),
        &json!({"version": saved["version"]}),
    )
    .await
    .ok();
    assert_eq!(saved["item_code"], ITEM);
}

/// The beginning of an upload whose rest never comes.
fn stuck(client: &tb_testkit::Client, draft: &serde_json::Value) -> Request<Body> {
    let head = "--b\r\nContent-Disposition: form-data; name=\"requirement_id\"\r\n\r\nproof\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n%PDF-1.7";
    let body = stream::once(async move { Ok::<_, std::io::Error>(Bytes::from(head)) });
    Request::builder()
        .method(Method::POST)
        .uri(path(draft, "/materials"))
        .header(
            header::COOKIE,
            format!("tb_session={}", client.cookie().unwrap()),
        )
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=b")
        .body(Body::from_stream(body.chain(stream::pending())))
        .unwrap()
}

#[tokio::test]
async fn slow_clients_do_not_hold_up_the_city() {
    let town = Town::new().await;
    let mut slow = tokio::task::JoinSet::new();
    for n in 10..34 {
        // Somebody who sends many at once only stands in his own way.
        let person = town.person(n.min(22));
        let request = stuck(&person, &draft(&person).await);
        slow.spawn(async move { person.send(request).await });
    }
    tokio::time::sleep(Duration::from_millis(300)).await;
    let other = town.person(50);
    let open = draft(&other).await;
    let sent = upload(&other, &open, "proof", "a.pdf", PDF);
    let taken = tokio::time::timeout(Duration::from_secs(5), sent).await;
    assert_eq!(taken.expect("taken at once")["file_name"], "a.pdf");
    assert!(slow.try_join_next().is_none(), "the others are still at it");
}

#[tokio::test]
async fn a_large_file_comes_back_whole() {
    let town = Town::new().await;
    let mine = town.person(1);
    let draft = draft(&mine).await;
    let mut content = PDF.to_vec();
    content.extend((0..7_u32 << 18).flat_map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()));
    let given = upload(&mine, &draft, "proof", "a.pdf", &content).await;
    assert_eq!(given["size"], content.len());
    let url = format!("/materials/{}", given["id"].as_str().unwrap());
    let back = mine.get(&path(&draft, &url)).await;
    assert!(back.bytes == content, "changed on its way");
    let length = content.len().to_string();
    assert_eq!(back.headers["content-length"], length.as_str());
}
