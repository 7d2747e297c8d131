interface Round {
  change: string | null;
  next?: string | null;
}

/**
 * Work that the server does in batches under one change: `send` asks for the next batch, `add` counts it in, and
 * `onRound` is told the sum after each and says whether it goes on.
 */
export async function inRounds<Sum extends Round>(
  send: (from: { change?: string; after?: string }) => Promise<Sum>,
  add: (sum: Sum, round: Sum) => Sum,
  onRound?: (sum: Sum) => boolean,
): Promise<Sum> {
  let sum: Sum | undefined;
  do {
    const round: Sum = await send({ change: sum?.change ?? undefined, after: sum?.next ?? undefined });
    sum = sum ? { ...add(sum, round), change: round.change ?? sum.change, next: round.next } : round;
  } while (sum.next && (onRound?.(sum) ?? true));
  return sum;
}
