import { IconChevronDown, IconChevronUp, IconX } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { RecordData, RecordWindow } from '@/api';
import type { CellAt } from '@/grid/cellRange';
import type { FoundCells } from '@/grid/sheetTypes';
import { ActionIcon, Button, isComposing, Text, TextInput, Tooltip, useTexts } from '@/ui';
import classes from './find.module.css';
import { around, firstFrom } from './findCells';
import { useFoundCells } from './useFoundCells';

/** One asking for something in a list. Its words outlive the bar: sorted or filtered anew, the sheet begins anew with it. */
export interface Asking {
  words: string;
  /** The bar of this asking was there before: it does not take the focus again. */
  seen?: boolean;
}

interface FindBarProps {
  columns: readonly { key: string; label: string }[];
  rows: RecordWindow;
  /** How many rows there are, where that is known. */
  end: number | undefined;
  row: (index: number) => RecordData | undefined;
  /** What stands in a cell, in each way that it can be written. */
  texts: (record: RecordData, column: string) => readonly string[];
  /** The row as it is on the screen, with what was typed into it. */
  shown: (record: RecordData) => RecordData;
  /** Another object: cells were changed. */
  stamp: unknown;
  /** Where looking begins. */
  from: CellAt;
  /** Rows that are hidden in closed groups are not looked through. */
  folded: boolean;
  /** Another object: the bar was asked for once more. */
  asked: Asking;
  onFound: (found: FoundCells | undefined) => void;
  onReach: (at: CellAt) => void;
  onClose: () => void;
}

/** 表の中をさがす: hits are coloured in the cells, Enter leads from one to the next. */
export function FindBar(props: FindBarProps) {
  const { columns, from, onFound, onReach } = props;
  const { t } = useTexts();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(props.asked.words);
  const search = useFoundCells(text, props);
  const { hits, finder, done } = search;
  // The place among the hits; it goes with the text that it is of.
  const [stand, setStand] = useState<{ text: string; at: number }>();
  const begun = useRef(from);
  const stood = stand?.text === text ? stand.at : -1;
  // There may be fewer since cells were changed.
  const at = done ? Math.min(stood, hits.length - 1) : stood;
  const here = hits[at];

  const { asked } = props;
  useEffect(() => {
    if (!asked.seen) input.current?.select();
    asked.seen = true;
  }, [asked]);

  const latest = useRef({ onFound, onReach, row: props.row });
  latest.current = { onFound, onReach, row: props.row };
  const go = (place: number) => {
    const hit = hits[place];
    if (!hit) return;
    setStand({ text, at: place });
    begun.current = hit;
    onReach(hit);
  };
  const step = (back: boolean) => go(around(Math.min(at, hits.length - 1), hits.length, back));
  // As one types: to the first hit from where it began, and only when there is none to the top.
  const goNow = useRef(go);
  goNow.current = go;
  useEffect(() => {
    if (at >= 0 || hits.length === 0) return;
    const first = firstFrom(hits, begun.current);
    if (first >= 0) goNow.current(first);
    else if (done) goNow.current(0);
  }, [at, hits, done]);

  useEffect(() => {
    latest.current.onFound(
      finder && {
        inRow: (index) => {
          const record = latest.current.row(index);
          return record && finder.inRecord(record);
        },
        here,
      },
    );
  }, [finder, here]);
  useEffect(() => () => latest.current.onFound(undefined), []);

  const number = (value: number) => value.toLocaleString('en-US');
  const told =
    text.trim() === ''
      ? ''
      : hits.length > 0
        ? t('records.find.at', {
            at: at < 0 ? '…' : number(Math.min(at + 1, hits.length)),
            count: number(hits.length),
          })
        : done
          ? t('records.find.none')
          : '';
  return (
    <search className={classes.bar} aria-label={t('records.find.title')}>
      <TextInput
        ref={input}
        size="xs"
        className={classes.input}
        aria-label={t('records.find.title')}
        placeholder={t('records.find.title')}
        value={text}
        onChange={(event) => {
          asked.words = event.currentTarget.value;
          setText(asked.words);
        }}
        onKeyDown={(event) => {
          if (isComposing(event)) return;
          if (event.key === 'Escape') props.onClose();
          else if (event.key === 'Enter') step(event.shiftKey);
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      />
      <Text size="xs" component="span" role="status" className={classes.told}>
        {told}
        {here && (
          <span className={classes.spoken}>
            {t('records.find.here', { row: here.row + 1, column: columns[here.column]?.label ?? '' })}
          </span>
        )}
      </Text>
      <Step label={t('records.find.previous')} onClick={() => step(true)} off={hits.length === 0}>
        <IconChevronUp size={16} />
      </Step>
      <Step label={t('records.find.next')} onClick={() => step(false)} off={hits.length === 0}>
        <IconChevronDown size={16} />
      </Step>
      <Text size="xs" component="span" c="dimmed" className={classes.told}>
        {text.trim() !== '' &&
          (done
            ? search.more
              ? t('records.find.upTo', { count: number(search.read) })
              : props.folded
                ? t('records.find.folded')
                : ''
            : t('records.find.reading', { count: number(search.read) }))}
      </Text>
      {done && search.more && (
        <Button size="compact-xs" variant="default" onClick={search.goOn}>
          {t('records.find.goOn')}
        </Button>
      )}
      {search.failed && (
        <Button size="compact-xs" variant="default" color="red" onClick={search.goOn}>
          {t('records.find.failed')}
        </Button>
      )}
      <span className={classes.space} />
      <Step label={t('records.find.close')} onClick={props.onClose}>
        <IconX size={16} />
      </Step>
    </search>
  );
}

interface StepProps {
  label: string;
  off?: boolean;
  onClick: () => void;
  children: React.ReactNode;
}

function Step({ label, off, onClick, children }: StepProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon size="sm" variant="subtle" aria-label={label} disabled={off} onClick={onClick}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
