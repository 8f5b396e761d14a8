import { Field, ObjectType } from 'type-graphql';
import { Edge, ListConnection } from './connection.js';
import { Node } from './node.js';
import { Member } from './user.js';

@ObjectType({
  simpleResolvers: true,
  implements: [Node, Member],
  description:
    'An e-mail address in distribution groups of Updraft, which gets builds and needs no account. Updraft documents ' +
    'no list of testers: these are the ones added through here (`POST /api/testers/`).',
})
export class Tester {}

@ObjectType({ simpleResolvers: true, description: 'A tester at its place in a list.' })
export class TesterEdge extends Edge {
  @Field(() => Tester, { description: 'The tester itself.' })
  node!: Tester;
}

@ObjectType({ simpleResolvers: true, description: 'A page of testers, over all Updraft sources asked.' })
export class TesterConnection extends ListConnection {
  @Field(() => [TesterEdge], { description: 'The testers of this page, each with its cursor.' })
  edges!: TesterEdge[];

  @Field(() => [Tester], { description: 'The testers of this page.' })
  nodes!: Tester[];
}
