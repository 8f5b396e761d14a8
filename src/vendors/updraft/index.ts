import { z } from 'zod';
import { mapped, partOf, type RestCall } from '../../http/rest-call.js';
import type { Page, Path, VendorDefinition } from '../vendor.js';
import * as mapping from './mapping.js';
import * as rest from './rest.js';

const number = /^[1-9][0-9]{0,14}$/;

const Organization = z.number().refine((id) => number.test(String(id)), {
  error: 'an organization of Updraft is a whole number above 0, as in `organizations: [12]`',
});
const Settings = z.strictObject({
  url: z.string(),
  token: z.string(),
  organizations: z.array(Organization).min(1, {
    error: '`organizations` needs at least one, since Updraft lists none: name them, as in `organizations: [12]`',
  }),
  tokenPrefix: z
    .string()
    .regex(/^[!-~]*$/, { error: '`tokenPrefix` is one word of visible ASCII, or "" for the token alone' })
    .default('Token'),
  appIs: z.enum(['project', 'app'], { error: '`appIs` is project or app' }).default('project'),
});

type FromApps<Row> = (apps: readonly rest.UpdraftApp[], organization: Path, appIs: mapping.AppIs) => Row[];

export const updraft: VendorDefinition<z.infer<typeof Settings>> = {
  vendor: 'UPDRAFT',
  kind: 'updraft',
  title: 'Updraft',
  settings: Settings,
  secrets: ['token'],
  connect(_sourceName, { url, token, organizations, tokenPrefix, appIs }) {
    const configured = [...new Set(organizations)].map(mapping.toOrganization);
    const scopes = configured.map(({ path }) => path);
    /** The one list that Updraft documents: of apps, which name both projects and users. */
    const listed = <Row>(organization: Path, toRows: FromApps<Row>): RestCall<Page<Row>> =>
      partOf(rest.getApplications(organization[0]!), (apps) => ({
        rows: toRows(apps, organization, appIs),
        next: null,
      }));
    const joined = (user: Path, groups: readonly Path[]) =>
      mapped(rest.addUserToGroups({ user: Number(user[0]), groups: mapping.toNumbers(groups) }), () =>
        mapping.toAddedUser(user, groups),
      );
    return {
      connection: {
        url,
        headers: { authorization: tokenPrefix === '' ? token : `${tokenPrefix} ${token}` },
        secrets: [token],
      },
      paths: {
        Organization: { parts: [number] },
        Project: { parts: [number] },
        UpdraftDistributionGroup: { parts: [number] },
        UpdraftPermissionGroup: { parts: [number] },
        User: { parts: [number] },
        Tester: { parts: [number] },
      },
      serves: ({ type, path }) => type !== 'Organization' || scopes.some(([id]) => id === path[0]),

      organizations: { configured },
      projects: {
        within: scopes,
        scopeOf: () => null,
        pages: (organization) => listed(organization, mapping.toProjects),
      },
      users: {
        within: scopes,
        scopeOf: () => null,
        pages: (organization) => listed(organization, mapping.toUsers),
        note: 'Updraft tells only the users of at least one app.',
      },
      groups: {
        ledger: true,
        note: 'Updraft documents no list of groups: only those written through here are shown.',
      },
      testers: {
        ledger: true,
        note: 'Updraft documents no list of testers: only those added through here are shown.',
      },
      members: 'ledger',
      groupsOfProject: 'ledger',
      usersOfProject: 'row',

      commands: {
        createDistributionGroup: (project, title) => ({
          items: [],
          call: mapped(rest.createDistributionGroup({ app: Number(project[0]), title }), (group) =>
            mapping.toCreatedDistributionGroup(group, project),
          ),
        }),
        createPermissionGroup: (organization, title) => ({
          items: [],
          call: mapped(rest.createPermissionGroup({ title, organization: Number(organization[0]) }), (group) =>
            mapping.toCreatedPermissionGroup(group, organization),
          ),
        }),
        addTester: (email, groups) => ({
          items: groups,
          call: mapped(rest.createTester({ email, app: null, groups: mapping.toNumbers(groups) }), (tester) =>
            mapping.toAddedTester(tester, groups),
          ),
        }),
        addUserToGroups: (user, groups) => ({ items: groups, call: joined(user, groups) }),
        addMembers: ({ path }, members) => members.map((user) => ({ items: [user], call: joined(user, [path]) })),
      },
      memberEdits: 'answer',
      groupOperations: ({ type }) => (type === 'UpdraftDistributionGroup' ? ['ADD_TESTER'] : ['ADD_MEMBERS']),
    };
  },
};
