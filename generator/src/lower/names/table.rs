//! In: an `Api`. Out: a table of all that has a name in Rust, one line each, sorted: its address, its name, and how it
//! came by that.

use crate::ir::{
    Api, Body, Constant, Definition, Field, Group, Operation, Parameter, Reason, Shape, Type, Union, Webhook,
};
use crate::name;
use crate::pointer::Pointer;

/// The name that something has, the one that it wishes for, and where it stands.
struct Claim {
    name: String,
    wish: String,
    at: String,
}

impl Claim {
    fn new(name: &str, wish: String, at: String) -> Self {
        Self { name: name.to_owned(), wish, at }
    }

    /// Why it has its name: for its own reason, or since another has or wants the one that it wished for.
    fn why(&self, reason: &str, all: &[Self]) -> String {
        if self.name == self.wish {
            return reason.to_owned();
        }
        let rivals = || all.iter().filter(|other| other.at != self.at);
        let rival =
            rivals().find(|other| other.name == self.wish).or_else(|| rivals().find(|other| other.wish == self.wish));
        match rival {
            Some(rival) => format!("collision with {}", rival.at),
            None => format!("collision with `{}`, which generated code uses itself", self.wish),
        }
    }
}

/// The table; `address` says where the author wrote what stands at a pointer.
pub fn table(api: &Api, address: impl Fn(&Pointer) -> String) -> String {
    let mut table = Table { api, address: &address, lines: Vec::new() };
    api.types.0.iter().for_each(|definition| table.definition(definition));
    api.groups.iter().for_each(|group| table.group(group));
    table.webhooks(&api.webhooks);
    table.lines.sort();
    table.lines.dedup();
    table.lines.concat()
}

struct Table<'a> {
    api: &'a Api,
    address: &'a dyn Fn(&Pointer) -> String,
    lines: Vec<String>,
}

