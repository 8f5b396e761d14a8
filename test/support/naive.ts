import type { Sandbox } from '../../src/sandbox/sandbox.js';
import type { Editor } from './crowd.js';
import type { EditedGroup } from './edited-group.js';

/**
 * What anybody would write first, and what must not pass the tests of ours: it reads the list, changes it, replaces it, and
 * believes that every good status is a good answer.
 */
export function naiveEdits(sandbox: Sandbox, { server, source, wire }: EditedGroup): Editor {
  const headers = { 'content-type': 'application/json', authorization: authorizationOf(sandbox.sources[source]!) };
  const send = (line: string, body?: object) => {
    const [method, target] = line.split(' ') as [string, string];
    return fetch(`${server.origin}${target}`, { method, headers, body: body && JSON.stringify(body) });
  };
  return async ({ does, members }) => {
    const { name, [wire.list]: list } = (await (await send(wire.read)).json()) as Record<string, unknown>;
    const own = members.map((member) => wire.own(member));
    const others = ((list as (number | string)[] | undefined) ?? []).filter((one) => !own.includes(one));
    const { ok } = await send(wire.write, { name, [wire.list]: does === 'add' ? [...others, ...own] : others });
    const fate = ok ? 'changed' : 'refused';
    return { fates: new Map(members.map((member) => [member, fate])), codes: [] };
  };
}

export function authorizationOf(settings: Readonly<Record<string, unknown>>): string {
  const { user, apiKey, email, password } = settings;
  return `Basic ${Buffer.from(`${user ?? email}:${apiKey ?? password}`).toString('base64')}`;
}
