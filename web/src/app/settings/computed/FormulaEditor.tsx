import { useEffect, useEffectEvent, useRef } from 'react';
import { type FieldKind, isApiError, type ObjectMeta, useFormulaFunctions, useTryComputed } from '@/api';
import { errorText, Select, Stack, Text, Textarea, useDebouncedValue, useTexts } from '@/ui';
import { ComputedAnswer } from './ComputedAnswer';
import classes from './computed.module.css';
import { formulaFields, nameInFormula, withInserted } from './formulaText';

const kPause = 350;

/** The expression of a field that is worked out: typed, or put together from the lists; checked while one writes. */
export function FormulaEditor({
  object,
  self,
  source,
  kind,
  error,
  onSource,
  onKind,
}: {
  object: ObjectMeta;
  self?: string;
  source: string;
  /** How the result is shown; none: as the formula suggests. */
  kind?: FieldKind;
  error?: string;
  onSource: (source: string) => void;
  /** None: as the formula suggests. */
  onKind: (kind: FieldKind | undefined) => void;
}) {
  const { t, label } = useTexts();
  const area = useRef<HTMLTextAreaElement>(null);
  const functions = useFormulaFunctions();
  const fields = formulaFields(object.fields, self);
  const [asked] = useDebouncedValue(source, kPause);
  const tried = useTryComputed(
    { object: object.key, key: self, formula: asked, ...(kind ? { kind } : {}) },
    asked.trim() !== '',
  );
  const answer = tried.data;
  // Of a field that is there the way stays. A new one that was written anew is shown as the formula suggests, else a choice
  // that no longer fits would stand with nothing to change it by.
  const unfit =
    self === undefined &&
    kind !== undefined &&
    !tried.isPlaceholderData &&
    answer?.problem?.code === 'formula_result';
  const forget = useEffectEvent(() => onKind(undefined));
  useEffect(() => {
    if (unfit) forget();
  }, [unfit]);

  const insert = (text: string, back = 0) => {
    const at = area.current;
    const [next, caret] = withInserted(
      source,
      at?.selectionStart ?? source.length,
      at?.selectionEnd ?? source.length,
      text,
    );
    onSource(next);
    window.requestAnimationFrame(() => {
      at?.focus();
      at?.setSelectionRange(caret - back, caret - back);
    });
  };

  return (
    <Stack gap="xs">
      <Textarea
        ref={area}
        className={classes.source}
        label={t('app.computed.formula')}
        description={t('app.computed.formulaExample')}
        required
        withAsterisk={false}
        autosize
        minRows={2}
        maxRows={10}
        maxLength={2000}
        spellCheck={false}
        value={source}
        error={error}
        onChange={(event) => onSource(event.currentTarget.value)}
      />
      <div className={classes.inserts}>
        <Select
          aria-label={t('app.computed.addField')}
          placeholder={t('app.computed.addField')}
          searchable
          value={null}
          nothingFoundMessage={t('app.computed.nothingFound')}
          data={fields.map((field) => ({ value: field.key, label: label(field.label) }))}
          onChange={(key) => {
            const field = fields.find((each) => each.key === key);
            if (field) insert(nameInFormula(field, object.fields, label));
          }}
        />
        <Select
          aria-label={t('app.computed.addFunction')}
          placeholder={t('app.computed.addFunction')}
          searchable
          value={null}
          nothingFoundMessage={t('app.computed.nothingFound')}
          comboboxProps={{ width: 320, position: 'bottom-end' }}
          maxDropdownHeight={320}
          data={(functions.data ?? []).map((each) => ({
            value: each.name,
            label: `${each.name} ${each.ja}`,
          }))}
          renderOption={({ option }) => {
            const known = functions.data?.find((each) => each.name === option.value);
            return (
              <div>
                <Text size="sm">{known?.usage}</Text>
                <Text size="xs" c="dimmed">
                  {known && label(known.help)}
                </Text>
              </div>
            );
          }}
          onChange={(name) => name && insert(`${name}()`, name === 'today' ? 0 : 1)}
        />
      </div>
      {answer?.kinds && answer.kinds.length > 1 && (
        <Select
          label={t('app.computed.showAs')}
          allowDeselect={false}
          value={kind ?? answer.natural_kind ?? null}
          data={answer.kinds.map((each) => ({ value: each, label: t(`app.kind.${each}`) }))}
          onChange={(chosen) => chosen && onKind(chosen as FieldKind)}
        />
      )}
      {asked.trim() !== '' && (
        <>
          {tried.isPending && (
            <Text size="sm" c="dimmed" role="status">
              {t('app.computed.waiting')}
            </Text>
          )}
          {tried.error && isApiError(tried.error) && (
            <Text size="sm" c="var(--mantine-color-error)" role="alert">
              {errorText(tried.error)}
            </Text>
          )}
          {answer && !tried.error && <ComputedAnswer answer={answer} />}
        </>
      )}
    </Stack>
  );
}
