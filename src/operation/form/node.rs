//! An input of a form with everything inside it: a leaf that is typed, an object of inputs, or any number of them.

use std::sync::Arc;

use boxdeck_catalog::input::validate_in;
use boxdeck_catalog::{Field, FieldType, Settable};
use boxdeck_dialect::PartContent;
use boxdeck_dialect::answer::value_text;
use leptos::prelude::*;
use leptos::reactive::owner::WeakOwner;
use serde_json::{Map, Value};

use super::control::{Control, control, likely_unit};
use super::typed::{self, Entered, Known, Locale, Rules, Typed, missing};
use crate::ui::unique_id;

/// An input.
#[derive(Clone)]
pub struct Node {
    /// What it describes.
    pub field: Arc<Field>,
    /// Id of its element on the page.
    pub id: String,
    /// Whether the form cannot go without it.
    pub required: bool,
    /// How it is typed.
    pub control: Arc<Control>,
    /// What is in it.
    pub content: Content,
    /// Whether it has been visited.
    pub touched: RwSignal<bool>,
    /// What the box said of it, and of which value.
    pub fault: RwSignal<Option<(String, Option<Entered>)>>,
    known: RwSignal<Known>,
    removable: bool,
    locale: Locale,
    /// What its signals live as long as.
    owner: Option<WeakOwner>,
}

/// What is in an input.
#[derive(Clone)]
pub enum Content {
    /// Text.
    Leaf(Leaf),
    /// Fields of an object.
    Object(Arc<Vec<Node>>),
    /// Items of a list, each with a number of its own.
    Items(RwSignal<Vec<(u32, Node)>>),
    /// A file.
    File(FileLeaf),
}

/// A chosen file.
#[derive(Clone, Copy)]
pub struct FileLeaf {
    /// The file, while one is chosen.
    pub chosen: RwSignal<Option<PartContent>>,
    /// Why it cannot be what is wanted.
    pub fault: RwSignal<Option<String>>,
}

/// A typed input.
#[derive(Clone, Copy)]
pub struct Leaf {
    /// The text, or the number of an amount.
    pub text: RwSignal<String>,
    /// Unit of an amount; empty where there is none.
    pub unit: RwSignal<String>,
    /// Whether "no value" is chosen.
    pub none: RwSignal<bool>,
    /// A value that was picked rather than typed, exactly as the box holds it.
    pub picked: RwSignal<Option<Value>>,
    /// A key, and the name of the record that has it.
    pub name: RwSignal<Option<(String, String)>>,
}

/// What is wrong with an input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Id of the input's element.
    pub id: String,
    /// Label of the input.
    pub label: String,
    /// What is wrong.
    pub message: String,
}

impl Leaf {
    fn new(typed: &Typed, control: &Control, field: &Field) -> Self {
        let (text, unit) = parts(typed, control, field);
        Self {
            text: RwSignal::new(text),
            unit: RwSignal::new(unit),
            none: RwSignal::new(typed.none),
            picked: RwSignal::new(None),
            name: RwSignal::new(None),
        }
    }

    /// What is typed; tracked.
    pub fn typed(self) -> Typed {
        Typed { text: typed::join_unit(&self.text.get(), &self.unit.get()), none: self.none.get() }
    }
}

/// Number and unit of a text, where the control has units.
fn parts(typed: &Typed, control: &Control, field: &Field) -> (String, String) {
    let units: &[&str] = match control {
        Control::Amount(units) => units,
        Control::Unit(unit) => std::slice::from_ref(unit),
        _ => return (typed.text.clone(), String::new()),
    };
    typed::split_unit(&typed.text, units)
        .unwrap_or_else(|| (typed.text.clone(), likely_unit(field).to_owned()))
}

impl Node {
    /// An input that holds what is known. `removable`: the record's value can be taken away altogether.
    pub fn new(field: Arc<Field>, required: bool, known: Known, removable: bool, locale: Locale) -> Self {
        let control = control(&field);
        let content = content(&field, &control, &known, locale);
        Self {
            id: unique_id("input"),
            required,
            control: Arc::new(control),
            content,
            touched: RwSignal::new(false),
            fault: RwSignal::new(None),
            known: RwSignal::new(known),
            removable,
            locale,
            owner: Owner::current().map(|owner| owner.downgrade()),
            field,
        }
    }

    /// What it held before anyone typed; tracked.
    pub fn known(&self) -> Known {
        self.known.get()
    }

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

    /// The chosen file; tracked.
    pub fn file(&self) -> Option<PartContent> {
        match &self.content {
            Content::File(file) => file.chosen.get(),
            _ => None,
        }
    }

