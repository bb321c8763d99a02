mod approvals;
mod lists;
mod outcomes;
mod refusals;
mod sessions;
