//! The end of the program by a fault of its own: `public/boot.js` shows a screen for it, because nothing in here can any
//! more.

use std::panic::PanicHookInfo;

use wasm_bindgen::JsValue;
use web_sys::{CustomEvent, CustomEventInit, console, window};

/// The event that `public/boot.js` listens for; its detail is the text of the panic.
const EVENT: &str = "boxdeck:failure";

/// Makes every panic known to the page before it ends the program.
pub(crate) fn announce_panics() {
    std::panic::set_hook(Box::new(announce));
}

fn announce(info: &PanicHookInfo<'_>) {
    let text = info.to_string();
    console::error_1(&JsValue::from_str(&text));
    let detail = CustomEventInit::new();
    detail.set_detail(&JsValue::from_str(&text));
    if let (Some(window), Ok(event)) = (window(), CustomEvent::new_with_event_init_dict(EVENT, &detail)) {
        // A page that cannot be told has the line in the browser's console.
        drop(window.dispatch_event(&event));
    }
}
