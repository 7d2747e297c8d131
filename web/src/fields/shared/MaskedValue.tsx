import { useTranslation } from 'react-i18next';
import classes from './fields.module.css';

export function MaskedValue() {
  const { t } = useTranslation('fields');
  return (
    <span className={classes.masked} title={t('masked')}>
      ＊＊＊<span className={classes.hiddenText}>{t('masked')}</span>
    </span>
  );
}
