const names: [RegExp, string][] = [
  [/Edg\/(\d+)/, 'Edge'],
  [/Firefox\/(\d+)/, 'Firefox'],
  [/Chrome\/(\d+)/, 'Chrome'],
  [/Version\/(\d+).*Safari/, 'Safari'],
];
const systems: [RegExp, string][] = [
  [/Windows/, 'Windows'],
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Mac OS/, 'macOS'],
  [/Linux/, 'Linux'],
];

/** What helps to find a fault, in words that its sender can read: Edge 130 Windows 1440×900. */
export function browserName(agent: string, width: number, height: number): string {
  const [pattern, name] = names.find(([each]) => each.test(agent)) ?? [];
  const browser = pattern ? `${name} ${pattern.exec(agent)?.[1] ?? ''}` : '';
  const system = systems.find(([each]) => each.test(agent))?.[1] ?? '';
  return [browser, system, `${width}×${height}`].filter(Boolean).join(' ');
}
