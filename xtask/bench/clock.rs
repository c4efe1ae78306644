//! In: files with JSON lists of values. Out: how fast they are decoded and encoded, and what came out, as one number.

use crate::codec::{self, Root};
use std::hash::{DefaultHasher, Hasher};
use std::time::{Duration, Instant};

/// For how long each measurement goes on; the fastest turn counts.
const LONG: Duration = Duration::from_millis(120);

/// The sum over all types.
pub struct Sum {
    bytes: usize,
    out: usize,
    decode: f64,
    located: f64,
    encode: f64,
    hasher: DefaultHasher,
}

impl Default for Sum {
    fn default() -> Self {
        Self { bytes: 0, out: 0, decode: 0.0, located: 0.0, encode: 0.0, hasher: DefaultHasher::new() }
    }
}

impl Sum {
    /// Measures one type.
    pub fn add<T: Root>(&mut self, name: &str) {
        let folder = std::env::args().nth(1).unwrap_or_default();
        let json = std::fs::read(format!("{folder}/{name}.json")).unwrap_or_default();
        let values = match codec::decode::<T>(&json) {
            Ok(values) => values,
            Err(error) => {
                eprintln!("{name}: {error}");
                std::process::exit(1);
            }
        };
        let out = codec::encode(&values);
        // The order of members may differ.
        let read: serde_json::Value = serde_json::from_slice(&out).unwrap_or_default();
        self.hasher.write(read.to_string().as_bytes());
        self.bytes += json.len();
        self.out += out.len();
        self.decode += fastest(|| codec::decode::<T>(&json).is_ok());
        #[cfg(feature = "paths")]
        {
            self.located += fastest(|| codec::decode_located::<T>(&json).is_ok());
        }
        self.encode += fastest(|| codec::encode(&values).len() == out.len());
    }

    /// Prints MB a second: decoding, decoding with the path of an error, encoding; then the number.
    pub fn print(&self) {
        let speed = |bytes: usize, seconds: f64| bytes as f64 / 1e6 / seconds;
        let (decode, located) = (speed(self.bytes, self.decode), speed(self.bytes, self.located));
        println!("{decode} {located} {} {:016x}", speed(self.out, self.encode), self.hasher.finish());
    }
}

fn fastest(mut turn: impl FnMut() -> bool) -> f64 {
    let begin = Instant::now();
    let mut fastest = f64::INFINITY;
    while begin.elapsed() < LONG {
        let turned = Instant::now();
        assert!(std::hint::black_box(turn()));
        fastest = fastest.min(turned.elapsed().as_secs_f64());
    }
    fastest
}
