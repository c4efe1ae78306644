//! In: the generated client, in WebAssembly without a clock or threads. Out: that it works there with a transport that no
//! other thread could share, as those over JavaScript are; or a trap.

#[cfg(target_family = "wasm")]
mod calls;

fn main() {
    #[cfg(target_family = "wasm")]
    calls::run();
}
