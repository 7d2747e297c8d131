import { IconArrowRight } from '@tabler/icons-react';
import type { ObjectMeta, TidyPreview } from '@/api';
import { formatNumber, Text, useTexts } from '@/ui';
import classes from './tidy.module.css';
import { valueText } from './valueText';

/** What changes from what to what: the first records of it. */
export function Changes({ object, preview }: { object: ObjectMeta; preview: TidyPreview }) {
  const { t, language } = useTexts();
  const { count, more, items } = preview;
  if (count === 0) return <Text fw={600}>{t('records.tidy.nothing')}</Text>;
  const text = (key: string, value: TidyPreview['items'][number]['from']) =>
    valueText(object, key, value, language);
  // A task that is made, or the way to the trash, is no value that was there before.
  const known = (key: string) => object.fields.some((field) => field.key === key);
  return (
    <div>
      <Text fw={600} mb={4} role="status">
        {t(more ? 'records.tidy.changesMore' : 'records.tidy.changes', { count: formatNumber(count) })}
      </Text>
      {items.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard has to get into it
        <section className={classes.changes} tabIndex={0} aria-label={t('records.tidy.changesLabel')}>
          <ul>
            {items.map((item) => {
              const from = text(item.field, item.from);
              const to = text(item.field, item.to);
              return (
                <li key={`${item.id} ${item.field}`} className={classes.change}>
                  <span className={classes.changed}>{item.title || t('records.untitled')}</span>
                  <span className={classes.fromTo}>
                    {item.label && <span className={classes.dim}>{item.label}</span>}
                    {(from || known(item.field)) && (
                      <>
                        <span className={classes.from}>{from || t('records.tidy.empty')}</span>
                        <IconArrowRight size={14} aria-label="→" />
                      </>
                    )}
                    {(to || known(item.field)) && (
                      <span className={classes.to}>{to || t('records.tidy.empty')}</span>
                    )}
                  </span>
                </li>
              );
            })}
          </ul>
          {count > items.length && (
            <Text size="sm" c="dimmed" p={6}>
              {t('records.tidy.moreChanges', { count: formatNumber(count - items.length) })}
            </Text>
          )}
        </section>
      )}
    </div>
  );
}
