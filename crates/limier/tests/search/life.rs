//! Articles replaced and deleted, indexes on disk, damage.

use limier::WriterOptions;

use super::*;

#[test]
fn replacing_deleting_rolling_back() {
    let index = press();
    let mut writer = index.writer().unwrap();
    assert_eq!(index.writer().unwrap_err().kind(), ErrorKind::Locked);
    writer.add(Article::new("orly").body("Un bateau.")).unwrap();
    writer.add(Article::new("orly").body("Un vélo.")).unwrap();
    writer.delete("train").unwrap();
    assert_eq!(found(&index, "avion"), ["orly"]);
    writer.commit().unwrap();
    assert_eq!(index.articles(), 3);
    assert_eq!(found(&index, "avion bateau"), Vec::<String>::new());
    assert_eq!(found(&index, "vélo"), ["orly"]);
    writer.delete("sora").unwrap();
    writer.rollback().unwrap();
    writer.commit().unwrap();
    assert!(index.article("sora").unwrap().is_some());
    assert!(index.article("train").unwrap().is_none());
    drop(writer);
    assert!(index.writer().is_ok());
}

#[test]
fn on_disk_across_openings() -> Result<(), Error> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("idx");
    assert_eq!(Index::open(&path).unwrap_err().kind(), ErrorKind::NotFound);
    let index = Index::open_or_create(&path)?;
    let mut writer = index.writer()?;
    writer.add(Article::new("1").title("Titre").body("Un avion.").author("A. Untel").source("Le Journal"))?;
    writer.commit()?;
    drop(writer);
    let again = Index::open(&path)?;
    assert_eq!(found(&again, "avion"), ["1"]);
    assert_eq!(found(&again, "auteur:untel"), ["1"]);
    assert_eq!(found(&again, "source:journal ET avion"), ["1"]);
    assert_eq!(found(&again, "auteur:dupont"), Vec::<String>::new());
    assert_eq!(again.stats()?.articles, 1);
    assert!(again.verify()?.is_sound());
    // A folder with other things in it is left alone.
    std::fs::write(folder.path().join("note.txt"), "x").unwrap();
    assert_eq!(Index::create(folder.path()).unwrap_err().kind(), ErrorKind::NotAnIndex);
    assert_eq!(Index::open(folder.path()).unwrap_err().kind(), ErrorKind::NotAnIndex);
    Ok(())
}

#[test]
fn another_format_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    drop(Index::open_or_create(folder.path()).unwrap());
    let meta = folder.path().join("limier.json");
    // As the format without checksums wrote it.
    std::fs::write(&meta, r#"{"format":1,"analyzer":"0"}"#).unwrap();
    let error = Index::open(folder.path()).unwrap_err();
    assert!(error.is_incompatible() && error.to_string().contains("index again"), "{error}");
    std::fs::write(&meta, "{").unwrap();
    assert!(Index::open(folder.path()).unwrap_err().is_corrupt());
}

#[test]
fn damage_is_found_and_never_panics() {
    let folder = tempfile::tempdir().unwrap();
    let index = Index::open_or_create(folder.path()).unwrap();
    let mut writer = index.writer().unwrap();
    for n in 0..200 {
        writer.add(Article::new(n.to_string()).body(format!("L'avion numéro {n} décolle."))).unwrap();
    }
    writer.commit().unwrap();
    drop((writer, index));
    let is_data = |path: &std::path::Path| path.extension().is_some_and(|e| e == "idx" || e == "term" || e == "store");
    let files: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(files.iter().filter(|path| is_data(path)).count() >= 3);
    for path in files.iter().filter(|path| is_data(path)) {
        let bytes = std::fs::read(path).unwrap();
        let mut damaged = bytes.clone();
        let middle = damaged.len() / 2;
        damaged[middle] ^= 0x20;
        std::fs::write(path, &damaged).unwrap();
        let outcome = Index::open(folder.path()).and_then(|index| index.verify());
        match outcome {
            Ok(found) => assert!(!found.is_sound(), "{}", path.display()),
            Err(error) => assert!(error.is_corrupt(), "{error:?}"),
        }
        std::fs::write(path, &bytes).unwrap();
    }
}

