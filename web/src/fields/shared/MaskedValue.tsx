import { useTexts } from '@/ui';
import classes from './fields.module.css';

export function MaskedValue() {
  const { t } = useTexts();
  return (
    <span className={classes.masked} title={t('fields.masked')}>
      ＊＊＊<span className={classes.hiddenText}>{t('fields.masked')}</span>
    </span>
  );
}
