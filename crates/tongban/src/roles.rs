//! Roles: which domains a process runs.

use clap::ValueEnum;

/// A role of a process.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Role {
    /// Everything in one process.
    All,
    /// Ends, sessions, identity, catalogue, the register of licences; forwards the rest.
    Web,
    /// Applications, what follows their ratings, and visits booked at the service places.
    Intake,
    /// The centre, and what is counted and published of its cases.
    Governance,
    /// Department approval.
    Approval,
}

impl Role {
    /// Whether this process runs a domain.
    pub fn runs(self, domain: &str) -> bool {
        match self {
            Self::All => true,
            Self::Web => matches!(domain, "identity" | "catalogue" | "licence"),
            Self::Intake => matches!(domain, "intake" | "interaction" | "hall"),
            Self::Governance => matches!(domain, "governance" | "apps" | "insight"),
            Self::Approval => domain == "approval",
        }
    }

    /// Whether browsers reach this process: it checks cookies and serves pages.
    pub fn faces_browsers(self) -> bool {
        matches!(self, Self::All | Self::Web)
    }
}
