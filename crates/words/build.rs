//! Makes a function of every message in `messages/en`, and proves that every other language has the same messages with
//! the same arguments.
//!
//! English is compiled in. The texts of each other language become one list in the same order, which the console fetches
//! when it is chosen.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use serde_json::Value;

/// The languages beside English, by tag.
const OTHERS: &[&str] = &["de"];

type Fallible<T> = Result<T, Box<dyn std::error::Error>>;

/// One message in one language: the text, or the texts for one and for all other counts.
enum Message {
    Plain(String),
    Counted { one: String, other: String },
}

impl Message {
    fn texts(&self) -> Vec<&str> {
        match self {
            Self::Plain(text) => vec![text],
            Self::Counted { one, other } => vec![one, other],
        }
    }

    /// The arguments, in the order of the text that has them all.
    fn arguments(&self) -> Fallible<Vec<String>> {
        match self {
            Self::Plain(text) => arguments(text),
            Self::Counted { other, .. } => arguments(other),
        }
    }
}

/// The messages of one area, by name.
type Area = BTreeMap<String, Message>;

fn main() {
    if let Err(fault) = generate() {
        println!("cargo::error={fault}");
        std::process::exit(1);
    }
}

fn generate() -> Fallible<()> {
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../../messages");
    println!("cargo::rerun-if-changed={}", root.display());
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let english = read(&root.join("en"))?;
    fs::write(out.join("words.rs"), code(&english)?)?;
    for language in OTHERS {
        let translated = read(&root.join(language))?;
        compare(&english, &translated, language)?;
        let texts: Vec<&str> = translated.values().flat_map(Area::values).flat_map(Message::texts).collect();
        let file = serde_json::json!({ "edition": edition(&english)?, "texts": texts });
        fs::write(out.join(format!("{language}.json")), file.to_string())?;
    }
    Ok(())
}

fn read(folder: &Path) -> Fallible<BTreeMap<String, Area>> {
    let mut areas = BTreeMap::new();
    for file in fs::read_dir(folder)? {
        let path = file?.path();
        if path.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        println!("cargo::rerun-if-changed={}", path.display());
        let area = path.file_stem().and_then(|stem| stem.to_str()).ok_or("a file without a name")?.to_owned();
        let text = fs::read_to_string(&path)?;
        let value: Value =
            serde_json::from_str(&text).map_err(|fault| format!("{}: {fault}", path.display()))?;
        let members = value.as_object().ok_or_else(|| format!("{}: not an object", path.display()))?;
        let mut messages = Area::new();
        for (name, value) in members {
            let at = format!("{}: {name}", path.display());
            is_name(name).then_some(()).ok_or_else(|| format!("{at}: a name is snake_case"))?;
            messages.insert(name.clone(), message(value).map_err(|fault| format!("{at}: {fault}"))?);
        }
        areas.insert(area, messages);
    }
    Ok(areas)
}

fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

fn message(value: &Value) -> Fallible<Message> {
    if let Some(text) = value.as_str() {
        let found = arguments(text)?;
        if found.iter().any(|name| name == "count") {
            return Err("a text with {count} needs \"one\" and \"other\"".into());
        }
        return Ok(Message::Plain(text.to_owned()));
    }
    let form = |name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
    match (form("one"), form("other"), value.as_object().map(serde_json::Map::len)) {
        (Some(one), Some(other), Some(2)) => {
            arguments(&one)?;
            Ok(Message::Counted { one, other })
        }
        _ => Err("neither a text nor {\"one\": …, \"other\": …}".into()),
    }
}

/// The names in braces, each once, in order.
fn arguments(text: &str) -> Fallible<Vec<String>> {
    let mut found: Vec<String> = Vec::new();
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        let tail = rest.get(open + 1..).unwrap_or_default();
        let close = tail.find('}').ok_or("a brace that is not closed")?;
        let name = tail.get(..close).unwrap_or_default();
        if !is_name(name) {
            return Err(format!("'{{{name}}}' is not an argument").into());
        }
        if !found.iter().any(|known| known == name) {
            found.push(name.to_owned());
        }
        rest = tail.get(close + 1..).unwrap_or_default();
    }
    Ok(found)
}

