// The page that asks whose record it is: people are told apart by what stands on their cards.

import { expect } from 'chai';
import { pickerPage } from '#src/oauth/picker-page.ts';

describe('oauth/picker-page', () => {
  const shown = (identifier: readonly object[]): string =>
    pickerPage({
      ...{ path: '/p', app: 'Portal', user: 'asha' },
      choices: [
        {
          id: 'asha',
          role: 'patient',
          patient: { resourceType: 'Patient', id: 'asha', identifier },
        },
      ],
    }).body.markup;

  it('shows the health ID as it stands on the card, wherever it is in the record', () => {
    const page = shown([
      { system: 'https://h.example', value: 'mrn-7' },
      { use: 'official', type: { text: 'UHID' }, value: '23846735702391' },
    ]);

    expect(page).to.contain('UHID 23-8467-3570-2391').and.not.to.contain('mrn-7');
  });

  it('shows the number of a hospital where there is no health ID', () => {
    expect(shown([{ value: 'mrn-7' }])).to.contain('number mrn-7');
    expect(shown([])).not.to.contain('number');
  });
});
