// Provision: what one rule of a Consent says about sharing, read from its JSON.
// https://hl7.org/fhir/R4/consent-definitions.html#Consent.provision

import { openHigh, openLow, readDateRange } from '../fhir/date.ts';
import { readReference } from '../fhir/reference.ts';
import { isObject, listOf } from '../fhir/resource.ts';
import { isSharingKind, kindSystem } from './kinds.ts';

export interface Coding {
  readonly system?: string;
  readonly code: string;
}

/** Milliseconds since 1970: `low` included, `high` excluded. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

export interface Provision {
  readonly type: 'permit' | 'deny';
  /** `Organization/1`, `Practitioner/1`; undefined: everybody. */
  readonly actors: readonly string[] | undefined;
  /** Codes of v3-ActReason; [] any. */
  readonly purposes: readonly string[];
  /** Sharing kinds and names of resource types; [] all. */
  readonly classes: readonly string[];
  readonly codes: readonly Coding[];
  /** Single resources: `DocumentReference/1`; [] all. */
  readonly references: readonly string[];
  readonly labels: readonly Coding[];
  /** When the rule holds. */
  readonly period?: Interval;
  /** Of what time the records are. */
  readonly dataPeriod?: Interval;
  /** One level of rules inside this one, each narrower than it. */
  readonly exceptions: readonly Provision[];
}

type Json = Readonly<Record<string, unknown>>;

/**
 * A restriction that is not understood narrows a permit to nothing, which is undefined, and a denial not at all.
 */
export const readProvision = (provision: Json, around: Around): Provision | undefined =>
  readRule(provision, around, 'root');

interface Around {
  /** What the rule is where it does not say so itself. */
  readonly implied?: Provision['type'] | undefined;
  /** Of this server: references that begin with it are local. */
  readonly base: string;
}

const readRule = (
  json: Json,
  { implied, base }: Around,
  place: 'root' | 'nested',
): Provision | undefined => {
  const type = json['type'] === 'permit' || json['type'] === 'deny' ? json['type'] : implied;
  if (type === undefined) return undefined;
  const targetOf = createTargetOf(base);
  const nested = listOf(json['provision']);
  const period = readPeriod(json['period']);
  const dataPeriod = readPeriod(json['dataPeriod']);
  const actors = alternatives(json['actor'], (each) =>
    receives(each) ? targetOf(each) : undefined,
  );
  const classes = alternatives(json['class'], classOf);
  const references = alternatives(json['data'], (each) =>
    isInstance(each) ? targetOf(each) : undefined,
  );
  const isUnderstood =
    json['modifierExtension'] === undefined &&
    (place === 'root' || nested.length === 0) &&
    period !== 'malformed' &&
    dataPeriod !== 'malformed' &&
    [actors, classes, references].every(({ isAsked, known }) => !isAsked || known.length > 0) &&
    (json['action'] === undefined || listOf(json['action']).some(isLooking));
  if (type === 'permit' && !isUnderstood) return undefined;
  /** Where one alternative of a denial is not known, it may be any. */
  const valuesOf = ({ isAsked, known, isWhole }: Alternatives): readonly string[] | undefined =>
    isAsked && (type === 'permit' || isWhole) ? known : undefined;
  const named = valuesOf(classes) ?? [];
  return {
    type,
    actors: valuesOf(actors),
    purposes: listOf(json['purpose']).flatMap(({ code }) => (isText(code) ? [code] : [])),
    classes: named.includes('everything') ? [] : named,
    codes: listOf(json['code']).flatMap(({ coding }) => codingsOf(coding)),
    references: valuesOf(references) ?? [],
    labels: codingsOf(json['securityLabel']),
    ...(typeof period === 'object' ? { period } : {}),
    ...(typeof dataPeriod === 'object' ? { dataPeriod } : {}),
    exceptions:
      place === 'root' ? nested.flatMap((each) => readRule(each, { base }, 'nested') ?? []) : [],
  };
};

interface Alternatives {
  readonly isAsked: boolean;
  readonly known: readonly string[];
  readonly isWhole: boolean;
}

const alternatives = (value: unknown, read: (each: Json) => string | undefined): Alternatives => {
  const all = listOf(value);
  const known = all.flatMap((each) => read(each) ?? []);
  return { isAsked: all.length > 0, known, isWhole: known.length === all.length };
};

/** The resource itself. https://hl7.org/fhir/R4/valueset-consent-data-meaning.html */
const isInstance = ({ meaning }: Json): boolean => meaning !== 'authoredby';

/** Who would receive. Others that a rule may name have written the records, or speak for somebody. */
const receiving: ReadonlySet<unknown> = new Set(['IRCP', 'PRCP', 'PROV', 'PRF']);

const receives = ({ role }: Json): boolean => {
  const codings = isObject(role) ? codingsOf(role['coding']) : [];
  return codings.length === 0 || codings.some(({ code }) => receiving.has(code));
};

/** `Organization/1`, whether it is written so or as an address of this server. */
const createTargetOf =
  (base: string) =>
  ({ reference }: Json): string | undefined => {
    const link = isObject(reference) ? reference['reference'] : undefined;
    const found = isText(link) ? readReference(link, base) : undefined;
    return found && `${found.type}/${found.id}`;
  };

const looking: ReadonlySet<string> = new Set(['access', 'use', 'disclose']);

/** https://hl7.org/fhir/R4/valueset-consent-action.html */
const isLooking = ({ coding }: Json): boolean =>
  codingsOf(coding).some(({ code }) => looking.has(code));

const typesSystem = 'http://hl7.org/fhir/resource-types';

const classOf = ({ system, code }: Json): string | undefined => {
  if (!isText(code)) return undefined;
  if (system === kindSystem) return isSharingKind(code) ? code : undefined;
  return system === typesSystem ? code : undefined;
};

/** Those with a code. */
export const codingsOf = (value: unknown): readonly Coding[] =>
  listOf(value).flatMap(({ system, code }) =>
    isText(code) ? [{ ...(isText(system) ? { system } : {}), code }] : [],
  );

const readPeriod = (value: unknown): Interval | 'malformed' | undefined => {
  if (value === undefined) return undefined;
  if (!isObject(value)) return 'malformed';
  const { start, end } = value;
  const [from, until] = [start, end].map((each) =>
    isText(each) ? readDateRange(each) : undefined,
  );
  const isRead = (start === undefined || from) && (end === undefined || until);
  return isRead ? { low: from?.low ?? openLow, high: until?.high ?? openHigh } : 'malformed';
};

const isText = (value: unknown): value is string => typeof value === 'string';
