//! Closed sets of words: one spelling in the database, in events and in the API.

/// A word of a closed set.
pub(crate) trait Word: Copy + std::fmt::Display + 'static {
    /// Every one of them.
    const ALL: &'static [Self];

    /// The one that is written so; `None` where there is none.
    fn parse(word: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|one| one.to_string() == word)
    }
}

/// Declares an enum whose variants are words. They are matched as `tt`: a `literal` reaches the derive of the
/// schema wrapped up, and the API document would name the variants instead.
macro_rules! words {
    ($(#[$meta:meta])* $vis:vis enum $name:ident { $($(#[$doc:meta])* $variant:ident = $word:tt),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[derive(serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
        $vis enum $name { $($(#[$doc])* #[serde(rename = $word)] $variant),* }

        impl $name {
            /// The word.
            $vis fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }
        }

        impl $crate::model::words::Word for $name {
            const ALL: &'static [Self] = &[$(Self::$variant),*];
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

pub(crate) use words;
