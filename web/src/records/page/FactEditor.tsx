import { type FocusEvent, type KeyboardEvent, useId, useRef, useState } from 'react';
import type { FieldValue, ObjectMeta, RecordData, Values } from '@/api';
import { isEmpty, kindOf } from '@/fields';
import { isComposing, Text, useTexts } from '@/ui';
import { type FieldGroup, isEditable } from '../fieldGroups';
import { ConflictBox } from './ConflictBox';
import classes from './page.module.css';
import { useSaveFact } from './useSaveFact';

interface FactEditorProps {
  object: ObjectMeta;
  record: RecordData;
  group: FieldGroup;
  /** `back` = the focus returns to the fact, because a key ended the edit. */
  onDone: (back: boolean) => void;
}

/** Edits one fact in place. Enter or leaving it saves, Esc forgets. What the server refuses stays, with the reason. */
export function FactEditor({ object, record, group, onDone }: FactEditorProps) {
  const { t, label } = useTexts();
  const id = useId();
  const [base, setBase] = useState(record);
  const [draft, setDraft] = useState<Values>({});
  const box = useRef<HTMLDivElement>(null);
  const ended = useRef(false);
  const saving = useSaveFact(object);
  const fields = group.fields.filter(isEditable);
  const single = fields.length === 1 ? fields[0] : undefined;
  const kind = single && kindOf(single.kind);

  const finish = async (values: Values, from: RecordData, back: boolean) => {
    if (ended.current) return;
    ended.current = true;
    if (await saving.save(from, values)) onDone(back);
    else ended.current = false;
  };
  const cancel = () => {
    ended.current = true;
    onDone(true);
  };
  const set = (key: string, value: FieldValue) => {
    const next = { ...draft, [key]: value };
    setDraft(next);
    if (kind?.instant) void finish(next, base, true);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event) || event.defaultPrevented) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      cancel();
      return;
    }
    if (event.key !== 'Enter') return;
    const target = event.target as HTMLElement;
    if (target.tagName === 'BUTTON') return;
    const jump = event.ctrlKey || event.metaKey;
    if ((target.tagName === 'TEXTAREA' && !jump) || target.getAttribute('aria-expanded') === 'true') return;
    event.preventDefault();
    void finish(draft, base, true);
  };
  const onBlur = (event: FocusEvent) => {
    const next = event.relatedTarget as HTMLElement | null;
    // Lists of choices stand outside the box in the page, but belong to it.
    if (next && (box.current?.contains(next) || next.closest('[data-portal]'))) return;
    if (saving.conflicts.length > 0 || saving.pending) return;
    // Without a new focus the window itself was left: the edit waits.
    if (!next && !document.hasFocus()) return;
    void finish(draft, base, false);
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: gathers the keys of the boxes inside
    <div
      ref={box}
      className={classes.editor}
      data-many={fields.length > 1 || undefined}
      onKeyDown={onKeyDown}
      onBlur={onBlur}
    >
      {fields.map((field, at) => {
        const { Input } = kindOf(field.kind);
        const conflict = saving.conflicts.find((each) => each.field === field.key);
        return (
          <div key={field.key}>
            <Input
              id={`${id}-${field.key}`}
              field={field}
              object={object}
              recordId={record.id}
              value={field.key in draft ? draft[field.key] : base[field.key]}
              onChange={(value) => set(field.key, value)}
              onSiblings={(values) =>
                setDraft((now) => {
                  const empty = Object.entries(values).filter(([key]) =>
                    isEmpty(key in now ? now[key] : base[key]),
                  );
                  return { ...now, ...Object.fromEntries(empty) };
                })
              }
              siblings={{ ...base, ...draft }}
              onReplace={(values) => setDraft((now) => ({ ...now, ...values }))}
              label={label(field.label)}
              hideLabel={single !== undefined}
              autoFocus={at === 0}
              required={field.required}
              error={saving.errors[field.key]}
            />
            {conflict && saving.current && (
              <ConflictBox
                field={field}
                conflict={conflict}
                onMine={() => {
                  ended.current = false;
                  void finish(draft, saving.current ?? base, true);
                }}
                onTheirs={() => {
                  const { [field.key]: _mine, ...rest } = draft;
                  const from = saving.current ?? base;
                  setDraft(rest);
                  setBase(from);
                  saving.reset();
                  ended.current = false;
                  void finish(rest, from, true);
                }}
              />
            )}
          </div>
        );
      })}
      {saving.errors[''] && (
        <Text c="red" role="alert" size="xs">
          {saving.errors['']}
        </Text>
      )}
      {saving.pending && (
        <Text c="dimmed" size="xs" role="status">
          {t('records.fact.saving')}
        </Text>
      )}
    </div>
  );
}
