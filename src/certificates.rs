//! Certificates: what a system shows the world, and what a person is about to give it.
//!
//! [`preview`] belongs to every upload that takes a certificate file; [`page`] is the page of resources that hold one.

pub mod page;
pub mod preview;
