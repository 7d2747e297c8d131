import { useSession } from '@/api';
import { useTexts } from '@/ui';
import classes from './HomePage.module.css';
import { everyWhose, type Whose } from './whose';

/** Whose work the whole page shows. Who is in no team has nothing between their own and everybody's. */
export function WhoseSwitch({ value, onChange }: { value: Whose; onChange: (whose: Whose) => void }) {
  const { t } = useTexts();
  const inTeam = (useSession().data?.user.teams.length ?? 0) > 0;
  return (
    <div className={classes.whose} role="radiogroup" aria-label={t('app.work.whose')}>
      {everyWhose
        .filter((whose) => whose !== 'team' || inTeam)
        .map((whose) => (
          // biome-ignore lint/a11y/useSemanticElements: buttons that look and act as one row of choices
          <button
            key={whose}
            type="button"
            role="radio"
            aria-checked={whose === value}
            onClick={() => onChange(whose)}
          >
            {t(`app.work.whoseIs.${whose}`)}
          </button>
        ))}
    </div>
  );
}
