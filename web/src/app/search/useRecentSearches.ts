import { useSession } from '@/api';
import { useSessionStorage } from '@/ui';

const most = 8;
const none: string[] = [];

/** What this user searched for, the last first: until the browser is closed, since it holds names of customers. */
export function useRecentSearches(): { searches: string[]; add: (q: string) => void; clear: () => void } {
  const user = useSession().data?.user.id ?? '';
  const [searches, set] = useSessionStorage<string[]>({
    key: `daifuku-searches-${user}`,
    defaultValue: none,
    getInitialValueInEffect: false,
  });
  return {
    searches,
    add: (q) => set((now) => [q, ...now.filter((each) => each !== q)].slice(0, most)),
    clear: () => set([]),
  };
}
