import { IconPhone, IconPlus } from '@tabler/icons-react';
import { useQueries } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import {
  fetchRecord,
  keys,
  type ObjectMeta,
  type SearchHit,
  useObjects,
  useSearch,
  type Values,
} from '@/api';
import { phoneHref } from '@/fields';
import { formatDate, useTexts } from '@/ui';
import { phonesOf } from '../phones';
import { isNamed } from '../search/describeHit';
import { useCreate } from './CreateProvider';
import type { Command } from './paletteCommand';
import type { PaletteItem } from './usePaletteItems';

const choices = 6;
// More are asked for than shown: those with the name are chosen from them.
const mostHits = 40;
const icon = { size: 18, stroke: 1.6 };

/** What a command may mean: one line for each customer that fits, and last a record without any. */
export function useCommandItems(command: Command | undefined): {
  items: PaletteItem[];
  isSearching: boolean;
} {
  const objects = useObjects();
  const targets = customersFor(command, objects);
  const found = useSearch(command?.customer ?? '', {
    objects: targets.map((object) => object.key),
    limit: mostHits,
  });
  const isAsked = command !== undefined && command.customer !== '' && targets.length > 0;
  const all = isAsked && !found.isPlaceholderData ? (found.data?.items ?? []) : [];
  const query = command?.customer ?? '';
  const named = all.filter((hit) =>
    isNamed(
      hit,
      objects.find((object) => object.key === hit.object),
      query,
    ),
  );
  const hits = (named.length > 0 ? named : all).slice(0, choices);
  const calls = useCallItems(
    command && !command.object ? hits.slice(0, choices) : [],
    command?.customer ?? '',
  );
  const forms = useFormItems(command?.object ? command : undefined, hits);
  return {
    items: command?.object ? forms : calls,
    isSearching: isAsked && found.isFetching,
  };
}

function customersFor(command: Command | undefined, objects: readonly ObjectMeta[]): ObjectMeta[] {
  const readable = objects.filter((object) => object.customer && object.permissions.read);
  const target = command?.object;
  if (!target) return readable;
  return readable.filter((object) => linkOf(target, object));
}

function linkOf(target: ObjectMeta, customer: ObjectMeta | undefined) {
  return target.fields.find(
    (field) =>
      customer &&
      target.customer_links?.includes(field.key) &&
      field.target === customer.key &&
      field.writable !== false,
  );
}

function useFormItems(command: Command | undefined, hits: readonly SearchHit[]): PaletteItem[] {
  const { t, label, language } = useTexts();
  const create = useCreate();
  const objects = useObjects();
  const target = command?.object;
  if (!command || !target) return [];
  const titled = (text: string): Values => {
    const field = target.fields.find((each) => each.key === target.title);
    return field && field.kind === 'text' && field.writable !== false && text ? { [field.key]: text } : {};
  };
  const due = target.fields.find((field) => field.key === 'due_on' && field.kind === 'date');
  const more: Values = command.due && due ? { [due.key]: command.due } : {};
  const title = t('app.newObject', { name: label(target.label) });
  const when = command.due && due ? formatDate(command.due, 'day', language) : '';
  const line = (...parts: string[]) => parts.filter(Boolean).join(' · ');
  const forCustomers = hits.flatMap((hit): PaletteItem[] => {
    const customer = objects.find((object) => object.key === hit.object);
    const link = linkOf(target, customer);
    return link
      ? [
          {
            id: `do-${target.key}-${hit.object}-${hit.id}`,
            icon: <IconPlus {...icon} />,
            title: `${title}: ${hit.title}`,
            subtitle: line(command.name, when, hit.subtitle ?? ''),
            marked: command.customer,
            run: () =>
              create(target, {
                ...titled(command.name),
                ...more,
                [link.key]: { id: hit.id, title: hit.title },
              }),
          },
        ]
      : [];
  });
  return [
    ...forCustomers,
    {
      id: `do-${target.key}`,
      icon: <IconPlus {...icon} />,
      title: t('app.palette.named', { action: title, name: command.whole }),
      subtitle: line(when, target.customer ? '' : t('app.palette.noCustomer')),
      run: () => create(target, { ...titled(command.whole), ...more }),
    },
  ];
}

/** The numbers of those who fit. Choosing one dials where the device can, and shows who it is in any case. */
function useCallItems(hits: readonly SearchHit[], query: string): PaletteItem[] {
  const { t } = useTexts();
  const navigate = useNavigate();
  const objects = useObjects();
  const asked = hits.flatMap((hit) => {
    const object = objects.find((each) => each.key === hit.object);
    return object ? [{ hit, object }] : [];
  });
  const records = useQueries({
    queries: asked.map(({ hit, object }) => ({
      queryKey: keys.record(object.key, hit.id),
      queryFn: ({ signal }: { signal: AbortSignal }) => fetchRecord(object, hit.id, signal),
      staleTime: 60_000,
    })),
    combine: (found) => found.map(({ data }) => data),
  });
  return asked.flatMap(({ hit, object }, index): PaletteItem[] => {
    const record = records[index];
    if (!record) return [];
    return phonesOf(object, record).map(({ number }) => ({
      id: `call-${hit.id}-${number}`,
      icon: <IconPhone {...icon} />,
      title: t('app.palette.call', { name: hit.title, number }),
      subtitle: hit.subtitle,
      marked: query,
      run: () => {
        void navigate({ to: '/o/$plural/$id', params: { plural: object.plural, id: hit.id } });
        window.location.assign(phoneHref(number));
      },
    }));
  });
}
