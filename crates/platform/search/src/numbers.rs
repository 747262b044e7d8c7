//! Numbers for what many entries share: names, and facets with their values. An entry keeps numbers
//! in their place, so that a question is put to each distinct name once and counting adds up in rows.

use std::collections::HashMap;
use std::sync::Arc;

use parking_lot::RwLock;

use crate::entry::Entry;

/// Longer values of facets are cut.
const MAX_VALUE: usize = 1_000;

/// The numbers of one content of the index; a new content begins anew.
#[derive(Debug, Default)]
pub(crate) struct Numbers {
    names: HashMap<Box<str>, u32>,
    /// The next number; what was given once is never given again.
    next: u32,
    /// Names that the change under way has brought.
    fresh: Vec<Box<str>>,
    facets: Arc<RwLock<Facets>>,
}

impl Numbers {
    /// The number of a name, and whether it is a new one.
    pub(crate) fn name(&mut self, name: &str) -> (u32, bool) {
        if let Some(number) = self.names.get(name) {
            return (*number, false);
        }
        let number = self.next;
        self.next = self.next.saturating_add(1);
        self.names.insert(name.into(), number);
        self.fresh.push(name.into());
        (number, true)
    }

    /// The numbers of an entry's facets, each once.
    pub(crate) fn facets_of(&self, entry: &Entry) -> Vec<u32> {
        let mut facets = self.facets.write();
        let mut numbers: Vec<u32> = entry
            .facets
            .iter()
            .map(|(name, value)| facets.number(name, value))
            .collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }

    /// Numbers for a new content, none of which was given before.
    pub(crate) fn anew(&self) -> Self {
        Self {
            next: self.next,
            ..Self::default()
        }
    }

    /// The facets, as searches read them.
    pub(crate) fn facets(&self) -> Arc<RwLock<Facets>> {
        self.facets.clone()
    }

    /// How many numbers of names were given.
    pub(crate) fn given(&self) -> usize {
        self.next as usize
    }

    /// The change is seen.
    pub(crate) fn keep(&mut self) {
        self.fresh.clear();
    }

    /// The change has failed: its names are new to the next one.
    pub(crate) fn forget(&mut self) {
        for name in self.fresh.drain(..) {
            self.names.remove(&name);
        }
    }
}

/// Facets with their values; they are only ever added to.
#[derive(Debug, Default)]
pub(crate) struct Facets {
    names: Vec<String>,
    values: Vec<(usize, String)>,
    by_value: HashMap<(usize, String), u32>,
}

impl Facets {
    fn number(&mut self, name: &str, value: &str) -> u32 {
        let facet = self.facet(name).unwrap_or_else(|| {
            self.names.push(name.to_owned());
            self.names.len() - 1
        });
        let key = (facet, shortened(value));
        if let Some(number) = self.by_value.get(&key) {
            return *number;
        }
        let number = u32::try_from(self.values.len()).unwrap_or(u32::MAX);
        self.values.push(key.clone());
        self.by_value.insert(key, number);
        number
    }

    /// The place of a facet.
    pub(crate) fn facet(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|known| known == name)
    }

    /// The number of a value.
    pub(crate) fn value(&self, name: &str, value: &str) -> Option<u32> {
        let key = (self.facet(name)?, shortened(value));
        self.by_value.get(&key).copied()
    }

    /// The values in the order of their numbers, each with the place of its facet.
    pub(crate) fn values(&self) -> &[(usize, String)] {
        &self.values
    }
}

fn shortened(value: &str) -> String {
    value.chars().take(MAX_VALUE).collect()
}
