import { testrailBox, type TestRailState } from '../../src/vendors/testrail/sandbox.js';
import type { BoxDefinition } from '../../src/vendors/boxed.js';

/**
 * An installation of TestRail under a name and credential of its own. Its ids are those of every other; what it tells
 * besides them bears its mark, so that it is seen wherever it comes to.
 */
export function markedTestRail(sourceName: string, mark: string): BoxDefinition<TestRailState> {
  const user = `${mark}@example.com`;
  const apiKey = `key-of-${mark}`;
  return {
    ...testrailBox,
    sourceName,
    open(population) {
      const box = testrailBox.open(population);
      for (const group of box.state.groups) group.name = `${mark} ${group.name}`;
      for (const project of box.state.projects) project.name = `${mark} ${project.name}`;
      for (const one of box.state.users)
        Object.assign(one, { name: `${mark} ${one.name}`, email: `${mark}.${one.email}` });
      const usual = testrailBox.settings('', box.state);
      return {
        state: box.state,
        handle(request) {
          const isOwn = request.headers['authorization'] === basic(user, apiKey);
          const authorization = isOwn ? basic(String(usual['user']), String(usual['apiKey'])) : 'Basic none';
          return box.handle({ ...request, headers: { ...request.headers, authorization } });
        },
      };
    },
    settings: (origin) => ({ url: origin, user, apiKey }),
  };
}

/** The header by which the installation of that mark is asked. */
export function credentialOf(mark: string): string {
  return basic(`${mark}@example.com`, `key-of-${mark}`);
}

function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}
