const legalForms = /株式会社|有限会社|合同会社|合資会社|合名会社|[（(][株有同資名][)）]|㈱|㈲|㍿/g;
const most = 3;

/** Other words worth a try when these found nothing: without the legal form, each word alone, the beginning of a long one. */
export function shorterWords(q: string): string[] {
  const given = q.trim();
  const bare = given.replace(legalForms, ' ').replace(/\s+/g, ' ').trim();
  const words = bare.split(' ');
  const letters = [...bare];
  const found = [
    bare,
    ...(words.length > 1 ? words : []),
    ...(words.length === 1 && letters.length > 3
      ? [letters.slice(0, Math.ceil(letters.length / 2)).join('')]
      : []),
  ];
  return [...new Set(found)].filter((word) => word !== '' && word !== given).slice(0, most);
}
