import { afterAll, beforeAll, expect, it } from 'vitest';
import { people } from '../../src/sandbox/people.js';
import { clearFaults } from '../support/faults.js';
import { openRollcall, type Rollcall } from '../support/rollcall.js';
let rollcall: Rollcall;
beforeAll(async () => {
  rollcall = await openRollcall({ population: { people: people(12), groups: 3, membersPerGroup: 3, projects: 2, awkward: false } });
});
afterAll(() => rollcall.close());
const ids: any = { updraft: 'gid://updraft/User/1', velt: 'gid://velt/User/org-a/u-1', testrail: 'gid://testrail/User/1', tiledesk: 'gid://tiledesk/User/5b55e806c93dde0014000001/5ab0f3fa57066e0014000001', asa: 'gid://asa/User/acme/ana.lin' };
it('x', async () => {
  for (const status of [400, 401, 403, 404, 405, 409, 413, 415, 422, 429, 500, 503]) {
    const line: string[] = [];
    for (const s of Object.keys(ids)) {
      rollcall.sandbox.server(s).fault({ mode: 'status', status, body: {} });
      const a = await rollcall.ask('query($s:String!){ users(filter:{sources:[$s]}){ complete sources{ state code} } }', { s: s });
      const b = await rollcall.ask('query($i:ID!){ user(id:$i){ id name } }', { i: ids[s] });
      clearFaults(rollcall.sandbox);
      line.push(`${s}: ${a.data?.users.sources[0].state} ${a.data?.users.sources[0].code} err=${a.errors?.map((e) => e.extensions.code)} / one ${JSON.stringify(b.data?.user)} ${b.errors?.map((e) => e.extensions.code)}`);
    }
    console.log(status + '\n  ' + line.join('\n  '));
  }
  expect(1).toBe(1);
});
it('velt', async () => {
  for (const body of [{ result: { success: false, message: 'x' } }, { success: false }, {error:{message:'F',status:'INTERNAL',details:[{id:'u-1',success:false,message:'Failed.',code:'internal'}]}}]) for (const status of [200,500]) {
      rollcall.sandbox.server('velt').fault({ mode: 'status', status, body });
      const a = await rollcall.ask('{ users(filter:{sources:["velt"]}){ complete sources{ state code} } organizations(filter:{sources:["velt"]}){sources{code}} user(id:"gid://velt/User/org-a/u-1"){name} }');
      clearFaults(rollcall.sandbox);
      console.log(status, JSON.stringify(body), JSON.stringify(a.data), a.errors?.map((e) => e.extensions.code+' '+e.path));
  }
});
