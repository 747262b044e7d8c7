//! Answers that many ask for, kept as bytes: compressed once per coding instead of once per reader.

use std::io::{self, Write};
use std::sync::OnceLock;

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use brotli::CompressorWriter;
use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::file_answer::AsItIs;

/// Bytes below which compressing is not worth its header.
const SMALL: usize = 1024;
const BROTLI: &str = "br";
const GZIP: &str = "gzip";
/// Of 11: what a reader waits for once, milliseconds for the longest guide.
const BROTLI_QUALITY: u32 = 6;
/// log2 of the window, the usual one.
const BROTLI_WINDOW: u32 = 22;
const BUFFER: usize = 4096;

/// An answer with its entity tag.
#[derive(Debug)]
pub struct KeptAnswer {
    kind: HeaderValue,
    cache: HeaderValue,
    tag: HeaderValue,
    plain: Bytes,
    gzip: OnceLock<Option<Bytes>>,
    brotli: OnceLock<Option<Bytes>>,
}

impl KeptAnswer {
    /// An answer of a media type. `cache` is its `Cache-Control`; `tag` its entity tag, which ought
    /// to be weak (`W/"…"`), since the same tag stands on every coding of the answer.
    pub fn new(kind: HeaderValue, cache: HeaderValue, tag: HeaderValue, plain: Bytes) -> Self {
        Self {
            kind,
            cache,
            tag,
            plain,
            gzip: OnceLock::new(),
            brotli: OnceLock::new(),
        }
    }

    /// The answer as a request wants it: 304 where the client has it already, else in the best
    /// coding that the client accepts.
    pub fn answer(&self, asked: &HeaderMap) -> Response {
        let known = asked.get(header::IF_NONE_MATCH);
        let mut response = if known.is_some_and(|known| known == self.tag) {
            let mut response = Response::new(Body::empty());
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            response
        } else {
            self.full(asked)
        };
        let headers = response.headers_mut();
        headers.insert(header::ETAG, self.tag.clone());
        headers.insert(header::CACHE_CONTROL, self.cache.clone());
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        response
    }

    fn full(&self, asked: &HeaderMap) -> Response {
        let packed = match self.coding(asked) {
            Some(GZIP) => self.gzip.get_or_init(|| gzip(&self.plain).ok()).as_ref(),
            Some(_) => self
                .brotli
                .get_or_init(|| brotli(&self.plain).ok())
                .as_ref(),
            None => None,
        };
        let mut response = Response::new(Body::from(packed.unwrap_or(&self.plain).clone()));
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, self.kind.clone());
        if let Some(coding) = self.coding(asked).filter(|_| packed.is_some()) {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
        }
        response.extensions_mut().insert(AsItIs);
        response
    }

    /// The best coding that a client accepts, if the answer gains by any.
    fn coding(&self, asked: &HeaderMap) -> Option<&'static str> {
        if self.plain.len() < SMALL || !is_text(&self.kind) {
            return None;
        }
        let accepted = asked.get(header::ACCEPT_ENCODING)?.to_str().ok()?;
        [BROTLI, GZIP].into_iter().find(|coding| {
            accepted.split(',').any(|one| {
                let (name, weight) = one.split_once(';').unwrap_or((one, ""));
                let refused = matches!(weight.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000");
                name.trim().eq_ignore_ascii_case(coding) && !refused
            })
        })
    }
}

/// Whether a media type gains by compression: pictures and fonts are compressed already.
fn is_text(kind: &HeaderValue) -> bool {
    let kind = kind.as_bytes();
    kind.starts_with(b"text/")
        || [&b"json"[..], b"javascript", b"svg", b"wasm"]
            .iter()
            .any(|part| kind.windows(part.len()).any(|found| found == *part))
}

fn gzip(plain: &[u8]) -> io::Result<Bytes> {
    let mut into = GzEncoder::new(Vec::new(), Compression::default());
    into.write_all(plain)?;
    into.finish().map(Bytes::from)
}

fn brotli(plain: &[u8]) -> io::Result<Bytes> {
    let mut into = CompressorWriter::new(Vec::new(), BUFFER, BROTLI_QUALITY, BROTLI_WINDOW);
    into.write_all(plain)?;
    into.flush()?;
    Ok(into.into_inner().into())
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use axum::http::{HeaderMap, HeaderValue, header};
    use axum::response::Response;
    use bytes::Bytes;
    use http_body_util::BodyExt;

    use super::KeptAnswer;

    const TAG: &str = "W/\"one\"";

    fn kept(kind: &'static str, plain: &str) -> KeptAnswer {
        let value = HeaderValue::from_static;
        KeptAnswer::new(
            value(kind),
            value("no-cache"),
            value(TAG),
            Bytes::from(plain.to_owned()),
        )
    }

    fn accepting(codings: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(codings))])
    }

    fn coding(response: &Response) -> Option<&str> {
        response
            .headers()
            .get(header::CONTENT_ENCODING)?
            .to_str()
            .ok()
    }

    async fn body(response: Response) -> Bytes {
        response.into_body().collect().await.unwrap().to_bytes()
    }

    #[tokio::test]
    async fn every_coding_opens_to_the_same_bytes() {
        let text = "办事指南 ".repeat(500);
        let kept = kept("application/json", &text);
        for _ in 0..2 {
            let brotli = kept.answer(&accepting("gzip, deflate, br, zstd"));
            assert_eq!(coding(&brotli), Some("br"));
            let (packed, mut plain) = (body(brotli).await, String::new());
            assert!(packed.len() < text.len() / 10);
            brotli::Decompressor::new(&packed[..], 4096)
                .read_to_string(&mut plain)
                .unwrap();
            assert_eq!(plain, text);

            let gzip = kept.answer(&accepting("gzip, br;q=0"));
            assert_eq!(coding(&gzip), Some("gzip"));
            let (packed, mut plain) = (body(gzip).await, String::new());
            flate2::read::GzDecoder::new(&packed[..])
                .read_to_string(&mut plain)
                .unwrap();
            assert_eq!(plain, text);
        }
        let plain = kept.answer(&HeaderMap::new());
        assert_eq!(coding(&plain), None);
        assert_eq!(plain.headers()[header::VARY], "accept-encoding");
        assert_eq!(body(plain).await, text);
    }

    #[tokio::test]
    async fn what_the_client_has_is_not_sent_again() {
        let kept = kept("application/json", "{}");
        let asked = HeaderMap::from_iter([(header::IF_NONE_MATCH, HeaderValue::from_static(TAG))]);
        let answer = kept.answer(&asked);
        assert_eq!(answer.status(), 304);
        assert_eq!(answer.headers()[header::ETAG], TAG);
        assert!(body(answer).await.is_empty());
    }

    #[test]
    fn small_and_packed_things_stay_as_they_are() {
        let asked = accepting("br");
        assert_eq!(coding(&kept("application/json", "{}").answer(&asked)), None);
        let font = kept("font/woff2", &"a".repeat(5000)).answer(&asked);
        assert_eq!(coding(&font), None);
    }
}
