import type { ImportRun, ImportSettings } from '@/api';
import { Panel, SegmentedControl, Text, useTexts } from '@/ui';

interface CalendarBarProps {
  run: ImportRun;
  onChange: (settings: ImportSettings) => void;
}

/** What the events of a calendar file become, as far as the person may make it. */
export function CalendarBar({ run, onChange }: CalendarBarProps) {
  const { t } = useTexts();
  const names: Record<string, string> = {
    activity: t('records.import.calendar.activities'),
    task: t('records.import.calendar.tasks'),
  };
  const maps = (run.maps ?? []).filter((map) => !map.own && map.object in names);
  return (
    <Panel title={t('records.import.calendar.title')}>
      <SegmentedControl
        aria-label={t('records.import.calendar.title')}
        value={run.map?.id ?? ''}
        onChange={(map) => onChange({ map })}
        data={maps.map((map) => ({ value: map.id, label: names[map.object] ?? map.name }))}
      />
      <Text size="sm" c="dimmed" mt="xs">
        {t('records.import.calendar.help')}
      </Text>
    </Panel>
  );
}
