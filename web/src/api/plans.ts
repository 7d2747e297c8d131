import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from './client';
import { keys } from './keys';
import type { ObjectRef } from './records';
import type { BatchResult, Page, RecordData, Reference } from './types';

/** A task that a follow-up plan would make of a record. */
export interface PlannedTask {
  step: string;
  name: string;
  kind: string;
  due_on: string;
  /** The day before it was moved off a weekend or holiday. */
  moved_from: string | null;
  past: boolean;
  owner: Reference;
  note: string;
}

export interface PlanPreview {
  /** Null when the record does not have the date that the plan counts from. */
  start: string | null;
  running: { open: number; all: number };
  tasks: PlannedTask[];
}

export interface PlanInput {
  object: string;
  record?: string;
  ids?: string[];
  start?: string;
  again?: boolean;
  steps?: { step: string; due_on: string; owner_id: string }[];
}

export interface PlanBegun {
  change: string;
  records: number;
  tasks: number;
  problems: { id: string; title: string; code: string; message: string }[];
}

export interface ReadyPlan {
  key: string;
  name: string;
  purpose: string;
  steps: number;
  there: boolean;
}

export function usePlanPreview(plan: string | undefined, object: ObjectRef, record: string, start: string) {
  return useQuery({
    queryKey: [...keys.object('task'), 'plan', plan ?? '', record, start],
    queryFn: ({ signal }) =>
      api.post<PlanPreview>(
        `/plans/${plan}/preview`,
        { object: object.key, record, ...(start ? { start } : {}) },
        { signal },
      ),
    enabled: plan !== undefined,
    // What runs already is asked anew each time: tasks are ticked off elsewhere.
    staleTime: 0,
    gcTime: 0,
    placeholderData: (before) => before,
  });
}

function useAfterPlan() {
  const cache = useQueryClient();
  // Tasks, and the next step of every customer that got some.
  return () => cache.invalidateQueries({ predicate: (query) => query.queryKey[0] === 'o' });
}

export function useBeginPlan() {
  const after = useAfterPlan();
  return useMutation({
    mutationFn: ({ plan, ...input }: PlanInput & { plan: string }) =>
      api.post<PlanBegun>(`/plans/${plan}/apply`, input),
    onSuccess: after,
  });
}

export function useReadyPlans(enabled = true) {
  return useQuery({
    queryKey: [...keys.object('plan'), 'ready'],
    queryFn: ({ signal }) => api.get<{ items: ReadyPlan[] }>('/plans/ready', { signal }),
    select: (answer) => answer.items,
    enabled,
  });
}

export function useAddReadyPlans() {
  const after = useAfterPlan();
  return useMutation({
    mutationFn: () => api.post<{ count: number; change: string }>('/plans/ready', {}),
    onSuccess: after,
  });
}

/** Begun on a record: the tasks of one run, as far as the reader sees them. */
export interface PlanRun {
  run: string;
  plan: Reference;
  done: number;
  open: RecordData[];
}

const kRunFields = ['name', 'due_on', 'done', 'plan', 'rule'];
const kMostTasks = 200;

/** The plans that run on a record, the one with the earliest task first. */
export function usePlanRuns(object: ObjectRef, id: string, enabled: boolean) {
  const query = {
    filter: { and: [{ [object.key]: { eq: id } }, { plan: { empty: false } }] },
    fields: kRunFields,
    sort: 'due_on',
  };
  return useQuery({
    queryKey: [...keys.lists('task'), 'runs', object.key, id],
    queryFn: ({ signal }) =>
      api.get<Page<RecordData>>('/tasks', {
        signal,
        query: {
          filter: JSON.stringify(query.filter),
          fields: kRunFields.join(','),
          sort: query.sort,
          limit: kMostTasks,
        },
      }),
    select: (page) => runsOf(page.items),
    enabled,
  });
}

/** Only those with something left to do. */
export function runsOf(tasks: readonly RecordData[]): PlanRun[] {
  const runs = new Map<string, PlanRun>();
  for (const task of tasks) {
    const plan = task.plan;
    if (typeof plan !== 'object' || plan === null || !('id' in plan)) continue;
    const key = typeof task.rule === 'string' ? task.rule : `plan ${plan.id}`;
    const run = runs.get(key) ?? { run: key, plan: plan as Reference, done: 0, open: [] };
    if (task.done === true) run.done += 1;
    else run.open.push(task);
    runs.set(key, run);
  }
  return [...runs.values()].filter((run) => run.open.length > 0);
}

export function useStopPlan() {
  const after = useAfterPlan();
  return useMutation({
    mutationFn: (run: PlanRun) =>
      api.post<BatchResult>('/tasks/batch', { ids: run.open.map((task) => task.id), delete: true }),
    onSuccess: after,
  });
}