    /// Whether it differs from what it held at first; tracked. Typed nonsense differs too.
    pub fn is_changed(&self) -> bool {
        match &self.content {
            Content::Leaf(leaf) => {
                let typed = leaf.typed();
                typed != typed::start(&self.field, &self.known.get(), self.locale)
            }
            Content::Object(members) => members.iter().any(Self::is_changed),
            Content::Items(items) => {
                let known =
                    self.known.with(|known| known.value().and_then(Value::as_array).map_or(0, Vec::len));
                items.with(|items| {
                    let are_the_first = items.len() == known
                        && items.iter().zip(0..).all(|((number, _), place)| *number == place);
                    !are_the_first || items.iter().any(|(_, node)| node.is_changed())
                })
            }
            Content::File(file) => file.chosen.with(Option::is_some),
        }
    }

    /// What is wrong with this very input, where a person should see it; tracked. `all` shows also what was not visited.
    pub fn error(&self, all: bool) -> Option<String> {
        let entered = self.entered();
        if let Some((message, of)) = self.fault.get()
            && entered.as_ref().ok() == of.as_ref()
        {
            return Some(message);
        }
        // A file that was chosen is finished input.
        let is_refused_file =
            matches!(&self.content, Content::File(file) if file.fault.with(Option::is_some));
        if !all && !self.touched.get() && !is_refused_file {
            return None;
        }
        entered.err()?.into_iter().find(|fault| fault.id == self.id).map(|fault| fault.message)
    }

    /// Notes what the box said of the value as it is now.
    pub fn blame(&self, message: String) {
        let entered = untrack(|| self.entered().ok());
        self.fault.set(Some((message, entered)));
    }

    /// Takes this as what the record holds now; what is typed reads as unchanged from here on.
    pub fn rebase(&self, value: Option<Value>) {
        let known = value.map_or(Known::Nothing, Known::Record);
        if let Content::Leaf(leaf) = &self.content {
            let (text, unit) =
                parts(&typed::start(&self.field, &known, self.locale), &self.control, &self.field);
            if leaf.unit.with_untracked(|now| *now != unit) {
                leaf.unit.set(unit);
            }
            leaf.text.set(text);
            leaf.picked.set(None);
        }
        if let (Content::Object(members), Some(Value::Object(values))) = (&self.content, known.value()) {
            for member in members.iter() {
                member.rebase(values.get(&member.field.name).cloned());
            }
        }
        if let (Content::Items(items), Some(Value::Array(values))) = (&self.content, known.value()) {
            items.with_untracked(|items| {
                for ((_, item), value) in items.iter().zip(values) {
                    item.rebase(Some(value.clone()));
                }
            });
        }
        self.known.set(known);
    }

    /// Adds an empty item to a list.
    pub fn add_item(&self) {
        if let (Content::Items(items), Control::Items(item)) = (&self.content, &*self.control) {
            let make = || item_node(&self.field, item, Known::Nothing, self.locale);
            // Not only as long as what adds it, which may be a dialog.
            let owner = self.owner.as_ref().and_then(WeakOwner::upgrade);
            let node = owner.map_or_else(make, |owner| owner.with(make));
            items.update(|items| {
                let next = items.iter().map(|(number, _)| number + 1).max().unwrap_or_default();
                items.push((next, node));
            });
        }
    }

    /// Takes an item out of a list.
    pub fn remove_item(&self, number: u32) {
        if let Content::Items(items) = &self.content {
            items.update(|items| items.retain(|(other, _)| *other != number));
        }
    }

    fn fault_of(&self, message: String) -> Fault {
        Fault { id: self.id.clone(), label: self.field.label.clone(), message }
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
                Ok(Entered::Value(value)) => {
                    values.insert(member.field.name.clone(), value);
                }
                Ok(Entered::Absent) => {}
                Err(mut found) => faults.append(&mut found),
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

fn content(field: &Field, control: &Control, known: &Known, locale: Locale) -> Content {
    match control {
        Control::Object(fields) => {
            let members = fields.iter().map(|member| {
                let known = match known.value().and_then(|value| value.get(&member.name)) {
                    Some(value) if matches!(known, Known::Record(_)) => Known::Record(value.clone()),
                    Some(value) => Known::Default(value.clone()),
                    None => member.default.clone().map_or(Known::Nothing, Known::Default),
                };
                Node::new(Arc::new(member.clone()), member.create == Settable::Required, known, false, locale)
            });
            Content::Object(Arc::new(members.collect()))
        }
        Control::Items(item) => {
            let values = known.value().and_then(Value::as_array).cloned().unwrap_or_default();
            let nodes = values
                .into_iter()
                .zip(0..)
                .map(|(value, number)| (number, item_node(field, item, Known::Record(value), locale)));
            Content::Items(RwSignal::new(nodes.collect()))
        }
        Control::File(_) => {
            Content::File(FileLeaf { chosen: RwSignal::new(None), fault: RwSignal::new(None) })
        }
        _ => Content::Leaf(Leaf::new(&typed::start(field, known, locale), control, field)),
    }
}

fn item_node(list: &Field, item: &FieldType, known: Known, locale: Locale) -> Node {
    let field = Field {
        name: list.name.clone(),
        label: list.label.clone(),
        field_type: item.clone(),
        ..Field::default()
    };
    Node::new(Arc::new(field), true, known, false, locale)
}

#[cfg(test)]
mod tests;
