//! The way out to other systems: https only, never to an address within the house unless the
//! settings allow it, no redirects. Names are resolved here and only addresses that passed are
//! connected to, so that a name cannot point elsewhere between the look and the call.

use std::error::Error as _;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use serde::{Deserialize, Serialize};
use tb_contract::ports::{Outbound, Outgoing, Unsent};
use tb_kernel::Fault;

const PATIENCE: Duration = Duration::from_secs(10);

/// What may be called.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutboundRules {
    /// Whether plain http is allowed.
    pub allow_http: bool,
    /// Addresses within the house that may be called: `10.1.0.0/16`, `10.1.2.3`, or a host's name.
    pub allow: Vec<String>,
}

impl OutboundRules {
    fn allows_name(&self, host: &str) -> bool {
        self.allow
            .iter()
            .any(|entry| entry.eq_ignore_ascii_case(host))
    }

    fn allows(&self, address: IpAddr) -> bool {
        let address = plain(address);
        is_public(address) || self.allow.iter().any(|entry| covers(entry, address))
    }
}

/// An IPv4 address in IPv6 clothes is what it is.
fn plain(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V6(v6) => v6.to_ipv4_mapped().map_or(address, IpAddr::V4),
        IpAddr::V4(_) => address,
    }
}

/// Whether an entry such as `10.1.0.0/16` covers an address.
fn covers(entry: &str, address: IpAddr) -> bool {
    let (network, bits) = entry.split_once('/').unwrap_or((entry, ""));
    let bits_of = |whole: u32| match bits {
        "" => Some(whole),
        bits => bits.parse::<u32>().ok().filter(|bits| *bits <= whole),
    };
    match (network.parse(), address) {
        (Ok(IpAddr::V4(network)), IpAddr::V4(address)) => bits_of(32).is_some_and(|bits| {
            let shift = |ip: Ipv4Addr| u64::from(u32::from(ip)) >> (32 - bits);
            shift(network) == shift(address)
        }),
        (Ok(IpAddr::V6(network)), IpAddr::V6(address)) => bits_of(128).is_some_and(|bits| {
            let shift = |ip: Ipv6Addr| u128::from(ip).checked_shr(128 - bits).unwrap_or(0);
            shift(network) == shift(address)
        }),
        _ => false,
    }
}

fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => is_public_v4(v4),
        IpAddr::V6(v6) => is_public_v6(v6),
    }
}

fn is_public_v4(v4: Ipv4Addr) -> bool {
    let [a, b, c, _] = v4.octets();
    let special = matches!(
        (a, b, c),
        (0 | 10 | 127 | 224..=255, _, _)
            | (100, 64..=127, _)
            | (169, 254, _)
            | (172, 16..=31, _)
            | (192, 0, 0 | 2)
            | (192, 88, 99)
            | (192, 168, _)
            | (198, 18 | 19, _)
            | (198, 51, 100)
            | (203, 0, 113)
    );
    !special
}

/// Of IPv6 only global unicast, without the ranges that lead to IPv4 addresses or nowhere.
fn is_public_v6(v6: Ipv6Addr) -> bool {
    let [a, b, ..] = v6.segments();
    let global = a & 0xe000 == 0x2000;
    let leads_elsewhere = a == 0x2002 || (a == 0x2001 && (b < 0x0200 || b == 0x0db8));
    global && !leads_elsewhere
}

/// A name that resolves to what may not be called.
#[derive(Debug, thiserror::Error)]
#[error("the address is not allowed")]
struct Refused;

/// Resolves names to addresses that may be called.
struct Vetting(OutboundRules);

impl Resolve for Vetting {
    fn resolve(&self, name: Name) -> Resolving {
        let rules = self.0.clone();
        Box::pin(async move {
            let host = name.as_str().to_owned();
            let found: Vec<SocketAddr> =
                tokio::net::lookup_host((host.as_str(), 0)).await?.collect();
            let by_name = rules.allows_name(&host);
            let good: Vec<SocketAddr> = found
                .into_iter()
                .filter(|address| by_name || rules.allows(address.ip()))
                .collect();
            if good.is_empty() {
                return Err(Refused.into());
            }
            Ok::<Addrs, _>(Box::new(good.into_iter()))
        })
    }
}

/// The client for other systems.
pub struct OutboundClient {
    http: reqwest::Client,
    rules: OutboundRules,
}

