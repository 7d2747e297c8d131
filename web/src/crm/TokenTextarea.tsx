import { type ReactNode, type RefObject, useId, useLayoutEffect, useState } from 'react';
import { type Reference, useTags, useUserOptions } from '@/api';
import { isComposing, Textarea, useTexts } from '@/ui';
import classes from './crm.module.css';
import { choicesFor, type Token, tokenAt, withChoice } from './entryTokens';

interface TokenTextareaProps {
  box: RefObject<HTMLTextAreaElement | null>;
  id: string;
  label: string;
  placeholder: string;
  value: string;
  error?: ReactNode;
  minRows: number;
  autoFocus?: boolean;
  /** The object whose tags are offered behind #; none: # is a letter as any other. */
  tagsOf?: string;
  /** Offers colleagues behind @. */
  people: boolean;
  onChange: (text: string) => void;
  onMention: (person: Reference) => void;
}

const kShown = 8;

function intoView(element: HTMLElement | null) {
  element?.scrollIntoView({ block: 'nearest' });
}

/** A box for several lines that offers colleagues behind @ and tags behind #. */
export function TokenTextarea(props: TokenTextareaProps) {
  const { box, value, people, tagsOf, onChange, onMention } = props;
  const { t } = useTexts();
  const list = useId();
  const [token, setToken] = useState<Token>();
  const [active, setActive] = useState(0);
  // Where the caret goes once the chosen text stands in the box.
  const [caret, setCaret] = useState<number>();
  const users = useUserOptions('', people && token?.mark === '@').data ?? [];
  const tags = useTags(tagsOf ?? '', '', tagsOf !== undefined && token?.mark === '#').data ?? [];
  const names = token?.mark === '@' ? users.map((each) => each.title) : tags;
  const choices = token ? choicesFor(token.typed, names).slice(0, kShown) : [];
  const at = Math.min(active, choices.length - 1);

  useLayoutEffect(() => {
    if (caret === undefined) return;
    box.current?.setSelectionRange(caret, caret);
    setCaret(undefined);
  }, [box, caret]);

  const look = (element: HTMLTextAreaElement) => {
    const found = tokenAt(element.value, element.selectionStart);
    const offered = found && (found.mark === '@' ? people : tagsOf !== undefined);
    setToken(offered ? found : undefined);
    setActive(0);
  };
  const choose = (name: string | undefined) => {
    const element = box.current;
    if (!token || name === undefined || !element) return;
    const written = withChoice(value, token, element.selectionStart, name);
    onChange(written.text);
    const person = token.mark === '@' ? users.find((each) => each.title === name) : undefined;
    if (person) onMention(person);
    setCaret(written.caret);
    setToken(undefined);
    element.focus();
  };

  return (
    // Keys of the box inside, before it writes them.
    <div
      className={classes.tokens}
      onKeyDownCapture={(event) => {
        if (choices.length === 0 || isComposing(event) || event.ctrlKey || event.metaKey) return;
        const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
        if (step) setActive((at + step + choices.length) % choices.length);
        else if (event.key === 'Enter' || event.key === 'Tab') choose(choices[at]);
        else if (event.key === 'Escape') setToken(undefined);
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      <Textarea
        ref={box}
        data-autofocus={props.autoFocus || undefined}
        id={props.id}
        aria-label={props.label}
        placeholder={props.placeholder}
        autosize
        minRows={props.minRows}
        maxRows={14}
        value={value}
        error={props.error}
        aria-autocomplete={people || tagsOf ? 'list' : undefined}
        aria-controls={choices.length > 0 ? list : undefined}
        aria-activedescendant={choices.length > 0 ? `${list}-${at}` : undefined}
        onChange={(event) => {
          onChange(event.currentTarget.value);
          look(event.currentTarget);
        }}
        onClick={(event) => look(event.currentTarget)}
        onBlur={() => setToken(undefined)}
      />
      {choices.length > 0 && (
        <div
          id={list}
          role="listbox"
          tabIndex={-1}
          className={classes.choices}
          aria-label={t(token?.mark === '@' ? 'crm.entry.people' : 'crm.entry.tags')}
        >
          {choices.map((name, place) => (
            <div
              key={name}
              id={`${list}-${place}`}
              role="option"
              tabIndex={-1}
              aria-selected={place === at}
              ref={place === at ? intoView : undefined}
              className={classes.choice}
              // Before the box loses the focus.
              onPointerDown={(event) => {
                event.preventDefault();
                choose(name);
              }}
            >
              {token?.mark}
              {name}
            </div>
          ))}
        </div>
      )}
    </div>
  );
}
