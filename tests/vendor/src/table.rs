//! In: rows. Out: a file of them, in a form that a spreadsheet opens.

use serde_json::Value;
use std::fmt::Write;

/// Comma-separated values with a line of names (RFC 4180).
pub(crate) fn csv(columns: &[&str], rows: &[Value]) -> Vec<u8> {
    let names = columns.iter().map(|name| (*name).to_owned()).collect();
    let rows = rows.iter().map(|row| cells(columns, row));
    let lines = [names].into_iter().chain(rows).map(|row: Vec<String>| {
        let cells: Vec<_> = row.iter().map(|cell| quoted(cell)).collect();
        cells.join(",") + "\r\n"
    });
    lines.collect::<String>().into_bytes()
}

/// A spreadsheet of one page, in the XML that Excel has read since 2003.
pub(crate) fn xls(columns: &[&str], rows: &[Value]) -> Vec<u8> {
    let mut xml = "<?xml version=\"1.0\"?>\n<?mso-application progid=\"Excel.Sheet\"?>\n\
        <Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" \
        xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\"><Worksheet ss:Name=\"SMS\"><Table>\n"
        .to_owned();
    let names = columns.iter().map(|name| (*name).to_owned()).collect();
    for row in [names].into_iter().chain(rows.iter().map(|row| cells(columns, row))) {
        xml.push_str("<Row>");
        for cell in row {
            // XML has no way to write other control characters, such as the page break of GSM-7.
            let cell = cell.replace(|c: char| c.is_control() && c != '\n' && c != '\r', " ");
            let cell = cell.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
            let _ = write!(xml, "<Cell><Data ss:Type=\"String\">{cell}</Data></Cell>");
        }
        xml.push_str("</Row>\n");
    }
    xml.push_str("</Table></Worksheet></Workbook>\n");
    xml.into_bytes()
}

/// A row's values as text, in the order of the columns.
fn cells(columns: &[&str], row: &Value) -> Vec<String> {
    columns.iter().map(|name| row.get(name).map(text).unwrap_or_default()).collect()
}

/// A value without the quotes of JSON.
pub(crate) fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\r', '\n']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn cells_that_need_it_are_quoted() {
        let rows = [json!({ "id": 1, "text": "a, \"b\"\n<c>" }), json!({ "id": "2\u{c}3" })];
        let csv = String::from_utf8(csv(&["id", "text"], &rows)).unwrap();
        assert_eq!(csv, "id,text\r\n1,\"a, \"\"b\"\"\n<c>\"\r\n2\u{c}3,\r\n");
        let xls = String::from_utf8(xls(&["id", "text"], &rows)).unwrap();
        assert!(xls.contains("<Data ss:Type=\"String\">a, \"b\"\n&lt;c&gt;</Data>") && xls.contains(">2 3<"), "{xls}");
    }
}
