import { useEffect, useRef, useState } from 'react';
import { cardImageUrl, type ScannedCard } from '@/api';
import { useTexts } from '@/ui';
import classes from './cards.module.css';

interface CardPictureProps {
  id: string;
  card: ScannedCard;
  /** Key of the field that is being looked at. */
  focused: string | null;
}

/** The picture of a card with the places of what was read; that of the focused field stands out. */
export function CardPicture({ id, card, focused }: CardPictureProps) {
  const { t } = useTexts();
  const { fields = [], width, height } = card;
  const frame = useRef<HTMLElement>(null);
  const [missing, setMissing] = useState(false);
  const shown = fields.find((field) => field.key === focused)?.box;

  // Where the picture is taller than its frame, the place is brought into it.
  useEffect(() => {
    const element = frame.current;
    if (!element || !shown || !height) return;
    const scale = element.scrollHeight / height;
    const middle = (shown[1] + shown[3] / 2) * scale;
    element.scrollTo({ top: middle - element.clientHeight / 2 });
  }, [shown, height]);

  if (missing) return <div className={classes.missing}>{t('crm.cards.pictureGone')}</div>;
  return (
    <figure ref={frame} className={classes.picture}>
      <img
        src={cardImageUrl(id, card)}
        alt={t('crm.cards.picture')}
        width={width || undefined}
        height={height || undefined}
        onError={() => setMissing(true)}
      />
      {width && height
        ? fields.map(
            (field) =>
              field.box && (
                <span
                  key={field.key}
                  className={classes.box}
                  data-focused={field.key === focused || undefined}
                  style={{
                    left: `${(100 * field.box[0]) / width}%`,
                    top: `${(100 * field.box[1]) / height}%`,
                    width: `${(100 * field.box[2]) / width}%`,
                    height: `${(100 * field.box[3]) / height}%`,
                  }}
                />
              ),
          )
        : null}
    </figure>
  );
}
