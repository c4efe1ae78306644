//! Event streams whose schema is that of the event, not of its data.

use oasmith_reality::event_streams::types::{AnyEvent, SseResponseEventItem};
use oasmith_reality::event_streams::{Operations, builder};
use oasmith_reality::runtime::{Error, blocking::Client};
use oasmith_reality::serve;

/// A client of a server that sends this.
fn streamed(body: &str) -> (Client, oasmith_tests::loopback::Loopback) {
    let server = serve(200, "text/event-stream", body);
    (builder().base_url(server.url("")).build().unwrap(), server)
}

#[test]
fn the_data_of_the_one_event_is_the_data() {
    let (client, _server) = streamed("data: {\"id\":\"a\"}\n\nid: 7\ndata: {\"id\":\"b\"}\n\ndata: [DONE]\n\n");
    let events: Vec<_> = client.chat().send_stream().unwrap().map(Result::unwrap).collect();
    assert_eq!(events.iter().map(|event| event.data.id.as_str()).collect::<Vec<_>>(), ["a", "b"]);
    assert_eq!(events[1].id.as_deref(), Some("7"));
    let (client, _server) = streamed("event: log\ndata: 42\n\ndata: \"quoted\"\n\n");
    let events: Vec<_> = client.text().send_stream().unwrap().map(Result::unwrap).collect();
    assert_eq!(
        (events[0].event.as_str(), events[0].data.as_str(), events[1].data.as_str()),
        ("log", "42", "\"quoted\"")
    );
}

#[test]
fn the_name_of_an_event_chooses_its_variant() {
    let (client, _server) = streamed(
        "id: 1\nevent: userCreate\nretry: 5\ndata: {\"name\":\"Ada\"}\n\n\
         data: {\"text\":\"hi\"}\n\nevent: note\ndata: plain words\n\n\
         event: later\ndata: {\"text\":\"kept\"}\n\nevent: userCreate\ndata: {\"name\":\"Bob\"}\n\n",
    );
    let events: Vec<_> = client.sse().send_stream().unwrap().collect();
    let json: Vec<_> =
        events.iter().map(|event| serde_json::to_value(&event.as_ref().unwrap().data).unwrap()).collect();
    assert_eq!(json[0]["data"]["name"], "Ada");
    assert_eq!((&json[0]["event"], &json[0]["id"]), (&"userCreate".into(), &1.into()));
    assert_eq!((&json[1]["event"], &json[1]["data"]["text"]), (&"message".into(), &"hi".into()));
    assert_eq!(json[2]["data"], "plain words");
    let is_known = |event: &SseResponseEventItem| !matches!(event, SseResponseEventItem::Unknown(_));
    let known: Vec<_> = events.iter().map(|event| is_known(&event.as_ref().unwrap().data)).collect();
    assert_eq!(known, [true, true, true, false, true], "an event of a new name is kept whole");
    assert_eq!(json[3]["data"]["text"], "kept");
}

#[test]
fn a_discriminator_and_an_id_that_is_required_are_in_the_event() {
    let (client, _server) =
        streamed("id: 1\nevent: removed\ndata: {\"name\":\"Ada\"}\n\nevent: added\ndata: {\"name\":\"Bob\"}\n\n");
    let mut events = client.union().send_stream().unwrap().map(|event| event.unwrap().data);
    assert!(matches!(events.next().unwrap(), AnyEvent::Removed(event) if event.id == "1" && event.data.name == "Ada"));
    assert!(matches!(events.next().unwrap(), AnyEvent::Added(event) if event.id == "1" && event.data.name == "Bob"));
}

#[test]
fn data_with_properties_of_its_own_is_data() {
    let (client, _server) = streamed("data: {\"data\":1,\"kind\":\"a\"}\n\ndata: {\"kind\":\"b\"}\n\n");
    let events: Vec<_> = client.plain().send_stream().unwrap().collect();
    assert_eq!(events[0].as_ref().unwrap().data.data, 1);
    assert!(matches!(&events[1], Err(Error::Decode(error)) if error.path().is_some()));
}
