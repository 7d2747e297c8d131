// Ids in the address of the page, so that it can be opened again.
export const idsInAddress = (ids: readonly string[]) => ids.join('.');
export const idsOfAddress = (text: unknown) => [
  ...new Set(
    String(text ?? '')
      .split('.')
      .filter(Boolean),
  ),
];
