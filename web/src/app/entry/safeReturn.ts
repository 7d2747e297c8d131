/** Where to go after sign-in: only a path of this site, never another host or a script. */
export function safeReturn(to: string | undefined): string {
  if (!to?.startsWith('/') || /^\/[/\\]/.test(to) || to.startsWith('/login')) return '/';
  return to;
}
