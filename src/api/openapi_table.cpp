#include "api/openapi_table.h"

namespace daifuku::api {

using http::Method;

namespace {

constexpr std::string_view kList =
    "filter:string JSON: {\"and\":[{\"prefecture\":{\"eq\":\"東京都\"}}]}\n"
    "sort:string -updated_at,name_kana\n"
    "fields:string Comma-separated keys; the fields of the default list when absent\n"
    "include:string Comma-separated link fields whose records come along\n"
    "q:string Words, as typed into the search box\n"
    "limit:integer 1 to 200\n"
    "after:string Cursor of the page before\n"
    "offset:integer Rows to skip, for jumps; prefer after\n"
    "total:string 1: counted up to 10,000; exact: counted\n"
    "deleted:string 1: the trash";
constexpr std::string_view kPage = "limit:integer 1 to 200\nafter:string Cursor of the page before";
constexpr std::string_view kListed =
    "{items: [ListedRecord], next: string?, total?: {count: integer, exact: boolean}, included?: "
    "{*: [any]}}";
constexpr std::string_view kSummary =
    "{groups: [{value: any, count: integer, sums: {*: number}}], "
    "others?: {groups: integer, count: integer, sums: {*: number}}, "
    "count: integer, sums: {*: number}, exact: boolean}";
constexpr std::string_view kWritten =
    "@ & {change: id, candidates?: [{id: id, title, subtitle, percent: integer, "
    "reasons: [{code, field, agrees: boolean, text}]}], "
    "warnings?: [{field, code, message}]}";
constexpr std::string_view kETag = "ETag The version of the record, quoted";

// clang-format off: a table, one route a block
constexpr std::string_view kRule =
    "{object?, version?: integer, active?: boolean, mode?: \"refuse|warn\", name?, when?: [any], "
    "check?: {*: any}, message?: {ja?, en?}}";

constexpr std::string_view kTidy =
    "{object?, mend, ids?: [id], all?: boolean, days?: integer, stage?, value?: any, field?, "
    "values?: [string], change?: id, after?}";

constexpr OperationText kOperations[] = {
    {.method = Method::get, .pattern = "/healthz", .answer = "{status}"},
    {.method = Method::get, .pattern = "/readyz", .answer = "{status}", .errors = "503"},

    // --- session ---
    {.method = Method::get, .pattern = "/api/v1/session", .answer = "Session"},
    {.method = Method::post,
     .pattern = "/api/v1/session",
     .answer = "Session",
     .body = "{email, password}",
     .errors = "401 403 429",
     .headers = "Set-Cookie The session"},
    {.method = Method::del, .pattern = "/api/v1/session", .status = 204},
    {.method = Method::post,
     .pattern = "/api/v1/setup",
     .answer = "Session",
     .body = "{token, company_name, name, email, password}",
     .errors = "403",
     .headers = "Set-Cookie The session"},
    {.method = Method::post,
     .pattern = "/api/v1/invite",
     .answer = "Session",
     .body = "{token, password}",
     .errors = "403",
     .headers = "Set-Cookie The session"},
    {.method = Method::post,
     .pattern = "/api/v1/setup/check",
     .answer = "{valid: boolean}",
     .body = "{token}",
     .errors = "403 429"},
    {.method = Method::post,
     .pattern = "/api/v1/invite/check",
     .answer = "{valid: boolean}",
     .body = "{token}",
     .errors = "403 429"},
    {.method = Method::patch,
     .pattern = "/api/v1/me",
     .answer = "Session",
     .body = "{name?, language?: \"ja|en\", password?: {current, new}}"},
    {.method = Method::get, .pattern = "/api/v1/me/calendar", .answer = "CalendarLink"},
    {.method = Method::post,
     .pattern = "/api/v1/me/calendar",
     .status = 201,
     .answer = "{path}",
     .body = "{content?: CalendarContent}"},
    {.method = Method::patch,
     .pattern = "/api/v1/me/calendar",
     .answer = "CalendarLink",
     .body = "{content?: CalendarContent}"},
    {.method = Method::del, .pattern = "/api/v1/me/calendar", .status = 204},
    {.method = Method::get,
     .pattern = "/api/v1/calendar/{token}",
     .media = "text/calendar",
     .errors = "404 429",
     .headers = "ETag Of the calendar as it is"},
    {.method = Method::get,
     .pattern = "/api/v1/me/sessions",
     .answer =
         "{items: [{id, created_at: instant, seen_at: instant, agent, remote, current: boolean}]}"},
    {.method = Method::del, .pattern = "/api/v1/me/sessions/{id}", .status = 204},

    // --- administration ---
    {.method = Method::get, .pattern = "/api/v1/users", .answer = "{items: [User]}"},
    {.method = Method::post,
     .pattern = "/api/v1/users",
     .status = 201,
     .answer = "{user: User, invite?}",
     .body = "{name, email, role?: Role, team_ids?: [id], language?: \"ja|en\", password?}"},
    {.method = Method::patch,
     .pattern = "/api/v1/users/{id}",
     .answer = "User",
     .body = "{name?, email?, role?: Role, team_ids?: [id], disabled?: boolean, password?}"},
    {.method = Method::post, .pattern = "/api/v1/users/{id}/invite", .answer = "{invite}"},
    {.method = Method::get,
     .pattern = "/api/v1/users/options",
     .answer = "Options",
     .query = "q:string Part of the name\nlimit:integer 1 to 500"},
    {.method = Method::get, .pattern = "/api/v1/teams", .answer = "Options"},
    {.method = Method::get,
     .pattern = "/api/v1/teams/options",
     .answer = "Options",
     .query = "q:string Part of the name"},
    {.method = Method::post,
     .pattern = "/api/v1/teams",
     .status = 201,
     .answer = "Option",
     .body = "{title}"},
    {.method = Method::patch, .pattern = "/api/v1/teams/{id}", .status = 204, .body = "{title}"},
    {.method = Method::del, .pattern = "/api/v1/teams/{id}", .status = 204},
    {.method = Method::get, .pattern = "/api/v1/roles", .answer = "{items: [RoleSettings]}"},
    {.method = Method::patch,
     .pattern = "/api/v1/roles/{key}",
     .answer = "RoleSettings",
     .body = "{objects?: {*: ObjectRights}, fields?: {*: \"none|masked|read|write\"?}, "
             "layouts?: {*: Layout?}}"},
    {.method = Method::get, .pattern = "/api/v1/tokens", .answer = "{items: [Token]}"},
    {.method = Method::post,
     .pattern = "/api/v1/tokens",
     .status = 201,
     .answer = "{token, info: Token}",
     .body = "{name, scopes: [\"read|write\"], expires_at?}"},
    {.method = Method::del, .pattern = "/api/v1/tokens/{id}", .status = 204},
    {.method = Method::get,
     .pattern = "/api/v1/fields",
     .answer = "{items: [Field]}",
     .query = "object:string Its key: company",
     .errors = "404"},
    {.method = Method::post,
     .pattern = "/api/v1/fields",
     .status = 201,
     .answer = "Field",
     .body = "{object, label: any, kind?, help?: any, options?: [any], target?, section?, "
             "required?: boolean, in_list?: boolean, formula?, rollup?: Rollup}"},
    {.method = Method::post,
     .pattern = "/api/v1/fields/check",
     .answer = "{ok: boolean, kind?, natural_kind?, kinds?: [string], shown?, at_read?: boolean, "
               "examples?: [{id, title, value: any, text}], "
               "problem?: {code, message, at: integer, length: integer}}",
     .body = "{object, key?, kind?, formula?, rollup?: Rollup}",
     .errors = "403"},
    {.method = Method::get,
     .pattern = "/api/v1/fields/functions",
     .answer = "{items: [{name, ja, usage, help: Label}]}"},
    {.method = Method::patch,
     .pattern = "/api/v1/fields/{object}/{key}",
     .answer = "Field",
     .body = "{label?: any, help?: any, required?: boolean, hidden?: boolean, in_list?: boolean, "
             "options?: [any], section?, position?: integer, kind?, formula?, rollup?: Rollup}"},
    {.method = Method::del, .pattern = "/api/v1/fields/{object}/{key}", .status = 204},
    {.method = Method::get, .pattern = "/api/v1/objects", .answer = "{items: [ObjectSetting]}"},
    {.method = Method::post,
     .pattern = "/api/v1/objects",
     .status = 201,
     .answer = "{items: [ObjectSetting], key, change: id}",
     .body = "{key?, label: any, plural_label?: any, title_label?: any, icon?, links?: [string], "
             "in_navigation?: boolean}"},
    {.method = Method::patch,
     .pattern = "/api/v1/objects",
     .answer = "{items: [ObjectSetting], change: id}",
     .body = "{items: [{key, label?: any, plural_label?: any, hidden?: any, position?: any, icon?, "
             "in_navigation?: boolean}]}"},
    {.method = Method::post,
     .pattern = "/api/v1/definitions",
     .status = 201,
     .answer = "{change: id}",
     .body = "{objects?: [any], fields?: [any], field_changes?: [any], object_changes?: [any]}"},
    {.method = Method::get, .pattern = "/api/v1/settings", .answer = "Settings"},
    {.method = Method::patch,
     .pattern = "/api/v1/settings",
     .answer = "Settings",
     .body = "Settings"},

    // --- finding ---
    {.method = Method::get,
     .pattern = "/api/v1/search",
     .answer =
         "{items: [{object, id: id, title, subtitle, matches: [{field, text}]}], more: boolean}",
     .query =
         "q:string What was typed\nobjects:string Comma-separated keys\nlimit:integer 1 to 100"},
    {.method = Method::get,
     .pattern = "/api/v1/recent",
     .answer = "{items: [{object, id: id, title, subtitle, at: instant}]}",
     .query = "limit:integer 1 to 100"},
    {.method = Method::get,
     .pattern = "/api/v1/changes",
     .answer =
         "{items: [{at: instant, by: Reference, action, object, id: id, title, fields: [string]}]}",
     .query = "limit:integer 1 to 50"},
    {.method = Method::get,
     .pattern = "/api/v1/tags",
     .answer = "{items: [string]}",
     .query =
         "object:string Its key\nfield:string Its key; tags when absent\nq:string Part of the tag\n"
         "limit:integer 1 to 100",
     .errors = "404"},
    {.method = Method::get,
     .pattern = "/api/v1/metadata",
     .answer = "{version, objects: [ObjectInfo]}"},
    {.method = Method::get,
     .pattern = "/api/v1/postal/{code}",
     .answer = "{items: [{postal_code, prefecture, city, town, city_kana, town_kana, note?, "
               "office?, office_kana?, street?}]}"},
    {.method = Method::get,
     .pattern = "/api/v1/postal",
     .answer = "{items: [{postal_code, prefecture, city, town, city_kana, town_kana, note?, "
               "exact: boolean}]}",
     .query =
         "prefecture:string 東京都\ncity:string 千代田区; looked for in the street when absent\n"
         "street:string 丸の内1-1-1"},
    {.method = Method::get,
     .pattern = "/api/v1/addresses",
     .answer = "{found: boolean, postal_code?, postal_code_guessed?: boolean, prefecture?, city?, "
               "street?, building?, city_known?: boolean}",
     .query = "text:string An address in one line"},
    {.method = Method::get,
     .pattern = "/api/v1/readings",
     .answer = "{available: boolean, company?, family?, given?}",
     .query = "company:string Its name\nfamily:string A family name\ngiven:string A given name"},
    {.method = Method::get,
     .pattern = "/api/v1/calendar",
     .answer = "{holidays: [{date: date, name}], fiscal_month: integer, fiscal_years: [{year: "
               "integer, from: date, to: date}]}",
     .query = "from:string 2026-01-01\nto:string 2026-12-31, at most three years later",
     .errors = "422"},
    {.method = Method::get,
     .pattern = "/api/v1/reference/postal",
     .answer = "{towns: {loaded: boolean, rows: integer, loaded_on?: date}, offices: {loaded: "
               "boolean, rows: integer, loaded_on?: date}}"},
    {.method = Method::post,
     .pattern = "/api/v1/reference/postal",
     .answer = "{towns: {loaded: boolean, rows: integer, loaded_on?: date}, offices: {loaded: "
               "boolean, rows: integer, loaded_on?: date}}",
     .body_media = "application/octet-stream"},
    {.method = Method::del, .pattern = "/api/v1/reference/postal", .status = 204},
    {.method = Method::get, .pattern = "/api/v1/reference/register", .answer = "RegisterState"},
    {.method = Method::post,
     .pattern = "/api/v1/reference/register",
     .status = 202,
     .answer = "RegisterState",
     .query = "name:string Of the file",
     .body_media = "application/octet-stream",
     .errors = "409"},
    {.method = Method::get,
     .pattern = "/api/v1/register",
     .answer = "{items: [Registered]}",
     .query = "name:string Of a company, in any spelling"},
    {.method = Method::get,
     .pattern = "/api/v1/register/{number}",
     .answer = "{items: [Registered]}"},
    {.method = Method::get, .pattern = "/api/v1/register/check", .answer = "RegisterCheckState"},
    {.method = Method::post,
     .pattern = "/api/v1/register/check",
     .status = 202,
     .answer = "RegisterCheckState",
     .errors = "409"},
    {.method = Method::get,
     .pattern = "/api/v1/register/proposals",
     .answer = "{items: [{company: {*: any}, matter: \"number|name|address|closed\", number, "
               "percent?: integer, source_on: date, reasons: [{code, text}], registered: "
               "Registered, changes: [{field, old, new}]}], next: string?}",
     .query = "matter:string number, name, address or closed\ndecision:string open or refused\n"
              "limit:integer 1 to 50\nafter:string Cursor of the page before",
     .errors = "422"},
    {.method = Method::post,
     .pattern = "/api/v1/register/proposals/accept",
     .answer =
         "{accepted: integer, out_of_date: integer, refused: integer, problems: [{id: id, title, "
         "code, message}], more: boolean, next: string?, change?: id}",
     .body = "{items?: [{company: id, matter: \"number|name|address|closed\", number}], all?: "
             "boolean, matter?: \"number|name|address|closed\", least_percent?: integer, after?: "
             "string}",
     .errors = "409"},
    {.method = Method::patch,
     .pattern = "/api/v1/register/proposals",
     .status = 204,
     .body = "{items: [{company: id, matter: \"number|name|address|closed\", number}], decision: "
             "\"open|refused\"}",
     .errors = "404"},

    // --- saved views ---
    {.method = Method::get,
     .pattern = "/api/v1/views",
     .answer = "{items: [View]}",
     .query = "object:string Its key"},
    {.method = Method::post,
     .pattern = "/api/v1/views",
     .status = 201,
     .answer = "View",
     .body = "{object, name, shared?: boolean, position?: integer, state: {*: any}}"},
    {.method = Method::patch,
     .pattern = "/api/v1/views/{id}",
     .answer = "View",
     .body = "{name?, shared?: boolean, position?: integer, state?: {*: any}}"},
    {.method = Method::del, .pattern = "/api/v1/views/{id}", .status = 204},

    // --- files ---
    {.method = Method::get,
     .pattern = "/api/v1/{objects}/{id}/files",
     .answer = "{items: [File]}",
     .query = "deleted:string 1: those that were removed"},
    {.method = Method::post,
     .pattern = "/api/v1/{objects}/{id}/files",
     .status = 201,
     .answer = "{items: [File], change: id}",
     .body_media = "multipart/form-data"},
    {.method = Method::get,
     .pattern = "/api/v1/files/{id}",
     .query = "inline:string 1: pictures and PDF may be shown in a page",
     .media = "application/octet-stream"},
    {.method = Method::del, .pattern = "/api/v1/files/{id}", .answer = "{change: id}"},
    {.method = Method::post,
     .pattern = "/api/v1/files/{id}/restore",
     .answer = "{id: id, name, type, size: integer, at: instant, by: Reference, change: id}"},

    // --- in and out ---
    {.method = Method::post,
     .pattern = "/api/v1/imports",
     .status = 201,
     .answer = "Import",
     .query = "object:string Its key; the one that fits best when absent\nname:string Of the file",
     .body_media = "application/octet-stream"},
    {.method = Method::get, .pattern = "/api/v1/imports", .answer = "{items: [Import]}"},
    {.method = Method::get, .pattern = "/api/v1/imports/{id}", .answer = "Import"},
    {.method = Method::patch,
     .pattern = "/api/v1/imports/{id}",
     .answer = "Import",
     .body =
         "{object?, map?, encoding?, delimiter?, sheet?: integer, header?: boolean, header_row?: "
         "integer, "
         "columns?: [{index: integer, to}], create_links?: boolean, duplicates?: \"skip|create\", "
         "owner_id?: id?, mode?: \"create|update|both\", key?, "
         "policy?: \"blanks|overwrite|newest\", policies?: {*: any}, "
         "empty_cells?: \"keep|clear\", date_column?: integer?, file_date?: string?, "
         "unsure?: \"wait|create|skip\", "
         "choices?: [{row: integer, choice: \"use|create|skip|ask\", id?: id}], "
         "repeats?: \"keep|drop\", stale_column?: integer?, stale_years?: integer}",
     .errors = "409"},
    {.method = Method::post,
     .pattern = "/api/v1/imports/{id}/run",
     .status = 202,
     .answer = "Import",
     .errors = "409 422"},
    {.method = Method::post,
     .pattern = "/api/v1/imports/{id}/continue",
     .status = 202,
     .answer = "Import",
     .errors = "409"},
    {.method = Method::get,
     .pattern = "/api/v1/imports/{id}/rows",
     .answer = "{items: [any]}",
     .query = "action:string create, update, same, look, skip or error"},
    {.method = Method::get,
     .pattern = "/api/v1/imports/{id}/diagnosis",
     .answer = "{status: \"running|done\", rows?: integer, findings?: [{code, message, "
               "count: integer, column?: integer, samples: [{row: integer, text}], "
               "mended: boolean, mend?: {*: any}, unmend?: {*: any}}]}",
     .errors = "409"},
    {.method = Method::post, .pattern = "/api/v1/imports/{id}/cancel", .answer = "Import"},
    {.method = Method::post,
     .pattern = "/api/v1/imports/{id}/undo",
     .answer = "Undone",
     .later = "Import",
     .errors = "409"},
    {.method = Method::get,
     .pattern = "/api/v1/imports/{id}/errors.csv",
     .media = "text/csv",
     .errors = "409"},
    {.method = Method::del, .pattern = "/api/v1/imports/{id}", .status = 204, .errors = "409"},
    {.method = Method::post,
     .pattern = "/api/v1/cards",
     .status = 201,
     .answer = "CardScan",
     .query = "name:string Of the file",
     .body_media = "application/octet-stream",
     .errors = "409"},
    {.method = Method::get, .pattern = "/api/v1/cards", .answer = "{items: [CardScan]}"},
    {.method = Method::get, .pattern = "/api/v1/cards/{id}", .answer = "CardScan"},
    {.method = Method::get, .pattern = "/api/v1/cards/{id}/photo", .media = "image/jpeg"},
    {.method = Method::post,
     .pattern = "/api/v1/cards/{id}/cut",
     .status = 201,
     .answer = "CardScan",
     .body = "{corners: [integer]}",
     .errors = "409 422"},
    {.method = Method::get, .pattern = "/api/v1/cards/{id}/{number}/image", .media = "image/jpeg"},
    {.method = Method::post,
     .pattern = "/api/v1/cards/{id}/{number}/cut",
     .answer = "CardScan",
     .body = "{corners: [integer]}",
     .errors = "409 422"},
    {.method = Method::post,
     .pattern = "/api/v1/cards/{id}/{number}/save",
     .status = 201,
     .answer = "{change: id, business_card: id, person: id?, company: id?}",
     .body = "{values: {*: any}, company?: any, person?: any, update_person?: boolean}",
     .errors = "409 422"},
    {.method = Method::post,
     .pattern = "/api/v1/cards/{id}/{number}/skip",
     .answer = "CardScan",
     .errors = "409"},
    {.method = Method::post,
     .pattern = "/api/v1/cards/{id}/{number}/reopen",
     .answer = "CardScan",
     .errors = "409"},
    {.method = Method::del, .pattern = "/api/v1/cards/{id}", .status = 204},
    {.method = Method::get,
     .pattern = "/api/v1/import_maps",
     .answer = "{items: [ImportMap], ready: [{id: string, object, name}]}"},
    {.method = Method::post,
     .pattern = "/api/v1/import_maps",
     .status = 201,
     .answer = "ImportMap",
     .body = "{import: id, name, shared?: boolean}",
     .errors = "409"},
    {.method = Method::patch,
     .pattern = "/api/v1/import_maps/{id}",
     .answer = "ImportMap",
     .body = "{name?, shared?: boolean}"},
    {.method = Method::del, .pattern = "/api/v1/import_maps/{id}", .status = 204},
    {.method = Method::get,
     .pattern = "/api/v1/{objects}/export",
     .query =
         "format:string csv, tsv, xlsx, jsonl or vcard\nencoding:string utf-8-bom, utf-8 or cp932\n"
         "vcard:string 4.0 or 3.0\nround_trip:string 1: a workbook that can be compared when it "
         "comes back\n"
         "filter:string As in the list\nsort:string As in the list\nfields:string As in the list\n"
         "q:string As in the list\ndeleted:string 1: the trash",
     .media = "text/csv",
     .errors = "403 413 422",
     .headers = "X-Export-Id Its id in GET /exports"},
    {.method = Method::get,
     .pattern = "/api/v1/export-all",
     .media = "application/zip",
     .errors = "403"},
    {.method = Method::get,
     .pattern = "/api/v1/exports",
     .answer = "{items: [ExportEvent], next?: id}",
     .query = "limit:integer 1 to 200\nafter:string Id of the last one of the page before"},
    {.method = Method::get, .pattern = "/api/v1/exports/{id}", .answer = "ExportEvent"},
    {.method = Method::post,
     .pattern = "/api/v1/{objects}/compare",
     .status = 201,
     .answer = "Comparison",
     .query = "name:string Of the file",
     .body_media = "application/octet-stream",
     .errors = "409 413 415"},
    {.method = Method::get, .pattern = "/api/v1/comparisons/{id}", .answer = "Comparison"},
    {.method = Method::get,
     .pattern = "/api/v1/comparisons/{id}/rows",
     .answer = "{items: [ComparedRow], next?: integer}",
     .query = "state:string change, conflict, refused, invalid, add or remove; all when absent\n"
              "limit:integer 1 to 200\nafter:integer Number of the last row of the page before",
     .errors = "422"},
    {.method = Method::post,
     .pattern = "/api/v1/comparisons/{id}/apply",
     .answer = "Applied",
     .body = "{changes?: boolean, conflicts?: boolean, add?: boolean, remove?: boolean, "
             "except?: {*: any}}",
     .errors = "409 422"},
    {.method = Method::del, .pattern = "/api/v1/comparisons/{id}", .status = 204},

    {.method = Method::get,
     .pattern = "/api/v1/events",
     .query = "after:string Id of the last event seen; also as the header Last-Event-ID",
     .media = "text/event-stream"},

    // --- records ---
    {.method = Method::get,
     .pattern = "/api/v1/{objects}",
     .answer = kListed,
     .query = kList,
     .errors = "422",
     .headers = "Link The next page, rel=\"next\""},
    {.method = Method::post,
     .pattern = "/api/v1/{objects}/query",
     .answer = kListed,
     .body = "{filter?: {*: any}, sort?: [string], fields?: [string], include?: [string], q?, "
             "limit?: integer, after?, offset?: integer, total?: any, deleted?: boolean}"},
    {.method = Method::get,
     .pattern = "/api/v1/{objects}/summary",
     .answer = kSummary,
     .query = "group:string Key of a field; totals only when absent\n"
              "sum:string Comma-separated keys of numbers\n"
              "filter:string As in the list\nq:string As in the list",
     .errors = "403 422"},
    {.method = Method::post,
     .pattern = "/api/v1/{objects}/summary",
     .answer = kSummary,
     .body = "{group?, sum?: [string], filter?: {*: any}, q?}",
     .errors = "403 422"},
    {.method = Method::get,
     .pattern = "/api/v1/{objects}/{id}",
     .answer = "@ & {included?: {*: [any]}}",
     .query = "include:string Comma-separated link fields, or plurals of objects that link here",
     .errors = "422",
     .headers = kETag},
    {.method = Method::post,
     .pattern = "/api/v1/{objects}",
     .status = 201,
     .answer = kWritten,
     .body = "@",
     .query = "duplicates:string refuse: 409 when similar ones exist; ignore: not looked for",
     .errors = "409",
     .headers = kETag},
    {.method = Method::post,
     .pattern = "/api/v1/{objects}/duplicates",
     .answer = "{candidates: [{id: id, title, subtitle, percent: integer, "
               "reasons: [{code, field, agrees: boolean, text}]}], "
               "begins: [{id: id, title, subtitle}]}",
     .body = "@",
     .query = "except:string Id of a record that is not meant"},
    {.method = Method::patch,
     .pattern = "/api/v1/{objects}/{id}",
     .answer = kWritten,
     .body = "{version?: integer, *: any}",
     .errors = "409",
     .headers = kETag},
    {.method = Method::del, .pattern = "/api/v1/{objects}/{id}", .answer = "{change: id}"},
    {.method = Method::post,
     .pattern = "/api/v1/{objects}/{id}/restore",
     .answer = kWritten,
     .errors = "422",
     .headers = kETag},
    {.method = Method::post,
     .pattern = "/api/v1/{objects}/{id}/merge",
     .answer = kWritten,
     .body = "{from: [id], values?: {*: any}, version?: integer}",
     .errors = "409",
     .headers = kETag},
    {.method = Method::get,
     .pattern = "/api/v1/{objects}/{id}/timeline",
     .answer = "{items: [{at, object, id: id, kind: string?, title, summary, by: Reference}], "
               "next: string?, facets?: {kinds: [{object, kind: string?, count: integer}], "
               "people: [{id: id, title, count: integer}]}}",
     .query = "limit:integer 1 to 200\nafter:string Cursor of the page before\n"
              "objects:string Comma-separated: order, or with its kind activity.call\n"
              "by:string Comma-separated ids of the users in charge\n"
              "from:string First day, in Japan\nuntil:string Last day, in Japan\n"
              "q:string Words; the whole records are searched\n"
              "facets:integer 1: tell also which kinds and people there are"},
    {.method = Method::get,
     .pattern = "/api/v1/{objects}/{id}/brief",
     .answer = "{last_contact: {object, team, record: {*: any}}?, tasks: {*: any}?, "
               "complaints: {*: any}?, past_complaints: {*: any}?, cautions: {*: any}?, "
               "usual: {orders: integer, items: [{product: Reference?, title, times: integer, "
               "quantity: number, unit, last_on: date}]}?}"},
    {.method = Method::get,
     .pattern = "/api/v1/{objects}/{id}/history",
     .answer = "{items: [{id: id, at: instant, by: Reference, action: "
               "\"create|update|delete|restore|merge\", "
               "source: \"screen|sheet|phone|api|import|rule|undo|demo\", "
               "changes: [{field, old?: any, new?: any}]}], next: string?}",
     .query = kPage},
    {.method = Method::post, .pattern = "/api/v1/{objects}/{id}/seen", .status = 204},
    {.method = Method::post,
     .pattern = "/api/v1/{objects}/named",
     .answer = "{items: [{name, found: [{id: id, title}]}]}",
     .body = "{names: [string]}"},
    {.method = Method::post,
     .pattern = "/api/v1/{objects}/batch",
     .answer = "{change: id, count: integer, problems: [{id: id, title, code, message}], "
               "warnings: [{id: id, title, code, message}]}",
     .body = "{ids?: [id], filter?: {*: any}, q?, set?: {*: any}, delete?: boolean}",
     .body_media = "application/x-ndjson",
     .headers = "X-Change The change, when the body is NDJSON"},
    // --- duplicates ---
    {.method = Method::get,
     .pattern = "/api/v1/duplicates",
     .answer = "{items: [{a: {*: any}, b: {*: any}, percent: integer, "
               "reasons: [{code, field, agrees: boolean, text}], "
               "decision: \"open|different|later\", found_at: instant}], next: string?}",
     .query = "object:string Its key\ndecision:string open (when absent), different or later\n"
              "limit:integer 1 to 50\nafter:string Cursor of the page before",
     .errors = "422"},
    {.method = Method::patch,
     .pattern = "/api/v1/duplicates",
     .answer = "{change: id}",
     .body = "{pairs: [{a: id, b: id}], decision: \"open|different|later\", "
             "set?: {id: id, values: {*: any}}}",
     .query = "object:string Its key"},
    {.method = Method::get,
     .pattern = "/api/v1/duplicates/sets",
     .answer = "{items: [{records: [{id: id, title}], percent: integer, ready: boolean, "
               "why: [{code, text}], fields: [string]}], ready: integer, records: integer, "
               "look: integer, more: boolean, next: string?}",
     .query = "object:string Its key\npercent:integer At least as likely, 99 when absent\n"
              "below:integer And less likely, 100 when absent\n"
              "differing:string 1: also those that say different things\n"
              "state:string ready (when absent) or look\nlimit:integer 1 to 50\n"
              "after:string Cursor of the page before",
     .errors = "422"},
    {.method = Method::post,
     .pattern = "/api/v1/duplicates/all",
     .answer = "{change: id?, decided?: integer, merged?: integer, records?: integer, "
               "skipped?: [{title, reason}], next?: string?}",
     .body = "{decision: \"merge|different|later\", percent?: integer, below?: integer, "
             "differing?: boolean, change?: id, after?}",
     .query = "object:string Its key"},
    {.method = Method::get,
     .pattern = "/api/v1/duplicates/batches",
     .answer = "{items: [{id: id, change: id, decision: \"merge|different|later\", "
               "percent: integer, below: integer, differing: boolean, by: Reference, at: instant, "
               "decided: integer, records: integer, undone_at?: instant, undone_by?: Reference, "
               "kept?: integer}], next: string?}",
     .query = "object:string Its key\nlimit:integer 1 to 50\n"
              "after:string Cursor of the page before",
     .errors = "422"},
    {.method = Method::post,
     .pattern = "/api/v1/{objects}/merge-plan",
     .answer = "{into: id, records: [{*: any}], "
               "choices: [{field, from: id, conflict: boolean}], numbers_differ: boolean, "
               "moves: [{object, count: integer}], files: integer, alike: [{id: id, title}]}",
     .body = "{ids: [id], into?: id}",
     .errors = "409"},
    {.method = Method::get,
     .pattern = "/api/v1/people/{id}/transfer",
     .answer = "{open: [{object, id: id, title}]}"},
    {.method = Method::post,
     .pattern = "/api/v1/people/{id}/transfer",
     .answer = "{*: any} & {taken_over: integer, change: id}",
     .body = "{values: {*: any}, on?: date, successor?: id, version?: integer}",
     .errors = "409"},
    {.method = Method::post,
     .pattern = "/api/v1/{objects}/{id}/presence",
     .answer = "{others: [{user: Reference, field: string?}]}",
     .body = "{tab, field?}",
     .errors = "422"},
    {.method = Method::del,
     .pattern = "/api/v1/{objects}/{id}/presence",
     .status = 204,
     .query = "tab:string As it was announced",
     .errors = "422"},
    {.method = Method::get,
     .pattern = "/api/v1/plans/ready",
     .answer = "{items: [{key, name, purpose, steps: integer, there: boolean}]}"},
    {.method = Method::post,
     .pattern = "/api/v1/plans/ready",
     .status = 201,
     .answer = "{count: integer, change: id}",
     .body = "{keys?: [string]}",
     .errors = "422"},
    {.method = Method::post,
     .pattern = "/api/v1/plans/{id}/preview",
     .answer = "PlanPreview",
     .body = "{object, record: id, start?: date}",
     .errors = "422"},
    {.method = Method::post,
     .pattern = "/api/v1/plans/{id}/apply",
     .status = 201,
     .answer = "PlanBegun",
     .body = "{object, record?: id, ids?: [id], start?: date, again?: boolean, steps?: [{step: id, "
             "name?, due_on?: date, owner_id?: id, kind?, note?}]}",
     .errors = "409 413 422"},
    {.method = Method::get,
     .pattern = "/api/v1/duplicates/scan",
     .answer = "DuplicateScan",
     .query = "object:string Its key"},
    {.method = Method::post,
     .pattern = "/api/v1/duplicates/scan",
     .status = 202,
     .answer = "DuplicateScan",
     .query = "object:string Its key",
     .errors = "403 422"},
    {.method = Method::del,
     .pattern = "/api/v1/duplicates/scan",
     .status = 202,
     .answer = "DuplicateScan",
     .query = "object:string Its key",
     .errors = "403"},
    // --- rules ---
    {.method = Method::get,
     .pattern = "/api/v1/rules",
     .answer = "{items: [Rule]}",
     .query = "object:string Its key; absent: of all"},
    {.method = Method::post,
     .pattern = "/api/v1/rules",
     .status = 201,
     .answer = "Rule",
     .body = kRule},
    {.method = Method::patch,
     .pattern = "/api/v1/rules/{id}",
     .answer = "Rule",
     .body = kRule,
     .errors = "409"},
    {.method = Method::del, .pattern = "/api/v1/rules/{id}", .answer = "{change: id}"},
    {.method = Method::get,
     .pattern = "/api/v1/rules/{id}/history",
     .answer =
         "{items: [{at: instant, by: Reference, action, change: id, before: any, after: any}]}"},
    {.method = Method::post,
     .pattern = "/api/v1/rules/try",
     .answer = "{applies: boolean, problems: [{field, code, message}]}",
     .body = "{rule: {*: any}, values: {*: any}}"},
    {.method = Method::post,
     .pattern = "/api/v1/rules/check",
     .answer = "{looked: integer, broken: integer, items: [{id: id, title}], next: id?}",
     .body = "{rule: {*: any}, after?: id}"},
    // --- usage, feedback ---
    {.method = Method::get,
     .pattern = "/api/v1/usage",
     .answer = "{today: date, since: instant?, users: [{user: Reference, role: Role, team_ids: "
               "[id], created_at: instant?, last_seen_at: instant?, last_entry_at: instant?, "
               "state: \"invited|absent|watching|reading|active|quiet|stopped\", "
               "silent_days: integer, a_week_before: integer, bounded: boolean, days: [integer], "
               "entries: [{object, road: \"screen|sheet|phone|import|api\", made: integer, "
               "changed: integer, removed: integer}], "
               "notes: [{object, count: integer, median_minutes: integer}]}]}"},
    {.method = Method::get,
     .pattern = "/api/v1/usage/fields",
     .answer = "{object, of: integer, bounded: boolean, fields: [{field, filled: integer}]}",
     .query = "object:string Its key"},
    {.method = Method::get,
     .pattern = "/api/v1/usage/forms",
     .answer = "{days: integer, items: [{object, opened: integer, saved: integer, left: integer, "
               "fields: [{field, left: integer}]}]}",
     .query = "days:integer How many; absent: 28"},
    {.method = Method::post,
     .pattern = "/api/v1/usage/forms",
     .status = 204,
     .body = "{items: [{object, kind: \"opened|saved|left\", field?, count?: integer}]}"},
    {.method = Method::post,
     .pattern = "/api/v1/feedback",
     .status = 201,
     .answer = "Feedback",
     .body = "{kind: \"trouble|wish|mistake|good\", text, page?, browser?}",
     .errors = "429"},
    {.method = Method::get, .pattern = "/api/v1/feedback/mine", .answer = "{items: [Feedback]}"},
    {.method = Method::post, .pattern = "/api/v1/feedback/mine/seen", .status = 204},
    {.method = Method::get,
     .pattern = "/api/v1/feedback",
     .answer = "{items: [Feedback], next: id?, counts: {new: integer, working: integer, done: "
               "integer, declined: integer}}",
     .query = "state:string new, working, done, declined; absent: of all\n"
              "kind:string trouble, wish, mistake, good; absent: of all\n"
              "limit:integer 1 to 200\nafter:string next of the page before"},
    {.method = Method::patch,
     .pattern = "/api/v1/feedback/{id}",
     .answer = "Feedback",
     .body = "{version?: integer, state?: \"new|working|done|declined\", answer?}",
     .errors = "409"},
    // --- maturity ---
    {.method = Method::get,
     .pattern = "/api/v1/maturity",
     .answer = "{object, records: integer, bounded: boolean, counting: boolean, percent: integer, "
               "levels: [{level: integer, records: integer, one_short: integer, items?: integer, "
               "may_miss?: integer}], items: [MaturityItem], next: any, "
               "trend: [{day, records: integer, percent: integer, levels?: [integer]}]}",
     .query = "object:string Its key"},
    {.method = Method::get,
     .pattern = "/api/v1/maturity/records",
     .answer = "{items: [{id: id, title, level: integer, lacks: [MaturityItem]}]}",
     .query = "object:string Its key\nlevel:integer The level they are short of, 1 to 3\n"
              "lacks:string Key of the item\nlimit:integer 1 to 200",
     .errors = "422"},
    {.method = Method::get,
     .pattern = "/api/v1/{objects}/{id}/maturity",
     .answer = "{level: integer, percent: integer, one_short: boolean, short_by: integer, "
               "items: [MaturityItem]}"},
    // --- sample ---
    {.method = Method::get,
     .pattern = "/api/v1/sample",
     .answer = "{records: integer, possible: boolean}"},
    {.method = Method::post,
     .pattern = "/api/v1/sample",
     .status = 201,
     .answer = "{change: id, records: integer}",
     .errors = "409"},
    {.method = Method::del,
     .pattern = "/api/v1/sample",
     .answer = "{change: id, records: integer}"},
    // --- tidy ---
    {.method = Method::get,
     .pattern = "/api/v1/tidy",
     .answer = "{object, checks: [{key, label, help, count: integer, more: boolean, kind: "
               "\"records|choices|fields\"}]}",
     .query = "object:string Its key; company when absent"},
    {.method = Method::patch,
     .pattern = "/api/v1/tidy/settings",
     .answer = "{change: id, stale_days: {*: integer}}",
     .body = "{object?, stale_days: {*: integer}}"},
    {.method = Method::get,
     .pattern = "/api/v1/tidy/{check}",
     .answer = "{items: [TidyItem], next: string?, days?: {*: integer}}",
     .query = "object:string Its key; company when absent\n"
              "days:integer stale: after so many days, whatever the company set\n"
              "stage:string stale: of this stage only\n"
              "limit:integer 1 to 200\nafter:string Cursor of the page before",
     .errors = "422"},
    {.method = Method::post,
     .pattern = "/api/v1/tidy/{check}/preview",
     .answer = "{count: integer, more: boolean, skipped: [{title, reason}], "
               "items: [{id: any, title, field, label, from: any, to: any}]}",
     .body = kTidy},
    {.method = Method::post,
     .pattern = "/api/v1/tidy/{check}",
     .answer = "{change: id?, done: integer, skipped: [{title, reason}], next: string?}",
     .body = kTidy},
    {.method = Method::post, .pattern = "/api/v1/undo", .answer = "Undone", .body = "{change: id}"},

    // --- itself ---
    {.method = Method::get, .pattern = "/api/v1/openapi.json", .answer = "{*: any}"},
    {.method = Method::get, .pattern = "/api/v1/docs", .media = "text/html"},
};

constexpr SchemaText kSchemas[] = {
    {"Registered",
     "{number, name, name_kana, postal_code, prefecture, city, street, building, updated_on: date, "
     "closed_on?: date, closed_because?, successor?: {number, name}}"},
    {"RegisterState",
     "{load: {status: \"idle|running|done|failed\", file?, rows?: integer, percent?: integer, "
     "error?, line?}, files: [{name, rows: integer, complete: boolean, loaded_at: instant}], "
     "empty: "
     "boolean, newest?: date}"},
    {"RegisterCheckState",
     "{status: \"never|running|done|failed\", may_check: boolean, empty: boolean, companies?: "
     "integer, proposals?: integer, finished_at?: instant}"},
    {"Problem",
     "{type, title, status: integer, code, request_id, "
     "problems?: [{field, code, message}], *: any}"},
    {"Reference", "{id: id, title}"},
    {"PlanPreview",
     "{start: date?, running: {open: integer, all: integer}, tasks: [{step: id, name, kind, "
     "due_on: date, moved_from: date?, past: boolean, owner: Reference, note}]}"},
    {"PlanBegun",
     "{change: id, records: integer, tasks: integer, ids?: [id], problems: [{id: id, title, code, "
     "message}]}"},
    {"ListedRecord",
     "{id: id, object, version: integer, title, updated_at: instant, "
     "owner_id?: Reference, *: any}"},
    {"Option", "{id: id, title}"},
    {"Options", "{items: [Option]}"},
    {"Role", "\"owner|manager|member|viewer\""},
    {"Label", "{ja, en}"},
    {"CalendarContent",
     "{tasks?: boolean, activities?: boolean, customers?: boolean, done?: boolean}"},
    {"CalendarLink",
     "{active: boolean, created_at?: instant, last_used_at?: instant, content?: CalendarContent}"},
    {"Session",
     "{user: {id: id, title, email, role: Role, language: \"ja|en\", teams: [Reference]}, "
     "csrf, company: {name, purpose}, metadata_version, server_time: instant, "
     "feedback: {answers: integer, new?: integer}, version}"},
    {"Feedback",
     "{id: id, at: instant, by?: Reference, kind: \"trouble|wish|mistake|good\", text, page, "
     "browser, state: \"new|working|done|declined\", answer, version: integer, "
     "updated_at: instant, unread: boolean, change?: id}"},
    {"User",
     "{id: id, title, email, role: Role, team_ids: [id], disabled: boolean, invited: boolean, "
     "language: \"ja|en\", last_seen_at: instant?}"},
    {"ObjectRights",
     "{read?: Scope, create?: boolean, update?: Scope, delete?: Scope, export?: boolean}"},
    {"Scope", "\"none|own|team|all\""},
    {"RoleSettings",
     "{key: Role, label: Label, objects: {*: ObjectRights}, "
     "fields: {*: \"none|masked|read|write\"}, layouts: {*: Layout}}"},
    {"Layout", "{order?: [string], hidden?: [string], required?: [string]}"},
    {"Token",
     "{id: id, name, created_at: instant, expires_at: instant, scopes: [\"read|write\"], "
     "last_used_at?: instant}"},
    {"Settings",
     "{company_name?, fiscal_month?: any, company_postal_code?, company_address?, "
     "company_phone?, company_purpose?, company_trade?, offline_copies?}"},
    {"Field", "{id: integer, key, kind, label: Label, change?: id, *: any}"},
    {"Rollup",
     "{object, link, function: \"count|sum|min|max|average\", field?: string?, filter?: any}"},
    {"ObjectSetting",
     "{key, plural, icon, customer: boolean, in_navigation: boolean, label: Label, plural_label: "
     "Label, declared_label: Label, declared_plural_label: Label, help: Label, own: boolean, "
     "customer_links: [string], hidden: boolean, needed_by: [string]}"},
    {"ObjectInfo",
     "{key, plural, label: Label, plural_label: Label, fields: [Field], "
     "permissions: {*: boolean}, *: any}"},
    {"View",
     "{id: id, object, name, shared: boolean, mine: boolean, position: integer, "
     "state: {*: any}}"},
    {"File",
     "{id: id, name, type, size: integer, at: instant, by: Reference, deleted_at?: instant}"},
    {"DuplicateScan",
     "{status: \"never|running|done|failed|cancelled\", may_scan: boolean, checking?: boolean, "
     "records?: integer, pairs?: integer, percent?: integer, seconds_left?: integer, "
     "started_at?: instant, finished_at?: instant}"},
    {"ExportEvent",
     "{id: id, object?, by: Reference, at: instant, rows?: integer, format, "
     "status: \"running|done|cut\", kind: \"list|round_trip|all|calendar\", encoding?, filter?: "
     "any, "
     "filter_hidden?: boolean, q?, fields?: [string], source?, ended_at?: instant, "
     "replaced: integer, truncated?: integer, "
     "texts?: [{id?: id, title?, field, from, to}]}"},
    {"Comparison",
     "{id: id, object, name, created_at: instant, exported_by: Reference, exported_at: instant, "
     "status: \"open|applied\", unknown_columns: [string], hidden_columns: [string], "
     "counts: {*: integer}, change?: id}"},
    {"ComparedRow",
     "{row: integer, line: integer, kind: \"edit|add|remove\", id?: id, seen: boolean, title, "
     "possible: boolean, code?, message?, "
     "cells: [{field, state: \"change|conflict|refused|invalid\", before, now, next, code?, "
     "message?}], candidates?: [{id: id, title, subtitle}]}"},
    {"Applied",
     "{updated: integer, cells: integer, created: integer, removed: integer, "
     "skipped_count: integer, skipped: [{row: integer, id?: id, title, code, reason}], "
     "change?: id}"},
    {"Undone", "{undone: integer, skipped: [{object, id: id, title, code?, reason}], change?: id}"},
    {"Rule",
     "{id: id, version: integer, object, active: boolean, mode: \"refuse|warn\", name?, "
     "when?: [any], check: {*: any}, message?: {*: any}, works: boolean, change?: id}"},
    {"MaturityItem",
     "{key, level: integer, label: {ja, en}, fields: [string], fresh: boolean, "
     "one_is_enough: boolean, missing?: integer, lifts?: integer, filled?: boolean}"},
    {"TidyItem",
     "{record?: {id: id, title, object, version: integer}, stage?, owner?: string?, last?: "
     "integer?, problems?: [{field, label, value: any, text, proposal: any, proposal_text: "
     "string?}], field?, label?, values?: [{value, count: integer}], proposal?, count?: integer, "
     "object?, filled?: integer, of?: integer}"},
    {"ImportMap",
     "{id: id, object, name, shared: boolean, mine: boolean, owner, changeable: boolean, "
     "updated_at: instant}"},
    {"Import",
     "{id: id, object, name, status: \"ready|running|done|failed|cancelled|undone|undoing\", "
     "created_at: instant, created_by: Reference, create_links: boolean, "
     "duplicates: \"skip|create\", owner_id?: Reference, detected: {*: any}, "
     "counts?: {*: any}, notices?: [any], problems?: [any], columns: [any], "
     "map?: {id: string, object, own: boolean, name}, "
     "maps?: [{id: string, object, own: boolean, name}], "
     "preview?: [any], keys?: [string], mode: \"create|update|both\", key, "
     "policy: \"blanks|overwrite|newest\", policies: {*: any}, empty_cells: \"keep|clear\", "
     "date_column?: integer, file_date, unsure: \"wait|create|skip\", choices: [any], "
     "repeats: \"keep|drop\", stale_column?: integer, stale_years: integer, "
     "progress: {*: any}, change?: id, can_continue?: boolean, "
     "undo?: {undone: integer, skipped: integer, kept: [{object, id: id, code, reason}], "
     "change: id}, failure?: {code, message}}"},
    {"CardScan",
     "{id: id, name, status: \"reading|ready|failed\", created_at: instant, recognized: boolean, "
     "failure?: {code, message}, progress?: {done: integer, total: integer}, photo?: boolean, "
     "cards: [{number: integer, status: \"open|saving|saved|skipped|reading\", title, subtitle, "
     "corners: [integer], failure?: {code, message}, record?: id, width?: integer, height?: "
     "integer, fields?: [{key, value, confidence: integer, box?: [integer]}], "
     "lines?: [any]}]}"},
};
// clang-format on

}  // namespace

std::span<const OperationText> operation_texts() { return kOperations; }
std::span<const SchemaText> schema_texts() { return kSchemas; }

}  // namespace daifuku::api
