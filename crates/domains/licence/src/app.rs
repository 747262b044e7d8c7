//! What handlers and the consumer share: the edge, the ports, the press, limits.

use std::sync::Arc;
use std::time::Duration;

use tb_contract::ports::Applicants;
use tb_http::{Edge, Limiter};
use tb_storage::Store;
use tb_typeset::Typeroom;

use crate::press::Press;
use crate::signing::Signing;

/// What the register needs of others.
#[derive(Clone)]
pub struct Ports {
    /// Profiles of holders.
    pub applicants: Arc<dyn Applicants>,
    /// Where licences are set.
    pub typeroom: Typeroom,
}

/// The shared state; cheap to clone.
#[derive(Clone)]
pub(crate) struct App(Arc<Inner>);

struct Inner {
    edge: Edge,
    ports: Ports,
    press: Press,
    signing: Signing,
    by_address: Limiter,
    by_number: Limiter,
}

impl App {
    pub(crate) fn new(edge: &Edge, ports: Ports) -> Self {
        let press = Press::new(
            edge.store(),
            ports.typeroom.clone(),
            &edge.config().public_url,
        );
        Self(Arc::new(Inner {
            edge: edge.clone(),
            press,
            signing: Signing::of(edge.store().sealer()),
            ports,
            // A guard at a door checks one after the other, so this is wide; codes cannot be guessed.
            by_address: Limiter::within(60, Duration::from_mins(5)),
            by_number: Limiter::within(10, Duration::from_mins(10)),
        }))
    }

    /// Storage.
    pub(crate) fn store(&self) -> &Store {
        self.0.edge.store()
    }

    /// Identity's answers.
    pub(crate) fn applicants(&self) -> &dyn Applicants {
        self.0.ports.applicants.as_ref()
    }

    /// Where licences are rendered.
    pub(crate) fn press(&self) -> &Press {
        &self.0.press
    }

    /// Signs and checks.
    pub(crate) fn signing(&self) -> &Signing {
        &self.0.signing
    }

    /// Limits on verifying: per network address, per number.
    pub(crate) fn verify_limits(&self) -> [&Limiter; 2] {
        [&self.0.by_address, &self.0.by_number]
    }
}
