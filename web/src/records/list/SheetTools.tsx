import { IconPalette, IconPrinter, IconSearch, IconStack2, IconTable, IconX } from '@tabler/icons-react';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import type { FieldMeta, ListQuery, ObjectMeta } from '@/api';
import { Button, Kbd, Menu, useTexts } from '@/ui';
import { groupingOf } from '../groups/grouping';
import type { ListState } from '../listState';
import classes from './list.module.css';

const ColorDialog = lazy(() =>
  import('../colors/ColorDialog').then((found) => ({ default: found.ColorDialog })),
);
const GroupDialog = lazy(() =>
  import('../groups/GroupDialog').then((found) => ({ default: found.GroupDialog })),
);
const PrintView = lazy(() => import('../print/PrintView').then((found) => ({ default: found.PrintView })));

interface SheetToolsProps {
  object: ObjectMeta;
  /** Without the title. */
  columns: FieldMeta[];
  query: ListQuery;
  state: ListState;
  onChange: (part: Partial<ListState>) => void;
  onFind: () => void;
}

type Tool = 'colors' | 'groups' | 'print';

/** What else can be done with a table: look for something in it, colours, subtotals, paper. */
export function SheetTools({ object, columns, query, state, onChange, onFind }: SheetToolsProps) {
  const { t, label } = useTexts();
  const [tool, setTool] = useState<Tool>();
  const button = useRef<HTMLButtonElement>(null);
  const close = () => setTool(undefined);
  // Back to the menu, where what had the focus before is gone.
  const stood = useRef(tool);
  useEffect(() => {
    if (stood.current && !tool && document.activeElement === document.body) button.current?.focus();
    stood.current = tool;
  }, [tool]);
  usePageKey('f', onFind, tool === undefined);
  usePageKey('p', () => setTool('print'), tool === undefined, true);
  const title = object.fields.find((field) => field.key === object.title);
  const all = title ? [title, ...columns] : columns;
  const grouped = groupingOf(object, state.deleted ? undefined : state.group)?.field;
  const rules = state.colors ?? [];
  return (
    <>
      {grouped && (
        <span className={classes.chip}>
          <button type="button" className={classes.chipText} onClick={() => setTool('groups')}>
            {t('records.groups.by', { name: label(grouped.label) })}
          </button>
          <button
            type="button"
            className={classes.chipRemove}
            aria-label={t('records.groups.remove')}
            onClick={() => onChange({ group: undefined })}
          >
            <IconX size={12} />
          </button>
        </span>
      )}
      <Menu position="bottom-end">
        <Menu.Target>
          <Button ref={button} size="compact-sm" variant="default" leftSection={<IconTable size={14} />}>
            {t('records.tools.button')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconSearch size={16} />}
            rightSection={<Kbd keys="mod+F" />}
            onClick={onFind}
          >
            {t('records.find.title')}
          </Menu.Item>
          <Menu.Item leftSection={<IconPalette size={16} />} onClick={() => setTool('colors')}>
            {t('records.colors.title')}
            {rules.length > 0 && ` (${rules.length})`}
          </Menu.Item>
          {!state.deleted && (
            <Menu.Item leftSection={<IconStack2 size={16} />} onClick={() => setTool('groups')}>
              {t('records.groups.title')}
            </Menu.Item>
          )}
          <Menu.Item
            leftSection={<IconPrinter size={16} />}
            rightSection={<Kbd keys="mod+P" />}
            onClick={() => setTool('print')}
          >
            {t('records.print.title')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Suspense fallback={null}>
        {tool === 'colors' && (
          <ColorDialog
            object={object}
            columns={all}
            rules={rules}
            onRules={(colors) => onChange({ colors })}
            onClose={close}
          />
        )}
        {tool === 'groups' && (
          <GroupDialog
            object={object}
            grouping={state.group}
            onGrouping={(group) => onChange({ group })}
            onClose={close}
          />
        )}
        {tool === 'print' && (
          <PrintView object={object} columns={all} query={query} state={state} onClose={close} />
        )}
      </Suspense>
    </>
  );
}

/**
 * Ctrl with a letter that the browser has a use of its own for: ours on the page and in the sheet, the browser's in dialogs
 * and, unless `whileTyping`, in other fields; so a second press in the field that the first one opened is the browser's.
 */
function usePageKey(key: string, run: () => void, enabled: boolean, whileTyping = false) {
  const latest = useRef(run);
  latest.current = run;
  useEffect(() => {
    if (!enabled) return;
    const pressed = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      if (event.key.toLowerCase() !== key || event.defaultPrevented) return;
      const at = event.target instanceof Element ? event.target : null;
      if (at?.closest('[role="dialog"]')) return;
      const typing = at?.matches('input:not([type="checkbox"]), textarea, select') ?? false;
      if (typing && !whileTyping && !at?.closest('[data-sheet]')) return;
      event.preventDefault();
      latest.current();
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, [key, enabled, whileTyping]);
}
