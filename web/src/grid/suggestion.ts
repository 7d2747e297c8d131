/** What a typed text may mean, offered under the cell. */
export interface Suggestion {
  key: string;
  label: string;
  detail?: string;
  /** Taken as it is, without being read from text. */
  value: unknown;
}
