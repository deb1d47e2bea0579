//! Bringing an index up to date with its folders.
//!
//! The folders are walked and compared with the bookkeeping of the last commit ([`manifest`](super::manifest)): a file
//! of the same size and times is not read again. Where times prove nothing, because the file changed within the file
//! system's resolution of its last reading or only its metadata changed, a hash of its content decides. What changed is
//! read on several threads ([`pipeline`]); articles and bookkeeping become visible in one commit.

mod pipeline;
mod plan;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::PathBuf;

use serde::Serialize;

use super::manifest::{FileState, Manifest, Settings};
use super::{Index, Writer, WriterOptions};
use crate::ingest::{self, Limits, Skip, Skipped};
use crate::{Error, ErrorKind};

use pipeline::Message;
use plan::Plan;

/// Which folders a refresh reads, and how.
///
/// ```
/// # let folder = tempfile::tempdir()?;
/// use limier::{Index, RefreshOptions};
/// std::fs::write(folder.path().join("crue.txt"), "La crue a emporté le pont\n\nIl avait deux siècles.")?;
/// let index = Index::in_memory()?;
/// let report = index.refresh(&RefreshOptions::new([folder.path()]))?;
/// assert_eq!((report.added, report.articles), (1, 1));
/// let again = index.refresh(&RefreshOptions::default())?;
/// assert_eq!((again.unchanged, again.articles), (1, 0));
/// assert_eq!(index.search("pont").run()?.total(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct RefreshOptions {
    roots: Vec<PathBuf>,
    follow_links: bool,
    limits: Limits,
    writer: WriterOptions,
}

impl RefreshOptions {
    /// Refreshes these folders and files beside those that the index already knows; the index remembers them.
    ///
    /// With none, what the index knows is refreshed.
    pub fn new<P: Into<PathBuf>>(roots: impl IntoIterator<Item = P>) -> RefreshOptions {
        RefreshOptions { roots: roots.into_iter().map(Into::into).collect(), ..RefreshOptions::default() }
    }

    /// Follows symbolic links below the roots; they are left out by default.
    pub fn follow_links(mut self, follow: bool) -> RefreshOptions {
        self.follow_links = follow;
        self
    }

    /// Sets how large files and records may be.
    pub fn limits(mut self, limits: Limits) -> RefreshOptions {
        self.limits = limits;
        self
    }

    /// Sets threads and memory of the writer that [`Index::refresh`] opens when something changed.
    pub fn writer(mut self, options: WriterOptions) -> RefreshOptions {
        self.writer = options;
        self
    }

    fn settings(&self) -> Settings {
        Settings {
            reader: ingest::VERSION,
            follow_links: self.follow_links,
            file_bytes: self.limits.file_bytes,
            line_bytes: self.limits.line_bytes,
        }
    }
}

/// How far a refresh has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Files that were read.
    pub files: u64,
    /// Files to read in all.
    pub total: u64,
    /// Bytes of these files.
    pub bytes: u64,
    /// Bytes of all files to read.
    pub total_bytes: u64,
    /// Articles that were read out of them.
    pub articles: u64,
}

/// What a refresh did, in numbers of files unless said otherwise.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct RefreshReport {
    /// Files that were new.
    pub added: u64,
    /// Files whose content had changed, or that were to be read in another way.
    pub modified: u64,
    /// Files that were gone, and their articles with them.
    pub deleted: u64,
    /// Files that had not changed.
    pub unchanged: u64,
    /// Articles that were read out of added and modified files.
    pub articles: u64,
    /// All that is left out, now and in earlier refreshes, sorted by path.
    pub skipped: Vec<Skipped>,
    /// The number of files of each type that is not read, by extension in lower case.
    pub unknown_types: BTreeMap<String, u64>,
    /// The number of links that were not followed.
    pub links: u64,
    /// Whether the receiver of the progress stopped the refresh: what was read until then is kept.
    pub interrupted: bool,
}

