//! Saving what the box answered as a file of the person's.

use js_sys::{Array, Uint8Array};
use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// Offers bytes as a file of that name.
///
/// # Errors
/// Why the browser does not save it, as a sentence.
pub fn save(name: &str, content: &[u8]) -> Result<(), String> {
    let refused = |_fault: wasm_bindgen::JsValue| words::outcome::not_saved().to_owned();
    let parts = Array::of1(&Uint8Array::from(content));
    let kind = BlobPropertyBag::new();
    kind.set_type("application/octet-stream");
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &kind).map_err(refused)?;
    let address = Url::create_object_url_with_blob(&blob).map_err(refused)?;
    let anchor = document().create_element("a").map_err(refused)?.unchecked_into::<HtmlAnchorElement>();
    anchor.set_href(&address);
    anchor.set_download(name);
    anchor.click();
    // The browser has taken the content by now, or takes it in a moment; the address must outlive the click.
    gloo_timers::callback::Timeout::new(60_000, move || drop(Url::revoke_object_url(&address))).forget();
    Ok(())
}
