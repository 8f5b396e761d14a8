import { z } from 'zod';
import { encodePart, type JsonObject, type RestCall } from '../../http/rest-call.js';

const id = z.number().int();
/** Ids, or rows that have one. */
const ids = z.array(z.union([id, z.object({ id }).transform((row) => row.id)]));

const UpdraftUser = z.object({
  user_id: id,
  username: z.string().nullish(),
  first_name: z.string().nullish(),
  last_name: z.string().nullish(),
});
export type UpdraftUser = z.infer<typeof UpdraftUser>;

// The page names `id`, `project_title` and `user_detail`; the rest is known from the vendor's own migration tool.
const UpdraftApp = z.object({
  id,
  title: z.string().nullish(),
  project_title: z.string().nullish(),
  organization: id.nullish(),
  project_app: id.nullish(),
  project_detail: z.object({ id, project_title: z.string().nullish() }).nullish(),
  user_detail: z.array(UpdraftUser).nullish(),
});
export type UpdraftApp = z.infer<typeof UpdraftApp>;

// Of what a create answers, only what nobody could do without may refuse it: it is told this once.
const UpdraftDistributionGroup = z.object({ id, title: z.string() });
export type UpdraftDistributionGroup = z.infer<typeof UpdraftDistributionGroup>;

const UpdraftPermissionGroup = z.object({ id, title: z.string(), projects: ids.nullish().catch(null) });
export type UpdraftPermissionGroup = z.infer<typeof UpdraftPermissionGroup>;

const UpdraftTester = z.object({ id, email: z.string(), groups: ids.nullish().catch(null) });
export type UpdraftTester = z.infer<typeof UpdraftTester>;

// https://docs.getupdraft.com/api/rest-api
export function getApplications(organizationId: string): RestCall<UpdraftApp[]> {
  return {
    does: 'read',
    method: 'GET',
    path: `/api/applications/?org=${encodePart(organizationId)}`,
    parse: (answer) => z.array(UpdraftApp).parse(answer),
  };
}

// https://docs.getupdraft.com/api/rest-api/distribution-group-and-permission-group-api
export function createDistributionGroup(body: { app: number; title: string }): RestCall<UpdraftDistributionGroup> {
  return { ...create('/api/group-testers/', body), parse: (answer) => UpdraftDistributionGroup.parse(answer) };
}

// https://docs.getupdraft.com/api/rest-api/distribution-group-and-permission-group-api
export function createTester(body: { email: string; app: null; groups: number[] }): RestCall<UpdraftTester> {
  return { ...create('/api/testers/', body), parse: (answer) => UpdraftTester.parse(answer) };
}

// https://docs.getupdraft.com/api/rest-api/distribution-group-and-permission-group-api
export function createPermissionGroup(body: { title: string; organization: number }): RestCall<UpdraftPermissionGroup> {
  return { ...create('/api/groupsinorgs/', body), parse: (answer) => UpdraftPermissionGroup.parse(answer) };
}

// https://docs.getupdraft.com/api/rest-api/distribution-group-and-permission-group-api
export function addUserToGroups(body: { user: number; groups: number[] }): RestCall<void> {
  return { ...create('/api/useringrouporg/', body), answersNothing: true, parse: () => undefined };
}

/** Every path ends with a slash: without it Updraft may redirect, and a redirected POST is lost. */
function create(path: `/api/${string}/`, body: JsonObject) {
  return { does: 'write', method: 'POST', path, body } as const;
}
