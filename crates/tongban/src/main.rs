//! `tongban`: the one binary.

/// Half of what a case costs is small pieces of memory; this allocator hands them out several times
/// faster than the system's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    tongban::run()
}
