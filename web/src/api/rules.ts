import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from './client';
import { keys } from './keys';
import type { Problem, Reference } from './types';

export type RuleKind = 'required' | 'format' | 'range' | 'compare' | 'unique';
export type RuleOp = 'empty' | 'filled' | 'in' | 'not_in' | 'from' | 'at_least' | 'at_most' | 'has';
export type RuleValue = string | number | boolean;

export interface RuleCondition {
  field: string;
  op: RuleOp;
  value?: RuleValue;
  values?: RuleValue[];
}

export interface RuleCheck {
  kind: RuleKind;
  /** Of required and unique. */
  fields?: string[];
  field?: string;
  format?: string;
  pattern?: string;
  least?: RuleValue | null;
  greatest?: RuleValue | null;
  op?: 'lt' | 'lte' | 'eq' | 'ne' | 'gte' | 'gt';
  other?: string;
}

/** What the company has decided on how to enter (入力の決まり). */
export interface RuleInput {
  object: string;
  active: boolean;
  mode: 'refuse' | 'warn';
  when?: RuleCondition[];
  check: RuleCheck;
  message?: { ja?: string; en?: string };
}

export interface Rule extends RuleInput {
  id: string;
  version: number;
  /** False when a field of it is gone, or while its keys are made. */
  works: boolean;
  change?: string;
}

export interface RuleFindings {
  looked: number;
  broken: number;
  items: Reference[];
  next: string | null;
}

export interface RuleChange {
  at: string;
  by?: Reference;
  action: 'create' | 'update' | 'delete';
  change: string;
  before: RuleInput | null;
  after: RuleInput | null;
}

export function useRules(object: string) {
  return useQuery({
    queryKey: keys.admin('rules', object),
    queryFn: ({ signal }) => api.get<{ items: Rule[] }>('/rules', { query: { object }, signal }),
    select: (answer) => answer.items,
  });
}

export function useRuleHistory(id: string) {
  return useQuery({
    queryKey: keys.admin('rule-history', id),
    queryFn: ({ signal }) => api.get<{ items: RuleChange[] }>(`/rules/${id}/history`, { signal }),
    select: (answer) => answer.items,
  });
}

export function useSaveRule(object: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...input }: Partial<RuleInput> & { id?: string; version?: number }) =>
      id ? api.patch<Rule>(`/rules/${id}`, input) : api.post<Rule>('/rules', input),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.admin('rules', object) }),
  });
}

export function useRemoveRule(object: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.delete<{ change: string }>(`/rules/${id}`),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.admin('rules', object) }),
  });
}

export function useTryRule() {
  return useMutation({
    mutationFn: (body: { rule: RuleInput; values: Record<string, unknown> }) =>
      api.post<{ applies: boolean; problems: Problem[] }>('/rules/try', body),
  });
}

/** One stretch of the search for records that break a rule; `next` goes on from there. */
export function checkRule(rule: RuleInput, after: string | null, signal?: AbortSignal) {
  return api.post<RuleFindings>('/rules/check', { rule, ...(after ? { after } : {}) }, { signal });
}
