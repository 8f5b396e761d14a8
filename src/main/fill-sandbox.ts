import type { FastifyInstance } from 'fastify';
import { people } from '../sandbox/people.js';

/** One mutation, and its input as the sandbox's data allows it. */
type Write = readonly [mutation: string, inputType: string, input: Readonly<Record<string, unknown>>];

/**
 * Makes a few groups, testers and memberships at the vendors that tell nobody of theirs, so that the first query shows
 * all five. They go the way of every write: mutation, vendor, ledger.
 */
export async function fillSandbox(app: FastifyInstance): Promise<void> {
  const beta = await write(app, distributionGroup('901', 'Beta ring'));
  const reviewers = await write(app, distributionGroup('902', 'Store reviewers'));
  const leads = await write(app, permissionGroup('12', 'Leads'));
  await write(app, veltGroups());
  const emails = people(9).map(({ email }) => email);
  for (const [at, email] of emails.entries()) {
    await write(app, [
      'addUpdraftTester',
      'AddUpdraftTesterInput',
      { email, groups: at % 3 === 0 ? [beta, reviewers] : [at % 3 === 1 ? beta : reviewers] },
    ]);
  }
  await write(app, [
    'addGroupMembers',
    'GroupMembersInput',
    { group: leads, members: ['1', '5', '9'].map((id) => `gid://updraft/User/${id}`) },
  ]);
  for (const [group, ids] of Object.entries({ release: ['u-1', 'u-2', 'u-5'], ops: ['u-1', 'u-8'] })) {
    const members = ids.map((id) => `gid://velt/User/org-a/${id}`);
    await write(app, [
      'addGroupMembers',
      'GroupMembersInput',
      { group: `gid://velt/VeltUserGroup/org-a/${group}`, members },
    ]);
  }
}

function distributionGroup(project: string, title: string): Write {
  return [
    'createUpdraftDistributionGroup',
    'CreateUpdraftDistributionGroupInput',
    { project: `gid://updraft/Project/${project}`, title },
  ];
}

function permissionGroup(organization: string, title: string): Write {
  return [
    'createUpdraftPermissionGroup',
    'CreateUpdraftPermissionGroupInput',
    { organization: `gid://updraft/Organization/${organization}`, title },
  ];
}

function veltGroups(): Write {
  const groups = [
    { groupId: 'release', groupName: 'Release crew' },
    { groupId: 'ops', groupName: 'Operations' },
  ];
  return ['addVeltUserGroups', 'AddVeltUserGroupsInput', { organization: 'gid://velt/Organization/org-a', groups }];
}

interface Answer {
  readonly data?: Readonly<
    Record<string, { readonly userErrors: readonly { message: string }[]; readonly group?: { id: string } | null }>
  >;
  readonly errors?: readonly { message: string }[];
}

/** Sends one mutation to the graph; the id of the group in its answer, if it has one. */
async function write(app: FastifyInstance, [mutation, inputType, input]: Write): Promise<string> {
  const hasGroup = mutation.startsWith('create') || mutation === 'addGroupMembers';
  const query = `mutation ($input: ${inputType}!) { ${mutation}(input: $input) { userErrors { message } ${hasGroup ? 'group { id }' : ''} } }`;
  const response = await app.inject({ method: 'POST', url: '/graphql', payload: { query, variables: { input } } });
  const { data, errors } = response.json<Answer>();
  const problem = errors?.[0] ?? data?.[mutation]?.userErrors[0];
  if (problem) throw new Error(`The sandbox could not be filled: ${mutation}: ${problem.message}`);
  return data?.[mutation]?.group?.id ?? '';
}
