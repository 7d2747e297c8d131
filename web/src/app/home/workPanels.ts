import type { FieldMeta, Filter, ObjectMeta, Values } from '@/api';

// The panels under the tasks of the home screen, each as data: which records, in which order, what stands on a line and
// what can be done there. Filters use indexed fields, and a panel reads its first few rows only.

/** What can be done on a line without leaving it. Each needs its fields writable, else it is not offered. */
export type WorkAction =
  /** Write down what was said with the customer. */
  | { do: 'contact' }
  /** Write the answer to an inquiry, and close it. */
  | { do: 'answer'; text: string; status: string; solved: string }
  /** One change by one press. */
  | { do: 'set'; text: string; said: string; values: (me: string) => Values }
  /** Another day for the field. */
  | { do: 'day'; text: string; field: string }
  /** A new task on a day, for the customer or for the record itself. */
  | { do: 'task'; text: string; link?: string }
  /** The form of a new record for the same customer. */
  | { do: 'create'; object: string };

export interface WorkPanel {
  key: string;
  object: string;
  /** Fields without which the panel says nothing: it is hidden when one of them is not readable. */
  needs: string[];
  filter: (days: number, until: string) => Filter;
  /** The same records in pieces, each of which walks an index; read one after the other until there are enough. */
  pieces?: (days: number) => Filter[];
  sort: string;
  /** The day of a line: one that comes, or one that is past. */
  day: { field: string; as: 'due' | 'since' };
  /** Fields shown under the title when they are readable: text, choice, or a user. */
  also: string[];
  /** Records without anybody count as mine too: somebody has to take them. */
  unclaimed?: boolean;
  /** Mentions are of one person, whoever's the rest is. */
  personal?: boolean;
  days?: { choices: number[]; usual: number; as: 'ahead' | 'over' | 'within' };
  /** The first is a button of its own, the others are in the menu. */
  actions: WorkAction[];
}

const longAgo = (days: number): Filter => ({ last_contact_at: { relative: `before_days:${days}` } });
// Never contacted counts: nobody is quieter.
const never: Filter = { last_contact_at: { empty: true } };
const isCustomer: Filter = { stage: { eq: 'customer' } };
const quiet = {
  filter: (days: number): Filter => ({ and: [isCustomer, { or: [longAgo(days), never] }] }),
  // As one condition it would read every customer: 40 ms of 30,000 instead of 1.
  pieces: (days: number): Filter[] => [{ and: [isCustomer, longAgo(days)] }, { and: [isCustomer, never] }],
  sort: 'last_contact_at',
  day: { field: 'last_contact_at', as: 'since' },
  also: ['next_action'],
  days: { choices: [14, 30, 60, 90, 180, 365], usual: 60, as: 'over' },
  actions: [{ do: 'contact' }, { do: 'task', text: 'planContact' }, { do: 'create', object: 'deal' }],
} satisfies Partial<WorkPanel>;

const consumer: Filter = { company: { empty: true } };

