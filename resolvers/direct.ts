import { isObjectType, type GraphQLFieldResolver, type GraphQLObjectType, type GraphQLSchema } from 'graphql';
import type { GraphContext, NodeValue } from '../src/graph/graph.js';
import { GroupResolver } from './group.js';
import { MemberResolver, UserResolver } from './user.js';

type Ask = GraphQLFieldResolver<NodeValue, GraphContext>;

const member = new MemberResolver();
const user = new UserResolver();
const group = new GroupResolver();

/** What is asked of members, who come by the thousand. */
const ofMembers: Readonly<Record<string, Ask>> = {
  source: (of, _args, context) => member.source(of, context),
  name: (of, _args, context, info) => member.name(of, context, info),
  email: (of, _args, context, info) => member.email(of, context, info),
};

const ofUsers: Readonly<Record<string, Ask>> = {
  ...ofMembers,
  username: (of, _args, context, info) => user.username(of, context, info),
  status: (of, _args, context, info) => user.status(of, context, info),
  kind: (of, _args, context, info) => user.kind(of, context, info),
  role: (of, _args, context, info) => user.role(of, context, info),
};

/** What is asked of groups, who come by the hundred. */
const ofGroups: Readonly<Record<string, Ask>> = {
  members: (of, args, context, info) => group.members(of, args, context, info),
};

/** Fields that are nothing but a property of the value's row, where the row is known. */
const ofRow = new Set(['name', 'email', 'username', 'status', 'kind', 'role']);

/** Fields of groups that only one vendor's rows have. */
const ofGroupRows = [
  'attributes',
  'createdAt',
  'enabled',
  'federatedFromTeam',
  'federationApprovedAt',
  'roles',
  'serverId',
  'updatedAt',
];

/** type-graphql looks up the resolver and sorts its parameters each time that a field is asked for: these fields are spared that. */
export function askDirectly(schema: GraphQLSchema): void {
  const types = Object.values(schema.getTypeMap()).filter(isObjectType);
  for (const type of types) {
    const isGroup = type.getInterfaces().some(({ name }) => name === 'Group');
    if (isGroup) for (const name of ofGroupRows) askOfRow(type, name);
    const asks = isGroup ? ofGroups : { User: ofUsers, Tester: ofMembers }[type.name];
    for (const [name, ask] of Object.entries(asks ?? {})) {
      const field = type.getFields()[name]!;
      field.resolve = ask;
      if (ofRow.has(name)) field.extensions = { ofRow: true };
    }
  }
}

function askOfRow(type: GraphQLObjectType, name: string): void {
  const field = type.getFields()[name];
  if (!field) return;
  field.resolve = ({ row }: NodeValue) => (row as Readonly<Record<string, unknown>> | undefined)?.[name];
  field.extensions = { ofRow: true };
}
