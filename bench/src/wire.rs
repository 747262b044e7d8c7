//! A client of few instructions: the cores are shared with what is measured.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::{Value, json};

use crate::Fallible;

/// An answer.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// The first header of this name, in lower case.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(found, _)| found == name)
            .map(|(_, value)| value.as_str())
    }

    /// The body, where the request succeeded.
    pub(crate) fn json(&self) -> Fallible<Value> {
        if !(200..300).contains(&self.status) {
            return Err(format!("{}: {}", self.status, String::from_utf8_lossy(&self.body)).into());
        }
        Ok(serde_json::from_slice(&self.body)?)
    }
}

/// One connection that is kept.
pub(crate) struct Wire {
    port: u16,
    stream: Option<TcpStream>,
}

impl Wire {
    /// To a port of the loopback interface.
    pub(crate) fn new(port: u16) -> Self {
        Self { port, stream: None }
    }

    /// Sends a request with these header lines and waits for the answer.
    pub(crate) fn send(
        &mut self,
        method: &str,
        path: &str,
        headers: &str,
        body: &str,
    ) -> Fallible<Answer> {
        let mut stream = match self.stream.take() {
            Some(stream) => stream,
            None => connect(self.port)?,
        };
        let length = body.len();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{headers}Content-Length: {length}\r\n\r\n{body}"
        );
        stream.write_all(request.as_bytes())?;
        let answer = read(&mut stream).map_err(|error| format!("{method} {path}: {error}"))?;
        if answer.header("connection") != Some("close") {
            self.stream = Some(stream);
        }
        Ok(answer)
    }
}

fn connect(port: u16) -> Fallible<TcpStream> {
    let stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(Duration::from_mins(1)))?;
    Ok(stream)
}

fn read(stream: &mut TcpStream) -> Fallible<Answer> {
    let (mut bytes, mut chunk) = (Vec::with_capacity(8192), [0_u8; 8192]);
    let mut more = |bytes: &mut Vec<u8>| -> Fallible<()> {
        let read = stream.read(&mut chunk)?;
        bytes.extend_from_slice(chunk.get(..read).unwrap_or_default());
        if read == 0 {
            Err("the connection was closed".into())
        } else {
            Ok(())
        }
    };
    let end = loop {
        match bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            Some(end) => break end,
            None => more(&mut bytes)?,
        }
    };
    let head = String::from_utf8_lossy(bytes.get(..end).unwrap_or_default()).into_owned();
    let mut lines = head.split("\r\n");
    let status = lines
        .next()
        .and_then(|line| line.split(' ').nth(1))
        .ok_or("no status")?
        .parse()?;
    let pairs = lines.filter_map(|line| line.split_once(": "));
    let headers = pairs
        .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
        .collect();
    let mut answer = Answer {
        status,
        headers,
        body: bytes.split_off(end + 4),
    };
    if answer.header("transfer-encoding").is_some() {
        while !answer.body.ends_with(b"0\r\n\r\n") {
            more(&mut answer.body)?;
        }
        answer.body = dechunk(&answer.body)?;
        return Ok(answer);
    }
    let length: usize = answer.header("content-length").unwrap_or("0").parse()?;
    while answer.body.len() < length {
        more(&mut answer.body)?;
    }
    Ok(answer)
}

fn dechunk(mut bytes: &[u8]) -> Fallible<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let end = bytes
            .windows(2)
            .position(|two| two == b"\r\n")
            .ok_or("a chunk without size")?;
        let size = usize::from_str_radix(
            std::str::from_utf8(bytes.get(..end).unwrap_or_default())?,
            16,
        )?;
        if size == 0 {
            return Ok(body);
        }
        body.extend_from_slice(
            bytes
                .get(end + 2..end + 2 + size)
                .ok_or("a chunk that is too short")?,
        );
        bytes = bytes.get(end + size + 4..).ok_or("a chunk without end")?;
    }
}

/// Somebody who has signed in.
pub(crate) struct Session {
    wire: Wire,
    headers: String,
}

impl Session {
    /// Signs in.
    pub(crate) fn open(port: u16, account: &str, password: &str) -> Fallible<Self> {
        let mut wire = Wire::new(port);
        let body = json!({"account": account, "password": password}).to_string();
        let answer = wire.send(
            "POST",
            "/api/v1/identity/session",
            "Content-Type: application/json\r\n",
            &body,
        )?;
        answer.json()?;
        let cookie = answer
            .header("set-cookie")
            .and_then(|cookie| cookie.split(';').next())
            .ok_or("no cookie")?;
        let headers = format!("Content-Type: application/json\r\nCookie: {cookie}\r\n");
        Ok(Self { wire, headers })
    }

    /// The same session on a connection of its own.
    pub(crate) fn twin(&self) -> Self {
        Self {
            wire: Wire::new(self.wire.port),
            headers: self.headers.clone(),
        }
    }

    /// GET that must succeed.
    pub(crate) fn get(&mut self, path: &str) -> Fallible<Value> {
        let answer = self.wire.send("GET", path, &self.headers, "")?;
        answer
            .json()
            .map_err(|error| format!("GET {path}: {error}").into())
    }

    /// POST or PUT that must succeed.
    pub(crate) fn send(&mut self, method: &str, path: &str, body: &Value) -> Fallible<Value> {
        let answer = self
            .wire
            .send(method, path, &self.headers, &body.to_string())?;
        answer
            .json()
            .map_err(|error| format!("{method} {path}: {error}").into())
    }
}
