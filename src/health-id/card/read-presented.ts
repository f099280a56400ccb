// read-presented: the cards in what somebody pastes or uploads: a file, the text of QR codes, or a signed card itself.
// https://hl7.org/fhir/uv/smart-health-cards-and-links/STU1/cards-specification.html#via-file-download

import { isObject } from '../../fhir/resource.ts';
import { readNumeric, scheme } from './numeric.ts';

export type Presented =
  | { readonly ok: true; readonly cards: readonly string[] }
  | { readonly ok: false; readonly fault: string };

/** Each of them costs a signature to check. */
const mostCards = 20;

/** Never throws, and no fault repeats what was given. */
export const readPresented = (given: string): Presented => {
  const text = given.replace(/^\ufeff/, '').trim();
  if (text === '') return faulty('There is nothing to check. Paste a card or choose a file.');
  if (text.startsWith('{')) return readFile(text);
  if (text.startsWith(scheme)) return readCodes(text);
  if (/^shlink:\//.test(text))
    return faulty(
      'This is a link to health records, not a card. Open it in an app for such links.',
    );
  return { ok: true, cards: [text.replace(/\s+/g, '')] };
};

const faulty = (fault: string): Presented => ({ ok: false, fault });

const readFile = (text: string): Presented => {
  const cards = cardsIn(text);
  if (!Array.isArray(cards) || cards.length === 0 || !cards.every(isText))
    return faulty(
      'This file holds no health cards. Choose a file that ends in .smart-health-card.',
    );
  if (cards.length > mostCards)
    return faulty(`This file holds more than ${String(mostCards)} cards; check fewer at a time.`);
  return { ok: true, cards };
};

const cardsIn = (text: string): unknown => {
  try {
    const file = JSON.parse(text) as unknown;
    return isObject(file) ? file['verifiableCredential'] : undefined;
  } catch {
    return undefined;
  }
};

const isText = (value: unknown): value is string => typeof value === 'string';

/** What was copied may have been broken into lines. */
const readCodes = (text: string): Presented => {
  const codes = text.split(/(?=shc:\/)/).map((code) => code.replace(/\s+/g, ''));
  const reading = readNumeric(codes);
  return reading.ok ? { ok: true, cards: [reading.jws] } : reading;
};
