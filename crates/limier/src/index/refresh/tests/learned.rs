//! What a refresh learns of a folder: the lines that recur in it.

use super::*;

/// A text of a site whose pages end alike.
fn page(n: usize) -> String {
    format!(
        "Un village raconte sa crue de l'année {n}\n\nLes habitants du bas ont dormi au gymnase pendant {n} nuits, et la mairie \
         leur a porté du pain et des couvertures.\n\nLe Fil paraît le jeudi\n"
    )
}

fn recurring(folder: &Folder) -> crate::ingest::RecurringLines {
    Manifest::load(&folder.index).unwrap().unwrap().1.learned.recurring
}

/// Tells of each article whether a search for the footer shows it as boilerplate.
fn footers(folder: &Folder) -> Vec<bool> {
    let hits = folder.index.search("\"paraît le jeudi\"").run().unwrap();
    // Of which the words weigh less.
    let weighs_less = |hit: &crate::Hit| hit.passages().iter().all(crate::Passage::is_boilerplate);
    hits.iter().map(weighs_less).collect()
}

const FOOTER: &str = "Le Fil paraît le jeudi";

#[test]
fn what_recurs_is_learned_at_the_first_indexing_and_holds_for_later_files() {
    let folder = Folder::new(&[]);
    (0..4).for_each(|n| folder.write(&format!("{n}.txt"), page(n)));
    assert_eq!(folder.counts(), [4, 0, 0, 0, 4]);
    let learned = recurring(&folder);
    assert!(learned.is_boilerplate(FOOTER) && learned.len() == 1);
    assert_eq!(footers(&folder), [true; 4]);

    // Of one file nothing could be learned; it is read as the others were, and they are not read again.
    folder.write("nouveau.txt", page(9));
    assert_eq!(folder.counts(), [1, 0, 0, 4, 1]);
    assert_eq!((recurring(&folder), footers(&folder)), (learned.clone(), vec![true; 5]));
    folder.check();
    // What holds survives that nothing changed, and that the file of the index is opened anew.
    assert_eq!(folder.counts(), [0, 0, 0, 5, 0]);
    let again = Index::open(folder.index.folder().unwrap()).unwrap();
    let hits = again.search("\"paraît le jeudi\"").run().unwrap();
    assert!(hits.iter().all(|hit| hit.passages().iter().all(crate::Passage::is_boilerplate)));
    assert_eq!((hits.total(), Manifest::recurring(&again)), (5, learned));
}

#[test]
fn what_recurs_is_learned_anew_when_a_folder_has_doubled() {
    let folder = Folder::new(&[("0.txt", &page(0)), ("1.txt", &page(1))]);
    folder.refresh();
    assert!(recurring(&folder).is_empty(), "two files say nothing");
    folder.write("2.txt", page(2));
    folder.refresh();
    assert!(recurring(&folder).is_empty(), "half as many more");
    folder.write("3.txt", page(3));
    assert_eq!(folder.counts(), [1, 0, 0, 3, 1]);
    assert!(recurring(&folder).is_boilerplate(FOOTER), "of all files, not of the new one alone");

    // What another site puts around its pages is learned beside it.
    (0..5).for_each(|n| folder.write(&format!("autre/{n}.txt"), page(n + 20).replace(FOOTER, "La Gazette, le samedi")));
    folder.refresh();
    let learned = recurring(&folder);
    assert!(learned.is_boilerplate(FOOTER) && learned.is_boilerplate("La Gazette, le samedi"));
    (0..4).for_each(|n| fs::remove_file(folder.root().join(format!("{n}.txt"))).unwrap());
    let report = folder.index.refresh(&RefreshOptions::new([folder.root()]).rebuild(true)).unwrap();
    assert_eq!((report.modified, report.deleted), (5, 4));
    assert!(!recurring(&folder).is_boilerplate(FOOTER), "nothing has it any more");
}

#[test]
fn an_index_of_before_lines_were_learned_learns_with_the_next_file_that_is_read() {
    let folder = Folder::new(&[]);
    (0..4).for_each(|n| folder.write(&format!("{n}.txt"), page(n)));
    folder.refresh();
    let (name, manifest) = Manifest::load(&folder.index).unwrap().unwrap();
    let old = Manifest { learned: Learned::default(), ..manifest };
    let mut writer = folder.index.writer().unwrap();
    writer.commit_manifest(&old, Some(&name)).unwrap();
    writer.finish().unwrap();
    assert_eq!(folder.counts(), [0, 0, 0, 4, 0]);
    assert!(recurring(&folder).is_empty(), "nothing was read");
    assert_eq!(folder.index.search("gymnase").run().unwrap().total(), 4);
    folder.write("4.txt", page(4));
    assert_eq!(folder.counts(), [1, 0, 0, 4, 1]);
    assert!(recurring(&folder).is_boilerplate(FOOTER));
}

#[test]
fn what_recurs_does_not_depend_on_threads() {
    let folder = Folder::new(&[]);
    for n in 0..40 {
        let head =
            if n % 2 == 0 { "La Gazette\nVillages\nMarchés\nÀ table\nCarnet\n\n" } else { "Lettre du maire\n\n" };
        folder.write(&format!("{}/{n}.txt", n % 7), format!("{head}{}", page(n)));
    }
    let learned = [1, 4].map(|threads| {
        let index = Index::in_memory().unwrap();
        let writer = WriterOptions::default().threads(threads);
        index.refresh(&RefreshOptions::new([folder.root()]).writer(writer)).unwrap();
        let hits = index.search("village crue lettre").limit(100).run().unwrap();
        let mut scores: Vec<_> = hits.iter().map(|hit| (hit.id().to_owned(), hit.score())).collect();
        scores.sort_by(|a, b| a.0.cmp(&b.0));
        (Manifest::load(&index).unwrap().unwrap().1.learned, articles(&index), scores)
    });
    assert_eq!(learned[0], learned[1]);
    assert!(learned[0].0.recurring.len() >= 7, "{:?}", learned[0].0);
}

#[test]
fn a_set_of_lines_that_is_damaged_is_damage_for_a_refresh_and_none_for_a_search() {
    let folder = Folder::new(&[]);
    (0..4).for_each(|n| folder.write(&format!("{n}.txt"), page(n)));
    folder.refresh();
    let (name, manifest) = Manifest::load(&folder.index).unwrap().unwrap();
    let path = folder.index.folder().unwrap().join(name);
    let mut bytes = fs::read(&path).unwrap();
    let lines = manifest.learned.recurring.to_bytes();
    let at = bytes.windows(lines.len()).position(|window| window == lines).unwrap();
    bytes[at] ^= 1;
    fs::write(&path, bytes).unwrap();
    let index = Index::open(folder.index.folder().unwrap()).unwrap();
    assert_eq!(index.search("gymnase").run().unwrap().total(), 4);
    assert!(Manifest::recurring(&index).is_empty());
    assert!(index.refresh(&RefreshOptions::new([folder.root()])).unwrap_err().is_corrupt());
}
