//! Files are read and decoded on several threads, and handed over to the one that indexes.

use std::fs::File;
use std::io::{self, Seek};
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::time::{Duration, Instant, SystemTime};

use super::plan::Job;
use crate::index::manifest::FileState;
use crate::ingest::{self, FileEntry, Item, ReadOptions, Record, Skip, Stamp};
use crate::{Error, ErrorKind};

/// What the reading of a file gives.
pub(super) enum Message {
    /// Some articles of the file; more may come.
    Articles(Vec<Record>),
    /// The file was read as far as it could be.
    Read(FileState),
    /// The file holds what it held before.
    Unchanged(FileState),
}

/// Articles are handed over in batches of at most so many, or so many bytes of text.
const BATCH_ARTICLES: usize = 64;
const BATCH_BYTES: usize = 256 << 10;

/// Small files are handed over so many messages at a time, or so many bytes of text: to wake the thread that indexes for each
/// takes longer than to read some of them.
const PARCEL_MESSAGES: usize = 32;
const PARCEL_BYTES: usize = 64 << 10;

/// A file that took longer to read, as by a command, is handed over at once: the next may take as long.
const LONG_READ: Duration = Duration::from_millis(5);

/// What is left out of one file is told one by one up to so many times.
const MAX_SKIPS: usize = 20;

/// Reads all files on `threads` threads, and hands what they give to `receive`, with the number of the job.
///
/// What comes of one file comes in order; files come in any order. At most two parcels a thread wait. Reading stops
/// when `receive` breaks or fails.
pub(super) fn run(
    jobs: &[Job],
    options: &ReadOptions,
    threads: usize,
    receive: &mut dyn FnMut(usize, Message) -> Result<ControlFlow<()>, Error>,
) -> Result<(), Error> {
    let next = AtomicUsize::new(0);
    let stop = AtomicBool::new(false);
    let threads = threads.clamp(1, jobs.len().max(1));
    std::thread::scope(|scope| {
        let (sender, receiver) = sync_channel::<Vec<(usize, Message)>>(threads * 2);
        let workers: Vec<_> = (0..threads)
            .map(|_| {
                let sender = sender.clone();
                scope.spawn(|| work(jobs, options, &next, &stop, sender))
            })
            .collect();
        drop(sender);
        let mut outcome = Ok(());
        for (job, message) in receiver.iter().flatten() {
            match receive(job, message) {
                Ok(ControlFlow::Continue(())) => continue,
                Ok(ControlFlow::Break(())) => {}
                Err(error) => outcome = Err(error),
            }
            stop.store(true, Ordering::Relaxed);
            break;
        }
        // Threads that wait to hand something over fail to, and end.
        drop(receiver);
        for worker in workers {
            if worker.join().is_err() && outcome.is_ok() {
                let text = "reading a file ended in a defect of limier: please report it";
                outcome = Err(Error::new(ErrorKind::Internal, text));
            }
        }
        outcome
    })
}

fn work(
    jobs: &[Job],
    options: &ReadOptions,
    next: &AtomicUsize,
    stop: &AtomicBool,
    sender: SyncSender<Vec<(usize, Message)>>,
) {
    let mut parcel = Parcel { messages: Vec::new(), bytes: 0, sender };
    while !stop.load(Ordering::Relaxed) {
        let number = next.fetch_add(1, Ordering::Relaxed);
        let Some(job) = jobs.get(number) else { break };
        let began = Instant::now();
        let last = read(job, options, &mut |articles, bytes| parcel.push(number, Message::Articles(articles), bytes));
        let mut flow = parcel.push(number, last, 0);
        if began.elapsed() >= LONG_READ && flow.is_continue() {
            flow = parcel.send();
        }
        if flow.is_break() {
            return;
        }
    }
    let _ = parcel.send();
}

/// Messages that wait to be handed over together.
struct Parcel {
    messages: Vec<(usize, Message)>,
    bytes: usize,
    sender: SyncSender<Vec<(usize, Message)>>,
}

impl Parcel {
    fn push(&mut self, job: usize, message: Message, bytes: usize) -> ControlFlow<()> {
        self.messages.push((job, message));
        self.bytes += bytes;
        if self.messages.len() < PARCEL_MESSAGES && self.bytes < PARCEL_BYTES {
            return ControlFlow::Continue(());
        }
        self.send()
    }

