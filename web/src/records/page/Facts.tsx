import { IconChevronRight, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { ObjectMeta, RecordData } from '@/api';
import { Button, Text, useFormat, useTexts } from '@/ui';
import { type FieldGroup, type FieldSection, isEditable, isGroupEmpty, sectionsOf } from '../fieldGroups';
import { Fact } from './Fact';
import classes from './page.module.css';

interface FactsProps {
  object: ObjectMeta;
  record: RecordData;
  compact?: boolean;
  /** A field to be filled in now; a new object asks again. */
  fill?: { field: string };
}

/** All that is known of a record, by section; what is not known is folded away but one click from being filled in. */
export function Facts({ object, record, compact = false, fill }: FactsProps) {
  const { t } = useTexts();
  const format = useFormat();
  return (
    <div className={compact ? classes.factsCompact : classes.facts}>
      {sectionsOf(object).map((section) => (
        <FactSection
          key={section.key}
          object={object}
          record={record}
          section={section}
          compact={compact}
          fill={fill}
        />
      ))}
      <Text size="xs" c="dimmed" mt="sm">
        {record.created_at &&
          t('records.fact.created', {
            at: format.relative(record.created_at),
            who: record.created_by?.title ?? '',
          })}
        {record.updated_at && (
          <>
            <br />
            {t('records.fact.updated', {
              at: format.relative(record.updated_at),
              who: record.updated_by?.title ?? '',
            })}
          </>
        )}
      </Text>
    </div>
  );
}

interface FactSectionProps {
  object: ObjectMeta;
  record: RecordData;
  section: FieldSection;
  compact: boolean;
  fill?: { field: string };
}

function FactSection({ object, record, section, compact, fill }: FactSectionProps) {
  const { t, label } = useTexts();
  const [unfolded, setUnfolded] = useState(false);
  const [adding, setAdding] = useState<string[]>([]);
  const [asked, setAsked] = useState<{ field: string }>();
  const wanted = section.groups.find((group) => group.fields.some((field) => field.key === fill?.field));
  if (fill && fill !== asked) {
    setAsked(fill);
    if (wanted && !adding.includes(wanted.key)) setAdding([...adding, wanted.key]);
  }
  const filled = section.groups.filter((group) => !isGroupEmpty(group, record) || adding.includes(group.key));
  const empty = section.groups.filter((group) => !filled.includes(group));
  const fillable = (group: FieldGroup) =>
    object.permissions.update && !record.deleted_at && group.fields.some(isEditable);
  const name = label(section.label);
  if (compact && filled.length === 0) return null;
  return (
    <section className={classes.section} aria-label={name || undefined}>
      {name && <h2 className={classes.sectionTitle}>{name}</h2>}
      {filled.length > 0 && (
        <dl className={classes.factList}>
          {filled.map((group) => (
            <Fact
              key={group.key}
              object={object}
              record={record}
              group={group}
              editing={adding.includes(group.key)}
              onDone={() => setAdding((now) => now.filter((key) => key !== group.key))}
            />
          ))}
        </dl>
      )}
      {!compact && empty.length > 0 && (
        <>
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            aria-expanded={unfolded}
            leftSection={<IconChevronRight size={12} className={unfolded ? classes.turned : undefined} />}
            onClick={() => setUnfolded((now) => !now)}
          >
            {t('records.fact.empty', { count: empty.length })}
          </Button>
          {unfolded && (
            <div className={classes.emptyFacts}>
              {empty.map((group) => (
                <Button
                  key={group.key}
                  size="compact-xs"
                  variant="default"
                  leftSection={<IconPlus size={11} />}
                  disabled={!fillable(group)}
                  onClick={() => setAdding((now) => [...now, group.key])}
                >
                  {label(group.label)}
                </Button>
              ))}
            </div>
          )}
        </>
      )}
    </section>
  );
}
