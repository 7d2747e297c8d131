import { Link } from '@tanstack/react-router';
import { useId, useMemo, useState } from 'react';
import {
  type CardReading,
  type CardScan,
  type FieldMeta,
  isApiError,
  type ObjectMeta,
  type ScannedCard,
  useCardScans,
  useObjects,
  useSaveCard,
  useSkipCard,
  type Values,
} from '@/api';
import { isEmpty, kindOf, toWrite } from '@/fields';
import { useDuplicates } from '@/records/useDuplicates';
import {
  Alert,
  Badge,
  Button,
  Checkbox,
  isComposing,
  Kbd,
  notifyDone,
  notifyError,
  notifyUndo,
  PageHeader,
  Text,
  useTexts,
} from '@/ui';
import { CardChoice } from './CardChoice';
import { CardPictureSide } from './CardPictureSide';
import { nextCard, type QueuedCard } from './cardQueue';
import classes from './cards.module.css';

/** Below this a reading is to be looked at. */
const kUnsure = 70;
// In the order in which one reads a card.
const kCardKeys = [
  'name',
  'name_kana',
  'company_name',
  'department',
  'job_title',
  'email',
  'mobile',
  'phone',
  'fax',
];
const kAddressKeys = ['address_text', 'website', 'received_on', 'place', 'note'];
const kCompanyKeys = ['postal_code', 'corporate_number', 'invoice_number'];

const kNoReadings: CardReading[] = [];
const valuesOf = (readings: CardReading[]): Values =>
  Object.fromEntries(readings.map((reading) => [reading.key, reading.value]));

interface CardFormProps {
  scan: CardScan;
  card: ScannedCard;
  object: ObjectMeta;
  onNext: (next: QueuedCard | undefined) => void;
}

