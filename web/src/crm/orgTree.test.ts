import { describe, expect, it } from 'vitest';
import type { RecordData } from '@/api';
import { orgTree } from './orgTree';

const person = (title: string, department: string) =>
  ({ id: title, title, department }) as unknown as RecordData;
const departmentOf = (record: RecordData) => String(record.department ?? '');

describe('orgTree', () => {
  it('puts sections under their departments', () => {
    const tree = orgTree(
      [
        person('社長', ''),
        person('部長', '営業部'),
        person('課長', '営業部 第一課'),
        person('主任', '営業部　第一課'),
      ],
      departmentOf,
    );
    expect(tree.people.map((each) => each.title)).toEqual(['社長']);
    expect(tree.children.map((each) => each.name)).toEqual(['営業部']);
    expect(tree.children[0]?.people.map((each) => each.title)).toEqual(['部長']);
    expect(tree.children[0]?.children[0]?.people).toHaveLength(2);
  });

  it('is empty without people', () => {
    expect(orgTree([], departmentOf)).toEqual({ name: '', people: [], children: [] });
  });
});
