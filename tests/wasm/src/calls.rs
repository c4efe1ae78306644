//! In: answers. Out: what the client makes of them, checked.
#![allow(clippy::unwrap_used, clippy::panic)]

use bytes::Bytes;
use futures_core::Stream;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::convert::Infallible;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;
use voximplant_client::operations::sms::GetSmsHistorySuccess;
use voximplant_client::{Body, Boxed, Client, Limits, Token, Transport, TransportError};

/// What is sent, and the answers to it. Like what JavaScript lends, it cannot go to another thread.
#[derive(Clone, Default)]
struct Lent {
    sent: Rc<RefCell<Vec<String>>>,
    answers: Rc<RefCell<VecDeque<http::Response<Body>>>>,
}

impl Transport for Lent {
    fn send(&self, request: http::Request<Body>, _: Limits) -> Boxed<'_, Result<http::Response<Body>, TransportError>> {
        let lent = self.clone();
        Box::pin(async move {
            later().await;
            let form = String::from_utf8_lossy(request.body().as_bytes().unwrap()).into_owned();
            lent.sent.borrow_mut().push(format!("{} {form}", request.uri().path()));
            Ok(lent.answers.borrow_mut().pop_front().unwrap())
        })
    }
}

impl Lent {
    fn answer(&self, status: u16, body: Body) {
        self.answers.borrow_mut().push_back(http::Response::builder().status(status).body(body).unwrap());
    }

    fn client(&self) -> Client {
        let client = Client::builder().base_url("https://api.example.com").auth(Token::new("t"));
        client.total_timeout(Duration::from_secs(5)).transport(self.clone()).build().unwrap()
    }
}

/// Is ready when it is asked a second time.
async fn later() {
    let mut asked = false;
    poll_fn(|context| {
        context.waker().wake_by_ref();
        if std::mem::replace(&mut asked, true) { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
}

fn drive<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    for _ in 0..100 {
        if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return value;
        }
    }
    panic!("it is never ready")
}

/// Some bytes that no other thread could have.
struct Chunks(Rc<RefCell<VecDeque<&'static str>>>);

impl Stream for Chunks {
    type Item = Result<Bytes, Infallible>;

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.borrow_mut().pop_front().map(|chunk| Ok(chunk.into())))
    }
}

pub(crate) fn run() {
    let lent = Lent::default();
    let client = lent.client();
    let send = || client.sms().send_sms_message().source("1").destination("2").sms_body("Hi").send();

    lent.answer(200, r#"{"result":1,"message_id":7}"#.into());
    assert_eq!(drive(send()).unwrap().message_id, Some(7));

    // There is nothing to wait on: the answer is given back.
    lent.answer(503, "busy".into());
    assert_eq!(drive(send()).unwrap_err().status().unwrap(), 503);
    assert_eq!(lent.sent.borrow().len(), 2);

    lent.answer(200, r#"{"result":[{"message_id":1},{"message_id":2}],"total_count":3}"#.into());
    lent.answer(200, r#"{"result":[{"message_id":3}],"total_count":3}"#.into());
    let mut items = client.sms().get_sms_history().count(2).items();
    let mut ids = Vec::new();
    while let Some(entry) = drive(items.next()) {
        ids.push(entry.unwrap().message_id.unwrap());
    }
    assert_eq!(ids, [1, 2, 3]);
    assert!(lent.sent.borrow()[3].ends_with("count=2&offset=2"), "{:?}", lent.sent.borrow());

    let chunks = Chunks(Rc::new(RefCell::new(["a,", "b"].into())));
    let mut file = http::Response::new(Body::stream(chunks));
    file.headers_mut().insert("content-type", http::HeaderValue::from_static("application/octet-stream"));
    lent.answers.borrow_mut().push_back(file);
    let answer = drive(client.sms().get_sms_history().output("csv").send()).unwrap();
    let GetSmsHistorySuccess::OkBytes(file) = answer else { panic!("{answer:?}") };
    assert_eq!(file, "a,b");
}
