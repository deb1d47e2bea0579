//! Bringing an index up to date with its folders.
//!
//! The folders are walked and compared with the bookkeeping of the last commit ([`manifest`](super::manifest)): a file
//! of the same size and times is not read again. Where times prove nothing, because the file changed within the file
//! system's resolution of its last reading or only its metadata changed, a hash of its content decides. What changed is
//! read on several threads ([`pipeline`]); articles and bookkeeping become visible in one commit.

mod learn;
mod pipeline;
mod plan;
mod purge;
mod seen;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashMap};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::time::{Duration, Instant, SystemTime};

use serde::Serialize;

use super::manifest::{FileState, Known, Learned, Manifest, Section, Settings};
use super::{Index, Writer, WriterOptions};
use crate::ingest::{self, FieldNames, Limits, ReadOptions, RecurringLines, Skip, Skipped};
use crate::{Error, ErrorKind};

use pipeline::Message;
use plan::{Job, Plan};

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
#[derive(Clone, Debug)]
#[must_use = "options do nothing before a refresh is given them"]
pub struct RefreshOptions {
    roots: Vec<PathBuf>,
    forgotten: Vec<PathBuf>,
    rebuild: bool,
    read: Option<ReadOptions>,
    fields: Option<FieldNames>,
    writer: WriterOptions,
    commit_every: Duration,
}

impl Default for RefreshOptions {
    fn default() -> RefreshOptions {
        RefreshOptions {
            roots: Vec::new(),
            forgotten: Vec::new(),
            rebuild: false,
            read: None,
            fields: None,
            writer: WriterOptions::default(),
            commit_every: COMMIT_EVERY,
        }
    }
}

/// Work on many files is committed this often, so that a kill or a power cut does not lose it.
const COMMIT_EVERY: Duration = Duration::from_secs(15);

/// Bytes of files that become one segment, 256 KiB: they are indexed in some twenty milliseconds once all of them are read. More
/// are indexed while others are read.
const FEW_BYTES: u64 = 256 << 10;

/// Writing what was done so far may take one part in so many of the time.
const COMMIT_SHARE: u32 = 10;

impl RefreshOptions {
    /// Refreshes these folders and files beside those that the index already knows; the index remembers them.
    ///
    /// With none, what the index knows is refreshed.
    pub fn new<P: Into<PathBuf>>(roots: impl IntoIterator<Item = P>) -> RefreshOptions {
        RefreshOptions { roots: roots.into_iter().map(Into::into).collect(), ..RefreshOptions::default() }
    }

    /// Forgets these folders and files, which the index knew: their articles are deleted.
    pub fn forget<P: Into<PathBuf>>(mut self, roots: impl IntoIterator<Item = P>) -> RefreshOptions {
        self.forgotten = roots.into_iter().map(Into::into).collect();
        self
    }

    /// Reads every file again, whatever is known of it; articles that are not of files are left as they are.
    pub fn rebuild(mut self, rebuild: bool) -> RefreshOptions {
        self.rebuild = rebuild;
        self
    }

    /// Sets how often the work on many files is committed while it goes on; 15 s by default.
    ///
    /// A commit that takes long makes the next one wait longer: they take a tenth of the time at most.
    pub fn commit_every(mut self, period: Duration) -> RefreshOptions {
        self.commit_every = period;
        self
    }

    /// Follows symbolic links below the roots; they are left out by default.
    pub fn follow_links(mut self, follow: bool) -> RefreshOptions {
        self.read.get_or_insert_default().follow_links = follow;
        self
    }

    /// Sets how large files and records may be.
    pub fn limits(mut self, limits: Limits) -> RefreshOptions {
        self.read.get_or_insert_default().limits = limits;
        self
    }

    /// Sets how files are read: which of them, with which names of fields, by which command, within which limits.
    ///
    /// The index remembers it: a later refresh that does not say reads files in the same way. Only the command is not run
    /// unless it is given again, since an index may come from elsewhere; what it gave is kept.
    pub fn read(mut self, options: ReadOptions) -> RefreshOptions {
        self.read = Some(options);
        self
    }

    /// Sets what fields of records are called, and nothing else of how files are read; the index remembers it, too.
    pub fn fields(mut self, names: FieldNames) -> RefreshOptions {
        self.fields = Some(names);
        self
    }

    /// Sets threads and memory of the writer that [`Index::refresh`] opens when something changed.
    pub fn writer(mut self, options: WriterOptions) -> RefreshOptions {
        self.writer = options;
        self
    }

    /// Refreshes these, too.
    pub(in crate::index) fn and_roots(mut self, roots: impl IntoIterator<Item = PathBuf>) -> RefreshOptions {
        self.roots.extend(roots);
        self
    }

    /// Tells whether folders or files are named.
    pub(in crate::index) fn has_roots(&self) -> bool {
        !self.roots.is_empty()
    }