impl Table<'_> {
    fn line(&mut self, address: &str, name: &str, why: &str) {
        self.lines.push(format!("{address}  ->  {name}  ({why})\n"));
    }

    fn definition(&mut self, definition: &Definition) {
        let naming = &definition.naming;
        let reason = match naming.reason {
            Reason::Component => "its own name",
            Reason::Given => "x-rust-name",
            Reason::Title => "title",
            Reason::Place => "place",
        };
        let own = self.claim(definition);
        let wishes_for = |other: &&Definition| other.name == naming.wish || other.naming.wish == naming.wish;
        let all: Vec<_> = self.api.types.0.iter().filter(wishes_for).map(|other| self.claim(other)).collect();
        self.line(&own.at, &own.name, &own.why(reason, &all));
        match &definition.shape {
            Shape::Struct { fields, .. } => self.fields(definition, fields),
            Shape::Enum(constants) | Shape::Numbers(constants) => self.constants(definition, constants),
            Shape::Union(union) => self.variants(definition, union),
            Shape::Alias(_) | Shape::Newtype(_) => {}
        }
    }

    fn claim(&self, definition: &Definition) -> Claim {
        Claim::new(&definition.name, definition.naming.wish.clone(), (self.address)(&definition.origin))
    }

    /// The fields whose names are not those on the wire.
    fn fields(&mut self, definition: &Definition, fields: &[Field]) {
        let claim = |field: &Field| Claim::new(&field.name, name::member(&field.wire), (self.address)(&field.origin));
        let claims: Vec<Claim> = fields.iter().map(claim).collect();
        let renamed = claims.iter().zip(fields).filter(|(own, field)| own.name != field.wire);
        for (own, _) in renamed {
            self.line(&own.at, &format!("{}.{}", definition.name, own.name), &own.why("spelling", &claims));
        }
    }

    fn constants(&mut self, definition: &Definition, constants: &[Constant]) {
        let at = (self.address)(&definition.origin.join("enum"));
        let is_number = matches!(definition.shape, Shape::Numbers(_));
        let value = |wire: &str| if is_number { wire.to_owned() } else { format!("{wire:?}") };
        let claim = |constant: &Constant| {
            let at = format!("{at} {}", value(&constant.wire));
            Claim::new(&constant.name, name::variant(&constant.wire), at)
        };
        let claims: Vec<Claim> = constants.iter().map(claim).collect();
        for own in &claims {
            let why = match own.why("its value", &claims) {
                // Nothing else wants that name, so it was not wished for.
                why if why.contains('`') && own.wish != "Unknown" => "given beside its value".to_owned(),
                why => why,
            };
            self.line(&own.at, &format!("{}::{}", definition.name, own.name), &why);
        }
    }

    fn variants(&mut self, definition: &Definition, union: &Union) {
        for variant in &union.variants {
            let reason = match variant.r#type {
                Type::Named(id) | Type::Boxed(id) => Some(self.api.types.get(id).naming.reason),
                _ => None,
            };
            let why = match reason {
                Some(Reason::Component) => "its schema's name",
                Some(Reason::Title) => "title",
                _ => "what tells it apart",
            };
            let at = (self.address)(&variant.origin);
            self.line(&at, &format!("{}::{}", definition.name, variant.name), why);
        }
    }

    fn group(&mut self, group: &Group) {
        let mut start = String::new();
        if let Some(tag) = &group.tag {
            let claim = |other: &Group| {
                let tag = other.tag.as_ref()?;
                Some(Claim::new(&other.module, name::member(tag), format!("tag {tag:?}")))
            };
            let claims: Vec<Claim> = self.api.groups.iter().filter_map(claim).collect();
            let own = Claim::new(&group.module, name::member(tag), format!("tag {tag:?}"));
            self.line(&own.at, &format!("{}()", own.name), &own.why("tag", &claims));
            start = format!("{}().", group.module);
        }
        let claim = |operation: &Operation| {
            let at = (self.address)(&operation.origin);
            let by_place = operation.id == format!("{} {}", operation.method, operation.path);
            let wish = if by_place { operation.name.clone() } else { name::member(&operation.id) };
            (Claim::new(&operation.name, wish, at), if by_place { "method and path" } else { "operationId" })
        };
        let (claims, reasons): (Vec<Claim>, Vec<_>) = group.operations.iter().map(claim).unzip();
        for ((operation, own), reason) in group.operations.iter().zip(&claims).zip(reasons) {
            let call = format!("{start}{}()", own.name);
            self.line(&own.at, &call, &own.why(reason, &claims));
            self.parameters(&call, operation);
        }
    }

    fn webhooks(&mut self, webhooks: &[Webhook]) {
        let claim = |webhook: &Webhook| {
            let prefix = webhook.callback.as_ref().map(|callback| name::type_(&callback.operation));
            let wish = format!("{}{}", prefix.unwrap_or_default(), name::type_(&webhook.wire));
            Claim::new(&webhook.name, wish, (self.address)(&webhook.origin))
        };
        let claims: Vec<Claim> = webhooks.iter().map(claim).collect();
        for (webhook, own) in webhooks.iter().zip(&claims) {
            let reason = if webhook.callback.is_some() { "operation and callback" } else { "its own name" };
            self.line(&own.at, &format!("webhooks::{}", own.name), &own.why(reason, &claims));
            let claim = |one: &Parameter| {
                let at = format!("{} {:?}", (self.address)(&one.origin), one.wire);
                Claim::new(&one.name, name::member(&one.wire), at)
            };
            let claims: Vec<Claim> = webhook.parameters.iter().map(claim).collect();
            for field in &claims {
                self.line(&field.at, &format!("{}.{}", own.name, field.name), &field.why("its own name", &claims));
            }
        }
    }

    fn parameters(&mut self, call: &str, operation: &Operation) {
        let claim = |one: &Parameter| {
            let at = format!("{} {:?}", (self.address)(&one.origin), one.wire);
            Claim::new(&one.name, name::member(&one.wire), at)
        };
        let mut claims: Vec<Claim> = operation.parameters.iter().map(claim).collect();
        let body = |body: &Body| Claim::new(&body.name, "body".to_owned(), (self.address)(&body.origin));
        claims.extend(operation.body.as_ref().map(body));
        for own in claims.iter().take(operation.parameters.len()) {
            self.line(&own.at, &format!("{call}.{}(..)", own.name), &own.why("its own name", &claims));
        }
    }
}
