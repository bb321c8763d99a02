//! Storage systems as a program: the management APIs of real kinds of box, with state, for the demo and the tests.
//!
//! The heart is [`respond`]: a request and a [`World`] in, a response out, no I/O. Around it, [`host::Host`] serves
//! several worlds under one address, keeps the [`journal`](journal::Journal) that tests read, lets go wrong what
//! [`faults`] order, and describes the systems in `systems.json`; [`server`] is the thin HTTP server, and [`site`] the
//! console's static files. The simulator shares no code with the console, so that it can prove the console wrong.
//!
//! # How to add an entity to the InfiniBox
//!
//! An entity is one module under `infinibox/`: a struct, a field table, a table of operations, and handlers for what
//! isn't generic. The whole of it:
//!
//! ```text
//! pub(crate) const ROUTES: &[Route] = &[
//!     Route::get("racks", list::<Rack>),                      // paging, filters, sort and fields= come for free
//!     Route::get("racks/{id}", get::<Rack>),
//!     Route::get("racks/{id}/{attribute}", attribute::<Rack>),
//!     Route::put("racks/{id}", Roles::ADMIN, update),         // roles; .states(&["ACTIVE"]) for system states
//! ];
//!
//! pub(crate) struct Rack { pub(crate) id: i64, pub(crate) name: String }
//!
//! impl Record for Rack {
//!     const FIELDS: &'static [Field<Self>] = &[               // the order in which a record shows them
//!         Field::<Self>::new("id", NATURAL, |r, _| r.id.into()).listed(),          // filterable and sortable
//!         Field::<Self>::new("name", Holds::Name, |r, _| r.name.as_str().into()).listed().required().update(),
//!     ];
//! }
//!
//! impl Entity for Rack {
//!     const NOUN: &'static str = "Rack";
//!     const NOT_FOUND: &'static str = "RACK_NOT_FOUND";
//!     fn table(array: &Array) -> &Table<Self> { &array.racks }
//!     fn table_mut(array: &mut Array) -> &mut Table<Self> { &mut array.racks }
//! }
//!
//! fn update(call: &mut Call<'_>) -> Result<Reply, Fault> {
//!     let id = call.id("id")?;                                // MALFORMED_ID_TYPE
//!     Rack::find(call.array, id)?;                            // RACK_NOT_FOUND
//!     let body = call.update::<Rack>()?;                      // known, settable, of the right type, name rules
//!     // the entity's own rules: return Err(Fault::conflict("CODE", "sentence")) …
//!     call.approve(|| "What this will do to whom".to_owned())?;   // last, when nothing else stands against it
//!     if let Some(name) = body.text("name") {
//!         name.clone_into(&mut Rack::find_mut(call.array, id)?.name);
//!     }
//!     call.event(Event::info("RACK_RENAMED", "A rack is now called {name}").about(id).text("name", "…"));
//!     call.record::<Rack>(id).map(Reply::result)              // Reply::created for what POST creates
//! }
//! ```
//!
//! Then: `mod racks;` and `racks::ROUTES` in `infinibox.rs`; the table in `infinibox/array.rs`; a function in
//! `infinibox/seed/` and its name in `SEEDS` for the records that a box starts with. For a collection without a table
//! of its own, `Record` alone is enough: `list_records(call, rows, &["further", "parameters"])`. Values that need the
//! rest of the state are read from the second argument of a field, the `View`. What takes capacity from a pool is a
//! `Dataset` inside the entity's struct (`dataset_fields!` gives its fields) and must be yielded by
//! `Array::datasets`; everything else (pool usage, `datasets`, group members) follows. Tests use `testing::Bench`.
//!
//! A new kind of box implements [`System`] and is one more entry of [`KINDS`].

pub mod clock;
pub mod faults;
pub mod host;
pub mod hyperstore;
pub mod ibm_backup;
pub mod infinibox;
pub mod ironic;
pub mod journal;
pub mod message;
mod multipart;
mod pem;
mod random;
pub mod server;
pub mod site;
mod uuid;
pub mod vss_block;
pub mod world;

pub use faults::Faults;
pub use host::Host;
pub use message::{Method, Request, Response};
pub use world::{KINDS, Kind, Settings, System, World, respond};
