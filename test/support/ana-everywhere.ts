import { people } from '../../src/sandbox/people.js';
import type { AsaState } from '../../src/vendors/okta-asa/sandbox.js';
import type { TestRailState } from '../../src/vendors/testrail/sandbox.js';
import type { TiledeskState } from '../../src/vendors/tiledesk/sandbox.js';
import { distributionGroup, membership, permissionGroup, tester, veltGroup } from './facts.js';
import { listen } from './heard.js';
import { openRollcall } from './rollcall.js';

export type AnaEverywhere = Awaited<ReturnType<typeof openAnaEverywhere>>;

/** Our server over a small company in which Ana Lin is in some groups at all five vendors, also as a tester. */
export async function openAnaEverywhere() {
  const population = { people: people(30), groups: 6, membersPerGroup: 5, projects: 2, awkward: true };
  const rollcall = await openRollcall({ population });
  const { server } = rollcall.sandbox;
  const testrail = server<TestRailState>('testrail').box.state;
  const tiledesk = server<TiledeskState>('tiledesk').box.state;
  const asa = server<AsaState>('asa').box.state;

  const [ring, leads] = [distributionGroup('55', 'Ring', '901'), permissionGroup('31', 'Leads', '12')];
  const testers = [tester('700', 'ANA.LIN@example.com'), tester('701', 'other@example.com')];
  const inside = testers.map(({ row }) => membership(ring, 'Tester', row.path));
  const updraft = [ring, leads, ...testers, ...inside, membership(leads, 'User', ['1'])];
  await rollcall.ledger.remember('updraft', 'local', updraft, new Date());
  const ops = veltGroup('org-a', 'ops', 'Ops');
  const crew = ['u-1', 'u-2'].map((id) => membership(ops, 'User', ['org-a', id]));
  await rollcall.ledger.remember('velt', 'local', [ops, ...crew], new Date());

  const ana = people(1)[0]!.email;
  const anaAtTiledesk = tiledesk.users.find(({ email }) => email === ana)!._id;
  const anaAtAsa = asa.users.find(({ details }) => details?.email === ana)!.id;
  return {
    rollcall,
    testrail,
    desks: tiledesk.projects.slice(0, 2).map(({ _id }) => _id),
    ana,
    anaAtTiledesk,
    /** The names of Ana's groups, as each vendor keeps them. */
    groupsOfAna: {
      testrail: testrail.groups.filter(({ user_ids }) => user_ids.includes(1)).map(({ name }) => name),
      tiledesk: (desk: string) =>
        tiledesk.groups
          .filter((one) => one.id_project === desk && !one.trashed && one.members.includes(anaAtTiledesk))
          .map(({ name }) => name!),
      asa: asa.groups
        .filter(({ id, name }) => name !== 'dismissed' && asa.members.get(id)!.includes(anaAtAsa))
        .map(({ name }) => name),
    },
    async groups(filter: object) {
      const heard = listen(rollcall.sandbox);
      const query = `query ($filter: GroupFilter) { groups(filter: $filter, first: 1000) {
        totalCount complete nodes { id name } sources { source state origin }
      } }`;
      const { data, errors } = await rollcall.ask(query, { filter });
      const { groups } = data as { groups: any };
      return { groups, errors, names: groups.nodes.map(({ name }: any) => name) as string[], heard: heard() };
    },
  };
}
