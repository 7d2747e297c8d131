import type { RecordData } from '@/api';

export interface Department {
  name: string; // empty: people without one
  people: RecordData[];
  children: Department[];
}

/** Departments as a tree: "営業部 第一課" stands under 営業部. People keep their order, which is by rank. */
export function orgTree(
  people: readonly RecordData[],
  departmentOf: (person: RecordData) => string,
): Department {
  const root: Department = { name: '', people: [], children: [] };
  for (const person of people) {
    let at = root;
    for (const part of departmentOf(person).split(/[\s　/／>＞]+/)) {
      if (part === '') continue;
      let next = at.children.find((child) => child.name === part);
      if (!next) {
        next = { name: part, people: [], children: [] };
        at.children.push(next);
      }
      at = next;
    }
    at.people.push(person);
  }
  return root;
}
