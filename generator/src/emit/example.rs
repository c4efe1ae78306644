//! In: an `Operation`. Out: the example in its docs: compiled, never run.

use crate::Options;
use crate::ir::{Api, Decoded, Float, Format, Group, Operation, Stream, Success, Type};

use super::inputs::{Input, inputs};
use super::rust_type::{self, Scope};

/// A fenced example that gives the required inputs. Those without an obvious value are arguments of the hidden
/// function around it.
pub(super) fn example(api: &Api, options: &Options, group: &Group, operation: &Operation) -> String {
    let krate = options.crate_name();
    let inputs = inputs(operation);
    let required: Vec<_> = inputs.iter().filter(|input| input.required).collect();
    let mut arguments = format!("client: {krate}::Client");
    let mut chain = vec!["client".to_owned()];
    if group.tag.is_some() {
        chain.push(format!("    .{}()", group.module));
    }
    chain.push(format!("    .{}()", operation.name));
    for input in required {
        let value = literal(input).unwrap_or_else(|| {
            let name = if input.name == "client" { "client_input" } else { input.name };
            arguments.push_str(&format!(", {name}: {}", argument(api, &krate, group, input)));
            name.to_owned()
        });
        chain.push(format!("    .{}({value})", input.name));
    }
    // What is nothing but events is best read one by one.
    let is_text = operation.success == Success::Alone(Decoded::Text);
    let events = is_text && matches!(operation.stream, Some(Stream::Events(..) | Stream::TextEvents(..)));
    chain.push(if events { "    .send_stream()" } else { "    .send()" }.to_owned());
    chain.push("    .await?;".to_owned());
    let (binding, then) = match operation.success {
        _ if events => {
            ("let mut events = ", "while let Some(event) = events.next().await {\n    let data = event?.data;\n}\n")
        }
        Success::Alone(Decoded::Nothing) => ("", ""),
        _ => ("let answer = ", ""),
    };
    let chain = chain.join("\n");
    format!(
        "```no_run\n# async fn example({arguments}) -> Result<(), {krate}::Error> {{\n{binding}{chain}\n{then}# Ok(())\n# }}\n```"
    )
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
# Ok(())
# }
```";
        assert_eq!(example, expected);
    }
}
