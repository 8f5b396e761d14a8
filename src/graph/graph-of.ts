import { candidates, memberCount, members } from './members.js';
import { createdBy, nameOf, organizationOf, projectOf, userDetail } from './details.js';
import type { Graph } from './graph.js';
import { ledgerEntry } from './ledger-entry.js';
import * as lists from './lists.js';
import { memberships } from './memberships.js';
import { mutate } from './mutations/mutate.js';
import { groupsOf, projectsOf, usersOf } from './nested.js';
import { lookUp, node, nodes } from './nodes.js';
import type { Request } from './request.js';
import { lastSeen } from './status.js';
import { sourceValue } from './values.js';

/** The graph of one request: all that its resolvers may ask. */
export function graphOf(request: Request): Graph {
  const { sources } = request;
  return {
    node: (info, id) => node(request, info, id),
    nodes: (info, ids) => nodes(request, info, ids),
    lookUp: (info, noun, id) => lookUp(request, info, noun, id),

    sources: () => sources.all.map(sourceValue),
    source: (name) => {
      const source = sources.get(name);
      return source ? sourceValue(source) : null;
    },
    status: ({ name }) => {
      request.isOfTheMoment = true;
      return lastSeen(sources.get(name)!);
    },

    organizations: (info, args) => lists.organizations(request, info, args),
    projects: (info, args) => lists.projects(request, info, args),
    groups: (info, args) => lists.groups(request, info, args),
    users: (info, args) => lists.users(request, info, args),
    testers: (info, args) => lists.testers(request, info, args),
    memberships: (info, args) => memberships(request, info, args),

    sourceOf: ({ sourceName }) => sourceValue(sources.get(sourceName)!),
    organizationOf: (info, value) => organizationOf(request, info, value),
    projectOf: (_info, value) => projectOf(request, value),
    nameOf: (info, value) => nameOf(request, info, value),
    userDetail: (info, user, field) => userDetail(request, info, user, field),
    memberCount: (info, group) => memberCount(request, info, group),
    members: (info, group, args) => members(request, info, group, args),
    candidates: (info, group, args) => candidates(request, info, group, args),
    createdBy: (_info, group) => createdBy(request, group),
    projectsOf: (info, value, args) => projectsOf(request, info, value, args),
    groupsOf: (info, value, args) => groupsOf(request, info, value, args),
    usersOf: (info, value, args) => usersOf(request, info, value, args),

    mutate: (info, mutation, input) => mutate(request, info, mutation, input),
    ledgerEntry: (key, mutation) => {
      request.isOfTheMoment = true;
      return ledgerEntry(request, key, mutation);
    },
  };
}
