//! This very program, run again beside itself as the one that is killed.

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child as Process, ChildStdout, Command, Stdio};
use std::time::Duration;

use limier::{Index, RefreshOptions, WriterOptions};

use crate::texts;

const JOB: &str = "LIMIER_FAULTS_JOB";
const FOLDER: &str = "LIMIER_FAULTS_FOLDER";

/// What a child does until it is killed; it tells each commit once it is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Job {
    /// Adds five articles a commit.
    Index,
    /// Adds one article a commit: many segments, and merges.
    Merge,
    /// Deletes one article a commit.
    Delete,
    /// Writes three files, and refreshes.
    Refresh,
    /// Replaces all of fifty articles a commit.
    Replace,
}

pub(crate) struct Child {
    process: Process,
    told: BufReader<ChildStdout>,
}

impl Child {
    /// Starts a child, and waits until it has begun.
    pub(crate) fn start(job: Job, folder: &Path) -> Child {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["--exact", "child::a_child", "--nocapture", "--test-threads", "1"]);
        command.env(JOB, format!("{job:?}")).env(FOLDER, folder);
        let mut process = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().unwrap();
        let mut told = BufReader::new(process.stdout.take().unwrap());
        let mut line = String::new();
        while !line.ends_with("begun\n") {
            line.clear();
            assert!(told.read_line(&mut line).unwrap() > 0, "the child ended before it had begun");
        }
        Child { process, told }
    }

    /// Kills it a while after it has told so many commits; returns the number that it told last, if it told any.
    pub(crate) fn kill_after(mut self, commits: usize, wait: Duration) -> Option<u64> {
        let mut told = String::new();
        for _ in 0..commits {
            assert!(self.told.read_line(&mut told).unwrap() > 0, "the child ended before it was killed");
        }
        std::thread::sleep(wait);
        // SIGKILL on Unix.
        self.process.kill().unwrap();
        self.process.wait().unwrap();
        self.told.read_to_string(&mut told).unwrap();
        let whole = told.rsplit_once('\n').map_or("", |(lines, _)| lines);
        whole.lines().filter_map(|line| line.strip_prefix("committed ")?.parse().ok()).next_back()
    }
}

/// Runs as a child when it is asked to; else there is nothing to test.
#[test]
fn a_child() {
    let (Ok(job), Ok(folder)) = (std::env::var(JOB), std::env::var(FOLDER)) else { return };
    let folder = PathBuf::from(folder);
    let index = Index::open_or_create(folder.join("idx")).unwrap();
    println!("begun");
    let tell = |index: &Index| println!("committed {}", index.articles());
    let options = WriterOptions::default().threads(1);
    match job.as_str() {
        "Index" | "Merge" => {
            let step = if job == "Index" { 5 } else { 1 };
            let mut writer = index.writer_with(&options).unwrap();
            for from in (index.articles() as usize..).step_by(step) {
                (from..from + step).for_each(|number| writer.add(texts::article(number)).unwrap());
                writer.commit().unwrap();
                tell(&index);
            }
        }
        "Delete" => {
            let mut writer = index.writer_with(&options).unwrap();
            for number in (0..index.articles()).rev() {
                writer.delete(&format!("a{number}")).unwrap();
                writer.commit().unwrap();
                tell(&index);
            }
        }
        "Refresh" => {
            let files = folder.join("presse");
            std::fs::create_dir_all(&files).unwrap();
            let first = std::fs::read_dir(&files).unwrap().count();
            for from in (first..).step_by(3) {
                for number in from..from + 3 {
                    let text = format!("Une brève {number}\n\n{}\n", texts::body(number, 3));
                    std::fs::write(files.join(format!("{number}.txt")), text).unwrap();
                }
                index.refresh(&RefreshOptions::new([&files]).writer(options.clone())).unwrap();
                tell(&index);
            }
        }
        "Replace" => {
            let mut writer = index.writer_with(&options).unwrap();
            for lot in 1_u64.. {
                for number in 0..50 {
                    let body = format!("Un article du lot {lot}. {}", texts::body(number, 3));
                    writer.add(limier::Article::new(format!("a{number}")).body(body)).unwrap();
                }
                writer.commit().unwrap();
                println!("committed {lot}");
            }
        }
        other => panic!("no such job: {other}"),
    }
}
