import { type KeyboardEvent, type PointerEvent, useId, useRef, useState } from 'react';
import { type CardCorners, cardPhotoUrl } from '@/api';
import { Button, Text, useTexts } from '@/ui';
import classes from './cards.module.css';
import { cornerOf, firstCorners, kScale, type Place, rectangle, usable, withCorner } from './corners';

const kCorners = ['topLeft', 'topRight', 'bottomRight', 'bottomLeft'] as const;
const kStep = kScale / 200;
const kLargeStep = kScale / 20;
const kMoves: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

interface CardCutterProps {
  id: string;
  corners: CardCorners;
  busy: boolean;
  onCut: (corners: CardCorners) => void;
  /** As one more card of the photo. */
  onAdd: (corners: CardCorners) => void;
  onCancel: () => void;
}

/** The whole photo with four corners to be put around a card, by pointer or by keyboard. */
export function CardCutter({ id, corners: before, busy, onCut, onAdd, onCancel }: CardCutterProps) {
  const { t } = useTexts();
  const help = useId();
  const frame = useRef<HTMLDivElement>(null);
  const [corners, setCorners] = useState(() => firstCorners(before));
  // What the pointer holds: a corner, or the point from which a new frame is drawn.
  const held = useRef<{ corner: number } | { from: Place; before: CardCorners } | null>(null);
  const ready = usable(corners);

  const placeOf = (event: PointerEvent): Place => {
    const area = frame.current?.getBoundingClientRect();
    if (!area) return { x: 0, y: 0 };
    return {
      x: (kScale * (event.clientX - area.left)) / area.width,
      y: (kScale * (event.clientY - area.top)) / area.height,
    };
  };
  const onDown = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return;
    const handle = (event.target as HTMLElement).closest<HTMLElement>('[data-corner]');
    held.current = handle
      ? { corner: Number(handle.dataset.corner) }
      : { from: placeOf(event), before: corners };
    event.currentTarget.setPointerCapture(event.pointerId);
    handle?.focus();
    event.preventDefault();
  };
  const onMove = (event: PointerEvent<HTMLDivElement>) => {
    const now = held.current;
    if (!now) return;
    const place = placeOf(event);
    if ('corner' in now) {
      setCorners((each) => withCorner(each, now.corner, place));
      return;
    }
    // A click is no frame.
    const drawn = rectangle(now.from, place);
    setCorners(usable(drawn) ? drawn : now.before);
  };
  const onUp = () => {
    held.current = null;
  };
  const onKey = (event: KeyboardEvent, index: number) => {
    const move = kMoves[event.key];
    if (!move) return;
    event.preventDefault();
    const step = event.shiftKey ? kLargeStep : kStep;
    setCorners((each) => {
      const { x, y } = cornerOf(each, index);
      return withCorner(each, index, { x: x + move[0] * step, y: y + move[1] * step });
    });
  };

  const points = kCorners.map((_, index) => cornerOf(corners, index));
  const outline = points.map(({ x, y }) => `${x} ${y}`).join(' L ');
  return (
    <section className={classes.cutter} aria-label={t('crm.cards.cutTitle')}>
      <Text size="sm" id={help}>
        {t('crm.cards.cutHelp')}
      </Text>
      <div className={classes.cutterRoom}>
        <div
          ref={frame}
          className={classes.photo}
          onPointerDown={onDown}
          onPointerMove={onMove}
          onPointerUp={onUp}
          onPointerCancel={onUp}
        >
          <img src={cardPhotoUrl(id)} alt={t('crm.cards.photo')} draggable={false} />
          <svg viewBox={`0 0 ${kScale} ${kScale}`} preserveAspectRatio="none" aria-hidden="true">
            <path
              className={classes.outside}
              fillRule="evenodd"
              d={`M 0 0 H ${kScale} V ${kScale} H 0 Z M ${outline} Z`}
            />
            <path className={classes.outline} data-bad={!ready || undefined} d={`M ${outline} Z`} />
          </svg>
          {points.map(({ x, y }, index) => (
            <button
              key={kCorners[index]}
              type="button"
              className={classes.corner}
              data-corner={index}
              style={{ left: `${(100 * x) / kScale}%`, top: `${(100 * y) / kScale}%` }}
              aria-label={t(`crm.cards.corner.${kCorners[index] ?? 'topLeft'}`, {
                x: Math.round((100 * x) / kScale),
                y: Math.round((100 * y) / kScale),
              })}
              aria-describedby={help}
              onKeyDown={(event) => onKey(event, index)}
            />
          ))}
        </div>
      </div>
      <Text size="sm" c="red" role="status" className={classes.cutterProblem}>
        {ready ? '' : t('crm.cards.cutBad')}
      </Text>
      <div className={classes.cutterActions}>
        <Button size="sm" disabled={!ready} loading={busy} onClick={() => onCut(corners)}>
          {t('crm.cards.cutAgain')}
        </Button>
        <Button size="sm" variant="default" disabled={!ready || busy} onClick={() => onAdd(corners)}>
          {t('crm.cards.cutAdd')}
        </Button>
        <Button size="sm" variant="subtle" color="gray" onClick={onCancel}>
          {t('crm.cards.cutCancel')}
        </Button>
      </div>
    </section>
  );
}
