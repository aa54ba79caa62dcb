//! Ctrl-C: the run is asked to stop, and made to if it does not.

use super::watchdog;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Once, OnceLock};
use std::time::Duration;

/// How long a run may take to stop by itself.
const PATIENCE: Duration = Duration::from_secs(1);

static FLAG: OnceLock<Arc<AtomicBool>> = OnceLock::new();
static LISTENING: Once = Once::new();

/// Whether the first Ctrl-C only stops what is being worked on.
static ONLY_FLAG: AtomicBool = AtomicBool::new(false);

/// An interactive session outlives the run that is interrupted. Its terminal takes Ctrl-C for itself when it opens, so the session
/// calls [`listen`] once that is done.
pub fn only_flag() {
    ONLY_FLAG.store(true, Ordering::Relaxed);
}

/// The flag that Ctrl-C sets. The process ends at the second Ctrl-C, or where the flag is not heeded in time.
pub fn flag() -> Arc<AtomicBool> {
    if !ONLY_FLAG.load(Ordering::Relaxed) {
        listen();
    }
    shared()
}

fn shared() -> Arc<AtomicBool> {
    Arc::clone(FLAG.get_or_init(Arc::default))
}

/// From now on Ctrl-C sets the flag.
pub fn listen() {
    LISTENING.call_once(|| {
        let heard = shared();
        let handler = move || {
            if !heard.swap(true, Ordering::Relaxed) {
                if ONLY_FLAG.load(Ordering::Relaxed) {
                    return;
                }
                if watchdog::is_concluding() {
                    std::thread::sleep(PATIENCE);
                }
            }
            watchdog::interrupt();
        };
        // Where no handler can be set, Ctrl-C ends the process as it always did.
        let _ = ctrlc::set_handler(handler);
    });
}
