import { IconPlus, IconX } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { type FieldValue, fetchRecord, keys, type ObjectMeta, useObject } from '@/api';
import { isReference, kindOf, PickerInput } from '@/fields';
import { ActionIcon, Button, formatYen, isComposing, Text, useTexts } from '@/ui';
import classes from './crm.module.css';
import { isLineEmpty, type LineDraft, type LineFields, lineAmount, linesTotal, newLine } from './orderLines';

interface LineEditorProps {
  /** The object of the lines. */
  object: ObjectMeta;
  fields: LineFields;
  lines: LineDraft[];
  errors: Map<number, Record<string, string>>;
  onChange: (change: (now: LineDraft[]) => LineDraft[]) => void;
}

/** What was bought, a line a product: name, quantity, price; the amount follows. Enter in the last box begins a new line. */
export function LineEditor({ object, fields, lines, errors, onChange }: LineEditorProps) {
  const { t, label, language } = useTexts();
  const id = useId();
  const next = useRef(Math.max(0, ...lines.map((line) => line.key)) + 1);
  const [focused, setFocused] = useState<number | null>(null);
  const labelOf = (key: string) => label(object.fields.find((field) => field.key === key)?.label);
  const set = (key: number, part: Partial<LineDraft>) =>
    onChange((now) => now.map((line) => (line.key === key ? { ...line, ...part } : line)));
  const add = () => {
    const key = next.current++;
    setFocused(key);
    onChange((now) => [...now, newLine(key)]);
  };
  const remove = (key: number) =>
    onChange((now) => {
      const rest = now.filter((line) => line.key !== key);
      return rest.length > 0 ? rest : [newLine(next.current++)];
    });
  const filled = lines.filter((line) => !isLineEmpty(line));
  return (
    <section className={classes.lines} aria-label={label(object.plural_label)}>
      <div className={classes.lineHead} aria-hidden="true">
        <span>{labelOf(fields.item)}</span>
        <span>{labelOf(fields.quantity)}</span>
        <span>{labelOf(fields.price)}</span>
        <span>{t('crm.lines.amount')}</span>
      </div>
      {lines.map((line, at) => (
        <Line
          key={line.key}
          id={`${id}-${line.key}`}
          object={object}
          fields={fields}
          line={line}
          number={at + 1}
          errors={errors.get(line.key) ?? {}}
          autoFocus={line.key === focused}
          onChange={(part) => set(line.key, part)}
          onPrice={(price, item) =>
            onChange((now) =>
              now.map((each) =>
                each.key === line.key && each.item?.id === item && each.price === null
                  ? { ...each, price }
                  : each,
              ),
            )
          }
          onRemove={lines.length > 1 || !isLineEmpty(line) ? () => remove(line.key) : undefined}
          onEnter={at === lines.length - 1 && !isLineEmpty(line) ? add : undefined}
        />
      ))}
      <div className={classes.lineFoot}>
        <Button size="compact-sm" variant="subtle" leftSection={<IconPlus size={14} />} onClick={add}>
          {t('crm.lines.add')}
        </Button>
        <span className={classes.space} />
        {filled.length > 0 && (
          <span className={classes.lineTotal} role="status">
            {t('crm.lines.total')} <b>{formatYen(linesTotal(filled), language)}</b>
          </span>
        )}
      </div>
      {filled.length > 0 && (
        <Text size="xs" c="dimmed" ta="end">
          {t('crm.lines.tax')}
        </Text>
      )}
    </section>
  );
}

interface LineProps {
  id: string;
  object: ObjectMeta;
  fields: LineFields;
  line: LineDraft;
  number: number;
  errors: Record<string, string>;
  autoFocus: boolean;
  onChange: (part: Partial<LineDraft>) => void;
  /** The usual price of a product, once it is known. */
  onPrice: (price: FieldValue, item: string) => void;
  onRemove?: () => void;
  onEnter?: () => void;
}

