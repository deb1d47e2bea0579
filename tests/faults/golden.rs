//! An index that an earlier version of limier made: opened while the format and the analysis are the same, refused as
//! what it is when they are not.
//!
//! `LIMIER_MAKE_GOLDEN=1 cargo test -p limier-cli --test faults golden` makes the one of the format in force, which is
//! committed with a change of the format; those of other formats stay.

use std::fs;
use std::path::{Path, PathBuf};

use limier::{Article, Index};

fn folder(format: u32) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/golden/index").join(format!("format-{format}"))
}

fn make(folder: &Path) {
    let _ = fs::remove_dir_all(folder);
    let index = Index::create(folder).unwrap();
    let mut writer = index.writer_with(&limier::WriterOptions::default().threads(1)).unwrap();
    let articles = [
        ("orly", "L'avion d'Orly", "Un avion a décollé d'Orly avec deux heures de retard. Les passagers ont attendu."),
        ("sora", "Des artistes en colère", "Des artistes non rémunérés ont publié un outil vidéo. Ils protestent."),
        ("musee", "Le musée de la dentelle", "Une élève a visité le musée. Les artistes y exposent."),
        ("parti", "À effacer", "Cet avion-là n'est plus au programme."),
    ];
    for (id, title, body) in articles {
        writer.add(Article::new(id).title(title).body(body).date("2024-05-03".parse().unwrap())).unwrap();
    }
    writer.commit().unwrap();
    writer.delete("parti").unwrap();
    writer.commit().unwrap();
    writer.finish().unwrap();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "lock") {
            fs::remove_file(path).unwrap();
        }
    }
}

/// Copies an index, so that opening it leaves the committed one alone.
fn copied(from: &Path) -> tempfile::TempDir {
    let to = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), to.path().join(entry.file_name())).unwrap();
    }
    to
}

#[test]
fn golden_indexes_are_opened_or_refused() {
    let current = Index::in_memory().unwrap().stats().unwrap();
    if std::env::var_os("LIMIER_MAKE_GOLDEN").is_some() {
        make(&folder(current.format));
    }
    assert!(folder(current.format).is_dir(), "no golden index of format {}: make one, see above", current.format);
    for format in 2..=current.format {
        let copy = copied(&folder(format));
        let line = fs::read_to_string(copy.path().join("limier.json")).unwrap();
        let analyzer = format!("\"analyzer\":\"{}\"", current.analyzer);
        match Index::open(copy.path()) {
            Ok(index) => {
                assert!(format == current.format && line.contains(&analyzer), "{line}");
                assert!(index.verify().unwrap().is_sound());
                for (query, ids) in
                    [("avion", &["orly"][..]), ("artistes", &["musee", "sora"]), ("\"le musée\"", &["musee"])]
                {
                    let hits = index.search(query).run().unwrap();
                    let mut found: Vec<&str> = hits.iter().map(limier::Hit::id).collect();
                    found.sort_unstable();
                    assert_eq!(found, ids, "{query}");
                }
                println!("golden: format {format} is opened");
            }
            Err(error) => {
                assert!(error.is_incompatible(), "{error:?}");
                assert!(format != current.format || !line.contains(&analyzer), "{error:?}");
                println!("golden: format {format} is refused: {error}");
            }
        }
    }
}
