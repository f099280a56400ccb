// numeric: a card as the text of its QR code: `shc:/` and two digits for each character; several codes when it is long.
// https://hl7.org/fhir/uv/smart-health-cards-and-links/STU1/cards-specification.html#encoding-qrs

export type Reading =
  { readonly ok: true; readonly jws: string } | { readonly ok: false; readonly fault: string };

export const scheme = 'shc:/';

/** So many characters fit into one code of version 22. */
export const longestAlone = 1195;
const longestPart = 1191;

/** One text, or, for what is too long, several of about the same length. Few scanners read several. */
export const writeNumeric = (jws: string): readonly string[] => {
  if (jws.length <= longestAlone) return [`${scheme}${digitsOf(jws)}`];
  const count = Math.ceil(jws.length / longestPart);
  const size = Math.ceil(jws.length / count);
  return Array.from({ length: count }, (_, at) => {
    const part = jws.slice(at * size, (at + 1) * size);
    return `${scheme}${String(at + 1)}/${String(count)}/${digitsOf(part)}`;
  });
};

/** The card of these codes, in whichever order they were scanned. */
export const readNumeric = (texts: readonly string[]): Reading => {
  const parts = texts.map(readPart);
  const count = parts[0]?.count;
  if (count === undefined || parts.some((part) => part?.count !== count))
    return { ok: false, fault: 'This is not the text of a health card’s QR code.' };
  const byPlace = new Map(parts.flatMap((part) => (part ? [[part.place, part.text]] : [])));
  if (byPlace.size !== parts.length)
    return { ok: false, fault: 'The same part of the card was given twice.' };
  const missing = Array.from({ length: count }, (_, at) => at + 1).find((at) => !byPlace.has(at));
  if (missing !== undefined)
    return {
      ok: false,
      fault: `Code ${String(missing)} of ${String(count)} is missing; scan all of them.`,
    };
  return {
    ok: true,
    jws: [...byPlace]
      .sort(([one], [other]) => one - other)
      .map(second)
      .join(''),
  };
};

/** The character code less that of '-', the smallest one in a JWS. */
const digitsOf = (text: string): string =>
  Array.from(text, (character) => String(character.charCodeAt(0) - 45).padStart(2, '0')).join('');

interface Part {
  readonly place: number;
  readonly count: number;
  readonly text: string;
}

const pattern = /^shc:\/(?:([1-9]\d?)\/([1-9]\d?)\/)?((?:\d\d)+)$/;

const readPart = (text: string): Part | undefined => {
  const [, place = '1', count = '1', digits] = pattern.exec(text) ?? [];
  if (digits === undefined || Number(place) > Number(count)) return undefined;
  const codes = digits.match(/\d\d/g)!.map((pair) => Number(pair) + 45);
  return { place: Number(place), count: Number(count), text: String.fromCharCode(...codes) };
};

const second = <T>([, value]: readonly [unknown, T]): T => value;
