import {
  IconKeyboard,
  IconLayoutList,
  IconPin,
  IconPlus,
  IconSearch,
  IconSettings,
  IconSun,
} from '@tabler/icons-react';
import { useQueries } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useMemo } from 'react';
import { type ObjectMeta, type SearchHit, useObjects, useRecent, useSearch, viewsQuery } from '@/api';
import { fromApiView, stateOfView, writeListState } from '@/records/listState';
import { usePinned } from '@/records/pins';
import { NamedIcon, useDebouncedValue, useTexts } from '@/ui';
import { fold } from '@/ui/highlight';
import { namedFirst, readingOf, whereFound } from '../search/describeHit';
import { settingsPages } from '../settings/settingsPages';
import { useCreate } from './CreateProvider';
import { parseCommand } from './paletteCommand';
import { useCommandItems } from './useCommandItems';
import { useNavigation } from './useNavigation';

export interface PaletteItem {
  id: string;
  icon: ReactNode;
  title: string;
  /** How the name is read. */
  reading?: string;
  subtitle?: string;
  kind?: string;
  /** The words whose letters are marked in it. */
  marked?: string;
  run: () => void;
}
export interface PaletteGroup {
  heading: string;
  items: PaletteItem[];
}

const debounceMs = 150;
// More are asked for than shown of a kind: those with the name come first.
const hitLimit = 40;
const shownOfKind = 6;
const actionLimit = 8;
const plain = { size: 18, stroke: 1.6 };
const present = (item: PaletteItem | undefined): item is PaletteItem => item !== undefined;

/** Pages, lists, saved views and new records, by their names. */
function useActions(onHelp: () => void, withViews: boolean): PaletteItem[] {
  const { t, label } = useTexts();
  const navigate = useNavigate();
  const create = useCreate();
  const { objects, tools, isManager } = useNavigation();
  const views = useQueries({
    queries: objects.map((object) => ({ ...viewsQuery(object.key), enabled: withViews })),
    combine: (found) => found.map(({ data }) => data?.items ?? []),
  });
  return useMemo<PaletteItem[]>(() => {
    const list = (object: ObjectMeta) => t('app.listOf', { name: label(object.plural_label) });
    return [
      ...objects
        .filter((object) => object.permissions.create)
        .map((object) => ({
          id: `new-${object.key}`,
          icon: <IconPlus {...plain} />,
          title: t('app.newObject', { name: label(object.label) }),
          run: () => create(object),
        })),
      {
        id: 'go-home',
        icon: <IconSun {...plain} />,
        title: t('app.home'),
        run: () => void navigate({ to: '/' }),
      },
      ...objects.map((object) => ({
        id: `go-${object.key}`,
        icon: <NamedIcon name={object.icon} />,
        title: list(object),
        run: () => void navigate({ to: '/o/$plural', params: { plural: object.plural } }),
      })),
      ...objects.flatMap((object, index) =>
        (views[index] ?? []).map((view) => ({
          id: `view-${view.id}`,
          icon: <IconLayoutList {...plain} />,
          title: view.name,
          kind: list(object),
          run: () =>
            void navigate({
              to: '/o/$plural',
              params: { plural: object.plural },
              search: writeListState(stateOfView(view.id, fromApiView(view.state))),
            }),
        })),
      ),
      ...tools.map(({ to, text, Icon }) => ({
        id: `go-${to}`,
        icon: <Icon {...plain} />,
        title: t(text),
        run: () => void navigate({ to }),
      })),
      ...settingsPages
        .filter((page) => isManager || !page.managers)
        .map((page) => ({
          id: `settings-${page.name}`,
          icon: <IconSettings {...plain} />,
          title: t(`app.settingsPage.${page.name}`),
          kind: t('app.settings'),
          run: () => void navigate({ to: page.to }),
        })),
      { id: 'keyboard', icon: <IconKeyboard {...plain} />, title: t('app.keyboard'), run: onHelp },
    ];
  }, [objects, views, tools, isManager, t, label, create, navigate, onHelp]);
}

