// The throttle: what waits, how long, and that attempts at the same moment are all counted.

import { expect } from 'chai';
import { createThrottle, passwordLimit } from '#src/oauth/sign-in/throttle.ts';
import { createPeople } from '../support/people.ts';

describe('the throttle', () => {
  it('lets five attempts pass and makes the next ones wait, longer each time', async () => {
    const { records, now, pass } = createPeople();
    const throttle = createThrottle(records, now);
    const attempt = (): Promise<number> => throttle.attempt(passwordLimit, 'ada', '::1');

    for (let i = 0; i < 5; i += 1) expect(await attempt()).to.equal(0);
    expect(await attempt()).to.equal(10);
    pass(10);
    expect(await attempt()).to.equal(0);
    expect(await attempt()).to.equal(20);
  });

  it('does not make one wait longer for trying while one has to wait', async () => {
    const { records, now, pass } = createPeople();
    const throttle = createThrottle(records, now);
    for (let i = 0; i < 50; i += 1) await throttle.attempt(passwordLimit, 'ada', '::1');

    pass(10);

    expect(await throttle.attempt(passwordLimit, 'ada', '::1')).to.equal(0);
  });

  it('counts attempts made at the same moment', async () => {
    const { records, now } = createPeople();
    const throttle = createThrottle(records, now);

    const waits = await Promise.all(
      Array.from({ length: 40 }, () => throttle.attempt(passwordLimit, 'ada', '::1')),
    );

    expect(waits.filter((seconds) => seconds === 0)).to.have.length(5);
  });

  it('never slows somebody else, at another address', async () => {
    const { records, now } = createPeople();
    const throttle = createThrottle(records, now);
    for (let i = 0; i < 10; i += 1) await throttle.attempt(passwordLimit, 'ada', 'stranger');

    expect(await throttle.attempt(passwordLimit, 'ada', 'home')).to.equal(0);
  });

  it('forgets after success, and after an hour', async () => {
    const { records, now, pass } = createPeople();
    const throttle = createThrottle(records, now);
    for (let i = 0; i < 10; i += 1) {
      await throttle.attempt(passwordLimit, 'ada', '::1');
      await throttle.attempt(passwordLimit, 'ben', '::1');
    }

    await throttle.clear(passwordLimit, 'ada', '::1');

    expect(await throttle.attempt(passwordLimit, 'ada', '::1')).to.equal(0);
    expect(await throttle.attempt(passwordLimit, 'ben', '::1')).to.be.greaterThan(0);
    pass(3601);
    expect(await throttle.attempt(passwordLimit, 'ben', '::1')).to.equal(0);
  });

  it('takes an attempt back that succeeded', async () => {
    const { records, now } = createPeople();
    const throttle = createThrottle(records, now);

    for (let i = 0; i < 20; i += 1) {
      expect(await throttle.attempt(passwordLimit, '::1')).to.equal(0);
      await throttle.refund(passwordLimit, '::1');
    }
  });
});
