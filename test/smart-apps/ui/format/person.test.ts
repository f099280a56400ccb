import { expect } from 'chai';
import {
  contactOf,
  formatAddress,
  formatName,
  formatUhid,
  uhidOf,
} from '../../../../smart-apps/ui/src/format/person.ts';

describe('names', () => {
  it('are the official one before others', () => {
    const names = [
      { use: 'nickname', text: 'Priyu' },
      { use: 'official', prefix: ['Dr.'], given: ['Priya', 'Anil'], family: 'Sharma' },
    ] as const;

    expect(formatName(structuredClone(names) as never)).to.equal('Dr. Priya Anil Sharma');
  });

  it('are the text where there is one', () => {
    expect(formatName({ text: 'प्रिया शर्मा', family: 'Sharma' })).to.equal('प्रिया शर्मा');
  });

  it('may be of one part, or of none', () => {
    expect(formatName({ given: ['Madonna'] })).to.equal('Madonna');
    expect(formatName([])).to.equal('');
    expect(formatName(undefined)).to.equal('');
  });
});

describe('addresses', () => {
  it('are written on one line', () => {
    const address = { line: ['12 MG Road'], city: 'Pune', state: 'MH', postalCode: '411001' };

    expect(formatAddress(address)).to.equal('12 MG Road, Pune, MH 411001');
    expect(formatAddress(undefined)).to.equal('');
  });
});

describe('health IDs', () => {
  it('are written in groups', () => {
    expect(formatUhid('93481276310319')).to.equal('93-4812-7631-0319');
    expect(formatUhid('SGH-204417')).to.equal('SGH-204417');
  });

  it('are found among the other numbers of a person', () => {
    const identifiers = [
      { system: 'https://sgh.example/mrn', value: '20441712345678' },
      { system: 'https://health.example/uhid', value: '93481276310319' },
    ];

    expect(uhidOf(identifiers)).to.equal('93481276310319');
    expect(uhidOf(undefined)).to.equal(undefined);
  });

  it('finds the number of a network that gives it out under another system', () => {
    const kinds = 'http://terminology.hl7.org/CodeSystem/v2-0203';
    const type = { coding: [{ system: kinds, code: 'NI' }], text: 'UHID' };
    const issued = { type, system: 'https://id.health.example/people', value: '93481276310319' };
    const ofHospital = { system: 'https://hospital.example/mrn', value: '12345678901234' };

    expect(uhidOf([ofHospital, issued])).to.equal('93481276310319');
    expect(uhidOf([ofHospital])).to.equal(undefined);
  });
});

describe('ways to reach somebody', () => {
  it('are not those of before', () => {
    const telecom = [
      { system: 'phone', use: 'old', value: '1' },
      { system: 'phone', value: '2' },
    ] as const;

    expect(contactOf(telecom, 'phone')).to.equal('2');
    expect(contactOf(telecom, 'email')).to.equal(undefined);
  });
});
