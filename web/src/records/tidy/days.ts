export const kMostDays = 3650;

/** The days as they are sent, or undefined while one of them cannot be. */
export function validDays(values: Record<string, number | string>): Record<string, number> | undefined {
  const days: Record<string, number> = {};
  for (const [key, value] of Object.entries(values)) {
    const count = typeof value === 'number' ? value : Number.parseInt(value, 10);
    if (!Number.isInteger(count) || count < 0 || count > kMostDays) return undefined;
    days[key] = count;
  }
  return days;
}
