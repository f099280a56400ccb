// token: codes and identifiers, matched as written, with or without their system.
// https://hl7.org/fhir/R4/search.html#token

import type { Element } from '../../fhir/path/compile.ts';
import { invalid, notSupported } from '../../fhir/problem.ts';
import { isObject } from '../../fhir/resource.ts';
import { split, unescape } from '../escape.ts';
import type { Entry, TokenEntry } from '../entry.ts';
import { nothing, type Plan, type StringLeaf, type TokenLeaf } from '../plan.ts';
import { entriesOf, readSought } from './string.ts';
import type { Place, Question, Read, ValueType } from './types.ts';

type Fields = Readonly<Record<string, unknown>>;

const index = ({ value, type }: Element, place: Place): readonly Entry[] => {
  if (typeof value === 'boolean') return [tokenEntry('', String(value), place)];
  if (typeof value === 'string') return ofText(value, type, place);
  if (!isObject(value)) return [];
  return type === 'CodeableConcept'
    ? ofConcept(value, place)
    : type === 'Coding'
      ? ofCoding(value, place)
      : type === 'Identifier'
        ? ofIdentifier(value, place)
        : type === 'ContactPoint' && typeof value['value'] === 'string'
          ? [tokenEntry('', value['value'], place)]
          : [];
};

const tokenEntry = (system: unknown, code: string, { param, n }: Place): TokenEntry => ({
  kind: 'token',
  param,
  n,
  system: typeof system === 'string' ? system : '',
  code,
});

/** Strings are kept in lower case too; a media type (`text/xml; charset=UTF-8`) without what follows it under `:below`. */
const ofText = (text: string, type: string, place: Place): readonly Entry[] => {
  const entry = tokenEntry('', text, place);
  const other = type === 'string' || type === 'markdown' ? text.toLowerCase() : text;
  if (other !== text) return [entry, tokenEntry('', other, place)];
  const media = type === 'code' ? /^([^\s;/]+\/[^\s;/]+)\s*;/.exec(text)?.[1] : undefined;
  return media === undefined ? [entry] : [entry, tokenEntry('', media, suffixed(place, 'below'))];
};

const ofConcept = (concept: Fields, place: Place): readonly Entry[] => {
  const codings = Array.isArray(concept['coding']) ? (concept['coding'] as readonly unknown[]) : [];
  const tokens = codings.flatMap((coding) => (isObject(coding) ? ofCode(coding, place) : []));
  const texts = new Set([
    ...codings.map((coding) => isObject(coding) && coding['display']),
    concept['text'],
  ]);
  return [...tokens, ...[...texts].flatMap((text) => textOf(text, place))];
};

const ofCoding = (coding: Fields, place: Place): readonly Entry[] => [
  ...ofCode(coding, place),
  ...textOf(coding['display'], place),
];

/** A coding without a code still answers `[system]|`. */
const ofCode = ({ system, code }: Fields, place: Place): readonly Entry[] => {
  if (typeof code === 'string') return [tokenEntry(system, code, place)];
  return typeof system === 'string' ? [tokenEntry(system, '', place)] : [];
};

const ofIdentifier = ({ system, value, type }: Fields, place: Place): readonly Entry[] => {
  const text = isObject(type) ? textOf(type['text'], place) : [];
  if (typeof value !== 'string')
    return typeof system === 'string' ? [tokenEntry(system, '', place), ...text] : text;
  return [tokenEntry(system, value, place), ...ofIdentifierType(type, value, place), ...text];
};

/** `:of-type` asks for system|code|value; code and value are joined so that one entry answers. */
const ofIdentifierType = (type: unknown, value: string, place: Place): readonly Entry[] => {
  const codings = isObject(type) && Array.isArray(type['coding']) ? type['coding'] : [];
  return (codings as readonly unknown[]).flatMap((coding) =>
    isObject(coding) && typeof coding['code'] === 'string'
      ? [tokenEntry(coding['system'], `${coding['code']}|${value}`, suffixed(place, 'of-type'))]
      : [],
  );
};

const textOf = (text: unknown, place: Place): readonly Entry[] =>
  typeof text === 'string' && place.n === 0 ? entriesOf(text, suffixed(place, 'text')) : [];

const suffixed = (place: Place, suffix: string): Place => ({
  ...place,
  param: `${place.param}:${suffix}`,
});

const literal: Read = (text, question): TokenLeaf | typeof nothing => {
  const asked = readToken(text, question);
  if (asked === undefined) return nothing;
  const lower = asked.code?.toLowerCase();
  const caseless =
    question.elements.caseless === true && lower !== undefined && lower !== asked.code;
  return leaf(question.params, caseless ? [asked, { ...asked, code: lower }] : [asked]);
};

