//! What a refresh does: to a folder that changes, to what cannot be read, after an interruption.

mod learned;
mod purged;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

use super::*;
use crate::Article;

struct Folder {
    temp: tempfile::TempDir,
    index: Index,
}

impl Folder {
    fn new(files: &[(&str, &str)]) -> Folder {
        let temp = tempfile::tempdir().unwrap();
        fs::create_dir(temp.path().join("presse")).unwrap();
        let index = Index::create(temp.path().join("idx")).unwrap();
        let folder = Folder { temp, index };
        for (name, content) in files {
            folder.write(name, content);
        }
        folder
    }

    fn root(&self) -> std::path::PathBuf {
        self.temp.path().join("presse")
    }

    /// Writes a file that looks as if it had last changed long ago, as far as programs can make it so.
    fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.root().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    fn set_time(&self, name: &str, time: SystemTime) {
        let file = fs::File::options().write(true).open(self.root().join(name)).unwrap();
        file.set_modified(time).unwrap();
    }

    fn refresh(&self) -> RefreshReport {
        self.index.refresh(&RefreshOptions::new([self.root()])).unwrap()
    }

    /// Added, modified, deleted, unchanged, articles.
    fn counts(&self) -> [u64; 5] {
        counts(&self.refresh())
    }

    /// A refreshed index must equal one that is built anew.
    fn check(&self) {
        let rebuilt = Index::in_memory().unwrap();
        rebuilt.refresh(&RefreshOptions::new([self.root()])).unwrap();
        assert_eq!(articles(&self.index), articles(&rebuilt));
    }
}

fn counts(report: &RefreshReport) -> [u64; 5] {
    [report.added, report.modified, report.deleted, report.unchanged, report.articles]
}

/// Returns the files that a search finds a word in.
fn found(folder: &Folder, word: &str) -> BTreeSet<String> {
    let search = folder.index.search(&format!("={word}")).limit(1_000).without_passages().mend(false);
    let hits = search.run().unwrap();
    hits.iter().map(|hit| hit.article().get_path().unwrap().to_owned()).collect()
}

/// Returns the texts below a folder that hold a word, as grep does.
fn grep(folder: &Path, word: &str) -> BTreeSet<String> {
    let mut files = BTreeSet::new();
    for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            files.append(&mut grep(&path, word));
        } else if path.extension().is_none_or(|extension| extension != "pdf") {
            let bytes = fs::read(&path).unwrap();
            if !bytes.contains(&0) && String::from_utf8(bytes).unwrap().contains(word) {
                files.insert(path.to_str().unwrap().to_owned());
            }
        }
    }
    files
}

fn articles(index: &Index) -> Vec<Article> {
    let searcher = index.searcher();
    let mut articles = Vec::new();
    for (ordinal, segment) in (0..).zip(searcher.segment_readers()) {
        for doc in segment.doc_ids_alive() {
            articles.push(index.load(&searcher, tantivy::DocAddress::new(ordinal, doc)).unwrap());
        }
    }
    articles.sort_by(|a, b| (&a.path, &a.id, &a.body).cmp(&(&b.path, &b.id, &b.body)));
    articles
}

fn bodies(index: &Index) -> Vec<String> {
    articles(index).into_iter().map(|article| article.body).collect()
}

fn states(index: &Index) -> Vec<FileState> {
    let manifest = Manifest::load(index).unwrap().unwrap().1;
    manifest.sections.iter().flat_map(Section::files).map(Known::to_state).collect()
}

