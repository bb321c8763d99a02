//! The command line: what a person can ask for.

use std::{ffi::OsString, path::PathBuf};

use anyhow::{Context, Result, bail};
use lexopt::prelude::*;

use crate::{catalog, demo, dist, measure, report, screenshots, test};

const HELP: &str = "\
cargo xtask <command>

  demo [--port N] [--tls] [--records N]   build everything, start the simulator, print the address
  dist [--quick]                          build the static files into dist/; --quick: unoptimised, into target/boxdeck/quick/
  test [--only STEP]...                   run the tests; steps: fmt, clippy, native, doc, scripts, types, catalogs, sdk, e2e, hosting, ironic
  catalog check [DIR]                     check the catalogs in DIR (default: catalogs)
  operations                              list every operation: kind, method, path, id
  screenshots                             make the pictures of the README
  measure [--rounds N] [--records N] [--readme]
                                          race the list page against other ways to make it (minutes)
  measure sizes                           list whose code the console's program is, by crate
  help                                    print this

Tools are installed into one folder of their own, $BOXDECK_CACHE (default: boxdeck in $XDG_CACHE_HOME or ~/.cache).
";

/// One parsed command.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Command {
    Demo(demo::Options),
    Dist,
    QuickDist,
    Test(Vec<test::Step>),
    CatalogCheck(Option<PathBuf>),
    Operations,
    Screenshots,
    Measure(measure::Options),
    Sizes,
    /// What Trunk calls in the place of wasm-bindgen: the real one, and its arguments.
    Bindgen(PathBuf, Vec<OsString>),
    Help,
}

/// Reads the arguments that follow `cargo xtask`.
///
/// # Errors
/// On an unknown command, an unknown option, or a value that does not fit.
pub(crate) fn parse(args: impl IntoIterator<Item = OsString>) -> Result<Command> {
    let mut parser = lexopt::Parser::from_args(args);
    let command = match parser.next()? {
        None | Some(Short('h') | Long("help")) => return Ok(Command::Help),
        Some(Value(name)) => name.string()?,
        Some(other) => return Err(other.unexpected().into()),
    };
    match command.as_str() {
        "demo" => parse_demo(parser),
        "test" => parse_test(parser),
        "catalog" => parse_catalog(parser),
        "dist" => parse_dist(parser),
        "operations" => bare(parser, Command::Operations),
        "screenshots" => bare(parser, Command::Screenshots),
        "measure" => parse_measure(parser),
        "bindgen" => {
            let mut rest = parser.raw_args()?;
            let real = rest.next().context("bindgen takes the path of wasm-bindgen")?;
            Ok(Command::Bindgen(real.into(), rest.collect()))
        }
        "help" => bare(parser, Command::Help),
        other => bail!("there is no command '{other}'; `cargo xtask help` lists them"),
    }
}

/// Does what the command says.
///
/// # Errors
/// Whatever kept the command from ending well, with its context.
pub(crate) fn run(command: Command) -> Result<()> {
    match command {
        Command::Demo(options) => demo::run(&options),
        Command::Dist => dist::build_and_report(),
        Command::QuickDist => dist::build_quick(),
        Command::Test(steps) => test::run(&steps),
        Command::CatalogCheck(dir) => catalog::check_all(dir.as_deref()),
        Command::Operations => catalog::operations(),
        Command::Screenshots => screenshots::run(),
        Command::Measure(options) => measure::run(&options),
        Command::Sizes => measure::sizes(),
        Command::Bindgen(real, arguments) => dist::parts::bindgen(&real, &arguments),
        Command::Help => report::result(HELP),
    }
}

fn bare(mut parser: lexopt::Parser, command: Command) -> Result<Command> {
    match parser.next()? {
        None => Ok(command),
        Some(Short('h') | Long("help")) => Ok(Command::Help),
        Some(other) => Err(other.unexpected().into()),
    }
}