export function CardForm({ scan, card, object, onNext }: CardFormProps) {
  const { t, label } = useTexts();
  const id = useId();
  const objects = useObjects();
  const company = objects.find((each) => each.key === 'company');
  const person = objects.find((each) => each.key === 'person');
  const readings = card.fields ?? kNoReadings;
  const [shown, setShown] = useState(readings);
  const [values, setValues] = useState<Values>(() => valuesOf(readings));
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  // Read again: what the person typed stays.
  if (shown !== readings) {
    setShown(readings);
    setValues((now) => ({
      ...valuesOf(readings),
      ...Object.fromEntries(Object.entries(now).filter(([key]) => touched.has(key))),
    }));
  }
  const [focused, setFocused] = useState<string | null>(null);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [chosenCompany, setChosenCompany] = useState<string | null>(null);
  const [chosenPerson, setChosenPerson] = useState<string | null>(null);
  const [update, setUpdate] = useState(true);
  const scans = useCardScans();
  const save = useSaveCard(scan.id, card.number);
  const skip = useSkipCard(scan.id, card.number);

  const fields = useMemo(() => {
    const of = (from: ObjectMeta | undefined, keys: string[]) =>
      keys.map((key) => from?.fields.find((field) => field.key === key)).filter((field) => !!field);
    return [
      ...of(object, kCardKeys),
      ...of(company, kCompanyKeys.slice(0, 1)),
      ...of(object, kAddressKeys),
      ...of(company, kCompanyKeys.slice(1)),
    ].filter((field: FieldMeta) => !field.read_only);
  }, [object, company]);

  const { name, name_kana, email, mobile, phone, company_name, website, corporate_number } = values;
  const people = useCandidates(person, { name, name_kana, email, mobile, phone });
  const companies = useCandidates(company, { name: company_name, website, corporate_number });
  // Who agrees in the name and in something else is taken to be the same; a person decides.
  const samePerson = people.find(
    (each) =>
      each.reasons.some((reason) => reason.code === 'name_equal') &&
      (each.reasons.length > 1 || (!!company_name && each.subtitle?.includes(String(company_name)))),
  );
  const sameCompany = companies.find((each) => each.reasons.some((reason) => reason.code === 'name_equal'));
  const toPerson = chosenPerson ?? samePerson?.id ?? (person?.permissions.create ? 'new' : '');
  const toCompany =
    chosenCompany ?? sameCompany?.id ?? (isEmpty(company_name) || !company?.permissions.create ? '' : 'new');

  const goOn = () => onNext(nextCard(scans.data ?? [], scan.id, card.number));
  const submit = async () => {
    if (save.isPending) return;
    try {
      const saved = await save.mutateAsync({
        values: Object.fromEntries(
          Object.entries(values)
            .filter(([key, value]) => !isEmpty(value) && key !== 'name_romaji')
            .map(([key, value]) => [key, toWrite(value)]),
        ),
        company: toCompany || null,
        person: toPerson || null,
        update_person: update,
      });
      notifyUndo(t('crm.cards.saved', { name: String(name ?? '') }), saved.change);
      goOn();
    } catch (error) {
      if (!isApiError(error) || error.problems.length === 0) return notifyError(error);
      const found = Object.fromEntries(
        Object.entries(error.byField).map(([key, text]) => [key.replace(/^(person|company)\./, ''), text]),
      );
      if (found.name && error.byField['company.name']) found.company_name = found.name;
      setErrors(found);
      const first = fields.find((field) => found[field.key]);
      document.getElementById(`${id}-${first?.key}`)?.focus();
      if (!first) notifyError(error);
    }
  };
  const onSkip = () =>
    skip.mutate(true, {
      onSuccess: () => {
        notifyDone(t('crm.cards.skipped'));
        goOn();
      },
      onError: notifyError,
    });

  const done = card.status === 'saved' || card.status === 'saving';
  const reading = card.status === 'reading';
  const failure = card.failure ?? scan.failure;
  return (
    <>
      <PageHeader
        title={t('crm.cards.checkTitle')}
        note={
          scan.cards.length > 1
            ? t('crm.cards.of', { number: card.number, count: scan.cards.length })
            : undefined
        }
      />
      {done && (
        <Alert color="green" mb="sm" title={t('crm.cards.alreadySaved')}>
          {card.record && (
            <Link to="/o/$plural/$id" params={{ plural: object.plural, id: card.record }}>
              {t('crm.cards.open')}
            </Link>
          )}
        </Alert>
      )}
      {card.status === 'skipped' && (
        <Alert color="gray" mb="sm">
          {t('crm.cards.isSkipped')}
        </Alert>
      )}
      {!reading && (failure || !scan.recognized) && (
        <Alert color="orange" mb="sm">
          {failure?.message ?? t('crm.cards.notRecognized')}
        </Alert>
      )}
      <form
        className={classes.check}
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
        onKeyDown={(event) => {
          if (isComposing(event) || event.key !== 'Enter') return;
          const target = event.target as HTMLElement;
          // Enter belongs to open lists, buttons and longer texts.
          const typing = target.tagName === 'INPUT' && target.getAttribute('aria-expanded') !== 'true';
          if (!typing && !event.ctrlKey && !event.metaKey) return;
          event.preventDefault();
          if (!done && !reading) void submit();
        }}
      >
        <div className={classes.pictureSide}>
          <CardPictureSide scan={scan} card={card} focused={focused} onNext={onNext} />
        </div>
        <div className={classes.fields}>
          {fields.map((field, index) => {
            const { Input } = kindOf(field.kind);
            const found = readings.find((each) => each.key === field.key);
            const unsure = found && found.confidence < kUnsure && !touched.has(field.key);
            return (
              <div
                key={field.key}
                className={classes.field}
                data-unsure={unsure || undefined}
                onFocusCapture={() => setFocused(field.key)}
              >
                <Input
                  id={`${id}-${field.key}`}
                  field={field}
                  object={object}
                  value={values[field.key]}
                  onChange={(value) => {
                    setValues((now) => ({ ...now, [field.key]: value }));
                    setTouched((now) => new Set(now).add(field.key));
                    setErrors(({ [field.key]: _gone, ...rest }) => rest);
                  }}
                  label={label(field.label)}
                  autoFocus={index === 0}
                  required={field.key === 'name'}
                  error={errors[field.key]}
                />
                {unsure && (
                  <Badge size="xs" color="orange" c="var(--mantine-color-text)" className={classes.unsure}>
                    {t('crm.cards.unsure')}
                  </Badge>
                )}
              </div>
            );
          })}
          <CardChoice
            label={t('crm.cards.company')}
            value={toCompany}
            onChange={setChosenCompany}
            candidates={companies}
            make={t('crm.cards.newCompany')}
            makeDisabled={!company?.permissions.create}
            none={t('crm.cards.noCompany')}
            error={errors.company}
          />
          <CardChoice
            label={t('crm.cards.person')}
            value={toPerson}
            onChange={setChosenPerson}
            candidates={people}
            make={t('crm.cards.newPerson')}
            makeDisabled={!person?.permissions.create}
            none={t('crm.cards.noPerson')}
            error={errors.person}
          />
          {toPerson !== '' && toPerson !== 'new' && (
            <Checkbox
              label={t('crm.cards.updatePerson')}
              checked={update}
              onChange={(event) => setUpdate(event.currentTarget.checked)}
            />
          )}
          {!!card.lines?.length && (
            <details className={classes.all}>
              <summary>{t('crm.cards.lines')}</summary>
              <pre>{card.lines.join('\n')}</pre>
            </details>
          )}
          <div className={classes.actions}>
            <Text size="xs" c="dimmed" className={classes.hint}>
              <Kbd keys="Enter" /> {t('crm.cards.enterHint')}
            </Text>
            <Button variant="default" onClick={done || reading ? goOn : onSkip} loading={skip.isPending}>
              {t(done || reading ? 'crm.cards.next' : 'crm.cards.skip')}
            </Button>
            <Button type="submit" loading={save.isPending} disabled={done || reading}>
              {t('crm.cards.save')}
            </Button>
          </div>
        </div>
      </form>
    </>
  );
}

const kNoObject = { key: '', plural: '', fields: [], customer: false } as unknown as ObjectMeta;

function useCandidates(object: ObjectMeta | undefined, values: Values) {
  return useDuplicates(object ?? kNoObject, values).candidates;
}
