// Narrative: the div is well-formed XHTML of formatting elements only, without scripts, and says something (txt-1, txt-2).
// https://hl7.org/fhir/R4/narrative.html#xhtml

import type { Issue } from '../fhir/problem.ts';
import { characterEntities } from './character-entities.ts';
import { pathOf, shorten, type Place } from './place.ts';

export const checkNarrative = (place: Place): readonly Issue[] => {
  const faults = typeof place.value === 'string' ? findFaults(place.value) : none;
  if (faults.length === 0) return noIssues;
  const path = pathOf(place);
  return faults.map((text) => ({
    severity: 'error',
    code: 'invariant',
    diagnostics: `${path}: ${text}`,
    expression: [path],
  }));
};

const none: readonly string[] = [];
const noIssues: readonly Issue[] = [];
const mostFaults = 10;
const xhtml = 'http://www.w3.org/1999/xhtml';

/** Where the reader stands. */
interface Reading {
  /** Names of the elements that are open, from the div inwards. */
  readonly open: string[];
  readonly faults: string[];
  hasContent: boolean;
  isClosed: boolean;
}

/** Sentences about what is wrong, [] when nothing is. */
const findFaults = (text: string): readonly string[] => {
  const reading: Reading = { open: [], faults: [], hasContent: false, isClosed: false };
  let at = 0;
  while (at < text.length && reading.faults.length < mostFaults) {
    token.lastIndex = at;
    const match = token.exec(text);
    const end = match
      ? readToken(reading, match)
      : `it is not well-formed at '${shorten(text.slice(at, at + 80))}' (txt-1).`;
    if (end !== undefined) return [...reading.faults, end];
    at = token.lastIndex;
  }
  const { open, faults, hasContent, isClosed } = reading;
  if (faults.length >= mostFaults) return faults;
  if (open.length > 0 || !isClosed)
    return [...faults, `<${open.at(-1) ?? 'div'}> is not closed (txt-1).`];
  return hasContent ? faults : [...faults, 'it has no text and no image (txt-2).'];
};

/** A sentence when reading on makes no sense. */
const readToken = (reading: Reading, match: RegExpExecArray): string | undefined => {
  const [, closing, opening, attributes = '', slash, words] = match;
  if (words !== undefined) return readWords(reading, words);
  if (closing !== undefined) return readEnd(reading, closing);
  return opening === undefined ? undefined : readStart(reading, opening, attributes, slash === '/');
};

const readWords = (reading: Reading, words: string): string | undefined => {
  if (isBlank.test(words)) return undefined;
  if (reading.open.length === 0) return 'there is text outside of the <div> (txt-1).';
  reading.hasContent = true;
  const wrong = wrongEntity(words);
  if (wrong !== undefined) reading.faults.push(`${wrong} (txt-1).`);
  return undefined;
};

const readEnd = (reading: Reading, name: string): string | undefined => {
  const expected = reading.open.pop();
  reading.isClosed = reading.open.length === 0;
  if (name === expected) return undefined;
  return `</${name}> closes ${expected === undefined ? 'nothing' : `<${expected}>`} (txt-1).`;
};

const readStart = (
  reading: Reading,
  name: string,
  attributes: string,
  isEmpty: boolean,
): string | undefined => {
  const { open, faults } = reading;
  if (open.length === 0) {
    if (reading.isClosed || name !== 'div') return 'it must be one <div> (txt-1).';
    if (!attributes.includes(xhtml)) faults.push(`the <div> must have xmlns="${xhtml}" (txt-1).`);
  }
  faults.push(...faultsOfElement(name, attributes));
  if (name === 'img') reading.hasContent = true;
  if (!isEmpty) open.push(name);
  else if (open.length === 0) reading.isClosed = true;
  return undefined;
};

const attribute = String.raw`\s+[A-Za-z_:][\w:.-]*\s*=\s*(?:"[^"<]*"|'[^'<]*')`;

/** A comment, an end tag, a start tag (name, attributes, slash) or text. Each alternative is linear. */
const token = new RegExp(
  String.raw`<!--[^]*?-->|</([A-Za-z][\w:.-]*)\s*>|<([A-Za-z][\w:.-]*)((?:${attribute})*)\s*(/?)>|([^<]+)`,
  'y',
);
const isBlank = /^[ \t\r\n]*$/;

/** What is wrong with an '&' of the text, if anything. */
const wrongEntity = (text: string): string | undefined => {
  if (!text.includes('&')) return undefined;
  for (const [, name, isNumber] of text.matchAll(eachEntity)) {
    if (name === undefined && isNumber === undefined) return "an '&' stands alone; write &amp;";
    if (name !== undefined && !characterEntities.has(name))
      return `XHTML has no '&${shorten(name)};'; write the character itself`;
  }
  return undefined;
};

const eachEntity = /&(?:([A-Za-z][A-Za-z0-9]*);|(#(?:[0-9]+|x[0-9A-Fa-f]+);))?/g;

const faultsOfElement = (name: string, attributes: string): readonly string[] => {
  if (!elements.has(name)) return [`<${shorten(name)}> is not allowed (txt-1).`];
  if (attributes === '') return none;
  return [...attributes.matchAll(eachAttribute)].flatMap(([, key = '', double, single]) => {
    const fault = faultOfAttribute(name, key, double ?? single ?? '');
    return fault === undefined ? [] : [`${fault} (txt-1).`];
  });
};

const faultOfAttribute = (name: string, key: string, value: string): string | undefined => {
  if (!common.has(key) && !(own[name]?.includes(key) ?? false))
    return `the attribute ${shorten(key)} of <${name}> is not allowed`;
  if (addresses.has(key) && !isSafe(name, value))
    return `the address '${shorten(value)}' of <${name}> is not allowed`;
  const wrong = wrongEntity(value);
  return wrong && `in ${key} of <${name}>, ${wrong}`;
};

const eachAttribute = /([A-Za-z_:][\w:.-]*)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

const words = (text: string): string[] => text.split(' ');

const elements = new Set([
  ...words('p br div h1 h2 h3 h4 h5 h6 a span b em i strong small big tt dfn q var abbr acronym'),
  ...words('cite blockquote hr address bdo kbd sub sup ul ol li dl dt dd pre table caption'),
  ...words('colgroup col thead tr tfoot tbody th td code samp img map area del ins'),
]);

const common = new Set([
  ...words('title style class id lang xml:lang xml:space dir accesskey tabindex span width align'),
  ...words('valign char charoff abbr axis headers scope rowspan colspan'),
]);

const own: Readonly<Record<string, readonly string[]>> = {
  div: ['xmlns'],
  a: words('name href hreflang charset type rel rev shape coords'),
  img: words('src alt longdesc height width usemap ismap border'),
  map: ['name'],
  area: words('shape coords href nohref alt'),
  table: words('summary width border frame rules cellspacing cellpadding'),
  blockquote: ['cite'],
  q: ['cite'],
  td: ['nowrap'],
  th: ['nowrap'],
};

const addresses = new Set(['href', 'src', 'cite', 'longdesc', 'usemap']);

/** No scheme that runs something; entities could spell one, so a colon must come from a plain scheme. */
const isSafe = (element: string, address: string): boolean => {
  const scheme = /^\s*([^/?#]*?)(:|&#)/.exec(address)?.[1]?.toLowerCase();
  if (scheme === undefined) return true;
  if (element === 'img' && scheme === 'data')
    return /^\s*data:\s*image\/[a-z+.-]+[;,]/i.test(address);
  return safeSchemes.has(scheme);
};

const safeSchemes = new Set(['http', 'https', 'mailto', 'tel', 'ftp', 'urn', 'cid']);