    /// Hands over what there is; breaks where nobody takes it any more.
    fn send(&mut self) -> ControlFlow<()> {
        self.bytes = 0;
        match self.sender.send(std::mem::take(&mut self.messages)) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        }
    }
}

/// Takes articles of a file, and the bytes of their texts.
type Send<'s> = dyn FnMut(Vec<Record>, usize) -> ControlFlow<()> + 's;

/// Reads one file; what goes wrong becomes part of its state.
fn read(job: &Job, options: &ReadOptions, send: &mut Send<'_>) -> Message {
    let mut state = FileState { stamp: job.file.stamp, ..FileState::default() };
    match try_read(job, options, &mut state, send) {
        Ok(true) => Message::Read(state),
        Ok(false) => Message::Unchanged(state),
        Err(error) => {
            (state.hash, state.settled) = (0, false);
            state.skipped.push(Skip::Unreadable { error: error.to_string() });
            // What could not be read before, for the same reason, is no change.
            match &job.known {
                Some(known) if job.in_doubt && known.skipped == state.skipped => Message::Unchanged(state),
                _ => Message::Read(state),
            }
        }
    }
}

/// Reads one file into `state`, and tells whether its content is new.
fn try_read(job: &Job, options: &ReadOptions, state: &mut FileState, send: &mut Send<'_>) -> io::Result<bool> {
    let path = job.file.origin.path().unwrap_or_default();
    // The clock is read first: whatever changes from here on is newer.
    let started_ns = ingest::ns_since_epoch(SystemTime::now());
    let mut file = File::open(path)?;
    let metadata = file.metadata()?;
    state.stamp = Stamp::of(&metadata);
    if !metadata.is_file() {
        state.skipped.push(Skip::NotAFile);
        return Ok(true);
    }
    if let Some(known) = job.known.as_ref().filter(|known| job.in_doubt && known.hash != 0) {
        let hash = ingest::hash(&mut file)?;
        let after = Stamp::of(&file.metadata()?);
        if hash == known.hash && after == state.stamp {
            *state = FileState { stamp: after, settled: after.is_settled(started_ns), ..known.clone() };
            return Ok(false);
        }
        file.rewind()?;
        state.stamp = after;
    }
    let mut batch = Batch { records: Vec::new(), bytes: 0, send };
    let FileEntry { origin, kind, .. } = &job.file;
    let outcome = ingest::read_open(&mut file, state.stamp.size, *kind, origin, options, &mut |item| match item {
        Item::Record(record) => {
            state.articles += 1;
            batch.push(record)
        }
        Item::Skip(skip) => {
            note(&mut state.skipped, skip);
            ControlFlow::Continue(())
        }
    })?;
    let _ = batch.flush();
    state.hash = outcome.hash;
    // A file that changed while it was read is read again next time.
    state.settled = state.stamp.is_settled(started_ns) && Stamp::of(&file.metadata()?) == state.stamp;
    Ok(true)
}

/// Adds to what was left out of a file; beyond a number only the count grows.
pub(super) fn note(skipped: &mut Vec<Skip>, skip: Skip) {
    let has_room = skipped.len() < MAX_SKIPS;
    match skipped.last_mut() {
        Some(Skip::More { count }) => *count += 1,
        _ if has_room => skipped.push(skip),
        _ => skipped.push(Skip::More { count: 1 }),
    }
}

/// Articles that wait to be handed over.
struct Batch<'a, 's> {
    records: Vec<Record>,
    bytes: usize,
    send: &'a mut Send<'s>,
}

impl Batch<'_, '_> {
    fn push(&mut self, record: Record) -> ControlFlow<()> {
        self.bytes += record.article.body.len();
        self.records.push(record);
        if self.records.len() < BATCH_ARTICLES && self.bytes < BATCH_BYTES {
            return ControlFlow::Continue(());
        }
        self.flush()
    }

    fn flush(&mut self) -> ControlFlow<()> {
        let bytes = std::mem::take(&mut self.bytes);
        let records = std::mem::take(&mut self.records);
        if records.is_empty() { ControlFlow::Continue(()) } else { (self.send)(records, bytes) }
    }
}
