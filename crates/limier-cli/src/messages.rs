//! Every sentence that the program says, each defined once, so that another language can stand beside.
//!
//! The help of flags stands with their definition, in `args`.

use std::path::Path;
use std::time::Duration;

pub(crate) const CANNOT_WRITE: &str = "cannot write to standard output";
pub(crate) const CANNOT_READ_INPUT: &str = "cannot read standard input";

pub(crate) const ANALYSIS_COLUMNS: [&str; 6] = ["#", "word", "exact", "lemma", "stem", "rule"];
pub(crate) const STOP_WORD: &str = "stop word";
pub(crate) const ALTERNATE: &str = "another reading";

pub(crate) const NO_CACHE_FOLDER: &str =
    "no folder for the index: neither XDG_CACHE_HOME nor a home folder is known, name one with --index DIR";
pub(crate) const INPUT_AND_PATHS: &str = "`-` is standard input and stands alone: search it, or the other paths";
pub(crate) const INPUT_WITHOUT_INDEX: &str =
    "standard input leaves no folder to come back to: name the index that keeps it with --index DIR";
pub(crate) const INPUT_HAS_NO_INDEX: &str = "`-` is standard input, which has no index: name a folder, or --index DIR";

/// The line that an error ends the program with.
pub(crate) fn error(chain: &str) -> String {
    format!("limier: {chain}")
}

pub(crate) fn note(text: &str) -> String {
    format!("limier: note: {text}")
}

pub(crate) fn defect(what: &str) -> String {
    format!("limier: a defect of the program, please report it: {what}")
}

pub(crate) fn no_such_command<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> String {
    let known: Vec<&str> = known.collect();
    format!("limier: {name} is no command: use one of {}\n", known.join(", "))
}

pub(crate) fn cannot_read_path(path: &Path) -> String {
    format!("cannot read {}: name a folder or a file that exists", path.display())
}

pub(crate) fn whole_disk(path: &Path) -> String {
    format!("{} is a whole home folder or disk: name a folder in it, or add --yes to index all of it", path.display())
}

pub(crate) fn cannot_make_folder(path: &Path) -> String {
    format!("cannot make the folder {}", path.display())
}

pub(crate) fn cannot_delete_folder(path: &Path) -> String {
    format!("cannot delete the folder {}", path.display())
}

pub(crate) fn cannot_list_folder(path: &Path) -> String {
    format!("cannot list the folder {}", path.display())
}

/// Nothing was indexed there yet, and the command does not index.
pub(crate) fn not_indexed(what: &str) -> String {
    format!("{what} is not indexed yet: run `limier index {what}`")
}

/// `--index` names a folder that does not exist, and there is nothing to fill it with.
pub(crate) fn no_index_there(folder: &Path) -> String {
    format!("there is no index in {0}: fill one with `limier index --index {0} PATH`", folder.display())
}

/// How an index that cannot be used is made anew.
pub(crate) fn rebuild_command(folder: &Path) -> String {
    format!("delete {0} and run `limier index --index {0} PATH`", folder.display())
}

pub(crate) fn rebuilt(why: &str) -> String {
    format!("the index in the cache was built again: {why}")
}

pub(crate) const BUSY: &str =
    "another limier is indexing these files: the answer is from the last state, changes since then are not in it";

pub(crate) fn not_refreshed(why: &str) -> String {
    format!("the answer is from the last state of the index, changes since then are not in it: {why}")
}

pub(crate) const WAITING: &str = "waiting for another limier, which is indexing these files";

pub(crate) fn nothing_found(mended: bool) -> &'static str {
    if mended {
        "nothing found: try fewer or other words, or another folder"
    } else {
        "nothing found: try without --no-mend, fewer or other words, or another folder"
    }
}

pub(crate) const NOT_FOUND: &str = "it does not exist";

pub(crate) const NO_ARTICLES: &str = "there is no article to search: .txt, .md and .jsonl files are read";

/// The line that closes an answer on a terminal.
pub(crate) fn closing(hits: usize, total: u64, articles: u64, elapsed: Duration) -> String {
    let time = duration(elapsed);
    let articles = counted(articles, "article", "articles");
    if hits as u64 == total {
        return format!("{} in {articles}, {time}", counted(total, "hit", "hits"));
    }
    format!("{hits} of {} in {articles}, {time}; -n shows more", counted(total, "hit", "hits"))
}

pub(crate) fn no_such_article(id: &str) -> String {
    format!("no article is called {id}: name one as a search shows it, or the path of a file")
}

