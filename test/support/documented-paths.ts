import type { JournalEntry } from '../../src/sandbox/journal.js';

/** One part of a path: percent-encoded, and nothing that leads elsewhere when somebody decodes it. */
const name =
  '(?!(?:\\.|%2[eE]){1,2}(?:[/?]|$))(?:[A-Za-z0-9._~-]|%(?!2[fF]|5[cC]|00|25|3[fF]|23|0|1|7[fF])[0-9A-F]{2})+';
const number = '[1-9][0-9]{0,14}';
const objectId = '[0-9a-f]{24}';
const email = '(?:[A-Za-z0-9._~-]|%[0-9A-F]{2})+';
const paging = '(?:&limit=[0-9]+&offset=[0-9]+)?';
const parameters = '\\?[a-z_]+=[A-Za-z0-9_-]+(?:&[a-z_]+=[A-Za-z0-9_-]+)*';
const listed = `(?:${parameters})?`;

const team = '/v1/teams/acme';
const rail = '/index\\.php\\?/api/v2';
const desk = `/v3/${objectId}`;

/** The requests that the vendors' pages describe, as far as anything here has use for them, by source of the sandbox. */
const documented: Readonly<Record<string, readonly string[]>> = {
  updraft: [
    `GET /api/applications/\\?org=${number}`,
    'POST /api/(?:group-testers|testers|groupsinorgs|useringrouporg)/',
  ],
  velt: [
    'POST /v2/(?:organizations|users)/get',
    'POST /v2/organizations/usergroups/(?:users/)?add',
    'POST /v2/organizations/usergroups/users/delete',
  ],
  testrail: [
    `GET ${rail}/get_(?:groups|users|projects)${paging}`,
    `GET ${rail}/get_users/${number}${paging}`,
    `GET ${rail}/get_(?:group|user|project)/${number}`,
    `GET ${rail}/get_user_by_email&email=${email}`,
    `POST ${rail}/add_group`,
    `POST ${rail}/(?:update|delete)_group/${number}`,
  ],
  tiledesk: [
    'GET /v3/projects/',
    `GET /v3/projects/${objectId}`,
    `(?:GET|POST) ${desk}/groups`,
    `(?:GET|PUT|DELETE) ${desk}/groups/${objectId}`,
    `GET ${desk}/project_users`,
    `GET ${desk}/project_users/users/${objectId}`,
  ],
  asa: [
    `POST ${team}/service_token`,
    `GET ${team}/(?:groups|projects)${listed}`,
    // Always asked with service users, so that the members of a group called `..` would not look like it.
    `GET ${team}/users${parameters}`,
    `POST ${team}/groups`,
    `(?:GET|PUT|DELETE) ${team}/groups/${name}`,
    `GET ${team}/groups/${name}/users(?:_not_in_group)?${listed}`,
    `POST ${team}/groups/${name}/users`,
    `DELETE ${team}/groups/${name}/users/${name}`,
    `GET ${team}/(?:users|projects)/${name}`,
    `GET ${team}/(?:users|projects)/${name}/groups${listed}`,
  ],
};

const expressions = new Map(
  Object.entries(documented).map(([source, lines]) => [source, new RegExp(`^(?:${lines.join('|')})$`)]),
);

/** Whether a source of the sandbox documents a request, given as `METHOD target`. */
export function isDocumented(source: string, request: string): boolean {
  return expressions.get(source)!.test(request);
}

/** Requests that came to a source and are none of its documented ones, or were meant for another host. */
export function escapesIn(source: string, journal: readonly JournalEntry[]): string[] {
  return journal
    .filter(
      ({ method, target, headers, origin }) =>
        !isDocumented(source, `${method} ${target}`) || `http://${headers['host']}` !== origin,
    )
    .map(({ method, target }) => `${method} ${target}`);
}
