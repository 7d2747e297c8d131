import type { Conflict, DuplicateCandidate, Problem, RecordData } from './types';

/** A request that did not succeed. `title` and the problems' messages are texts for the user, in their language. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly requestId?: string;
  readonly problems: Problem[];
  /** The other members of the answer: `candidates`, `current`, `conflicts`, `setup`, ... */
  readonly extra: Record<string, unknown>;

  constructor(status: number, body: Record<string, unknown>) {
    const { title, code, request_id, problems, type: _type, status: _status, ...extra } = body;
    const text = typeof title === 'string' ? title : '';
    super(text || `HTTP ${status}`);
    this.name = 'ApiError';
    this.status = status;
    this.code = typeof code === 'string' ? code : status === 0 ? 'unreachable' : `http_${status}`;
    this.title = text;
    this.requestId = typeof request_id === 'string' ? request_id : undefined;
    this.problems = Array.isArray(problems) ? problems.filter(isProblem) : [];
    this.extra = extra;
  }

  /** The first message of each field; problems without a field are left out. */
  get byField(): Record<string, string> {
    const found: Record<string, string> = {};
    for (const { field, message } of this.problems) if (field && !(field in found)) found[field] = message;
    return found;
  }

  /** The problems that belong to no field, for the head of a form. */
  get general(): string[] {
    return this.problems.filter((problem) => !problem.field).map((problem) => problem.message);
  }

  get candidates(): DuplicateCandidate[] {
    return Array.isArray(this.extra.candidates) ? (this.extra.candidates as DuplicateCandidate[]) : [];
  }

  get conflicts(): Conflict[] {
    return Array.isArray(this.extra.conflicts) ? (this.extra.conflicts as Conflict[]) : [];
  }

  get current(): RecordData | undefined {
    return this.extra.current as RecordData | undefined;
  }
}

function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && typeof (value as Problem).message === 'string';
}

export function isApiError(error: unknown, code?: string): error is ApiError {
  return error instanceof ApiError && (code === undefined || error.code === code);
}