impl Index {
    /// Brings the index up to date with its folders, and with those of `options`.
    ///
    /// Where nothing changed nothing is written, and no writer is opened.
    ///
    /// # Errors
    /// [`ErrorKind::NotFound`] when a root that was asked for does not exist (one that the index knew of keeps its
    /// articles), [`ErrorKind::Locked`] when something changed and another writer is open, [`ErrorKind::Corrupt`] when
    /// the bookkeeping is damaged, [`ErrorKind::Io`] when the index cannot be written; what was committed before then
    /// stands. Files that cannot be read are no error but part of the report.
    pub fn refresh(&self, options: &RefreshOptions) -> Result<RefreshReport, Error> {
        self.refresh_with(options, &mut |_| ControlFlow::Continue(()))
    }

    /// Refreshes as [`refresh`](Index::refresh) does, and tells how far it has come.
    ///
    /// When `progress` breaks, what was read until then is committed.
    ///
    /// # Errors
    /// As [`refresh`](Index::refresh).
    pub fn refresh_with(
        &self,
        options: &RefreshOptions,
        progress: &mut dyn FnMut(&Progress) -> ControlFlow<()>,
    ) -> Result<RefreshReport, Error> {
        let plan = Plan::make(self, options)?;
        if plan.is_empty() {
            return Ok(report_of(&plan, &plan.manifest));
        }
        let mut writer = self.writer_with(&options.writer)?;
        // Another writer may have refreshed before this one had the lock.
        let plan = if self.payload()? == plan.previous { plan } else { Plan::make(self, options)? };
        let report = writer.apply(plan, options, progress)?;
        writer.finish()?;
        Ok(report)
    }
}

impl Writer {
    /// Brings the index up to date with its folders, and with those of `options`, as [`Index::refresh_with`] does.
    ///
    /// When something changed, changes of this writer that wait are committed with it.
    ///
    /// # Errors
    /// As [`Index::refresh`]; all changes since the last commit are then rolled back.
    pub fn refresh(
        &mut self,
        options: &RefreshOptions,
        progress: &mut dyn FnMut(&Progress) -> ControlFlow<()>,
    ) -> Result<RefreshReport, Error> {
        let plan = Plan::make(self.index(), options)?;
        if plan.is_empty() {
            return Ok(report_of(&plan, &plan.manifest));
        }
        self.apply(plan, options, progress)
    }

    fn apply(
        &mut self,
        plan: Plan,
        options: &RefreshOptions,
        progress: &mut dyn FnMut(&Progress) -> ControlFlow<()>,
    ) -> Result<RefreshReport, Error> {
        let applied = self.apply_uncommitted(&plan, options, progress).and_then(|(report, manifest)| {
            let name = manifest.store(self.index())?;
            self.commit_with(Some(&name))?;
            Manifest::delete_others(self.index(), plan.previous.as_deref(), &name);
            Ok(report)
        });
        if applied.is_err() {
            // The first failure is the one to tell.
            let _ = self.rollback();
        }
        applied
    }

    fn apply_uncommitted(
        &mut self,
        plan: &Plan,
        options: &RefreshOptions,
        progress: &mut dyn FnMut(&Progress) -> ControlFlow<()>,
    ) -> Result<(RefreshReport, Manifest), Error> {
        let mut manifest = plan.manifest.clone();
        for key in &plan.deleted {
            self.delete_file(key);
            manifest.files.remove(key);
        }
        let mut state = Applying::new(plan);
        pipeline::run(&plan.jobs, &options.limits, options.writer.thread_count(), &mut |number, message| {
            state.receive(self, &mut manifest, number, message)?;
            let flow = progress(&state.progress);
            state.interrupted |= flow.is_break();
            Ok(flow)
        })?;
        // A file that was not read to its end is as if it had never been read.
        for (job, stage) in plan.jobs.iter().zip(&state.stages) {
            if matches!(stage, Stage::Begun(_)) {
                self.delete_file(&job.key);
                manifest.files.remove(&job.key);
            }
        }
        let mut report = report_of(plan, &manifest);
        report.added = state.added;
        report.modified = state.modified;
        report.unchanged += state.unchanged;
        report.articles = state.progress.articles;
        report.interrupted = state.interrupted;
        Ok((report, manifest))
    }
}

