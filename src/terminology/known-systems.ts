// Code systems that are a grammar or a registry instead of a list: language tags, media types, units, currencies, countries.
// https://hl7.org/fhir/R4/terminologies-systems.html

import { canBeUnit, ucumLibrary } from '../fhir/ucum.ts';
import type { KnownSystem } from './types.ts';

/** Loads what a system needs (UCUM's tables) when it is first asked for; undefined for a system nobody here knows. */
export const openKnownSystem = (system: string): Promise<KnownSystem> | undefined =>
  openers.get(system)?.();

const languageTag: KnownSystem = (code) => {
  try {
    return Intl.getCanonicalLocales(code).length === 1;
  } catch {
    // Grandfathered tags such as i-klingon and private ones are legal though ICU refuses some.
    return /^(x|i)-[a-z0-9]{1,8}(-[a-z0-9]{1,8})*$/i.test(code);
  }
};

/** https://www.rfc-editor.org/rfc/rfc6838#section-4.2; parameters are taken as they are, even with blanks as in `; variant=X Y`. */
const restrictedName = '[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}';
const mediaType = new RegExp(`^${restrictedName}/${restrictedName}( ?;[^\\u0000-\\u001F]+)?$`);

/** "formats supported (xml | json | ttl | mime type)": CapabilityStatement and TestScript bind these to media types too. */
const formatCodes = new Set(['xml', 'json', 'ttl', 'none']);

/** Currencies that ISO 4217 has and ICU does not count among those of the world. */
const specialCurrencies = [
  ...['BOV', 'CHE', 'CHW', 'CLF', 'COU', 'MXV', 'USN', 'UYI', 'UYW', 'VED', 'SLE', 'ZWG', 'XCG'],
  ...['XAD', 'XAG', 'XAU', 'XBA', 'XBB', 'XBC', 'XBD', 'XPD', 'XPT', 'XTS', 'XUA', 'XXX'],
];

const openCurrencies = (): Promise<KnownSystem> => {
  const codes = new Set([...Intl.supportedValuesOf('currency'), ...specialCurrencies]);
  return Promise.resolve((code) => codes.has(code));
};

const openCountries = (): Promise<KnownSystem> => {
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  // Alpha-3 and numeric codes are in ISO 3166 as well; ICU has no list of them.
  return Promise.resolve((code) =>
    /^[A-Z]{2}$/.test(code)
      ? names.of(code) !== undefined
      : /^([A-Z]{3}|[0-9]{3}|[A-Z]{2}-[A-Z0-9]{1,3})$/.test(code)
        ? undefined
        : false,
  );
};

const openUnits = (): Promise<KnownSystem> => {
  const seen = new Map<string, boolean>();
  return Promise.resolve((code) => {
    if (!canBeUnit(code)) return false;
    const known = seen.get(code);
    if (known !== undefined) return known;
    const isUnit = ucumLibrary().validateUnitString(code).status === 'valid';
    if (seen.size < 5_000) seen.set(code, isUnit);
    return isUnit;
  });
};

const openers: ReadonlyMap<string, () => Promise<KnownSystem>> = new Map([
  ['urn:ietf:bcp:47', () => Promise.resolve(languageTag)],
  [
    'urn:ietf:bcp:13',
    () => Promise.resolve((code: string) => mediaType.test(code) || formatCodes.has(code)),
  ],
  ['urn:iso:std:iso:4217', openCurrencies],
  ['urn:iso:std:iso:3166', openCountries],
  ['http://unitsofmeasure.org', openUnits],
]);
