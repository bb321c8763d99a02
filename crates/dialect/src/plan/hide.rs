//! Requests without their secrets, for previews and for what is kept of them.

use serde_json::{Map, Value};

use super::SecretPlace;
use super::secrets::{MASK, hide_at};
use crate::http::{Body, PartContent, Request};

/// The request with nothing in place of its secrets, of the type that each had in JSON.
pub(super) fn forgotten(request: &Request, secrets: &[SecretPlace]) -> Request {
    let mut forgotten = redacted(request, secrets);
    for place in secrets {
        if let (SecretPlace::Json(pointer), Body::Json(before), Body::Json(value)) =
            (place, &request.body, &mut forgotten.body)
            && let (Some(before), Some(place)) = (before.pointer(pointer), value.pointer_mut(pointer))
        {
            *place = match before {
                Value::Null => Value::Null,
                Value::Bool(_) => Value::Bool(false),
                Value::Number(_) => Value::from(0),
                Value::String(_) => Value::String(String::new()),
                Value::Array(_) => Value::Array(Vec::new()),
                Value::Object(_) => Value::Object(Map::new()),
            };
        }
    }
    forgotten
}

/// The request without its secrets.
pub(super) fn redacted(request: &Request, secrets: &[SecretPlace]) -> Request {
    let mut redacted = request.clone();
    for place in secrets {
        match place {
            SecretPlace::Json(pointer) => {
                if let Body::Json(value) = &mut redacted.body {
                    hide_at(value, pointer);
                }
            }
            SecretPlace::Part(name) => match &mut redacted.body {
                Body::Form(fields) => hide_pairs(fields, name),
                Body::Multipart(parts) => {
                    for part in parts.iter_mut().filter(|part| part.name == *name) {
                        if let PartContent::Text(text) = &mut part.content {
                            MASK.clone_into(text);
                        }
                    }
                }
                Body::None | Body::Json(_) => {}
            },
            SecretPlace::Query(name) => hide_pairs(&mut redacted.query, name),
            SecretPlace::Header(name) => hide_pairs(&mut redacted.headers, name),
        }
    }
    redacted
}

fn hide_pairs(pairs: &mut [(String, String)], name: &str) {
    for (_, value) in pairs.iter_mut().filter(|(key, _)| key == name) {
        MASK.clone_into(value);
    }
}

/// A body as JSON for display.
pub(super) fn body_value(body: Body) -> Option<Value> {
    match body {
        Body::None => None,
        Body::Json(value) => Some(value),
        Body::Form(fields) => Some(Value::Object(
            fields.into_iter().map(|(name, value)| (name, Value::String(value))).collect(),
        )),
        Body::Multipart(parts) => {
            let parts = parts.into_iter().map(|part| {
                let text = match part.content {
                    PartContent::Text(text) => text,
                    PartContent::File { name, .. } => name,
                };
                (part.name, Value::String(text))
            });
            Some(Value::Object(parts.collect::<Map<_, _>>()))
        }
    }
}
