import { IconKeyboard, IconPlus, IconSearch, IconSun } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useMemo } from 'react';
import { type SearchHit, useObjects, useRecent, useSearch } from '@/api';
import { NamedIcon, useDebouncedValue, useTexts } from '@/ui';
import { useCreate } from './CreateProvider';
import { useNavigation } from './useNavigation';

export interface PaletteItem {
  id: string;
  icon: ReactNode;
  title: string;
  subtitle?: string;
  kind?: string;
  run: () => void;
}
export interface PaletteGroup {
  heading: string;
  items: PaletteItem[];
}

const debounceMs = 150;

/** What the palette offers for the words typed so far: recent records and actions at first, then hits of the server's search. */
export function usePaletteItems(typed: string, onHelp: () => void) {
  const { t, label } = useTexts();
  const navigate = useNavigate();
  const create = useCreate();
  const objects = useObjects();
  const { objects: inNavigation, tools } = useNavigation();
  const [q] = useDebouncedValue(typed.trim(), debounceMs);
  const search = useSearch(q, { limit: 12 });
  const recent = useRecent();

  const actions = useMemo<PaletteItem[]>(() => {
    const plain = { size: 18, stroke: 1.6 };
    return [
      ...inNavigation
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
      ...inNavigation.map((object) => ({
        id: `go-${object.key}`,
        icon: <NamedIcon name={object.icon} />,
        title: t('app.listOf', { name: label(object.plural_label) }),
        run: () => void navigate({ to: '/o/$plural', params: { plural: object.plural } }),
      })),
      ...tools.map(({ to, text, Icon }) => ({
        id: `go-${to}`,
        icon: <Icon {...plain} />,
        title: t(text),
        run: () => void navigate({ to }),
      })),
      { id: 'keyboard', icon: <IconKeyboard {...plain} />, title: t('app.keyboard'), run: onHelp },
    ];
  }, [inNavigation, tools, t, label, create, navigate, onHelp]);

  const recordItem = (hit: SearchHit, prefix: string): PaletteItem | undefined => {
    const object = objects.find((candidate) => candidate.key === hit.object);
    if (!object) return undefined;
    // The place where the words were found, when neither line shows it (a phone number, an address).
    const match = hit.matches?.find((found) => found.field !== object.title);
    return {
      id: `${prefix}-${hit.object}-${hit.id}`,
      icon: <NamedIcon name={object.icon} />,
      title: hit.title,
      subtitle: hit.subtitle || match?.text,
      kind: label(object.label),
      run: () => void navigate({ to: '/o/$plural/$id', params: { plural: object.plural, id: hit.id } }),
    };
  };
  const present = (item: PaletteItem | undefined): item is PaletteItem => item !== undefined;

  const words = typed.trim().normalize('NFKC').toLowerCase();
  const groups: PaletteGroup[] = [];
  if (words === '') {
    const seen = (recent.data ?? [])
      .slice(0, 6)
      .map((item) => recordItem(item, 'recent'))
      .filter(present);
    if (seen.length > 0) groups.push({ heading: t('app.recent'), items: seen });
    groups.push({ heading: t('app.actions'), items: actions });
  } else {
    const hits =
      q === '' ? [] : (search.data?.items ?? []).map((hit) => recordItem(hit, 'hit')).filter(present);
    const matching = actions.filter((action) => action.title.normalize('NFKC').toLowerCase().includes(words));
    if (hits.length > 0) groups.push({ heading: t('app.found'), items: hits });
    if (matching.length > 0) groups.push({ heading: t('app.actions'), items: matching });
    groups.push({
      heading: t('app.search'),
      items: [
        {
          id: 'all',
          icon: <IconSearch size={18} stroke={1.6} />,
          title: t('app.searchAll', { q: typed.trim() }),
          run: () => void navigate({ to: '/search', search: { q: typed.trim() } }),
        },
      ],
    });
  }
  return {
    groups,
    isSearching: words !== '' && (search.isFetching || q !== typed.trim()),
    error: search.error,
  };
}
