import { describe, expect, it } from 'vitest';
import type { ComparedCell, ComparedRow } from '@/api';
import { noChoices, takesCell, takesRow, withAll, withCell, withRow } from './choices';

const cell = (field: string, state: ComparedCell['state']): ComparedCell => ({
  field,
  state,
  before: '1',
  now: '1',
  next: '2',
});
const row = (number: number, more: Partial<ComparedRow> = {}): ComparedRow => ({
  row: number,
  line: number + 1,
  kind: 'edit',
  seen: true,
  title: 'A',
  possible: true,
  cells: [],
  ...more,
});

describe('choices', () => {
  it('takes changes, and leaves conflicts to a decision', () => {
    expect(takesCell(noChoices, row(1), cell('phone', 'change'))).toBe(true);
    expect(takesCell(noChoices, row(1), cell('phone', 'conflict'))).toBe(false);
    expect(takesCell({ ...noChoices, conflicts: true }, row(1), cell('phone', 'conflict'))).toBe(true);
    expect(takesCell(noChoices, row(1), cell('phone', 'refused'))).toBe(false);
  });
  it('lets a single decision win over the lump, and the lump over earlier single ones', () => {
    const one = withCell(withCell(noChoices, row(1), 'phone', false), row(1), 'note', true);
    expect(takesCell(one, row(1), cell('phone', 'change'))).toBe(false);
    expect(takesCell(one, row(1), cell('note', 'conflict'))).toBe(true);
    expect(takesCell(one, row(2), cell('phone', 'change'))).toBe(true);
    expect(takesCell(withAll(one, 'changes', true), row(1), cell('phone', 'change'))).toBe(true);
  });
  it('adds rows that nobody needs to look at, and removes none by itself', () => {
    expect(takesRow(noChoices, row(3, { kind: 'add' }))).toBe(true);
    expect(takesRow(noChoices, row(3, { kind: 'add', code: 'compare_id_twice' }))).toBe(false);
    expect(takesRow(noChoices, row(3, { kind: 'add', possible: false }))).toBe(false);
    expect(takesRow(noChoices, row(4, { kind: 'remove' }))).toBe(false);
    expect(takesRow(withRow(noChoices, row(4), true), row(4, { kind: 'remove' }))).toBe(true);
  });
});
