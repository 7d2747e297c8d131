import { type FormEvent, lazy, Suspense, useMemo, useState } from 'react';
import {
  type FieldKind,
  type FieldMeta,
  isApiError,
  type ObjectMeta,
  type Option,
  type Rollup,
  useObjects,
  useSaveField,
} from '@/api';
import {
  Alert,
  Button,
  Checkbox,
  Drawer,
  errorText,
  Group,
  Loading,
  notifyUndo,
  Select,
  Stack,
  Text,
  Textarea,
  TextInput,
  useAskToDiscard,
  useTexts,
  useUnsaved,
} from '@/ui';
import { OptionsEditor } from './OptionsEditor';
import { kindsWithOptions, kindsWithTarget, ownKinds, shownKind } from './ownKinds';

const FormulaEditor = lazy(async () => ({
  default: (await import('./computed/FormulaEditor')).FormulaEditor,
}));
const RollupEditor = lazy(async () => ({
  default: (await import('./computed/RollupEditor')).RollupEditor,
}));

type DrawerKind = FieldKind | 'formula' | 'rollup';

/** Adds a field of the company's own (no `field`) or changes what may be changed of a field. Its kind is for life. */
export function FieldDrawer({
  object,
  field,
  onClose,
}: {
  object: ObjectMeta;
  field?: FieldMeta;
  onClose: () => void;
}) {
  const { t, label } = useTexts();
  const objects = useObjects();
  const save = useSaveField(object.key);
  const [ja, setJa] = useState(field?.label.ja ?? '');
  const [en, setEn] = useState(field?.label.en ?? '');
  const [help, setHelp] = useState(field?.help?.ja ?? '');
  const [kind, setKind] = useState<DrawerKind>(field ? shownKind(field) : 'text');
  const [formula, setFormula] = useState(field?.formula ? label(field.formula) : '');
  const [result, setResult] = useState<FieldKind | undefined>(field?.formula ? field.kind : undefined);
  const [rollup, setRollup] = useState<Rollup>(field?.rollup ?? { object: '', link: '', function: 'count' });
  const [section, setSection] = useState(field?.section ?? object.sections[0]?.key ?? '');
  const [target, setTarget] = useState(field?.target ?? '');
  const [options, setOptions] = useState<Option[]>(field?.options ?? []);
  const [required, setRequired] = useState(field?.required ?? false);
  const [inList, setInList] = useState(field?.in_list ?? false);
  const now = JSON.stringify([
    ...[ja, en, help, kind, section, target, options, required, inList],
    ...[formula, result, rollup],
  ]);
  const [before] = useState(now);
  const unsaved = now !== before;
  useUnsaved(unsaved);
  const askToDiscard = useAskToDiscard();
  const close = async () => {
    if (!unsaved || (await askToDiscard())) onClose();
  };
  const fixed = useMemo(() => new Set((field?.options ?? []).map((option) => option.key)), [field]);
  const problems = isApiError(save.error) ? save.error.byField : {};
  const computed = kind === 'formula' || kind === 'rollup';
  const hasOptions = !computed && kindsWithOptions.includes(kind);
  const hasTarget = !computed && kindsWithTarget.includes(kind);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const labels = { ja: ja.trim(), en: en.trim() || ja.trim() };
    const filled = options
      .filter((option) => option.label.ja.trim() !== '')
      .map((option) => ({
        ...option,
        label: { ja: option.label.ja.trim(), en: option.label.en || option.label.ja.trim() },
      }));
    save.mutate(
      {
        key: field?.key,
        label: labels,
        help: {
          ja: help.trim(),
          en: field?.help?.en && field.help.ja === help ? field.help.en : help.trim(),
        },
        ...(computed ? {} : { required }),
        in_list: inList,
        ...(field ? {} : { section }),
        ...(field || computed ? {} : { kind }),
        ...(kind === 'formula' ? { formula, ...(result ? { kind: result } : {}) } : {}),
        ...(kind === 'rollup' ? { rollup } : {}),
        ...(field?.custom ? { section } : {}),
        // Words that nobody changed stay those of the product.
        ...(hasOptions && JSON.stringify(options) !== JSON.stringify(field?.options ?? [])
          ? { options: filled }
          : {}),
        ...(!field && hasTarget ? { target } : {}),
      },
      {
        onSuccess: ({ change }) => {
          notifyUndo(t('ui.saved'), change);
          onClose();
        },
      },
    );
  };

  return (
    <Drawer
      opened
      onClose={() => void close()}
      title={field ? t('app.editField', { name: label(field.label) }) : t('app.newField')}
      size={460}
      closeButtonProps={{ 'aria-label': t('ui.close') }}
    >
      <form onSubmit={submit}>
        <Stack gap="md">
          {save.error && (
            <Alert color="red" variant="light" role="alert" style={{ whiteSpace: 'pre-line' }}>
              {errorText(save.error)}
            </Alert>
          )}
          <TextInput
            label={t('app.fieldName')}
            placeholder={t('app.fieldExample')}
            data-autofocus
            required
            withAsterisk={false}
            value={ja}
            error={problems.label}
            onChange={(event) => setJa(event.currentTarget.value)}
          />
          <TextInput
            label={t('app.fieldNameEn')}
            value={en}
            onChange={(event) => setEn(event.currentTarget.value)}
          />
          {field ? (
            <div>
              <Text fw={600}>{t('app.fieldKind')}</Text>
              <Text>{t(`app.kind.${kind}`)}</Text>
            </div>
          ) : (
            <Select
              label={t('app.fieldKind')}
              description={t(`app.kindHelp.${kind}`)}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              allowDeselect={false}
              searchable
              value={kind}
              error={problems.kind}
              data={ownKinds.map((key) => ({ value: key, label: t(`app.kind.${key}`) }))}
              renderOption={({ option }) => (
                <div>
                  <Text size="sm">{option.label}</Text>
                  <Text size="xs" c="dimmed">
                    {t(`app.kindHelp.${option.value}`)}
                  </Text>
                </div>
              )}
              maxDropdownHeight={360}
              onChange={(chosen) => chosen && setKind(chosen as DrawerKind)}
            />
          )}
          <Suspense fallback={<Loading rows={3} />}>
            {kind === 'formula' && (
              <FormulaEditor
                object={object}
                self={field?.key}
                source={formula}
                kind={result}
                error={problems.formula}
                onSource={setFormula}
                onKind={setResult}
              />
            )}
            {kind === 'rollup' && (
              <RollupEditor
                object={object}
                self={field?.key}
                rollup={rollup}
                errors={problems}
                onChange={setRollup}
              />
            )}
          </Suspense>
          {hasOptions && (
            <OptionsEditor options={options} fixed={fixed} onChange={setOptions} error={problems.options} />
          )}
          {!field && hasTarget && (
            <Select
              label={t('app.linkTarget')}
              required
              withAsterisk={false}
              value={target || null}
              error={problems.target}
              data={objects.map((candidate) => ({ value: candidate.key, label: label(candidate.label) }))}
              onChange={(chosen) => setTarget(chosen ?? '')}
            />
          )}
          {(!field || field.custom) && object.sections.length > 0 && (
            <Select
              label={t('app.section')}
              allowDeselect={false}
              value={section}
              data={object.sections.map((known) => ({ value: known.key, label: label(known.label) }))}
              onChange={(chosen) => setSection(chosen ?? '')}
            />
          )}
          <Textarea
            label={t('app.fieldHelp')}
            description={t('app.fieldHelpWhy')}
            autosize
            minRows={2}
            value={help}
            onChange={(event) => setHelp(event.currentTarget.value)}
          />
          {!computed && (
            <Checkbox
              label={t('app.requiredField')}
              checked={required}
              onChange={(event) => setRequired(event.currentTarget.checked)}
            />
          )}
          <Checkbox
            label={t('app.putInList')}
            checked={inList}
            onChange={(event) => setInList(event.currentTarget.checked)}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={() => void close()}>
              {t('ui.cancel')}
            </Button>
            <Button type="submit" loading={save.isPending}>
              {field ? t('ui.save') : t('app.make')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Drawer>
  );
}