/// How far the files of a plan have come into the index.
struct Applying<'a> {
    plan: &'a Plan,
    stages: Vec<Stage>,
    progress: Progress,
    added: u64,
    modified: u64,
    unchanged: u64,
    interrupted: bool,
}

#[derive(Clone)]
enum Stage {
    Waiting,
    /// Some articles are in; these were refused.
    Begun(Vec<Skip>),
    Done,
}

impl<'a> Applying<'a> {
    fn new(plan: &'a Plan) -> Applying<'a> {
        let progress = Progress {
            total: plan.jobs.len() as u64,
            total_bytes: plan.jobs.iter().map(|job| job.file.stamp.size).sum(),
            ..Progress::default()
        };
        let stages = vec![Stage::Waiting; plan.jobs.len()];
        Applying { plan, stages, progress, added: 0, modified: 0, unchanged: 0, interrupted: false }
    }

    fn receive(
        &mut self,
        writer: &mut Writer,
        manifest: &mut Manifest,
        number: usize,
        message: Message,
    ) -> Result<(), Error> {
        let (Some(job), Some(stage)) = (self.plan.jobs.get(number), self.stages.get_mut(number)) else {
            return Ok(());
        };
        let mut refused = match std::mem::replace(stage, Stage::Done) {
            Stage::Begun(refused) => refused,
            _ => {
                // What the file gave before goes first, once.
                if job.known.is_some() && !matches!(message, Message::Unchanged(_)) {
                    writer.delete_file(&job.key);
                }
                Vec::new()
            }
        };
        match message {
            Message::Articles(records) => {
                for record in records {
                    let bytes = record.article.body.len().max(record.article.title.len()) as u64;
                    match writer.add_from_file(record.article, &job.key, record.record) {
                        Ok(()) => self.progress.articles += 1,
                        Err(error) if error.kind() == ErrorKind::InvalidArticle => {
                            let limit = super::writer::MAX_TEXT_BYTES as u64;
                            pipeline::note(&mut refused, Skip::TooLarge { bytes, limit });
                        }
                        Err(error) => return Err(error),
                    }
                }
                *stage = Stage::Begun(refused);
                return Ok(());
            }
            Message::Read(mut file) => {
                file.articles = file.articles.saturating_sub(refused.len() as u64);
                refused.into_iter().for_each(|skip| pipeline::note(&mut file.skipped, skip));
                *(if job.known.is_some() { &mut self.modified } else { &mut self.added }) += 1;
                manifest.files.insert(job.key.clone(), file);
            }
            Message::Unchanged(file) => {
                self.unchanged += 1;
                manifest.files.insert(job.key.clone(), file);
            }
        }
        self.progress.files += 1;
        self.progress.bytes += job.file.stamp.size;
        Ok(())
    }
}

/// Reports what the plan itself says, and all that is left out of the files of `manifest`.
fn report_of(plan: &Plan, manifest: &Manifest) -> RefreshReport {
    let mut skipped = plan.skipped.clone();
    let of_files = manifest.files.iter().filter(|(_, file)| !file.skipped.is_empty());
    skipped.extend(of_files.flat_map(|(key, file)| skipped_of(key, file)));
    skipped.sort();
    RefreshReport {
        deleted: plan.deleted.len() as u64,
        unchanged: plan.unchanged,
        skipped,
        unknown_types: plan.unknown_types.clone(),
        links: plan.links,
        ..RefreshReport::default()
    }
}

fn skipped_of<'a>(key: &str, file: &'a FileState) -> impl Iterator<Item = Skipped> + use<'a> {
    let (root, relative) = key.split_once('\0').unwrap_or((key, ""));
    let mut path = ingest::path_of_key(root);
    if !relative.is_empty() {
        path.push(ingest::path_of_key(relative));
    }
    file.skipped.iter().map(move |skip| Skipped::new(&path, skip.clone()))
}
