/** What a typed text may mean, offered under the cell. */
export interface Suggestion {
  key: string;
  label: string;
  detail?: string;
  /** It only happens to hold the text: Enter takes it after it was chosen, not by itself. */
  unlikely?: boolean;
  /** Taken as it is, without being read from text. */
  value: unknown;
}
