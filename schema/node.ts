import { Field, ID, InterfaceType } from 'type-graphql';

@InterfaceType({
  description:
    'Everything that can be asked for again by its id alone: sources, organizations, projects, groups, users and ' +
    'testers.',
})
export abstract class Node {
  @Field(() => ID, {
    description:
      'Global id, `gid://<source>/<Type>/<path>`, each part percent-encoded. It stays the same from answer to ' +
      'answer, and may be built by hand.',
  })
  id!: string;
}