function Line({ id, object, fields, line, number, errors, autoFocus, ...on }: LineProps) {
  const { t, label, language } = useTexts();
  const cache = useQueryClient();
  const fieldOf = (key: string) => object.fields.find((field) => field.key === key);
  const item = fieldOf(fields.item);
  const product = useObject(item?.target ?? undefined);
  const amount = lineAmount(line);
  const named = (key: string) => t('crm.lines.of', { row: number, name: label(fieldOf(key)?.label) });

  // The keyboard goes on to how many.
  const goOn = () =>
    window.requestAnimationFrame(() => {
      const box = document.getElementById(`${id}-quantity`);
      if (box instanceof HTMLInputElement) box.select();
    });
  const choose = (value: FieldValue) => {
    const chosen = isReference(value) ? value : null;
    on.onChange({ item: chosen });
    if (chosen) goOn();
    if (!chosen?.id || !product?.fields.some((field) => field.key === fields.price)) return;
    void cache
      .fetchQuery({
        queryKey: keys.record(product.key, chosen.id),
        queryFn: ({ signal }) => fetchRecord(product, chosen.id, signal),
        staleTime: 60_000,
      })
      .then((record) => {
        const price = record[fields.price];
        if (typeof price === 'number') on.onPrice(price, chosen.id);
      })
      // Without the usual price here the server still fills it in.
      .catch(() => undefined);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || isComposing(event)) return;
    if ((event.target as HTMLElement).tagName !== 'INPUT' || event.defaultPrevented) return;
    event.preventDefault();
    on.onEnter?.();
  };
  const box = (key: 'quantity' | 'price') => {
    const field = fieldOf(fields[key]);
    if (!field || field.writable === false) return <span />;
    const { Input } = kindOf(field.kind);
    return (
      // biome-ignore lint/a11y/noStaticElementInteractions: Enter goes on to the next line
      <div className={classes.lineNumber} data-label={label(field.label)} onKeyDown={onKeyDown}>
        <Input
          id={`${id}-${key}`}
          field={field}
          object={object}
          value={line[key]}
          onChange={(value) => on.onChange({ [key]: value })}
          label={named(fields[key])}
          hideLabel
          error={errors[fields[key]]}
        />
      </div>
    );
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be a grid in every browser
    <div className={classes.line} role="group" aria-label={t('crm.lines.row', { row: number })}>
      <div className={classes.lineItem}>
        {item && product ? (
          <PickerInput
            id={`${id}-item`}
            field={item}
            object={object}
            value={line.item}
            onChange={choose}
            onFreeText={(typed) => {
              on.onChange({ item: { id: '', title: typed } });
              goOn();
            }}
            label={named(fields.item)}
            hideLabel
            autoFocus={autoFocus}
            multiple={false}
            target={item.target ?? ''}
            error={errors[fields.item] ?? errors[fields.text]}
          />
        ) : (
          <NameInput id={id} object={object} fields={fields} line={line} label={named(fields.text)} on={on} />
        )}
      </div>
      {box('quantity')}
      {box('price')}
      <span className={classes.lineAmount} data-label={t('crm.lines.amount')}>
        {amount === undefined ? '' : formatYen(amount, language)}
      </span>
      <ActionIcon
        aria-label={t('crm.lines.remove', { row: number })}
        disabled={!on.onRemove}
        className={classes.lineRemove}
        onClick={on.onRemove}
      >
        <IconX size={16} />
      </ActionIcon>
    </div>
  );
}

interface NameInputProps {
  id: string;
  object: ObjectMeta;
  fields: LineFields;
  line: LineDraft;
  label: string;
  on: Pick<LineProps, 'onChange'>;
}

// Who may not see products still writes down what was bought.
function NameInput({ id, object, fields, line, label, on }: NameInputProps) {
  const field = object.fields.find((each) => each.key === fields.text);
  if (!field) return null;
  const { Input } = kindOf(field.kind);
  return (
    <Input
      id={`${id}-item`}
      field={field}
      object={object}
      value={line.item?.title ?? ''}
      onChange={(value) =>
        on.onChange({ item: typeof value === 'string' && value !== '' ? { id: '', title: value } : null })
      }
      label={label}
      hideLabel
    />
  );
}
