//! In: an `Operation`. Out: the example in its docs: compiled, never run.

use crate::Options;
use crate::ir::{Api, Decoded, Float, Format, Group, Operation, Stream, Success, Type};

use super::inputs::{Input, inputs};
use super::rust_type::{self, Scope};

/// How wide a line of code may be; as wide as rustfmt's.
const WIDTH: usize = 100;

/// A fenced example that gives the required inputs. Those without an obvious value are arguments of the hidden
/// function around it.
pub(super) fn example(api: &Api, options: &Options, group: &Group, operation: &Operation) -> String {
    let krate = options.crate_name();
    let inputs = inputs(operation);
    let required: Vec<_> = inputs.iter().filter(|input| input.required).collect();
    let mut arguments = format!("client: {krate}::Client");
    let mut chain = vec![String::new()];
    chain.extend(group.tag.is_some().then(|| format!(".{}()", group.module)));
    chain.push(format!(".{}()", operation.name));
    for input in required {
        let value = literal(input).unwrap_or_else(|| {
            let name = if input.name == "client" { "client_input" } else { input.name };
            arguments.push_str(&format!(", {name}: {}", argument(api, &krate, group, input)));
            name.to_owned()
        });
        chain.push(format!(".{}({value})", input.name));
    }
    // What is nothing but events is best read one by one.
    let is_text = operation.success == Success::Alone(Decoded::Text);
    let events = is_text
        && matches!(operation.stream, Some(Stream::Events(..) | Stream::TextEvents(..) | Stream::WholeEvents(..)));
    chain.extend([if events { ".send_stream()" } else { ".send()" }.to_owned(), ".await?;".to_owned()]);
    let then =
        if events { "\nwhile let Some(event) = events.next().await {\n    let data = event?.data;\n}" } else { "" };
    chain[0] = match operation.success {
        _ if events => "let mut events = client".to_owned(),
        Success::Alone(Decoded::Nothing) => "client".to_owned(),
        _ => "let answer = client".to_owned(),
    };
    let line = chain.concat();
    let code = if line.chars().count() <= WIDTH { line } else { chain.join("\n    ") } + then;
    format!("```no_run\n# async fn example({arguments}) -> Result<(), {krate}::Error> {{\n{code}\n# Ok(()) }}\n```")
}

/// A value that can be written down, if the type has an obvious one.
fn literal(input: &Input) -> Option<String> {
    match input.r#type? {
        Type::String => Some(format!("{:?}", input.name)),
        Type::Format(Format::Secret) => Some("\"secret\"".to_owned()),
        Type::Boolean => Some("true".to_owned()),
        Type::Integer(_) => Some("1".to_owned()),
        Type::Number(Float::F32 | Float::F64) => Some("1.0".to_owned()),
        _ => None,
    }
}

/// The type of an argument of the hidden function, from outside the crate; only the standard library, the crate
/// itself and the packages that it needs can be named there.
fn argument(api: &Api, krate: &str, group: &Group, input: &Input) -> String {
    match (input.r#type, &input.choice) {
        (Some(r#type), _) => rust_type::text(&rust_type::tokens(api, r#type, Scope::Crate))
            .replace("types::", &format!("{krate}::types::"))
            .replace("formats::", &format!("{krate}::")),
        (None, Some(choice)) => format!("{krate}::operations::{}::{choice}", group.module),
        (None, None) => format!("{krate}::Body"),
    }
}

#[cfg(test)]
mod tests {
    use super::example;
    use crate::emit::sample;

    #[test]
    fn required_inputs_are_given() {
        let (api, group) = (sample::api(), sample::sms());
        let example = example(&api, &sample::options(), &group, &group.operations[0]);
        let expected = "```no_run
# async fn example(client: sample_client::Client) -> Result<(), sample_client::Error> {
let answer = client
    .sms()
    .send_sms_message()
    .source(\"source\")
    .destination(\"destination\")
    .sms_body(\"sms_body\")
    .send()
    .await?;
# Ok(()) }
```";
        assert_eq!(example, expected);
    }

    #[test]
    fn a_short_one_is_one_line() {
        let (api, mut group) = (sample::api(), sample::sms());
        group.operations[0].parameters.truncate(1);
        let example = example(&api, &sample::options(), &group, &group.operations[0]);
        let line = "let answer = client.sms().send_sms_message().source(\"source\").send().await?;";
        assert!(example.lines().any(|other| other == line), "{example}");
    }
}
