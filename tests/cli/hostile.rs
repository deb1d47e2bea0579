//! What lies in wait in a folder: names that drive a terminal, pipes without a writer, devices, loops, closed doors. Each is
//! told, counted, and the rest is indexed.
#![cfg(unix)]

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::net::UnixListener;
use std::process::Command;

use crate::{press, sandbox};

fn pipe_without_a_writer(path: &std::path::Path) {
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

#[test]
fn what_is_no_file_is_told_and_the_rest_is_indexed() {
    let sandbox = press();
    pipe_without_a_writer(&sandbox.path("presse/tube.txt"));
    let socket = UnixListener::bind(sandbox.path("presse/prise.txt")).unwrap();
    symlink("/dev/zero", sandbox.path("presse/zero.txt")).unwrap();
    symlink("/etc", sandbox.path("presse/dehors")).unwrap();
    symlink("..", sandbox.path("presse/boucle")).unwrap();
    symlink("nulle-part", sandbox.path("presse/brisé.txt")).unwrap();
    let run = sandbox.run(&["avion", "presse", "--json"]).code(0);
    assert_eq!((run.ids(), run.note_codes()), (vec!["orly.txt".to_owned()], vec!["not-a-file".to_owned()]));
    assert_eq!(run.summary()["articles"], 4);
    sandbox.run(&["index", "presse"]).code(0).err_has("tube.txt").err_has("prise.txt").out_has("4 articles");
    drop(socket);
}

#[test]
fn a_pipe_or_a_device_that_is_named_does_not_hang() {
    let sandbox = press();
    pipe_without_a_writer(&sandbox.path("tube"));
    for path in ["tube", "/dev/zero", "/dev/null"] {
        let run = sandbox.run(&["avion", path, "--json"]).code(1);
        assert!(run.note_codes().contains(&"not-a-file".to_owned()), "{}", run.shown());
    }
}

#[test]
fn names_of_any_bytes_are_indexed_opened_and_forgotten() {
    let sandbox = sandbox();
    let names: [&[u8]; 6] =
        [b"a\nb.txt", b"a\x1b[31mb.txt", "a\u{202e}b.txt".as_bytes(), b"a\xff\xfeb.txt", b"a\tb%0A.txt", b"-n.txt"];
    for name in names {
        sandbox.write(std::path::Path::new("p").join(OsStr::from_bytes(name)), "Un tapir\n\nIl dort.\n");
    }
    let run = sandbox.run(&["tapir", "p", "--json"]).code(0);
    assert_eq!((run.hits().len(), run.note_codes().len()), (names.len(), 0), "{}", run.shown());
    // A name of whole characters opens its file as it stands.
    let paths: Vec<String> = run.hits().iter().map(|hit| hit["path"].as_str().unwrap().to_owned()).collect();
    assert_eq!(paths.iter().filter(|path| sandbox.path(path).exists()).count(), names.len() - 1, "{paths:?}");
    // Any other does so by its address, and in a pipe by its bytes.
    let hits = run.hits();
    let addresses: Vec<&str> = hits.iter().filter_map(|hit| hit["path_url"].as_str()).collect();
    assert_eq!(addresses.len(), 1, "{}", run.shown());
    assert!(addresses[0].starts_with("file:///") && addresses[0].ends_with("/p/a%FF%FEb.txt"), "{addresses:?}");
    for form in [&["-l"][..], &["--format", "compact"], &["--format", "vimgrep"], &[]] {
        let run = sandbox.run(&[&["tapir", "p"], form].concat()).code(0);
        let holds = |part: &[u8]| run.stdout.windows(part.len()).any(|window| window == part);
        assert!(holds(b"p/a\xff\xfeb.txt") && !holds("a\u{fffd}\u{fffd}b.txt".as_bytes()), "{form:?}: {}", run.shown());
    }
    let file = sandbox.path("p").join(OsStr::from_bytes(names[3]));
    let run = sandbox.run(&[OsStr::new("show"), file.as_os_str()]).code(0).out_has("Il dort.");
    assert!(run.stdout.windows(9).any(|window| window == b"a\xff\xfeb.txt\n"), "{}", run.shown());
    let similar = [OsStr::new("similar"), file.as_os_str(), OsStr::new("p"), OsStr::new("--duplicates=show")];
    sandbox.run(&similar).code(0).out_has("Un tapir");
    for name in names {
        fs::remove_file(sandbox.path("p").join(OsStr::from_bytes(name))).unwrap();
    }
    sandbox.run(&["tapir", "p", "--no-mend"]).code(1);
}

#[test]
fn a_closed_folder_in_mid_tree_is_told_and_the_rest_is_indexed() {
    let sandbox = press();
    sandbox.write("presse/fermé/secret.txt", "Un avion secret\n\nRien.\n");
    let folder = sandbox.path("presse/fermé");
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o000)).unwrap();
    let is_open = fs::read_dir(&folder).is_ok();
    let run = sandbox.run(&["avion", "presse", "--json"]).code(0);
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
    if is_open {
        eprintln!("skipped: this user opens every folder");
        return;
    }
    assert_eq!((run.ids(), run.note_codes()), (vec!["orly.txt".to_owned()], vec!["unreadable".to_owned()]));
    assert_eq!(sandbox.run(&["avion", "presse", "--json"]).code(0).ids().len(), 2);
}

#[test]
fn a_command_that_hangs_is_ended_by_the_time_limit_and_tried_again() {
    let sandbox = sandbox();
    sandbox.write("p/a.pdf", "%PDF-");
    let script = sandbox.write("lent.sh", "#!/bin/sh\n[ -e vite ] || sleep 60\necho 'Un tapir dort.'\n");
    fs::set_permissions(script, fs::Permissions::from_mode(0o755)).unwrap();
    let search = ["tapir", "p", "--pre", "./lent.sh", "--timeout", "1", "--json"];
    let began = std::time::Instant::now();
    for _ in 0..2 {
        let run = sandbox.run(&search).code(1);
        assert!(run.note_codes().contains(&"unreadable".to_owned()), "{}", run.shown());
    }
    assert!(began.elapsed() < std::time::Duration::from_secs(50), "{:?}", began.elapsed());
    // The file did not change, but it was never read.
    sandbox.write("vite", "");
    assert_eq!(sandbox.run(&search).code(0).ids(), ["a.pdf"]);
}

#[test]
fn an_index_inside_the_folder_that_is_searched_is_no_article() {
    let sandbox = press();
    sandbox.run(&["index", "presse", "--index", "presse/idx"]).code(0);
    let run = sandbox.run(&["format OU analyzer OU segments OU avion", "presse", "--json", "--no-mend"]).code(0);
    assert_eq!(
        (run.ids(), run.summary()["articles"].as_u64()),
        (vec!["orly.txt".to_owned()], Some(4)),
        "{}",
        run.shown()
    );
    sandbox
        .run(&["avion", "presse/idx"])
        .code(1)
        .err_has("it is the folder of an index, which is searched with --index");
}
