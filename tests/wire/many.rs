//! In: one client and many calls at once. Out: each call's own answer, and nothing that is left behind.

use crate::clients::{message, settings, wait};
use crate::servers;
use axum::extract::{Request, State};
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tokio::sync::Notify;
use voximplant_client::{Client, Retry, Token, blocking};

const CALLS: usize = 200;

/// The text of a call, and the segments that it takes: each answer shows whose it is.
fn text(call: usize) -> (String, i64) {
    let segments = call % 4 + 1;
    let length = if segments == 1 { 160 } else { segments * 153 };
    ("x".repeat(length), segments.try_into().unwrap())
}

#[test]
fn two_hundred_calls_share_a_client() {
    let (server, url, token) = servers::voximplant();
    let client = settings(Client::builder(), &url).auth(Token::new(token)).build().unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let calls: Vec<_> = (0..CALLS)
        .map(|call| {
            let client = client.clone();
            runtime.spawn(async move {
                let (text, segments) = text(call);
                let sent = message(client.sms(), &text).send().await.unwrap();
                assert_eq!(sent.fragments_count, Some(segments));
                sent.message_id.unwrap()
            })
        })
        .collect();
    let ids: BTreeSet<_> = calls.into_iter().map(|call| wait(call).unwrap()).collect();
    assert_eq!(ids.len(), CALLS);
    assert_eq!(server.requests().len(), CALLS);
}

#[test]
fn threads_share_a_blocking_client() {
    let (server, url, token) = servers::voximplant();
    let client = settings(blocking::Client::builder(), &url).auth(Token::new(token)).build().unwrap();
    std::thread::scope(|scope| {
        for thread in 0..8 {
            let client = client.clone();
            scope.spawn(move || {
                for call in 0..25 {
                    let (text, segments) = text(thread + call);
                    assert_eq!(message(client.sms(), &text).send().unwrap().fragments_count, Some(segments));
                }
            });
        }
    });
    assert_eq!(server.requests().len(), CALLS);
}

/// As many calls at once as the system has files for, with something left for the rest of this process.
fn most_calls() -> usize {
    let limits = std::fs::read_to_string("/proc/self/limits").unwrap_or_default();
    let files = limits.lines().find_map(|line| line.strip_prefix("Max open files")?.split_whitespace().next());
    files.and_then(|files| files.parse::<usize>().ok()).map_or(200, |files| files.saturating_sub(500)).min(10_000)
}

/// How many files this process has open, and the most memory that it had, in MiB, where Linux tells.
fn use_of_system() -> (usize, usize) {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let memory = status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.split_whitespace().next());
    let memory = memory.and_then(|memory| memory.parse::<usize>().ok()).unwrap_or_default();
    (std::fs::read_dir("/proc/self/fd").map_or(0, Iterator::count), memory / 1024)
}

/// Every tenth call asks for what is never answered, and is given up; the others are answered when all are there.
const SILENT: &str = "447443332210";

#[test]
fn ten_thousand_calls_at_once_share_a_client() {
    let calls = most_calls();
    if calls < 10_000 {
        eprintln!("only {calls} calls: the system lets a process have no more files");
    }
    let mut server = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "many::a_server_for_the_ten_thousand", "--ignored", "--nocapture"])
        .env("OASMITH_CALLS", calls.to_string())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(server.stdout.take().unwrap()).lines();
    let url =
        lines.find_map(|line| line.unwrap().split_once("http://").map(|(_, url)| format!("http://{url}"))).unwrap();
    let (files, memory) = use_of_system();
    let begin = Instant::now();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let client = Client::builder().base_url(url).auth(Token::new("t")).retry(Retry::never());
    let client = client.timeout(Duration::from_secs(300)).build().unwrap();
    let send = |call: usize| {
        let to = if call.is_multiple_of(10) { SILENT.to_owned() } else { format!("44744333{call:04}") };
        let sent = client.sms().send_sms_message().source("1").destination(&to).sms_body("x");
        // More at once, and the system drops some connections, which it asks for again a second later.
        if call.is_multiple_of(500) {
            std::thread::sleep(Duration::from_millis(50));
        }
        runtime.spawn(async move { (call, sent.send().await) })
    };
    let (silent, answered): (Vec<_>, Vec<_>) = (0..calls).map(send).enumerate().partition(|(call, _)| call % 10 == 0);
    runtime.block_on(async {
        for (_, one) in answered {
            let (call, sent) = one.await.unwrap();
            assert_eq!(sent.unwrap().message_id, Some(call.try_into().unwrap()));
        }
        for (_, one) in silent {
            assert!(!one.is_finished(), "no answer came, and the time is not over");
            one.abort();
            assert!(one.await.unwrap_err().is_cancelled());
        }
    });
    let taken = begin.elapsed();
    drop(client);
    drop(runtime);
    let (files_after, most) = use_of_system();
    assert!(files_after <= files + 10, "{files} files before, {files_after} after");
    assert!(most.saturating_sub(memory) < calls / 10, "{} MiB for {calls} calls", most - memory);
    assert!(taken < Duration::from_secs(300), "{taken:?}: what is given up is not waited for");
    drop(server.stdin.take());
    server.wait().unwrap();
}

/// A process of its own, so that each side has all the files that a process may open.
#[test]
#[ignore = "started by another test"]
fn a_server_for_the_ten_thousand() {
    let Ok(calls) = std::env::var("OASMITH_CALLS") else { return };
    let state = Arc::new((AtomicUsize::new(0), Notify::new(), calls.parse::<usize>().unwrap()));
    let answer = |State(state): State<Arc<(AtomicUsize, Notify, usize)>>, request: Request| async move {
        let (came, all, calls) = &*state;
        let to = request.uri().query().unwrap().split_once("destination=").unwrap().1;
        let to = to.split_once('&').unwrap().0.to_owned();
        let answered = all.notified();
        if came.fetch_add(1, Ordering::SeqCst) + 1 == *calls {
            all.notify_waiters();
        } else {
            answered.await;
        }
        if to == SILENT {
            std::future::pending::<()>().await;
        }
        format!("{{\"message_id\": {}}}", to["44744333".len()..].parse::<u32>().unwrap())
    };
    let router = axum::Router::new().fallback(answer).with_state(state);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let address = runtime.block_on(async {
        let socket = tokio::net::TcpSocket::new_v4().unwrap();
        socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
        let listener = socket.listen(16_384).unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move { axum::serve(listener, router).await });
        address
    });
    println!("http://{address}");
    std::io::stdout().flush().unwrap();
    // Until the other test has ended.
    let _ = std::io::stdin().read(&mut [0; 1]);
    runtime.shutdown_background();
}
