import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { Admission } from '../../src/server/admission/admission.js';
import type { Load } from '../../src/server/admission/load.js';
import { Share } from '../../src/server/admission/share.js';
import { until } from '../support/until.js';

const calm: Load = { utilization: 0.1, stallMs: 0, isMemoryShort: false };

/** An admission that believes what the test says of the load. */
class Scene {
  load = calm;
  readonly started: string[] = [];
  readonly refused: string[] = [];
  readonly admission: Admission;

  constructor(limit: number) {
    this.admission = new Admission(limit, { start() {}, stop() {}, look: () => this.load });
  }

  /** Gives what ends it. */
  come(caller: string, name = caller): () => void {
    return this.admission.admit({
      caller,
      kind: 'operation',
      start: () => void this.started.push(name),
      refuse: () => void this.refused.push(name),
    });
  }

  many(caller: string, count: number): (() => void)[] {
    return Array.from({ length: count }, (_, nth) => this.come(caller, `${caller}${nth}`));
  }

  /** Lets the admission look at the load it is told of. */
  async lookAt(load: Partial<Load>): Promise<void> {
    this.load = { ...calm, ...load };
    await pause(250);
  }
}

const scenes: Scene[] = [];
const scene = (limit = 256) => {
  const made = new Scene(limit);
  scenes.push(made);
  return made;
};
afterEach(() => {
  for (const { admission } of scenes.splice(0)) admission.rest();
});

describe('what is turned away', () => {
  it('is what comes when as many operations as limits.inFlight says are in flight, and nothing before', async () => {
    const at = scene(100);

    at.many('a', 100);
    expect(at.refused).toEqual([]);
    at.come('a', 'late');

    expect(at.refused).toEqual(['late']);
    expect(at.admission.counts).toMatchObject({ inFlight: 100, shed: 1 });
    await until(() => at.started.length === 100);
  });

  it.each([
    ['the event loop lets others wait', { stallMs: 300 }],
    ['memory is short', { isMemoryShort: true }],
  ])('is what comes while %s, but nothing below 64 operations in flight', async (_what, load) => {
    const at = scene();
    at.many('a', 10);
    await at.lookAt(load);

    at.many('b', 54);
    expect(at.refused).toEqual([]);
    expect(at.admission.counts.inFlight).toBe(64);
    at.many('a', 60);

    expect(at.refused.length).toBeGreaterThan(0);
    await at.lookAt(calm);
    at.refused.length = 0;
    at.come('b', 'in calm');
    expect(at.refused).toEqual([]);
  });

  it('is what would wait behind somebody who has waited for a second', async () => {
    const at = scene();
    at.many('a', 2);
    await until(() => at.started.length === 2);
    await at.lookAt({ utilization: 1, stallMs: 100 });
    at.many('a', 70);

    at.come('a', 'soon');
    expect(at.refused).toEqual([]);
    await pause(1_100);
    at.come('a', 'late');

    expect(at.refused).toEqual(['late']);
  });
});

describe('what gets in', () => {
  it('begins in turns of its own, so that what comes meanwhile is heard in between', async () => {
    const at = scene();
    const turns: number[] = [];
    let turn = 0;
    const count = () => {
      turn += 1;
      if (turn < 200) setImmediate(count);
    };
    setImmediate(count);
    for (let nth = 0; nth < 20; nth += 1) {
      at.admission.admit({ caller: 'a', kind: 'operation', start: () => void turns.push(turn), refuse() {} });
    }

    await until(() => turns.length === 20);

    expect(new Set(turns).size).toBe(20);
  });

  it('is counted until its answer is out, and one who leaves before his turn never begins', async () => {
    const at = scene();
    const [first, second] = [at.come('a', 'first'), at.come('a', 'second')];
    second();
    await until(() => at.started.length === 1);
    await pause(20);

    expect(at.started).toEqual(['first']);
    expect(at.admission.counts).toEqual({ inFlight: 1, waiting: 0, shed: 0 });
    first();
    expect(at.admission.counts).toEqual({ inFlight: 0, waiting: 0, shed: 0 });
  });
});

describe('how many of one caller are answered at once', () => {
  const spread = { callers: 1, busiest: 40 };

  it('halves while the event loop is late, down to 2, and never for operations that wait while it has nothing to do', () => {
    const [late, idle] = [new Share(256), new Share(256)];

    const two = { ...spread, callers: 2 };

    late.adjust({ utilization: 0.9, stallMs: 80 }, two);
    expect(late.most).toBe(20);
    for (let nth = 0; nth < 10; nth += 1) late.adjust({ utilization: 0.9, stallMs: 80 }, two);
    expect(late.most).toBe(2);

    idle.adjust({ utilization: 0.2, stallMs: 80 }, spread);
    expect(idle.most).toBe(256);
  });

  it('is not bounded for one alone who keeps the event loop busy and not late, and is with another beside him', () => {
    const [alone, shared] = [new Share(256), new Share(256)];

    alone.adjust({ utilization: 1, stallMs: 5 }, spread);
    shared.adjust({ utilization: 1, stallMs: 5 }, { ...spread, callers: 2 });

    expect([alone.most, shared.most]).toEqual([256, 20]);
  });

  it('is never below 64 for one alone, so that edits of one group can share their calls', () => {
    const share = new Share(256);

    for (let nth = 0; nth < 10; nth += 1) share.adjust({ utilization: 1, stallMs: 80 }, spread);

    expect(share.most).toBe(64);
  });

  it('grows again from what is under way', () => {
    const share = new Share(256);
    for (let nth = 0; nth < 10; nth += 1) share.adjust({ utilization: 1, stallMs: 80 }, spread);

    share.adjust({ utilization: 0.1, stallMs: 0 }, { callers: 1, busiest: 100 });

    expect(share.most).toBe(104);
  });
});
