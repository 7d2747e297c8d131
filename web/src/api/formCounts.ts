import { api } from './client';

// How often forms are begun, saved and left, and on which field: numbers for those who administer, never what was typed nor by whom.
// They are collected on the device and sent now and then; without a line they wait.

export type FormCountKind = 'opened' | 'saved' | 'left';

const place = 'daifuku.forms';
const waitMs = 20_000;
const mostItems = 200;

type Counts = Record<string, number>;

function read(): Counts {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(place) ?? '{}');
    return typeof kept === 'object' && kept !== null ? (kept as Counts) : {};
  } catch {
    return {};
  }
}

function write(counts: Counts): void {
  try {
    if (Object.keys(counts).length === 0) localStorage.removeItem(place);
    else localStorage.setItem(place, JSON.stringify(counts));
  } catch {
    // Nothing is kept in this browser: a number less.
  }
}

function add(to: Counts, counts: Counts, sign: 1 | -1): Counts {
  const out = { ...to };
  for (const [key, count] of Object.entries(counts)) {
    const sum = (out[key] ?? 0) + sign * count;
    if (sum > 0) out[key] = sum;
    else delete out[key];
  }
  return out;
}

let timer: ReturnType<typeof setTimeout> | undefined;

/** Sends what was counted so far. What cannot be sent now is sent with the next. */
export async function sendFormCounts(): Promise<void> {
  clearTimeout(timer);
  timer = undefined;
  const sent = Object.fromEntries(Object.entries(read()).slice(0, mostItems));
  const items = Object.entries(sent).map(([key, count]) => {
    const [object, kind, field] = key.split('|');
    return { object, kind, ...(field ? { field } : {}), count };
  });
  if (items.length === 0) return;
  // Taken away first: another tab must not send it too.
  write(add(read(), sent, -1));
  try {
    await api.post('/usage/forms', { items }, { quiet: true, keepalive: true });
  } catch {
    write(add(read(), sent, 1));
  }
}

export function countForm(object: string, kind: FormCountKind, field = ''): void {
  write(add(read(), { [`${object}|${kind}|${field}`]: 1 }, 1));
  timer ??= setTimeout(() => void sendFormCounts(), waitMs);
}
