mod answers;
mod guards;
mod lists;
mod sessions;
mod support;