const leaf = (params: readonly string[], any: TokenLeaf['any']): TokenLeaf => ({
  op: 'token',
  params,
  any,
});

type Token = TokenLeaf['any'][number];

/** The four forms of a token; undefined when an implied system makes it impossible. */
export const readToken = (text: string, { name, elements }: Question): Token | undefined => {
  const parts = split(text, '|').map(unescape);
  const [first = '', ...more] = parts;
  if (more.length === 0) return { code: first };
  if (elements.plain === true)
    throw invalid(`Parameter '${name}' has no systems; a '|' in its value is written '\\|'.`);
  if (more.length > 1)
    throw invalid(
      `'${text}' is not a token for parameter '${name}'; write it as code, system|code, |code or system|, and a '|' inside as '\\|'.`,
    );
  const code = more[0] ?? '';
  if (first === '' && code === '')
    throw invalid(`Parameter '${name}' has a '|' without system and code.`);
  if (elements.impliedSystems === undefined)
    return code === '' ? { system: first } : { system: first, code };
  return implied(elements.impliedSystems, first, code);
};

/** A code element states no system, its value set implies it; "it's not usually needed", so `|code` means the same. */
const implied = (systems: readonly string[], system: string, code: string): Token | undefined => {
  if (system !== '' && !systems.includes(system)) return undefined;
  return code === '' ? {} : { code };
};

const text: Read = (raw, { name, params }): StringLeaf => ({
  op: 'string',
  params: params.map((param) => `${param}:text`),
  match: 'starts',
  text: readSought(raw, name),
});

const ofType: Read = (raw, { name, params }): TokenLeaf => {
  const parts = split(raw, '|').map(unescape);
  const [system = '', code = '', value = ''] = parts;
  if (parts.length !== 3 || parts.includes(''))
    throw invalid(
      `'${raw}' is not of the form system|code|value that '${name}' needs; all three parts must be there.`,
    );
  return leaf(
    params.map((param) => `${param}:of-type`),
    [{ system, code: `${code}|${value}` }],
  );
};

const within: Read = async (raw, question): Promise<Plan> => {
  const { name, params, terminology, elements, base } = question;
  const valueSet = unescape(raw);
  const codings = await terminology.expand(valueSetUrl(valueSet, base));
  if (codings === undefined)
    throw notSupported(
      `Value set '${valueSet}' of parameter '${name}' is not known here or cannot be listed.`,
    );
  const asked = codings.flatMap(({ system, code }) => {
    if (code === undefined) return [];
    if (elements.impliedSystems === undefined)
      return [system === undefined ? { code } : { system, code }];
    return implied(elements.impliedSystems, system ?? '', code) ?? [];
  });
  return asked.length === 0 ? nothing : leaf(params, asked);
};

/** "A URI (relative or absolute) that identifies a value set": `ValueSet/1` is one of this server. */
const valueSetUrl = (text: string, base: string): string =>
  text.startsWith('ValueSet/') ? `${base}/${text}` : text;

const hierarchy =
  (direction: 'above' | 'below'): Read =>
  async (raw, question): Promise<Plan> => {
    const asked = readToken(raw, question);
    if (asked === undefined) return nothing;
    if (direction === 'below' && asked.code !== undefined && asked.code.includes('/'))
      return mediaType(asked.code, question);
    return (await subsumption(asked, direction, question)) ?? notHere(raw, question);
  };

/** "Servers are only required to support :below on the base part of the mime type." */
const mediaType = (code: string, { params }: Question): TokenLeaf =>
  leaf([...params, ...params.map((param) => `${param}:below`)], [{ code }]);

const subsumption = async (
  asked: Token,
  direction: 'above' | 'below',
  { params, terminology, elements }: Question,
): Promise<Plan | undefined> => {
  if (asked.code === undefined) return undefined;
  const code = asked.code;
  const systems = asked.system === undefined ? (elements.impliedSystems ?? []) : [asked.system];
  const found = await Promise.all(
    systems.map(async (system) => ({ system, codes: await terminology[direction](system, code) })),
  );
  const known = found.flatMap(({ system, codes }) =>
    codes === undefined ? [] : [{ system, codes }],
  );
  if (known.length === 0) return undefined;
  const any = known.flatMap(({ system, codes }) =>
    codes.map((each) =>
      elements.impliedSystems === undefined ? { system, code: each } : { code: each },
    ),
  );
  return any.length === 0 ? nothing : leaf(params, any);
};

const notHere = (raw: string, { name }: Question): never => {
  throw notSupported(
    `'${name}' needs system|code of a code system whose hierarchy is known here; '${raw}' is not one.`,
  );
};

export const token: ValueType = {
  kind: 'token',
  index,
  readers: {
    '': literal,
    text,
    'of-type': ofType,
    in: within,
    above: hierarchy('above'),
    below: hierarchy('below'),
  },
};
