//! What backups are planned with, in words: policies, and the groups that follow them.

pub mod group;
pub mod policy;
