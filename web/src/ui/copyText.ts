/** Puts a text on the clipboard. Over plain http, as on many an office network, browsers hide the clipboard from pages and only
 *  the old command works. Throws when neither does. */
export async function copyText(text: string): Promise<void> {
  if (navigator.clipboard) {
    await navigator.clipboard.writeText(text);
    return;
  }
  const box = document.createElement('textarea');
  box.value = text;
  box.readOnly = true;
  box.style.cssText = 'position:fixed;top:0;opacity:0';
  // Inside an open dialog the focus cannot leave it.
  const focused = document.activeElement;
  (focused?.closest('[role="dialog"]') ?? document.body).append(box);
  box.select();
  const done = document.execCommand('copy');
  box.remove();
  if (focused instanceof HTMLElement) focused.focus();
  if (!done) throw new Error('the clipboard refused');
}
