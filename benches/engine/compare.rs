//! Ours and theirs in turn, timed.

use std::time::Instant;

/// Runs ours and theirs in turn, three times, and prints the medians.
pub fn compare(name: &str, ours: impl Fn() -> usize, theirs: impl Fn() -> usize) {
    let mut times = [Vec::new(), Vec::new()];
    let mut rows = [0, 0];
    let mut bytes = [0, 0];
    for _ in 0..3 {
        for (which, run) in [&ours as &dyn Fn() -> usize, &theirs]
            .into_iter()
            .enumerate()
        {
            let before = peak::reset();
            let start = Instant::now();
            rows[which] = run();
            times[which].push(start.elapsed().as_secs_f64());
            bytes[which] = peak::read().saturating_sub(before);
        }
    }
    assert_eq!(
        rows[0], rows[1],
        "{name}: both find the same number of rows"
    );
    let [ours, theirs] = times.map(|mut times| {
        times.sort_by(f64::total_cmp);
        times[1]
    });
    let per_row = bytes.map(|bytes| bytes as f64 / rows[0].max(1) as f64);
    println!(
        "{name:20} {:>10} rows  hence {ours:.4} s {:5.1} B/row  ascent {theirs:.4} s {:5.1} B/row  ratio {:.2}",
        rows[0],
        per_row[0],
        per_row[1],
        ours / theirs
    );
}

/// Alone: `ascent` has no such negation.
pub fn alone(name: &str, ours: impl Fn() -> String) {
    let start = Instant::now();
    let said = ours();
    println!(
        "{name:20} hence {:.4} s  {said}",
        start.elapsed().as_secs_f64()
    );
}

/// Bytes at the peak, by the kernel's count.
mod peak {
    /// Forgets the peak so far; what is held now.
    pub fn reset() -> usize {
        // Not everywhere allowed; the figures are then those of the largest case so far.
        let _ = std::fs::write("/proc/self/clear_refs", "5");
        status("VmRSS:")
    }

    pub fn read() -> usize {
        status("VmHWM:")
    }

    fn status(field: &str) -> usize {
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix(field))
            .unwrap_or_default();
        line.split_whitespace()
            .next()
            .and_then(|kib| kib.parse::<usize>().ok())
            .unwrap_or(0)
            * 1024
    }
}
