//! Rows that remember what they were, so that only the columns that changed are written: rows of
//! cases are wide, and most changes touch a few columns.

use std::ops::{Deref, DerefMut};

use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, Iterable};

/// A row that was read to be changed.
#[derive(Clone, Debug)]
pub struct Tracked<M> {
    /// Apart, since rows are large and futures hold them.
    was: Box<M>,
    row: M,
}

impl<M: Clone> Tracked<M> {
    /// A row as it was read.
    pub fn new(row: M) -> Self {
        Self {
            was: Box::new(row.clone()),
            row,
        }
    }

    /// Whether anything has changed since.
    pub fn is_changed(&self) -> bool
    where
        M: PartialEq,
    {
        *self.was != self.row
    }

    /// What has changed since, to be written by `update`; the key is set, nothing else may be.
    pub fn changes<A>(&self) -> A
    where
        M: IntoActiveModel<A>,
        A: ActiveModelTrait,
    {
        let was = M::clone(&self.was).into_active_model();
        let mut row = self.row.clone().into_active_model();
        for column in <A::Entity as EntityTrait>::Column::iter() {
            if was.get(column) != row.get(column)
                && let Some(value) = row.take(column).into_value()
            {
                row.set(column, value);
            }
        }
        row
    }
}

impl<M> Deref for Tracked<M> {
    type Target = M;

    fn deref(&self) -> &M {
        &self.row
    }
}

impl<M> DerefMut for Tracked<M> {
    fn deref_mut(&mut self) -> &mut M {
        &mut self.row
    }
}
