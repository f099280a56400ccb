// Negotiate: in which form to answer. JSON under its several names; everything else is refused with what to ask instead.
// https://hl7.org/fhir/R4/http.html#mime-type

import { notAcceptable } from '../fhir/problem.ts';
import { otherFhirVersion, jsonTypes, mediaType } from '../fhir/media-type.ts';

/**
 * The content type of the answer. `_format` decides when it is there, else Accept. A generic type (application/json) is
 * answered under the name it was asked for. Throws 406.
 */
export const negotiate = (accept: string | undefined, format: string | undefined): string => {
  if (format !== undefined && format !== '') return ofFormat(format);
  if (accept === undefined || accept === '' || accept === '*/*') return standardType;
  return remember(accept);
};

export const standardType = 'application/fhir+json; charset=utf-8';

const ofFormat = (format: string): string => {
  // An unescaped '+' arrives as a blank.
  const type = mediaType(format.replace(' ', '+'));
  if (!jsonTypes.has(type) && type !== 'json' && type !== '*/*') throw refused('_format', format);
  checkVersion('_format', format);
  return type.startsWith('text/') || type === 'application/json'
    ? `${type}; charset=utf-8`
    : standardType;
};

// Clients send the same few headers over and over.
const known = new Map<string, string>();
const remember = (accept: string): string => {
  const found = known.get(accept);
  if (found !== undefined) return found;
  const type = ofAccept(accept);
  if (known.size < 256) known.set(accept, type);
  return type;
};

const ofAccept = (accept: string): string => {
  const ranges = accept
    .split(',')
    .map((text, place) => ({ text, place, type: mediaType(text), quality: qualityOf(text) }))
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality || a.place - b.place);
  const json = ranges.filter(({ type }) => jsonTypes.has(type));
  const named = json.find(({ text }) => otherFhirVersion(text) === undefined);
  if (named) return generic.has(named.type) ? `${named.type}; charset=utf-8` : standardType;
  if (ranges.some(({ type }) => wild.has(type))) return standardType;
  if (json[0]) checkVersion('Accept', json[0].text);
  throw refused('Accept', accept);
};

const wild: ReadonlySet<string> = new Set(['*/*', 'application/*', 'text/*']);

const generic: ReadonlySet<string> = new Set(['application/json', 'text/json']);

const qualityOf = (range: string): number => {
  const found = /;\s*q=([0-9.]+)/i.exec(range);
  return found ? Number(found[1]) : 1;
};

const checkVersion = (where: string, text: string): void => {
  const version = otherFhirVersion(text);
  if (version !== undefined)
    throw notAcceptable(`${where} asks for FHIR version ${version}; this server speaks 4.0.`);
};

const refused = (where: string, text: string) =>
  notAcceptable(
    `${where} asks for '${text}'; this server answers in JSON only: ask for application/fhir+json.`,
  );
