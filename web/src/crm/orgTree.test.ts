import { describe, expect, it } from 'vitest';
import type { RecordData } from '@/api';
import { type Department, flatDepartments, orgTree } from './orgTree';

const reference = (id: string | undefined) => (id ? { id, title: id } : undefined);
const department = (id: string, parent?: string, head?: string) =>
  ({ id, title: id, parent: reference(parent), head: reference(head) }) as unknown as RecordData;
const person = (id: string, unit?: string) =>
  ({ id, title: id, department_unit: reference(unit) }) as unknown as RecordData;

// 本社(社長) > 営業部(部長, 課員)
const drawn = (departments: Department[]): string =>
  departments
    .map(({ record, people, children }) => {
      const names = people.length > 0 ? `(${people.map((each) => each.id).join(',')})` : '';
      return `${record.id}${names}${children.length > 0 ? ` > [${drawn(children)}]` : ''}`;
    })
    .join(' ');

describe('orgTree', () => {
  it.each<[string, RecordData[], RecordData[], string, string[]]>([
    ['nothing', [], [], '', []],
    [
      'people in their departments, sections under them',
      [department('本社'), department('営業部', '本社'), department('第一課', '営業部')],
      [person('社長', '本社'), person('主任', '第一課'), person('課員', '第一課')],
      '本社(社長) > [営業部 > [第一課(主任,課員)]]',
      [],
    ],
    [
      'the head first, whatever the order',
      [department('営業部', undefined, '部長')],
      [person('課員', '営業部'), person('部長', '営業部')],
      '営業部(部長,課員)',
      [],
    ],
    [
      'a head without a place of his own where he leads',
      [department('営業部', undefined, '部長')],
      [person('部長')],
      '営業部(部長)',
      [],
    ],
    ['people without a department apart', [department('営業部')], [person('新人')], '営業部', ['新人']],
    [
      'a department or person whose place is not among them at the top and apart',
      [department('営業部', 'よその部署')],
      [person('出向者', 'よその部署')],
      '営業部',
      ['出向者'],
    ],
    [
      'a circle cut open, nothing lost',
      [department('甲', '丙'), department('乙', '甲'), department('丙', '乙')],
      [person('人', '乙')],
      '丙 > [甲 > [乙(人)]]',
      [],
    ],
    ['a department that is its own parent', [department('甲', '甲')], [], '甲', []],
  ])('puts %s', (_what, departments, people, tree, unplaced) => {
    const found = orgTree(departments, people);

    expect(drawn(found.departments)).toBe(tree);
    expect(found.unplaced.map((each) => each.id)).toEqual(unplaced);
  });
});

describe('flatDepartments', () => {
  it('lists them from top to bottom with their depth', () => {
    const { departments } = orgTree(
      [department('本社'), department('営業部', '本社'), department('工場')],
      [],
    );

    expect(flatDepartments(departments).map(({ record, depth }) => [record.id, depth])).toEqual([
      ['本社', 0],
      ['営業部', 1],
      ['工場', 0],
    ]);
  });
});
