import type {
  AddUpdraftTesterInput,
  AddUpdraftUserToPermissionGroupsInput,
  CreateUpdraftDistributionGroupInput,
  CreateUpdraftPermissionGroupInput,
} from '../../../schema/updraft-group.js';
import { doneItems } from '../../writes/carry-out.js';
import { groupNow } from './group-now.js';
import { answersOf, creation, writtenValue, type Mutation } from './mutation.js';

const vendor = 'UPDRAFT';

export const createUpdraftDistributionGroup: Mutation<CreateUpdraftDistributionGroupInput> = {
  payload: 'GroupPayload',
  intend({ check }, input) {
    const project = check.id(['project'], input.project, { type: 'Project', vendor });
    const title = check.name(['title'], input.title);
    if (!project || !title) return null;
    const { source, ref } = project;
    return creation(source, source.adapter.commands.createDistributionGroup!(ref.path, title));
  },
};

export const createUpdraftPermissionGroup: Mutation<CreateUpdraftPermissionGroupInput> = {
  payload: 'GroupPayload',
  intend({ check }, input) {
    const organization = check.id(['organization'], input.organization, { type: 'Organization', vendor });
    const title = check.name(['title'], input.title);
    if (!organization || !title) return null;
    const { source, ref } = organization;
    return creation(source, source.adapter.commands.createPermissionGroup!(ref.path, title));
  },
};

export const addUpdraftTester: Mutation<AddUpdraftTesterInput> = {
  payload: 'TesterPayload',
  intend({ check }, input) {
    const email = check.email(['email'], input.email);
    const groups = check.groups(['groups'], input.groups, 'UpdraftDistributionGroup');
    if (!email || !groups) return null;
    const { source } = groups[0]!;
    const paths = groups.map(({ ref }) => ref.path);
    return {
      source,
      plan: [source.adapter.commands.addTester!(email, paths)],
      items: groups,
      writes: 'tester',
      show(written) {
        const [tester] = answersOf(written).flatMap((answer) => answer.tester ?? []);
        return { tester: tester ? writtenValue(source, tester) : null };
      },
    };
  },
};

export const addUpdraftUserToPermissionGroups: Mutation<AddUpdraftUserToPermissionGroupsInput> = {
  payload: 'GroupsPayload',
  intend({ request, info, check }, input) {
    const user = check.id(['user'], input.user, { type: 'User', vendor });
    const groups = check.groups(['groups'], input.groups, 'UpdraftPermissionGroup', user?.source);
    if (!user || !groups) return null;
    const { source, ref } = user;
    const paths = groups.map((group) => group.ref.path);
    return {
      source,
      plan: [source.adapter.commands.addUserToGroups!(ref.path, paths)],
      items: groups,
      writes: 'members',
      async show(written) {
        const meant = written ? written.carried.flatMap(doneItems) : paths;
        const refs = meant.map((path) => ({ type: 'UpdraftPermissionGroup', path }) as const);
        const known = await Promise.all(refs.map((group) => groupNow(request, info, source, group)));
        return { groups: known.filter((group) => group !== null) };
      },
    };
  },
};
