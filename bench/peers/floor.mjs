// The floor: makes the calls that are needed, puts together what was asked and writes it down. There is no GraphQL here: it goes by
// the operation's name, and looks at nothing but the variables.
import { createServer } from 'node:http';
import { gid, openVendors, parts } from './vendors.mjs';
import { readConfig, tellPort } from './process.mjs';

const { testrail, tiledesk, asa } = openVendors(readConfig().sources);

const operations = {
  async Q1() {
    const lists = await Promise.all([
      testrailGroups(() => true),
      ...tiledesk.projects.map((project) => tiledeskGroups(project, () => true)),
      ...[...asa.values()].map(async (team) => {
        const groups = await team.groups();
        return Promise.all(
          groups.map(({ id, name }) => asaGroup(team, name, gid(team.name, 'AsaGroup', team.team, name, id))),
        );
      }),
    ]);
    return { groups: { nodes: lists.flat() } };
  },
  async Q2({ id }) {
    const [group, users] = await Promise.all([testrail.group(parts(id).path[0]), testrail.users()]);
    return { group: testrailGroup(group, testrailPeople(users)) };
  },
  async Q3({ ids }) {
    const wanted = new Set(ids);
    const inProjects = new Set();
    const teams = [];
    for (const id of ids) {
      const { source, type, path } = parts(id);
      if (type === 'TiledeskGroup') inProjects.add(path[0]);
      if (type === 'AsaGroup') teams.push(asaGroup(asa.get(source), path[1], id));
    }
    const lists = await Promise.all([
      testrailGroups((id) => wanted.has(id)),
      ...[...inProjects].map((project) => tiledeskGroups(project, (id) => wanted.has(id))),
      ...teams,
    ]);
    const found = new Map(lists.flat().map((group) => [group.id, group]));
    return { nodes: ids.map((id) => onlyEmails(found.get(id))) };
  },
};

const onlyEmails = ({ id, members: { nodes } }) => ({ id, members: { nodes: nodes.map(({ email }) => ({ email })) } });

async function testrailGroups(isWanted) {
  const [groups, users] = await Promise.all([testrail.groups(), testrail.users()]);
  const people = testrailPeople(users);
  return groups
    .filter(({ id }) => isWanted(gid('testrail', 'TestRailGroup', id)))
    .map((group) => testrailGroup(group, people));
}

function testrailPeople(users) {
  return new Map(users.map(({ id, name, email }) => [id, { id: gid('testrail', 'User', id), name, email }]));
}

function testrailGroup({ id, name, user_ids }, people) {
  return {
    id: gid('testrail', 'TestRailGroup', id),
    name,
    members: { nodes: user_ids.map((user) => people.get(user)) },
  };
}

async function tiledeskGroups(project, isWanted) {
  const [groups, rows] = await Promise.all([tiledesk.groups(project), tiledesk.users(project)]);
  const people = new Map(
    rows.map(({ id_user: { _id, firstname, lastname, email } }) => [
      _id,
      { id: gid('tiledesk', 'User', project, _id), name: `${firstname} ${lastname}`, email },
    ]),
  );
  return groups
    .map(({ _id, name, members }) => ({ id: gid('tiledesk', 'TiledeskGroup', project, _id), name, members }))
    .filter(({ id }) => isWanted(id))
    .map((group) => ({ ...group, members: { nodes: group.members.map((member) => people.get(member)) } }));
}

async function asaGroup({ name: source, team, members }, name, id) {
  const nodes = (await members(name)).map((user) => ({
    id: gid(source, 'User', team, user.name),
    name: user.details.full_name,
    email: user.details.email,
  }));
  return { id, name, members: { nodes } };
}

const server = createServer((asked, answer) => {
  const chunks = [];
  asked.on('data', (chunk) => chunks.push(chunk));
  asked.on('end', () => void answerTo(JSON.parse(Buffer.concat(chunks)), answer));
});

async function answerTo({ operationName, variables }, answer) {
  const json = JSON.stringify({ data: await operations[operationName](variables) });
  answer.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(json) });
  answer.end(json);
}

server.listen(0, '127.0.0.1', () => tellPort(server));
