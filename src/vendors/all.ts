/** One line a vendor, twice: its adapter and its sandbox. The folder holds the rest. */
import type { BoxDefinition } from './boxed.js';
import type { VendorDefinition } from './vendor.js';
import { testrail } from './testrail/index.js';
import { testrailBox } from './testrail/sandbox.js';
import { tiledesk } from './tiledesk/index.js';
import { tiledeskBox } from './tiledesk/sandbox.js';
import { velt } from './velt/index.js';
import { veltBox } from './velt/sandbox.js';

export const vendors: readonly VendorDefinition[] = [velt, testrail, tiledesk];

export const boxes: readonly BoxDefinition<any>[] = [veltBox, testrailBox, tiledeskBox];