    /// How files are to be read, where the last refresh read them as `recorded` says.
    fn settings(&self, recorded: &Settings) -> Settings {
        let mut read = self.read.clone().unwrap_or_else(|| recorded.read.clone());
        if let Some(fields) = &self.fields {
            read.fields = fields.clone();
        }
        // It is learned, not set.
        read.recurring = RecurringLines::default();
        Settings { reader: ingest::VERSION, read }
    }

    /// Tells whether a command may be run.
    fn runs_command(&self) -> bool {
        self.read.is_some()
    }
}

/// How far a refresh has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
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
#[non_exhaustive]
pub struct RefreshReport {
    /// Files that were new.
    pub added: u64,
    /// Files whose content had changed, or that were to be read in another way.
    pub modified: u64,
    /// Files that were found under another name, their content the same; they are neither added nor deleted.
    pub renamed: u64,
    /// Files that were gone, and their articles with them.
    pub deleted: u64,
    /// Files that had not changed.
    pub unchanged: u64,
    /// Articles that were read out of added, modified and renamed files.
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
    /// articles) or one to be forgotten is not known, [`ErrorKind::Locked`] when something changed and another writer is open, [`ErrorKind::Corrupt`] when
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
            if purge::is_due(self, plan.manifest.unpurged, now_ns()) {
                self.purge_if_free(options)?;
            }
            return Ok(report_of(&plan, &plan.manifest));
        }
        let mut writer = self.writer_with(&options.writer)?;
        // Another writer may have refreshed before this one had the lock.
        let plan = if self.payload()? == plan.previous { plan } else { Plan::make(self, options)? };
        let report = writer.apply(plan, options, progress)?;
        writer.finish()?;
        Ok(report)
    }

    /// Takes deleted texts off the disk, unless another writer is at work: it will come to it.
    fn purge_if_free(&self, options: &RefreshOptions) -> Result<(), Error> {
        let mut writer = match self.writer_with(&options.writer) {
            Err(error) if error.is_locked() => return Ok(()),
            outcome => outcome?,
        };
        writer.purge()?;
        writer.finish()
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
        let applied = self.apply_and_commit(&plan, options, progress);
        if applied.is_err() {
            // The first failure is the one to tell.
            let _ = self.rollback();
        }
        applied
    }

    fn apply_and_commit(
        &mut self,
        plan: &Plan,
        options: &RefreshOptions,
        progress: &mut dyn FnMut(&Progress) -> ControlFlow<()>,
    ) -> Result<RefreshReport, Error> {
        let learned = learn::learned(plan);
        let read = ReadOptions { recurring: learned.recurring.clone(), ..plan.read.clone() };
        let mut state = Applying::new(plan, learned);
        let are_few = state.progress.total_bytes <= FEW_BYTES;
        if !are_few {
            self.hold_nothing()?;
        }
        for gone in &plan.deleted {
            self.delete_file(&gone.key)?;
            state.changes.insert(gone.key.clone(), None);
        }
        let mut next_commit = Instant::now() + options.commit_every;
        pipeline::run(&plan.jobs, &read, options.writer.thread_count(), &mut |number, message| {
            state.receive(self, number, message)?;
            let began = Instant::now();
            if began >= next_commit {
                let manifest = state.manifest(self.index(), Unfinished::Known);
                self.commit_manifest(&manifest, plan.previous.as_deref())?;
                if !are_few {
                    self.hold_nothing()?;
                }
                next_commit = Instant::now() + options.commit_every.max(began.elapsed() * COMMIT_SHARE);
            }
            let flow = progress(&state.progress);
            state.interrupted |= flow.is_break();
            Ok(flow)
        })?;
        for job in state.unfinished() {
            self.delete_file(&job.key)?;
        }
        let manifest = state.manifest(self.index(), Unfinished::Unknown);
        self.commit_manifest(&manifest, plan.previous.as_deref())?;
        if purge::is_due(self.index(), manifest.unpurged, now_ns()) {
            self.purge()?;
        }
        Ok(state.report(&manifest))
    }

    /// Commits all changes with this bookkeeping.
    fn commit_manifest(&mut self, manifest: &Manifest, previous: Option<&str>) -> Result<(), Error> {
        let name = manifest.store(self.index())?;
        self.commit_with(Some(&name))?;
        Manifest::delete_others(self.index(), previous, &name);
        Ok(())
    }
}

fn now_ns() -> i64 {
    ingest::ns_since_epoch(SystemTime::now())
}

/// How far the files of a plan have come into the index.
struct Applying<'a> {
    plan: &'a Plan,
    learned: Learned,
    stages: Vec<Stage>,
    /// What becomes of the bookkeeping of files.
    changes: BTreeMap<String, Option<FileState>>,
    /// How many files of each content are gone, and were not found again.
    gone: HashMap<(u64, u128), u64>,
    progress: Progress,
    /// Articles of files that are in whole: what an interrupted refresh keeps.
    articles: u64,
    added: u64,
    modified: u64,
    renamed: u64,
    unchanged: u64,
    interrupted: bool,
}

