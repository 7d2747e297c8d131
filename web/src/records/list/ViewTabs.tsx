import { IconDots, IconPlus, IconUsers } from '@tabler/icons-react';
import { useState } from 'react';
import { type ObjectMeta, useDeleteView, useSaveView, useViews, type View } from '@/api';
import { ActionIcon, Button, Menu, notifyDone, notifyError, useConfirm, useTexts } from '@/ui';
import {
  differsFromView,
  fromApiView,
  type ListState,
  stateOfView,
  toApiView,
  viewStateOf,
} from '../listState';
import classes from './list.module.css';
import { ViewNameDialog } from './ViewNameDialog';

interface ViewTabsProps {
  object: ObjectMeta;
  state: ListState;
  onState: (state: ListState) => void;
}

/** Saved views as tabs. A changed view offers to be saved; the address always holds what is on the screen. */
export function ViewTabs({ object, state, onState }: ViewTabsProps) {
  const { t } = useTexts();
  const views = useViews(object.key);
  const save = useSaveView(object.key);
  const remove = useDeleteView(object.key);
  const confirm = useConfirm();
  const [naming, setNaming] = useState<'new' | 'rename' | null>(null);
  const current = views.data?.find((view) => view.id === state.view);
  const plain = toApiView(viewStateOf(state));
  const changed = current
    ? differsFromView(state, fromApiView(current.state))
    : Object.keys(viewStateOf(state)).length > 0;

  const submit = async (name: string, shared: boolean) => {
    try {
      const view = await save.mutateAsync(
        naming === 'rename' && current ? { id: current.id, name, shared } : { name, shared, state: plain },
      );
      setNaming(null);
      if (naming === 'new') onState({ ...state, view: view.id });
      notifyDone(t('records.view.saved', { name }));
    } catch (error) {
      notifyError(error);
    }
  };
  const overwrite = (view: View) =>
    save.mutate(
      { id: view.id, state: plain },
      { onSuccess: () => notifyDone(t('records.view.saved', { name: view.name })), onError: notifyError },
    );
  const drop = async (view: View) => {
    const sure = await confirm({
      title: t('records.view.deleteTitle', { name: view.name }),
      confirm: t('ui.delete'),
      danger: true,
    });
    if (!sure) return;
    remove.mutate(view.id, { onSuccess: () => onState({}), onError: notifyError });
  };

  return (
    <nav className={classes.views} aria-label={t('records.view.label')}>
      <button
        type="button"
        className={classes.view}
        aria-current={!state.view && !state.deleted ? 'page' : undefined}
        onClick={() => onState({})}
      >
        {t('records.view.all')}
      </button>
      {views.data?.map((view) => (
        <button
          key={view.id}
          type="button"
          className={classes.view}
          aria-current={view.id === state.view ? 'page' : undefined}
          onClick={() => onState(stateOfView(view.id, fromApiView(view.state)))}
        >
          {view.shared && <IconUsers size={13} aria-label={t('records.view.shared')} />}
          {view.name}
          {view.id === state.view && changed && (
            <span className={classes.dot} title={t('records.view.changed')}>
              *
            </span>
          )}
        </button>
      ))}
      {state.deleted && (
        <span className={classes.view} aria-current="page">
          {t('records.trash')}
        </span>
      )}
      {changed && !state.deleted && (
        <Button
          size="compact-xs"
          variant="subtle"
          leftSection={<IconPlus size={13} />}
          onClick={() => setNaming('new')}
        >
          {t('records.view.saveAs')}
        </Button>
      )}
      {current?.mine && changed && (
        <Button size="compact-xs" variant="light" loading={save.isPending} onClick={() => overwrite(current)}>
          {t('records.view.save')}
        </Button>
      )}
      {current?.mine && (
        <Menu>
          <Menu.Target>
            <ActionIcon size="sm" aria-label={t('records.view.menu', { name: current.name })}>
              <IconDots size={15} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => setNaming('rename')}>{t('records.view.rename')}</Menu.Item>
            <Menu.Item
              onClick={() =>
                save.mutate({ id: current.id, shared: !current.shared }, { onError: notifyError })
              }
            >
              {current.shared ? t('records.view.unshare') : t('records.view.share')}
            </Menu.Item>
            <Menu.Item color="red" onClick={() => void drop(current)}>
              {t('ui.delete')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
      <ViewNameDialog
        opened={naming !== null}
        name={naming === 'rename' ? (current?.name ?? '') : ''}
        shared={naming === 'rename' ? (current?.shared ?? false) : false}
        onClose={() => setNaming(null)}
        onSubmit={(name, shared) => void submit(name, shared)}
      />
    </nav>
  );
}