#[test]
fn a_missing_file_of_a_segment_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let index = Index::open_or_create(folder.path()).unwrap();
    let mut writer = index.writer().unwrap();
    writer.add(Article::new("1").title("Un avion").body("Il décolle.")).unwrap();
    writer.commit().unwrap();
    drop((writer, index));
    let files = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path());
    let segment: Vec<_> = files.filter(|path| path.file_stem().is_some_and(|stem| stem.len() == 32)).collect();
    assert!(segment.len() >= 6, "{segment:?}");
    for path in segment {
        let bytes = std::fs::read(&path).unwrap();
        std::fs::remove_file(&path).unwrap();
        let error = Index::open(folder.path()).and_then(|index| index.search("avion").run().map(drop)).unwrap_err();
        assert!(error.is_corrupt() && error.path() == Some(path.as_path()), "{error:?}");
        assert_eq!(Index::verify_folder(folder.path()).unwrap().damages.len(), 1);
        std::fs::write(&path, bytes).unwrap();
    }
    assert!(Index::verify_folder(folder.path()).unwrap().is_sound());
}

#[test]
fn no_query_is_an_error() {
    let index = press();
    for query in ["", " ", "?!…", "\"", "((((", "-", "+", "~", "*:*", "a:b", "\u{0}", "🎨", "=", "\"\"~9"] {
        let hits = index.search(query).run().unwrap();
        assert!(hits.total() < 4, "{query:?}");
    }
    assert_eq!(index.search("?!").run().unwrap().notes(), [Note::NoWords]);
}

#[test]
fn what_is_small_becomes_one_segment_whatever_the_threads() {
    let options = WriterOptions::default().threads(4).memory(4 * (15 << 20));
    let article = |number: usize| Article::new(number.to_string()).title("Un avion").body("Il décolle. ".repeat(20));
    let index = Index::in_memory().unwrap();
    let mut writer = index.writer_with(&options).unwrap();
    for round in 1..=2 {
        (0..400).for_each(|number| writer.add(article(1000 * round + number)).unwrap());
        writer.commit().unwrap();
        let stats = index.stats().unwrap();
        assert_eq!((stats.segments, stats.articles), (round, 400 * round as u64));
    }
    // More than that is shared among the threads, and loses nothing.
    let long = "Il décolle. ".repeat(1_200);
    (0..900).for_each(|number| writer.add(article(10_000 + number).body(&long)).unwrap());
    writer.commit().unwrap();
    assert_eq!(index.articles(), 1_700);
    assert!(index.stats().unwrap().segments > 3);
    // So are many changes without a text.
    (0..40_000).for_each(|number| writer.delete(&(10_000 + number).to_string()).unwrap());
    writer.commit().unwrap();
    assert_eq!(index.articles(), 800);
}

#[test]
fn changes_hold_in_their_order_however_many_they_are() {
    for (filler, threads) in [(0, 1), (0, 2), (1_800, 1), (1_800, 2)] {
        let index = Index::in_memory().unwrap();
        let mut writer = index.writer_with(&WriterOptions::default().threads(threads)).unwrap();
        let article = |id: &str, body: &str| Article::new(id).body(body);
        writer.add(article("gone", "parti")).unwrap();
        writer.delete("gone").unwrap();
        writer.add(article("back", "ancien")).unwrap();
        writer.delete("back").unwrap();
        writer.add(article("back", "revenu")).unwrap();
        writer.add(article("twice", "ancien")).unwrap();
        writer.add(article("twice", "nouveau")).unwrap();
        for number in 0..filler {
            writer.add(article(&number.to_string(), &"du texte en plus ".repeat(400))).unwrap();
        }
        writer.delete("7").unwrap();
        writer.commit().unwrap();
        assert_eq!(index.articles(), 2 + filler - u64::from(filler > 7), "{filler} {threads}");
        assert_eq!(index.search("ancien OU parti").run().unwrap().total(), 0);
        assert_eq!(index.search("revenu").run().unwrap().total(), 1);
        assert_eq!(index.search("nouveau").run().unwrap().total(), 1);
        // What was not committed is gone, and what comes after is not.
        writer.add(article("never", "jamais")).unwrap();
        writer.rollback().unwrap();
        writer.add(article("after", "ensuite")).unwrap();
        writer.commit().unwrap();
        assert_eq!(index.search("jamais").run().unwrap().total(), 0);
        assert_eq!(index.search("ensuite").run().unwrap().total(), 1);
    }
}
