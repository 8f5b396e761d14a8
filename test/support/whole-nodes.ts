/** Fragments that ask all that a noun tells of itself, so that a test can hold the whole of it against the vendor's data. */

export const wholeGroup = `fragment WholeGroup on Group {
  __typename id vendorId name source { name } organization { id vendorId name } project { id vendorId }
  memberCount members { totalCount nodes { __typename id vendorId } } operations origin fetchedAt
}`;

export const wholeUser = `fragment WholeUser on User {
  id vendorId name email username status kind role source { name }
  organization { id vendorId name } projects { totalCount nodes { id vendorId } }
}`;

export const wholeProject = `fragment WholeProject on Project {
  id vendorId name source { name } organization { id vendorId name }
  groups { nodes { id } } users { nodes { id } }
}`;
