// What follows from a firm's trade and from the work that it does today: what to use, what to call it, what to keep.
import type { Definitions, FieldMeta, Label, ObjectSetting } from '@/api';
import { type Area, areas, type FieldIdea, type Often, type Trade } from './trades';

/** A row of the sheet, as far as it says something. */
export interface Work {
  name: string;
  area?: string;
  people?: string;
  tools?: readonly string[];
  list_name?: string;
  often?: string;
  minutes?: number;
}

export const nothing = (): Definitions => ({
  objects: [],
  fields: [],
  field_changes: [],
  object_changes: [],
});

export type ProposalGroup = 'use' | 'words' | 'stages' | 'ledgers' | 'fields';
export interface Proposal {
  id: string;
  group: ProposalGroup;
  title: Label;
  /** Why, in words: of the trade itself, or a key with the works it follows from. */
  why: Label | { key: 'unused' | 'used' | 'trade' | 'stages'; works: string[] };
  /** It is so already. */
  done: boolean;
  /** Only a guess: chosen by a person, not at first. */
  unsure?: boolean;
  change: Partial<Definitions>;
}

// Which part of the dealings with customers an object is for.
const areasOf: Readonly<Record<string, readonly Area[]>> = {
  deal: ['deal'],
  proposal: ['deal'],
  product: ['order', 'deliver', 'bill'],
  order: ['order', 'deliver', 'bill'],
  contract: ['care', 'bill'],
  inquiry: ['claim', 'find'],
  plan: ['care', 'deal'],
  business_card: ['find', 'deal'],
};

const same = (a: Label, b: Label) => a.ja === b.ja;

function partsOf(
  trade: Trade | undefined,
  works: readonly Work[],
  objects: readonly ObjectSetting[],
): Proposal[] {
  const seldom = new Set(trade?.seldom ?? []);
  const worksIn = (key: string) =>
    works.filter((work) => areasOf[key]?.includes(work.area as Area)).map((work) => work.name);
  // What the trade has words, stages or fields for is meant to be used.
  const meant = new Set([
    ...(trade?.words ?? []).map((each) => each.object),
    ...(trade?.fields ?? []).map((each) => each.object),
    ...(Object.keys(trade?.stages ?? {}).length > 0 ? ['deal'] : []),
  ]);
  // What is done today is kept, whatever is usual in the trade.
  const idle = (key: string) =>
    worksIn(key).length === 0 &&
    (seldom.has(key) || (works.length >= 5 && key in areasOf && !meant.has(key)));
  const out: Proposal[] = [];
  for (const object of objects) {
    if (object.own || object.customer) continue;
    const found = worksIn(object.key);
    const needed = object.needed_by.some((key) => !idle(key));
    if (object.hidden ? found.length > 0 : idle(object.key) && !needed) {
      out.push({
        id: `use.${object.key}`,
        group: 'use',
        title: object.plural_label,
        why: { key: object.hidden ? 'used' : seldom.has(object.key) ? 'trade' : 'unused', works: found },
        done: false,
        unsure: !object.hidden && !seldom.has(object.key),
        change: { object_changes: [{ key: object.key, hidden: !object.hidden }] },
      });
    }
  }
  return out;
}

function wordsOf(trade: Trade, objects: readonly ObjectSetting[]): Proposal[] {
  return trade.words.flatMap(({ object: key, label }) => {
    const object = objects.find((each) => each.key === key);
    if (!object) return [];
    return [
      {
        id: `words.${key}`,
        group: 'words' as const,
        title: {
          ja: `${object.declared_label.ja} → ${label.ja}`,
          en: `${object.declared_label.en} → ${label.en}`,
        },
        why: { key: 'trade' as const, works: [] },
        done: same(object.label, label),
        change: { object_changes: [{ key, label, plural_label: label }] },
      },
    ];
  });
}

function stagesOf(trade: Trade, stage: FieldMeta | undefined): Proposal[] {
  const now = stage?.options ?? [];
  const named = Object.entries(trade.stages).filter(([key]) => now.some((option) => option.key === key));
  if (named.length === 0) return [];
  const shown = (language: 'ja' | 'en') =>
    now
      .filter((option) => !option.hidden)
      .map((option) => (trade.stages[option.key] ?? option.label)[language])
      .join(language === 'ja' ? '、' : ', ');
  return [
    {
      id: 'stages',
      group: 'stages',
      title: { ja: shown('ja'), en: shown('en') },
      why: { key: 'stages', works: [] },
      done: named.every(([key, label]) =>
        now.some((option) => option.key === key && same(option.label, label)),
      ),
      change: {
        field_changes: [
          {
            object: 'deal',
            key: 'stage',
            options: now.map(({ key, label, color, hidden }) => ({
              key,
              label: trade.stages[key] ?? label,
              color,
              hidden: hidden ?? false,
            })),
          },
        ],
      },
    },
  ];
}

const bodyOf = ({ object, label, kind, help, options, in_list }: FieldIdea) => ({
  object,
  label,
  kind,
  help,
  in_list: in_list ?? false,
  ...(options ? { options: options.map((each) => ({ label: each })) } : {}),
});

