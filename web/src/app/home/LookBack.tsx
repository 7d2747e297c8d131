import { useSession } from '@/api';
import { ChangesPanel } from './ChangesPanel';
import { GuidePanel } from './GuidePanel';
import { RecentPanel } from './RecentPanel';
import { SamplePanel } from './SamplePanel';

/** First steps, and the way back to what one worked on. Beside the work of the day, so it may come a moment later. */
export function LookBack() {
  const owner = useSession().data?.user.role === 'owner';
  return (
    <>
      {owner && <SamplePanel />}
      <GuidePanel />
      <RecentPanel />
      <ChangesPanel />
    </>
  );
}
