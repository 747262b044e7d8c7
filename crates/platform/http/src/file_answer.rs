//! A file as an answer, the same for every domain: streamed, shown where a page can show it safely
//! and saved otherwise, never sniffed, never compressed anew.

use axum::body::Body;
use axum::http::{Extensions, HeaderMap, HeaderValue, StatusCode, Version, header};
use axum::response::{IntoResponse, Response};
use futures::TryStreamExt;
use tb_storage::Content;

/// Kinds that a page may show: no script can run in them. Everything else is only saved.
const SHOWN: [&str; 3] = ["application/pdf", "image/jpeg", "image/png"];

/// A file on its way out.
#[derive(Debug)]
pub struct FileAnswer {
    /// Name to save it under.
    pub name: String,
    /// Media type.
    pub media_type: String,
    /// Content.
    pub content: Content,
}

/// Marks an answer whose bytes go out as they are.
#[derive(Clone, Copy)]
pub(crate) struct AsItIs;

impl IntoResponse for FileAnswer {
    fn into_response(self) -> Response {
        let way = if SHOWN.contains(&self.media_type.as_str()) {
            "inline"
        } else {
            "attachment"
        };
        let disposition = format!("{way}; filename*=UTF-8''{}", percent(&self.name));
        let Content { length, pieces } = self.content;
        // The status is out by then: the reader sees a body that breaks off, the log says why.
        let pieces = pieces.inspect_err(|error| tracing::error!(%error, "a file breaks off"));
        let mut response = Response::new(Body::from_stream(pieces));
        response.extensions_mut().insert(AsItIs);
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
        headers.insert(
            header::X_CONTENT_TYPE_OPTIONS,
            HeaderValue::from_static("nosniff"),
        );
        for (name, value, otherwise) in [
            (
                header::CONTENT_TYPE,
                self.media_type,
                "application/octet-stream",
            ),
            (header::CONTENT_DISPOSITION, disposition, "attachment"),
        ] {
            let value = HeaderValue::from_str(&value);
            headers.insert(
                name,
                value.unwrap_or_else(|_| HeaderValue::from_static(otherwise)),
            );
        }
        response
    }
}

/// Whether an answer may be compressed: a file is compressed already, and its length is known.
pub(crate) fn may_be_compressed(
    _: StatusCode,
    _: Version,
    _: &HeaderMap,
    extensions: &Extensions,
) -> bool {
    extensions.get::<AsItIs>().is_none()
}

/// A file name as RFC 5987 wants it.
fn percent(name: &str) -> String {
    let plain =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
    name.bytes().fold(String::new(), |text, byte| {
        if plain(byte) {
            text + char::from(byte).encode_utf8(&mut [0; 4])
        } else {
            text + &format!("%{byte:02X}")
        }
    })
}

#[cfg(test)]
mod tests {
    use axum::http::header;
    use axum::response::IntoResponse;

    use super::FileAnswer;

    #[test]
    fn only_what_runs_no_script_is_shown() {
        let way = |media_type: &str| {
            let answer = FileAnswer {
                name: "附件 1\r\n.docx".to_owned(),
                media_type: media_type.to_owned(),
                content: b"PK".to_vec().into(),
            };
            let response = answer.into_response();
            let text = |name| response.headers()[name].to_str().unwrap().to_owned();
            assert_eq!(text(header::X_CONTENT_TYPE_OPTIONS), "nosniff");
            assert_eq!(text(header::CONTENT_LENGTH), "2");
            let disposition = text(header::CONTENT_DISPOSITION);
            let (way, name) = disposition.split_once("; ").unwrap();
            assert_eq!(name, "filename*=UTF-8''%E9%99%84%E4%BB%B6%201%0D%0A.docx");
            (way.to_owned(), text(header::CONTENT_TYPE))
        };
        for shown in ["application/pdf", "image/png", "image/jpeg"] {
            assert_eq!(way(shown), ("inline".to_owned(), shown.to_owned()));
        }
        for saved in ["text/html", "image/svg+xml", "application/ofd"] {
            assert_eq!(way(saved), ("attachment".to_owned(), saved.to_owned()));
        }
        assert_eq!(way("a\r\nb").1, "application/octet-stream");
    }
}
