//! Texts with names in braces, alone and inside of values.

use serde_json::Value;

/// The names in a text (`{groupId}|{userId}`), in order.
pub fn names(template: &str) -> impl Iterator<Item = &str> {
    template.split('{').skip(1).filter_map(|part| part.split_once('}').map(|(name, _)| name))
}

/// The text with a value in place of each name; `None` where one has no value.
#[must_use]
pub fn fill(template: &str, value: impl Fn(&str) -> Option<String>) -> Option<String> {
    let mut filled = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, (name, after))) =
        rest.split_once('{').and_then(|(before, tail)| Some((before, tail.split_once('}')?)))
    {
        filled.push_str(before);
        filled.push_str(&value(name)?);
        rest = after;
    }
    filled.push_str(rest);
    Some(filled)
}

/// A value with its texts filled likewise; `None` where a name has no value.
#[must_use]
pub fn fill_value(template: &Value, value: &dyn Fn(&str) -> Option<String>) -> Option<Value> {
    Some(match template {
        Value::String(text) => Value::String(fill(text, value)?),
        Value::Array(items) => {
            Value::Array(items.iter().map(|item| fill_value(item, value)).collect::<Option<_>>()?)
        }
        Value::Object(members) => Value::Object(
            members
                .iter()
                .map(|(name, member)| Some((name.clone(), fill_value(member, value)?)))
                .collect::<Option<_>>()?,
        ),
        other => other.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_replaced_by_values() {
        let value = |name: &str| (name != "gone").then(|| format!("<{name}>"));
        assert_eq!(fill("{group}|{user}", value).as_deref(), Some("<group>|<user>"));
        assert_eq!(fill("*", value).as_deref(), Some("*"));
        assert_eq!(fill("{group}|{gone}", value), None);
        // What a value holds is no name.
        assert_eq!(fill("{a}", |_| Some("{b}".to_owned())).as_deref(), Some("{b}"));
        assert_eq!(names("x{a}y{b}").collect::<Vec<_>>(), ["a", "b"]);
    }

    #[test]
    fn texts_inside_of_values_are_filled() {
        let template = serde_json::json!([{ "run": "{id}", "hold": true }]);
        let filled = |id: Option<&str>| fill_value(&template, &|_| id.map(str::to_owned));
        assert_eq!(filled(Some("7:1")), Some(serde_json::json!([{ "run": "7:1", "hold": true }])));
        assert_eq!(filled(None), None);
    }
}
