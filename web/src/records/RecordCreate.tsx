import { useEffect, useId, useMemo, useRef, useState } from 'react';
import {
  type FieldMeta,
  isApiError,
  type ObjectMeta,
  type RecordData,
  useCreateRecord,
  type Values,
  warningsOf,
} from '@/api';
import { isEmpty, kindOf, toWrite } from '@/fields';
import {
  Button,
  Drawer,
  Group,
  isComposing,
  notifyDone,
  notifyError,
  notifyUndo,
  Stack,
  Text,
  useAskToDiscard,
  useTexts,
} from '@/ui';
import { Duplicates } from './Duplicates';
import { type FieldSection, isEditable, sectionsOf, shownFields } from './fieldGroups';
import { useDuplicates } from './useDuplicates';
import { useFormCount } from './useFormCount';

interface RecordCreateProps {
  object: ObjectMeta;
  initial?: Values;
  opened: boolean;
  onClose: () => void;
  onCreated: (record: RecordData) => void;
}

/** A new record of any object: first what is usually known, the rest one click away; who it might already be beside it. */
export function RecordCreate(props: RecordCreateProps) {
  const { t, label } = useTexts();
  const askToDiscard = useAskToDiscard();
  const typed = useRef(false);
  const onClose = async () => {
    if (!typed.current || (await askToDiscard())) props.onClose();
  };
  return (
    <Drawer
      opened={props.opened}
      onClose={() => void onClose()}
      size="lg"
      title={t('records.create.title', { name: label(props.object.label) })}
    >
      {props.opened && (
        <Form {...props} onClose={() => void onClose()} onTyped={(is) => (typed.current = is)} />
      )}
    </Drawer>
  );
}

// Required, in the list, of the first section or given by the caller: what a person has at hand when meeting someone new.
function isUsual(field: FieldMeta, object: ObjectMeta, initial: Values): boolean {
  const title = object.fields.find((each) => each.key === object.title);
  return (
    field.required ||
    field.in_list ||
    field.key in initial ||
    field.key === object.title ||
    (title?.whole !== undefined && title.whole !== null && field.whole === title.whole)
  );
}

const nothing: Values = {};

interface FormProps extends RecordCreateProps {
  onTyped: (typed: boolean) => void;
}

function Form({ object, initial: given = nothing, onClose, onCreated, onTyped }: FormProps) {
  const { t, label } = useTexts();
  const id = useId();
  // What the form began with, whatever the page behind it does meanwhile.
  const [initial] = useState(given);
  const [values, setValues] = useState<Values>(initial);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [general, setGeneral] = useState<string[]>([]);
  const [whole, setWhole] = useState(false);
  const create = useCreateRecord(object);
  const form = useRef<HTMLFormElement>(null);
  // To the first of what is to be mended; the reason is read with it.
  useEffect(() => {
    if (Object.keys(errors).length > 0)
      form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
  }, [errors]);
  useEffect(() => {
    onTyped(values !== initial);
    return () => onTyped(false);
  });
  const found = useDuplicates(object, values);
  const counted = useFormCount(object.key);

  const sections = useMemo<FieldSection[]>(() => {
    const fields = shownFields(object).filter((field) => isEditable(field) && field.kind !== 'file');
    const usual = fields.filter((field) => isUsual(field, object, initial));
    return sectionsOf(object, whole || usual.length === 0 ? fields : usual);
  }, [object, whole, initial]);
  const firstKey = sections[0]?.groups[0]?.fields[0]?.key;

  const submit = async () => {
    const sent = Object.fromEntries(
      Object.entries(values)
        .filter(([, value]) => !isEmpty(value))
        .map(([key, value]) => [key, toWrite(value)]),
    );
    try {
      const record = await create.mutateAsync({ values: sent });
      counted.saved();
      notifyUndo(t('records.create.done', { name: record.title }), record.change);
      warningsOf(record).forEach(notifyDone);
      onCreated(record);
    } catch (error) {
      if (!isApiError(error) || error.problems.length === 0) {
        notifyError(error);
        return;
      }
      setErrors(error.byField);
      setGeneral(error.general);
      // A field that is wrong must be on the screen.
      const shown = new Set(
        sections.flatMap((section) =>
          section.groups.flatMap((group) => group.fields.map((each) => each.key)),
        ),
      );
      if (Object.keys(error.byField).some((key) => !shown.has(key))) setWhole(true);
    }
  };

  return (
    <form
      ref={form}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
      onKeyDown={(event) => {
        if (isComposing(event) || event.key !== 'Enter') return;
        const target = event.target as HTMLElement;
        if (event.ctrlKey || event.metaKey) {
          event.preventDefault();
          void submit();
        } else if (target.tagName === 'INPUT') {
          // Enter chooses in lists; a half-filled form is not sent by it.
          event.preventDefault();
        }
      }}
    >
      <Stack gap="md">
        {general.map((text) => (
          <Text key={text} c="red" role="alert">
            {text}
          </Text>
        ))}
        {sections.map((section) => (
          <Stack key={section.key} gap="sm" component="section" aria-label={label(section.label)}>
            {sections.length > 1 && (
              <Text fw={700} c="dimmed">
                {label(section.label)}
              </Text>
            )}
            {section.groups
              .flatMap((group) => group.fields)
              .map((field) => {
                const { Input } = kindOf(field.kind);
                return (
                  <Input
                    key={field.key}
                    id={`${id}-${field.key}`}
                    field={field}
                    object={object}
                    value={values[field.key]}
                    onChange={(value) => {
                      counted.touched(field.key);
                      setValues((now) => ({ ...now, [field.key]: value }));
                      setErrors(({ [field.key]: _gone, ...rest }) => rest);
                    }}
                    onSiblings={(found) =>
                      setValues((now) => ({
                        ...now,
                        ...Object.fromEntries(Object.entries(found).filter(([key]) => isEmpty(now[key]))),
                      }))
                    }
                    siblings={values}
                    onReplace={(accepted) => {
                      setValues((now) => ({ ...now, ...accepted }));
                      setErrors((now) =>
                        Object.fromEntries(Object.entries(now).filter(([key]) => !(key in accepted))),
                      );
                    }}
                    label={label(field.label)}
                    autoFocus={field.key === firstKey}
                    required={field.required}
                    error={errors[field.key]}
                  />
                );
              })}
            {section === sections[0] && <Duplicates object={object} found={found} />}
          </Stack>
        ))}
        {!whole && (
          <Button variant="subtle" onClick={() => setWhole(true)}>
            {t('records.create.all')}
          </Button>
        )}
        <Group
          justify="flex-end"
          gap="xs"
          style={{
            position: 'sticky',
            bottom: 0,
            background: 'var(--mantine-color-body)',
            padding: '10px 0',
          }}
        >
          <Button variant="default" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button type="submit" loading={create.isPending}>
            {t('records.create.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
