import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { Group } from './group.js';
import { WriteInput } from './inputs.js';
import { Node } from './node.js';

@ObjectType({
  simpleResolvers: true,
  implements: [Node, Group],
  description:
    'Users of one Velt organization, under an id that the client chose. Velt documents no list of groups, but tells ' +
    'the members of any group id (`POST /v2/users/get`): these are the groups that were written through here (`POST ' +
    '/v2/organizations/usergroups/add`) or that the configuration names.',
})
export class VeltUserGroup {
  @Field(() => String, {
    nullable: true,
    description:
      "Velt's own id, told once in the answer to `POST /v2/organizations/usergroups/add`. Null for a group that was " +
      'not created through here.',
  })
  serverId!: string | null;
}

@InputType({ description: 'One group to be added at Velt.' })
export class VeltUserGroupInput {
  @Field(() => String, { description: "The client's own id for it, unique in the organization." })
  groupId!: string;

  @Field(() => String, { nullable: true, description: 'Its name, 1 to 255 characters. Null leaves it to its id.' })
  groupName?: string | null;
}

@InputType({ description: 'New groups at Velt: the body of `POST /v2/organizations/usergroups/add`.' })
export class AddVeltUserGroupsInput extends WriteInput {
  @Field(() => ID, { description: 'Global id of the organization that the groups are to be in.' })
  organization!: string;

  @Field(() => [VeltUserGroupInput], { description: 'The groups: at least one, each id once.' })
  groups!: VeltUserGroupInput[];

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description: 'Whether Velt is to create the organization where it does not exist yet.',
  })
  createOrganization?: boolean | null;
}
