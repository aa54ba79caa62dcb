//! The `hence` binary: arguments in, exit status out.

use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

unsafe extern "C" {
    fn mi_collect(force: bool);
}

/// Returns to the system what has been freed.
fn give_back() {
    // SAFETY: the allocator's own function, which takes no pointer and may be called at any time.
    unsafe { mi_collect(true) }
}

fn main() -> ExitCode {
    hence::cli::gives_back(give_back);
    hence::cli::main(std::env::args_os().collect())
}
