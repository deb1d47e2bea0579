//! When deleted texts leave the disk.

use super::*;

/// Tells whether a word stands anywhere in the files of the index.
fn is_on_disk(folder: &Folder, word: &str) -> bool {
    let has = |bytes: Vec<u8>| bytes.windows(word.len()).any(|window| window == word.as_bytes());
    let mut entries = fs::read_dir(folder.temp.path().join("idx")).unwrap();
    entries.any(|entry| fs::read(entry.unwrap().path()).is_ok_and(has))
}

/// Indexes one article that will be deleted among many: its segment is not worth writing anew for its sake.
fn secret_among_many() -> Folder {
    let many: Vec<(String, String)> = (0..100).map(|i| (format!("{i}.txt"), format!("Le pont {i}."))).collect();
    let folder = Folder::new(&many.iter().map(|(name, text)| (&**name, &**text)).collect::<Vec<_>>());
    folder.write("secret.txt", "Le mot de passe est xyloglyphe.");
    // By one thread, so that it shares a segment with others: one of its own would go at once.
    let options = RefreshOptions::new([folder.root()]).writer(WriterOptions::default().threads(1));
    folder.index.refresh(&options).unwrap();
    folder
}

#[test]
fn a_deleted_text_is_off_the_disk_after_the_stated_number_of_refreshes() {
    let folder = secret_among_many();
    assert!(is_on_disk(&folder, "xyloglyphe"));
    fs::remove_file(folder.root().join("secret.txt")).unwrap();
    for refresh in 1..=purge::COMMITS {
        // Of other sizes, so that each refresh has something to write.
        folder.write("a.txt", "Un rat. ".repeat(refresh as usize));
        folder.refresh();
        assert_eq!(is_on_disk(&folder, "xyloglyphe"), refresh < purge::COMMITS, "refresh {refresh}");
    }
    folder.check();
    assert!(folder.index.verify().unwrap().is_sound());
}

#[test]
fn a_deleted_text_is_off_the_disk_a_day_later_even_when_nothing_changed() {
    let hour = 3_600 * 1_000_000_000;
    let folder = secret_among_many();
    fs::remove_file(folder.root().join("secret.txt")).unwrap();
    folder.refresh();
    let deleted = Manifest::load(&folder.index).unwrap().unwrap().1.unpurged.unwrap();
    let is_due = |hours: i64| purge::is_due(&folder.index, Some(deleted), deleted.since_ns + hours * hour);
    assert!(is_on_disk(&folder, "xyloglyphe") && !is_due(0) && !is_due(23) && is_due(25) && is_due(-25));
    folder.index.purge_if_free(&RefreshOptions::default()).unwrap();
    assert!(!is_on_disk(&folder, "xyloglyphe") && !is_due(25));
    folder.check();
}