export const workPanels: readonly WorkPanel[] = [
  {
    key: 'mentions',
    object: 'activity',
    needs: ['mentions', 'happened_at'],
    filter: (days) => ({
      and: [{ mentions: { has: 'me' } }, { happened_at: { relative: `last_days:${days}` } }],
    }),
    sort: '-happened_at',
    day: { field: 'happened_at', as: 'since' },
    also: ['created_by', 'content'],
    personal: true,
    days: { choices: [7, 14, 30], usual: 14, as: 'within' },
    actions: [{ do: 'contact' }],
  },
  {
    key: 'inquiries',
    object: 'inquiry',
    needs: ['status', 'responded_at', 'received_at'],
    filter: () => ({ and: [{ status: { in: ['open', 'working'] } }, { responded_at: { empty: true } }] }),
    sort: 'received_at',
    day: { field: 'received_at', as: 'since' },
    also: ['kind', 'content'],
    unclaimed: true,
    actions: [
      { do: 'answer', text: 'response', status: 'status', solved: 'solved' },
      { do: 'contact' },
      { do: 'set', text: 'take', said: 'taken', values: (me) => ({ owner_id: me }) },
      { do: 'set', text: 'close', said: 'closed', values: () => ({ status: 'solved' }) },
    ],
  },
  {
    key: 'deals',
    object: 'deal',
    needs: ['next_plan_on', 'closed_on'],
    filter: (_days, until) => ({
      and: [{ closed_on: { empty: true } }, { next_plan_on: { lte: until } }],
    }),
    sort: 'next_plan_on',
    day: { field: 'next_plan_on', as: 'due' },
    also: ['next_plan', 'stage'],
    days: { choices: [0, 7, 14, 30], usual: 7, as: 'ahead' },
    actions: [{ do: 'contact' }, { do: 'day', text: 'planAgain', field: 'next_plan_on' }],
  },
  {
    key: 'contracts',
    object: 'contract',
    needs: ['status', 'expires_on'],
    filter: (days) => ({
      and: [{ status: { eq: 'active' } }, { expires_on: { relative: `next_days:${days}` } }],
    }),
    sort: 'expires_on',
    day: { field: 'expires_on', as: 'due' },
    also: ['number'],
    days: { choices: [30, 60, 90, 180], usual: 90, as: 'ahead' },
    actions: [
      { do: 'contact' },
      { do: 'task', text: 'planTask', link: 'contract' },
      { do: 'create', object: 'deal' },
    ],
  },
  { key: 'quietCompanies', object: 'company', needs: ['stage', 'last_contact_at'], ...quiet },
  {
    key: 'quietPeople',
    object: 'person',
    needs: ['stage', 'last_contact_at', 'company'],
    ...quiet,
    // People of a company are reached through the company.
    filter: (days) => ({ and: [consumer, isCustomer, { or: [longAgo(days), never] }] }),
    pieces: (days) => quiet.pieces(days).map((piece) => ({ and: [consumer, piece] })),
  },
];

/** A field that the reader sees; system fields are fields of every object. */
export function readable(object: ObjectMeta, key: string): FieldMeta | undefined {
  return object.fields.find((field) => field.key === key && !field.masked);
}

/** The object of a panel when the reader may see all that the panel is made of. */
export function objectOf(panel: WorkPanel, objects: readonly ObjectMeta[]): ObjectMeta | undefined {
  const object = objects.find((each) => each.key === panel.object);
  const seen = object?.permissions.read && panel.needs.every((key) => readable(object, key));
  return seen ? object : undefined;
}

/** A panel's own condition and whose records: on one level, so that the list behind it shows them one by one. */
export function joined(panel: WorkPanel, own: Filter, whom: Filter | undefined): Filter {
  const parts = 'and' in own && Array.isArray(own.and) ? own.and : [own];
  return { and: [...(whom && !panel.personal ? [whom] : []), ...parts] };
}

/** The actions of a panel that the reader may take, given what may be written. */
export function possibleActions(panel: WorkPanel, objects: readonly ObjectMeta[]): WorkAction[] {
  const object = objects.find((each) => each.key === panel.object);
  if (!object) return [];
  const may = (key: string) =>
    object.permissions.update &&
    (key === 'owner_id' ||
      object.fields.some((field) => field.key === key && !field.masked && field.writable !== false));
  const creates = (key: string) => objects.some((each) => each.key === key && each.permissions.create);
  const possible = (action: WorkAction): boolean => {
    switch (action.do) {
      case 'contact':
        return creates('activity') && (object.customer || (object.customer_links ?? []).length > 0);
      case 'answer':
        return may(action.text) && may(action.status);
      case 'day':
        return may(action.field);
      case 'task':
        return creates('task');
      case 'create':
        return creates(action.object);
      case 'set':
        return Object.keys(action.values('')).every(may);
    }
  };
  return panel.actions.filter(possible);
}
