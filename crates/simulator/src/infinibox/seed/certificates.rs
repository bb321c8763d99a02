//! The certificate that a box comes with.

use crate::infinibox::array::Array;
use crate::infinibox::certificates;
use crate::infinibox::events::Event;
use crate::world::Settings;

/// Without random numbers the box stands without a certificate, and its log says so.
pub(super) fn seed(array: &mut Array, _settings: &Settings) {
    if let Err(fault) = certificates::install_first(array) {
        let now = array.now();
        let event = Event::info("SSL_CERTIFICATE_MISSING", "No certificate: {why}")
            .level("ERROR")
            .text("why", &fault.message);
        array.events.record(event, "", now);
    }
}
