//! What an input means, and what is wrong with it.

use boxdeck_catalog::OTHERS;
use boxdeck_catalog::input::validate_in;
use boxdeck_dialect::answer::value_text;
use leptos::prelude::*;
use serde_json::{Map, Value};

use super::{Content, Fault, Node};
use crate::operation::form::typed::{self, Entered, Known, Rules, missing};

impl Node {
    /// The value that it means; tracked.
    ///
    /// # Errors
    /// What is wrong with it and with the inputs inside it.
    pub fn entered(&self) -> Result<Entered, Vec<Fault>> {
        let rules = Rules {
            field: &self.field,
            required: self.required,
            removable: self.removable,
            locale: self.locale,
        };
        match &self.content {
            Content::Leaf(leaf) => {
                let typed = leaf.typed();
                // A key that was picked keeps its type: a number stays a number, and digits that are text stay text.
                if let Some(picked) = leaf.picked.get().filter(|_| !typed.none)
                    && value_text(&picked).is_some_and(|text| text == typed.text)
                {
                    return Ok(Entered::Value(picked));
                }
                typed::read(rules, &self.known.get(), &typed).map_err(|message| vec![self.fault_of(message)])
            }
            Content::Object(members) => self.object(members),
            Content::Items(items) => self.items(&items.get()),
            Content::File(file) => match (file.fault.get(), file.chosen.with(Option::is_some), self.required)
            {
                (Some(fault), ..) => Err(vec![self.fault_of(fault)]),
                (None, false, true) => Err(vec![self.fault_of(words::form::choose_file().to_owned())]),
                _ => Ok(Entered::Absent),
            },
        }
    }

    /// What is known of its value while some of it is missing or wrong: of an object the members that mean something, of a list
    /// the items; `None` where nothing is. Tracked.
    pub fn draft(&self) -> Option<Value> {
        if let Ok(entered) = self.entered() {
            return match entered {
                Entered::Value(value) => Some(value),
                Entered::Absent => None,
            };
        }
        match &self.content {
            Content::Object(members) => {
                let shown = members.iter().filter(|member| is_shown(member, members));
                let mut known = Map::new();
                for member in shown {
                    match member.draft() {
                        Some(Value::Object(others)) if member.field.name == OTHERS => known.extend(others),
                        Some(value) => drop(known.insert(member.field.name.clone(), value)),
                        None => {}
                    }
                }
                (!known.is_empty()).then_some(Value::Object(known))
            }
            Content::Items(items) => {
                let known: Vec<Value> =
                    items.with(|items| items.iter().filter_map(|(_, item)| item.draft()).collect());
                (!known.is_empty()).then_some(Value::Array(known))
            }
            Content::Leaf(_) | Content::File(_) => None,
        }
    }

    /// Members that were left out stay as the record has them; an object that is left out altogether asks for nothing.
    fn object(&self, members: &[Self]) -> Result<Entered, Vec<Fault>> {
        let known = self.known.get();
        if !members.iter().any(Self::is_changed) {
            return match known {
                Known::Record(value) if !value.is_null() || self.field.nullable => Ok(Entered::Value(value)),
                _ if self.required => self.begun(members, Map::new()),
                _ => Ok(Entered::Absent),
            };
        }
        let values = match known {
            Known::Record(Value::Object(values)) => values,
            _ => Map::new(),
        };
        self.begun(members, values)
    }

    fn begun(&self, members: &[Self], mut values: Map<String, Value>) -> Result<Entered, Vec<Fault>> {
        let mut faults = Vec::new();
        for member in members {
            if !is_shown(member, members) {
                // What the record held under another condition does not go with the new one.
                values.remove(&member.field.name);
                continue;
            }
            match member.entered() {
                Ok(Entered::Value(Value::Object(others))) if member.field.name == OTHERS => {
                    values.retain(|name, _| members.iter().any(|member| member.field.name == *name));
                    values.extend(others);
                }
                Ok(Entered::Value(_)) if member.field.name == OTHERS => {
                    faults.push(member.fault_of(words::input::json_object().to_owned()).inside(&self.field));
                }
                Ok(Entered::Value(value)) => {
                    values.insert(member.field.name.clone(), value);
                }
                Ok(Entered::Absent) => {}
                Err(found) => faults.extend(found.into_iter().map(|fault| fault.inside(&self.field))),
            }
        }
        if faults.is_empty() { self.whole(Value::Object(values)) } else { Err(faults) }
    }

    fn items(&self, items: &[(u32, Self)]) -> Result<Entered, Vec<Fault>> {
        let known = self.known.get();
        if !self.is_changed() {
            return match known {
                Known::Record(value) if !value.is_null() || self.field.nullable => Ok(Entered::Value(value)),
                Known::Default(value) if self.required => Ok(Entered::Value(value)),
                _ if self.required => Err(vec![self.fault_of(missing())]),
                _ => Ok(Entered::Absent),
            };
        }
        let mut faults = Vec::new();
        let mut values = Vec::with_capacity(items.len());
        for (_, item) in items {
            match item.entered() {
                Ok(Entered::Value(value)) => values.push(value),
                Ok(Entered::Absent) => {}
                Err(mut found) => faults.append(&mut found),
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        if values.is_empty() && self.required {
            return Err(vec![self.fault_of(missing())]);
        }
        self.whole(Value::Array(values))
    }

    fn whole(&self, value: Value) -> Result<Entered, Vec<Fault>> {
        match validate_in(&self.field, &value, self.locale.matcher, self.locale.notation) {
            Ok(()) => Ok(Entered::Value(value)),
            Err(message) => Err(vec![self.fault_of(message)]),
        }
    }
}

/// Whether a member of an object shows: its conditions look at the other members.
pub fn is_shown(member: &Node, members: &[Node]) -> bool {
    member.field.when.iter().all(|condition| {
        let other = members.iter().find(|other| other.field.name == condition.field);
        let Some(other) = other else { return true };
        let value = match other.entered() {
            Ok(Entered::Value(value)) => Some(value),
            _ => other.known().value().cloned(),
        };
        condition.holds(value.as_ref())
    })
}
