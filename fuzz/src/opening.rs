//! The opening of an index that anything may have happened to.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use limier::{Article, Index, RefreshOptions};
use tempfile::TempDir;

/// A sound index: its files, by their names.
static SOUND: LazyLock<Vec<(PathBuf, Vec<u8>)>> = LazyLock::new(|| {
    let folder = temporary();
    let articles = folder.path().join("articles");
    fs::create_dir(&articles).expect("a folder");
    for number in 0..20 {
        let text = format!("Le pont {number}\n\nUn tapir passe le pont {number}, et un pangolin le suit.\n");
        fs::write(articles.join(format!("{number}.txt")), text).expect("a file");
    }
    let path = folder.path().join("idx");
    let index = Index::create(&path).expect("an index");
    index.refresh(&RefreshOptions::new([&articles])).expect("a refresh");
    let mut writer = index.writer().expect("a writer");
    writer.add(Article::new("x").title("Le tapir").body("Il dort.")).expect("an article");
    writer.commit().expect("a commit");
    writer.finish().expect("the end");
    let mut files: Vec<(PathBuf, Vec<u8>)> = fs::read_dir(&path)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .map(|path| (path.file_name().expect("a name").into(), fs::read(&path).expect("a file")))
        .collect();
    files.sort();
    files
});

/// Opens an index with some bytes changed, added or taken away, and asks it everything: an answer or an error, no panic.
///
/// The data is a list of changes of five bytes each: a file, a kind of change, a place (two bytes), a value.
pub fn opening(data: &[u8]) {
    let mut files = SOUND.clone();
    for change in data.chunks_exact(5).take(16) {
        let [file, kind, high, low, value] = change else { continue };
        let count = files.len();
        let (_, bytes) = &mut files[usize::from(*file) % count];
        let place = usize::from(u16::from_be_bytes([*high, *low])) % (bytes.len() + 1);
        match kind % 4 {
            0 => bytes.get_mut(place).into_iter().for_each(|byte| *byte ^= value),
            1 => bytes.insert(place, *value),
            2 => bytes.truncate(place),
            _ => drop(bytes.splice(place..place, std::iter::repeat_n(*value, 32)).count()),
        }
    }
    let folder = temporary();
    for (name, bytes) in &files {
        fs::write(folder.path().join(name), bytes).expect("a file");
    }
    ask(folder.path());
}

fn ask(path: &Path) {
    let Ok(index) = Index::open(path) else { return };
    for query in ["tapir", "\"un tapir\"", "pang*", "pont~", "titre:tapir", "date:2024"] {
        if let Ok(hits) = index.search(query).run() {
            assert!(hits.iter().all(|hit| hit.passages().len() <= 100));
        }
    }
    let _ = index.article("x");
    let _ = index.roots();
    let _ = index.stats();
    let _ = index.verify();
}

/// A folder in memory where there is one, so that the disk is not what is measured.
fn temporary() -> TempDir {
    let memory = Path::new("/dev/shm");
    let folder = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
    folder.expect("a temporary folder")
}