pub(crate) fn several_articles(file: &Path, count: u64, ids: &[&str]) -> String {
    let more = if count > ids.len() as u64 { ", …" } else { "" };
    format!("{} holds {} articles: name one of them, {}{more}", file.display(), grouped(count), ids.join(", "))
}

pub(crate) fn no_article_in(file: &Path) -> String {
    format!("{} holds no article that can be read", file.display())
}

/// What `limier index` came to.
pub(crate) fn indexed(articles: u64, files: crate::index::Files, elapsed: Duration) -> String {
    let (articles, time) = (counted(articles, "article", "articles"), duration(elapsed));
    if files == Default::default() {
        return format!("{articles} indexed, {time}");
    }
    let crate::index::Files { added, modified, deleted, unchanged } = files;
    let [modified, deleted, unchanged] = [modified, deleted, unchanged].map(grouped);
    let added = counted(added, "file", "files");
    format!("{articles} indexed, {time}: {added} new, {modified} changed, {deleted} gone, {unchanged} as before")
}

/// How far a refresh has come.
pub(crate) fn progress(progress: &limier::Progress) -> String {
    let (files, total) = (grouped(progress.files), grouped(progress.total));
    format!("indexing: {files} of {total} files, {} of {}", size(progress.bytes), size(progress.total_bytes))
}

pub(crate) fn path_not_indexed(path: &Path) -> String {
    format!("{} is not in this index: add it with `limier index --index DIR {0}`", path.display())
}

pub(crate) fn counted(count: u64, one: &str, many: &str) -> String {
    format!("{} {}", grouped(count), if count == 1 { one } else { many })
}

/// Writes a number with a thin space between groups of three digits.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (place, digit) in digits.char_indices() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) && digits.len() > 4 {
            out.push('\u{202f}');
        }
        out.push(digit);
    }
    out
}

fn duration(elapsed: Duration) -> String {
    if elapsed < Duration::from_secs(1) {
        return format!("{} ms", elapsed.as_millis());
    }
    format!("{:.1} s", elapsed.as_secs_f64())
}

/// Writes a size with a decimal unit.
pub(crate) fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => counted(bytes, "byte", "bytes"),
        1_000..1_000_000 => format!("{:.1} kB", bytes as f64 / 1e3),
        1_000_000..1_000_000_000 => format!("{:.1} MB", bytes as f64 / 1e6),
        _ => format!("{:.1} GB", bytes as f64 / 1e9),
    }
}

/// One index of the cache, listed.
pub(crate) fn cached(paths: &str, bytes: u64, folder: &Path) -> String {
    format!("{paths}  {}  {}", size(bytes), folder.display())
}

pub(crate) fn cleared(paths: &str, bytes: u64) -> String {
    format!("deleted the index of {paths}, {}", size(bytes))
}

/// The counts of an index, one a line; `folder` as it is shown.
pub(crate) fn stats(folder: &str, stats: &limier::Stats) -> String {
    let limier::Stats { articles, segments, terms, bytes, analyzer, format, .. } = stats;
    let (articles, segments, terms) = (grouped(*articles), grouped(*segments as u64), grouped(*terms));
    let size = size(*bytes);
    format!(
        "folder    {folder}\narticles  {articles}\nterms     {terms}\nsegments  {segments}\nsize      {size}\n\
         analyzer  {analyzer}\nformat    {format}\n"
    )
}

pub(crate) fn damage(file: &Path, text: &str) -> String {
    format!("{}: {text}", file.display())
}

/// The last line of a check.
pub(crate) fn verified(folder: &Path, found: &limier::Verification) -> String {
    let folder = folder.display();
    let files = counted(found.files as u64, "file", "files");
    let articles = counted(found.articles, "article", "articles");
    if found.is_sound() {
        return format!("{folder} is sound: {files} and {articles} checked");
    }
    let damages = counted(found.damages.len() as u64, "damage", "damages");
    format!("{folder} is damaged, {damages}: delete it and index again")
}

/// What was left out of files; `places` are paths as they are shown, with a line where there is one.
pub(crate) mod skipped {
    use limier::ingest::Skip;

    use super::size;

    /// Names what happened once or several times; `skip` is one of them.
    pub(crate) fn told(skip: &Skip, places: &[String], more: u64) -> String {
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        format!("{}: {}{more}", what(skip), places.join(", "))
    }

