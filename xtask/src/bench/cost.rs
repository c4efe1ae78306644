//! In: a command. Out: what it and all that it started cost: CPU seconds and the largest process's memory.

use std::process::{Command, Stdio};
use wait4::Wait4;

/// What a command cost.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cost {
    /// Seconds of CPU, in programs and in the kernel for them.
    pub(super) cpu: f64,
    /// The most memory that one process held, in MB.
    pub(super) peak: f64,
}

impl Cost {
    /// Runs the command to its end.
    pub(super) fn of(command: &mut Command) -> Result<Self, String> {
        let name = format!("{command:?}");
        let child = command.stdout(Stdio::null()).spawn();
        let used = child.and_then(|mut child| child.wait4()).map_err(|error| format!("cannot run {name}: {error}"))?;
        if !used.status.success() {
            return Err(format!("failed: {name}"));
        }
        let cpu = used.rusage.utime + used.rusage.stime;
        Ok(Self { cpu: cpu.as_secs_f64(), peak: used.rusage.maxrss as f64 / 1e6 })
    }

    /// The smaller of each figure: what else the machine did can only add to it.
    pub(super) fn least(self, other: Option<Self>) -> Self {
        match other {
            Some(other) => Self { cpu: self.cpu.min(other.cpu), peak: self.peak.min(other.peak) },
            None => self,
        }
    }
}
