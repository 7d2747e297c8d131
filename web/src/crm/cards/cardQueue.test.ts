import { describe, expect, it } from 'vitest';
import type { CardScan, ScannedCard } from '@/api';
import { nextCard, openCards } from './cardQueue';

const card = (number: number, status: ScannedCard['status'] = 'open'): ScannedCard => ({
  number,
  status,
  title: '',
  subtitle: '',
  corners: [],
});
const scan = (id: string, cards: ScannedCard[]): CardScan => ({
  id,
  name: id,
  status: 'ready',
  created_at: '2026-11-22T00:00:00.000Z',
  recognized: true,
  cards,
});
// As the server tells them: the newest first.
const scans = [scan('b', [card(1), card(2, 'saved')]), scan('a', [card(1, 'skipped'), card(2), card(3)])];
const names = (found: { scan: CardScan; card: ScannedCard }[]) =>
  found.map((each) => `${each.scan.id}${each.card.number}`);

describe('the queue of cards', () => {
  it('begins with what was handed over first and leaves out what is done', () => {
    expect(names(openCards(scans))).toEqual(['a2', 'a3', 'b1']);
  });
  it('goes on after the card just checked, over the end of a photo', () => {
    expect(nextCard(scans, 'a', 2)?.card.number).toBe(3);
    expect(nextCard(scans, 'a', 3)?.scan.id).toBe('b');
  });
  it('comes back to what was passed over', () => {
    expect(nextCard(scans, 'b', 2)?.scan.id).toBe('a');
    expect(nextCard(scans, 'b', 2)?.card.number).toBe(2);
  });
  it('ends when no other card is open', () => {
    expect(nextCard([scan('a', [card(1), card(2, 'saved')])], 'a', 1)).toBeUndefined();
  });
});
