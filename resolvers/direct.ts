import { isObjectType, type GraphQLFieldResolver, type GraphQLSchema } from 'graphql';
import type { GraphContext, NodeValue } from '../src/graph/graph.js';
import { MemberResolver, UserResolver } from './user.js';

type Ask = GraphQLFieldResolver<NodeValue, GraphContext>;

const member = new MemberResolver();
const user = new UserResolver();

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

/** type-graphql looks up the resolver and sorts its parameters each time that a field is asked for: these fields are spared that. */
export function askDirectly(schema: GraphQLSchema): void {
  for (const [name, asks] of [
    ['User', ofUsers],
    ['Tester', ofMembers],
  ] as const) {
    const type = schema.getType(name);
    if (!isObjectType(type)) throw new Error(`There is no type ${name}.`);
    for (const [name, ask] of Object.entries(asks)) {
      const field = type.getFields()[name]!;
      field.resolve = ask;
      if (name !== 'source') field.extensions = { ofRow: true };
    }
  }
}