#[test]
fn what_changed_is_read_and_nothing_else() {
    let folder = Folder::new(&[
        ("a.txt", "La crue monte encore ce soir\n\nUn."),
        ("b/c.md", "# Le pont\n\nDeux."),
        ("d.jsonl", "{\"text\":\"Trois.\"}\n{\"text\":\"Quatre.\"}\n"),
    ]);
    assert_eq!(folder.counts(), [3, 0, 0, 0, 4]);
    assert_eq!(bodies(&folder.index), ["Un.", "Deux.", "Trois.", "Quatre."]);
    assert_eq!(folder.counts(), [0, 0, 0, 3, 0]);

    folder.write("a.txt", "La crue monte encore ce soir\n\nUn et demi.");
    folder.write("e.txt", "La crue est finie depuis hier\n\nCinq.");
    fs::remove_file(folder.root().join("b/c.md")).unwrap();
    assert_eq!(folder.counts(), [1, 1, 1, 1, 2]);
    assert_eq!(bodies(&folder.index), ["Un et demi.", "Trois.", "Quatre.", "Cinq."]);
    folder.check();

    folder.write("d.jsonl", "{\"text\":\"Quatre.\"}\n");
    assert_eq!(folder.counts(), [0, 1, 0, 2, 1]);
    folder.check();
    fs::rename(folder.root().join("a.txt"), folder.root().join("z.txt")).unwrap();
    let report = folder.refresh();
    assert_eq!((counts(&report), report.renamed), ([0, 0, 0, 2, 1], 1));
    folder.check();
    assert_eq!(folder.counts(), [0, 0, 0, 3, 0]);
}

#[test]
fn a_change_within_one_tick_of_the_clock_is_seen() {
    let folder = Folder::new(&[("a.txt", "Un chat.")]);
    let long_ago = SystemTime::now() - Duration::from_secs(10_000);
    folder.set_time("a.txt", long_ago);
    assert_eq!(folder.counts(), [1, 0, 0, 0, 1]);
    // The same size, the same time of modification.
    folder.write("a.txt", "Un rat !");
    folder.set_time("a.txt", long_ago);
    assert_eq!(folder.counts(), [0, 1, 0, 0, 1]);
    folder.check();
}

#[test]
fn a_file_read_shortly_after_its_change_stays_in_doubt_until_it_is_read_later() {
    let folder = Folder::new(&[("a.txt", "Un chat.")]);
    folder.refresh();
    let state = |index: &Index| states(index)[0].clone();
    assert!(!state(&folder.index).settled);
    // Its articles are not read again while its content is the same.
    assert_eq!(folder.counts(), [0, 0, 0, 1, 0]);
    std::thread::sleep(Duration::from_millis(2_100));
    assert_eq!(folder.counts(), [0, 0, 0, 1, 0]);
    assert!(state(&folder.index).settled);
    let commit = folder.index.payload().unwrap();
    assert_eq!(folder.counts(), [0, 0, 0, 1, 0]);
    assert_eq!(folder.index.payload().unwrap(), commit, "nothing is written when nothing changed");
}

#[test]
fn what_is_left_out_is_told_each_time_and_the_rest_is_read() {
    let folder = Folder::new(&[
        ("image", "\u{0}\u{1}"),
        ("vide.txt", " \n"),
        ("a.jsonl", "{\"text\":\"Un.\"}\n{oui}\n{\"title\":\"x\"}\n"),
        ("plan.pdf", "%PDF"),
    ]);
    let first = folder.refresh();
    let codes: Vec<_> = first.skipped.iter().map(|skipped| skipped.skip.code()).collect();
    assert_eq!(codes, ["broken-record", "missing-text", "not-text", "empty"]);
    assert_eq!(first.skipped[0].path, folder.root().join("a.jsonl").to_str().unwrap());
    assert_eq!((first.articles, first.unknown_types.get("pdf")), (1, Some(&1)));
    let second = folder.refresh();
    assert_eq!((second.skipped, second.unknown_types), (first.skipped, first.unknown_types));
}

#[test]
fn what_is_left_out_of_one_file_is_told_up_to_a_number() {
    let folder = Folder::new(&[("a.jsonl", &"non\n".repeat(1000))]);
    let skipped = folder.refresh().skipped;
    assert_eq!(skipped.len(), 21);
    assert_eq!(skipped.iter().filter(|skipped| skipped.skip == Skip::More { count: 980 }).count(), 1);
}

