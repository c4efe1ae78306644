//! In: the URL of a Chroma server. Out: what it makes of a program that creates, reads, changes and deletes with the client
//! generated from its own document, printed; an error ends it.

use live_client::blocking::Client;
use live_client::types::{
    AddCollectionRecordsPayload, CreateCollectionPayload, CreateDatabasePayload, CreateTenantPayload,
    DeleteCollectionRecordsPayload, EmbeddingsPayload, GetRequestPayload, HashMap, HashMapValue, Include, IncludeList,
    QueryRequestPayload, UpdateCollectionPayload, UpdateCollectionRecordsPayload,
};

const TENANT: &str = "acme";
const DATABASE: &str = "shop";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::builder().base_url(std::env::var("SERVER")?).anonymous().build()?;
    println!("version {}", client.system().version().send()?);
    client.tenant().create_tenant().body(CreateTenantPayload::builder().name(TENANT).build()).send()?;
    println!("tenant {}", client.tenant().get_tenant().tenant_name(TENANT).send()?.name);
    let database = CreateDatabasePayload::builder().name(DATABASE).build();
    let created = client.database().create_database().tenant(TENANT).body(database).send_response()?;
    println!("database created with {}", created.status);
    let database = client.database().get_database().tenant(TENANT).database(DATABASE).send()?;
    println!("database {} of {}", database.name, database.tenant);

    let metadata = HashMap::from([
        ("owner".to_owned(), HashMapValue::String("ann".to_owned())),
        ("limit".to_owned(), HashMapValue::Integer(7)),
    ]);
    let collection = CreateCollectionPayload::builder().name("goods").metadata(metadata).build();
    let request = client.collection().create_collection().tenant(TENANT).database(DATABASE).body(collection);
    let collection = request.send()?;
    println!("collection {} with {:?}", collection.name, collection.metadata);
    let id = collection.id.to_string();
    records(&client, &id)?;
    let renamed = UpdateCollectionPayload::builder().new_name("wares").build();
    let update = client.collection().update_collection().tenant(TENANT).database(DATABASE);
    update.collection_id(&*id).body(renamed).send()?;
    let names: Vec<_> = client.collection().list_collections().tenant(TENANT).database(DATABASE).send()?;
    println!("collections {:?}", names.iter().map(|one| &one.name).collect::<Vec<_>>());
    client.collection().delete_collection().tenant(TENANT).database(DATABASE).collection_id("wares").send()?;
    let gone = client.collection().get_collection().tenant(TENANT).database(DATABASE).collection_id("wares").send();
    println!("after deletion: {}", gone.err().ok_or("the collection is still there")?);
    client.database().delete_database().tenant(TENANT).database(DATABASE).send()?;
    Ok(())
}

/// Adds, reads, changes, finds and deletes records.
fn records(client: &Client, collection: &str) -> Result<(), Box<dyn std::error::Error>> {
    let record = client.record();
    let embeddings = EmbeddingsPayload::NumberListList(vec![vec![1.0, 0.0], vec![0.0, 1.0]]);
    let ids = ["a", "b"].map(str::to_owned).to_vec();
    let documents = vec![Some("red".to_owned()), None];
    let add = AddCollectionRecordsPayload::builder().embeddings(embeddings).ids(ids).documents(documents).build();
    record.collection_add().tenant(TENANT).database(DATABASE).collection_id(collection).body(add).send()?;
    let count = record.collection_count().tenant(TENANT).database(DATABASE).collection_id(collection).send()?;
    println!("{count} records");

    let change = UpdateCollectionRecordsPayload::builder().ids(vec!["b".to_owned()]);
    let change = change.documents(vec![Some("blue".to_owned())]).build();
    record.collection_update().tenant(TENANT).database(DATABASE).collection_id(collection).body(change).send()?;
    let include = IncludeList::from(vec![Include::Documents, Include::Embeddings]);
    let get = GetRequestPayload::builder().include(include).build();
    let got = record.collection_get().tenant(TENANT).database(DATABASE).collection_id(collection).body(get).send()?;
    println!("records {:?}: {:?}, {:?}", got.ids, got.documents, got.embeddings);
    let query = QueryRequestPayload::builder().query_embeddings(vec![vec![0.1, 0.9]]).n_results(1).build();
    let found = record.collection_query().tenant(TENANT).database(DATABASE).collection_id(collection).body(query);
    let found = found.send()?;
    println!("nearest {:?} at {:?}", found.ids, found.distances);
    let delete = DeleteCollectionRecordsPayload::builder().ids(vec!["a".to_owned()]).build();
    let delete = record.collection_delete().tenant(TENANT).database(DATABASE).collection_id(collection).body(delete);
    println!("deleted {:?}", delete.send()?.deleted);
    Ok(())
}
