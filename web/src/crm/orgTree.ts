import type { RecordData } from '@/api';
import { isReference } from '@/fields';

export interface Department {
  record: RecordData;
  /** Those who belong here, the head first. */
  people: RecordData[];
  children: Department[];
}

export interface Organization {
  departments: Department[];
  /** People of the company with no place in the chart yet. */
  unplaced: RecordData[];
}

function idOf(value: RecordData[string]): string | undefined {
  return isReference(value) ? value.id : undefined;
}

/** The departments of a company as a tree with its people in them. Both keep the order they come in. A department whose
 *  parent is not among them stands at the top. */
export function orgTree(departments: readonly RecordData[], people: readonly RecordData[]): Organization {
  const nodes = new Map(
    departments.map((record): [string, Department] => [record.id, { record, people: [], children: [] }]),
  );
  const headOf = new Map<string, string>();
  for (const record of departments) {
    const head = idOf(record.head);
    if (head && !headOf.has(head)) headOf.set(head, record.id);
  }
  const unplaced: RecordData[] = [];
  for (const person of people) {
    const node = nodes.get(idOf(person.department_unit) ?? '') ?? nodes.get(headOf.get(person.id) ?? '');
    if (!node) unplaced.push(person);
    else if (idOf(node.record.head) === person.id) node.people.unshift(person);
    else node.people.push(person);
  }
  // A circle of parents (the server refuses one, an old import may hold it) is cut where it is met first.
  const isUnder = (id: string, above: string): boolean => {
    const seen = new Set<string>();
    for (let at: string | undefined = id; at && !seen.has(at); at = parentOf(at)) {
      if (at === above) return true;
      seen.add(at);
    }
    return false;
  };
  const parents = new Map<string, string>();
  const parentOf = (id: string) => parents.get(id);
  const roots: Department[] = [];
  for (const node of nodes.values()) {
    const parent = nodes.get(idOf(node.record.parent) ?? '');
    if (!parent || isUnder(parent.record.id, node.record.id)) {
      roots.push(node);
      continue;
    }
    parents.set(node.record.id, parent.record.id);
    parent.children.push(node);
  }
  return { departments: roots, unplaced };
}

/** Every department with its depth, as the chart shows them from top to bottom: for choosing one. */
export function flatDepartments(
  departments: readonly Department[],
  depth = 0,
): { record: RecordData; depth: number }[] {
  return departments.flatMap((each) => [
    { record: each.record, depth },
    ...flatDepartments(each.children, depth + 1),
  ]);
}