/** What the palette offers for the words typed so far: pinned and recent records and actions at first, then commands and hits of the server's search. */
export function usePaletteItems(typed: string, onHelp: () => void) {
  const { t, label, language } = useTexts();
  const navigate = useNavigate();
  const objects = useObjects();
  const words = typed.trim();
  const [q] = useDebouncedValue(words, debounceMs);
  const search = useSearch(q, { limit: hitLimit });
  const recent = useRecent();
  const pinned = usePinned();
  const actions = useActions(onHelp, words !== '');
  // The server is asked for the settled words; the lines follow what is typed now.
  const command = useMemo(
    () =>
      parseCommand(
        q,
        objects,
        [t('app.palette.callWords'), t('app.palette.callWords', { lng: 'ja' })].join('|').split('|'),
      ),
    [q, objects, t],
  );
  const commands = useCommandItems(command);

  const open = (object: ObjectMeta, id: string) => () =>
    void navigate({ to: '/o/$plural/$id', params: { plural: object.plural, id } });
  const recordItem = (hit: SearchHit, prefix: string, kind: boolean): PaletteItem | undefined => {
    const object = objects.find((candidate) => candidate.key === hit.object);
    return (
      object && {
        id: `${prefix}-${hit.object}-${hit.id}`,
        icon: <NamedIcon name={object.icon} />,
        title: hit.title,
        reading: readingOf(hit, object),
        subtitle: [hit.subtitle, ...whereFound(hit, object, label)].filter(Boolean).join(' · '),
        kind: kind ? label(object.label) : undefined,
        marked: prefix === 'hit' ? q : undefined,
        run: open(object, hit.id),
      }
    );
  };

  const groups: PaletteGroup[] = [];
  const add = (heading: string, items: PaletteItem[]) => {
    if (items.length > 0) groups.push({ heading, items });
  };
  if (words === '') {
    add(
      t('app.pinned'),
      pinned.map(({ object, id, title }) => ({
        id: `pin-${object.key}-${id}`,
        icon: <IconPin {...plain} />,
        title,
        kind: label(object.label),
        run: open(object, id),
      })),
    );
    const isPinned = (item: { object: string; id: string }) =>
      pinned.some((pin) => pin.object.key === item.object && pin.id === item.id);
    const seen = (recent.data ?? []).filter((item) => !isPinned(item)).slice(0, 6);
    add(t('app.recent'), seen.map((item) => recordItem(item, 'recent', true)).filter(present));
    add(t('app.actions'), actions);
  } else {
    if (q !== '') add(t('app.palette.doNow'), commands.items);
    const hits = q === '' ? [] : namedFirst(search.data?.items ?? [], objects, q);
    for (const object of objects)
      add(
        label(object.plural_label),
        hits
          .filter((hit) => hit.object === object.key)
          .slice(0, shownOfKind)
          .map((hit) => recordItem(hit, 'hit', false))
          .filter(present),
      );
    const folded = fold(words);
    const matching = folded === '' ? [] : actions.filter((action) => fold(action.title).includes(folded));
    add(
      t('app.actions'),
      matching.slice(0, actionLimit).map((action) => ({ ...action, marked: words })),
    );
    add(t('app.search'), [
      {
        id: 'all',
        icon: <IconSearch {...plain} />,
        title: t('app.searchAll', { q: words }),
        run: () => void navigate({ to: '/search', search: { q: words } }),
      },
    ]);
  }
  const made = (key: string) =>
    label(objects.find((each) => each.key === key && each.permissions.create)?.label);
  // In the words that this company uses, and only what this user may do.
  const example = [
    made('deal') && t('app.palette.exampleNew', { name: made('deal') }),
    t('app.palette.exampleCall'),
    made('task') && t('app.palette.exampleTask', { name: made('task') }),
  ]
    .filter(Boolean)
    .join(language === 'ja' ? '' : ', ');
  return {
    groups,
    example,
    isSearching: words !== '' && (search.isFetching || commands.isSearching || q !== words),
    error: words === '' ? null : search.error,
  };
}
