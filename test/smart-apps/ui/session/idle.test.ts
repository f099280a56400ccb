import { expect } from 'chai';
import { proofAskedFor, watchIdle, type Idle } from '../../../../smart-apps/ui/src/session/idle.ts';
import { idleLimitMs, noticeMs } from '../../../../smart-apps/ui/src/session/idle-limits.ts';
import { ownLastUse } from '../../../../smart-apps/ui/src/session/last-use.ts';
import { isAnythingUnderWay, underWay } from '../../../../smart-apps/ui/src/session/under-way.ts';

const minute = 60_000;
const limitMs = 10 * minute;
const open: Idle = { is: 'open' };
const over: Idle = { is: 'over' };

/** A machine whose clocks somebody moves, with tabs of one browser. */
const openMachine = () => {
  let [day, running] = [Date.UTC(2026, 10, 21, 9), 0];
  let isBusy = false;
  const lastUse = ownLastUse();
  return {
    lastUse,
    now: () => day,
    pass: (ms: number) => {
      day += ms;
      running += ms;
    },
    sleep: (ms: number) => {
      day += ms;
    },
    setClock: (ms: number) => {
      day += ms;
    },
    setBusy: (busy: boolean) => {
      isBusy = busy;
    },
    openTab: () =>
      watchIdle({
        ...{ lastUse, limitMs, isUnderWay: () => isBusy },
        clocks: { now: () => day, elapsed: () => running },
      }),
  };
};

describe('an app that nobody uses', () => {
  it('stays open until its last minute, counts that one down, and is locked at its end', () => {
    const machine = openMachine();
    const tab = machine.openTab();

    machine.pass(limitMs - minute - 1);
    expect(tab.look()).to.deep.equal(open);
    machine.pass(1);
    expect(tab.look()).to.deep.equal({ is: 'closing', secondsLeft: 60 });
    machine.pass(minute - 1500);
    expect(tab.look()).to.deep.equal({ is: 'closing', secondsLeft: 2 });
    machine.pass(1500);
    expect(tab.look()).to.deep.equal(over);
  });

  it('stays open from the last use on, also where that falls into the last minute', () => {
    const machine = openMachine();
    const tab = machine.openTab();
    machine.pass(limitMs - 1);

    expect(tab.note()).to.deep.equal(open);

    machine.pass(limitMs - 1);
    expect(tab.look()).to.deep.equal({ is: 'closing', secondsLeft: 1 });
  });

  it('is not opened by a use that comes too late', () => {
    const machine = openMachine();
    const tab = machine.openTab();
    const before = machine.lastUse.read();
    machine.pass(limitMs);

    expect(tab.note()).to.deep.equal(over);

    expect(machine.lastUse.read()).to.equal(before);
  });

  it('stays open while another tab is used', () => {
    const machine = openMachine();
    const [tab, other] = [machine.openTab(), machine.openTab()];
    machine.pass(limitMs - 1);
    other.note();
    machine.pass(limitMs - 1 - minute);

    expect(tab.look()).to.deep.equal(open);

    machine.pass(minute + 1);
    expect(tab.look()).to.deep.equal(over);
  });

  it('is locked when the machine wakes from a long sleep, in which no timer ran', () => {
    const machine = openMachine();
    const tab = machine.openTab();
    machine.pass(1000);
    tab.note();

    machine.sleep(limitMs);

    expect(tab.note()).to.deep.equal(over);
  });

  it('is locked after its time where somebody has set the clock back', () => {
    const machine = openMachine();
    const tab = machine.openTab();
    machine.setClock(-60 * minute);
    machine.pass(limitMs - 1);
    expect(tab.look()).to.deep.equal({ is: 'closing', secondsLeft: 1 });

    machine.pass(1);

    expect(tab.look()).to.deep.equal(over);
  });

  it('is not taken for idle where the browser has no room to keep the last use', () => {
    const machine = openMachine();
    const tab = watchIdle({
      ...{ limitMs, isUnderWay: () => false },
      clocks: { now: machine.now, elapsed: machine.now },
      lastUse: { read: () => machine.now() - 60 * minute, write: () => undefined },
    });

    expect(tab.look()).to.deep.equal(open);
  });

  it('stays open as long as something is under way, and its whole time after that', () => {
    const machine = openMachine();
    const tab = machine.openTab();
    machine.setBusy(true);
    for (let minutes = 0; minutes < 30; minutes += 1) {
      machine.pass(minute);
      expect(tab.look()).to.deep.equal(open);
    }
    machine.setBusy(false);

    machine.pass(limitMs - minute - 1);
    expect(tab.look()).to.deep.equal(open);
    machine.pass(minute + 1);
    expect(tab.look()).to.deep.equal(over);
  });

  it('is locked after a long sleep although something was under way', () => {
    const machine = openMachine();
    const tab = machine.openTab();
    machine.setBusy(true);
    machine.sleep(limitMs);

    expect(tab.look()).to.deep.equal(over);
  });

  it('is warned of for longer than the 20 seconds of WCAG 2.2.1, and after ten or fifteen minutes', () => {
    expect(noticeMs).to.be.at.least(20_000);
    expect(['portal', 'clinician', 'desk'].map(idleLimitMs)).to.deep.equal([
      ...[15 * minute, 10 * minute, 10 * minute],
    ]);
  });
});

describe('signing in to an app', () => {
  const now = Date.UTC(2026, 10, 21, 9);
  for (const [what, at, proof] of [
    ['goes on with the session of the server while the apps are used', now - limitMs + 1, {}],
    ['asks for the password anew once they were not', now - limitMs, { prompt: 'login' }],
    ['leaves it to the clock of the server where nobody knows', undefined, { max_age: '600' }],
    ['does not believe in a use that is yet to come', now + 1, { max_age: '600' }],
  ] as const)
    it(what, () => {
      expect(proofAskedFor(at, now, limitMs)).to.deep.equal(proof);
    });
});

describe('what is under way', () => {
  it('is so until it has ended, well or not', async () => {
    let finish = (): void => undefined;
    const long = underWay(() => new Promise<void>((done) => (finish = done)));
    const failed = underWay(() => Promise.reject(new Error('The line broke.')));

    await failed.catch(() => undefined);
    expect(isAnythingUnderWay()).to.equal(true);
    finish();
    await long;
    expect(isAnythingUnderWay()).to.equal(false);
  });
});