function ledgersOf(trade: Trade, objects: readonly ObjectSetting[]): Proposal[] {
  return trade.objects.map(({ key, label, icon, links, why, fields }) => {
    const there = objects.find((each) => each.own && same(each.plural_label, label));
    const putAway = there?.hidden === true;
    return {
      id: `ledgers.${key}`,
      group: 'ledgers' as const,
      title: label,
      why,
      done: there !== undefined && !putAway,
      change: putAway
        ? { object_changes: [{ key: there.key, hidden: false }] }
        : {
            objects: [{ key, label, plural_label: label, icon, links, in_navigation: true }],
            fields: fields.map((field) => bodyOf({ ...field, object: key })),
          },
    };
  });
}

function fieldsOf(trade: Trade, fields: Readonly<Record<string, readonly FieldMeta[]>>): Proposal[] {
  return trade.fields.map((idea, at) => ({
    id: `fields.${idea.object}.${at}`,
    group: 'fields',
    title: idea.label,
    why: idea.help,
    done: (fields[idea.object] ?? []).some((field) => same(field.label, idea.label) && !field.hidden),
    change: { fields: [bodyOf(idea)] },
  }));
}

/** In the order in which they are shown. `fields` by object: those of a field idea, and `deal`. */
export function propose(
  trade: Trade | undefined,
  works: readonly Work[],
  objects: readonly ObjectSetting[],
  fields: Readonly<Record<string, readonly FieldMeta[]>>,
): Proposal[] {
  const used = partsOf(trade, works, objects);
  if (!trade) return used;
  const stage = fields.deal?.find((field) => field.key === 'stage');
  const hidden = (key: string) => objects.find((each) => each.key === key)?.hidden;
  const away = new Set(
    used.filter((each) => each.why && 'key' in each.why && each.why.key !== 'used').map((each) => each.id),
  );
  const seen = (key: string) => !hidden(key) && !away.has(`use.${key}`);
  return [
    ...used,
    ...wordsOf(trade, objects).filter((each) => seen(each.id.slice('words.'.length))),
    ...(seen('deal') ? stagesOf(trade, stage) : []),
    ...ledgersOf(trade, objects),
    ...fieldsOf(trade, fields).filter((each) =>
      each.change.fields?.every((field) => seen(String(field.object))),
    ),
  ];
}

/** The chosen ones as one change. */
export function changeOf(chosen: readonly Proposal[]): Definitions {
  const out = nothing();
  for (const { change } of chosen) {
    out.objects.push(...(change.objects ?? []));
    out.fields.push(...(change.fields ?? []));
    out.field_changes.push(...(change.field_changes ?? []));
    for (const each of change.object_changes ?? []) {
      const known = out.object_changes.find(({ key }) => key === each.key);
      if (known) Object.assign(known, each);
      else out.object_changes.push({ ...each });
    }
  }
  return out;
}

// Working days: what is done every day is done on 20 of a month.
const timesAMonth: Readonly<Record<Often, number>> = {
  daily: 20,
  weekly: 4,
  monthly: 1,
  yearly: 1 / 12,
  asked: 0,
};

/** How many minutes a month a work takes; 0 when nobody said. */
export function minutesAMonth(work: Work): number {
  return (work.minutes ?? 0) * (timesAMonth[work.often as Often] ?? 0);
}

export interface Share {
  name: string;
  works: string[];
}
const kBetween = /[、，,・/／;；\n]+|\s+と\s+/;

function gather(works: readonly Work[], texts: (work: Work) => string | undefined): Share[] {
  const found = new Map<string, Share>();
  for (const work of works) {
    for (const part of (texts(work) ?? '').split(kBetween)) {
      const name = part.trim();
      if (name === '') continue;
      const known = found.get(name) ?? { name, works: [] };
      if (!known.works.includes(work.name)) known.works.push(work.name);
      found.set(name, known);
    }
  }
  return [...found.values()].sort((a, b) => b.works.length - a.works.length);
}

/** Who works with customers, the busiest first; with the role that suits: who leads sees and changes all. */
export function peopleOf(works: readonly Work[]): (Share & { role: 'manager' | 'member' })[] {
  return gather(works, (work) => work.people).map((share) => ({
    ...share,
    role: /(社長|代表|所長|院長|部長|課長|店長|管理者|責任者|owner|head|manager)/i.test(share.name)
      ? 'manager'
      : 'member',
  }));
}

/** The lists that are in use today: each is a file to bring in. */
export function listsOf(works: readonly Work[]): Share[] {
  return gather(works, (work) => work.list_name);
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : undefined);

/** In the order in which the parts come about; without a part, last. */
export function inOrder<Each extends Readonly<Record<string, unknown>>>(records: readonly Each[]): Each[] {
  const place = ({ area }: Each) => (areas.indexOf(area as Area) + areas.length + 1) % (areas.length + 1);
  return [...records].sort((a, b) => place(a) - place(b));
}

/** A record of `work_item` as a work. */
export function workOf(record: Readonly<Record<string, unknown>>): Work {
  return {
    name: textOf(record.name) ?? textOf(record.title) ?? '',
    area: textOf(record.area),
    people: textOf(record.people),
    tools: Array.isArray(record.tools) ? record.tools.map(String) : [],
    list_name: textOf(record.list_name),
    often: textOf(record.often),
    minutes: typeof record.minutes === 'number' ? record.minutes : undefined,
  };
}
