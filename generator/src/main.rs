//! In: the command line. Out: the `oasmith` command's exit code. Only this binary touches the disk, not the library.

mod command;

fn main() -> std::process::ExitCode {
    command::run()
}
