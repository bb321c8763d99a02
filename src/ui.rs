//! The console's components: they know nothing of storage, and every word that they show comes in as a prop.
//!
//! A `Text` prop takes a `&str`, a `String`, a signal or a closure; an [`OptText`] the same or nothing; `Signal<bool>` a
//! `bool`, a signal or a closure. Inputs write into the `RwSignal` that they get. What can't be used now takes a `reason`:
//! it stays reachable, shows the reason on hover and focus, and announces it.
//!
//! | component | props (optional ones in brackets) |
//! |---|---|
//! | `Announcer`, `Toasts` | toasts, children, [toasts_label] · voice; once around everything: gives [`use_voice`] (announce, alert, toast) and hints |
//! | `AppShell` | brand, navigation, children, [tools, skip_label, navigation_label, toggle_label] |
//! | `NavSection`, `NavLink` | title, children, [collapsible] · href, label, [icon, note, current, closed] |
//! | `Breadcrumbs` | items (text, address), [label] |
//! | `PageHeader`, `PageLoading` | title, [subtitle, status, actions] · label |
//! | `Button` | children, [kind, icon, on_click, reason, disabled, busy, submit, small] |
//! | `IconButton` | icon, label, [kind, on_click, reason, busy, pressed, expanded, small] |
//! | `LinkButton` | href, children, [kind, icon, reason, small] |
//! | `Icon`, `ToneIcon` | name · tone |
//! | `FormField` | label, children, [help, error, required, required_label, changed, id] |
//! | `TextInput`, `TextArea` | value, [label, placeholder, disabled, mono, …] |
//! | `NumberInput`, `UnitInput` | value, [label, placeholder, decimal, unit, disabled] · value, unit, units, unit_label, […] |
//! | `SelectInput` | value, options (value, text), [label, placeholder, standalone, disabled, on_change] |
//! | `Checkbox`, `Switch` | value, label, [help, reason, on_change; `Checkbox`: indeterminate] |
//! | `PasswordInput`, `DateTimeInput` | value, [label, autocomplete, reveal_label, autofocus, disabled] · value, [label, exact, disabled] |
//! | `FileInput` | on_file, drop_text, [label, accept, disabled] |
//! | `ComboBox` | value, shown, options, on_query, none_text, loading_text, [loading, on_choose, label, placeholder, free, disabled] |
//! | `Fieldset`, `ErrorSummary` | title, children, [help] · title, errors (field id, message) |
//! | `Notice` | [tone, title, actions, quiet, children] |
//! | `Spinner`, `ProgressBar`, `Skeleton` | none · label, value 0–1 or none, [note] · [lines] |
//! | `EmptyState` | title, [icon, text, actions] |
//! | `StateDot` | label, [tone] |
//! | `Dialog` | title, close_label, on_close, children, [size, busy, footer]; open while mounted |
//! | `Menu`, `MenuGroup`, `MenuItem` | label, children, [icon, show_label, small, roving] · title, items · label, [icon, href, on_click, reason, danger] |
//! | `Disclosure` | summary, children, [open] |
//! | `DescriptionList`, `Description` | children, [title] · label, children, [help, wide] |
//! | `CapacityBar` | label, share 0–1, text, [bare] |
//! | `CodeBlock`, `CopyButton` | label, text, [wrap] · text, [label, done, failed] |
//! | `Steps` | label, steps, current |
//! | `Tabs` | items (id, text), current, on_select, children, [label] |
//! | `DataTable` | label, columns, keys, cells, [revision, origin, first_index, row_count, sort, sort_limit, on_sort, sort_hint, selection, tools, loaded, loading, stale, empty] |
//!
//! The console shows all of them, in every state, at `#/~gallery`.
#![allow(
    dead_code,
    unused_imports,
    unreachable_pub,
    reason = "a kit has an interface of its own and offers more than one program uses"
)]

mod announce;
mod button;
#[cfg(test)]
mod contrast;
mod data;
mod feedback;
mod fixed;
mod form;
mod hint;
mod icon;
mod id;
mod navigation;
mod overlay;
mod page;
mod shell;
mod table;

pub use announce::{Announcer, Toasts, Voice, announce, announce_lasting, use_voice};
pub use button::{Button, ButtonKind, IconButton, LinkButton};
pub use data::{CapacityBar, CodeBlock, CopyButton, Description, DescriptionList, Steps, Tabs, copy_text};
pub use feedback::{EmptyState, Notice, ProgressBar, Skeleton, Spinner, StateDot, Tone, ToneIcon};
pub use fixed::fixed;
pub use form::*;
pub use icon::Icon;
pub use id::{by_id, focus, reveal, unique_id};
pub use navigation::{Breadcrumbs, NavLink, NavSection};
pub use overlay::{CloseReason, Dialog, DialogSize, Disclosure, Menu, MenuGroup, MenuItem, Popup};
pub use page::{PageHeader, PageLoading, window_title};
pub use shell::AppShell;
pub use table::{Align, Cell, CellLink, Column, ColumnTools, DataTable, Hint, Selection, SortTerm};

use leptos::prelude::Signal;

/// Text that a component shows.
pub type Text = Signal<String>;

/// Text that may be missing.
pub type OptText = Signal<Option<String>>;