#[cfg(unix)]
#[test]
fn an_unreadable_file_is_told_and_read_once_it_can_be() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new(&[("a.txt", "Un."), ("b.txt", "Deux.")]);
    let allow = |mode| fs::set_permissions(folder.root().join("a.txt"), fs::Permissions::from_mode(mode)).unwrap();
    allow(0o0);
    if fs::read(folder.root().join("a.txt")).is_ok() {
        println!("skipped: the superuser reads every file");
        return;
    }
    let report = folder.refresh();
    assert_eq!((counts(&report), report.skipped.len()), ([2, 0, 0, 0, 1], 1));
    let report = folder.refresh();
    assert_eq!((counts(&report), report.skipped.len()), ([0, 0, 0, 2, 0], 1));
    allow(0o644);
    assert_eq!(folder.counts(), [0, 1, 0, 1, 1]);
    folder.check();
}

#[test]
fn a_file_that_goes_away_before_it_is_read_is_told() {
    let folder = Folder::new(&[("a.txt", "Un."), ("b.txt", "Deux.")]);
    let options = RefreshOptions::new([folder.root()]);
    let plan = Plan::make(&folder.index, &options).unwrap();
    fs::remove_file(folder.root().join("a.txt")).unwrap();
    let mut writer = folder.index.writer().unwrap();
    let report = writer.apply(plan, &options, &mut |_| ControlFlow::Continue(())).unwrap();
    assert_eq!((report.articles, report.skipped.len(), report.skipped[0].skip.code()), (1, 1, "unreadable"));
    drop(writer);
    assert_eq!(folder.counts(), [0, 0, 1, 1, 0]);
    folder.check();
}

#[test]
fn articles_of_other_origin_are_never_touched() {
    let folder = Folder::new(&[("a.txt", "Un.")]);
    let mut writer = folder.index.writer().unwrap();
    writer.add(Article::new("a.txt").body("À part.")).unwrap();
    writer.commit().unwrap();
    drop(writer);
    folder.refresh();
    assert_eq!(bodies(&folder.index), ["À part.", "Un."]);
    fs::remove_file(folder.root().join("a.txt")).unwrap();
    folder.refresh();
    assert_eq!(bodies(&folder.index), ["À part."]);
}

#[test]
fn the_same_record_id_in_two_files_is_two_articles() {
    let folder =
        Folder::new(&[("a.jsonl", "{\"id\":1,\"text\":\"Un.\"}"), ("b.jsonl", "{\"id\":1,\"text\":\"Deux.\"}")]);
    folder.refresh();
    assert_eq!(bodies(&folder.index), ["Un.", "Deux."]);
    folder.check();
}

#[test]
fn roots_are_remembered_and_one_that_is_lost_keeps_its_articles() {
    let folder = Folder::new(&[("mai/a.txt", "Un."), ("juin/b.txt", "Deux.")]);
    let (may, june) = (folder.root().join("mai"), folder.root().join("juin"));
    folder.index.refresh(&RefreshOptions::new([&may])).unwrap();
    folder.index.refresh(&RefreshOptions::new([june.join("../juin/"), june.clone()])).unwrap();
    assert_eq!(folder.index.roots().unwrap(), [may.clone(), june.clone()]);
    assert_eq!(bodies(&folder.index), ["Deux.", "Un."]);

    fs::rename(&may, folder.root().join("ailleurs")).unwrap();
    let report = folder.index.refresh(&RefreshOptions::default()).unwrap();
    assert_eq!((report.deleted, report.skipped.len(), folder.index.articles()), (0, 1, 2));
    let error = folder.index.refresh(&RefreshOptions::new([&may])).unwrap_err();
    assert_eq!((error.kind(), error.path()), (ErrorKind::NotFound, Some(may.as_path())));
    fs::rename(folder.root().join("ailleurs"), &may).unwrap();
    fs::remove_file(may.join("a.txt")).unwrap();
    assert_eq!(folder.index.refresh(&RefreshOptions::default()).unwrap().deleted, 1);
}

#[test]
fn an_index_inside_its_folder_does_not_index_itself() {
    let temp = tempfile::tempdir().unwrap();
    fs::write(temp.path().join("a.txt"), "Un.").unwrap();
    let index = Index::create(temp.path().join("idx")).unwrap();
    for _ in 0..2 {
        let report = index.refresh(&RefreshOptions::new([temp.path()])).unwrap();
        assert_eq!((index.articles(), report.unknown_types.len()), (1, 0));
    }
}

