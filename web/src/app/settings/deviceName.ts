/** "Edge, Windows" out of a browser's long description of itself; '' when it is none. */
export function deviceName(agent: string | undefined): string {
  if (!agent) return '';
  const browsers: [RegExp, string][] = [
    [/Edg(e|A|iOS)?\//, 'Edge'],
    [/Firefox\/|FxiOS\//, 'Firefox'],
    [/Chrome\/|CriOS\/|Chromium\//, 'Chrome'],
    [/Safari\//, 'Safari'],
  ];
  const systems: [RegExp, string][] = [
    [/Windows/, 'Windows'],
    [/iPhone|iPad/, 'iOS'],
    [/Android/, 'Android'],
    [/Mac OS X/, 'macOS'],
    [/Linux/, 'Linux'],
  ];
  const name = (table: [RegExp, string][]) => table.find(([pattern]) => pattern.test(agent))?.[1];
  return [name(browsers), name(systems)].filter(Boolean).join(', ') || agent.slice(0, 40);
}
