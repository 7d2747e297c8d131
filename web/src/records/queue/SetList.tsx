import { Link } from '@tanstack/react-router';
import type { DuplicateSet, ObjectMeta } from '@/api';
import { Anchor, joinList, useTexts } from '@/ui';
import { groupFields } from '../fieldGroups';
import { idsInAddress } from '../merge/address';
import classes from './queue.module.css';

/** Sets of records that may be one, with what stands in the way of merging them unseen. */
export function SetList({ object, sets }: { object: ObjectMeta; sets: DuplicateSet[] }) {
  const { t, label, language } = useTexts();
  return (
    <ul className={classes.sets}>
      {sets.map((set) => {
        const names = set.records.map((record) => record.title || t('records.untitled'));
        const groups = groupFields(
          object.fields.filter((field) => set.fields.includes(field.key)),
          object.title,
          object.wholes,
        );
        const differs = joinList(
          groups.map((group) => label(group.label)),
          language,
        );
        return (
          <li key={set.records.map((record) => record.id).join()} className={classes.set}>
            <span className={classes.percent} data-likely={set.percent >= 90 || undefined}>
              {t('records.queue.percent', { percent: set.percent })}
            </span>
            <div className={classes.setText}>
              <div className={classes.setNames}>
                {names.map((name, at) => (
                  <span key={set.records[at]?.id}>{name}</span>
                ))}
              </div>
              {set.why.map((why) => (
                <div key={why.code} className={classes.why}>
                  {why.text}
                </div>
              ))}
              {differs && (
                <div className={classes.differs}>{t('records.queue.all.fields', { fields: differs })}</div>
              )}
            </div>
            {set.records.length <= 21 && (
              <Anchor
                underline="always"
                renderRoot={(props) => (
                  <Link
                    {...props}
                    to="/merge"
                    search={{
                      object: object.key,
                      ids: idsInAddress(set.records.map((record) => record.id)),
                    }}
                    aria-label={t('records.queue.all.lookAt', { names: joinList(names, language) })}
                  />
                )}
              >
                {t('records.queue.all.compare')}
              </Anchor>
            )}
          </li>
        );
      })}
    </ul>
  );
}
