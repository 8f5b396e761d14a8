// GraphQL Yoga with DataLoader over undici, as somebody writes it who knows all three: lists instead of single reads where that
// costs fewer calls, every loader for one request, what can be read side by side is.
import { createServer } from 'node:http';
import DataLoader from 'dataloader';
import { createSchema, createYoga } from 'graphql-yoga';
import { gid, openVendors, parts } from './vendors.mjs';
import { readConfig, tellPort } from './process.mjs';
import { typeDefs } from './schema.mjs';

const { testrail, tiledesk, asa } = openVendors(readConfig().sources);
/** From so many on, the list of all costs less. */
const rather = 3;

const toTestrail = ({ id, name, user_ids }) => ({
  kind: 'testrail',
  id: gid('testrail', 'TestRailGroup', id),
  name,
  ids: user_ids,
});
const toTiledesk = (project) => (row) => ({
  kind: 'tiledesk',
  id: gid('tiledesk', 'TiledeskGroup', project, row._id),
  name: row.name,
  project,
  ids: row.members,
});
const toAsa = (team, { id, name }) => ({
  kind: 'asa',
  id: gid(team.name, 'AsaGroup', team.team, name, id),
  name,
  team,
});

function loaders() {
  const perProject = (read) => new DataLoader((projects) => Promise.all(projects.map((project) => read(project))));
  const tiledeskGroups = perProject((project) => tiledesk.groups(project));
  const tiledeskUsers = perProject(
    async (project) => new Map((await tiledesk.users(project)).map((row) => [row.id_user._id, row])),
  );
  return {
    testrailGroup: new DataLoader(async (ids) => {
      if (ids.length < rather) return Promise.all(ids.map((id) => testrail.group(id)));
      const byId = new Map((await testrail.groups()).map((group) => [String(group.id), group]));
      return ids.map((id) => byId.get(id));
    }),
    testrailUser: new DataLoader(async (ids) => {
      const byId = new Map((await testrail.users()).map((user) => [user.id, user]));
      return ids.map((id) => byId.get(id));
    }),
    tiledeskGroups,
    tiledeskUsers,
    tiledeskUser: new DataLoader(
      async (keys) => {
        const lists = await Promise.all(keys.map(({ project }) => tiledeskUsers.load(project)));
        return keys.map(({ id }, at) => lists[at].get(id));
      },
      { cacheKeyFn: ({ project, id }) => `${project}/${id}` },
    ),
    asaMembers: new DataLoader((keys) => Promise.all(keys.map(({ team, name }) => team.members(name))), {
      cacheKeyFn: ({ team, name }) => `${team.name}/${name}`,
    }),
  };
}

async function groupById(id, load) {
  const { source, type, path } = parts(id);
  if (type === 'TestRailGroup') return toTestrail(await load.testrailGroup.load(path[0]));
  if (type === 'AsaGroup') return { kind: 'asa', id, name: path[1], team: asa.get(source) };
  const [project, groupId] = path;
  const rows = await load.tiledeskGroups.load(project);
  return toTiledesk(project)(rows.find(({ _id }) => _id === groupId));
}

const members = {
  testrail: async ({ ids }, load) =>
    (await load.testrailUser.loadMany(ids)).map(({ id, name, email }) => ({
      id: gid('testrail', 'User', id),
      name,
      email,
    })),
  tiledesk: async ({ ids, project }, load) =>
    (await load.tiledeskUser.loadMany(ids.map((id) => ({ project, id })))).map(({ id_user: user }) => ({
      id: gid('tiledesk', 'User', project, user._id),
      name: `${user.firstname} ${user.lastname}`,
      email: user.email,
    })),
  asa: async ({ team, name }, load) =>
    (await load.asaMembers.load({ team, name })).map((user) => ({
      id: gid(team.name, 'User', team.team, user.name),
      name: user.details.full_name,
      email: user.details.email,
    })),
};

const resolvers = {
  Query: {
    async groups() {
      const lists = await Promise.all([
        testrail.groups().then((rows) => rows.map(toTestrail)),
        ...tiledesk.projects.map(async (project) => (await tiledesk.groups(project)).map(toTiledesk(project))),
        ...[...asa.values()].map(async (team) => (await team.groups()).map((row) => toAsa(team, row))),
      ]);
      return { nodes: lists.flat() };
    },
    group: (_, { id }, { load }) => groupById(id, load),
    nodes: (_, { ids }, { load }) => ids.map((id) => groupById(id, load)),
  },
  Group: { members: async (group, _, { load }) => ({ nodes: await members[group.kind](group, load) }) },
};

const yoga = createYoga({
  schema: createSchema({ typeDefs, resolvers }),
  context: () => ({ load: loaders() }),
  logging: false,
  graphiql: false,
  landingPage: false,
});
const server = createServer((request, response) => void yoga(request, response));
server.listen(0, '127.0.0.1', () => tellPort(server));
