import { expect } from 'chai';
import { faultOfPin } from '../../../../smart-apps/ui/src/offline/pin.ts';

describe('a PIN', () => {
  for (const [pin, fault] of [
    ['', 'short'],
    ['72491', 'short'],
    ['000000', 'simple'],
    ['123456', 'simple'],
    ['987654', 'simple'],
    ['724913', undefined],
    ['135790', undefined],
    ['a long phrase', undefined],
  ] as const)
    it(`${pin === '' ? 'that is empty' : pin} is ${fault ?? 'good enough'}`, () => {
      expect(faultOfPin(pin)).to.equal(fault);
    });
});
