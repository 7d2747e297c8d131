import { IconCrop } from '@tabler/icons-react';
import { useState } from 'react';
import { type CardCorners, type CardScan, type ScannedCard, useCutCard } from '@/api';
import { Button, notifyError, Text, useTexts } from '@/ui';
import { CardCutter } from './CardCutter';
import { CardPicture } from './CardPicture';
import type { QueuedCard } from './cardQueue';
import classes from './cards.module.css';

interface CardPictureSideProps {
  scan: CardScan;
  card: ScannedCard;
  focused: string | null;
  onNext: (next: QueuedCard) => void;
}

/** The picture of a card; where it was cut out badly, the photo to cut it out by hand. */
export function CardPictureSide({ scan, card, focused, onNext }: CardPictureSideProps) {
  const { t } = useTexts();
  const [cutting, setCutting] = useState(false);
  const cut = useCutCard(scan.id);
  const read = (corners: CardCorners, number?: number) =>
    cut.mutate(
      { corners, number },
      {
        onSuccess: (now) => {
          setCutting(false);
          const added = now.cards.at(-1);
          if (!number && added) onNext({ scan: now, card: added });
        },
        onError: notifyError,
      },
    );

  if (cutting)
    return (
      <CardCutter
        id={scan.id}
        corners={card.corners}
        busy={cut.isPending}
        onCut={(corners) => read(corners, card.number)}
        onAdd={(corners) => read(corners)}
        onCancel={() => setCutting(false)}
      />
    );
  if (card.status === 'reading')
    return (
      <div className={classes.missing} role="status">
        {t('crm.cards.readingAgain')}
      </div>
    );
  const closed = card.status === 'saved' || card.status === 'saving';
  return (
    <>
      <CardPicture id={scan.id} card={card} focused={focused} />
      {scan.photo && !closed && (
        <div className={classes.cutAgain}>
          <Text size="xs" c="dimmed">
            {t('crm.cards.cutOffer')}
          </Text>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconCrop size={14} />}
            onClick={() => setCutting(true)}
          >
            {t('crm.cards.cut')}
          </Button>
        </div>
      )}
    </>
  );
}
