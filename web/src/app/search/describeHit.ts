import type { Label, ObjectMeta, SearchHit } from '@/api';
import { highlight } from '@/ui/highlight';

/** How the name of a hit is read, when the words were found in the reading. */
export function readingOf(hit: SearchHit, object: ObjectMeta): string | undefined {
  const match = hit.matches?.find(
    (found) => object.fields.find((field) => field.key === found.field)?.kind === 'kana',
  );
  return match?.text;
}

/** Where else the words were found: "携帯電話: 090-…". Not what stands in the second line anyway. */
export function whereFound(
  hit: SearchHit,
  object: ObjectMeta,
  label: (text: Label | undefined) => string,
): string[] {
  return (hit.matches ?? []).flatMap((found) => {
    const field = object.fields.find((each) => each.key === found.field);
    if (!field || field.kind === 'kana' || found.field === object.title || hit.subtitle?.includes(found.text))
      return [];
    return [`${label(field.label)}: ${found.text}`];
  });
}

/** Whether the words stand in the name or its reading: that is who is meant, before who lives in a street of that name. */
export function isNamed(hit: SearchHit, object: ObjectMeta | undefined, query: string): boolean {
  const reading = object && readingOf(hit, object);
  const marks = (text: string) => highlight(text, query).some((piece) => piece.hit);
  return marks(hit.title) || (reading !== undefined && marks(reading));
}

/** Those found by their name first; else as the server has them. */
export function namedFirst(
  hits: readonly SearchHit[],
  objects: readonly ObjectMeta[],
  query: string,
): SearchHit[] {
  const named = (hit: SearchHit) =>
    isNamed(
      hit,
      objects.find((object) => object.key === hit.object),
      query,
    );
  return [...hits.filter(named), ...hits.filter((hit) => !named(hit))];
}
