import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { Paged } from './connection.js';
import { Group } from './group.js';
import { WriteInput } from './inputs.js';
import { Node } from './node.js';
import { ProjectConnection } from './project.js';

@ObjectType({
  simpleResolvers: true,
  implements: [Node, Group],
  description:
    'Testers who get the builds of one project of apps at Updraft. Updraft documents no read of them: these are the ' +
    'groups written through here (`POST /api/group-testers/`, `POST /api/testers/`).',
})
export class UpdraftDistributionGroup {}

@ObjectType({
  simpleResolvers: true,
  implements: [Node, Group],
  description:
    'Users of one Updraft organization who share permissions on its projects. Updraft documents no read of them: ' +
    'these are the groups written through here (`POST /api/groupsinorgs/`, `POST /api/useringrouporg/`).',
})
export class UpdraftPermissionGroup {
  @Field(() => ProjectConnection, {
    nullable: true,
    description:
      'The projects that the group has permissions on, as Updraft answered when it was created ' +
      '(`POST /api/groupsinorgs/`); nothing tells of later ones.',
  })
  @Paged()
  projects!: ProjectConnection | null;
}

@InputType({ description: 'A new distribution group at Updraft: the body of `POST /api/group-testers/`.' })
export class CreateUpdraftDistributionGroupInput extends WriteInput {
  @Field(() => ID, { description: 'Global id of the project whose builds the group gets; sent as `app`.' })
  project!: string;

  @Field(() => String, { description: 'Its name, 1 to 255 characters.' })
  title!: string;
}

@InputType({ description: 'A new permission group at Updraft: the body of `POST /api/groupsinorgs/`.' })
export class CreateUpdraftPermissionGroupInput extends WriteInput {
  @Field(() => ID, { description: 'Global id of the organization that the group is to be in.' })
  organization!: string;

  @Field(() => String, { description: 'Its name, 1 to 255 characters.' })
  title!: string;
}

@InputType({ description: 'An e-mail address for distribution groups at Updraft: the body of `POST /api/testers/`.' })
export class AddUpdraftTesterInput extends WriteInput {
  @Field(() => String, { description: 'The e-mail address that gets the builds. It needs no account.' })
  email!: string;

  @Field(() => [ID], {
    description: 'Global ids of the distribution groups: at least one, each once, all of one source.',
  })
  groups!: string[];
}

@InputType({ description: 'A user for permission groups at Updraft: the body of `POST /api/useringrouporg/`.' })
export class AddUpdraftUserToPermissionGroupsInput extends WriteInput {
  @Field(() => ID, { description: 'Global id of the user.' })
  user!: string;

  @Field(() => [ID], {
    description: 'Global ids of the permission groups: at least one, each once, all of the source of the user.',
  })
  groups!: string[];
}
