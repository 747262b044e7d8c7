//! The topics of events.md and who may write and read them: the access list as a table. The table
//! driver enforces kinds and readers; writers have databases, and with them identities, of their own
//! with Kafka only, whose access rules are made from here.

/// Items, departments, divisions and calendars as published by the catalogue.
pub const CATALOGUE: &str = "tb.catalogue.v1";
/// Changes of applications as intake records them; read through the intake API only.
pub const INTAKE_CHANGE: &str = "tb.intake.change.v1";
/// An application exists; no personal data.
pub const APPLICATION_NOTICE: &str = "tb.application.notice.v1";
/// Acceptance data with receipt.
pub const ACCEPTANCE: &str = "tb.acceptance.v1";
/// Process and result data.
pub const APPROVAL: &str = "tb.approval.v1";
/// Acceptance and approval data on its way back to the applicant.
pub const INTAKE_FEEDBACK: &str = "tb.intake.feedback.v1";
/// Cases that may be rated, and the ratings given.
pub const RATING: &str = "tb.rating.v1";
/// Ratings taken by link or device, and what became of poor ones.
pub const INTERACTION: &str = "tb.interaction.v1";

/// What applicants were told about their cases that may also go to them by short message; no personal
/// data.
pub const TOLD: &str = "tb.told.v1";

/// How often items are applied for, as insight counts it; no personal data.
pub const INSIGHT: &str = "tb.insight.v1";

/// Licences to be issued, or not after all, as approval orders them: who holds them and what stands
/// on them.
pub const LICENCE_ORDER: &str = "tb.licence.order.v1";
/// What became of licences: issued, and every change of their state.
pub const LICENCE: &str = "tb.licence.v1";

/// Who may make no promises any more (告知承诺), and who may again.
pub const COMMITMENT: &str = "tb.commitment.v1";

/// Who may act for whom (委托授权), as identity keeps it.
pub const IDENTITY: &str = "tb.identity.v1";

/// What becomes of appointments: confirmed, declined, moved, reminded of, missed.
pub const HALL: &str = "tb.hall.v1";

/// Start of the name of a department's payload topic.
pub const APPLICATION_DATA_PREFIX: &str = "tb.application.data.";

/// The payload topic of a department, by its credit code.
pub fn application_data(department_code: &str) -> String {
    format!("{APPLICATION_DATA_PREFIX}{department_code}.v1")
}

/// How long the log keeps the events of a topic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// For good: who joins later reads the topic from its beginning.
    Always,
    /// Until everybody has taken them, and then as long as the settings say.
    UntilTaken,
}

/// One row of the access list.
#[derive(Clone, Copy, Debug)]
pub struct TopicAccess {
    /// Topic, or the start of a family of topics where it ends in a dot.
    pub topic: &'static str,
    /// Domain that writes.
    pub writer: &'static str,
    /// Domain whose events travel on it: the centre hands on intake's events as they are.
    pub kinds: &'static str,
    /// Domains that read.
    pub readers: &'static [&'static str],
    /// Virtual shards, which are Kafka's partitions.
    pub partitions: u32,
    /// How long its events are kept.
    pub keep: Keep,
}

/// The access list.
pub const ACCESS: &[TopicAccess] = &[
    TopicAccess {
        topic: CATALOGUE,
        writer: "catalogue",
        kinds: "catalogue",
        readers: &[
            "intake",
            "governance",
            "approval",
            "interaction",
            "insight",
            "hall",
            "licence",
        ],
        partitions: 12,
        keep: Keep::Always,
    },
    TopicAccess {
        topic: INTAKE_CHANGE,
        writer: "intake",
        kinds: "intake",
        readers: &["intake"],
        partitions: 12,
        keep: Keep::UntilTaken,
    },
    TopicAccess {
        topic: APPLICATION_NOTICE,
        writer: "governance",
        kinds: "intake",
        readers: &["approval"],
        partitions: 12,
        keep: Keep::UntilTaken,
    },
    TopicAccess {
        topic: APPLICATION_DATA_PREFIX,
        writer: "governance",
        kinds: "intake",
        readers: &["approval"],
        partitions: 3,
        keep: Keep::UntilTaken,
    },
    TopicAccess {
        topic: ACCEPTANCE,
        writer: "approval",
        kinds: "approval",
        readers: &["governance"],
        partitions: 12,
        keep: Keep::UntilTaken,
    },
    TopicAccess {
        topic: APPROVAL,
        writer: "approval",
        kinds: "approval",
        readers: &["governance"],
        partitions: 12,
        keep: Keep::UntilTaken,
    },
    TopicAccess {
        topic: INTAKE_FEEDBACK,
        writer: "governance",
        kinds: "governance",
        readers: &["intake", "apps", "insight"],
        partitions: 12,
        keep: Keep::UntilTaken,
    },
    TopicAccess {
        topic: LICENCE_ORDER,
        writer: "approval",
        kinds: "approval",
        readers: &["licence"],
        partitions: 12,
        keep: Keep::UntilTaken,
    },
    TopicAccess {
        topic: COMMITMENT,
        writer: "approval",
        kinds: "approval",
        readers: &["intake"],
        partitions: 3,
        keep: Keep::Always,
    },
    TopicAccess {
        topic: LICENCE,
        writer: "licence",
        kinds: "licence",
        readers: &["intake", "governance", "approval"],
        partitions: 12,
        keep: Keep::UntilTaken,
    },
    TopicAccess {
        topic: RATING,
        writer: "intake",
        kinds: "intake",
        readers: &["interaction", "insight"],
        partitions: 12,
        keep: Keep::UntilTaken,
    },
    TopicAccess {
        topic: TOLD,
        writer: "intake",
        kinds: "intake",
        readers: &["interaction"],
        partitions: 3,
        keep: Keep::UntilTaken,
    },
    TopicAccess {
        topic: INSIGHT,
        writer: "insight",
        kinds: "insight",
        readers: &["catalogue"],
        partitions: 3,
        keep: Keep::UntilTaken,
    },
    TopicAccess {
        topic: IDENTITY,
        writer: "identity",
        kinds: "identity",
        readers: &["intake"],
        partitions: 3,
        keep: Keep::UntilTaken,
    },
    TopicAccess {
        topic: INTERACTION,
        writer: "interaction",
        kinds: "interaction",
        readers: &["intake"],
        partitions: 12,
        keep: Keep::UntilTaken,
    },
    TopicAccess {
        topic: HALL,
        writer: "hall",
        kinds: "hall",
        readers: &["intake"],
        partitions: 3,
        keep: Keep::UntilTaken,
    },
];

/// The row of the access list that rules `topic`.
pub fn access(topic: &str) -> Option<&'static TopicAccess> {
    ACCESS.iter().find(|row| {
        row.topic == topic || (row.topic.ends_with('.') && topic.starts_with(row.topic))
    })
}
