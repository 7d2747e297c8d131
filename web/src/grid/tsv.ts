// Cells as the clipboard of Excel, LibreOffice and Google Sheets carries them: tab between cells, line end between rows,
// and quotation marks around a cell that holds one of these.

export function writeTsv(rows: readonly (readonly string[])[]): string {
  const lines = rows.map((row) => row.map(quoted).join('\t'));
  // As Excel: without its end a last line that is empty would be none. One line alone is a text for anywhere.
  return lines.length > 1 ? lines.map((line) => `${line}\r\n`).join('') : (lines[0] ?? '');
}

function quoted(cell: string): string {
  // A quotation mark alone is quoted too: Excel would take one at the start of a cell for the beginning of a quotation.
  return /[\t\r\n"]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/**
 * Rows of cells; lines may have different lengths. Excel ends the last line too, which begins no row. A quotation that is
 * never closed is text: 12" x 8" pasted from a text is not swallowed.
 */
export function readTsv(text: string): string[][] {
  const rows: string[][] = [[]];
  let at = 0;
  const row = () => rows[rows.length - 1] as string[];
  while (at <= text.length) {
    const quotation = text[at] === '"' ? readQuoted(text, at) : undefined;
    if (quotation) {
      row().push(quotation.cell);
      at = quotation.end;
    } else {
      const end = nextOf(text, at);
      row().push(text.slice(at, end));
      at = end;
    }
    if (at >= text.length) break;
    if (text[at] === '\t') {
      at += 1;
      continue;
    }
    at += text.startsWith('\r\n', at) ? 2 : 1;
    if (at >= text.length) break;
    rows.push([]);
  }
  return rows;
}

function nextOf(text: string, from: number): number {
  let at = from;
  while (at < text.length && text[at] !== '\t' && text[at] !== '\n' && text[at] !== '\r') at += 1;
  return at;
}

// A cell in quotation marks that begins at `from`; undefined when it is none, so that its text stays as it is.
function readQuoted(text: string, from: number): { cell: string; end: number } | undefined {
  let cell = '';
  for (let at = from + 1; at < text.length; ++at) {
    if (text[at] !== '"') {
      cell += text[at];
      continue;
    }
    if (text[at + 1] === '"') {
      cell += '"';
      at += 1;
      continue;
    }
    const end = at + 1;
    const closes = end >= text.length || '\t\r\n'.includes(text[end] ?? '');
    return closes ? { cell: cell.replaceAll('\r\n', '\n'), end } : undefined;
  }
  return undefined;
}
