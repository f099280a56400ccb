// Health IDs are given out once, however many ask at the same time, on every engine.

import { expect } from 'chai';
import { createIssue } from '#src/health-id/issue.ts';
import { checkDigitOf, readNumber } from '#src/health-id/number.ts';
import { Problem } from '#src/fhir/problem.ts';
import { engines, type Opened } from '#test/contract/support/engines.ts';
import { kindOfMongo } from '#test/support/mongo.ts';

const writers = 8;
const total = process.env['LONG'] === '1' ? 1_000_000 : 20_000;

/** From so few numbers that the writers meet again and again. */
const drawFromFew = (): string => {
  const digits = `1${String(Math.floor(Math.random() * total * 50)).padStart(12, '0')}`;
  return `${digits}${checkDigitOf(digits)}`;
};

for (const engine of engines)
  describe(`issuing health IDs on ${engine.name}`, function () {
    this.timeout(process.env['LONG'] === '1' ? 3_600_000 : 120_000);
    // What stands in for a MongoDB is written for meaning, not for speed.
    const count = engine.name === 'mongo' && kindOfMongo !== 'real' ? total / 10 : total;
    let opened: Opened;
    before(async () => {
      opened = await engine.open();
    });
    after(() => opened.close());

    it(`gives none twice to ${String(writers)} writers who take ${String(count)}`, async () => {
      const issue = createIssue(opened.store.records, drawFromFew);
      const numbers: string[] = [];
      const write = async (): Promise<void> => {
        for (let at = 0; at < count / writers; at += 1) numbers.push(await issue(String(at)));
      };

      await Promise.all(Array.from({ length: writers }, write));

      expect(numbers.length).to.equal(count);
      expect(new Set(numbers).size).to.equal(count);
      expect(numbers.every((number) => readNumber(number).ok)).to.equal(true);
    });

    it('never gives a number again, and says so when chance gives no other', async () => {
      const issue = createIssue(opened.store.records, () => '91234567890120');
      await issue('first');

      const second = await issue('second').catch((error: unknown) => error);

      expect(second).to.be.instanceOf(Problem).with.property('status', 503);
    });
  });
