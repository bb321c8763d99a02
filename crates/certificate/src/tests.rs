//! Files of every shape that people choose. Certificates are made by rcgen; what no Rust library makes lies in `tests/files/`.

mod chains;
mod doubts;
mod files;
mod keys;
mod made;
mod names;
