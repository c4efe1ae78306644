//! In: filters. Out: the account's phone numbers that pass them.

use super::{Answer, Call, Page, money};
use crate::account::{Account, Number, Sms};
use crate::arguments::Arguments;
use crate::fault::{Fault, fault};
use crate::options::Options;
use crate::table::text;
use serde_json::{Value, json};

/// The filters and orders that the numbers here have nothing for.
pub(super) const UNSERVED: &[&str] = &[
    "application_id",
    "application_name",
    "is_bound_to_application",
    "from_phone_next_renewal",
    "to_phone_next_renewal",
    "from_phone_purchase_date",
    "to_phone_purchase_date",
    "verification_name",
    "verification_status",
    "from_unverified_hold_until",
    "to_unverified_hold_until",
    "order_by",
    "sandbox",
    "rule_id",
    "rule_name",
    "is_bound_to_rule",
];

/// Filters that are lists, and what they look at.
const LISTS: [(&str, &str); 6] = [
    ("phone_id", "phone_id"),
    ("phone_number", "phone_number"),
    ("activation_status", "activation_status"),
    ("country_code", "phone_country_code"),
    ("phone_category_name", "category_name"),
    ("phone_region_name", "phone_region_name"),
];

/// Filters that look at what has the same name.
const FLAGS: [&str; 4] = ["canceled", "deactivated", "auto_charge", "can_be_used"];

pub(super) fn get_phone_numbers(call: &mut Call<'_>) -> Result<Answer, Vec<Fault>> {
    let accounts = accounts(&mut call.arguments, &call.state.options, call.account);
    let lists = LISTS.map(|(name, field)| (field, call.arguments.list(name)));
    let flags = FLAGS.map(|name| (name, call.arguments.flag(name)));
    let start = call.arguments.optional("phone_template").unwrap_or_default();
    let page = Page::read(&mut call.arguments);
    call.arguments.all_well()?;
    let options = &call.state.options;
    // Their ids count all numbers, so that a filter does not change them.
    let numbers = options.accounts().flat_map(|account| account.numbers.iter().map(|number| (account.id, number)));
    let rows = (1..).zip(numbers).filter(|(_, (account, _))| accounts.contains(account));
    let found: Vec<_> = rows
        .map(|(id, (_, number))| row(id, number))
        .filter(|row| {
            lists.iter().all(|(field, list)| list.as_ref().is_none_or(|list| list.contains(&&*text(&row[field]))))
        })
        .filter(|row| flags.iter().all(|(field, flag)| flag.is_none_or(|flag| row[field] == flag)))
        .filter(|row| text(&row["phone_number"]).starts_with(start))
        .collect();
    let total = found.len();
    let rows = page.of(found.into_iter());
    Ok(Answer::Json(json!({ "count": rows.len(), "result": rows, "total_count": total })))
}

/// Whose numbers are asked for: the caller's, those of its child accounts, or both.
fn accounts(arguments: &mut Arguments<'_>, options: &Options, caller: i64) -> Vec<i64> {
    let only = arguments.flag("children_phones_only").unwrap_or(false);
    let own = if only { Vec::new() } else { vec![caller] };
    let children: Vec<_> = options.children.iter().map(|child: &Account| child.id).collect();
    // A child account has no children.
    let children = if caller == options.account.id { children } else { Vec::new() };
    if arguments.optional("child_account_id") == Some("all") {
        return own.into_iter().chain(children).collect();
    }
    let wanted = arguments.ids("child_account_id").unwrap_or_default();
    if !wanted.iter().all(|id| children.contains(id)) {
        arguments.fault(fault(194).of("child_account_id"));
    }
    own.into_iter().chain(wanted).collect()
}

fn row(id: i64, number: &Number) -> Value {
    json!({
        "phone_id": id,
        "phone_number": number.digits,
        "phone_price": money(10_000),
        "phone_country_code": number.country,
        "phone_region_name": "Mobile",
        "phone_purchase_date": "2024-05-06 07:08:09",
        "phone_next_renewal": "2034-06-06",
        "modified": "2024-05-06 07:08:09",
        "activation_status": "ACTIVE",
        "category_name": "MOBILE",
        "deactivated": false,
        "canceled": false,
        "auto_charge": true,
        "can_be_used": true,
        // The SDKs differ on its type.
        "required_verification": if id % 2 == 0 { json!(false) } else { json!("false") },
        "is_sms_supported": number.sms != Sms::Unsupported,
        "is_sms_enabled": number.sms == Sms::Enabled,
        "emergency_calls_to_be_enabled": false,
        "emergency_calls_enabled": false,
        "subscription_id": 100_000 + id,
    })
}
