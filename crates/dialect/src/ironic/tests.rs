mod lists;
mod refusals;
mod sessions;