/// What the bookkeeping says of files of which only some articles are in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Unfinished {
    /// They are there, and must be read again: these articles are committed.
    Known,
    /// They were never read: these articles are deleted.
    Unknown,
}

#[derive(Clone)]
enum Stage {
    Waiting,
    /// Some articles are in; these were refused.
    Begun(Vec<Skip>),
    Done,
}

impl<'a> Applying<'a> {
    fn new(plan: &'a Plan, learned: Learned) -> Applying<'a> {
        let progress = Progress {
            total: plan.jobs.len() as u64,
            total_bytes: plan.jobs.iter().map(|job| job.file.stamp.size).sum(),
            ..Progress::default()
        };
        let mut gone = HashMap::new();
        for content in plan.deleted.iter().filter_map(|gone| gone.content) {
            *gone.entry(content).or_default() += 1;
        }
        Applying {
            plan,
            learned,
            stages: vec![Stage::Waiting; plan.jobs.len()],
            changes: BTreeMap::new(),
            gone,
            progress,
            articles: 0,
            added: 0,
            modified: 0,
            renamed: 0,
            unchanged: 0,
            interrupted: false,
        }
    }

    fn receive(&mut self, writer: &mut Writer, number: usize, message: Message) -> Result<(), Error> {
        let (Some(job), Some(stage)) = (self.plan.jobs.get(number), self.stages.get_mut(number)) else {
            return Ok(());
        };
        let mut refused = match std::mem::replace(stage, Stage::Done) {
            Stage::Begun(refused) => refused,
            _ => {
                // What the file gave before goes first, once.
                if job.known.is_some() && !matches!(message, Message::Unchanged(_)) {
                    writer.delete_file(&job.key)?;
                }
                Vec::new()
            }
        };
        match message {
            Message::Articles(records) => {
                for record in records {
                    let bytes = record.article.body.len().max(record.article.title.len()) as u64;
                    match writer.add_from_file(record, &job.key) {
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
                self.articles += file.articles;
                if job.known.is_some() {
                    self.modified += 1;
                } else if let Some(count) = self.gone.get_mut(&(file.stamp.size, file.hash)).filter(|count| **count > 0)
                {
                    *count -= 1;
                    self.renamed += 1;
                } else {
                    self.added += 1;
                }
                self.changes.insert(job.key.clone(), Some(file));
            }
            Message::Unchanged(file) => {
                self.unchanged += 1;
                self.changes.insert(job.key.clone(), Some(file));
            }
        }
        self.progress.files += 1;
        self.progress.bytes += job.file.stamp.size;
        Ok(())
    }

    /// Returns the jobs of which only some articles are in.
    fn unfinished(&self) -> impl Iterator<Item = &'a Job> {
        let stages = self.plan.jobs.iter().zip(&self.stages);
        stages.filter(|(_, stage)| matches!(stage, Stage::Begun(_))).map(|(job, _)| job)
    }

    /// Returns the bookkeeping of what is in.
    fn manifest(&mut self, index: &Index, unfinished: Unfinished) -> Manifest {
        // A state that no file has: it will be read again, and what it gave goes first.
        let state = (unfinished == Unfinished::Known).then(FileState::default);
        let unfinished: Vec<String> = self.unfinished().map(|job| job.key.clone()).collect();
        self.changes.extend(unfinished.into_iter().map(|key| (key, state.clone())));
        let mut manifest = self.plan.manifest.with(&self.changes);
        manifest.learned = self.learned.clone();
        let deletes = !self.plan.deleted.is_empty() || self.plan.jobs.iter().any(|job| job.known.is_some());
        manifest.unpurged = purge::after_commit(index, manifest.unpurged, deletes, now_ns());
        manifest
    }

    fn report(self, manifest: &Manifest) -> RefreshReport {
        let report = report_of(self.plan, manifest);
        RefreshReport {
            added: self.added,
            modified: self.modified,
            renamed: self.renamed,
            deleted: report.deleted - self.renamed,
            unchanged: report.unchanged + self.unchanged,
            articles: self.articles,
            interrupted: self.interrupted,
            ..report
        }
    }
}

/// Reports what the plan itself says, and all that is left out of the files of `manifest`.
fn report_of(plan: &Plan, manifest: &Manifest) -> RefreshReport {
    let mut skipped = plan.skipped.clone();
    for section in &manifest.sections {
        skipped.extend(section.with_skips().flat_map(|file| skipped_of(section, &file)));
    }
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

fn skipped_of(section: &Section, file: &Known<'_>) -> Vec<Skipped> {
    let mut path = ingest::path_of_key(&section.root);
    if !file.path.is_empty() {
        path.push(ingest::path_of_key(file.path));
    }
    file.skipped().into_iter().map(|skip| Skipped::new(&path, skip)).collect()
}
