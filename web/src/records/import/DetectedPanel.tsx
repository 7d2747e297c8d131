import type { ImportRun, ImportSettings } from '@/api';
import { NativeSelect, Panel, Text, useTexts } from '@/ui';
import classes from './import.module.css';

const encodings = [
  { value: 'utf-8', label: 'UTF-8' },
  { value: 'cp932', label: 'Shift_JIS (CP932)' },
  { value: 'euc-jp', label: 'EUC-JP' },
  { value: 'iso-2022-jp', label: 'ISO-2022-JP (JIS)' },
  { value: 'utf-16le', label: 'UTF-16 LE' },
  { value: 'utf-16be', label: 'UTF-16 BE' },
];

// What the server found stands in the list even when it is none of ours.
function withFound(options: { value: string; label: string }[], found: string) {
  return options.some((option) => option.value === found)
    ? options
    : [...options, { value: found, label: found }];
}

/** Encoding, delimiter, sheet and header line as they were found, to be overruled. */
export function DetectedPanel({
  run,
  onChange,
}: {
  run: ImportRun;
  onChange: (settings: ImportSettings) => void;
}) {
  const { t } = useTexts();
  const { detected } = run;
  const delimiters = [
    { value: ',', label: t('records.import.detected.comma') },
    { value: '\t', label: t('records.import.detected.tab') },
    { value: ';', label: t('records.import.detected.semicolon') },
  ];
  const header = detected.header === false ? 0 : (detected.header_row ?? 1);
  return (
    <Panel title={t('records.import.detected.title')}>
      <div className={classes.detected}>
        {detected.encoding !== undefined && detected.format !== 'xlsx' && (
          <NativeSelect
            label={t('records.import.detected.encoding')}
            value={detected.encoding}
            onChange={(event) => onChange({ encoding: event.currentTarget.value })}
            data={withFound(encodings, detected.encoding)}
          />
        )}
        {detected.delimiter !== undefined && detected.format !== 'xlsx' && (
          <NativeSelect
            label={t('records.import.detected.delimiter')}
            value={detected.delimiter}
            onChange={(event) => onChange({ delimiter: event.currentTarget.value })}
            data={withFound(delimiters, detected.delimiter)}
          />
        )}
        {detected.sheets && detected.sheets.length > 0 && (
          <NativeSelect
            label={t('records.import.detected.sheet')}
            value={String(detected.sheet ?? 0)}
            onChange={(event) => onChange({ sheet: Number(event.currentTarget.value) })}
            data={detected.sheets.map((sheet, at) => ({
              value: String(at),
              label: sheet.hidden
                ? t('records.import.detected.hiddenSheet', { name: sheet.name })
                : sheet.name,
            }))}
          />
        )}
        {!['vcard', 'json', 'ics'].includes(detected.format) && (
          <NativeSelect
            label={t('records.import.detected.headerRow')}
            value={String(header)}
            onChange={(event) => {
              const row = Number(event.currentTarget.value);
              onChange(row === 0 ? { header: false } : { header: true, header_row: row });
            }}
            data={[
              ...Array.from({ length: Math.max(10, header) }, (_, at) => ({
                value: String(at + 1),
                label: t('records.import.detected.row', { row: at + 1 }),
              })),
              { value: '0', label: t('records.import.detected.noHeader') },
            ]}
          />
        )}
        {detected.rows !== undefined && (
          <Text className={classes.rows}>
            {t('records.import.detected.rows', { count: detected.rows.toLocaleString('en-US') })}
          </Text>
        )}
      </div>
      {detected.title_lines && detected.title_lines.length > 0 && (
        <Text c="dimmed" size="xs" mt={6}>
          {t('records.import.detected.titleLines', { lines: detected.title_lines.join(' / ') })}
        </Text>
      )}
    </Panel>
  );
}
