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
constexpr std::string_view kWritten =
    "@ & {change: id, candidates?: [{id: id, title, subtitle, reasons: [{code, text}]}]}";
constexpr std::string_view kETag = "ETag The version of the record, quoted";

// clang-format off: a table, one route a block
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
     .body = "{objects?: {*: ObjectRights}, fields?: {*: \"none|masked|read|write\"?}}"},
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
     .body = "{object, label: any, kind, help?: any, options?: [any], target?, section?, "
             "required?: boolean, in_list?: boolean}"},
    {.method = Method::patch,
     .pattern = "/api/v1/fields/{object}/{key}",
     .answer = "Field",
     .body = "{label?: any, help?: any, required?: boolean, hidden?: boolean, in_list?: boolean, "
             "options?: [any], section?, position?: integer}"},
    {.method = Method::del, .pattern = "/api/v1/fields/{object}/{key}", .status = 204},
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
     .answer = "{items: [{postal_code, prefecture, city, town, city_kana, town_kana, office?, "
               "street?}]}"},

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
         "{object?, encoding?, delimiter?, sheet?: integer, header?: boolean, header_row?: "
         "integer, "
         "columns?: [{index: integer, to}], create_links?: boolean, duplicates?: \"skip|create\", "
         "owner_id?: id?}",
     .errors = "409"},
    {.method = Method::post,
     .pattern = "/api/v1/imports/{id}/run",
     .status = 202,
     .answer = "Import",
     .errors = "409 422"},
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
    {.method = Method::get,
     .pattern = "/api/v1/{objects}/export",
     .query =
         "format:string csv, tsv or xlsx\nencoding:string utf-8-bom, utf-8 or cp932\n"
         "filter:string As in the list\nsort:string As in the list\nfields:string As in the list\n"
         "q:string As in the list",
     .media = "text/csv",
     .errors = "403 422"},

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
     .answer = "{candidates: [{id: id, title, subtitle, reasons: [{code, text}]}]}",
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
               "next: string?}",
     .query = "limit:integer 1 to 200\nafter:string Cursor of the page before\n"
              "objects:string Comma-separated keys"},
    {.method = Method::get,
     .pattern = "/api/v1/{objects}/{id}/history",
     .answer = "{items: [{id: id, at: instant, by: Reference, action: "
               "\"create|update|delete|restore|merge\", "
               "source: \"screen|api|import|rule|undo|demo\", "
               "changes: [{field, old?: any, new?: any}]}], next: string?}",
     .query = kPage},
    {.method = Method::post, .pattern = "/api/v1/{objects}/{id}/seen", .status = 204},
    {.method = Method::post,
     .pattern = "/api/v1/{objects}/batch",
     .answer = "{change: id, count: integer, problems: [{id: id, title, code, message}]}",
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
     .status = 204,
     .body = "{pairs: [{a: id, b: id}], decision: \"open|different|later\"}",
     .query = "object:string Its key"},
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
    {.method = Method::post, .pattern = "/api/v1/undo", .answer = "Undone", .body = "{change: id}"},

    // --- itself ---
    {.method = Method::get, .pattern = "/api/v1/openapi.json", .answer = "{*: any}"},
    {.method = Method::get, .pattern = "/api/v1/docs", .media = "text/html"},
};

constexpr SchemaText kSchemas[] = {
    {"Problem",
     "{type, title, status: integer, code, request_id, "
     "problems?: [{field, code, message}], *: any}"},
    {"Reference", "{id: id, title}"},
    {"ListedRecord",
     "{id: id, object, version: integer, title, updated_at: instant, "
     "owner_id?: Reference, *: any}"},
    {"Option", "{id: id, title}"},
    {"Options", "{items: [Option]}"},
    {"Role", "\"owner|manager|member|viewer\""},
    {"Label", "{ja, en}"},
    {"Session",
     "{user: {id: id, title, email, role: Role, language: \"ja|en\", teams: [Reference]}, "
     "csrf, company: {name}, metadata_version, server_time: instant, version}"},
    {"User",
     "{id: id, title, email, role: Role, team_ids: [id], disabled: boolean, invited: boolean, "
     "language: \"ja|en\", last_seen_at: instant?}"},
    {"ObjectRights",
     "{read?: Scope, create?: boolean, update?: Scope, delete?: Scope, export?: boolean}"},
    {"Scope", "\"none|own|team|all\""},
    {"RoleSettings",
     "{key: Role, label: Label, objects: {*: ObjectRights}, "
     "fields: {*: \"none|masked|read|write\"}}"},
    {"Token",
     "{id: id, name, created_at: instant, expires_at: instant, scopes: [\"read|write\"], "
     "last_used_at?: instant}"},
    {"Settings",
     "{company_name?, fiscal_month?: any, company_postal_code?, company_address?, "
     "company_phone?, company_purpose?}"},
    {"Field", "{id: integer, key, kind, label: Label, *: any}"},
    {"ObjectInfo",
     "{key, plural, label: Label, plural_label: Label, fields: [Field], "
     "permissions: {*: boolean}, *: any}"},
    {"View",
     "{id: id, object, name, shared: boolean, mine: boolean, position: integer, "
     "state: {*: any}}"},
    {"File",
     "{id: id, name, type, size: integer, at: instant, by: Reference, deleted_at?: instant}"},
    {"DuplicateScan",
     "{status: \"never|running|done|failed\", may_scan: boolean, records?: integer, "
     "pairs?: integer, started_at?: instant, finished_at?: instant}"},
    {"Undone", "{undone: integer, skipped: [{object, id: id, title, code?, reason}], change?: id}"},
    {"Import",
     "{id: id, object, name, status: \"ready|running|done|failed|cancelled|undone|undoing\", "
     "created_at: instant, created_by: Reference, create_links: boolean, "
     "duplicates: \"skip|create\", owner_id?: Reference, detected: {*: any}, "
     "counts?: {*: any}, notices?: [any], problems?: [any], columns: [any], "
     "preview?: [any], progress: {*: any}, change?: id, "
     "undo?: {undone: integer, skipped: integer, change: id}, failure?: {code, message}}"},
};
// clang-format on

}  // namespace

std::span<const OperationText> operation_texts() { return kOperations; }
std::span<const SchemaText> schema_texts() { return kSchemas; }

}  // namespace daifuku::api
