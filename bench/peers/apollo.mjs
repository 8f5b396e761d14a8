// Apollo Server with RESTDataSource as its documentation shows it: a data source a vendor, a read for each row that is named.
import { RESTDataSource } from '@apollo/datasource-rest';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { gid, parts } from './vendors.mjs';
import { readConfig } from './process.mjs';
import { typeDefs } from './schema.mjs';

const { sources } = readConfig();
const tokens = new Map();
const basic = (user, password) => `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

class Source extends RESTDataSource {
  constructor(name, source, options) {
    super(options);
    this.name = name;
    this.source = source;
    this.baseURL = `${source.url}/`;
  }
}

class TestRail extends Source {
  willSendRequest(_, request) {
    request.headers = {
      ...request.headers,
      authorization: basic(this.source.user, this.source.apiKey),
      'content-type': 'application/json',
    };
  }
  async groups() {
    const { groups } = await this.get('index.php?/api/v2/get_groups');
    return groups.map((row) => this.toGroup(row));
  }
  async group([id]) {
    return this.toGroup(await this.get(`index.php?/api/v2/get_group/${id}`));
  }
  members({ row }) {
    return row.user_ids.map(async (user) => {
      const { id, name, email } = await this.get(`index.php?/api/v2/get_user/${user}`);
      return { id: gid(this.name, 'User', id), name, email };
    });
  }
  toGroup(row) {
    return { id: gid(this.name, 'TestRailGroup', row.id), name: row.name, row, from: this };
  }
}

class Tiledesk extends Source {
  willSendRequest(_, request) {
    request.headers = { ...request.headers, authorization: basic(this.source.email, this.source.password) };
  }
  async groups() {
    const lists = await Promise.all(
      this.source.projects.map(async (project) =>
        (await this.get(`${project}/groups/`)).map((row) => this.toGroup(project, row)),
      ),
    );
    return lists.flat();
  }
  async group([project, id]) {
    return this.toGroup(project, await this.get(`${project}/groups/${id}`));
  }
  async members({ project, row }) {
    const team = await this.get(`${project}/project_users/`);
    return row.members.map((member) => {
      const { _id, firstname, lastname, email } = team.find(({ id_user }) => id_user._id === member).id_user;
      return { id: gid(this.name, 'User', project, _id), name: `${firstname} ${lastname}`, email };
    });
  }
  toGroup(project, row) {
    return { id: gid(this.name, 'TiledeskGroup', project, row._id), name: row.name, project, row, from: this };
  }
}

class Asa extends Source {
  async willSendRequest(_, request) {
    if (!tokens.has(this.name)) tokens.set(this.name, this.mint());
    request.headers = { ...request.headers, authorization: `Bearer ${await tokens.get(this.name)}` };
  }
  async mint() {
    const { url, team, keyId, keySecret } = this.source;
    const answer = await fetch(`${url}/v1/teams/${team}/service_token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ key_id: keyId, key_secret: keySecret }),
    });
    return (await answer.json()).bearer_token;
  }
  async groups() {
    const { team } = this.source;
    const { list } = await this.get(`v1/teams/${team}/groups`);
    return list.map(({ id, name }) => ({ id: gid(this.name, 'AsaGroup', team, name, id), name, from: this }));
  }
  group([team, name]) {
    return { id: gid(this.name, 'AsaGroup', team, name), name, from: this };
  }
  async members({ name }) {
    const { team } = this.source;
    const { list } = await this.get(`v1/teams/${team}/groups/${encodeURIComponent(name)}/users`);
    return list.map((user) => ({
      id: gid(this.name, 'User', team, user.name),
      name: user.details.full_name,
      email: user.details.email,
    }));
  }
}

const kinds = { testrail: TestRail, tiledesk: Tiledesk, 'okta-asa': Asa };

const resolvers = {
  Query: {
    groups: async (_, __, { all }) => ({
      nodes: (await Promise.all([...all.values()].map((one) => one.groups()))).flat(),
    }),
    group: (_, { id }, { all }) => byId(id, all),
    nodes: (_, { ids }, { all }) => ids.map((id) => byId(id, all)),
  },
  Group: { members: (group) => ({ nodes: group.from.members(group) }) },
};

function byId(id, all) {
  const { source, path } = parts(id);
  return all.get(source).group(path);
}

const server = new ApolloServer({ typeDefs, resolvers });
const { url } = await startStandaloneServer(server, {
  listen: { host: '127.0.0.1', port: 0 },
  context: async () => ({
    all: new Map(
      Object.entries(sources).map(([name, source]) => [
        name,
        new kinds[source.vendor](name, source, { cache: server.cache }),
      ]),
    ),
  }),
});
process.stdout.write(`listening on ${new URL(url).origin}\n`);
