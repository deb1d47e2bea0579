//! Bits flipped, files cut, lengthened and deleted: never a wrong answer, never a panic, and `verify` finds all.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use limier::{Error, ErrorKind, Index, RefreshOptions, Sort};

use crate::{Dice, size, texts};

/// Panics anywhere, also those that were caught.
static PANICS: AtomicUsize = AtomicUsize::new(0);

/// Makes an index of files and of articles, in several segments, with deletions.
fn make(folder: &Path) -> PathBuf {
    let files = folder.join("presse");
    fs::create_dir(&files).unwrap();
    for number in 0..20 {
        let text = format!("Une brève {number}\n\n{}\n", texts::body(1000 + number, 5));
        fs::write(files.join(format!("{number}.txt")), text).unwrap();
    }
    let path = folder.join("idx");
    let index = Index::create(&path).unwrap();
    index.refresh(&RefreshOptions::new([&files])).unwrap();
    let mut writer = index.writer().unwrap();
    for batch in 0..3 {
        (0..25).for_each(|number| writer.add(texts::article(batch * 25 + number)).unwrap());
        (0..3).for_each(|number| writer.delete(&format!("a{}", batch * 20 + number)).unwrap());
        writer.commit().unwrap();
    }
    writer.finish().unwrap();
    // Whatever was merged until now, there are a deletion and several segments in the end: too few of one to be merged for it.
    let mut writer = index.writer().unwrap();
    for number in 75..77 {
        writer.add(texts::article(number)).unwrap();
        writer.delete(&format!("a{}", 20 * number - 1450)).unwrap();
        writer.commit().unwrap();
    }
    writer.finish().unwrap();
    path
}

/// Asks an index all sorts of questions; the answers as text, and the first error.
fn answers(folder: &Path) -> Result<Vec<String>, Error> {
    let index = Index::open(folder)?;
    let mut answers = vec![format!("{} articles, roots {:?}", index.articles(), index.roots()?)];
    let queries = [
        "avion",
        "\"le pont traverse\"",
        "dent*",
        "crue -maire +date:2024-03..2024-09",
        "rivieres en Bretagne",
        "titre:tapir OU source:bocage",
        "pangolain",
        "=musée OU (gare ET train)",
    ];
    for (number, query) in queries.into_iter().enumerate() {
        let sort = if number % 3 == 1 { Sort::Newest } else { Sort::Relevance };
        let hits = index.search(query).sort(sort).explain(number == 0).run()?;
        let mut answer = format!("{query}: {} {:?}", hits.total(), hits.notes());
        for hit in &hits {
            let passages: Vec<_> = hit.passages().iter().map(limier::Passage::to_html).collect();
            answer.push_str(&format!("\n{} {} {} {:?} {passages:?}", hit.id(), hit.score(), hit.title(), hit.date()));
        }
        answers.push(answer);
    }
    answers.push(format!("{:?}", index.article("a42")?));
    answers.push(format!("{:?}", index.stats()?.terms));
    Ok(answers)
}

/// Does something to a file; says what.
fn damage(path: &Path, bytes: &[u8], dice: &mut Dice) -> String {
    let length = bytes.len();
    let mut damaged = bytes.to_vec();
    let what = match dice.below(20) {
        0..14 => {
            let (at, bit) = (dice.below(length), dice.below(8));
            damaged[at] ^= 1 << bit;
            format!("bit {bit} of byte {at}")
        }
        14..17 => {
            let at = dice.below(length);
            damaged.truncate(at);
            format!("cut at {at}")
        }
        17 => {
            // As a block that was never written after a power loss.
            let at = dice.below(length);
            let end = length.min(at + 4096);
            if damaged[at..end].iter().all(|&byte| byte == 0) {
                damaged[at] = 1;
            } else {
                damaged[at..end].fill(0);
            }
            format!("zeros from {at} to {end}")
        }
        18 => {
            damaged.extend((0..=dice.below(64)).map(|_| dice.roll() as u8));
            format!("{} bytes more", damaged.len() - length)
        }
        _ => {
            fs::remove_file(path).unwrap();
            return "deleted".to_owned();
        }
    };
    fs::write(path, damaged).unwrap();
    format!("{what} of {length}")
}

#[test]
fn damage_is_an_error_or_harmless_and_verify_finds_all_of_it() {
    let previous = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        PANICS.fetch_add(1, Ordering::SeqCst);
        previous(panic);
    }));
    let rounds = size("LIMIER_DAMAGES", 60);
    let temporary = tempfile::tempdir().unwrap();
    let folder = make(temporary.path());
    let sound = answers(&folder).unwrap();
    assert!(sound.iter().all(|answer| !answer.contains(": 0 [")), "a query without hits proves little: {sound:#?}");
    assert!(Index::verify_folder(&folder).unwrap().is_sound());
    // Locks hold nothing.
    let files: BTreeMap<PathBuf, Vec<u8>> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_none_or(|extension| extension != "lock"))
        .map(|path| (path.clone(), fs::read(&path).unwrap()))
        .collect();
    let extensions: Vec<_> = files.keys().filter_map(|path| path.extension()?.to_str()).collect();
    for needed in ["idx", "pos", "term", "store", "fast", "fieldnorm", "del", "json"] {
        assert!(extensions.contains(&needed), "no .{needed} among {extensions:?}");
    }
    let mut dice = Dice(7);
    let (mut refused, mut equal) = (0, 0);
    for round in 0..rounds {
        let (path, bytes) = files.iter().nth(dice.below(files.len())).unwrap();
        let what = format!("round {round}, {}: {}", path.display(), damage(path, bytes, &mut dice));
        let is_deleted_frame = !path.exists() && path.ends_with("limier.json");
        match Index::verify_folder(&folder) {
            Ok(found) => {
                let named =
                    found.damages.iter().any(|damage| damage.file.as_deref() == path.file_name().map(Path::new));
                assert!(named, "{what}: not found by verify, which says {found:?}");
            }
            Err(error) => assert!(is_deleted_frame && error.kind() == ErrorKind::NotAnIndex, "{what}: {error:?}"),
        }
        match answers(&folder) {
            Ok(answers) => {
                assert!(answers == sound, "{what}: a wrong answer");
                equal += 1;
            }
            Err(error) if is_deleted_frame => assert_eq!(error.kind(), ErrorKind::NotAnIndex, "{what}"),
            Err(error) => {
                assert!(error.is_corrupt(), "{what}: {error:?}");
                assert_eq!(error.path(), Some(path.as_path()), "{what}: {error:?}");
                refused += 1;
            }
        }
        fs::write(path, bytes).unwrap();
    }
    assert_eq!(answers(&folder).unwrap(), sound);
    let panics = PANICS.load(Ordering::SeqCst);
    println!(
        "damage: {rounds} rounds over {} files: all found by verify, {refused} typed errors that name the file, {equal} \
         answers as undamaged, {panics} panics",
        files.len()
    );
    assert_eq!(panics, 0);
}
