/** Whether this is a device that is carried about: a phone or tablet, or the app as it was installed. Only there files and customers are kept. */
export function isPocket(): boolean {
  return ['(max-width: 47.99em)', '(pointer: coarse)', '(display-mode: standalone)'].some(
    (query) => window.matchMedia(query).matches,
  );
}
