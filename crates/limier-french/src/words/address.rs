//! Addresses of the Web: `jean.dupont@exemple.fr`, `www.exemple.fr`, `https://exemple.fr/page`, file names.
//!
//! Every word of an address is a plain token, but the scheme and `www`. The host is another reading, and so is a whole
//! e-mail address. A full stop without a space after it is a common slip, so that a host needs an ending that hosts have.

use crate::token::Rule;
use crate::words::joint::Joint;
use crate::words::read_word;
use crate::words::reader::{Entry, Reader};

/// Endings of hosts and of file names.
const ENDINGS: [&str; 62] = [
    "fr", "com", "org", "net", "eu", "be", "ch", "ca", "lu", "mc", "re", "info", "io", "gouv", "edu", "gov", "int",
    "co", "uk", "de", "es", "it", "pt", "nl", "pl", "ma", "dz", "tn", "sn", "ci", "qc", "quebec", "paris", "bzh", "tv",
    "me", "ai", "app", "dev", "news", "blog", "us", "pdf", "doc", "docx", "xls", "xlsx", "csv", "txt", "html", "htm",
    "xml", "json", "zip", "jpg", "png", "gif", "mp3", "mp4", "js", "py", "rs",
];

/// Reads an address.
pub(crate) fn read(reader: &mut Reader<'_>, from: usize) -> Option<usize> {
    let in_address = |joint| {
        !matches!(
            joint,
            Joint::Apostrophe | Joint::Open | Joint::Close | Joint::Space | Joint::LineHyphen | Joint::MiddleDot
        )
    };
    let last = reader.run_end(from, in_address);
    if last == from {
        return None;
    }
    let joints: Vec<Option<Joint>> = (from..last).map(|rank| reader.joint(rank)).collect();
    let has = |joint: Joint| joints.contains(&Some(joint));
    let host_from = (from..=last).find(|rank| {
        let behind = rank.checked_sub(1).filter(|_| *rank > from).and_then(|before| reader.joint(before));
        let opens = *rank == from || matches!(behind, Some(Joint::Scheme | Joint::At));
        opens && host_end(reader, *rank).is_some() && !(has(Joint::At) && behind != Some(Joint::At))
    });
    let is_address = has(Joint::Scheme) || has(Joint::At) || has(Joint::Underscore) || host_from.is_some();
    if !is_address {
        return None;
    }
    let position = reader.position;
    let mut host_position = position;
    for rank in from..=last {
        if Some(rank) == host_from {
            host_position = reader.position;
        }
        if !is_silent(reader, rank) {
            read_word(reader, rank, Rule::Address);
        }
    }
    let (start, end) = reader.range(from, last);
    if has(Joint::At) || has(Joint::Underscore) {
        let whole = term(reader, from, last);
        reader.alternate(position, Entry::new(start, end, &whole, Rule::Address));
    }
    if let Some(first) = host_from {
        let host_last = host_end(reader, first)?;
        let first = if is_www(reader, first) { first + 1 } else { first };
        let (start, end) = reader.range(first, host_last);
        let host = term(reader, first, host_last);
        reader.alternate(host_position, Entry::new(start, end, &host, Rule::Address));
    }
    Some(last + 1)
}

/// Returns the rank of the last word of the host that begins at `from`.
fn host_end(reader: &Reader<'_>, from: usize) -> Option<usize> {
    let last = reader.run_end(from, |joint| matches!(joint, Joint::Dot | Joint::Hyphen));
    let ends = last > from && reader.joint(last - 1) == Some(Joint::Dot);
    let known = ENDINGS.contains(&reader.exact(last)) || is_www(reader, from);
    (ends && known).then_some(last)
}

fn is_www(reader: &Reader<'_>, rank: usize) -> bool {
    reader.surface(rank).eq_ignore_ascii_case("www")
}

/// The scheme and `www` say nothing.
fn is_silent(reader: &Reader<'_>, rank: usize) -> bool {
    reader.joint(rank) == Some(Joint::Scheme) || is_www(reader, rank)
}

/// The words `from..=last` as one term, with the signs between them.
fn term(reader: &Reader<'_>, from: usize, last: usize) -> String {
    let mut term = String::new();
    for rank in from..=last {
        term.push_str(reader.exact(rank));
        let Some(piece) = reader.piece(rank).filter(|_| rank < last) else { break };
        term.push_str(reader.slice(piece.end, piece.next));
    }
    term
}
