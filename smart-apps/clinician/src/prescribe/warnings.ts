// Warnings: which allergies and which medicines already taken speak against a medicine. It knows what `ingredients` knows and the
// names in the record: that nothing warns does not mean that nothing is wrong.

import type { AllergyIntolerance, CodeableConcept, MedicationRequest } from 'fhir/r4';
import { medicineOf } from '@meridian/ui/record/medicine.ts';
import { related, type DrugClass } from './ingredients.ts';
import { isIn, substanceOf, type Substance } from './known.ts';

export type Warning =
  | {
      readonly kind: 'allergy';
      /** The same substance, one of the same class, or one of a class that is borne badly together. */
      readonly match: 'same' | 'class' | 'related';
      readonly allergy: AllergyIntolerance;
    }
  | { readonly kind: 'duplicate'; readonly request: MedicationRequest }
  /** Somebody noted that it must not be given. */
  | { readonly kind: 'forbidden'; readonly request: MedicationRequest }
  /** Twice in the prescription that is being written. */
  | { readonly kind: 'twice' };

export interface Against {
  /** Those that stand: not refuted, not over. */
  readonly allergies: readonly AllergyIntolerance[];
  /** What is taken now. */
  readonly requests: readonly MedicationRequest[];
  /** What must not be given. */
  readonly forbidden: readonly MedicationRequest[];
  /** The other medicines of the prescription. */
  readonly others: readonly CodeableConcept[];
}

export const warningsFor = (
  medicine: CodeableConcept,
  { allergies, requests, forbidden, others }: Against,
): readonly Warning[] => {
  const wanted = substanceOf([medicine]);
  if (wanted.words === '') return [];
  const isOfSame = (request: MedicationRequest): boolean =>
    isSame(medicine, wanted, medicineOf(request) ?? {});
  return [
    ...allergies.flatMap((allergy): readonly Warning[] => {
      const match = matchOf(wanted, allergy);
      return match === undefined ? [] : [{ kind: 'allergy', match, allergy }];
    }),
    ...forbidden.filter(isOfSame).map((request): Warning => ({ kind: 'forbidden', request })),
    ...requests.filter(isOfSame).map((request): Warning => ({ kind: 'duplicate', request })),
    ...(others.some((other) => isSame(medicine, wanted, other))
      ? [{ kind: 'twice' } as const]
      : []),
  ];
};

type Match = 'same' | 'class' | 'related';

const matchOf = (wanted: Substance, allergy: AllergyIntolerance): Match | undefined => {
  const { code, reaction = [] } = allergy;
  const badly = substanceOf([code, ...reaction.map(({ substance }) => substance)]);
  if (meet(wanted.ingredients, badly.ingredients) || isNamedIn(wanted, badly)) return 'same';
  if (meet(wanted.classes, badly.classes)) return 'class';
  return related.some((pair) => isAcross(pair, wanted.classes, badly.classes))
    ? 'related'
    : undefined;
};

const meet = <T>(one: ReadonlySet<T>, other: ReadonlySet<T>): boolean =>
  [...one].some((each) => other.has(each));

/** A medicine that no list knows: its own name stands in the allergy. */
const isNamedIn = ({ words }: Substance, badly: Substance): boolean => {
  const [name = ''] = words.split(/[^\p{L}-]+/u);
  return name.length >= leastName && isIn(badly.words)(name);
};

const leastName = 4;

const isAcross = (
  [one, other]: readonly [DrugClass, DrugClass],
  wanted: ReadonlySet<DrugClass>,
  badly: ReadonlySet<DrugClass>,
): boolean => (wanted.has(one) && badly.has(other)) || (wanted.has(other) && badly.has(one));

const isSame = (medicine: CodeableConcept, wanted: Substance, other: CodeableConcept): boolean => {
  const taken = substanceOf([other]);
  const codes = new Set(
    (other.coding ?? []).map(({ system, code }) => `${system ?? ''}|${code ?? ''}`),
  );
  return (
    (medicine.coding ?? []).some(({ system, code }) =>
      codes.has(`${system ?? ''}|${code ?? ''}`),
    ) ||
    meet(wanted.ingredients, taken.ingredients) ||
    (wanted.ingredients.size === 0 && isNamedIn(wanted, taken))
  );
};
