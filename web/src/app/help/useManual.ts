import { useQuery } from '@tanstack/react-query';
import { type ChapterName, chapters, loadChapter, type Section, sectionsOf } from './manual';

/** The text of a chapter. It comes with the program, so it stays as long as the page. */
export function useChapter(name: ChapterName) {
  return useQuery({
    queryKey: ['manual', name],
    queryFn: () => loadChapter(name),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** All sections, once somebody looks for a word. */
export function useSections(wanted: boolean) {
  return useQuery({
    queryKey: ['manual', 'sections'],
    queryFn: async (): Promise<Section[]> => {
      const texts = await Promise.all(chapters.map(({ name }) => loadChapter(name)));
      return chapters.flatMap(({ name }, at) => sectionsOf(name, texts[at] ?? ''));
    },
    enabled: wanted,
    staleTime: Number.POSITIVE_INFINITY,
  });
}
