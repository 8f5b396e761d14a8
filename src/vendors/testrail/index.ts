import { z } from 'zod';
import { mapped, type RestCall } from '../../http/rest-call.js';
import { mappedPage } from '../page.js';
import { sourceNamePattern, UserRefs, type VendorDefinition, type WriteStep } from '../vendor.js';
import * as mapping from './mapping.js';
import * as rest from './rest.js';

/** As long as numbers in JSON are exact. */
const number = /^[1-9][0-9]{0,14}$/;

const Settings = z.strictObject({
  url: z.string(),
  // HTTP Basic ends the name at the first colon.
  user: z.string().regex(/^[^:]+$/, { error: 'must be an address without a colon; change it' }),
  apiKey: z.string(),
});

export const testrail: VendorDefinition<z.infer<typeof Settings>> = {
  vendor: 'TESTRAIL',
  kind: 'testrail',
  title: 'TestRail',
  settings: Settings,
  secrets: ['apiKey'],
  connect(sourceName, { url, user, apiKey }) {
    const basic = Buffer.from(`${user}:${apiKey}`).toString('base64');
    const refs = new UserRefs();
    const group = (row: rest.TestRailGroup) => mapping.toGroup(row, sourceName, refs);
    const person = (row: rest.TestRailUser) => mapping.toUser(row, sourceName);
    const project = (row: rest.TestRailProject) => mapping.toProject(row, sourceName);
    const written = (call: RestCall<rest.TestRailGroup>): WriteStep => ({
      items: [],
      call: mapped(call, (row) => ({ group: group(row), facts: [] })),
    });
    const everything = { within: [[]], scopeOf: () => [] };
    return {
      connection: {
        url,
        headers: { authorization: `Basic ${basic}` },
        // Some installations write a line of their own before the JSON.
        bannerBeforeJson: /^[^\n{["]*\n(?=\s*[{["])/,
        // The daily maintenance of the cloud.
        codes: { 409: 'VENDOR_UNAVAILABLE' },
        secrets: [apiKey, basic],
      },
      paths: {
        Organization: { parts: [sourceNamePattern] },
        Project: { parts: [number] },
        User: { parts: [number] },
        TestRailGroup: { parts: [number] },
      },
      serves: ({ type, path }) => type !== 'Organization' || path[0] === sourceName,

      organizations: { configured: [mapping.toOrganization(sourceName)] },
      projects: {
        ...everything,
        one: ([id]) => mapped(rest.getProject(id!), project),
        pages: () => mappedPage(rest.getProjects(), project),
      },
      users: {
        ...everything,
        one: ([id]) => mapped(rest.getUser(id!), person),
        pages: () => mappedPage(rest.getUsers(), person),
        sideBySide: true,
      },
      groups: {
        ...everything,
        one: ([id]) => mapped(rest.getGroup(id!), group),
        pages: () => mappedPage(rest.getGroups(), group),
        // An assumption: ids are integers that TestRail assigns, and in which order it does not say.
        isNumbered: true,
      },
      members: 'carried',
      groupsOfProject: 'row',
      usersOfProject: { pages: ([id]) => mappedPage(rest.getUsersOfProject(id!), person) },
      userByEmail: (email) => mapped(rest.getUserByEmail(email), person),

      commands: {
        createGroup: (_organization, input) => written(rest.addGroup(mapping.toGroupBody(input))),
        // Name and users always go together: what becomes of the one that is left out is not documented.
        replaceMembers: ({ path: [id], name }, members) =>
          written(rest.updateGroup(id!, mapping.toGroupBody({ name, members }))),
        updateGroup: {
          changes: ['name'],
          step: (row, { name }) => written(rest.updateGroup(row.path[0]!, mapping.toRenamedGroupBody(row, name!))),
        },
        deleteGroup: ({ path: [id] }) => ({
          items: [],
          call: mapped(rest.deleteGroup(id!), () => ({ facts: [] })),
        }),
      },
      groupBefore: { writes: ['members', 'update'], read: ([id]) => mapped(rest.getWholeGroup(id!), group) },
    };
  },
};
