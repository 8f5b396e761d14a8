/** One line a vendor, twice: its adapter and its sandbox. The folder holds the rest. */
import type { BoxDefinition } from './boxed.js';
import type { VendorDefinition } from './vendor.js';
import { oktaAsa } from './okta-asa/index.js';
import { oktaAsaBox } from './okta-asa/sandbox.js';
import { testrail } from './testrail/index.js';
import { testrailBox } from './testrail/sandbox.js';
import { tiledesk } from './tiledesk/index.js';
import { tiledeskBox } from './tiledesk/sandbox.js';
import { updraft } from './updraft/index.js';
import { updraftBox } from './updraft/sandbox.js';
import { velt } from './velt/index.js';
import { veltBox } from './velt/sandbox.js';

export const vendors: readonly VendorDefinition[] = [updraft, velt, testrail, tiledesk, oktaAsa];

export const boxes: readonly BoxDefinition[] = [updraftBox, veltBox, testrailBox, tiledeskBox, oktaAsaBox];
