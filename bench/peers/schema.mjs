// As much of Rollcall's schema as the three questions need, so that everybody is asked the same documents.
export const typeDefs = /* GraphQL */ `
  type Query {
    groups(first: Int): Groups!
    group(id: ID!): Group
    nodes(ids: [ID!]!): [Group]!
  }
  type Groups {
    nodes: [Group!]!
  }
  type Group {
    id: ID!
    name: String!
    members(first: Int): Members!
  }
  type Members {
    nodes: [Member!]!
  }
  type Member {
    id: ID!
    name: String
    email: String
  }
`;
