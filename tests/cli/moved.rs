//! Folders of articles and of indexes that are moved, replaced by a link, or gone: no answer is lost, none is stale.

use std::fs;
use std::os::unix::fs::symlink;

use limier::{ErrorKind, Index};

use crate::press;

#[test]
fn a_folder_of_articles_that_became_a_link_to_itself_answers_as_before() {
    let sandbox = press();
    let before = sandbox.run(&["artistes", "presse", "--json"]).code(0).ids();
    fs::rename(sandbox.path("presse"), sandbox.path("ailleurs")).unwrap();
    symlink("ailleurs", sandbox.path("presse")).unwrap();
    let run = sandbox.run(&["artistes", "presse", "--json"]).code(0);
    assert_eq!((run.ids(), run.summary()["articles"].as_u64()), (before, Some(4)), "{}", run.shown());
    // Paths open as they are written.
    for hit in run.hits() {
        assert!(sandbox.path(hit["path"].as_str().unwrap()).exists(), "{}", run.shown());
    }
    // What changes behind the link is seen.
    sandbox.write("ailleurs/neuf.txt", "Un pangolin\n\nIl dort.\n");
    assert_eq!(sandbox.run(&["pangolin", "presse", "--json"]).code(0).ids(), ["neuf.txt"]);
}

#[test]
fn a_folder_of_articles_that_became_a_link_to_another_gives_those_of_the_other() {
    let sandbox = press();
    sandbox.run(&["index", "presse", "--index", "idx"]).code(0);
    sandbox.write("autre/tapir.txt", "Un tapir\n\nIl nage dans la rivière.\n");
    fs::rename(sandbox.path("presse"), sandbox.path("ancien")).unwrap();
    symlink("autre", sandbox.path("presse")).unwrap();
    for arguments in
        [&["tapir OU artistes", "--index", "idx", "--json"][..], &["tapir OU artistes", "presse", "--json"]]
    {
        let run = sandbox.run(arguments).code(0);
        assert_eq!((run.ids(), run.summary()["articles"].as_u64()), (vec!["tapir.txt".to_owned()], Some(1)));
    }
}

#[test]
fn a_folder_of_articles_that_is_gone_is_told_and_its_articles_stay() {
    let sandbox = press();
    sandbox.run(&["index", "presse", "--index", "idx"]).code(0);
    fs::rename(sandbox.path("presse"), sandbox.path("ailleurs")).unwrap();
    let run = sandbox.run(&["avion", "--index", "idx", "--json"]).code(0);
    assert_eq!((run.ids(), run.summary()["articles"].as_u64()), (vec!["orly.txt".to_owned()], Some(4)));
    assert!(run.summary()["notes"].to_string().contains("presse"), "{}", run.shown());
    // A link that leads nowhere is as good as none.
    symlink("nulle-part", sandbox.path("presse")).unwrap();
    let run = sandbox.run(&["avion", "--index", "idx", "--json"]).code(0);
    assert_eq!(run.ids(), ["orly.txt"], "{}", run.shown());
    // It comes back: nothing is to be done.
    fs::remove_file(sandbox.path("presse")).unwrap();
    fs::rename(sandbox.path("ailleurs"), sandbox.path("presse")).unwrap();
    let run = sandbox.run(&["avion", "--index", "idx", "--json"]).code(0);
    assert_eq!((run.ids(), run.note_codes()), (vec!["orly.txt".to_owned()], vec![]), "{}", run.shown());
}

#[test]
fn an_index_behind_a_link_is_written_checked_and_built_again_where_it_lies() {
    let sandbox = press();
    sandbox.run(&["index", "presse", "--index", "idx"]).code(0);
    fs::create_dir(sandbox.path("disque")).unwrap();
    fs::rename(sandbox.path("idx"), sandbox.path("disque/idx")).unwrap();
    symlink("disque/idx", sandbox.path("idx")).unwrap();
    sandbox.write("presse/neuf.txt", "Un pangolin\n\nIl dort.\n");
    assert_eq!(sandbox.run(&["pangolin", "--index", "idx", "--json"]).code(0).ids(), ["neuf.txt"]);
    sandbox.run(&["verify", "--index", "idx"]).code(0);
    assert_eq!(sandbox.run(&["pangolin", "--index", "disque/idx", "--json"]).code(0).ids(), ["neuf.txt"]);
    fs::write(sandbox.path("disque/idx/meta.json"), "{").unwrap();
    // The damage is in the list of what was stored: whether articles of no file are lost, nobody knows.
    sandbox.run(&["verify", "--repair", "--index", "idx"]).code(1).out_has("5 articles");
    assert!(sandbox.path("idx").is_symlink() && !sandbox.path("disque/idx").is_symlink());
    sandbox.run(&["verify", "--index", "disque/idx"]).code(0);
}

#[test]
fn an_index_that_is_moved_while_it_is_open_answers_from_its_last_commit() {
    let sandbox = press();
    sandbox.run(&["index", "presse", "--index", "idx"]).code(0);
    let (here, there) = (sandbox.path("idx"), sandbox.path("parti"));
    let index = Index::open(&here).unwrap();
    let found = |index: &Index| index.search("avion").run().unwrap().total();
    assert_eq!(found(&index), 1);
    fs::rename(&here, &there).unwrap();
    assert_eq!(index.reload().unwrap_err().kind(), ErrorKind::NotFound);
    assert_eq!(found(&index), 1);
    assert!(index.writer().is_err());
    assert_eq!(found(&Index::open(&there).unwrap()), 1);
    // Another took its place: what was open goes on, and sees the other when it looks again.
    Index::create(&here).unwrap();
    assert_eq!(found(&index), 1);
    index.reload().unwrap();
    assert_eq!(found(&index), 0);
    // A link to where it went does as well.
    fs::remove_dir_all(&here).unwrap();
    symlink(&there, &here).unwrap();
    index.reload().unwrap();
    assert_eq!(found(&index), 1);
    assert!(Index::open(&here).unwrap().verify().unwrap().is_sound());
}
