import { useState } from 'react';
import { useSession } from '@/api';
import { Modal, SegmentedControl, Stack, useTexts } from '@/ui';
import { FeedbackForm } from './FeedbackForm';
import { MyFeedback } from './MyFeedback';

/** 困ったこと・意見を送る: a small form over any screen, and beside it what one sent and the answers. */
export function FeedbackDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTexts();
  const session = useSession().data;
  const [shown, setShown] = useState(session && session.feedback.answers > 0 ? 'mine' : 'write');
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t('app.usage.feedback.title')}
      closeButtonProps={{ 'aria-label': t('ui.close') }}
    >
      <Stack gap="md">
        <SegmentedControl
          aria-label={t('app.usage.feedback.title')}
          value={shown}
          onChange={setShown}
          data={[
            { value: 'write', label: t('app.usage.feedback.write') },
            { value: 'mine', label: t('app.usage.feedback.mine') },
          ]}
        />
        {shown === 'mine' ? (
          <MyFeedback />
        ) : (
          session && <FeedbackForm user={session.user.id} onSent={() => setShown('mine')} onKept={onClose} />
        )}
      </Stack>
    </Modal>
  );
}
