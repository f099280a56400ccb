// Buckets: what is spent comes back with time, and no key takes from another.

import { expect } from 'chai';
import { createBuckets } from '../../src/http/buckets.ts';

describe('http/buckets', () => {
  let time = 0;
  const buckets = (perMinute: number) => createBuckets(perMinute, () => time);
  beforeEach(() => (time = 1_000_000));

  it('gives what is left, and refuses without taking', () => {
    const of = buckets(10);

    expect(of.take('a', 6)).to.equal(4);
    expect(of.take('a', 6)).to.be.below(0);
    expect(of.left('a')).to.equal(4);
    expect(of.left('b')).to.equal(10);
  });

  it('says how long to wait, and it is so', () => {
    const of = buckets(60);
    of.take('a', 60);

    expect(of.secondsUntil('a', 5)).to.equal(5);
    time += 5_000;
    expect(of.take('a', 5)).to.equal(0);
  });

  it('never holds more than a minute gives', () => {
    const of = buckets(60);
    of.take('a', 1);
    time += 3_600_000;

    expect(of.left('a')).to.equal(60);
  });

  it('lets what costs more than a whole bucket have a full one', () => {
    expect(buckets(10).take('a', 50)).to.equal(0);
  });

  it('forgets those that say nothing, and the oldest when there are too many', () => {
    const of = buckets(10);
    for (let n = 0; n < 250_000; n += 1) of.take(String(n), 10);

    expect(of.left('0')).to.equal(10);
    expect(of.left('249999')).to.equal(0);
  });
});
