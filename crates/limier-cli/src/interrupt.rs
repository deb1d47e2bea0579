//! Ctrl-C while files are read: the first asks for an end, and what was read is kept; the second ends the program.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::{flag, low_level};

static FLAGS: OnceLock<Flags> = OnceLock::new();

struct Flags {
    /// An end was asked for.
    came: Arc<AtomicBool>,
    /// The next signal does what it does to any program.
    is_default: Arc<AtomicBool>,
    /// How much work is going on that ends in good order.
    at_work: AtomicUsize,
}

/// Work that ends in good order when it is interrupted; signals end the program at once again when the last is dropped.
#[derive(Debug)]
pub(crate) struct Interruptible(());

impl Interruptible {
    pub(crate) fn begin() -> Interruptible {
        let flags = FLAGS.get_or_init(|| {
            let flags = Flags { came: Arc::default(), is_default: Arc::default(), at_work: AtomicUsize::new(0) };
            for signal in [SIGINT, SIGTERM] {
                // Where signals cannot be caught, they end the program, which loses no more than a kill does.
                let _ = flag::register_conditional_default(signal, flags.is_default.clone())
                    .and_then(|_| flag::register(signal, flags.came.clone()))
                    .and_then(|_| flag::register(signal, flags.is_default.clone()));
            }
            flags
        });
        flags.at_work.fetch_add(1, Ordering::SeqCst);
        flags.is_default.store(flags.came.load(Ordering::SeqCst), Ordering::SeqCst);
        Interruptible(())
    }

    /// Tells whether an end was asked for.
    pub(crate) fn is_over(&self) -> bool {
        FLAGS.get().is_some_and(|flags| flags.came.load(Ordering::SeqCst))
    }

    /// Ends the program as the signal would have, so that a shell stops its loops, too.
    pub(crate) fn end(self) -> ! {
        let _ = low_level::emulate_default_handler(SIGINT);
        std::process::exit(128 + SIGINT)
    }
}

impl Drop for Interruptible {
    fn drop(&mut self) {
        if let Some(flags) = FLAGS.get()
            && flags.at_work.fetch_sub(1, Ordering::SeqCst) == 1
        {
            flags.is_default.store(true, Ordering::SeqCst);
        }
    }
}
