import type { CardScan, ScannedCard } from '@/api';

export interface QueuedCard {
  scan: CardScan;
  card: ScannedCard;
}

/** Cards that wait to be checked, in the order in which they were handed over. */
export function openCards(scans: CardScan[]): QueuedCard[] {
  return [...scans]
    .reverse()
    .flatMap((scan) => scan.cards.filter((card) => card.status === 'open').map((card) => ({ scan, card })));
}

/** The one to check after this one: the next in the queue, else the first that was passed over. */
export function nextCard(scans: CardScan[], id: string, number: number): QueuedCard | undefined {
  const all = [...scans].reverse().flatMap((scan) => scan.cards.map((card) => ({ scan, card })));
  const at = all.findIndex((each) => each.scan.id === id && each.card.number === number);
  const rest = [...all.slice(at + 1), ...all.slice(0, Math.max(0, at))];
  return rest.find((each) => each.card.status === 'open');
}
