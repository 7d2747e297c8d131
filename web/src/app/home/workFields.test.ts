import { describe, expect, it } from 'vitest';
import type { FieldMeta, ObjectMeta, RecordData } from '@/api';
import { dayOf, taskFields, untilDay } from './workFields';

function field(key: string, kind: FieldMeta['kind'], more: Partial<FieldMeta> = {}): FieldMeta {
  return { id: 1, key, kind, label: { ja: key, en: key }, comparison: 'none', ...more };
}
function task(...fields: FieldMeta[]): ObjectMeta {
  return { key: 'task', fields } as unknown as ObjectMeta;
}

describe('taskFields', () => {
  it('takes a yes-no field as done', () => {
    const found = taskFields(task(field('due_on', 'date'), field('done', 'yes_no')));
    expect(found?.open).toEqual({ not: { done: { eq: true } } });
    expect(found?.finish).toEqual({ done: true });
  });

  it('takes a status that has a last option', () => {
    const options = [
      { key: 'open', label: { ja: '未着手', en: 'Open' } },
      { key: 'done', label: { ja: '済み', en: 'Done' } },
    ];
    const found = taskFields(task(field('due_at', 'date_time'), field('status', 'choice', { options })));
    expect(found?.finish).toEqual({ status: 'done' });
    expect(found?.isDone({ status: 'done' } as unknown as RecordData)).toBe(true);
  });

  it('gives nothing without a due day, and nothing when it is masked', () => {
    expect(taskFields(task(field('done', 'yes_no')))).toBeUndefined();
    expect(
      taskFields(task(field('due_on', 'date', { masked: true }), field('done', 'yes_no'))),
    ).toBeUndefined();
  });
});

describe('days', () => {
  it('asks a date field for the day itself', () => {
    expect(untilDay(field('due_on', 'date'), '2026-11-21')).toEqual({ due_on: { lte: '2026-11-21' } });
  });

  it('reads the day of an instant in the zone of the reader', () => {
    const at = new Date(2026, 10, 21, 23, 30).toISOString();
    expect(dayOf({ due_at: at } as unknown as RecordData, field('due_at', 'date_time'))).toBe('2026-11-21');
  });
});
