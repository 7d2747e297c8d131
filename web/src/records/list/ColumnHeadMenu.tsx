import {
  IconArrowLeft,
  IconArrowRight,
  IconArrowsHorizontal,
  IconEyeOff,
  IconPin,
  IconPinnedOff,
  IconSortAscending,
  IconSortDescending,
} from '@tabler/icons-react';
import { Menu, useTexts } from '@/ui';

interface ColumnHeadMenuProps {
  /** The heading that it belongs to; nothing: it is closed. */
  head: HTMLElement | undefined;
  /** What the column is called. */
  name: string;
  /** Its place; 0 is the title, which stays the first. */
  at: number;
  /** How many columns there are, the title among them. */
  count: number;
  frozen: number;
  sort: 'ascending' | 'descending' | undefined;
  sortable: boolean;
  onClose: () => void;
  onSort: (descending: boolean) => void;
  onMove: (by: -1 | 1) => void;
  /** So many columns from the left. */
  onFreeze: (count: number) => void;
  onHide: () => void;
  onFit: () => void;
}

/** What can be done with one column: all that the mouse does with its heading, and more. */
export function ColumnHeadMenu(props: ColumnHeadMenuProps) {
  const { head, at, count, frozen } = props;
  const { t } = useTexts();
  if (!head) return null;
  const { left, right, bottom } = head.getBoundingClientRect();
  return (
    <Menu
      opened
      onClose={props.onClose}
      position="bottom-start"
      // Its owner gives the focus back to the heading, wherever that stands by then.
      returnFocus={false}
    >
      <Menu.Target>
        <span
          aria-hidden="true"
          style={{
            position: 'fixed',
            left,
            top: bottom - 1,
            width: right - left,
            height: 1,
            pointerEvents: 'none',
          }}
        />
      </Menu.Target>
      <Menu.Dropdown aria-label={t('records.columnMenu.label', { name: props.name })}>
        {props.sortable && (
          <>
            <Menu.Item
              leftSection={<IconSortAscending size={16} />}
              disabled={props.sort === 'ascending'}
              onClick={() => props.onSort(false)}
            >
              {t('records.columnMenu.ascending')}
            </Menu.Item>
            <Menu.Item
              leftSection={<IconSortDescending size={16} />}
              disabled={props.sort === 'descending'}
              onClick={() => props.onSort(true)}
            >
              {t('records.columnMenu.descending')}
            </Menu.Item>
            <Menu.Divider />
          </>
        )}
        {at > 0 && (
          <>
            <Menu.Item
              leftSection={<IconArrowLeft size={16} />}
              disabled={at === 1}
              onClick={() => props.onMove(-1)}
            >
              {t('records.columnMenu.left')}
            </Menu.Item>
            <Menu.Item
              leftSection={<IconArrowRight size={16} />}
              disabled={at === count - 1}
              onClick={() => props.onMove(1)}
            >
              {t('records.columnMenu.right')}
            </Menu.Item>
          </>
        )}
        {at + 1 !== frozen && (
          <Menu.Item leftSection={<IconPin size={16} />} onClick={() => props.onFreeze(at + 1)}>
            {t('records.columnMenu.freeze')}
          </Menu.Item>
        )}
        {frozen > 0 && (
          <Menu.Item leftSection={<IconPinnedOff size={16} />} onClick={() => props.onFreeze(0)}>
            {t('records.columnMenu.unfreeze')}
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconArrowsHorizontal size={16} />} onClick={props.onFit}>
          {t('records.columnMenu.fit')}
        </Menu.Item>
        {at > 0 && (
          <Menu.Item leftSection={<IconEyeOff size={16} />} onClick={props.onHide}>
            {t('records.columnMenu.hide')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
