import { Field, ID, ObjectType } from 'type-graphql';
import { Edge, ListConnection } from './connection.js';
import { Origin, UserStatus, Vendor } from './enums.js';

@ObjectType({
  simpleResolvers: true,
  description:
    'One row for each group and each of its members, in flat values, for spreadsheets and BI tools. The same rows ' +
    'are served as the dataset `memberships`. A group without members has no row.',
})
export class Membership {
  @Field(() => String, { description: 'The name of the source, as configured.' })
  source!: string;

  @Field(() => Vendor, { description: 'The product that the source is an account at.' })
  vendor!: Vendor;

  @Field(() => ID, { nullable: true, description: 'Global id of `Group.organization`; null where that is null.' })
  organizationId!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Name of that organization, as in `Organization.name`; null where that is null.',
  })
  organizationName!: string | null;

  @Field(() => ID, { nullable: true, description: 'Global id of `Group.project`; null where that is null.' })
  projectId!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Name of that project, as in `Project.name`; null where that is null.',
  })
  projectName!: string | null;

  @Field(() => ID, { description: 'Global id of the group.' })
  groupId!: string;

  @Field(() => String, { description: "The vendor's own id of the group, as in `Group.vendorId`." })
  groupVendorId!: string;

  @Field(() => String, { description: 'Name of the group, as in `Group.name`.' })
  groupName!: string;

  @Field(() => String, { description: 'Name of the type of the group in this schema, e.g. `TestRailGroup`.' })
  groupType!: string;

  @Field(() => ID, { description: 'Global id of the member.' })
  memberId!: string;

  @Field(() => String, { description: "The vendor's own id of the member, as in `Member.vendorId`." })
  memberVendorId!: string;

  @Field(() => String, { description: 'Name of the type of the member in this schema: `User` or `Tester`.' })
  memberType!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Name of the member, as in `Member.name`; null where that is null or could not be read.',
  })
  memberName!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'E-mail address of the member, as in `Member.email`; null where that is null or could not be read.',
  })
  memberEmail!: string | null;

  @Field(() => UserStatus, {
    nullable: true,
    description: 'Whether the account of the member can be used, as in `User.status`. Null for a tester.',
  })
  memberStatus!: UserStatus | null;

  @Field(() => Origin, {
    description:
      'Where the membership, not the group, is known from: VENDOR where the list of members was read at the vendor ' +
      '(TestRail, Tiledesk, Velt, ASA), LEDGER at Updraft.',
  })
  origin!: Origin;

  @Field(() => Date, { description: 'When the membership was read or, where it cannot be, last written; in UTC.' })
  fetchedAt!: Date;
}

@ObjectType({ simpleResolvers: true, description: 'A membership at its place in a list.' })
export class MembershipEdge extends Edge {
  @Field(() => Membership, { description: 'The membership itself.' })
  node!: Membership;
}

@ObjectType({ simpleResolvers: true, description: 'A page of memberships, over all sources asked.' })
export class MembershipConnection extends ListConnection {
  @Field(() => [MembershipEdge], { description: 'The memberships of this page, each with its cursor.' })
  edges!: MembershipEdge[];

  @Field(() => [Membership], { description: 'The memberships of this page.' })
  nodes!: Membership[];
}