impl OutboundClient {
    /// A client that keeps to these rules.
    pub fn new(rules: OutboundRules) -> Result<Self, Fault> {
        #[expect(
            clippy::disallowed_methods,
            reason = "this crate is the one home of the HTTP client"
        )]
        let builder = reqwest::Client::builder();
        let http = builder
            .connect_timeout(Duration::from_secs(5))
            .timeout(PATIENCE)
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .dns_resolver(Arc::new(Vetting(rules.clone())))
            .user_agent(concat!("tongban/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(Fault::internal)?;
        Ok(Self { http, rules })
    }

    fn vet(&self, url: &str) -> Result<reqwest::Url, Unsent> {
        let url = reqwest::Url::parse(url).map_err(|_| Unsent::BadAddress)?;
        let scheme = url.scheme() == "https" || (self.rules.allow_http && url.scheme() == "http");
        let login = !url.username().is_empty() || url.password().is_some();
        if !scheme || login {
            return Err(Unsent::BadAddress);
        }
        let host = url.host_str().ok_or(Unsent::BadAddress)?;
        // A number is not resolved: it is looked at here.
        let number: Option<IpAddr> = host.trim_matches(['[', ']']).parse().ok();
        if number.is_some_and(|address| !self.rules.allows(address)) {
            return Err(Unsent::Forbidden);
        }
        let house = host == "localhost" || host.ends_with(".localhost");
        if house && !self.rules.allows_name(host) {
            return Err(Unsent::Forbidden);
        }
        Ok(url)
    }
}

#[async_trait::async_trait]
impl Outbound for OutboundClient {
    fn check(&self, url: &str) -> Result<(), Unsent> {
        self.vet(url).map(|_| ())
    }

    async fn post(&self, message: &Outgoing) -> Result<u16, Unsent> {
        let mut request = self
            .http
            .post(self.vet(&message.url)?)
            .header("content-type", "application/json")
            .body(message.body.clone());
        for (name, value) in &message.headers {
            request = request.header(*name, value);
        }
        match request.send().await {
            // What else it says is not read: nobody needs it, and it may be long.
            Ok(answer) => Ok(answer.status().as_u16()),
            Err(error) => Err(unsent(&error)),
        }
    }
}

fn unsent(error: &reqwest::Error) -> Unsent {
    if error.is_timeout() {
        return Unsent::TimedOut;
    }
    let mut cause = error.source();
    while let Some(inner) = cause {
        if inner.is::<Refused>() {
            return Unsent::Forbidden;
        }
        cause = inner.source();
    }
    if error.is_connect() {
        Unsent::Unreachable
    } else {
        Unsent::Broken
    }
}

#[cfg(test)]
mod tests {
    use super::{OutboundClient, OutboundRules, covers};
    use tb_contract::ports::{Outbound, Unsent};

    fn client(allow_http: bool, allow: &[&str]) -> OutboundClient {
        let allow = allow.iter().map(|entry| (*entry).to_owned()).collect();
        OutboundClient::new(OutboundRules { allow_http, allow }).unwrap()
    }

    #[test]
    fn addresses_within_the_house_are_refused_in_every_spelling() {
        let strict = client(true, &[]);
        for url in [
            "https://127.0.0.1/x",
            "https://10.1.2.3/",
            "https://172.20.0.1/",
            "https://192.168.1.1/",
            "https://169.254.169.254/latest/meta-data/",
            "https://100.100.100.200/",
            "https://0.0.0.0/",
            "https://2130706433/",
            "https://0x7f.1/",
            "https://0177.0.0.1/",
            "https://[::1]/",
            "https://[::ffff:10.0.0.1]/",
            "https://[fd00::1]/",
            "https://[fe80::1]/",
            "https://[64:ff9b::a00:1]/",
            "https://[2002:a00:1::]/",
            "https://localhost/",
            "https://a.localhost/",
        ] {
            assert_eq!(strict.check(url), Err(Unsent::Forbidden), "{url}");
        }
        for url in [
            "https://203.0.112.9/x",
            "https://[2400:3200::1]/",
            "https://example.cn/hook",
        ] {
            assert_eq!(strict.check(url), Ok(()), "{url}");
        }
    }

    #[test]
    fn only_https_without_login() {
        let strict = client(false, &[]);
        for url in [
            "http://example.cn/",
            "ftp://example.cn/",
            "https://u:p@example.cn/",
            "example.cn",
            "",
        ] {
            assert_eq!(strict.check(url), Err(Unsent::BadAddress), "{url}");
        }
        assert_eq!(client(true, &[]).check("http://example.cn/"), Ok(()));
    }

    #[test]
    fn the_list_opens_what_it_names() {
        let open = client(false, &["10.1.0.0/16", "receiver.internal", "localhost"]);
        assert_eq!(open.check("https://10.1.200.3/"), Ok(()));
        assert_eq!(open.check("https://10.2.0.1/"), Err(Unsent::Forbidden));
        assert_eq!(open.check("https://localhost/"), Ok(()));
        let ip = |text: &str| text.parse().unwrap();
        assert!(covers("0.0.0.0/0", ip("10.0.0.1")) && covers("::/0", ip("fd00::1")));
        assert!(!covers("10.0.0.0/33", ip("10.0.0.1")) && !covers("nonsense", ip("10.0.0.1")));
    }
}
