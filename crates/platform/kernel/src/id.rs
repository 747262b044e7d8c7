//! Ids: one newtype over a UUIDv7 per kind of thing, so that they cannot be mixed up.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::{Timestamp, Uuid};

use crate::clock::Entropy;

/// A new UUIDv7 for the moment `now`: sorts by creation time, random in its lower bits.
pub fn new_v7(now: DateTime<Utc>, entropy: &dyn Entropy) -> Uuid {
    let millis = u64::try_from(now.timestamp_millis()).unwrap_or_default();
    let mut random = [0_u8; 10];
    entropy.fill(&mut random);
    uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
}

/// The creation time that a UUIDv7 carries; `None` for other versions.
pub fn created_at(id: Uuid) -> Option<DateTime<Utc>> {
    let (seconds, nanos) = id.get_timestamp().map(|stamp: Timestamp| stamp.to_unix())?;
    DateTime::from_timestamp(i64::try_from(seconds).ok()?, nanos)
}

/// The nil id stands for "nobody" in audit rows and nowhere else.
pub const NIL: Uuid = Uuid::nil();

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {
        /// The schemas of all ids, for the API document.
        pub fn schemas() -> Vec<(String, utoipa::openapi::RefOr<utoipa::openapi::Schema>)> {
            vec![$((stringify!($name).to_owned(), <$name as utoipa::PartialSchema>::schema())),*]
        }

        $(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
        #[serde(transparent)]
        #[schema(value_type = String, format = Uuid)]
        pub struct $name(pub Uuid);

        impl $name {
            /// A new id for the moment `now`.
            pub fn new(now: DateTime<Utc>, entropy: &dyn Entropy) -> Self {
                Self(new_v7(now, entropy))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }
    )*
    };
}

ids! {
    /// An account that can sign in.
    AccountId,
    /// A department (an organ or a functional zone's office).
    DepartmentId,
    /// A service item, over all its versions.
    ItemId,
    /// The applicant's side of a case, owned by intake.
    ApplicationId,
    /// The department's side of a case, owned by approval.
    CaseId,
    /// One material given to an application.
    MaterialId,
    /// A rectification task of a poor rating, owned by interaction.
    RectificationId,
    /// One HTTP request or one job run; stands in logs, audit rows and problems.
    RequestId,
}
