//! The console's components: they know nothing of storage, and every word that they show comes in as a prop.
//!
//! `Text` props take a `&str`, a `String`, a signal or a closure; `OptText` the same or nothing.
#![allow(
    dead_code,
    unused_imports,
    unreachable_pub,
    reason = "a kit has an interface of its own and offers more than one program uses"
)]

mod announce;
mod button;
mod chips;
#[cfg(test)]
mod contrast;
mod data;
mod feedback;
mod form;
mod hint;
mod icon;
mod id;
mod navigation;
mod overlay;
mod page;
mod shell;
mod table;

pub use announce::{Announcer, Voice, announce, use_voice};
pub use button::{Button, ButtonKind, IconButton, LinkButton};
pub use chips::{ChipBar, FilterChip};
pub use data::{
    CapacityBar, CodeBlock, CopyButton, Description, DescriptionList, Kbd, Pagination, PaginationWords, Tabs, Thresholds, Time,
    Total,
};
pub use feedback::{Badge, EmptyState, Notice, ProgressBar, Skeleton, Spinner, StateDot, Tone, ToneIcon};
pub use form::*;
pub use hint::Tooltip;
pub use icon::Icon;
pub use id::unique_id;
pub use navigation::{Breadcrumbs, NavLink, NavSection};
pub use overlay::{CloseReason, Dialog, DialogSize, Disclosure, Menu, MenuItem};
pub use page::{PageHeader, PageLoading};
pub use shell::AppShell;
pub use table::{Align, Column, DataTable, Selection, SortTerm};

use leptos::prelude::Signal;

/// Text that a component shows.
pub type Text = Signal<String>;

/// Text that may be missing.
pub type OptText = Signal<Option<String>>;
