import { type KeyboardEvent, useEffect, useEffectEvent, useRef, useState } from 'react';
import {
  Combobox,
  InputBase,
  Loader,
  notifyError,
  Pill,
  PillsInput,
  useCombobox,
  useDebouncedValue,
  useTexts,
} from '@/ui';
import type { InputProps } from '../kind';
import { referencesOf } from './references';
import { type Choice, useChoices } from './useChoices';

interface PickerProps extends InputProps {
  multiple: boolean;
  /** Key of the object to choose from; null = the users of the system. */
  target: string | null;
  /** Filters: whoever reads the list. */
  offerMe?: boolean;
  /** The list stands beside the box in the page, for use inside a popover. */
  inPlace?: boolean;
  /** Only records that are there: none is made. */
  existing?: boolean;
  /** Ids that are not offered. */
  except?: readonly string[];
  /** What was typed may stand as it is, without a record. */
  onFreeText?: (typed: string) => void;
}

// No id of a record: those have 13 characters.
const kFreeText = '=';
const kCreate = '+';

/** Chooses one or several records by typing part of their name: kanji, kana, telephone, whatever search understands. */
export function PickerInput(props: PickerProps) {
  const { t } = useTexts();
  const [typed, setTyped] = useState('');
  const [enterWaits, setEnterWaits] = useState(false);
  const left = useRef(false); // the box has lost the focus
  const [q] = useDebouncedValue(typed.trim(), 200);
  const combobox = useCombobox({
    onDropdownClose: () => {
      combobox.resetSelectedOption();
      setTyped('');
      setEnterWaits(false);
    },
  });
  const found = useChoices(props.target, q, combobox.dropdownOpened);
  const { loading } = found;
  const create = props.existing ? undefined : found.create;
  const known = props.except
    ? found.choices.filter((choice) => !props.except?.includes(choice.id))
    : found.choices;
  const choices = props.offerMe && q === '' ? [{ id: 'me', title: t('fields.me') }, ...known] : known;
  const [creating, setCreating] = useState(false);
  const chosen = referencesOf(props.value);
  const offered = choices.filter((choice) => !chosen.some((each) => props.multiple && each.id === choice.id));
  const canCreate = create && q !== '' && !loading && !choices.some((choice) => choice.title === q);

  // What stands in the list answers other words than those in the box.
  const stale = typed.trim() !== q || (q !== '' && loading);

  const choose = (choice: Choice) => {
    const reference = { id: choice.id, title: choice.title };
    props.onChange(props.multiple ? [...chosen, reference] : reference);
    setTyped('');
    if (!props.multiple) combobox.closeDropdown();
  };
  const remove = (id: string) => {
    const rest = chosen.filter((each) => each.id !== id);
    props.onChange(props.multiple ? rest : null);
  };
  const submit = async (id: string) => {
    if (id === kFreeText) {
      props.onFreeText?.(q);
      combobox.closeDropdown();
      return;
    }
    const choice = choices.find((each) => each.id === id);
    if (choice) {
      choose(choice);
      return;
    }
    if (!create) return;
    setCreating(true);
    try {
      choose(await create(q));
    } catch (error) {
      notifyError(error);
    } finally {
      setCreating(false);
    }
  };

  const settle = useEffectEvent(() => {
    combobox.selectFirstOption();
    setEnterWaits(false);
    const [only, ...others] = offered;
    if (enterWaits && only && others.length === 0) void submit(only.id);
    if (left.current) combobox.closeDropdown();
  });
  useEffect(() => {
    if (q !== '' && !stale) settle();
  }, [q, stale]);
  // Enter before the answer is there would take a record that was offered for the letters before: it waits, and is
  // carried out only when there is one record it can mean, also when one has gone on to the next field.
  const holdEnter = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (!stale || typed.trim() === '') return;
    event.preventDefault();
    event.stopPropagation();
    setEnterWaits(true);
  };

  const field = {
    id: props.id,
    value: typed,
    autoComplete: 'off',
    'aria-label': props.hideLabel ? props.label : undefined,
    onChange: (event: { currentTarget: HTMLInputElement }) => {
      setTyped(event.currentTarget.value);
      combobox.openDropdown();
      combobox.resetSelectedOption();
      setEnterWaits(false);
    },
    onKeyDownCapture: holdEnter,
    onFocus: () => {
      left.current = false;
      combobox.openDropdown();
    },
    onClick: () => combobox.openDropdown(),
    onBlur: () => {
      left.current = true;
      if (!enterWaits) combobox.closeDropdown();
    },
  };
  const frame = {
    label: props.hideLabel ? undefined : props.label,
    withAsterisk: props.required,
    error: props.error,
    rightSection: loading || creating ? <Loader size={14} /> : undefined,
  };
  return (
    <Combobox
      withinPortal={!props.inPlace}
      store={combobox}
      onOptionSubmit={(id) => void submit(id)}
      shadow="md"
    >
      <Combobox.DropdownTarget>
        {props.multiple || chosen.length > 0 ? (
          <PillsInput {...frame}>
            <Pill.Group>
              {chosen.map((each) => (
                <Pill
                  key={each.id}
                  withRemoveButton
                  onRemove={() => remove(each.id)}
                  removeButtonProps={{ 'aria-label': t('fields.remove', { name: each.title }) }}
                >
                  {each.title}
                </Pill>
              ))}
              <Combobox.EventsTarget>
                <PillsInput.Field
                  {...field}
                  autoFocus={props.autoFocus}
                  data-autofocus={props.autoFocus || undefined}
                  placeholder={chosen.length === 0 ? t('fields.search') : undefined}
                  onKeyDown={(event) => {
                    const last = chosen.at(-1);
                    if (event.key === 'Backspace' && typed === '' && last) {
                      event.preventDefault();
                      remove(last.id);
                    }
                  }}
                />
              </Combobox.EventsTarget>
            </Pill.Group>
          </PillsInput>
        ) : (
          <Combobox.EventsTarget>
            <InputBase
              {...frame}
              {...field}
              autoFocus={props.autoFocus}
              data-autofocus={props.autoFocus || undefined}
              placeholder={t('fields.search')}
            />
          </Combobox.EventsTarget>
        )}
      </Combobox.DropdownTarget>
      <Combobox.Dropdown hidden={!loading && offered.length === 0 && !canCreate && q === ''}>
        <Combobox.Options mah={280} style={{ overflowY: 'auto' }} aria-label={props.label}>
          {offered.map((choice) => (
            <Combobox.Option
              key={choice.id}
              value={choice.id}
              active={chosen.some((each) => each.id === choice.id)}
            >
              <span>{choice.title}</span>
              {choice.subtitle && (
                <span style={{ marginInlineStart: 8, fontSize: 12, color: 'var(--mantine-color-dimmed)' }}>
                  {choice.subtitle}
                </span>
              )}
            </Combobox.Option>
          ))}
          {props.onFreeText && q !== '' && (
            <Combobox.Option value={kFreeText}>{t('fields.asTyped', { name: q })}</Combobox.Option>
          )}
          {canCreate && (
            <Combobox.Option value={kCreate}>{t('fields.createNew', { name: q })}</Combobox.Option>
          )}
          {!loading && offered.length === 0 && !canCreate && !props.onFreeText && (
            <Combobox.Empty>{t('fields.nothing')}</Combobox.Empty>
          )}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
