// seed: made-up patients with their histories, for trying out and measuring; `npm run seed` asks for them some at a time.

import { invalid } from '../../fhir/problem.ts';
import { readNumber, readText } from '../../operations/parameters.ts';
import { seedPatients } from '../seed.ts';
import type { Command } from '../types.ts';

const most = 1000;

export const seed: Command = {
  name: 'seed',
  about: 'Writes made-up hospitals and patients with their histories; what is there is left.',
  inputs: [
    { name: 'from', type: 'positiveInt', about: 'The first patient; 1 otherwise.' },
    { name: 'to', type: 'positiveInt', required: true, about: 'The last patient.' },
    { name: 'seed', type: 'string', about: 'A word for other people; a store keeps its first.' },
  ],
  outputs: [{ name: 'written', type: 'unsignedInt', about: 'Resources that were new.' }],
  // Made-up people among real ones are nothing to ask for over the network.
  ways: 'command line',
  event: 'administration',
  run: async (inputs, tools) => {
    const from = readNumber(inputs, 'from') ?? 1;
    const to = readNumber(inputs, 'to');
    if (to === undefined) throw invalid('The parameter to names the last patient.', 'to');
    if (to < from) throw invalid(`The last patient comes after the first, ${from}.`, 'to');
    if (to - from >= most) throw invalid(`Ask for at most ${most} patients at once.`, 'to');
    const written = await seedPatients({ from, to, seed: readText(inputs, 'seed') }, tools);
    return [{ name: 'written', valueUnsignedInt: written }];
  },
};
