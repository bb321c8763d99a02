//! Saving something as a file of the person's.

use js_sys::{Array, Uint8Array};
use leptos::prelude::document;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// How long the address of a file is kept: the browser takes the content in a moment, and the address must outlive the click.
const KEPT_MILLIS: u32 = 60_000;

/// Offers bytes as a file of that name.
///
/// # Errors
/// Why the browser does not save it, as a sentence.
pub fn bytes(name: &str, content: &[u8]) -> Result<(), String> {
    let parts = Array::of1(&Uint8Array::from(content));
    let kind = BlobPropertyBag::new();
    kind.set_type("application/octet-stream");
    let file = Blob::new_with_u8_array_sequence_and_options(&parts, &kind).map_err(refused)?;
    blob(name, &file)
}

/// Offers a file that the browser holds already.
///
/// # Errors
/// As for [`bytes`].
pub fn blob(name: &str, file: &Blob) -> Result<(), String> {
    let address = Url::create_object_url_with_blob(file).map_err(refused)?;
    let anchor = document().create_element("a").map_err(refused)?.unchecked_into::<HtmlAnchorElement>();
    anchor.set_href(&address);
    anchor.set_download(name);
    anchor.click();
    gloo_timers::callback::Timeout::new(KEPT_MILLIS, move || drop(Url::revoke_object_url(&address))).forget();
    Ok(())
}

fn refused(fault: JsValue) -> String {
    leptos::logging::error!("The browser did not take a file: {fault:?}");
    words::outcome::not_saved().to_owned()
}
