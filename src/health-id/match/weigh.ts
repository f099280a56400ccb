// weigh: how much speaks for two records being of one person, by Fellegi and Sunter: each element that agrees or differs adds
// the logarithm of how much likelier that is for one person (m) than for two strangers (u).
// https://doi.org/10.1080/01621459.1969.10501049

import { fullNameOf } from './nicknames.ts';
import type { Name, Person } from './person.ts';
import { phoneticOf } from './phonetic.ts';
import { isOneSlip, similarity } from './similar.ts';

/** How each element compares; absent where one of the two does not have it. */
export interface Comparison {
  readonly family?: keyof typeof chances.family;
  readonly given?: keyof typeof chances.given;
  readonly birthDate?: keyof typeof chances.birthDate;
  readonly gender?: keyof typeof chances.gender;
  readonly phone?: keyof typeof chances.phone;
  readonly email?: keyof typeof chances.email;
  readonly address?: keyof typeof chances.address;
  readonly identifier?: keyof typeof chances.identifier;
}

/** For each outcome of a comparison: how often for one person (m), how often for two strangers (u). */
const chances = {
  family: {
    same: [0.8, 0.004],
    alike: [0.06, 0.001],
    part: [0.04, 0.002],
    similar: [0.05, 0.004],
    different: [0.05, 0.989],
  },
  given: {
    same: [0.75, 0.008],
    alike: [0.1, 0.004],
    part: [0.04, 0.008],
    similar: [0.07, 0.008],
    initial: [0.03, 0.05],
    different: [0.01, 0.922],
  },
  birthDate: {
    same: [0.9, 0.00004],
    turned: [0.03, 0.00002],
    slip: [0.03, 0.0008],
    partly: [0.02, 0.005],
    different: [0.01, 0.994],
  },
  gender: { same: [0.99, 0.5], different: [0.01, 0.5] },
  phone: { same: [0.6, 0.004], different: [0.4, 0.996] },
  email: { same: [0.7, 0.001], different: [0.3, 0.999] },
  address: { same: [0.5, 0.002], code: [0.2, 0.03], different: [0.3, 0.968] },
  identifier: { same: [0.95, 0.00002], different: [0.002, 0.99] },
} as const;

/** Twice the chance is one more. */
export const weightOf = (comparison: Comparison): number => {
  let weight = 0;
  // The keys of a literal are those of its type.
  for (const [element, outcome] of Object.entries(comparison) as [keyof Comparison, string][]) {
    const table: Outcomes = chances[element];
    const [m, u] = table[outcome]!;
    weight += Math.log2(m / u);
  }
  return weight;
};

type Outcomes = Readonly<Record<string, readonly [number, number]>>;

export const compare = (one: Person, other: Person): Comparison => ({
  ...compareNames(one, other),
  ...given('birthDate', compareDates(one.birthDate, other.birthDate)),
  ...given('gender', sameOf(one.gender, other.gender)),
  ...given('phone', anyOf(one.phones, other.phones)),
  ...given('email', anyOf(one.emails, other.emails)),
  ...given('address', compareAddresses(one, other)),
  ...given('identifier', compareIdentifiers(one, other)),
});

const given = <K extends keyof Comparison>(
  element: K,
  outcome: Comparison[K] | undefined,
): Comparison => (outcome === undefined ? {} : { [element]: outcome });

type NameComparison = Pick<Comparison, 'family' | 'given'>;

/** The best of all names the two have, also with family and given name in each other's place. */
const compareNames = (one: Person, other: Person): NameComparison => {
  const all = one.names.flatMap((left) =>
    other.names.flatMap((right) => [
      compareName(left, right),
      compareName(left, { family: right.given, given: right.family }),
    ]),
  );
  let best: NameComparison = {};
  for (const each of all) if (all[0] === each || weightOf(each) > weightOf(best)) best = each;
  return best;
};

const compareName = (left: Name, right: Name): NameComparison => ({
  ...given('family', compareFamily(left.family, right.family)),
  ...given('given', compareGiven(left.given, right.given)),
});

const compareFamily = (
  left: readonly string[],
  right: readonly string[],
): Comparison['family'] | undefined => {
  const [one, other] = [left.join(''), right.join('')];
  if (one === '' || other === '') return undefined;
  if (one === other) return 'same';
  if (phoneticOf(one) === phoneticOf(other)) return 'alike';
  if (left.some((part) => part.length > 2 && right.includes(part))) return 'part';
  return isSimilar(one, other) ? 'similar' : 'different';
};

const compareGiven = (
  left: readonly string[],
  right: readonly string[],
): Comparison['given'] | undefined => {
  const [one, other] = [left[0], right[0]];
  if (one === undefined || other === undefined) return undefined;
  if (one === other) return 'same';
  if (soundsAlike(one, other) || left.join('') === right.join('')) return 'alike';
  if (left.slice(1).includes(other) || right.slice(1).includes(one)) return 'part';
  if (isSimilar(one, other)) return 'similar';
  const isInitial = one.length === 1 || other.length === 1;
  return isInitial && one[0] === other[0] ? 'initial' : 'different';
};

const soundsAlike = (one: string, other: string): boolean => {
  if (one.length === 1 || other.length === 1) return false;
  const [left, right] = [fullNameOf(one), fullNameOf(other)];
  // So few sounds as in Lee and Li are no evidence; Asha and Isha are two people.
  const sound = phoneticOf(left);
  return (
    left === right || (sound.length > 1 && sound === phoneticOf(right) && left[0] === right[0])
  );
};

const isSimilar = (one: string, other: string): boolean =>
  one.length > 2 && other.length > 2 && similarity(one, other) >= 0.87;

const compareDates = (
  one: string | undefined,
  other: string | undefined,
): Comparison['birthDate'] | undefined => {
  if (one === undefined || other === undefined) return undefined;
  if (one === other) return 'same';
  const [year, month, day] = one.split('-');
  if (other === `${year!}-${day!}-${month!}`) return 'turned';
  if (isOneSlip(one.replaceAll('-', ''), other.replaceAll('-', ''))) return 'slip';
  const parts = other.split('-');
  const alike = [year, month, day].filter((part, at) => part === parts[at]).length;
  return alike === 2 ? 'partly' : 'different';
};

const sameOf = (one: string | undefined, other: string | undefined) => {
  if (one === undefined || other === undefined) return undefined;
  return one === other ? 'same' : 'different';
};

const anyOf = (left: readonly string[], right: readonly string[]) => {
  if (left.length === 0 || right.length === 0) return undefined;
  return left.some((each) => right.includes(each)) ? 'same' : 'different';
};

const compareAddresses = (one: Person, other: Person): Comparison['address'] | undefined => {
  if (one.addresses.length === 0 || other.addresses.length === 0) return undefined;
  const pairs = one.addresses.flatMap((left) =>
    other.addresses.map((right) => ({
      code: left.code !== '' && left.code === right.code,
      line: left.line !== '' && right.line !== '' && similarity(left.line, right.line) > 0.9,
    })),
  );
  if (pairs.some(({ code, line }) => code && line)) return 'same';
  return pairs.some(({ code }) => code) ? 'code' : 'different';
};

/** One number of a system that differs says that they are two, unless another one is the same. */
const compareIdentifiers = (one: Person, other: Person): Comparison['identifier'] | undefined => {
  if (one.identifiers.some((each) => other.identifiers.includes(each))) return 'same';
  const systems = new Set(one.identifiers.map(systemOf));
  return other.identifiers.some((each) => systems.has(systemOf(each))) ? 'different' : undefined;
};

const systemOf = (identifier: string): string => identifier.slice(0, identifier.lastIndexOf('|'));
