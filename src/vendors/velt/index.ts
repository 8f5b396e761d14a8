import { z } from 'zod';
import { mapped } from '../../http/rest-call.js';
import { mappedPage } from '../page.js';
import type { Path, VendorDefinition } from '../vendor.js';
import * as mapping from './mapping.js';
import * as rest from './rest.js';

/** The client chooses these ids, and they travel in JSON: nearly everything is legal. */
const id = /^[^\p{Cc}\p{Cs}]{1,256}$/u;

/** Velt documents no limit for a write. So many keep its body small, and leave no more open when an answer is lost. */
const maxUsers = 250;

const oddId =
  'an id under `groups` needs 1 to 256 characters, none of them a control character: write it as Velt knows it';
/** Ids as keys, whose own message zod would not show. */
const byId = <Value extends z.ZodType>(value: Value) =>
  z.record(z.string().regex(id), value, { error: ({ code }) => (code === 'invalid_key' ? oddId : undefined) });
const Name = z.string().refine((name) => /^[^\p{Cc}\p{Cs}]{1,255}$/u.test(name.trim()), {
  error:
    'a group under `groups` needs a name of 1 to 255 characters, none of them a control character: write `groupId: "Name"`',
});
const Settings = z.strictObject({
  url: z.string(),
  apiKey: z.string(),
  authToken: z.string(),
  groups: byId(byId(Name)).optional(),
});

export const velt: VendorDefinition<z.infer<typeof Settings>> = {
  vendor: 'VELT',
  kind: 'velt',
  title: 'Velt',
  settings: Settings,
  secrets: ['apiKey', 'authToken'],
  connect(_sourceName, { url, apiKey, authToken, groups = {} }) {
    const personOf = (organizationId: string) => (user: rest.VeltUser) => mapping.toUser(user, organizationId);
    return {
      connection: {
        url,
        headers: { 'x-velt-api-key': apiKey, 'x-velt-auth-token': authToken },
        secrets: [apiKey, authToken],
      },
      paths: {
        Organization: { parts: [id] },
        VeltUserGroup: { parts: [id, id] },
        User: { parts: [id, id] },
      },
      serves: () => true,

      organizations: {
        within: [[]],
        scopeOf: () => [],
        many: {
          maxKeys: 30,
          call: (_scope, paths) =>
            mappedPage(
              rest.getOrganizationsById(paths.map(([organizationId]) => organizationId!)),
              mapping.toOrganization,
            ),
        },
        pages: () => mappedPage(rest.getOrganizations(), mapping.toOrganization),
      },
      users: {
        within: 'organizations',
        scopeOf: ([organizationId]) => [organizationId!],
        many: {
          maxKeys: 30,
          call: ([organizationId], paths) =>
            mappedPage(
              rest.getUsersById(
                organizationId!,
                paths.map(([, userId]) => userId!),
              ),
              personOf(organizationId!),
            ),
        },
        pages: ([organizationId]) => mappedPage(rest.getUsers(organizationId!), personOf(organizationId!)),
      },
      groups: {
        ledger: true,
        configured: mapping.toConfiguredGroups(groups),
        note: 'Velt documents no list of user groups: only those written through here or named in the configuration are shown.',
      },
      members: {
        pages: ([organizationId, groupId]) =>
          mappedPage(rest.getUsersOfGroup(organizationId!, groupId!), personOf(organizationId!)),
      },

      commands: {
        createUserGroups([organizationId], wanted, createOrganization) {
          const data = mapping.toAddUserGroupsData(organizationId!, wanted, createOrganization);
          return {
            items: wanted.map(({ groupId }) => [organizationId!, groupId]),
            call: mapped(rest.addUserGroups(data), (items) => mapping.toCreatedGroups(items, organizationId!, wanted)),
          };
        },
        addMembers({ path }, members) {
          return inCalls(members).map((items) => {
            const call = rest.addUsersToGroup(mapping.toUsersOfGroupData(path, items));
            return { items, call: mapped(call, (told) => mapping.toAddedUsers(told, path, items)) };
          });
        },
        removeMembers({ path }, members) {
          return inCalls(members).map((items) => {
            const call = rest.deleteUsersFromGroup(mapping.toUsersOfGroupData(path, items));
            return { items, call: mapped(call, (told) => mapping.toRemovedUsers(told, path, items)) };
          });
        },
      },
      memberEdits: 'answer',
    };
  },
};

/** The members of each call, in order. */
function inCalls(members: readonly Path[]): Path[][] {
  const calls = Math.ceil(members.length / maxUsers);
  return Array.from({ length: calls }, (_, at) => members.slice(at * maxUsers, (at + 1) * maxUsers));
}
