// PDF: one page of plain text, written by hand because nothing but lines of Latin letters is needed.
// ISO 32000-1, section 7.5 (file structure) and 9.4 (text objects)

/** Lines of Latin letters; others become question marks. The same bytes for the same lines. */
export const pdfOf = (lines: readonly string[]): Uint8Array => {
  const text = lines.map((line) => `(${escaped(line)}) '`).join('\n');
  const stream = `BT /F1 11 Tf 16 TL 56 790 Td\n${text}\nET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${String(stream.length)} >>\nstream\n${stream}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
  ];
  return Buffer.from(fileOf(objects), 'latin1');
};

const escaped = (line: string): string =>
  line.replace(/[^\x20-\x7e\xa0-\xff]/g, '?').replace(/[\\()]/g, '\\$&');

/** The table at the end says at which byte each object begins. */
const fileOf = (objects: readonly string[]): string => {
  let file = '%PDF-1.4\n';
  const places = objects.map((object, at) => {
    const place = file.length;
    file += `${String(at + 1)} 0 obj\n${object}\nendobj\n`;
    return place;
  });
  const rows = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('');
  const size = String(objects.length + 1);
  return `${file}xref\n0 ${size}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${String(file.length)}\n%%EOF\n`;
};
