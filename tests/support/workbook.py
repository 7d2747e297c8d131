"""Excel workbooks of the product, edited as a person would; standard library only.

    python3 tests/support/workbook.py FILE set TEXT HEADING VALUE | remove TEXT | add HEADING=VALUE ... [, more edits]
"""
import io
import pathlib
import re
import sys
import zipfile


class Workbook:
    """An exported workbook, edited as a person would: cells are found by their heading and by a text of the row."""

    def __init__(self, body):
        self.parts = {name: zipfile.ZipFile(io.BytesIO(body)).read(name) for name in zipfile.ZipFile(io.BytesIO(body)).namelist()}
        sheet = self.parts["xl/worksheets/sheet1.xml"].decode()
        self.head, rest = sheet.split("<sheetData>", 1)
        data, self.tail = rest.split("</sheetData>", 1)
        self.rows = []
        for row in re.findall(r"<row [^>]*>(.*?)</row>", data, re.S):
            cells = {}
            for column, about, inner in re.findall(r'<c r="([A-Z]+)\d+"([^>]*?)(?:/>|>(.*?)</c>)', row, re.S):
                text = re.search(r"<t[^>]*>(.*?)</t>", inner or "", re.S)
                number = re.search(r"<v>(.*?)</v>", inner or "", re.S)
                style = re.search(r' s="\d+"', about)
                cells[column] = ("t", text.group(1)) if text else ("n" + (style.group(0) if style else ""), number.group(1)) if number else ("t", "")
            self.rows.append(cells)

    def column(self, heading):
        return next(column for column, (_, text) in self.rows[0].items() if text == heading)

    def headings(self):
        return [text for _, text in self.rows[0].values()]

    def row(self, text):
        return next(row for row in self.rows[1:] if any(value == text for _, value in row.values()))

    def set(self, text, heading, value):
        self.row(text)[self.column(heading)] = ("t", value)

    def remove(self, text):
        self.rows.remove(self.row(text))

    def add(self, **values):
        self.rows.append({self.column(heading): ("t", value) for heading, value in values.items()})

    def save(self):
        def place(column):
            return sum((ord(letter) - 64) * 26**power for power, letter in enumerate(reversed(column)))

        lines = []
        for number, row in enumerate(self.rows, 1):
            cells = ""
            for column in sorted(row, key=place):
                kind, value = row[column]
                where = f'r="{column}{number}"'
                cells += f'<c {where} t="inlineStr"><is><t xml:space="preserve">{value}</t></is></c>' if kind == "t" else f"<c {where}{kind[1:]}><v>{value}</v></c>"
            lines.append(f'<row r="{number}">{cells}</row>')
        parts = dict(self.parts)
        parts["xl/worksheets/sheet1.xml"] = (self.head + "<sheetData>" + "".join(lines) + "</sheetData>" + self.tail).encode()
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in parts.items():
                archive.writestr(name, content)
        return out.getvalue()


def edit(book, words):
    what, *rest = words
    if what == "set":
        book.set(*rest)
    elif what == "remove":
        book.remove(*rest)
    else:
        book.add(**dict(word.split("=", 1) for word in rest))


if __name__ == "__main__":
    path = pathlib.Path(sys.argv[1])
    workbook = Workbook(path.read_bytes())
    words = []
    for word in [*sys.argv[2:], ","]:
        if word != ",":
            words.append(word)
        elif words:
            edit(workbook, words)
            words = []
    path.write_bytes(workbook.save())
