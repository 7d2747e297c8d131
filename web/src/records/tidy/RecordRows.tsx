import { Link } from '@tanstack/react-router';
import type { ChangeEvent } from 'react';
import type { ObjectMeta, TidyRecord } from '@/api';
import { Checkbox, dateOf, formatDate, joinList, useTexts } from '@/ui';
import { hasProposal, ProblemText, ProposalText } from './Problems';
import classes from './tidy.module.css';

export interface RecordRowsProps {
  object: ObjectMeta;
  records: readonly TidyRecord[];
  ticked: (id: string) => boolean;
  /** With the shift key everything from the last ticked row to this one. */
  onTick: (row: number, id: string, range: boolean) => void;
  onTickAll: () => void;
}

const withShift = (event: ChangeEvent<HTMLInputElement>) => (event.nativeEvent as MouseEvent).shiftKey;

function Title({ object, item }: { object: ObjectMeta; item: TidyRecord }) {
  const { t, language } = useTexts();
  const more = [item.stage, item.owner].filter((each): each is string => !!each);
  return (
    <>
      <Link
        className={classes.title}
        to="/o/$plural/$id"
        params={{ plural: object.plural, id: item.record.id }}
        search={{ fill: item.problems[0]?.field || undefined }}
      >
        {item.record.title || t('records.untitled')}
      </Link>
      {more.length > 0 && <span className={classes.dim}>{joinList(more, language)}</span>}
    </>
  );
}

function useLast() {
  const { language } = useTexts();
  return (last: number | null | undefined) =>
    last ? formatDate(dateOf(new Date(last)), 'short', language) : '';
}

/** The records of a check as a compact table; a record with several problems has a row for each. */
export function RecordTable({ object, records, ticked, onTick, onTickAll }: RecordRowsProps) {
  const { t } = useTexts();
  const lastText = useLast();
  const all = records.every((item) => ticked(item.record.id));
  const some = records.some((item) => ticked(item.record.id));
  const proposals = records.some((item) => item.problems.some(hasProposal));
  const lasts = records.some((item) => item.last);
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th className={classes.tick}>
            <Checkbox
              aria-label={t('records.list.selectAll')}
              checked={all}
              indeterminate={some && !all}
              onChange={onTickAll}
            />
          </th>
          <th>{t('records.tidy.name')}</th>
          <th>{t('records.tidy.reason')}</th>
          {proposals && <th>{t('records.tidy.proposal')}</th>}
          {lasts && <th className={classes.last}>{t('records.tidy.last')}</th>}
        </tr>
      </thead>
      {records.map((item, row) => {
        const { id, title } = item.record;
        const rows = Math.max(1, item.problems.length);
        const problems = item.problems.length > 0 ? item.problems : [undefined];
        return (
          <tbody key={id} data-ticked={ticked(id) || undefined}>
            {problems.map((problem, at) => (
              <tr key={problem ? `${problem.field} ${problem.text}` : ''}>
                {at === 0 && (
                  <>
                    <td className={classes.tick} rowSpan={rows}>
                      <Checkbox
                        aria-label={t('records.tidy.pick', { name: title || t('records.untitled') })}
                        checked={ticked(id)}
                        onChange={(event) => onTick(row, id, withShift(event))}
                      />
                    </td>
                    <th scope="row" rowSpan={rows}>
                      <Title object={object} item={item} />
                    </th>
                  </>
                )}
                <td>{problem && <ProblemText object={object} problem={problem} />}</td>
                {proposals && <td>{problem && <ProposalText object={object} problem={problem} />}</td>}
                {lasts && at === 0 && (
                  <td className={classes.last} rowSpan={rows}>
                    {lastText(item.last)}
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        );
      })}
    </table>
  );
}

/** The same on a phone: a card a record. */
export function RecordCards({ object, records, ticked, onTick, onTickAll }: RecordRowsProps) {
  const { t } = useTexts();
  const lastText = useLast();
  const all = records.every((item) => ticked(item.record.id));
  return (
    <>
      <Checkbox
        className={classes.pickAll}
        label={t('records.bulk.all', { count: records.length })}
        checked={all}
        indeterminate={!all && records.some((item) => ticked(item.record.id))}
        onChange={onTickAll}
      />
      <ul className={classes.cards}>
        {records.map((item, row) => (
          <li key={item.record.id} className={classes.card} data-ticked={ticked(item.record.id) || undefined}>
            <div className={classes.cardTick}>
              <Checkbox
                size="md"
                aria-label={t('records.tidy.pick', { name: item.record.title || t('records.untitled') })}
                checked={ticked(item.record.id)}
                onChange={(event) => onTick(row, item.record.id, withShift(event))}
              />
            </div>
            <div className={classes.cardBody}>
              <Title object={object} item={item} />
              {item.problems.map((problem) => (
                <div key={`${problem.field} ${problem.text}`} className={classes.cardProblem}>
                  <ProblemText object={object} problem={problem} />
                  <ProposalText object={object} problem={problem} />
                </div>
              ))}
              {item.last && (
                <span className={classes.dim}>{t('records.tidy.lastAt', { date: lastText(item.last) })}</span>
              )}
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}
