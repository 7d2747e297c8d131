import { IconSearch, IconX } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { ActionIcon, isComposing, TextInput, useDebouncedCallback, useHotkey, useTexts } from '@/ui';
import classes from './list.module.css';

interface QuickSearchProps {
  value: string;
  label: string;
  onSearch: (q: string) => void;
  /** Whether Ctrl+F leads here; a table has a search of its own. */
  hotkey: boolean;
}

/** Searches while typing; a Japanese conversion is searched once it is settled. */
export function QuickSearch({ value, label, onSearch, hotkey }: QuickSearchProps) {
  const { t } = useTexts();
  const [typed, setTyped] = useState(value);
  const composing = useRef(false);
  const box = useRef<HTMLInputElement>(null);
  // The browser's own search sees only the rows that are drawn.
  useHotkey('mod+F', () => box.current?.select(), { enabled: hotkey });
  const later = useDebouncedCallback((text: string) => onSearch(text.trim()), 250);
  return (
    <TextInput
      ref={box}
      className={classes.search}
      size="xs"
      aria-label={label}
      placeholder={label}
      leftSection={<IconSearch size={14} />}
      rightSection={
        typed !== '' && (
          <ActionIcon
            size="sm"
            aria-label={t('fields.clear')}
            onClick={() => {
              setTyped('');
              onSearch('');
            }}
          >
            <IconX size={13} />
          </ActionIcon>
        )
      }
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        if (!composing.current) later(event.currentTarget.value);
      }}
      onCompositionStart={() => {
        composing.current = true;
      }}
      onCompositionEnd={(event) => {
        composing.current = false;
        later(event.currentTarget.value);
      }}
      onKeyDown={(event) => {
        if (isComposing(event)) return;
        if (event.key === 'Enter') onSearch(typed.trim());
        // On into the rows, as from the box of a search page.
        if (event.key !== 'ArrowDown') return;
        event.preventDefault();
        document.querySelector<HTMLElement>('[role$="grid"]')?.focus();
      }}
    />
  );
}