#[test]
fn other_limits_read_all_files_again() {
    let folder = Folder::new(&[("a.jsonl", "{\"text\":\"Un.\"}\n{\"text\":\"Deux, trois, quatre.\"}\n")]);
    assert_eq!(folder.counts(), [1, 0, 0, 0, 2]);
    let options = RefreshOptions::new([folder.root()]).limits(Limits { line_bytes: 20, ..Limits::default() });
    let report = folder.index.refresh(&options).unwrap();
    assert_eq!((counts(&report), report.skipped.len()), ([0, 1, 0, 0, 1], 1));
    assert_eq!(bodies(&folder.index), ["Un."]);
}

#[test]
fn what_was_read_before_an_interruption_is_kept_and_the_rest_comes_later() {
    let folder = Folder::new(&[]);
    for i in 0..40 {
        folder.write(&format!("{i:02}.txt"), format!("Article {i}."));
    }
    let long: String = (0..1000).map(|i| format!("{{\"text\":\"Record {i}.\"}}\n")).collect();
    folder.write("00.jsonl", long);
    let options = RefreshOptions::new([folder.root()]);
    let mut calls = 0;
    let report = folder.index.refresh_with(&options, &mut |_| {
        calls += 1;
        if calls == 5 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    let report = report.unwrap();
    assert!(report.interrupted && report.added < 10, "{report:?}");
    let known: u64 = states(&folder.index).iter().map(|file| file.articles).sum();
    assert_eq!(folder.index.articles(), known);
    assert_eq!(folder.refresh().added, 41 - report.added);
    folder.check();
}

#[test]
fn a_refresh_with_nothing_to_do_needs_no_writer() {
    let folder = Folder::new(&[("a.txt", "Un.")]);
    folder.refresh();
    std::thread::sleep(Duration::from_millis(2_100));
    folder.refresh();
    let _writer = folder.index.writer().unwrap();
    assert_eq!(folder.counts(), [0, 0, 0, 1, 0]);
    folder.write("b.txt", "Deux.");
    assert!(folder.index.refresh(&RefreshOptions::default()).unwrap_err().is_locked());
}

#[test]
fn progress_ends_where_it_said_it_would() {
    let folder = Folder::new(&[("a.txt", "Un."), ("b.jsonl", "{\"text\":\"Deux.\"}\n")]);
    let mut last = Progress::default();
    let options = RefreshOptions::new([folder.root()]);
    let mut writer = folder.index.writer().unwrap();
    let refreshed = writer.refresh(&options, &mut |progress| {
        last = *progress;
        ControlFlow::Continue(())
    });
    refreshed.unwrap();
    assert_eq!(last, Progress { files: 2, total: 2, bytes: 20, total_bytes: 20, articles: 2 });
}

#[test]
fn a_damaged_manifest_is_told_by_refresh_and_by_verify() {
    let folder = Folder::new(&[("a.txt", "Un.")]);
    folder.refresh();
    assert!(folder.index.verify().unwrap().is_sound());
    let path = folder.temp.path().join("idx").join(folder.index.payload().unwrap().unwrap());
    let mut bytes = fs::read(&path).unwrap();
    bytes[30] ^= 1;
    fs::write(&path, bytes).unwrap();
    assert!(folder.index.refresh(&RefreshOptions::default()).unwrap_err().is_corrupt());
    let damages = folder.index.verify().unwrap().damages;
    assert_eq!(damages.len(), 1, "{damages:?}");
    assert_eq!(damages[0].file.as_deref(), path.file_name().map(Path::new));
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_not_utf8_are_refreshed() {
    use std::os::unix::ffi::OsStrExt;
    let folder = Folder::new(&[]);
    let path = |name: &[u8]| folder.root().join(std::ffi::OsStr::from_bytes(name));
    fs::write(path(b"caf\xe9\n.txt"), "Un.").unwrap();
    fs::write(path(b"caf\xe8\n.txt"), "Deux.").unwrap();
    assert_eq!(folder.counts(), [2, 0, 0, 0, 2]);
    fs::remove_file(path(b"caf\xe9\n.txt")).unwrap();
    assert_eq!(folder.counts(), [0, 0, 1, 1, 0]);
    assert_eq!(bodies(&folder.index), ["Deux."]);
}

#[test]
fn a_manifest_that_was_not_committed_is_as_if_never_written() {
    let folder = Folder::new(&[("a.txt", "Un.")]);
    folder.refresh();
    let (name, mut manifest) = Manifest::load(&folder.index).unwrap().unwrap();
    manifest.sections.clear();
    // As after a kill between the writing of the manifest and the commit.
    let stray = manifest.store(&folder.index).unwrap();
    assert_eq!(Manifest::load(&folder.index).unwrap().unwrap().0, name);
    folder.write("b.txt", "Deux.");
    assert_eq!(folder.counts()[..4], [1, 0, 0, 1]);
    assert!(!folder.temp.path().join("idx").join(stray).exists());
    folder.check();
}

/// Cuts a refresh short as a crash would: a panic, after so many steps, in the midst of the work.
fn crash(folder: &Folder, after: usize) {
    let options = RefreshOptions::new([folder.root()]).commit_every(Duration::ZERO);
    let mut steps = 0;
    let refreshed = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        folder.index.refresh_with(&options, &mut |_| {
            steps += 1;
            // Without a message on standard error.
            if steps > after {
                std::panic::resume_unwind(Box::new("crash"))
            }
            ControlFlow::Continue(())
        })
    }));
    if let Ok(Err(error)) = refreshed {
        panic!("{error:?}");
    }
}

