import { IconPlus, IconTable } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { type ObjectMeta, type RecordData, type Total, useCreateRecord, useCreateRecords } from '@/api';
import {
  Button,
  Group,
  NativeSelect,
  notifyError,
  notifyProblem,
  notifyUndo,
  Panel,
  Text,
  TextInput,
  useTexts,
} from '@/ui';
import classes from './inventory.module.css';
import { minutesAMonth, workOf } from './proposals';
import { areas, type Trade } from './trades';

interface WorkPanelProps {
  object: ObjectMeta;
  /** The first of them. */
  records: RecordData[];
  /** How many there are. */
  total: Total | undefined;
  trade: Trade | undefined;
}

/** What is done today: a short sheet here, the whole sheet a press away. */
export function WorkPanel({ object, records, total, trade }: WorkPanelProps) {
  const { t, label, language } = useTexts();
  const put = useCreateRecords(object);
  const [name, setName] = useState('');
  const [area, setArea] = useState('');
  const create = useCreateRecord(object);
  const works = records.map(workOf);
  const known = new Set(works.map((work) => work.name));
  const usual = (trade?.works ?? []).filter(
    // Put in by who reads the other language, it is there too.
    ({ name }) => !known.has(name.ja) && !known.has(name.en),
  );

  const putUsual = () =>
    void put
      .mutateAsync(
        usual.map((work) => ({
          name: label(work.name),
          area: work.area,
          people: label(work.people),
          tools: work.tools,
          often: work.often,
          minutes: work.minutes,
        })),
      )
      .then(({ answers, change }) => {
        const count = answers.filter((answer) => answer.ok).length;
        if (count > 0) notifyUndo(t('app.inventory.put', { count }), change);
        if (count < answers.length)
          notifyProblem(t('app.inventory.notPut', { count: answers.length - count }));
      })
      .catch(notifyError);
  const add = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === '') return;
    create
      .mutateAsync({ values: { name: name.trim(), ...(area ? { area } : {}) } })
      .then((made) => {
        setName('');
        notifyUndo(t('app.inventory.added', { name: name.trim() }), made.change);
      })
      .catch(notifyError);
  };
  const field = (key: string) => object.fields.find((each) => each.key === key);
  const words = (key: string, value: unknown): string => {
    const options = field(key)?.options ?? [];
    const one = (each: unknown) => label(options.find((option) => option.key === each)?.label);
    return Array.isArray(value)
      ? value
          .map(one)
          .filter(Boolean)
          .join(language === 'ja' ? '、' : ', ')
      : one(value);
  };
  const cell = (record: RecordData, key: string): string => {
    const value = record[key];
    if (!field(key)?.options?.length) return typeof value === 'string' ? value : '';
    const minutes = key === 'often' ? workOf(record).minutes : undefined;
    const said = [words(key, value), minutes ? t('app.inventory.minutes', { minutes }) : ''];
    return said.filter(Boolean).join(' ');
  };
  const more = (total?.count ?? 0) - records.length;
  const columns = ['name', 'area', 'people', 'tools', 'list_name', 'often', 'trouble'] as const;
  const hours = works.reduce((sum, work) => sum + minutesAMonth(work), 0) / 60;
  const heaviest = [...works].sort((a, b) => minutesAMonth(b) - minutesAMonth(a))[0];
  return (
    <Panel
      flush
      title={t('app.inventory.works')}
      actions={
        <Button
          visibleFrom="sm"
          size="compact-sm"
          variant="default"
          leftSection={<IconTable size={14} />}
          renderRoot={(props) => <Link to="/o/$plural" params={{ plural: object.plural }} {...props} />}
        >
          {t('app.inventory.sheet')}
        </Button>
      }
    >
      <Text size="sm" c="dimmed" px={14} pt={12}>
        {t('app.inventory.worksHelp')}
      </Text>
      {works.length > 0 && (
        <table className={classes.works}>
          <thead>
            <tr>
              {columns.map((key) => (
                <th key={key} scope="col">
                  {label(field(key)?.label)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {records.map((record) => {
              const work = workOf(record);
              return (
                <tr key={record.id}>
                  <td>
                    <Link
                      className={classes.link}
                      to="/o/$plural/$id"
                      params={{ plural: object.plural, id: record.id }}
                    >
                      {work.name}
                    </Link>
                  </td>
                  {columns.slice(1).map((key) => (
                    <td key={key} data-name={label(field(key)?.label)}>
                      {cell(record, key)}
                    </td>
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
      {more > 0 && (
        <Text size="sm" px={14} py={10}>
          <Link className={classes.link} to="/o/$plural" params={{ plural: object.plural }}>
            {t('app.inventory.moreWorks', { count: more })}
          </Link>
        </Text>
      )}
      <form className={classes.add} onSubmit={add}>
        <TextInput
          className={classes.grow}
          label={t('app.inventory.name')}
          placeholder={t('app.inventory.nameExample')}
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <NativeSelect
          label={label(field('area')?.label)}
          value={area}
          onChange={(event) => setArea(event.currentTarget.value)}
          data={[
            { value: '', label: '' },
            ...areas.map((key) => ({ value: key, label: words('area', key) })),
          ]}
        />
        <Button
          type="submit"
          leftSection={<IconPlus size={15} />}
          disabled={name.trim() === ''}
          loading={create.isPending}
        >
          {t('app.inventory.add')}
        </Button>
        {usual.length > 0 && (
          <Button variant="default" loading={put.isPending} onClick={putUsual}>
            {t('app.inventory.putUsual', { trade: label(trade?.label), count: usual.length })}
          </Button>
        )}
      </form>
      {hours >= 1 && heaviest && (
        <Group className={classes.foot}>
          <Text size="sm">
            {t('app.inventory.hours', {
              hours: Math.round(hours),
              name: heaviest.name,
              most: Math.round(minutesAMonth(heaviest) / 6) / 10,
            })}
          </Text>
        </Group>
      )}
    </Panel>
  );
}
