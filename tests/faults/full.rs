//! A real disk that is full, then read-only: a small one in memory, where the machine allows mounting it.

use std::path::Path;
use std::process::Command;

use limier_tests::Sandbox;

use crate::texts;

/// A mounted disk of two megabytes; it is unmounted when this is dropped.
struct Disk(std::path::PathBuf);

impl Disk {
    fn mount(folder: &Path) -> Option<Disk> {
        std::fs::create_dir(folder).unwrap();
        let status = Command::new("mount").args(["-t", "tmpfs", "-o", "size=2m", "tmpfs"]).arg(folder).output();
        status.is_ok_and(|output| output.status.success()).then(|| Disk(folder.to_path_buf()))
    }

    fn remount(&self, how: &str) {
        let status = Command::new("mount").args(["-o", &format!("remount,{how}")]).arg(&self.0).status().unwrap();
        assert!(status.success());
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
    }
}

#[test]
fn a_full_disk_and_a_read_only_one_answer_from_the_last_commit() {
    let sandbox = Sandbox::new(env!("CARGO_BIN_EXE_limier"));
    let Some(disk) = Disk::mount(&sandbox.path("disk")) else {
        println!("full disk: skipped, nothing can be mounted here");
        return;
    };
    for number in 0..10 {
        sandbox.write(format!("p/{number}.txt"), format!("Une brève {number}\n\n{}\n", texts::body(number, 5)));
    }
    sandbox.write("p/rare.txt", "Un ornithorynque\n\nIl nage.\n");
    sandbox.run(&["index", "p", "--index", "disk/idx"]).code(0);
    // More than the disk holds.
    for number in 0..60 {
        let name = format!("p/gros-{number}.txt");
        sandbox.write(name, format!("Un gros article {number}\n\n{}\n", texts::body(500 + number, 1500)));
    }
    sandbox.run(&["index", "--index", "disk/idx"]).refused().err_has("disk is full").err_has("is kept");
    let answer = || sandbox.run(&["ornithorynque", "--index", "disk/idx", "--json"]).code(0);
    let run = answer();
    assert_eq!(run.ids(), ["rare.txt"]);
    // What the run before could not finish is swept, and this one cannot write either.
    assert!(run.note_codes().contains(&"not-refreshed".to_owned()), "{}", run.shown());
    assert_eq!(run.summary()["articles"], 11);
    sandbox.run(&["verify", "--index", "disk/idx"]).code(0);
    // The files grow no more: the next run goes on, on the same disk.
    for number in 0..60 {
        sandbox.remove(format!("p/gros-{number}.txt"));
    }
    sandbox.write("p/pangolin.txt", "Un pangolin\n\nIl dort.\n");
    let run = answer();
    assert_eq!(run.summary()["articles"], 12, "{}", run.shown());
    assert!(!run.note_codes().contains(&"not-refreshed".to_owned()), "{}", run.shown());

    // The times of a file that changed just now prove nothing: it would be read again, and the bookkeeping written.
    std::thread::sleep(std::time::Duration::from_millis(2100));
    answer();
    disk.remount("ro");
    let run = answer();
    assert_eq!((run.summary()["articles"].as_u64(), run.note_codes()), (Some(12), vec![]), "{}", run.shown());
    sandbox.run(&["verify", "--index", "disk/idx"]).code(0);
    sandbox.write("p/tapir.txt", "Un tapir\n\nIl court.\n");
    let run = answer();
    assert_eq!((run.summary()["articles"].as_u64(), run.note_codes()), (Some(12), vec!["not-refreshed".to_owned()]));
    sandbox.run(&["index", "--index", "disk/idx"]).refused().err_has("read-only");
    disk.remount("rw");
    assert_eq!(answer().summary()["articles"], 13);
    sandbox.run(&["verify", "--index", "disk/idx"]).code(0);
    println!("full disk: the last commit stayed readable on a disk of 2 MB that was full, then read-only; both mended");
}