fn compare(english: &BTreeMap<String, Area>, other: &BTreeMap<String, Area>, language: &str) -> Fallible<()> {
    let mut faults = Vec::new();
    for (area, messages) in english {
        for (name, message) in messages {
            let Some(translated) = other.get(area).and_then(|messages| messages.get(name)) else {
                faults.push(format!("messages/{language}/{area}.json lacks '{name}'"));
                continue;
            };
            let sorted = |message: &Message| -> Fallible<Vec<String>> {
                let mut names = message.arguments()?;
                names.sort();
                Ok(names)
            };
            if sorted(message)? != sorted(translated)? || message.texts().len() != translated.texts().len() {
                faults.push(format!(
                    "messages/{language}/{area}.json: '{name}' takes other arguments than in English"
                ));
            }
        }
    }
    for (area, messages) in other {
        for name in messages.keys() {
            if !english.get(area).is_some_and(|messages| messages.contains_key(name)) {
                faults.push(format!("messages/{language}/{area}.json has '{name}', which English lacks"));
            }
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(faults.join("; ").into()) }
}

fn code(english: &BTreeMap<String, Area>) -> Fallible<String> {
    let mut code = String::new();
    let mut count = 0;
    for (area, messages) in english {
        writeln!(code, "#[doc = \"Messages of `messages/en/{area}.json`.\"]\npub mod {area} {{")?;
        for (name, message) in messages {
            function(&mut code, name, message, count)?;
            count += message.texts().len();
        }
        code.push_str("}\n");
    }
    writeln!(code, "/// How many texts there are in a language.")?;
    writeln!(code, "pub(crate) const COUNT: usize = {count};")?;
    writeln!(code, "/// Changes with the names, the order and the arguments of the messages.")?;
    writeln!(code, "pub const EDITION: &str = \"{}\";", edition(english)?)?;
    Ok(code)
}

/// Writes the function of one message. Each holds its own English: a table of all would be part of whatever shows one.
fn function(code: &mut String, name: &str, message: &Message, index: usize) -> Fallible<()> {
    let english = message.texts().iter().map(|text| format!("{text:?}")).collect::<Vec<_>>().join(", ");
    for text in message.texts() {
        writeln!(code, "    #[doc = {text:?}]")?;
    }
    let arguments = message.arguments()?;
    let counted = matches!(message, Message::Counted { .. });
    if arguments.is_empty() && !counted {
        writeln!(code, "    pub fn {name}() -> &'static str {{ crate::text({index}, {english}) }}")?;
        return Ok(());
    }
    let mut parameters = if counted { vec!["count: u64".to_owned()] } else { Vec::new() };
    let mut values = Vec::new();
    for argument in arguments.iter().filter(|argument| *argument != "count") {
        parameters.push(format!("{argument}: impl ::core::fmt::Display"));
        values.push(format!("(\"{argument}\", &{argument})"));
    }
    let call = if counted {
        format!("crate::counted({index}, [{english}], count, &[{}])", values.join(", "))
    } else {
        format!("crate::filled({index}, {english}, &[{}])", values.join(", "))
    };
    writeln!(code, "    pub fn {name}({}) -> String {{ {call} }}", parameters.join(", "))?;
    Ok(())
}

/// What the list of texts depends on, in short.
fn edition(english: &BTreeMap<String, Area>) -> Fallible<String> {
    let mut names = String::new();
    for (area, messages) in english {
        for (name, message) in messages {
            write!(names, "{area}.{name}({})", message.arguments()?.join(","))?;
        }
    }
    Ok(format!("{:016x}", fnv(&names)))
}

/// FNV-1a: a changed list must be noticed, nobody attacks it.
fn fnv(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
