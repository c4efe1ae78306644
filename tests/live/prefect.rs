//! In: the URL of a Prefect server. Out: what it makes of a program that creates, reads, changes and deletes with the client
//! generated from its own document, printed; an error ends it.

use live_client::blocking::Client;
use live_client::serde_json;
use live_client::types::{
    AutomationActionsItem, AutomationCreate, AutomationPartialUpdate, BodyReadAutomationsAutomationsFilterPost,
    CancelFlowRun, DoNothing, EventTriggerInput, EventTriggerInputPosture, FlowCreate, FlowUpdate, PauseAutomation,
    PauseAutomationSource, ResumeFlowRun, SuspendFlowRun, VariableCreate, VariableUpdate, WorkPoolCreate,
    WorkPoolUpdate,
};

type Result<T = ()> = std::result::Result<T, Box<dyn std::error::Error>>;

fn main() -> Result {
    let client = Client::builder().base_url(format!("{}/api", std::env::var("SERVER")?)).build()?;
    println!("version {}", client.admin().read_version_admin_version_get().send()?);
    automations(&client)?;
    flows(&client)?;
    variables(&client)?;
    work_pools(&client)
}

/// Automations hold unions: the server's own models tell their subschemas apart by a constant that is not required.
fn automations(client: &Client) -> Result {
    let automations = client.automations();
    let actions = vec![
        DoNothing::builder().build().into(),
        CancelFlowRun::builder().build().into(),
        SuspendFlowRun::builder().build().into(),
        ResumeFlowRun::builder().build().into(),
        PauseAutomation::builder().source(PauseAutomationSource::Inferred).build().into(),
    ];
    let trigger = EventTriggerInput::builder().posture(EventTriggerInputPosture::Reactive);
    let trigger = trigger.expect(vec!["prefect.flow-run.*".to_owned()]).build();
    let automation = AutomationCreate::builder().name("on every run").trigger(trigger).actions(actions).build();
    let created = automations.create_automation_automations_post().body(automation).send_response()?;
    println!("automation {} created with {}", created.body.name, created.status);
    let id = created.body.id;
    let read = automations.read_automation_automations_id_get().id(id).send()?;
    let kinds: Vec<_> = read.actions.iter().map(kind).collect();
    println!("its actions {kinds:?}");
    if kinds != ["do nothing", "cancel", "suspend", "resume", "pause"] {
        return Err("the server stored other actions than were sent".into());
    }
    let disabled = AutomationPartialUpdate::builder().enabled(false).build();
    automations.patch_automation_automations_id_patch().id(id).body(disabled).send()?;
    let filter = BodyReadAutomationsAutomationsFilterPost::builder().limit(10).build();
    let all = automations.read_automations_automations_filter_post().body(filter).send()?;
    println!("automations {:?}", all.iter().map(|one| (&one.name, one.enabled)).collect::<Vec<_>>());
    automations.delete_automation_automations_id_delete().id(id).send()?;
    let gone = automations.read_automation_automations_id_get().id(id).send();
    println!("after deletion: {}", gone.err().ok_or("the automation is still there")?);
    Ok(())
}

fn kind(action: &AutomationActionsItem) -> &'static str {
    match action {
        AutomationActionsItem::DoNothing(_) => "do nothing",
        AutomationActionsItem::CancelFlowRun(_) => "cancel",
        AutomationActionsItem::SuspendFlowRun(_) => "suspend",
        AutomationActionsItem::ResumeFlowRun(_) => "resume",
        AutomationActionsItem::PauseAutomation(_) => "pause",
        _ => "another",
    }
}

/// Flows: their creation is described with 200, and it is 201 that the server sends.
fn flows(client: &Client) -> Result {
    let flows = client.flows();
    let flow = FlowCreate::builder().name("nightly").tags(vec!["a".to_owned()]).build();
    let created = flows.create_flow_flows_post().body(flow).send_response()?;
    println!("flow {} created with {}", created.body.name, created.status);
    let change = FlowUpdate::builder().tags(vec!["a".to_owned(), "b".to_owned()]).build();
    flows.update_flow_flows_id_patch().id(created.body.id).body(change).send()?;
    let read = flows.read_flow_by_name_flows_name_name_get().name("nightly").send()?;
    println!("its tags {:?}", read.tags);
    flows.delete_flow_flows_id_delete().id(created.body.id).send()?;
    println!("{} flows are left", flows.count_flows_flows_count_post().send()?);
    Ok(())
}

/// Variables hold any JSON, described as a union.
fn variables(client: &Client) -> Result {
    let variables = client.variables();
    let value = vec![1.into(), "two".into(), serde_json::Value::Null];
    let variable = VariableCreate::builder().name("limits").value(Some(value.into())).build();
    let created = variables.create_variable_variables_post().body(variable).send()?;
    println!("variable {} is {:?}", created.name, created.value);
    let change = VariableUpdate::builder().value(Some(7.into())).build();
    variables.update_variable_by_name_variables_name_name_patch().name("limits").body(change).send()?;
    let read = variables.read_variable_by_name_variables_name_name_get().name("limits").send()?;
    println!("then {:?}", read.value);
    variables.delete_variable_by_name_variables_name_name_delete().name("limits").send()?;
    Ok(())
}

fn work_pools(client: &Client) -> Result {
    let pools = client.work_pools();
    let pool = WorkPoolCreate::builder().name("pool").type_("process").build();
    let created = pools.create_work_pool_work_pools_post().body(pool).send_response()?;
    println!("work pool {} created with {}", created.body.name, created.status);
    let change = WorkPoolUpdate::builder().concurrency_limit(3).build();
    pools.update_work_pool_work_pools_name_patch().name("pool").body(change).send()?;
    let read = pools.read_work_pool_work_pools_name_get().name("pool").send()?;
    println!("its limit {:?}", read.concurrency_limit);
    pools.delete_work_pool_work_pools_name_delete().name("pool").send()?;
    Ok(())
}
