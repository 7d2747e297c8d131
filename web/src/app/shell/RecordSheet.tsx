import { IconCamera, IconPlus, IconSearch } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { type SearchHit, useObjects, useRecent, useSearch } from '@/api';
import { usePinned } from '@/records/pins';
import {
  Button,
  Drawer,
  errorText,
  Loader,
  NamedIcon,
  Text,
  TextInput,
  useDebouncedValue,
  useTexts,
} from '@/ui';
import type { Customer } from '../home/customers';
import { useCreate } from './CreateProvider';
import classes from './RecordSheet.module.css';

const ContactDrawer = lazy(() => import('../home/ContactDrawer').then((m) => ({ default: m.ContactDrawer })));

const debounceMs = 150;
const most = 8;

/** What a thumb writes down from anywhere on a phone: about whom first, then what; or a card, or something to do. */
export function RecordSheet({ onClose }: { onClose: () => void }) {
  const { t, label } = useTexts();
  const objects = useObjects();
  const create = useCreate();
  const [typed, setTyped] = useState('');
  const [q] = useDebouncedValue(typed.trim(), debounceMs);
  const [customer, setCustomer] = useState<Customer>();
  const customers = objects.filter((object) => object.customer && object.permissions.read);
  const found = useSearch(q, { objects: customers.map((object) => object.key), limit: most });
  const recent = useRecent();
  const pinned = usePinned();
  const of = (hit: Pick<SearchHit, 'object'>) => customers.find((object) => object.key === hit.object);
  const isOf = (a: Pick<SearchHit, 'object' | 'id'>) => (b: typeof a) =>
    a.object === b.object && a.id === b.id;
  const seen: Pick<SearchHit, 'object' | 'id' | 'title' | 'subtitle'>[] = recent.data ?? [];
  const kept: typeof seen = pinned.map(({ object, id, title }) => ({ object: object.key, id, title }));
  const near = [...seen, ...kept.filter((pin) => !seen.some(isOf(pin)))];
  const hits = (q === '' ? near : (found.data?.items ?? [])).filter(of).slice(0, most);
  const task = objects.find((object) => object.key === 'task' && object.permissions.create);
  const mayCards = objects.some((object) => object.key === 'business_card' && object.permissions.create);

  if (customer)
    return (
      <Suspense>
        <ContactDrawer customers={[customer]} onClose={onClose} onDone={onClose} />
      </Suspense>
    );
  return (
    <Drawer
      opened
      onClose={onClose}
      position="bottom"
      size="auto"
      radius="md"
      styles={{ content: { height: 'auto', maxHeight: '92dvh' } }}
      title={t('app.record.title')}
      closeButtonProps={{ 'aria-label': t('ui.close') }}
    >
      <TextInput
        size="md"
        aria-label={t('app.record.whom')}
        placeholder={t('app.record.whom')}
        leftSection={
          q !== '' && found.isFetching ? <Loader size={16} /> : <IconSearch size={17} aria-hidden />
        }
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      {found.error && q !== '' && (
        <Text c="red" role="alert" mt="xs">
          {errorText(found.error)}
        </Text>
      )}
      <ul className={classes.list} aria-label={t(q === '' ? 'app.recent' : 'app.found')}>
        {hits.map((hit) => {
          const object = of(hit);
          return (
            object && (
              <li key={`${hit.object}:${hit.id}`}>
                <button
                  type="button"
                  className={classes.hit}
                  onClick={() => setCustomer({ object, ref: { id: hit.id, title: hit.title } })}
                >
                  <NamedIcon name={object.icon} size={18} />
                  <span>
                    <b>{hit.title}</b>
                    {hit.subtitle && <span className={classes.sub}>{hit.subtitle}</span>}
                  </span>
                </button>
              </li>
            )
          );
        })}
      </ul>
      {q !== '' && found.isSuccess && !found.isFetching && hits.length === 0 && (
        <Text c="dimmed" my="sm">
          {t('app.record.nobody')}
        </Text>
      )}
      <div className={classes.others}>
        {mayCards && (
          <Button
            size="md"
            variant="default"
            leftSection={<IconCamera size={18} />}
            onClick={onClose}
            renderRoot={(props) => <Link to="/cards" {...props} />}
          >
            {t('app.record.card')}
          </Button>
        )}
        {[
          ...customers.filter((object) => object.permissions.create).slice(0, 2),
          ...(task ? [task] : []),
        ].map((object) => (
          <Button
            key={object.key}
            size="md"
            variant="default"
            leftSection={<IconPlus size={18} />}
            onClick={() => {
              onClose();
              create(object);
            }}
          >
            {t('app.newObject', { name: label(object.label) })}
          </Button>
        ))}
      </div>
    </Drawer>
  );
}
