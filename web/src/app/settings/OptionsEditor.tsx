import { IconArrowDown, IconArrowUp, IconEye, IconEyeOff, IconPlus, IconX } from '@tabler/icons-react';
import { useRef } from 'react';
import type { Option } from '@/api';
import {
  ActionIcon,
  Button,
  Fieldset,
  Group,
  isComposing,
  Select,
  Stack,
  Text,
  TextInput,
  Tooltip,
  useTexts,
} from '@/ui';

const colors = ['gray', 'blue', 'teal', 'green', 'yellow', 'orange', 'red', 'violet', 'pink'];

/** A key that no option has yet. Keys are for programs; people see and may change the label. */
export function newOptionKey(options: Option[]): string {
  let number = options.length + 1;
  while (options.some((option) => option.key === `option_${number}`)) number++;
  return `option_${number}`;
}

/** The choices of a field: label, colour, order. `fixed` options came with the product or hold data: they
 * stay, and are at most no longer offered. */
export function OptionsEditor({
  options,
  fixed,
  onChange,
  error,
}: {
  options: Option[];
  fixed: Set<string>;
  onChange: (options: Option[]) => void;
  error?: string;
}) {
  const { t } = useTexts();
  const rows = useRef<HTMLDivElement>(null);
  const set = (at: number, option: Option) =>
    onChange(options.map((old, index) => (index === at ? option : old)));
  const move = (at: number, by: number) => {
    const moved = [...options];
    const [option] = moved.splice(at, 1);
    if (option) moved.splice(at + by, 0, option);
    onChange(moved);
  };
  const add = () => {
    onChange([...options, { key: newOptionKey(options), label: { ja: '', en: '' }, color: 'gray' }]);
    window.requestAnimationFrame(() =>
      rows.current?.querySelector<HTMLInputElement>('[data-last] input')?.focus(),
    );
  };
  return (
    <Fieldset variant="unstyled" legend={t('app.options')}>
      <Stack gap={6} ref={rows}>
        {options.map((option, at) => (
          <Group key={option.key} gap={6} wrap="nowrap" data-last={at === options.length - 1 || undefined}>
            <TextInput
              flex={1}
              aria-label={t('app.optionLabel', { number: at + 1 })}
              value={option.label.ja}
              styles={option.hidden ? { input: { textDecoration: 'line-through' } } : undefined}
              onChange={(event) =>
                set(at, { ...option, label: { ...option.label, ja: event.currentTarget.value } })
              }
              onKeyDown={(event) => {
                if (isComposing(event) || event.key !== 'Enter') return;
                event.preventDefault();
                add();
              }}
            />
            <Select
              w={104}
              aria-label={t('app.optionColor', { number: at + 1 })}
              allowDeselect={false}
              value={option.color ?? 'gray'}
              data={colors.map((color) => ({ value: color, label: t(`app.color.${color}`) }))}
              onChange={(color) => set(at, { ...option, color: color ?? 'gray' })}
            />
            <Tooltip label={t('app.moveUp')}>
              <ActionIcon aria-label={t('app.moveUp')} disabled={at === 0} onClick={() => move(at, -1)}>
                <IconArrowUp size={16} stroke={1.6} />
              </ActionIcon>
            </Tooltip>
            <Tooltip label={t('app.moveDown')}>
              <ActionIcon
                aria-label={t('app.moveDown')}
                disabled={at === options.length - 1}
                onClick={() => move(at, 1)}
              >
                <IconArrowDown size={16} stroke={1.6} />
              </ActionIcon>
            </Tooltip>
            {fixed.has(option.key) ? (
              <Tooltip label={t(option.hidden ? 'app.offerOption' : 'app.retireOption')}>
                <ActionIcon
                  aria-label={t(option.hidden ? 'app.offerOption' : 'app.retireOption')}
                  onClick={() => set(at, { ...option, hidden: !option.hidden })}
                >
                  {option.hidden ? <IconEyeOff size={16} stroke={1.6} /> : <IconEye size={16} stroke={1.6} />}
                </ActionIcon>
              </Tooltip>
            ) : (
              <ActionIcon
                aria-label={t('app.removeOption')}
                onClick={() => onChange(options.filter((_, index) => index !== at))}
              >
                <IconX size={16} stroke={1.6} />
              </ActionIcon>
            )}
          </Group>
        ))}
      </Stack>
      {error && (
        <Text size="xs" c="var(--mantine-color-error)" mt={4}>
          {error}
        </Text>
      )}
      <Button
        variant="subtle"
        size="compact-sm"
        mt={6}
        leftSection={<IconPlus size={15} stroke={1.8} />}
        onClick={add}
      >
        {t('app.addOption')}
      </Button>
    </Fieldset>
  );
}
