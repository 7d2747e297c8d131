import type { DuplicateCandidate } from '@/api';
import { Radio, Stack, Text, useTexts } from '@/ui';
import classes from './cards.module.css';

interface CardChoiceProps {
  label: string;
  /** "new", an id, or "" for none. */
  value: string;
  onChange: (value: string) => void;
  candidates: DuplicateCandidate[];
  none: string;
  make: string;
  makeDisabled?: boolean;
  error?: string;
}

/** Which record a card belongs to: one that is known, a new one, or none. */
export function CardChoice(props: CardChoiceProps) {
  const { t } = useTexts();
  return (
    <Radio.Group label={props.label} value={props.value} onChange={props.onChange} error={props.error}>
      <Stack gap={6} mt={4} className={classes.choices}>
        {props.candidates.slice(0, 5).map((each) => (
          <Radio
            key={each.id}
            value={each.id}
            label={
              <span>
                {t('crm.cards.existing', { name: each.title })}{' '}
                <Text component="span" size="xs" c="dimmed">
                  {[each.subtitle, ...each.reasons.map((reason) => reason.text)].filter(Boolean).join(' · ')}
                </Text>
              </span>
            }
          />
        ))}
        <Radio value="new" label={props.make} disabled={props.makeDisabled} />
        <Radio value="" label={props.none} />
      </Stack>
    </Radio.Group>
  );
}
