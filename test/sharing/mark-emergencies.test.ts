// The mark of emergencies on a caller: there as long as one is open, and the same object as long as the same are.

import { expect } from 'chai';
import { createMarkEmergencies, type Emergency } from '#src/sharing/emergencies.ts';
import { clinician } from './support/inside.ts';

describe('sharing/emergencies: the mark on a caller', () => {
  const caller = clinician('Organization/a');
  let open: readonly Emergency[];
  const mark = createMarkEmergencies(() => Promise.resolve(open.map((each) => ({ ...each }))));

  it('leaves who has none as they are', async () => {
    open = [];

    expect(await mark(caller)).to.equal(caller);
  });

  it('names those that are open', async () => {
    open = [{ patient: '1', until: 5 }];

    expect((await mark(caller)).emergencies).to.deep.equal(open);
  });

  it('is the same object while the same are open, and another one afterwards', async () => {
    open = [{ patient: '1', until: 5 }];
    const first = await mark(caller);
    expect(await mark(caller)).to.equal(first);

    open = [...open, { patient: '2', until: 9 }];

    expect((await mark(caller)).emergencies).to.deep.equal(open);
  });

  it('is gone when they have ended', async () => {
    open = [{ patient: '1', until: 5 }];
    await mark(caller);

    open = [];

    expect(await mark(caller)).to.equal(caller);
  });
});
