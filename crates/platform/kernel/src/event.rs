//! An event on its way between domains: CloudEvents 1.0 attributes with our extensions.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// One event. Its payload is sealed at rest and open in memory only.
#[derive(Clone, Serialize, Deserialize)]
pub struct Event {
    /// Identity of the event; consumers are idempotent by it.
    pub id: Uuid,
    /// Topic it is published on.
    pub topic: String,
    /// Aggregate's number: orders events and chooses the partition (`partitionkey`).
    pub key: String,
    /// Past-tense name: `<domain>.<noun>.<past participle>` (`type`).
    pub kind: String,
    /// Time of the change.
    pub time: DateTime<Utc>,
    /// Version of the aggregate after the change (`sequence`).
    pub version: i64,
    /// One id through a whole history (`correlationid`): the case number.
    pub correlation_id: String,
    /// The event that caused this one (`causationid`).
    pub causation_id: Option<Uuid>,
    /// Credit code of the department concerned (`departmentcode`).
    pub department_code: Option<String>,
    /// Path of the region concerned (`regionpath`).
    pub region_path: Option<String>,
    /// Payload.
    pub payload: serde_json::Value,
}

impl std::fmt::Debug for Event {
    // The payload may hold personal data: it never reaches a log.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "Event({} {} {} v{} {})",
            self.topic, self.kind, self.key, self.version, self.id
        )
    }
}

/// The shard of a key: Kafka's default partitioner (murmur2, seed 0x9747b28c), so that Java clients
/// and every driver of ours put a key into the same partition.
pub fn shard(key: &str, partitions: u32) -> i32 {
    let positive = murmur2(key.as_bytes()) & 0x7fff_ffff;
    i32::try_from(positive % partitions.max(1)).unwrap_or_default()
}

fn murmur2(bytes: &[u8]) -> u32 {
    const M: u32 = 0x5bd1_e995;
    let length = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
    let mut hash = 0x9747_b28c_u32 ^ length;
    let mut chunks = bytes.chunks_exact(4);
    for chunk in &mut chunks {
        let mut k = chunk
            .iter()
            .rev()
            .fold(0_u32, |word, byte| (word << 8) | u32::from(*byte));
        k = k.wrapping_mul(M);
        k ^= k >> 24;
        hash = hash.wrapping_mul(M) ^ k.wrapping_mul(M);
    }
    let rest = chunks.remainder();
    if !rest.is_empty() {
        hash ^= rest
            .iter()
            .rev()
            .fold(0_u32, |word, byte| (word << 8) | u32::from(*byte));
        hash = hash.wrapping_mul(M);
    }
    hash ^= hash >> 13;
    hash = hash.wrapping_mul(M);
    hash ^ (hash >> 15)
}

#[cfg(test)]
mod tests {
    use super::murmur2;

    // Vectors of Apache Kafka's own UtilsTest.testMurmur2.
    #[test]
    fn agrees_with_kafka() {
        let vectors: [(&str, i32); 6] = [
            ("21", -973_932_308),
            ("foobar", -790_332_482),
            ("a-little-bit-long-string", -985_981_536),
            ("a-little-bit-longer-string", -1_486_304_829),
            (
                "lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8",
                -58_897_971,
            ),
            ("abc", 479_470_107),
        ];
        for (text, hash) in vectors {
            assert_eq!(murmur2(text.as_bytes()).cast_signed(), hash, "{text}");
        }
    }
}
