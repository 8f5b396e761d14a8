import 'reflect-metadata';
import { isInterfaceType, lexicographicSortSchema, printSchema, type GraphQLSchema } from 'graphql';
import { GraphQLDateTime } from 'graphql-scalars';
import { buildSchemaSync } from 'type-graphql';
import { AsaGroup } from '../schema/asa-group.js';
import { TestRailGroup } from '../schema/testrail-group.js';
import { TiledeskGroup } from '../schema/tiledesk-group.js';
import { UpdraftDistributionGroup, UpdraftPermissionGroup } from '../schema/updraft-group.js';
import { VeltUserGroup } from '../schema/velt-group.js';
import { AsaGroupResolver } from './asa-group.js';
import { askDirectly } from './direct.js';
import { GroupEditResolver } from './group-edits.js';
import { GroupResolver } from './group.js';
import { LedgerResolver } from './ledger.js';
import { MembershipResolver } from './membership.js';
import { NodeResolver } from './node.js';
import { OrganizationResolver } from './organization.js';
import { ProjectResolver } from './project.js';
import { SourceResolver } from './source.js';
import { TesterResolver } from './tester.js';
import { TestRailGroupResolver } from './testrail-group.js';
import { TiledeskGroupResolver } from './tiledesk-group.js';
import { UpdraftGroupResolver } from './updraft-group.js';
import { MemberResolver, UserResolver } from './user.js';
import { VeltGroupResolver } from './velt-group.js';

export function buildGraphSchema(): GraphQLSchema {
  const schema = buildSchemaSync({
    resolvers: [
      NodeResolver,
      SourceResolver,
      OrganizationResolver,
      ProjectResolver,
      GroupResolver,
      MemberResolver,
      UserResolver,
      TesterResolver,
      MembershipResolver,
      UpdraftGroupResolver,
      VeltGroupResolver,
      TestRailGroupResolver,
      TiledeskGroupResolver,
      AsaGroupResolver,
      GroupEditResolver,
      LedgerResolver,
    ],
    // Interfaces alone lead to these; no field names them.
    orphanedTypes: [
      UpdraftDistributionGroup,
      UpdraftPermissionGroup,
      VeltUserGroup,
      TestRailGroup,
      TiledeskGroup,
      AsaGroup,
    ],
    scalarsMap: [{ type: Date, scalar: GraphQLDateTime }],
    validate: false,
  });
  describeRoots(schema);
  nameTypesOfValues(schema);
  askDirectly(schema);
  return schema;
}

/** The schema as text, as clients see it; sorted, so that it differs only when the graph does. */
export function printedSchema(schema: GraphQLSchema): string {
  return printSchema(lexicographicSortSchema(schema));
}

/** type-graphql makes the root types itself and leaves them without a word. */
function describeRoots(schema: GraphQLSchema): void {
  schema.getQueryType()!.description =
    'What can be read. A vendor that fails costs its own part of the answer and an entry in `errors`; the others ' +
    'answer.';
  schema.getMutationType()!.description =
    'What can be written: one mutation for each documented way to create, and one for all vendors for every later ' +
    'verb. A mutation always answers its payload; what went wrong is in `userErrors`. Nothing is sent twice by itself.';
}

/** Values carry their type's name. type-graphql would make resolveType async, and every list of an interface slow. */
function nameTypesOfValues(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (isInterfaceType(type)) type.resolveType = (value: { readonly __typename: string }) => value.__typename;
  }
}
