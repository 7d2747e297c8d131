import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { errorText, isComposing, Kbd, Loader, Modal, useMediaQuery, useTexts } from '@/ui';
import { Highlighted } from '../search/Highlighted';
import classes from './CommandPalette.module.css';
import { usePaletteItems } from './usePaletteItems';

/** Finds any record and starts any action by a few letters. Keys of a composing input method are left to it. */
export function CommandPalette({ onClose, onHelp }: { onClose: () => void; onHelp: () => void }) {
  const { t } = useTexts();
  const phone = useMediaQuery('(max-width: 47.99em)');
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState<string>();
  const list = useRef<HTMLDivElement>(null);
  const { groups, isSearching, error, example } = usePaletteItems(typed, onHelp);
  const items = groups.flatMap((group) => group.items);
  const at = Math.max(
    0,
    items.findIndex((item) => item.id === chosen),
  );
  const current = items[at];

  useEffect(() => {
    if (current)
      list.current?.querySelector(`[id="palette-${current.id}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [current]);

  const choose = (index: number) => {
    const item = items[index];
    if (!item) return;
    onClose();
    item.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event)) return;
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move) {
      event.preventDefault();
      setChosen(items[(at + move + items.length) % items.length]?.id);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      choose(at);
    }
  };

  return (
    <Modal
      opened
      onClose={onClose}
      withCloseButton={false}
      centered={false}
      yOffset={phone ? 0 : '12vh'}
      xOffset={phone ? 0 : undefined}
      fullScreen={phone}
      size={620}
      padding={0}
      aria-label={t('app.searchPlaceholder')}
    >
      <div className={classes.input}>
        {isSearching ? <Loader size={18} /> : <IconSearch size={18} stroke={1.6} aria-hidden />}
        <input
          data-autofocus
          type="text"
          role="combobox"
          aria-expanded="true"
          aria-controls="palette-list"
          aria-activedescendant={current ? `palette-${current.id}` : undefined}
          aria-label={t('app.searchPlaceholder')}
          placeholder={t('app.searchHint')}
          autoComplete="off"
          spellCheck={false}
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            setChosen(undefined);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div className={classes.list} id="palette-list" role="listbox" aria-label={t('app.found')} ref={list}>
        {error && (
          <div className={classes.heading} role="alert">
            {errorText(error)}
          </div>
        )}
        {typed.trim() === '' && example && (
          <div className={classes.example} aria-hidden>
            {t('app.palette.example')} {example}
          </div>
        )}
        {groups.map((group) => (
          // biome-ignore lint/a11y/useSemanticElements: a group of options, not a fieldset
          <div key={group.heading} role="group" aria-label={group.heading}>
            <div className={classes.heading} aria-hidden>
              {group.heading}
            </div>
            {group.items.map((item) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are handled by the input, which keeps the focus
              <div
                key={item.id}
                id={`palette-${item.id}`}
                role="option"
                tabIndex={-1}
                aria-selected={item.id === current?.id}
                className={classes.item}
                onMouseMove={() => item.id !== current?.id && setChosen(item.id)}
                onClick={() => choose(items.indexOf(item))}
              >
                {item.icon}
                <div className={classes.text}>
                  <span>
                    <Highlighted text={item.title} query={item.marked ?? ''} />
                    {item.reading && (
                      <span className={classes.reading}>
                        <Highlighted text={item.reading} query={item.marked ?? ''} />
                      </span>
                    )}
                  </span>
                  {item.subtitle && (
                    <span className={classes.sub}>
                      <Highlighted text={item.subtitle} query={item.marked ?? ''} />
                    </span>
                  )}
                </div>
                {item.kind && <span className={classes.kind}>{item.kind}</span>}
              </div>
            ))}
          </div>
        ))}
      </div>
      <div className={classes.foot} aria-hidden>
        <span>
          <Kbd keys="↑+↓" /> {t('app.keys.move')}
        </span>
        <span>
          <Kbd keys="Enter" /> {t('app.keys.open')}
        </span>
        <span>
          <Kbd keys="Esc" /> {t('ui.close')}
        </span>
      </div>
    </Modal>
  );
}
