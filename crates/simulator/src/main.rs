//! `boxdeck-simulator`: serves simulated storage systems, and with them the console.

use std::io::Write as _;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use boxdeck_simulator::server::Server;
use boxdeck_simulator::site::Site;
use boxdeck_simulator::{Faults, Host, KINDS, Kind, Settings, world};
use lexopt::prelude::*;

const USAGE: &str = "\
boxdeck-simulator --listen ADDRESS [options]

  --listen ADDRESS       where to listen, e.g. 127.0.0.1:8080; port 0 takes a free one
  --kind KIND            one system of this kind at its real paths from the root (infinibox,
                         hyperstore, ibm-backup, vss-block, ironic);
                         without it every system under /boxes/NAME/, and /systems.json
  --dist DIR             serve the console's files at /, unless --kind is given
  --user NAME:PASSWORD   the administrator of every system (admin:boxdeck-demo)
  --records N            how many volumes an InfiniBox holds, up to 1000000 (10000), and how many users a
                         HyperStore has, up to 100000
  --tls                  HTTPS with a certificate that the program signs itself
  --faults FAULTS        what goes wrong, each with its chance in percent: slow:20,lost:2,503:5 (further:
                         dropped, duplicated, malformed, truncated), or JSON as POST /simulator/control/faults
                         takes it, which can also name operations
  --seed N               the seed of the chances (0): the same requests meet the same faults
  --close-connections    every answer ends its connection; browsers repeat what gets no answer on one that
                         they have used before
  --help                 this text
";

/// The most volumes that an InfiniBox may hold.
const MAX_RECORDS: usize = 1_000_000;

struct Options {
    listen: SocketAddr,
    kind: Option<&'static Kind>,
    dist: Option<PathBuf>,
    tls: bool,
    faults: Faults,
    close_connections: bool,
    settings: Settings,
}

fn main() -> ExitCode {
    let options = match parse() {
        Ok(Some(options)) => options,
        Ok(None) => {
            print!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        Err(error) => {
            eprintln!("boxdeck-simulator: {error}\n\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    match run(options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("boxdeck-simulator: {error}");
            ExitCode::FAILURE
        }
    }
}

/// The options, or `None` if help is wanted.
fn parse() -> Result<Option<Options>, lexopt::Error> {
    let mut listen = None;
    let mut kind = None;
    let mut dist = None;
    let mut tls = false;
    let mut faults = None;
    let mut seed = 0;
    let mut close_connections = false;
    let mut settings = Settings::default();
    let mut arguments = lexopt::Parser::from_env();
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("listen") => listen = Some(arguments.value()?.parse()?),
            Long("kind") => {
                let id = arguments.value()?.string()?;
                let found = world::kind(&id).ok_or_else(|| format!("there is no kind '{id}'"))?;
                kind = Some(found);
            }
            Long("dist") => dist = Some(PathBuf::from(arguments.value()?)),
            Long("user") => {
                let pair = arguments.value()?.string()?;
                let (name, password) = pair.split_once(':').ok_or("--user takes NAME:PASSWORD")?;
                name.clone_into(&mut settings.user);
                password.clone_into(&mut settings.password);
            }
            Long("records") => {
                settings.records = arguments.value()?.parse()?;
                if settings.records > MAX_RECORDS {
                    return Err(format!("--records takes at most {MAX_RECORDS}").into());
                }
            }
            Long("tls") => tls = true,
            Long("faults") => faults = Some(arguments.value()?.string()?),
            Long("seed") => seed = arguments.value()?.parse()?,
            Long("close-connections") => close_connections = true,
            Long("help") | Short('h') => return Ok(None),
            other => return Err(other.unexpected()),
        }
    }
    let faults = match faults {
        Some(text) => Faults::from_text(&text, seed).map_err(|why| format!("--faults: {why}"))?,
        None => Faults::default(),
    };
    let listen = listen.ok_or("--listen is needed")?;
    Ok(Some(Options { listen, kind, dist, tls, faults, close_connections, settings }))
}

#[tokio::main]
async fn run(options: Options) -> std::io::Result<()> {
    let host = match options.kind {
        Some(kind) => Host::bare(kind, &options.settings),
        None => Host::new(KINDS, &options.settings),
    };
    let host = host.with_faults(options.faults);
    let site = options.dist.filter(|_| options.kind.is_none()).map(Site::new);
    let mut server = Server::bind(options.listen, options.tls, host, site)?;
    if options.close_connections {
        server = server.closing_connections();
    }
    let mut out = std::io::stdout();
    writeln!(out, "{}", server.url()?)?;
    // A script may wait for this line through a pipe.
    out.flush()?;
    server.run(told_to_end()?).await
}

/// Done when a person or a process manager ends the program.
fn told_to_end() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}
