// Rewrites the links of a narrative: `<a href>` and `<img src>`, and nothing else in it.
// https://hl7.org/fhir/R4/http.html#trules

/** The very same text when no link changes. */
export const rewriteNarrative = (
  div: string,
  follow: (link: string) => string | undefined,
): string => {
  if (!div.includes('href') && !div.includes('src')) return div;
  return div.replace(tag, (whole: string, head: string, quote: string, link: string) => {
    const led = follow(unescape(link));
    return led === undefined ? whole : `${head}${quote}${escape(led)}${quote}`;
  });
};

/** A start tag of `a` or `img` up to the link; other attributes are skipped whole, so that none can pose as the link. */
const tag =
  /(<(?:a(?=\s)(?:\s+(?!href\b)[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*\s+href|img(?=\s)(?:\s+(?!src\b)[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*\s+src)\s*=\s*)(["'])(.*?)\2/g;

const named: readonly (readonly [string, string])[] = [
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&quot;', '"'],
  ['&apos;', "'"],
  ['&amp;', '&'],
];

const unescape = (text: string): string =>
  text.includes('&')
    ? named.reduce((left, [escaped, sign]) => left.replaceAll(escaped, sign), text)
    : text;

const escape = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;');
