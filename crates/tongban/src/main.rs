//! `tongban`: the one binary.

fn main() -> std::process::ExitCode {
    tongban::run()
}
