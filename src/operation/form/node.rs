//! An input of a form with everything inside it: a leaf that is typed, an object of inputs, or any number of them.

mod entered;
mod make;

use std::sync::Arc;

use boxdeck_catalog::Field;
use boxdeck_dialect::PartContent;
use leptos::prelude::*;
use leptos::reactive::owner::WeakOwner;
use serde_json::Value;

use super::control::{Control, control};
use super::typed::{self, Entered, Known, Locale, Typed};
use crate::ui::unique_id;
pub use entered::is_shown;

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
    /// Labels of the inputs that it is inside of, the outermost first.
    pub within: Vec<String>,
}

impl Fault {
    fn inside(mut self, field: &Field) -> Self {
        self.within.insert(0, field.label.clone());
        self
    }
}

impl Leaf {
    /// What is typed; tracked.
    pub fn typed(self) -> Typed {
        Typed { text: typed::join_unit(&self.text.get(), &self.unit.get()), none: self.none.get() }
    }
}

impl Node {
    /// An input that holds what is known. `removable`: the record's value can be taken away altogether.
    pub fn new(field: Arc<Field>, required: bool, known: Known, removable: bool, locale: Locale) -> Self {
        let control = control(&field);
        let content = make::content(&field, &control, &known, locale);
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
        if !all && !self.is_visited() && !is_refused_file {
            return None;
        }
        entered.err()?.into_iter().find(|fault| fault.id == self.id).map(|fault| fault.message)
    }

    /// Whether it, or for a list one of its items, has been visited; tracked.
    fn is_visited(&self) -> bool {
        let inside = match &self.content {
            Content::Object(members) => members.iter().any(Self::is_visited),
            Content::Items(items) => items.with(|items| items.iter().any(|(_, item)| item.is_visited())),
            Content::Leaf(_) | Content::File(_) => false,
        };
        inside || self.touched.get()
    }

    /// Notes what the box said of the value as it is now.
    pub fn blame(&self, message: String) {
        let entered = untrack(|| self.entered().ok());
        self.fault.set(Some((message, entered)));
    }

    /// Whether its members count: it has to be there, the record has it, or a person has begun with it; tracked.
    pub fn is_begun(&self) -> bool {
        self.required || matches!(self.known.get(), Known::Record(_)) || self.is_changed()
    }

    fn fault_of(&self, message: String) -> Fault {
        Fault { id: self.id.clone(), label: self.field.label.clone(), message, within: Vec::new() }
    }
}

#[cfg(test)]
mod tests;
