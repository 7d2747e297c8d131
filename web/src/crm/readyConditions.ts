import type { Label, ObjectMeta } from '@/api';
import type { Json } from '@/fields/filterModel';
import type { ReadyCondition } from '@/records/slots';

interface Asked {
  key: string;
  label: Label;
  of: (object: ObjectMeta) => boolean;
  /** Fields of the records that must be there to ask. */
  fields?: readonly string[];
  /** Related records by their plural, and what must be known of them. */
  related?: Record<string, readonly string[]>;
  filter: Json;
}

const customer = (object: ObjectMeta) => object.customer === true;
const is = (key: string) => (object: ObjectMeta) => object.key === key;
const within = (period: string): Json => ({ relative: period });

// What sales offices ask of their lists. Days and numbers are a beginning: everybody changes them in the builder.
const asked: readonly Asked[] = [
  {
    key: 'quiet',
    label: { ja: '60 日連絡がない', en: 'No contact for 60 days' },
    of: customer,
    fields: ['last_contact_at'],
    filter: { last_contact_at: within('not_for_days:60') },
  },
  {
    key: 'no_next',
    label: { ja: '次の予定がない', en: 'Nothing planned next' },
    of: customer,
    fields: ['next_action_at'],
    filter: { next_action_at: { empty: true } },
  },
  {
    key: 'complaint',
    label: { ja: '未解決のクレームがある', en: 'Has an open complaint' },
    of: customer,
    related: { inquiries: ['kind', 'status'] },
    filter: {
      inquiries: {
        some: { and: [{ kind: { in: ['complaint', 'trouble'] } }, { not: { status: { in: ['solved'] } } }] },
      },
    },
  },
  {
    key: 'often',
    label: { ja: '直近 90 日に受注 3 件以上', en: 'At least 3 orders in 90 days' },
    of: customer,
    related: { orders: ['ordered_on'] },
    filter: { orders: { where: { ordered_on: within('last_days:90') }, at_least: 3 } },
  },
  {
    key: 'lapsed',
    label: { ja: '1 年買っていない（以前は購入あり）', en: 'Bought before, not for a year' },
    of: customer,
    fields: ['last_order_on'],
    filter: { last_order_on: within('before_months:12') },
  },
  {
    key: 'not_visited',
    label: { ja: '半年訪問していない', en: 'Not visited for half a year' },
    of: customer,
    related: { activities: ['kind', 'happened_at', 'status'] },
    filter: {
      activities: {
        none: {
          and: [
            { kind: { in: ['visit'] } },
            { status: { in: ['done'] } },
            { happened_at: within('last_months:6') },
          ],
        },
      },
    },
  },
  {
    key: 'deal_open',
    label: { ja: '進行中の商談がある', en: 'Has an open deal' },
    of: customer,
    fields: ['deal_count'],
    filter: { deal_count: { gte: 1 } },
  },
  {
    key: 'contract_ends',
    label: { ja: '90 日以内に契約が切れる', en: 'A contract ends within 90 days' },
    of: customer,
    related: { contracts: ['expires_on'] },
    filter: { contracts: { some: { expires_on: within('next_days:90') } } },
  },
  {
    key: 'deal_quiet',
    label: { ja: '30 日動きのない商談', en: 'Nothing happened for 30 days' },
    of: is('deal'),
    fields: ['stage'],
    related: { activities: ['happened_at'] },
    filter: {
      and: [
        { not: { stage: { in: ['won', 'lost'] } } },
        { activities: { none: { happened_at: within('last_days:30') } } },
      ],
    },
  },
  {
    key: 'deal_no_task',
    label: { ja: '残っているやることがない', en: 'No task left' },
    of: is('deal'),
    related: { tasks: ['done'] },
    filter: { tasks: { none: { done: { eq: false } } } },
  },
  {
    key: 'deal_closing',
    label: { ja: '今月受注の見込み', en: 'To close this month' },
    of: is('deal'),
    fields: ['expected_close_on'],
    filter: { expected_close_on: within('this_month') },
  },
];

const mayAsk = (object: ObjectMeta | undefined, keys: readonly string[]) =>
  keys.every((key) => object?.fields.some((field) => field.key === key && !field.masked && !field.hidden));

/** The conditions that are often asked of such a list, as far as the reader may see what they are about. */
export function readyConditions(object: ObjectMeta, objects: readonly ObjectMeta[]): ReadyCondition[] {
  const seen = (plural: string, keys: readonly string[]) => {
    const other = objects.find((each) => each.plural === plural);
    const points = object.links_in.some((link) => link.object === other?.key);
    return points && other?.permissions.read === true && mayAsk(other, keys);
  };
  return asked.filter(
    (each) =>
      each.of(object) &&
      mayAsk(object, each.fields ?? []) &&
      Object.entries(each.related ?? {}).every(([plural, keys]) => seen(plural, keys)),
  );
}
