import { IconArrowDown, IconArrowUp, IconColumns } from '@tabler/icons-react';
import type { ObjectMeta } from '@/api';
import {
  ActionIcon,
  Button,
  Checkbox,
  Group,
  Popover,
  ScrollArea,
  SegmentedControl,
  Stack,
  Text,
  useTexts,
} from '@/ui';
import { columnFields } from '../fieldGroups';
import { type RowLook, rowLooks } from '../listState';
import classes from './list.module.css';

interface ColumnsMenuProps {
  object: ObjectMeta;
  chosen: string[] | undefined;
  onChange: (columns: string[] | undefined) => void;
  rows: RowLook;
  onRows: (rows: RowLook) => void;
}

/** Which columns the list shows, in which order, and how high its rows are. */
export function ColumnsMenu({ object, chosen, onChange, rows, onRows }: ColumnsMenuProps) {
  const { t, label } = useTexts();
  const shown = columnFields(object, chosen);
  const keys = shown.map((field) => field.key);
  const others = object.fields.filter(
    (field) =>
      !field.hidden &&
      field.key !== object.title &&
      !keys.includes(field.key) &&
      field.key !== 'id' &&
      field.key !== 'version',
  );
  const move = (at: number, by: number) => {
    const next = [...keys];
    const [key] = next.splice(at, 1);
    if (key === undefined) return;
    next.splice(at + by, 0, key);
    onChange(next);
  };
  return (
    <Popover position="bottom-end" trapFocus width={320}>
      <Popover.Target>
        <Button size="compact-sm" variant="default" leftSection={<IconColumns size={14} />}>
          {t('records.columns.button')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p={0}>
        <ScrollArea.Autosize mah={420} p="sm">
          <Stack gap={2}>
            {shown.map((field, at) => (
              <Group
                key={field.key}
                justify="space-between"
                wrap="nowrap"
                gap="xs"
                className={classes.columnRow}
              >
                <Checkbox
                  checked
                  label={label(field.label)}
                  onChange={() => onChange(keys.filter((key) => key !== field.key))}
                />
                <Group gap={0} wrap="nowrap">
                  <ActionIcon
                    size="sm"
                    disabled={at === 0}
                    aria-label={t('records.columns.up', { name: label(field.label) })}
                    onClick={() => move(at, -1)}
                  >
                    <IconArrowUp size={14} />
                  </ActionIcon>
                  <ActionIcon
                    size="sm"
                    disabled={at === shown.length - 1}
                    aria-label={t('records.columns.down', { name: label(field.label) })}
                    onClick={() => move(at, 1)}
                  >
                    <IconArrowDown size={14} />
                  </ActionIcon>
                </Group>
              </Group>
            ))}
            {others.length > 0 && (
              <Text size="xs" c="dimmed" mt="xs">
                {t('records.columns.others')}
              </Text>
            )}
            {others.map((field) => (
              <Checkbox
                key={field.key}
                className={classes.columnRow}
                checked={false}
                label={label(field.label)}
                onChange={() => onChange([...keys, field.key])}
              />
            ))}
          </Stack>
        </ScrollArea.Autosize>
        <Group justify="space-between" p="sm" style={{ borderTop: '1px solid var(--daifuku-line)' }}>
          <SegmentedControl
            size="xs"
            aria-label={t('records.columns.height')}
            value={rows}
            onChange={(value) => onRows(value as RowLook)}
            data={rowLooks.map((value) => ({ value, label: t(`records.columns.heights.${value}`) }))}
          />
          <Button size="compact-sm" variant="subtle" disabled={!chosen} onClick={() => onChange(undefined)}>
            {t('records.columns.reset')}
          </Button>
        </Group>
      </Popover.Dropdown>
    </Popover>
  );
}
