// Sentence: a dosage in words, while it is typed and as it is stored: "1 tablet, twice a day, after food, for 5 days".

import { dosesOf, numberOf, type Line } from './line.ts';

/** Of the namespace `prescribe`. */
export type Say = (key: string, values?: Readonly<Record<string, unknown>>) => string;

/** What is not a number yet is left out. */
export const sentenceOf = (line: Line, say: Say): string =>
  [
    amountOf(line, say),
    line.route === 'oral' || line.route === '' ? '' : say(`said.route.${line.route}`),
    rhythmOf(line, say),
    line.meal === 'any' ? '' : say(`said.meal.${line.meal}`),
    neededOf(line, say),
    durationOf(line, say),
    line.instruction.trim(),
  ]
    .filter(Boolean)
    .join(', ');

const amountOf = (line: Line, say: Say): string => {
  if (line.rhythm === 'free') return '';
  return line.rhythm === 'parts' ? partsOf(line, say) : doseOf(numberOf(line.dose), line, say);
};

/** "1 tablet in the morning and 2 tablets at night" */
const partsOf = (line: Line, say: Say): string =>
  dosesOf(line)
    .map(([part, dose]) => say(`said.at.${part}`, { dose: doseOf(dose, line, say) }))
    .join(` ${say('said.and')} `);

const doseOf = (dose: number, { unit }: Line, say: Say): string =>
  Number.isNaN(dose) ? '' : say(`said.dose.${unit}`, { count: dose });

const rhythmOf = ({ rhythm, hours }: Line, say: Say): string => {
  if (rhythm === 'parts' || rhythm === 'free') return '';
  if (rhythm !== 'hours') return say(`said.rhythm.${rhythm}`);
  const count = numberOf(hours);
  return Number.isNaN(count) ? '' : say('said.hours', { count });
};

const neededOf = ({ isAsNeeded, neededFor }: Line, say: Say): string => {
  if (!isAsNeeded) return '';
  const reason = neededFor.trim();
  return reason === '' ? say('said.needed') : say('said.neededFor', { reason });
};

const durationOf = ({ duration, span }: Line, say: Say): string => {
  const count = numberOf(duration);
  return Number.isNaN(count) ? '' : say(`said.duration.${span}`, { count });
};
