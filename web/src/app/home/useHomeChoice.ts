import { useSession } from '@/api';
import { useLocalStorage } from '@/ui';

/** A choice of the home screen, kept for this user on this device. */
export function useHomeChoice<T extends string | number>(name: string, usual: T): [T, (value: T) => void] {
  const user = useSession().data?.user.id ?? '';
  const [value, set] = useLocalStorage<T>({
    key: `daifuku-home-${user}-${name}`,
    defaultValue: usual,
    getInitialValueInEffect: false,
  });
  return [value, set];
}