#[test]
fn what_was_committed_on_the_way_survives_a_crash_and_is_not_doubled() {
    let records = |word: &str, count: usize| format!("{{\"text\":\"Un {word}.\"}}\n").repeat(count);
    let folder = Folder::new(&[("b.jsonl", &records("chat", 1_000)), ("a.txt", "Un rat."), ("c.txt", "Un chien.")]);
    for after in [1, 2, 5] {
        crash(&folder, after);
        let kept = folder.index.articles();
        assert!((1..1_002).contains(&kept), "{kept} articles");
    }
    // A file of which some articles are in is read again, also when it has changed since.
    folder.write("b.jsonl", records("pont", 300));
    crash(&folder, 3);
    folder.write("b.jsonl", records("rats", 20));
    folder.refresh();
    assert_eq!(folder.index.articles(), 22);
    folder.check();
}

#[test]
fn a_file_that_changes_while_it_is_read_is_read_again() {
    let folder = Folder::new(&[("a.jsonl", &"{\"text\":\"Un chat.\"}\n".repeat(5_000))]);
    let options = RefreshOptions::new([folder.root()]);
    let mut is_first = true;
    let refreshed = folder.index.refresh_with(&options, &mut |_| {
        if std::mem::take(&mut is_first) {
            folder.write("a.jsonl", "{\"text\":\"Un rat.\"}\n");
        }
        ControlFlow::Continue(())
    });
    refreshed.unwrap();
    folder.refresh();
    assert_eq!(bodies(&folder.index), ["Un rat."]);
}

#[test]
fn what_the_ignore_files_say_is_looked_at_each_time() {
    let folder = Folder::new(&[("a.txt", "Un."), ("brouillons/b.txt", "Deux.")]);
    assert_eq!(folder.counts(), [2, 0, 0, 0, 2]);
    folder.write(".gitignore", "brouillons/\n");
    assert_eq!(folder.counts(), [0, 0, 1, 1, 0]);
    fs::remove_file(folder.root().join(".gitignore")).unwrap();
    assert_eq!(folder.counts(), [1, 0, 0, 1, 1]);
    // Another type, another reading.
    fs::rename(folder.root().join("a.txt"), folder.root().join("a.pdf")).unwrap();
    assert_eq!(folder.counts(), [0, 0, 1, 1, 0]);
    folder.check();
}

