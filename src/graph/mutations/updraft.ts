import type {
  AddUpdraftTesterInput,
  AddUpdraftUserToPermissionGroupsInput,
  CreateUpdraftDistributionGroupInput,
  CreateUpdraftPermissionGroupInput,
} from '../../../schema/updraft-group.js';
import { doneItems } from '../../writes/carry-out.js';
import { answersOf, creation, type Mutation } from './mutation.js';

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
      is: 'steps',
      source,
      plan: [source.adapter.commands.addTester!(email, paths)],
      items: groups,
      expects: null,
      writes: 'tester',
      show(carried) {
        const [tester] = answersOf(carried).flatMap((answer) => answer.tester ?? []);
        return { tester: tester ?? null };
      },
    };
  },
};

export const addUpdraftUserToPermissionGroups: Mutation<AddUpdraftUserToPermissionGroupsInput> = {
  payload: 'GroupsPayload',
  intend({ check }, input) {
    const user = check.id(['user'], input.user, { type: 'User', vendor });
    const groups = check.groups(['groups'], input.groups, 'UpdraftPermissionGroup', user?.source);
    if (!user || !groups) return null;
    const { source, ref } = user;
    const paths = groups.map((group) => group.ref.path);
    return {
      is: 'steps',
      source,
      plan: [source.adapter.commands.addUserToGroups!(ref.path, paths)],
      items: groups,
      expects: null,
      writes: 'members',
      show(carried) {
        const touched = carried ? carried.flatMap(doneItems) : paths;
        return { touched: touched.map((path) => ({ type: 'UpdraftPermissionGroup', path })) };
      },
    };
  },
};
