//! What is prepared beside the first steps: the console's linker keeps one core busy for minutes and leaves the others
//! idle, and so does an installation that waits for the network.

use std::thread::{self, JoinHandle};

use anyhow::{Result, anyhow};

use super::{Step, e2e};
use crate::{cache::Cache, workspace};

/// What later steps need, under way or not.
#[derive(Default)]
pub(super) struct Beside {
    setup: Option<Made<e2e::Setup>>,
    ironic: Option<Made<()>>,
}

/// Something that is made in a thread of its own, or has been.
enum Made<T> {
    UnderWay(JoinHandle<Result<T>>),
    There(T),
}

impl Beside {
    /// Begins with what the steps need.
    pub(super) fn begin(steps: &[Step]) -> Self {
        let is_needed = |one: &[Step]| steps.iter().any(|step| one.contains(step));
        let setup = is_needed(&[Step::E2e, Step::Hosting, Step::Ironic]);
        Self {
            setup: setup.then(|| Made::UnderWay(thread::spawn(make_setup))),
            ironic: is_needed(&[Step::Ironic]).then(|| Made::UnderWay(thread::spawn(make_ironic))),
        }
    }

    /// The console, the simulator and the browser, once they are there.
    ///
    /// # Errors
    /// When one cannot be built or installed; whoever asks next, tries again.
    pub(super) fn setup(&mut self) -> Result<&e2e::Setup> {
        wait(&mut self.setup, make_setup)
    }

    /// Waits for OpenStack Ironic.
    ///
    /// # Errors
    /// When it cannot be installed; whoever asks next, tries again.
    pub(super) fn ironic(&mut self) -> Result<()> {
        wait(&mut self.ironic, make_ironic).copied()
    }
}

fn make_setup() -> Result<e2e::Setup> {
    e2e::Setup::new(Cache::open()?, workspace::root()?)
}

fn make_ironic() -> Result<()> {
    e2e::prepare_ironic(&Cache::open()?, &workspace::root()?)
}

fn wait<T>(made: &mut Option<Made<T>>, make: fn() -> Result<T>) -> Result<&T> {
    let there = match made.take() {
        Some(Made::There(there)) => there,
        Some(Made::UnderWay(thread)) => {
            thread.join().map_err(|_panic| anyhow!("it ended with a panic"))??
        }
        None => make()?,
    };
    match made.insert(Made::There(there)) {
        Made::There(there) => Ok(there),
        Made::UnderWay(_) => Err(anyhow!("it is still under way")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_there_is_made_once_and_what_failed_is_tried_again() {
        let mut made = Some(Made::UnderWay(thread::spawn(|| Ok(1))));
        assert_eq!(*wait(&mut made, || Ok(2)).unwrap(), 1);
        assert_eq!(*wait(&mut made, || Ok(3)).unwrap(), 1);

        let mut made = Some(Made::UnderWay(thread::spawn(|| Err(anyhow!("no network")))));
        assert_eq!(wait(&mut made, || Ok(4)).unwrap_err().to_string(), "no network");
        assert_eq!(*wait(&mut made, || Ok(5)).unwrap(), 5);
    }
}
