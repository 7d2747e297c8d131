import { IconArrowsRightLeft } from '@tabler/icons-react';
import { useState } from 'react';
import { ChoiceBadge } from '@/fields';
import { Button, Kbd, Menu, Text, useTexts } from '@/ui';
import classes from './board.module.css';
import type { BoardColumn } from './boardModel';

interface MoveMenuProps {
  title: string;
  columns: BoardColumn[];
  nameOf: (column: BoardColumn) => string;
  /** The card can be moved by keys as well. */
  keysHint: boolean;
  disabled: boolean;
  onMove: (column: BoardColumn) => void;
}

/** Where the card may go, without dragging. A board has hundreds of them: the menu is made when it is first opened. */
export function MoveMenu({ title, columns, nameOf, keysHint, disabled, onMove }: MoveMenuProps) {
  const { t } = useTexts();
  const [used, setUsed] = useState(false);
  const button = (
    <Button
      size="compact-xs"
      variant="subtle"
      color="gray"
      className={classes.move}
      leftSection={<IconArrowsRightLeft size={13} />}
      aria-label={t('records.board.moveCard', { title })}
      aria-haspopup="menu"
      disabled={disabled}
      onClick={used ? undefined : () => setUsed(true)}
    >
      {t('records.board.move')}
    </Button>
  );
  if (!used) return button;
  return (
    <Menu defaultOpened>
      <Menu.Target>{button}</Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('records.board.moveTo')}</Menu.Label>
        {columns.map((column) => (
          <Menu.Item key={column.key ?? ''} onClick={() => onMove(column)}>
            <ChoiceBadge color={column.color}>{nameOf(column)}</ChoiceBadge>
          </Menu.Item>
        ))}
        {keysHint && (
          <Text size="xs" c="dimmed" px="sm" py={4}>
            <Kbd keys="alt+←+→" /> {t('records.board.keys')}
          </Text>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
