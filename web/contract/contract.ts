// The hand-written types of the UI (src/api) against those generated from the OpenAPI that the program serves. It only has to
// compile: tests/browser/contract.spec.ts writes schema.d.ts beside it and asks the compiler. See docs/decisions/0009.
import type {
  FieldInput,
  MeInput,
  Other,
  PlanBegun,
  PlanInput,
  PlanPreview,
  ReadyPlan,
  RowOperation,
  SetupInput,
  Summary,
  TidyBody,
  TidyCheck,
  TidyDone,
  TidyPreview,
  UserInput,
  ViewInput,
} from '../src/api';
import type * as ui from '../src/api/types';
import type { components, paths } from './schema';

type Schemas = components['schemas'];
type Path = keyof paths;
type Answer<P extends Path, M extends keyof paths[P], Status extends number = 200> = paths[P][M] extends {
  responses: Record<Status, { content: { 'application/json': infer Body } }>;
}
  ? Body
  : never;
type Body<P extends Path, M extends keyof paths[P]> = paths[P][M] extends {
  requestBody: { content: { 'application/json': infer Sent } };
}
  ? Sent
  : never;
type Item<List> = List extends { items: (infer One)[] } ? One : never;

// A member that the UI reads and the API does not promise would always be absent; where the API leaves an object open it may be.
type Unpromised<Served, Read> = string extends keyof Served ? never : Exclude<keyof Read, keyof Served>;
/** What is served can be read as the UI's type, and every member that the UI reads is served. */
type Reads<Served extends Read, Read> = [Served] extends [never]
  ? { error: 'no such answer' }
  : [Unpromised<Served, Read>] extends [never]
    ? true
    : { error: 'not served'; members: Unpromised<Served, Read> };
/** What the UI sends is what the API takes, with nothing that it does not know. */
type Sends<Sent extends Taken, Taken> = [Taken] extends [never]
  ? { error: 'no such body' }
  : [Unpromised<Taken, Sent>] extends [never]
    ? true
    : { error: 'not taken'; members: Unpromised<Taken, Sent> };

type Company = '/api/v1/companies';
type CompanyAt = '/api/v1/companies/{id}';

// Values of fields come with the metadata at run time; the members that every record has are fixed.
type RecordSystem = Pick<
  ui.RecordSystem,
  | 'id'
  | 'object'
  | 'version'
  | 'title'
  | 'updated_at'
  | 'created_at'
  | 'created_by'
  | 'updated_by'
  | 'owner_id'
  | 'deleted_at'
>;

export const answers: [
  Reads<Schemas['Session'], ui.Session>,
  Reads<Schemas['Reference'], ui.Reference>,
  Reads<Schemas['Label'], ui.Label>,
  Reads<Schemas['ObjectInfo'], Pick<ui.ObjectMeta, 'key' | 'plural' | 'label' | 'plural_label'>>,
  Reads<Schemas['Field'], Pick<ui.FieldMeta, 'id' | 'key' | 'label'>>,
  Reads<Schemas['View'], ui.View>,
  Reads<Schemas['File'], ui.AttachedFile>,
  Reads<Schemas['Undone'], Omit<ui.Undone, 'change'>>,
  Reads<Schemas['User'], ui.User>,
  Reads<Schemas['RoleSettings'], ui.RoleDefinition>,
  Reads<Schemas['ObjectRights'], ui.RoleRights>,
  Reads<Schemas['Token'], ui.ApiToken>,
  Reads<
    Item<Answer<Company, 'get'>>,
    Omit<RecordSystem, 'created_at' | 'created_by' | 'updated_by' | 'deleted_at'>
  >,
  Reads<Answer<CompanyAt, 'get'>, Partial<Omit<RecordSystem, 'created_by' | 'updated_by' | 'owner_id'>>>,
  Reads<NonNullable<Answer<Company, 'get'>['total']>, ui.Total>,
  Reads<Item<Answer<'/api/v1/companies/{id}/timeline', 'get'>>, ui.TimelineEntry>,
  Reads<
    Item<Answer<'/api/v1/companies/{id}/history', 'get'>>,
    Omit<ui.HistoryEntry, 'action' | 'changes'> & { changes: { field: string }[] }
  >,
  Reads<Item<Answer<'/api/v1/companies/{id}/files', 'get'>>, ui.AttachedFile>,
  Reads<Answer<'/api/v1/companies/batch', 'post'>, ui.BatchResult>,
  Reads<Answer<'/api/v1/companies/duplicates', 'post'>, ui.FoundForDraft>,
  Reads<Item<Answer<'/api/v1/search', 'get'>>, ui.SearchHit>,
  Reads<Item<Answer<'/api/v1/recent', 'get'>>, ui.RecentItem>,
  Reads<Item<Answer<'/api/v1/changes', 'get'>>, Omit<ui.ChangeItem, 'action'>>,
  Reads<Item<Answer<'/api/v1/postal/{code}', 'get'>>, ui.PostalAddress>,
  Reads<Item<Answer<'/api/v1/postal', 'get'>>, ui.PostalMatch>,
  Reads<Item<Answer<'/api/v1/me/sessions', 'get'>>, ui.SignedInDevice>,
  Reads<Answer<'/api/v1/companies/summary', 'get'>, Omit<Summary, 'groups'>>,
  Reads<Answer<'/api/v1/tidy', 'get'>, { object: string; checks: TidyCheck[] }>,
  Reads<Answer<'/api/v1/tidy/{check}/preview', 'post'>, Omit<TidyPreview, 'items'>>,
  Reads<Answer<'/api/v1/tidy/{check}', 'post'>, TidyDone>,
  Reads<Answer<'/api/v1/plans/{id}/preview', 'post'>, PlanPreview>,
  Reads<Answer<'/api/v1/plans/{id}/apply', 'post', 201>, PlanBegun>,
  Reads<Item<Answer<'/api/v1/plans/ready', 'get'>>, ReadyPlan>,
  Reads<Answer<'/api/v1/companies/{id}/presence', 'post'>, { others: Other[] }>,
  Reads<
    Schemas['Import'],
    Pick<ui.ImportRun, 'id' | 'object' | 'name' | 'status' | 'change' | 'create_links' | 'created_at'>
  >,
] = [
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
];

export const bodies: [
  Sends<MeInput, Body<'/api/v1/me', 'patch'>>,
  Sends<SetupInput, Body<'/api/v1/setup', 'post'>>,
  Sends<UserInput, Body<'/api/v1/users/{id}', 'patch'>>,
  Sends<Omit<ViewInput, 'state'>, Body<'/api/v1/views/{id}', 'patch'>>,
  Sends<Omit<FieldInput, 'kind' | 'target'>, Body<'/api/v1/fields/{object}/{key}', 'patch'>>,
  Sends<ui.ImportSettings, Body<'/api/v1/imports/{id}', 'patch'>>,
  Sends<{ objects?: Record<string, ui.RoleRights> }, Body<'/api/v1/roles/{key}', 'patch'>>,
  Sends<Omit<TidyBody, 'value'>, Body<'/api/v1/tidy/{check}', 'post'>>,
  Sends<PlanInput, Body<'/api/v1/plans/{id}/apply', 'post'>>,
] = [true, true, true, true, true, true, true, true, true];

// A line of a batch is NDJSON, which OpenAPI cannot describe; the API scenarios hold it.
export type Line = RowOperation;
