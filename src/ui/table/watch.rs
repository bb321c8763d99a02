//! Watches the sizes that decide which rows show, so that nobody has to ask for them: a question about a size makes the
//! browser lay out at once what it would lay out once, at the end.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::ResizeObserver;

use super::Table;

/// The browser's watch and what it calls; both end with this.
struct Watch {
    observer: ResizeObserver,
    _call: Closure<dyn FnMut()>,
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

impl Table {
    /// Measures again whenever the part that shows or the rows get another size: by the window, by what stands around, by
    /// the density, by the fonts. Ends with the component.
    pub(super) fn watch(self) {
        let watch = StoredValue::<Option<Watch>, _>::new_local(None);
        Effect::new(move |_| {
            let (Some(scroller), Some(body)) = (self.scroller.get(), self.body.get()) else { return };
            // With the next frame: what is changed inside of the call would be reported as a size that never settles.
            let call = Closure::<dyn FnMut()>::new(move || self.resized());
            let Ok(observer) = ResizeObserver::new(call.as_ref().unchecked_ref()) else {
                leptos::logging::error!(
                    "The browser watches no sizes; the table shows rows of the usual height."
                );
                return;
            };
            observer.observe(&scroller);
            // It is as high as all rows together, and as wide: scrolling leaves it as it is.
            observer.observe(&body);
            watch.set_value(Some(Watch { observer, _call: call }));
        });
    }
}
