import { ArgsType, Field, ID, InputType, Int } from 'type-graphql';
import { PageArgs } from './connection.js';
import { Vendor } from './enums.js';

@InputType({
  description:
    'Which sources to ask. Fields are joined by AND; one that is null or left out does not restrict. Sources that ' +
    'cannot match are not called.',
})
export class ScopeFilter {
  @Field(() => [String], {
    nullable: true,
    description: 'Only these sources, by configured name. An empty list selects none; an unknown name is refused.',
  })
  sources?: string[] | null;

  @Field(() => [Vendor], {
    nullable: true,
    description: 'Only sources at these vendors. An empty list selects none.',
  })
  vendors?: Vendor[] | null;
}

@InputType({
  description:
    'Which groups to list. Fields are joined by AND; one that is null or left out does not restrict. Sources that ' +
    'cannot match are not called.',
})
export class GroupFilter extends ScopeFilter {
  @Field(() => ID, { nullable: true, description: 'Only groups of this organization, by its global id.' })
  organization?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Only groups that `Project.groups` of this project shows, by its global id.',
  })
  project?: string | null;

  @Field(() => String, { nullable: true, description: 'Only groups whose name contains this text, in either case.' })
  nameContains?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Only groups that this user or tester is in, by global id: the same as `Member.groups`.',
  })
  member?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Only groups that somebody with this e-mail address is in, in either case. The people are looked up first: ' +
      'TestRail `get_user_by_email`, elsewhere in the list of users.',
  })
  memberEmail?: string | null;
}

@InputType({
  description:
    'Which users or testers to list. Fields are joined by AND; one that is null or left out does not restrict. ' +
    'Sources that cannot match are not called.',
})
export class MemberFilter extends ScopeFilter {
  @Field(() => ID, { nullable: true, description: 'Only members of this organization, by its global id.' })
  organization?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only members of this project, by its global id.' })
  project?: string | null;

  @Field(() => String, { nullable: true, description: 'Only whoever has exactly this e-mail address, in either case.' })
  email?: string | null;

  @Field(() => String, { nullable: true, description: 'Only whoever has this text in the name, in either case.' })
  nameContains?: string | null;
}

@ArgsType()
export class ScopeListArgs extends PageArgs {
  @Field(() => ScopeFilter, { nullable: true, description: 'Which sources to ask. Null asks all of them.' })
  filter?: ScopeFilter | null;
}

@ArgsType()
export class GroupListArgs extends PageArgs {
  @Field(() => GroupFilter, { nullable: true, description: 'Which groups are meant. Null means all of them.' })
  filter?: GroupFilter | null;
}

@ArgsType()
export class MemberListArgs extends PageArgs {
  @Field(() => MemberFilter, { nullable: true, description: 'Which members are meant. Null means all of them.' })
  filter?: MemberFilter | null;
}

@ArgsType()
export class MembershipListArgs extends GroupListArgs {
  @Field(() => Int, {
    nullable: true,
    defaultValue: 500,
    description: 'How many rows at most, 1 to 5,000. Null means 500.',
  })
  override first?: number | null;
}
