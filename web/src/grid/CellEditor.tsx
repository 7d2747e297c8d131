import {
  type ClipboardEvent,
  type KeyboardEvent,
  type ReactNode,
  type Ref,
  useEffect,
  useId,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import classes from './CellEditor.module.css';
import type { Typed } from './sheetTypes';
import type { Suggestion } from './suggestion';

/** Where the sheet goes after an entry; `all` fills the chosen rectangle and stays. */
export type Then = 'stay' | 'down' | 'up' | 'right' | 'left' | 'all';

export interface CellEditorHandle {
  focus: () => void;
  /** Opens the editor with the text of the cell, or with `text` in its place. */
  begin: (text?: string) => void;
  /** Ends an entry that is under way, as if Enter had been pressed. */
  finish: () => void;
  isEditing: () => boolean;
  /** Puts it over its cell again, after a scroll. */
  place: () => void;
}

interface CellEditorProps {
  ref: Ref<CellEditorHandle>;
  label: string;
  help: string;
  suggestionsLabel: string;
  /** Text of the active cell; undefined when it cannot be changed. */
  text: string | undefined;
  multiline: boolean;
  alignRight: boolean;
  /** Changes when the active cell is another one or stands elsewhere. */
  placeKey: string;
  /** The cell on the screen, in pixels from the corner of the sheet. */
  rect: () => { left: number; top: number; width: number; height: number } | undefined;
  suggest: (typed: string) => readonly Suggestion[] | Promise<readonly Suggestion[]>;
  bubble: ReactNode;
  onBegin: () => void;
  onCommit: (typed: Typed | undefined, then: Then) => void; // undefined: nothing was changed
  onKey: (event: KeyboardEvent) => void; // while nothing is being typed
  onCopy: (event: ClipboardEvent, cut: boolean) => void;
  onPaste: (event: ClipboardEvent) => void;
  onLocked: () => void;
}

const nothing = { of: '', list: [] };

// enter = typed over the cell, arrows lead on; edit = opened with F2 or a double click, arrows move in the text.
type Mode = 'idle' | 'enter' | 'edit';

/**
 * The one box that is always focused, over the active cell and seen only while something is typed: an input method must
 * find an editable element when its first key goes down. What it holds is the browser's, not React's, for a conversion
 * must not be touched.
 */
export function CellEditor(props: CellEditorProps) {
  const id = useId();
  const layer = useRef<HTMLDivElement>(null);
  const area = useRef<HTMLTextAreaElement>(null);
  const bubble = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [mode, setShownMode] = useState<Mode>('idle');
  const now = useRef<Mode>('idle');
  const original = useRef('');
  const [typed, setTyped] = useState<string>();
  const [found, setFound] = useState<{ of: string; list: readonly Suggestion[] }>(nothing);
  const [chosen, setChosen] = useState(-1);

  const setMode = (next: Mode) => {
    now.current = next;
    setShownMode(next);
  };

  const place = () => {
    const rect = props.rect();
    const box = area.current;
    if (!rect || !box) return;
    box.style.left = `${rect.left}px`;
    box.style.top = `${rect.top}px`;
    box.style.minWidth = `${rect.width + 1}px`;
    box.style.minHeight = `${rect.height}px`;
    const height = layer.current?.clientHeight ?? 0;
    const bottom = Math.max(rect.top + rect.height, rect.top + box.offsetHeight);
    for (const part of [bubble.current, list.current]) {
      if (!part) continue;
      part.style.left = `${Math.max(0, Math.min(rect.left, (layer.current?.clientWidth ?? 0) - part.offsetWidth - 8))}px`;
      const above = bottom + part.offsetHeight + 8 > height && rect.top > part.offsetHeight + 8;
      part.style.top = `${above ? rect.top - part.offsetHeight - 4 : bottom + 3}px`;
    }
  };
  // Not on every frame of a scroll, which asks for it itself where it is seen.
  const active = mode !== 'idle';
  const told = Boolean(props.bubble);
  const placeNow = useRef(place);
  placeNow.current = place;
  // What the bubble tells may come later, and then it must not hang out of the sheet.
  useEffect(() => {
    if (!told || active || !bubble.current) return;
    const observer = new ResizeObserver(() => placeNow.current());
    observer.observe(bubble.current);
    return () => observer.disconnect();
  }, [told, active]);
  const wasTold = useRef(told);
  useEffect(() => {
    // A button of the bubble that was pressed is gone with it, and the focus with the button.
    if (wasTold.current && !told && document.activeElement === document.body) area.current?.focus();
    wasTold.current = told;
  }, [told]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: these are what moves it or changes its size
  useLayoutEffect(place, [props.placeKey, mode, typed, found, told]);

  const leave = () => {
    setMode('idle');
    setTyped(undefined);
    setFound(nothing);
    setChosen(-1);
    if (area.current) area.current.value = '';
  };

  const open = (next: Mode, text: string) => {
    original.current = props.text ?? '';
    setMode(next);
    props.onBegin();
    const box = area.current;
    if (!box) return;
    box.value = text;
    box.focus({ preventScroll: true });
    // One of a few choices is chosen anew; a text is gone on with.
    const choices = props.suggest('');
    box.setSelectionRange(Array.isArray(choices) && choices.length > 0 ? 0 : text.length, text.length);
    setTyped(text === original.current ? undefined : text);
  };

  // Those of an earlier text are still shown until the new ones come, but are no answer to what stands there now.
  const suggestions = found.list;
  const at = found.of === (typed ?? '') ? chosen : -1;

  const commit = (then: Then, picked?: Suggestion) => {
    const text = area.current?.value ?? '';
    const changed = picked !== undefined || text !== original.current;
    leave();
    if (changed) props.onCommit({ text, picked }, then);
    else props.onCommit(undefined, then);
  };

  useImperativeHandle(props.ref, () => ({
    focus: () => area.current?.focus({ preventScroll: true }),
    begin: (text) => {
      if (props.text === undefined) props.onLocked();
      else open('edit', text ?? props.text);
    },
    finish: () => {
      if (now.current !== 'idle') commit('stay');
    },
    isEditing: () => now.current !== 'idle',
    place: () => {
      if (now.current !== 'idle' || bubble.current) place();
    },
  }));

  const suggest = useRef(props.suggest);
  suggest.current = props.suggest;
  useEffect(() => {
    if (!active) return;
    let stale = false;
    const show = (list: readonly Suggestion[]) => {
      if (stale) return;
      setFound({ of: typed ?? '', list });
      setChosen(typed && list[0] && !list[0].unlikely ? 0 : -1);
    };
    const offered = suggest.current(typed ?? '');
    if (Array.isArray(offered)) show(offered);
    else void (offered as Promise<readonly Suggestion[]>).then(show, () => show([]));
    return () => {
      stale = true;
    };
  }, [active, typed]);

  const start = (): boolean => {
    if (now.current !== 'idle') return true;
    if (props.text === undefined) return false;
    original.current = props.text;
    setMode('enter');
    props.onBegin();
    return true;
  };
  const onInput = () => {
    const box = area.current;
    if (!box) return;
    if (!start()) {
      box.value = '';
      props.onLocked();
      return;
    }
    setTyped(box.value);
  };

  const typing = (event: KeyboardEvent) => {
    const jump = event.ctrlKey || event.metaKey;
    const keys: Record<string, () => void> = {
      Enter: () => {
        if (event.altKey && props.multiline) insert('\n');
        else commit(jump ? 'all' : event.shiftKey ? 'up' : 'down', suggestions[at]);
      },
      Tab: () => commit(event.shiftKey ? 'left' : 'right', suggestions[at]),
      Escape: leave,
      F2: () => setMode(now.current === 'enter' ? 'edit' : 'enter'),
    };
    const many = suggestions.length > 1 || (suggestions.length === 1 && at < 0);
    if (many && !jump) {
      keys.ArrowDown = () => setChosen(Math.min(at + 1, suggestions.length - 1));
      keys.ArrowUp = () => setChosen(Math.max(at - 1, -1));
    } else if (now.current === 'enter' && !event.shiftKey && !jump) {
      keys.ArrowDown = () => commit('down');
      keys.ArrowUp = () => commit('up');
    }
    if (now.current === 'enter' && !event.shiftKey && !jump) {
      keys.ArrowLeft = () => commit('left');
      keys.ArrowRight = () => commit('right');
    }
    const action = keys[event.key];
    if (!action) return;
    event.preventDefault();
    event.stopPropagation();
    action();
  };
  const insert = (text: string) => {
    const box = area.current;
    if (!box) return;
    box.setRangeText(text, box.selectionStart, box.selectionEnd, 'end');
    onInput();
  };

  return (
    <div ref={layer} className={classes.layer}>
      <textarea
        ref={area}
        className={classes.area}
        data-mode={mode}
        data-align={props.alignRight ? 'right' : undefined}
        rows={1}
        spellCheck={false}
        autoComplete="off"
        aria-label={props.label}
        aria-describedby={`${id}-help`}
        aria-autocomplete={suggestions.length > 0 ? 'list' : undefined}
        aria-controls={suggestions.length > 0 ? `${id}-list` : undefined}
        aria-activedescendant={suggestions[at] ? `${id}-${at}` : undefined}
        onCompositionStart={start}
        onInput={onInput}
        onKeyDown={(event) => {
          // Keys of a conversion belong to the input method; Safari ends it before the key that ended it.
          if (event.nativeEvent.isComposing || event.keyCode === 229) return;
          if (now.current === 'idle') props.onKey(event);
          else typing(event);
        }}
        onCopy={(event) => now.current === 'idle' && props.onCopy(event, false)}
        onCut={(event) => now.current === 'idle' && props.onCopy(event, true)}
        onPaste={(event) => now.current === 'idle' && props.onPaste(event)}
        onBlur={(event) => {
          if (now.current === 'idle') return;
          // Without the window the edit waits; a click into its own list is part of it.
          if (!document.hasFocus() || layer.current?.contains(event.relatedTarget)) return;
          commit('stay');
        }}
      />
      <span id={`${id}-help`} hidden>
        {props.help}
      </span>
      {active && suggestions.length > 0 && (
        <div
          ref={list}
          id={`${id}-list`}
          role="listbox"
          aria-label={props.suggestionsLabel}
          className={classes.list}
        >
          {suggestions.map((each, place) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the arrow keys of the box choose
            <div
              key={each.key}
              id={`${id}-${place}`}
              role="option"
              tabIndex={-1}
              aria-selected={place === at}
              className={classes.option}
              ref={place === at ? (element) => element?.scrollIntoView?.({ block: 'nearest' }) : undefined}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => commit('stay', each)}
            >
              {each.label}
              {each.detail && <span className={classes.detail}>{each.detail}</span>}
            </div>
          ))}
        </div>
      )}
      {!active && props.bubble && (
        <div ref={bubble} className={classes.bubble}>
          {props.bubble}
        </div>
      )}
    </div>
  );
}
