import { afterAll, beforeAll } from 'vitest';
import { openSandbox, type Sandbox } from '../../src/sandbox/sandbox.js';
import { boxes } from '../../src/vendors/all.js';
import type { Editor } from './crowd.js';
import { makeGroup, manyPeople, type EditedGroup, type WholeListSource } from './edited-group.js';
import { editsThrough } from './edits-through.js';
import { startRollcall, type RollcallProcess } from './rollcall-process.js';

export interface CrowdedHouse {
  readonly url: string;
  /** A new group with so many members. */
  group(source: WholeListSource, size?: number): EditedGroup;
  editor(group: EditedGroup): Editor;
}

/** For all tests of a file: Rollcall in a process of its own, over a sandbox of many people that stays with the tests. */
export function crowdedHouse(ofEach: object = {}, limits: object = {}): CrowdedHouse {
  let sandbox: Sandbox;
  let rollcall: RollcallProcess;
  beforeAll(async () => {
    sandbox = await openSandbox(boxes, { population: manyPeople });
    rollcall = await startRollcall(sandbox, ofEach, limits);
  });
  afterAll(async () => {
    await rollcall.close();
    await sandbox.close();
  });
  return {
    get url() {
      return rollcall.url;
    },
    group: (source, size) => makeGroup(sandbox, source, size),
    editor: (group) => editsThrough(rollcall.url, group),
  };
}
