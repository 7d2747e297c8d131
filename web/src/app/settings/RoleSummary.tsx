import { IconEye, IconEyeOff, IconPencil, IconTableExport, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { ObjectMeta, RoleDefinition } from '@/api';
import { useTexts } from '@/ui';
import { type Rights, type RoleDraft, summaryOf } from './rights';
import classes from './roles.module.css';

interface RoleSummaryProps {
  role: RoleDefinition;
  draft: RoleDraft;
  objects: readonly ObjectMeta[];
}

const icons: [keyof Rights, ReactNode][] = [
  ['read', <IconEye key="read" size={16} />],
  ['update', <IconPencil key="update" size={16} />],
  ['delete', <IconTrash key="delete" size={16} />],
  ['export', <IconTableExport key="export" size={16} />],
];
// More names than this say nothing; the table below has them all.
const kNames = 6;

/** What people of this role see and may do, as one would tell them. */
export function RoleSummary({ role, draft, objects }: RoleSummaryProps) {
  const { t, label } = useTexts();
  const { usual, differing, fields } = summaryOf(role, draft, objects);
  const comma = t('app.comma');
  const named = (labels: string[]) =>
    labels.length > kNames
      ? t('app.roles.andMore', { names: labels.slice(0, kNames).join(comma), count: labels.length - kNames })
      : labels.join(comma);
  return (
    <div className={classes.words}>
      <ul className={classes.wordList}>
        {icons.map(([right, icon]) => (
          <li key={right}>
            <span className={classes.wordIcon} aria-hidden="true">
              {icon}
            </span>
            <span>{sentence(t, right, usual)}</span>
          </li>
        ))}
        {fields.map(({ object, right, groups }) => (
          <li key={`${object.key}-${right}`}>
            <span className={classes.wordIcon} aria-hidden="true">
              <IconEyeOff size={16} />
            </span>
            <span>
              {t(`app.roles.fieldsAre.${right}`, {
                object: label(object.label),
                names: named(groups.map((group) => label(group.label))),
              })}
            </span>
          </li>
        ))}
      </ul>
      {differing.length > 0 && (
        <>
          <h3 className={classes.wordTitle}>{t('app.roles.differing')}</h3>
          <ul className={classes.differing}>
            {differing.map(({ object, rights }) => (
              <li key={object.key}>
                <b>{label(object.plural_label)}</b>
                <span>
                  {rights.read === 'none'
                    ? t('app.roles.read.none')
                    : (['read', 'update', 'delete', 'export'] as const)
                        .filter(
                          (right) =>
                            rights[right] !== usual[right] ||
                            (right === 'update' && rights.create !== usual.create),
                        )
                        .map((right) => sentence(t, right, rights))
                        .reduce((first, second) => t('app.roles.both', { first, second }))}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

function sentence(t: ReturnType<typeof useTexts>['t'], right: keyof Rights, rights: Rights): string {
  if (right === 'export') return t(rights.export ? 'app.roles.export.yes' : 'app.roles.export.no');
  if (right === 'update') {
    return t('app.roles.both', {
      first: t(rights.create ? 'app.roles.create.yes' : 'app.roles.create.no'),
      second: t(`app.roles.update.${rights.update}`),
    });
  }
  return t(`app.roles.${right}.${String(rights[right])}`);
}
