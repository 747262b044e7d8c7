//! What a record is to the writers and readers: a name, and fields that hold texts.

use super::ReadError;

/// A field's names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldName {
    /// As files call it.
    pub key: &'static str,
    /// 数据项名称
    pub label: &'static str,
    /// Where its value comes from.
    pub source: &'static str,
    /// Whether it may come several times.
    pub many: bool,
}

/// A record's names, with its fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecordName {
    /// As files call it.
    pub key: &'static str,
    /// 数据集名称
    pub label: &'static str,
    /// Its fields.
    pub fields: &'static [FieldName],
}

/// A record as files hold it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flat {
    /// The record's key.
    pub key: String,
    /// Fields that hold something, with their texts.
    pub fields: Vec<(String, Vec<String>)>,
}

/// A kind of record.
pub(super) trait Record: Sized {
    /// Its names.
    const NAME: RecordName;

    /// As files hold it.
    fn flat(&self) -> Flat;

    /// As it was read.
    fn from_flat(flat: Flat) -> Result<Self, ReadError>;
}

/// The texts of a field, taken out of what was read.
pub(crate) fn take(fields: &mut Vec<(String, Vec<String>)>, key: &str) -> Vec<String> {
    let at = fields.iter().position(|(found, _)| found == key);
    at.map(|at| fields.swap_remove(at).1).unwrap_or_default()
}

/// Declares records: a struct each, with what its fields are called in files, in Chinese, and where
/// they come from.
macro_rules! records {
    ($($(#[$doc:meta])* $name:ident = $key:literal, $label:literal {
        $($field:ident: $kind:ty = $field_key:literal, $field_label:literal, $source:literal;)*
    })*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Debug, Default, PartialEq, Eq)]
            pub struct $name {
                $(
                    #[doc = concat!($field_label, "：", $source)]
                    pub $field: $kind,
                )*
            }

            impl $crate::exchange::record::Record for $name {
                const NAME: $crate::exchange::record::RecordName = $crate::exchange::record::RecordName {
                    key: $key,
                    label: $label,
                    fields: &[$(
                        $crate::exchange::record::FieldName {
                            key: $field_key,
                            label: $field_label,
                            source: $source,
                            many: <$kind as $crate::exchange::leaf::Leaf>::MANY,
                        },
                    )*],
                };

                fn flat(&self) -> $crate::exchange::record::Flat {
                    let fields = [$(($field_key, $crate::exchange::leaf::Leaf::write(&self.$field)),)*];
                    let held = fields.into_iter().filter(|(_, texts)| !texts.is_empty());
                    $crate::exchange::record::Flat {
                        key: $key.to_owned(),
                        fields: held.map(|(key, texts)| (key.to_owned(), texts)).collect(),
                    }
                }

                fn from_flat(flat: $crate::exchange::record::Flat) -> Result<Self, $crate::exchange::ReadError> {
                    let mut fields = flat.fields;
                    let read = Self {$(
                        $field: <$kind as $crate::exchange::leaf::Leaf>::read(
                            $crate::exchange::record::take(&mut fields, $field_key)
                        )
                        .ok_or($crate::exchange::ReadError::Value { record: $key, field: $field_key })?,
                    )*};
                    match fields.pop() {
                        Some((unknown, _)) => Err($crate::exchange::ReadError::Unknown(unknown)),
                        None => Ok(read),
                    }
                }
            }
        )*
    };
}

pub(super) use records;
