// Units: what doses are counted in, by their codes, so that they can be said in the language of who reads them.
// https://ucum.org/ucum: what is counted is an annotation.

import type { Quantity } from 'fhir/r4';

export const unitCodes = {
  ...{ tablet: '{tablet}', capsule: '{capsule}', mL: 'mL', mg: 'mg', drop: '[drp]' },
  ...{ puff: '{puff}', unit: '[iU]', sachet: '{sachet}', application: '{application}' },
  ...{ suppository: '{suppository}', ampoule: '{ampoule}', patch: '{patch}' },
} as const;

export type DoseUnit = keyof typeof unitCodes;

/** What everybody writes the same way. */
type Symbol = 'mL' | 'mg';
export type CountedUnit = Exclude<DoseUnit, Symbol>;

/** By its code, or, where it has none, by its English word: "Tablets" is a tablet, "IU" a unit. */
export const countedUnitOf = ({ code, unit = '' }: Quantity): CountedUnit | undefined => {
  const word = unit.toLowerCase().replace(/s$/, '');
  return counted.find((each) =>
    code === undefined ? word === each || words[word] === each : unitCodes[each] === code,
  );
};

export const doseUnits = Object.keys(unitCodes) as readonly DoseUnit[];

const counted = doseUnits.filter((unit): unit is CountedUnit => unit !== 'mL' && unit !== 'mg');

const words: Readonly<Record<string, CountedUnit>> = {
  ...{ iu: 'unit', tab: 'tablet', cap: 'capsule', suppositorie: 'suppository' },
  patche: 'patch',
};
