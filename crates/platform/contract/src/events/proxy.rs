//! Who acts for an applicant (委托代理人, 监护人), and how that right changes.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use tb_kernel::AccountId;
use uuid::Uuid;

/// By which right somebody acts for an applicant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ProxyRelation {
    /// The applicant has authorised him (委托代理人).
    Proxy,
    /// The law has (监护人).
    Guardian,
}

/// Who acts for an applicant. Personal data.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proxy {
    /// His account; nil where he has none and came to a counter.
    pub account_id: AccountId,
    /// Full name.
    pub name: String,
    /// Citizen id.
    pub id_number: String,
    /// Phone.
    pub phone: String,
    /// By which right.
    pub relation: ProxyRelation,
    /// The authorisation given online; none: by the papers that are among the materials.
    pub mandate_id: Option<Uuid>,
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub until: NaiveDate,
    /// The day on which it was ended before.
    #[serde(default)]
    pub ended_on: Option<NaiveDate>,
}

/// Who it is stays out of logs.
impl std::fmt::Debug for Proxy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Proxy({:?}, until {})", self.relation, self.until)
    }
}

impl Proxy {
    /// Which paper among the materials proves his right; none where it was given online.
    pub fn proof(&self) -> Option<ProxyRelation> {
        self.mandate_id.is_none().then_some(self.relation)
    }
}

impl ProxyRelation {
    /// As columns hold it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Proxy => "proxy",
            Self::Guardian => "guardian",
        }
    }

    /// As read from a column.
    pub fn of(word: &str) -> Self {
        match word {
            "guardian" => Self::Guardian,
            _ => Self::Proxy,
        }
    }

    /// As papers and histories say it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Proxy => "委托代理人",
            Self::Guardian => "监护人",
        }
    }
}

/// What became of an authorisation between two accounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProxyStep {
    /// It was offered to the proxy.
    Offered,
    /// He has taken it on.
    Accepted,
    /// He has declined it.
    Declined,
    /// The principal has taken it back.
    Revoked,
    /// The proxy has laid it down.
    LaidDown,
}

/// `identity.proxy.changed`: an authorisation between two accounts. Personal data.
#[derive(Clone, Serialize, Deserialize)]
pub struct ProxyChanged {
    /// The authorisation.
    pub mandate_id: Uuid,
    /// What became of it.
    pub step: ProxyStep,
    /// Who authorises.
    pub principal_id: AccountId,
    /// His name.
    pub principal_name: String,
    /// Who is authorised; none where nobody of that name and number has an account.
    pub proxy_id: Option<AccountId>,
    /// His name.
    pub proxy_name: String,
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub until: NaiveDate,
}

/// `intake.application.proxy_ended`: whoever acted for the applicant does so no longer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ProxyEnded {
    /// Case number.
    pub case_number: String,
    /// Version of the application.
    pub version: i64,
    /// The day.
    pub on: NaiveDate,
}
