mod lists;
mod outcomes;
mod sessions;
