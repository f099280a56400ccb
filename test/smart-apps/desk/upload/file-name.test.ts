// What the name of a report tells.

import { expect } from 'chai';
import { drawNumber } from '#src/health-id/number.ts';
import { readFileName } from '../../../../smart-apps/desk/src/upload/file-name.ts';

const uhid = drawNumber();
const dashed = [uhid.slice(0, 2), uhid.slice(2, 6), uhid.slice(6, 10), uhid.slice(10)].join('-');
const none = { birthDate: '', family: '' };

describe('the name of a report', () => {
  for (const [name, told] of [
    [`${uhid}_Sharma.pdf`, { uhid, birthDate: '', family: 'Sharma', title: 'Sharma' }],
    [`${dashed} ECG.pdf`, { ...none, uhid, title: 'ECG' }],
    [`${uhid}_report.pdf`, { ...none, uhid, title: 'report' }],
    [`${uhid}_Report.pdf`, { ...none, uhid, title: 'Report' }],
    [
      `${uhid}-1980-02-03-chest x-ray.jpg`,
      { ...none, uhid, birthDate: '1980-02-03', title: 'chest x-ray' },
    ],
    [`${uhid}_19800203_Rao.pdf`, { uhid, birthDate: '1980-02-03', family: 'Rao', title: 'Rao' }],
    [`${uhid}.pdf`, { ...none, uhid, title: uhid }],
    ['blood_count.pdf', { ...none, uhid: '', title: 'blood count' }],
    [`9${uhid}.pdf`, { ...none, uhid: '', title: `9${uhid}` }],
  ] as const)
    it(`${name.replace(uhid, '<uhid>').replace(dashed, '<uhid>')} tells ${Object.keys(told)
      .filter((key) => told[key as keyof typeof told] !== '')
      .join(', ')}`, () => {
      expect(readFileName(name)).to.deep.equal(told);
    });

  it('tells no health ID whose check digit is wrong', () => {
    const wrong = `${uhid.slice(0, 13)}${String((Number(uhid[13]) + 1) % 10)}`;

    expect(readFileName(`${wrong}_Sharma.pdf`).uhid).to.equal('');
  });
});
