import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import {
  ApiError,
  type FieldMeta,
  isApiError,
  keys,
  type ObjectMeta,
  type RecordData,
  usePatchRecord,
  type Values,
  warningsOf,
} from '@/api';
import { isEmpty, toWrite } from '@/fields';
import { notifyDone, notifyError, notifyUndo, useTexts } from '@/ui';
import { type BoardColumn, type Move, neededFields } from './boardModel';

/** A move that the server makes only with further values. */
export interface Needed {
  move: Move;
  column: BoardColumn;
  fields: FieldMeta[];
  errors: Record<string, string>;
}

interface MovesOptions {
  object: ObjectMeta;
  field: FieldMeta;
  nameOf: (column: BoardColumn) => string;
  /** For those who do not see the card go. */
  announce: (text: string) => void;
}

/** Moves cards between columns: shown at once, saved with the version that was seen, taken back when it is refused. */
export function useMoves({ object, field, nameOf, announce }: MovesOptions) {
  const { t } = useTexts();
  const cache = useQueryClient();
  const patch = usePatchRecord(object);
  const [moves, setMoves] = useState<ReadonlyMap<string, Move>>(new Map());
  const [needed, setNeeded] = useState<Needed>();
  const asking = useRef<Move>(undefined);
  const ask = (next: Needed | undefined) => {
    asking.current = next?.move;
    setNeeded(next);
  };

  const put = (move: Move) => setMoves((now) => new Map(now).set(move.record.id, move));
  const end = (id: string) =>
    setMoves((now) => {
      const rest = new Map(now);
      rest.delete(id);
      return rest;
    });
  const reload = () => cache.invalidateQueries({ queryKey: keys.lists(object.key) });

  const save = async (move: Move, column: BoardColumn, values: Values = {}): Promise<void> => {
    const { record } = move;
    const title = record.title || t('records.untitled');
    try {
      const written = await patch.mutateAsync({
        id: record.id,
        version: record.version,
        values: { ...values, [field.key]: column.key },
      });
      if (asking.current === move) ask(undefined);
      const done = t('records.board.moved', { title, column: nameOf(column) });
      announce(done);
      notifyUndo(done, written.change);
      warningsOf(written).forEach(notifyDone);
      await reload().catch(() => undefined);
      end(record.id);
    } catch (error) {
      const asked = isApiError(error) ? neededFields(error.problems, object, field) : undefined;
      // One question at a time: a second card that lacks something goes back.
      const other = asking.current !== undefined && asking.current !== move;
      if (isApiError(error) && asked && !other) {
        // What was asked for before stays on the screen.
        const before = asking.current === move ? (needed?.fields ?? []) : [];
        const fields = [...before, ...asked.filter((each) => !before.includes(each))];
        ask({ move, column, fields, errors: error.byField });
        announce(t('records.board.asks', { column: nameOf(column) }));
        return;
      }
      const overtaken = isApiError(error, 'conflict') || isApiError(error, 'not_found');
      if (asking.current === move && !overtaken) {
        // What was typed stays for another try.
        notifyError(error);
        return;
      }
      if (!other) ask(undefined);
      end(record.id);
      const back = t('records.board.back', { title });
      announce(back);
      if (isApiError(error, 'conflict')) {
        const who = error.conflicts[0]?.by?.title ?? t('records.conflict.someone');
        notifyError(
          new ApiError(409, { code: 'conflict', title: t('records.board.conflict', { who, title }) }),
        );
      } else {
        notifyError(error);
      }
      if (overtaken) void reload();
    }
  };

  const start = (record: RecordData, from: Move['from'], column: BoardColumn) => {
    // A card that is on its way has no version yet to move it further with.
    if (from === column.key || moves.has(record.id)) return;
    const move = { record, from, to: column.key };
    put(move);
    void save(move, column);
  };

  return {
    moves,
    needed,
    saving: patch.isPending,
    start,
    fill: (values: Values) => {
      if (!needed) return;
      const sent = Object.fromEntries(
        Object.entries(values)
          .filter(([, value]) => !isEmpty(value))
          .map(([key, value]) => [key, toWrite(value)]),
      );
      void save(needed.move, needed.column, sent);
    },
    giveUp: () => {
      if (!needed) return;
      announce(t('records.board.back', { title: needed.move.record.title || t('records.untitled') }));
      end(needed.move.record.id);
      ask(undefined);
    },
  };
}
