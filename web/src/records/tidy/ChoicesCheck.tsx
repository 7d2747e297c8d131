import { useState } from 'react';
import { type ObjectMeta, type TidyChoice, useObjects, useTidyItems } from '@/api';
import {
  Button,
  Checkbox,
  ErrorState,
  formatNumber,
  Loading,
  Radio,
  Text,
  TextInput,
  Title,
  useTexts,
} from '@/ui';
import { CleanState } from './CleanState';
import { type FoldChoice, folded, keep, proposedFold, toggleApart } from './fold';
import { MendDialog } from './MendDialog';
import { mendsOf } from './mends';
import classes from './tidy.module.css';
import { valueText } from './valueText';

// No spelling is so: it begins with a sign that stands for the box beside it.
const kOther = '=other';

/** Texts that are written differently and mean one thing: which spelling stays. */
export function ChoicesCheck({ object, check }: { object: ObjectMeta; check: string }) {
  const { t } = useTexts();
  const found = useTidyItems<TidyChoice>(object.key, check);
  if (found.error && found.items.length === 0)
    return <ErrorState error={found.error} onRetry={() => void found.refetch()} />;
  if (found.isPending) return <Loading rows={8} />;
  if (found.items.length === 0) return <CleanState />;
  return (
    <>
      <ul className={classes.groups}>
        {found.items.map((group) => (
          // Another spelling in the group, and what was decided about it is asked again.
          <li key={JSON.stringify([group.field, group.proposal, group.values.map(({ value }) => value)])}>
            <Group object={object} check={check} group={group} />
          </li>
        ))}
      </ul>
      {found.hasNextPage && (
        <div className={classes.more}>
          <Button
            variant="subtle"
            loading={found.isFetchingNextPage}
            onClick={() => void found.fetchNextPage()}
          >
            {t('records.more')}
          </Button>
        </div>
      )}
    </>
  );
}

function Group({ object, check, group }: { object: ObjectMeta; check: string; group: TidyChoice }) {
  const { t, language } = useTexts();
  const objects = useObjects();
  const [choice, setChoice] = useState<FoldChoice>(() => proposedFold(group));
  const [typed, setTyped] = useState('');
  const [open, setOpen] = useState(false);
  const [mend] = mendsOf(check, object, objects);
  const text = (value: string) => valueText(object, group.field, value, language);
  const field = object.fields.find((each) => each.key === group.field);
  // What is chosen from a list has no spelling of its own.
  const free = !field?.options?.length;
  const stays = choice.stays === kOther ? typed.trim() : choice.stays;
  const giving = folded(group, { ...choice, stays });
  const name = t('records.tidy.foldOf', { label: group.label, name: text(group.proposal) });
  return (
    <section className={classes.group} aria-label={name}>
      <div className={classes.groupHead}>
        <Title order={2}>{group.label}</Title>
        <Text c="dimmed" component="span">
          {t('records.tidy.spellings', {
            count: formatNumber(group.values.length),
            records: formatNumber(group.count),
          })}
        </Text>
      </div>
      <Radio.Group
        aria-label={t('records.tidy.stays', { name })}
        value={choice.stays}
        onChange={(value) => setChoice(keep(choice, value))}
      >
        <ul className={classes.spellings}>
          {group.values.map(({ value, count }) => {
            const chosen = value === choice.stays;
            const apart = choice.apart.has(value);
            return (
              <li
                key={value}
                className={classes.spellingRow}
                data-stays={chosen || undefined}
                data-apart={apart || undefined}
              >
                <Radio value={value} label={<span className={classes.spelling}>{text(value)}</span>} />
                <span className={classes.spellingCount}>
                  {t('records.list.count', { count: formatNumber(count) })}
                </span>
                {chosen ? (
                  <span className={classes.staysMark}>{t('records.tidy.staysMark')}</span>
                ) : (
                  group.values.length > 2 && (
                    <Checkbox
                      label={t('records.tidy.fold')}
                      aria-label={t('records.tidy.foldOne', { name: text(value) })}
                      checked={!apart}
                      onChange={() => setChoice(toggleApart(choice, value))}
                    />
                  )
                )}
              </li>
            );
          })}
          {free && mend && (
            <li className={classes.spellingRow}>
              <Radio value={kOther} label={t('records.tidy.otherSpelling')} />
              <TextInput
                aria-label={t('records.tidy.otherSpellingOf', { name })}
                value={typed}
                onChange={(event) => {
                  setTyped(event.currentTarget.value);
                  setChoice(keep(choice, kOther));
                }}
              />
            </li>
          )}
        </ul>
      </Radio.Group>
      {mend && (
        <div className={classes.groupFoot}>
          <Button
            variant="default"
            disabled={stays === '' || giving.values.length === 0}
            onClick={() => setOpen(true)}
          >
            {t('records.tidy.foldTo', { name: text(stays), count: formatNumber(giving.count) })}
          </Button>
        </div>
      )}
      {mend && open && (
        <MendDialog
          object={object}
          check={check}
          mend={mend}
          target={{ field: group.field, values: giving.values, value: stays }}
          onDone={() => setOpen(false)}
          onClose={() => setOpen(false)}
        />
      )}
    </section>
  );
}