#[test]
fn a_rebuild_reads_all_files_and_leaves_other_articles_alone() {
    let folder = Folder::new(&[("a.txt", "Un."), ("b.txt", "Deux.")]);
    let mut writer = folder.index.writer().unwrap();
    writer.add(Article::new("x").body("À part.")).unwrap();
    writer.commit().unwrap();
    drop(writer);
    folder.refresh();
    let report = folder.index.refresh(&RefreshOptions::default().rebuild(true)).unwrap();
    assert_eq!(counts(&report), [0, 2, 0, 0, 2]);
    assert_eq!(bodies(&folder.index), ["À part.", "Un.", "Deux."]);
}

#[test]
fn a_forgotten_root_takes_its_articles_along() {
    let folder = Folder::new(&[("mai/a.txt", "Un."), ("juin/b.txt", "Deux.")]);
    let (may, june) = (folder.root().join("mai"), folder.root().join("juin"));
    folder.index.refresh(&RefreshOptions::new([&may, &june])).unwrap();
    let forget = RefreshOptions::default().forget([&may]);
    assert_eq!(folder.index.refresh(&forget).unwrap().deleted, 1);
    assert_eq!((folder.index.roots().unwrap(), bodies(&folder.index)), (vec![june], vec!["Deux.".to_owned()]));
    let error = folder.index.refresh(&forget).unwrap_err();
    assert_eq!((error.kind(), error.path()), (ErrorKind::NotFound, Some(may.as_path())));
}

/// Random changes of a folder and crashes, and after each few a refresh that must equal a rebuilt index, and whose searches
/// must find what grep finds in the files.
///
/// `LIMIER_TEST_CASES` sets how many.
#[test]
fn whatever_happens_to_the_folder_a_refreshed_index_equals_a_rebuilt_one() {
    let folder = Folder::new(&[]);
    let names = ["a.txt", "b.text", "c.jsonl", "d/a.txt", "d/e/f", "g.pdf"];
    let words = ["chat", "rats", "pont", "crue"];
    // Knuth's multiplier: a generator that is the same on every machine.
    let mut seed = 2024u64;
    let mut draw = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % below
    };
    let rounds = std::env::var("LIMIER_TEST_CASES").map_or(30, |rounds| rounds.parse().unwrap());
    for round in 0..rounds {
        for _ in 0..=draw(4) {
            let path = folder.root().join(names[draw(names.len())]);
            match draw(6) {
                0 => drop(fs::remove_file(path)),
                1 => drop(fs::rename(path, folder.root().join(names[draw(names.len())]))),
                2 => folder.write(names[draw(names.len())], b"\0\x01"),
                kind => {
                    let name = names[draw(names.len())];
                    // Of few sizes, so that only times and contents tell them apart.
                    let word = words[draw(4)];
                    let record = format!("{{\"text\":\"Un {word}.\"}}\n");
                    folder.write(name, if kind == 3 { record.repeat(draw(90)) } else { record });
                }
            }
        }
        if draw(3) == 0 {
            crash(&folder, draw(6));
        }
        folder.refresh();
        let stale = articles(&folder.index);
        folder.check();
        for word in words {
            assert_eq!(found(&folder, word), grep(&folder.root(), word), "round {round}: {word}");
        }
        assert_eq!(folder.counts()[..3], [0, 0, 0], "round {round}: {stale:?}");
    }
}

#[test]
fn names_of_fields_are_set_alone_and_remembered() {
    let folder = Folder::new(&[("a.jsonl", "{\"prose\":\"Le pont.\"}\n"), ("b.txt", "Un gué.")]);
    let refreshed = |options: RefreshOptions| {
        let report = folder.index.refresh(&options).unwrap();
        (report.added + report.modified, folder.index.articles())
    };
    let only_records = ReadOptions { kinds: vec![ingest::Kind::JsonLines], ..ReadOptions::default() };
    assert_eq!(refreshed(RefreshOptions::new([folder.root()]).read(only_records)), (1, 0));
    let named = || RefreshOptions::default().fields("body=prose".parse().unwrap());
    // The kinds that the index remembers still hold.
    assert_eq!(refreshed(named()), (1, 1));
    assert_eq!(refreshed(named()), (0, 1));
    assert_eq!(refreshed(RefreshOptions::default()), (0, 1));
    assert_eq!(refreshed(RefreshOptions::default().fields(FieldNames::default())), (1, 0));
}
