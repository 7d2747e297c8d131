import { useState } from 'react';
import { type FieldMeta, isApiError, type ObjectMeta, useSaveTidyDays } from '@/api';
import { optionLabel } from '@/fields';
import {
  Alert,
  Button,
  errorText,
  Group,
  Modal,
  NumberInput,
  notifyUndo,
  SimpleGrid,
  Stack,
  Text,
  useTexts,
} from '@/ui';
import { kMostDays, validDays } from './days';

interface DaysDialogProps {
  object: ObjectMeta;
  field: FieldMeta | undefined;
  days: Record<string, number>;
  onClose: () => void;
}

/** After how many days without news a record of each stage counts as left alone, for the whole company. */
export function DaysDialog({ object, field, days, onClose }: DaysDialogProps) {
  const { t, language } = useTexts();
  const save = useSaveTidyDays(object.key);
  const [values, setValues] = useState<Record<string, number | string>>(days);
  const valid = validDays(values);
  const errors = isApiError(save.error) ? save.error.byField : {};
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('records.tidy.setDays')}
      closeButtonProps={{ 'aria-label': t('ui.close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!valid) return;
          save.mutate(valid, {
            onSuccess: ({ change }) => {
              notifyUndo(t('ui.saved'), change);
              onClose();
            },
          });
        }}
      >
        <Stack>
          <Text c="dimmed">{t('records.tidy.setDaysHelp')}</Text>
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            {Object.keys(days).map((key) => (
              <NumberInput
                key={key}
                label={field ? optionLabel(field, key, language) : key}
                min={0}
                max={kMostDays}
                allowDecimal={false}
                suffix={t('records.tidy.daysUnit')}
                value={values[key]}
                onChange={(value) => setValues({ ...values, [key]: value })}
                error={errors[key] ?? errors[`stale_days.${key}`]}
              />
            ))}
          </SimpleGrid>
          {!valid && <Text c="red">{t('records.tidy.daysWrong', { most: kMostDays })}</Text>}
          {save.error && <Alert color="red">{errorText(save.error)}</Alert>}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('ui.cancel')}
            </Button>
            <Button type="submit" disabled={!valid} loading={save.isPending}>
              {t('ui.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