    fn what(skip: &Skip) -> String {
        match skip {
            Skip::NotText => "skipped, it is no text".to_owned(),
            Skip::Empty => "skipped, it is empty".to_owned(),
            Skip::UnknownType { .. } => "skipped, its type is not read".to_owned(),
            Skip::TooLarge { limit, .. } => format!("skipped, it is larger than {}", size(*limit)),
            Skip::Unreadable { error } => format!("skipped, it cannot be read ({error})"),
            Skip::NotAFile => "skipped, it is no file".to_owned(),
            Skip::LinkLoop => "skipped, the link leads back above itself".to_owned(),
            Skip::LineTooLong { limit, .. } => format!("line skipped, it is longer than {}", size(*limit)),
            Skip::BrokenRecord { error, .. } => format!("line skipped, it is no JSON object ({error})"),
            Skip::MissingText { .. } => "line skipped, no field of it holds a text".to_owned(),
            Skip::UnreadableDate { text, .. } => format!("date left out, it cannot be read ({text})"),
            // A reason of a later library: its code says something, silence would not.
            other => format!("skipped, {}", other.code()),
        }
    }

    /// Names the types that are not read, most frequent first.
    pub(crate) fn types(counts: &[(&str, u64)]) -> String {
        let counted: Vec<String> = counts.iter().map(|(extension, count)| format!("{count} .{extension}")).collect();
        format!("files of types that are not read: {}", counted.join(", "))
    }
}

/// What the library says of a query or of its words; `part` is what a note about a part of the query points at.
pub(crate) mod query {
    pub(crate) fn unbalanced_quote() -> String {
        "a quotation mark has no partner: the words are searched without it".to_owned()
    }

    pub(crate) fn unbalanced_parenthesis() -> String {
        "a parenthesis has no partner: the words are searched without it".to_owned()
    }

    pub(crate) fn lonely_operator(part: &str) -> String {
        format!("{part} has no word before or after it: it is read as a word")
    }

    pub(crate) fn unknown_field(part: &str) -> String {
        format!("{part} is no field: it is read as words; the fields are titre:, auteur:, source: and date:")
    }

    pub(crate) fn empty_field(part: &str) -> String {
        format!("{part} has no value: it is read as a word")
    }

    pub(crate) fn bad_date(part: &str) -> String {
        format!("{part} is no date: write date:2024, date:2024-11..2024-12 or date:>=2024-03-01")
    }

    pub(crate) fn too_deep() -> String {
        "parentheses are nested deeper than 32: the inner ones are read as words".to_owned()
    }

    pub(crate) fn too_long() -> String {
        "the query is longer than 16 KiB or 64 parts: the rest was not read".to_owned()
    }

    pub(crate) fn other_issue(part: &str) -> String {
        format!("{part} was read as plain words")
    }

    pub(crate) fn no_words() -> String {
        "the query holds no word: type at least one".to_owned()
    }

    pub(crate) fn only_negation() -> String {
        "the query only says what is not wanted: add a word that is, or * for every article".to_owned()
    }

    pub(crate) fn only_stop_words() -> String {
        "the query holds only words such as « le » or « qui », which were searched as they stand".to_owned()
    }

    pub(crate) fn mended(word: &str, by: &[String]) -> String {
        let by = quoted(by);
        format!("no article has « {word} »: {by} was searched in its place (--no-mend searches words as they are)")
    }

    pub(crate) fn did_you_mean(word: &str, suggestions: &[String]) -> String {
        format!("few or no articles have « {word} »: did you mean {}?", quoted(suggestions))
    }

    pub(crate) fn too_many_terms(word: &str, searched: usize) -> String {
        format!("« {word} » stands for very many words: {searched} of them were searched, type more letters")
    }

    fn quoted(words: &[String]) -> String {
        let quoted: Vec<String> = words.iter().map(|word| format!("« {word} »")).collect();
        quoted.join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_sizes_are_written_to_be_read() {
        for (number, written) in
            [(0, "0"), (1234, "1234"), (12_345, "12\u{202f}345"), (1_234_567, "1\u{202f}234\u{202f}567")]
        {
            assert_eq!(grouped(number), written);
        }
        for (bytes, written) in
            [(1, "1 byte"), (999, "999 bytes"), (1500, "1.5 kB"), (2_000_000, "2.0 MB"), (3_100_000_000, "3.1 GB")]
        {
            assert_eq!(size(bytes), written);
        }
    }

    #[test]
    fn the_closing_line_says_when_there_is_more() {
        let time = Duration::from_millis(12);
        assert_eq!(closing(1, 1, 30, time), "1 hit in 30 articles, 12 ms");
        assert_eq!(closing(10, 12, 1, Duration::from_millis(1234)), "10 of 12 hits in 1 article, 1.2 s; -n shows more");
    }
}
