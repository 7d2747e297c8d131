import type { Values } from '@/api';
import {
  type ObjectMeta,
  type RecordData,
  useCreateRecord,
  useObjects,
  usePatchRecord,
  useSession,
} from '@/api';
import { notifyError, notifyUndo, useTexts } from '@/ui';
import { useCreate } from '../shell/CreateProvider';
import { customersOf } from './customers';
import { useHomeDialogs, useRefreshWork } from './HomeDialogs';
import { dayValue, taskFields } from './workFields';
import type { WorkAction } from './workPanels';

const noObject = { key: '', plural: '' };

/** What the actions of a panel do on one record. Every change is said and can be taken back. */
export function useWorkActions(object: ObjectMeta, record: RecordData) {
  const { t, label } = useTexts();
  const objects = useObjects();
  const me = useSession().data?.user.id ?? '';
  const task = objects.find((each) => each.key === 'task');
  const patch = usePatchRecord(object);
  const makeTask = useCreateRecord(task ?? noObject);
  const create = useCreate();
  const dialogs = useHomeDialogs();
  const refresh = useRefreshWork();
  const customers = customersOf(object, record, objects);

  // A failed change shows what is there now: somebody else may have been quicker.
  const failed = (error: unknown) => {
    notifyError(error);
    refresh();
  };
  const change = (values: Values, message: string) =>
    patch.mutate(
      { id: record.id, version: record.version, values },
      {
        onSuccess: (written) => {
          notifyUndo(message, written.change);
          refresh();
        },
        onError: failed,
      },
    );

  /** Links of a new record to the customers of this one. */
  const linksTo = (target: ObjectMeta): Values => {
    const links: Values = {};
    for (const key of target.customer_links ?? []) {
      const field = target.fields.find((each) => each.key === key && each.writable !== false);
      const customer = customers.find((each) => each.object.key === field?.target);
      if (customer) links[key] = customer.ref;
    }
    return links;
  };
  const plan = (action: Extract<WorkAction, { do: 'task' }>, day: string) => {
    const model = task && taskFields(task);
    if (!task || !model) return;
    const links = Object.entries(linksTo(task)).map(([key, ref]) => [key, (ref as { id: string }).id]);
    const own =
      action.link && task.fields.some((field) => field.key === action.link && field.writable !== false);
    const values: Values = {
      [task.title]: t(`app.work.taskFor.${action.text}`, { title: record.title }),
      [model.due.key]: dayValue(model.due, day),
      ...Object.fromEntries(links),
      ...(own && action.link ? { [action.link]: record.id } : {}),
    };
    makeTask.mutate(
      { values },
      {
        onSuccess: (written) => {
          notifyUndo(t('app.work.planned', { title: written.title }), written.change);
          refresh();
        },
        onError: failed,
      },
    );
  };

  const named = (action: WorkAction): string => {
    if (action.do === 'contact' || action.do === 'answer') return t(`app.work.${action.do}`);
    if (action.do !== 'create') return t(`app.work.${action.text}`);
    const target = objects.find((each) => each.key === action.object);
    return t('app.newObject', { name: label(target?.label) });
  };
  return {
    named,
    /** For a screen reader, which does not see on which line a button stands. */
    described: (action: WorkAction) => t('app.work.actOn', { title: record.title, action: named(action) }),
    applies: (action: WorkAction) =>
      action.do === 'contact'
        ? customers.length > 0
        : !(action.do === 'set' && 'owner_id' in action.values(me) && record.owner_id?.id === me),
    press: (action: WorkAction) => {
      if (action.do === 'contact') dialogs.contact(customers);
      else if (action.do === 'answer') dialogs.answer(object, record, action);
      else if (action.do === 'set')
        change(action.values(me), t(`app.work.${action.said}`, { title: record.title }));
      else if (action.do === 'create') {
        const target = objects.find((each) => each.key === action.object);
        if (target) create(target, linksTo(target));
      }
    },
    onDay: (action: Extract<WorkAction, { do: 'day' | 'task' }>, day: string) => {
      if (action.do === 'task') return plan(action, day);
      const field = object.fields.find((each) => each.key === action.field);
      if (field)
        change({ [action.field]: dayValue(field, day) }, t('app.work.moved', { title: record.title }));
    },
  };
}
