import { expect } from 'chai';
import {
  beginKeeping,
  daysKept,
  keepAgain,
  lookAtKept,
  mostWrongPins,
  openKept,
  type Kept,
  type Shelf,
} from '../../../../smart-apps/ui/src/offline/keep.ts';
import type { KeptRecord } from '../../../../smart-apps/ui/src/offline/record.ts';

const pin = '724 913';
const now = new Date('2026-03-01T10:00:00Z');
const later = (days: number): Date => new Date(now.getTime() + days * 86_400_000);
const priya = { user: 'Patient/priya', patient: 'priya' };

const recordOf = (family: string): KeptRecord => ({
  patient: { resourceType: 'Patient', id: 'priya', name: [{ family }] },
  ...{
    conditions: [],
    allergies: [],
    medicines: [],
    immunizations: [],
    results: [],
    documents: [],
  },
});

const openShelf = (): Shelf & { held: Kept | undefined } => {
  const shelf = {
    held: undefined as Kept | undefined,
    get: async () => shelf.held,
    put: async (kept: Kept) => {
      shelf.held = kept;
    },
    change: async (next: (kept: Kept | undefined) => Kept | undefined) => {
      shelf.held = next(shelf.held);
    },
    remove: async () => {
      shelf.held = undefined;
    },
  };
  return shelf;
};

/** Every byte and word that is stored, the keys left out: they cannot be read. */
const storedText = ({ held }: { readonly held: Kept | undefined }): string =>
  JSON.stringify(held, (_, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
  );

describe('the record a device keeps', function () {
  this.timeout(120_000);
  let shelf: ReturnType<typeof openShelf>;
  beforeEach(async () => {
    shelf = openShelf();
    await beginKeeping(shelf, priya, { pin, record: recordOf('Sharma'), now });
  });

  it('opens with its PIN', async () => {
    expect(await openKept(shelf, pin, later(1))).to.deep.equal({
      state: 'open',
      record: recordOf('Sharma'),
      keptAt: now.toISOString(),
    });
  });

  it('is stored so that nothing of it can be read', () => {
    expect(storedText(shelf)).to.not.contain('Sharma');
    expect(storedText(shelf)).to.not.contain(pin);
  });

  it('has a key of the device that cannot be taken out of it', async () => {
    const { deviceKey, publicKey } = shelf.held!.lock;
    const failed = await crypto.subtle.exportKey('raw', deviceKey).catch(() => 'refused');

    expect(failed).to.equal('refused');
    expect(publicKey.type).to.equal('public');
  });

  it('does not open on another device, whose key is another', async () => {
    const other = openShelf();
    await beginKeeping(other, priya, { pin, record: recordOf('Other'), now });
    const { deviceKey } = other.held!.lock;
    shelf.held = { ...shelf.held!, lock: { ...shelf.held!.lock, deviceKey } };

    expect(await openKept(shelf, pin, now)).to.deep.equal({ state: 'wrong', left: 4 });
  });

  it(`is removed after ${String(mostWrongPins)} wrong PINs, and says how many are left`, async () => {
    const said = [];
    for (let tries = 0; tries < mostWrongPins; tries += 1)
      said.push(await openKept(shelf, '000 001', now));

    expect(said).to.deep.equal([
      { state: 'wrong', left: 4 },
      { state: 'wrong', left: 3 },
      { state: 'wrong', left: 2 },
      { state: 'wrong', left: 1 },
      { state: 'gone' },
    ]);
    expect(shelf.held).to.equal(undefined);
    expect(await openKept(shelf, pin, now)).to.deep.equal({ state: 'gone' });
  });

  it('counts tries that were broken off', async () => {
    shelf.held = { ...shelf.held!, wrongPins: mostWrongPins };

    expect(await openKept(shelf, pin, now)).to.deep.equal({ state: 'gone' });
  });

  it('begins to count anew after the right PIN', async () => {
    await openKept(shelf, '000 001', now);
    await openKept(shelf, pin, now);

    expect(shelf.held?.wrongPins).to.equal(0);
  });

  it('is written anew without the PIN, which then opens the newer one', async () => {
    await keepAgain(shelf, priya, { record: recordOf('Verma'), now: later(2) });

    expect(await openKept(shelf, pin, later(3))).to.deep.equal({
      state: 'open',
      record: recordOf('Verma'),
      keptAt: later(2).toISOString(),
    });
  });

  it('is not written over by another person, or with the record of another', async () => {
    const before = storedText(shelf);

    await keepAgain(
      shelf,
      { user: 'Patient/rahul', patient: 'priya' },
      { record: recordOf('X'), now },
    );
    await keepAgain(
      shelf,
      { user: 'Patient/priya', patient: 'kabir' },
      { record: recordOf('X'), now },
    );

    expect(storedText(shelf)).to.equal(before);
  });

  it('does not come back when it is removed while it is written anew', async () => {
    const writing = keepAgain(shelf, priya, { record: recordOf('Verma'), now });
    await shelf.remove();
    await writing;

    expect(shelf.held).to.equal(undefined);
  });

  it('is not sealed with an old lock when somebody chose a new PIN meanwhile', async () => {
    const before = shelf.held;
    const other = '518 206';
    await beginKeeping(shelf, priya, { pin: other, record: recordOf('New'), now });

    const late = { ...shelf, get: async () => before };
    await keepAgain(late, priya, { record: recordOf('Late'), now });

    expect(await openKept(shelf, other, now)).to.deep.include({ record: recordOf('New') });
  });

  it(`goes after ${String(daysKept)} days`, async () => {
    expect(await lookAtKept(shelf, later(daysKept - 0.1))).to.deep.equal({
      ...priya,
      keptAt: now.toISOString(),
      expiresAt: later(daysKept).toISOString(),
    });
    expect(await openKept(shelf, pin, later(daysKept))).to.deep.equal({ state: 'gone' });
    expect(shelf.held).to.equal(undefined);
  });

  it('does not open when what is stored was changed', async () => {
    const { letter } = shelf.held!;
    const bytes = letter.bytes.map((byte, index) => (index === 3 ? byte ^ 1 : byte));
    shelf.held = { ...shelf.held!, letter: { ...letter, bytes } };

    const said = await openKept(shelf, pin, now).catch(() => 'refused');

    expect(said).to.equal('refused');
  });
});
