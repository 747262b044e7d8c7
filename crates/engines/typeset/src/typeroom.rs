//! A typesetter that is made when it is first needed, and shared: fonts are large, and an idle
//! process does without them.

use std::sync::{Arc, Mutex, PoisonError};

use crate::{TypesetError, Typesetter};

/// Reads the font files; called before the first rendering, on a thread that may block.
pub type Fonts = dyn Fn() -> Vec<Vec<u8>> + Send + Sync;

/// Where whoever prints gets the typesetter; cheap to clone, and all clones share one.
#[derive(Clone)]
pub struct Typeroom(Arc<Inner>);

struct Inner {
    fonts: Box<Fonts>,
    made: Mutex<Option<Typesetter>>,
}

impl Typeroom {
    /// A room whose fonts are read when they are first needed.
    pub fn new(fonts: impl Fn() -> Vec<Vec<u8>> + Send + Sync + 'static) -> Self {
        Self(Arc::new(Inner {
            fonts: Box::new(fonts),
            made: Mutex::default(),
        }))
    }

    /// The typesetter. Blocks on the first call.
    ///
    /// # Errors
    /// [`TypesetError::NoChineseFont`] where no font can write Chinese. That is not remembered:
    /// fonts may be installed meanwhile.
    pub fn typesetter(&self) -> Result<Typesetter, TypesetError> {
        let mut made = self.0.made.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(ready) = made.as_ref() {
            return Ok(ready.clone());
        }
        let new = Typesetter::new((self.0.fonts)())?;
        Ok(made.insert(new).clone())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::Typeroom;

    #[test]
    fn missing_fonts_are_looked_for_again() {
        let asked = Arc::new(AtomicUsize::new(0));
        let counter = asked.clone();
        let room = Typeroom::new(move || {
            counter.fetch_add(1, Ordering::Relaxed);
            Vec::new()
        });
        assert!(room.typesetter().is_err() && room.clone().typesetter().is_err());
        assert_eq!(asked.load(Ordering::Relaxed), 2);
    }
}
