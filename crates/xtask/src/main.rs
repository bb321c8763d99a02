//! `cargo xtask …`: set-up, demo, build, tests. `cargo xtask help` lists the commands.

use std::process::ExitCode;

mod browser;
mod cache;
mod catalog;
mod cli;
mod debian;
mod demo;
mod dist;
mod hash;
mod measure;
mod node;
mod process;
mod python;
mod report;
mod screenshots;
mod styles;
mod summary;
mod test;
mod tools;
mod workspace;

fn main() -> ExitCode {
    match cli::parse(std::env::args_os().skip(1)).and_then(cli::run) {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            report::say(&format!("error: {fault:#}"));
            ExitCode::FAILURE
        }
    }
}