fn parse_dist(mut parser: lexopt::Parser) -> Result<Command> {
    match parser.next()? {
        Some(Long("quick")) => bare(parser, Command::QuickDist),
        None => Ok(Command::Dist),
        Some(Short('h') | Long("help")) => Ok(Command::Help),
        Some(other) => Err(other.unexpected().into()),
    }
}

fn parse_demo(mut parser: lexopt::Parser) -> Result<Command> {
    let mut options = demo::Options::default();
    while let Some(arg) = parser.next()? {
        match arg {
            Long("port") => options.port = Some(parser.value()?.parse().context("--port takes 1 to 65535")?),
            Long("records") => {
                options.records = Some(parser.value()?.parse().context("--records takes a whole number")?);
            }
            Long("tls") => options.tls = true,
            Short('h') | Long("help") => return Ok(Command::Help),
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(Command::Demo(options))
}

fn parse_test(mut parser: lexopt::Parser) -> Result<Command> {
    let mut steps = Vec::new();
    while let Some(arg) = parser.next()? {
        match arg {
            Long("only") => {
                for name in parser.value()?.string()?.split(',') {
                    steps.push(test::Step::from_name(name)?);
                }
            }
            Short('h') | Long("help") => return Ok(Command::Help),
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(Command::Test(steps))
}

fn parse_measure(mut parser: lexopt::Parser) -> Result<Command> {
    let mut options = measure::Options::default();
    while let Some(arg) = parser.next()? {
        match arg {
            Value(what) if what == "sizes" && options == measure::Options::default() => {
                return bare(parser, Command::Sizes);
            }
            Long("rounds") => {
                options.rounds = Some(parser.value()?.parse().context("--rounds takes a whole number")?);
            }
            Long("records") => {
                options.records = Some(parser.value()?.parse().context("--records takes a whole number")?);
            }
            Long("readme") => options.readme = true,
            Short('h') | Long("help") => return Ok(Command::Help),
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(Command::Measure(options))
}

fn parse_catalog(mut parser: lexopt::Parser) -> Result<Command> {
    match parser.next()? {
        Some(Value(verb)) if verb == "check" => {}
        Some(Short('h') | Long("help")) => return Ok(Command::Help),
        Some(other) => return Err(other.unexpected().into()),
        None => bail!("say what to do with the catalogs: `cargo xtask catalog check [DIR]`"),
    }
    match parser.next()? {
        None => Ok(Command::CatalogCheck(None)),
        Some(Value(dir)) => bare(parser, Command::CatalogCheck(Some(dir.into()))),
        Some(other) => Err(other.unexpected().into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Command> {
        parse(line.split_whitespace().map(OsString::from))
    }

    #[test]
    fn reads_commands_and_their_options() {
        assert_eq!(parsed("").unwrap(), Command::Help);
        assert_eq!(parsed("dist").unwrap(), Command::Dist);
        assert_eq!(parsed("dist --quick").unwrap(), Command::QuickDist);
        assert_eq!(
            parsed("demo --port 9000 --tls --records=1000000").unwrap(),
            Command::Demo(demo::Options { port: Some(9000), tls: true, records: Some(1_000_000) })
        );
        assert_eq!(
            parsed("test --only fmt,native --only e2e").unwrap(),
            Command::Test(vec![test::Step::Fmt, test::Step::Native, test::Step::E2e])
        );
        assert_eq!(
            parsed("measure --rounds 7 --readme").unwrap(),
            Command::Measure(measure::Options {
                rounds: Some(7),
                readme: true,
                ..measure::Options::default()
            })
        );
        assert_eq!(parsed("measure sizes").unwrap(), Command::Sizes);
        assert_eq!(parsed("catalog check other").unwrap(), Command::CatalogCheck(Some("other".into())));
    }

    #[test]
    fn refuses_what_it_does_not_know() {
        for line in [
            "bake",
            "dist now",
            "demo --port 70000",
            "test --only everything",
            "catalog",
            "--fast",
            "measure all",
        ] {
            assert!(parsed(line).is_err(), "{line}");
        }
    }
}
